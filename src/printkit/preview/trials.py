"""How a story would fit: with other copy, or in another place, by make-up alone; nothing is written and nothing drawn.

In: the pages as made, a story's part, and its article or place. Out: lines and characters over or under.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from printkit.makeup.jump.split import Room, split
from printkit.makeup.page.make_up import filled
from printkit.makeup.page.white import rect_of
from printkit.makeup.setting import Setter
from printkit.model.article import Article
from printkit.model.edition import FIRST_PART, SECOND_PART, Placement, Story
from printkit.model.geometry import Slot
from printkit.model.page import Fit, MadeUpPage, MadeUpStory
from printkit.pipeline.measure import placed_geometry
from printkit.pipeline.run import Run
from printkit.preview.desk import Desk


@dataclass(frozen=True, slots=True)
class Trial:
    """A story as it was tried: how it fits, and the columns that it takes."""

    fit: Fit
    columns: int


def with_copy(desk: Desk, setter: Setter, name: str, article: Article) -> Trial | None:
    """Set a story with other copy where it stands; None where it stands on no page that is made."""
    parts = {one.story.part: (page, one) for page in _pages(desk) for one in page.stories if one.story.id == name}
    if FIRST_PART not in parts:
        return None
    page, one = parts[FIRST_PART]
    if SECOND_PART not in parts:
        corner = article.kicker if one.story.corner else None
        story = replace(
            one.story,
            article=replace(article, kicker=None) if one.story.corner else article,
            corner="".join(corner.lines) if corner else one.story.corner,
        )
        return _tried([_in_place(page, one, story, setter)])
    there, other = parts[SECOND_PART]
    whole = replace(one.story, article=article)
    came_from = other.story.article.came_from
    rest = replace(
        article,
        headline=article.jump_headline or article.headline,
        kicker=None, deck=None, dateline="", editor_note=(), pull_quote=None,
        boxes=other.story.article.boxes,
        came_from=came_from,
    )  # fmt: skip
    here, beyond = (
        Room(each.geometry.slots[part.story.slot], each.geometry) for each, part in ((page, one), (there, other))
    )
    found = split(whole, replace(other.story, article=rest), here, beyond, setter)
    made = [_in_place(page, one, found.first, setter)]
    if found.second:
        made.append(_in_place(there, other, found.second, setter))
    return _tried(made)


def on_grid(desk: Desk, setter: Setter, name: str, at: tuple[int, int, int, int]) -> Trial | None:
    """Set a story in a rectangle of the grid of its page."""
    for page in _pages(desk):
        for one in page.stories:
            if one.story.anchor == name and one.story.placement.at and not one.story.ad:
                column, row, columns, rows = at
                rect = rect_of(page.geometry.grid, column - 1, row - 1, columns, max(1, rows - 1))
                return _tried([_made(one.story, Slot(one.story.slot, rect, columns), page, setter)])
    return None


def in_slot(run: Run, desk: Desk, setter: Setter, name: str, number: str, slot: str) -> Trial | None:
    """Set a story in a slot of a page, in the place of what stands there; the page is measured for it.

    Raises:
        InputError: the layout cannot have it there.
    """
    story = next((one.story for page in _pages(desk) for one in page.stories if one.story.anchor == name), None)
    sheet = desk.sheets.get(number)
    if story is None or sheet is None or sheet.made is None or story.ad or sheet.made.page.layout == "auto":
        return None
    page = sheet.made
    moved = replace(story, placement=Placement(slot, part=story.part))
    there: Mapping[str, tuple[MadeUpStory, ...]] = page.by_slot
    left = {place: tuple(one.story for one in members if one.story.id != story.id) for place, members in there.items()}
    many = slot in page.geometry.slots and page.geometry.slots[slot].many
    stories = {place: members for place, members in left.items() if members}
    stories[slot] = (*stories.get(slot, ()), moved) if many else (moved,)
    geometry, _ = placed_geometry(run, page.page, stories, page.body_step)
    made = filled(stories[slot], geometry.slots[slot], geometry, setter)
    return _tried([one for one, _ in made if one.story.id == story.id])


def _pages(desk: Desk) -> list[MadeUpPage]:
    return [sheet.made for sheet in desk.sheets.values() if sheet.made]


def _in_place(page: MadeUpPage, one: MadeUpStory, story: Story, setter: Setter) -> MadeUpStory:
    """Set a story where one stands; those that share its slot are set with it."""
    if one.share or page.geometry.slots[one.story.slot].many:
        together = [
            story if each.story.anchor == one.story.anchor else each.story for each in page.by_slot[one.story.slot]
        ]
        made = filled(together, page.geometry.slots[one.story.slot], page.geometry, setter)
        return next(each for each, _ in made if each.story.anchor == story.anchor)
    return _made(story, one.slot(page.geometry), page, setter)


def _made(story: Story, slot: Slot, page: MadeUpPage, setter: Setter) -> MadeUpStory:
    [(made, _)] = filled([story], slot, page.geometry, setter)
    return made


def _tried(made: list[MadeUpStory]) -> Trial:
    fits = [one.fit for one in made]
    fit = replace(
        fits[0],
        lines=sum(one.lines for one in fits),
        characters=sum(one.characters for one in fits),
        over_lines=sum(one.over_lines for one in fits),
        over_characters=sum(one.over_characters for one in fits),
        under_lines=sum(one.under_lines for one in fits),
        under_characters=sum(one.under_characters for one in fits),
    )
    return Trial(fit, made[0].columns)
