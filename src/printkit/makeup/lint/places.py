"""Where on its page a finding stands: the box that a proof marks and an editor looks for.

In: a finding of a story and the story as it stands. Out: the finding with its page, its story and its box (`bbox`: left,
top, right, bottom in points from the page's top left corner).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from printkit.diagnostics import Diagnostic, PrintkitError
from printkit.makeup.frames import Frame
from printkit.makeup.lint.white import foot_white
from printkit.model.context import PageContext
from printkit.model.geometry import Rect
from printkit.model.page import Box, MadeUpStory, Ornament, PictureBox, TextBox

Error = TypeVar("Error", bound=PrintkitError)
BBox = tuple[float, float, float, float]

_AT_THE_MARK = frozenset({"makeup.overset", "makeup.table-too-wide"})
"""Findings that the red mark on the page belongs to."""


def of_story(found: Diagnostic, made: MadeUpStory, frame: Frame) -> Diagnostic:
    """Return a finding of a story with its slot, story and box; a box that it has already stays."""
    bbox = found.bbox or bbox_of(_place(found, made, frame))
    return replace(found, slot=made.story.slot, story=made.story.id, bbox=bbox)


def of_page(found: Diagnostic, page: PageContext) -> Diagnostic:
    """Return a finding of a page with its number; what names no other place is told at its layout."""
    return replace(found, page=found.page or page.number, where=found.where or page.where)


def error_of_page(error: Error, page: PageContext) -> Error:
    """Return an error with each of its findings as one of a page (`of_page`)."""
    return type(error)([of_page(found, page) for found in error.diagnostics])


def bbox_of(rect: Rect) -> BBox:
    """Return a rectangle of the page as left, top, right, bottom in points."""
    return rect.x / 1000, rect.y / 1000, rect.right / 1000, rect.bottom / 1000


def on_page(box: Box, made: MadeUpStory) -> Rect:
    """Return the rectangle of a story's box in page coordinates."""
    return replace(box.rect, x=made.rect.x + box.rect.x, y=made.rect.y + box.rect.y)


def around(rects: Iterable[Rect]) -> Rect:
    """Return the least rectangle that holds some others; at least one is given."""
    all_of_them = tuple(rects)
    x, y = min(r.x for r in all_of_them), min(r.y for r in all_of_them)
    return Rect(x, y, max(r.right for r in all_of_them) - x, max(r.bottom for r in all_of_them) - y)


def _place(found: Diagnostic, made: MadeUpStory, frame: Frame) -> Rect:
    """Return the place of a finding: its mark, its white, the boxes of its line in the copy, else the whole story."""
    if found.code in _AT_THE_MARK:
        marks = [on_page(box, made) for box in made.boxes if isinstance(box, Ornament) and box.role == "overset"]
        if marks:
            return marks[-1]
    if found.code == "makeup.underset" and (white := foot_white(made, frame)):
        return white
    boxes = [on_page(box, made) for box in made.boxes if _is_about(found, box, made)]
    return around(boxes or made.parts or (made.rect,))


def _is_about(found: Diagnostic, box: Box, made: MadeUpStory) -> bool:
    """Say whether a finding is about a box: both come from one place in the copy."""
    if found.where is None:
        return False
    if isinstance(box, PictureBox):
        return box.where == found.where
    return isinstance(box, TextBox) and made.where(box) == found.where
