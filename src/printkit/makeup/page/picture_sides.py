"""Where pictures stand in the stories of an automatic page, so that those of two stories do not touch.

In: the stories in their places, the page's geometry. Out: for each story whose picture has to give way the side and the end of
its text at which it stands, left or right, top or foot: where the story closes as it did; and the stories that were filled for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from printkit.diagnostics import Diagnostic
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill
from printkit.makeup.tiling.board import Area
from printkit.makeup.tiling.craft import touch
from printkit.model.edition import Story
from printkit.model.geometry import Grid, PageGeometry, Rect, StoryStyle
from printkit.model.page import MadeUpStory, PictureBox, Step

_NEAR_LINES = 3
"""Lines of white between two pictures at which they are no longer seen together."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the pictures of a story stand, and what that costs, in tenths."""

    side: str
    place: str
    cost: int

    def styled(self, styles: StoryStyle) -> StoryStyle:
        """Return the type of a story whose pictures stand so."""
        return replace(styles, picture_side=self.side, picture_place=self.place)  # type: ignore[arg-type]

    @property
    def step(self) -> Step:
        """The step that tells of it."""
        return Step(f"picture at the {self.side}, at the {self.place} of the text", self.cost)


Filled = tuple[MadeUpStory, list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Apart:
    """How the pictures of some stories stand, by slot; and every story that was filled to see it, as it stands now."""

    stands: Mapping[str, Stand]
    filled: Mapping[str, Filled]


_STANDS = (Stand("left", "top", 5), Stand("right", "foot", 8), Stand("left", "foot", 10))


def stands_apart(stories: Mapping[str, Sequence[Story]], geometry: PageGeometry, setter: Setter) -> Apart:
    """Find how the pictures of some stories stand so that fewer of them touch those of others."""
    placed = {slot: members[0] for slot, members in stories.items() if len(members) == 1 and _has_picture(members[0])}
    pairs = [{a, b} for a, b in combinations(placed, 2) if touch(_area(placed[a]), _area(placed[b]))]
    near = {slot for pair in pairs for slot in pair}
    filled = {slot: fill(placed[slot], geometry.slots[slot], geometry, setter) for slot in placed if slot in near}
    found: dict[str, Stand] = {}
    for slot in sorted(filled, key=lambda slot: -placed[slot].level):
        made = filled[slot][0]
        others = [filled[other][0] for pair in pairs if slot in pair for other in pair - {slot}]
        if not _clashes(made, others, geometry.grid) or not _may_move(placed[slot]):
            continue
        for stand in _STANDS:
            tried = fill(placed[slot], geometry.slots[slot], with_stands(geometry, {slot: stand}), setter)
            amiss = tried[0].fit.over_lines, tried[0].fit.under_lines
            closes = amiss == (made.fit.over_lines, made.fit.under_lines)
            if closes and not _clashes(tried[0], others, geometry.grid):
                found[slot], filled[slot] = stand, tried
                break
    return Apart(found, filled)


def with_stands(geometry: PageGeometry, stands: Mapping[str, Stand]) -> PageGeometry:
    """Return a page's geometry in which the pictures of some stories stand otherwise."""
    if not stands:
        return geometry
    styles = {key: stands[key[0]].styled(one) if key[0] in stands else one for key, one in geometry.styles.items()}
    return replace(geometry, styles=styles)


def touching_pictures(made: Sequence[MadeUpStory], grid: Grid) -> int:
    """Count the pairs of stories of which a picture of one is near one of the other's."""
    return sum(bool(_clashes(one, [other], grid)) for one, other in combinations(made, 2))


def _clashes(one: MadeUpStory, others: Sequence[MadeUpStory], grid: Grid) -> int:
    return sum(_near(a, b, grid) for other in others for a in _pictures(one) for b in _pictures(other))


def _near(a: Rect, b: Rect, grid: Grid) -> bool:
    wide = max(a.x, b.x) - min(a.right, b.right)
    high = max(a.y, b.y) - min(a.bottom, b.bottom)
    return wide < 2 * grid.gutter and high < _NEAR_LINES * grid.leading


def _pictures(made: MadeUpStory) -> list[Rect]:
    """Return the places of a story's pictures on the page; one in the text of a column is small."""
    left, top = made.rect.x, made.rect.y
    return [
        replace(box.rect, x=box.rect.x + left, y=box.rect.y + top)
        for box in made.boxes
        if isinstance(box, PictureBox) and not made.story.ad
    ]


def _has_picture(story: Story) -> bool:
    return bool(story.placement.at and story.article.floating and not story.ad)


def _may_move(story: Story) -> bool:
    """Say whether nobody said where the pictures of a story are to stand."""
    return all(picture.place == "lead" and not picture.side for picture in story.article.floating)


def _area(story: Story) -> Area:
    at = story.placement.at
    assert at
    return Area(at.column - 1, at.row - 1, at.columns, at.rows)
