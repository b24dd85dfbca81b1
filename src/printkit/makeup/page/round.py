"""A story round an advertisement or another story (L 形): its columns end over it on one side, and run down beside it to one foot.

In: the place of a story with that of what stands in one of its lower corners. Out: what of the story's columns is not its
own, and the two rectangles that it stands in.
"""

from collections.abc import Iterable

from printkit.model.edition import Place, Story
from printkit.model.geometry import Notch
from printkit.model.story_look import NO_LOOK
from printkit.model.text import Kind

LEAST_OVER = 6
"""Rows of a story at least over what it runs round."""


def may_run_round(story: Story) -> bool:
    """Say whether a story is text under a headline alone, which runs round what stands in its corner."""
    article = story.article
    other = article.floating or article.boxes or article.sections or article.notices or article.editor_note
    if story.ad or story.group or story.jump or other or story.frame != "none" or story.look != NO_LOOK:
        return False
    return bool(article.body) and not any(paragraph.kind is Kind.TABLE for paragraph in article.body)


def corner_of(at: Place, others: Iterable[Place]) -> Place | None:
    """Return the one of some places that stands in a lower corner of a place, narrower and lower than it is."""
    for other in others:
        is_low = other.row + other.rows == at.row + at.rows and other.row >= at.row + LEAST_OVER
        at_side = other.column == at.column or other.column + other.columns == at.column + at.columns
        if is_low and at_side and other.columns < at.columns:
            return other
    return None


def notch_of(at: Place, others: Iterable[Place]) -> Notch | None:
    """Return what of a place belongs to another one in its lower corner, the row that parts them included."""
    corner = corner_of(at, others)
    return Notch(corner.column - at.column, corner.columns, corner.rows) if corner else None


def parts_of(at: Place, others: Iterable[Place]) -> tuple[Place, ...]:
    """Return the rectangles of a place: one, or two round another place in its corner, the upper one first."""
    corner = corner_of(at, others)
    if corner is None:
        return (at,)
    over = at.rows - corner.rows
    beside = at.column + corner.columns if corner.column == at.column else at.column
    return (
        Place(at.column, at.row, at.columns, over, at.where),
        Place(beside, at.row + over, at.columns - corner.columns, corner.rows, at.where),
    )
