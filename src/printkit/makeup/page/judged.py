"""An automatic page as the craft judges it: what stands on its grid, and how often each rule is broken there.

In: a page's geometry and its stories, or the page as made up. Out: the board of `makeup.tiling`, the rules' counts and cost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.makeup.page.picture_sides import touching_pictures
from printkit.makeup.page.white import cells_of
from printkit.makeup.tiling.board import Area, Board, Fixed, Piece
from printkit.makeup.tiling.craft import WEIGHTS, broken, shape_counts
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory, TextBox

_LEAST_ROWS = 5
"""Fewer rows between what has its place and the page's foot hold no story."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How often a page breaks each rule, and what that and its stories' ladders cost, in hundredths."""

    rules: Mapping[str, int]
    craft: int
    ladder: int


def weights_of(geometry: PageGeometry) -> Mapping[str, int]:
    """Return what each rule of the craft weighs on a page."""
    return {**WEIGHTS, **dict(geometry.grid.craft)}


def board_of(geometry: PageGeometry, stories: Sequence[Story], heads: Mapping[str, int] | None = None) -> Board:
    """Return a page's grid with what has its place: stories, advertisements, the layout's furniture and its slots.

    The grid has a row more than lines: the last row of a story parts it from the next.

    Args:
        geometry: the page's.
        stories: its stories; those without a place are left out.
        heads: the sizes of their headlines, by id.
    """
    grid = geometry.grid
    bare = Board(grid.columns, grid.main.height // grid.leading + 1)
    return replace(bare, fixed=tuple(_fixed(geometry, stories, bare.rows, heads or {})))


def judged(made: MadeUpPage) -> Judged | None:
    """Judge a page; None where no story stands on the grid itself."""
    if not any(one.story.placement.at for one in made.stories):
        return None
    geometry = made.geometry
    heads = {one.story.id: box.style.nominal for one in made.stories if (box := headline(one))}
    board = board_of(geometry, [one.story for one in made.stories], heads)
    # What touches is known here, not only which stories do.
    rules = {**broken(board, ()), "pictures": touching_pictures(made.stories, geometry.grid)}
    for one in made.stories:
        if not one.story.is_member and (at := one.story.placement.at) and not one.story.ad:
            likes = geometry.style(one.story).story_columns
            for rule, count in shape_counts(at.columns, one.rect.height // geometry.grid.leading, likes).items():
                rules[rule] = rules.get(rule, 0) + count
    weights = weights_of(geometry)
    ladder = sum(step.cost for one in made.stories for step in one.fit.steps)
    return Judged(rules, sum(weights[rule] * count for rule, count in rules.items()), 10 * ladder)


def headline(made: MadeUpStory) -> TextBox | None:
    """Return the box of a story's headline, if it has one."""
    return next((box for box in made.boxes if isinstance(box, TextBox) and box.role == "headline"), None)


def _fixed(geometry: PageGeometry, stories: Sequence[Story], rows: int, heads: Mapping[str, int]) -> Iterator[Fixed]:
    tiles = set()
    for story in stories:
        if at := story.placement.at:
            tiles.add(story.slot)
            area = _to_foot(Area(at.column - 1, at.row - 1, at.columns, at.rows), rows)
            shown = bool(story.article.floating)
            piece = None if story.ad else Piece(story.id, story.level, (), shown, story.related, form=form_of(story))
            yield Fixed(area, piece, heads.get(story.id, 0))
    slots = [slot.rect for name, slot in geometry.slots.items() if name not in tiles]
    for rect in (*(one.rect for one in geometry.furniture), *slots):
        if cells := cells_of(geometry.grid, rect):
            yield Fixed(_to_foot(cells, rows))


def form_of(story: Story) -> str:
    """Return the form in which a story differs from plain ones: its frame, its headline set upright; empty for none."""
    upright = "vertical" * (story.look.direction == "vertical")
    return " ".join(one for one in (story.frame.replace("none", ""), upright) if one)


def _to_foot(area: Area, rows: int) -> Area:
    """Return an area with the rows under it where these are too few for any story."""
    under = rows - area.foot
    return replace(area, rows=area.rows + under) if under < _LEAST_ROWS else area
