"""Article threads (ISO 32000-1, 12.4.3): viewers that know them lead the reader down a story's columns and over pages.

A bead is the head of a story, or what it has of one column.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from printkit.model.article import BOX_ROLES, HEADINGS, NOTICE_ROLES
from printkit.model.geometry import Rect
from printkit.model.tags import Element, PageKid, Piece
from printkit.pdf.reading import story_parts
from printkit.pdf.tags import rectangle

_ASIDE = ("caption", "credit", "table", "table-head", "editor-note", "pull-quote", *BOX_ROLES, *NOTICE_ROLES)
"""Roles that stand beside the text and are no way through it."""

_HEAD = (*HEADINGS, "byline")
"""Roles that are read as one, wherever they stand over their columns."""


def write_articles(pdf: pikepdf.Pdf, pages: Sequence[Sequence[PageKid]]) -> None:
    """Write a thread for each story with text."""
    threads = Array()
    for parts in story_parts(pages).values():
        beads = [(page, rect) for page, part in parts for rect in _beads(part)]
        if beads:
            threads.append(_thread(pdf, parts[0][1].title, beads))
    if len(threads):
        pdf.Root.Threads = pdf.make_indirect(threads)


def _beads(part: Element) -> Iterator[Rect]:
    """Yield the rectangles of a part of a story in the order of reading: its head, then column by column."""
    current: tuple[bool, Rect] | None = None
    for piece in part.kids:
        if not isinstance(piece, Piece) or piece.box.role in _ASIDE:
            continue
        head, rect = piece.box.role in _HEAD, piece.rect
        if current and current[0] == head and (head or _goes_on(current[1], rect)):
            current = head, _union(current[1], rect)
            continue
        if current:
            yield current[1]
        current = head, rect
    if current:
        yield current[1]


def _goes_on(column: Rect, rect: Rect) -> bool:
    """Say whether a rectangle stands in a column under its text; beside a wrapped picture it is narrower."""
    return rect.y >= column.y and rect.x < column.right and column.x < rect.right


def _union(one: Rect, other: Rect) -> Rect:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def _thread(pdf: pikepdf.Pdf, title: str, beads: Sequence[tuple[int, Rect]]) -> Any:
    """Write a thread as a ring of beads; each page lists its own."""
    thread = pdf.make_indirect(Dictionary(Type=Name.Thread, I=Dictionary(Title=String(title))))
    ring = []
    for page, rect in beads:
        place = pdf.pages[page].obj
        bead = pdf.make_indirect(Dictionary(Type=Name.Bead, T=thread, P=place, R=rectangle(place, rect)))
        ring.append(bead)
        if "/B" not in place:
            place.B = Array()
        place.B.append(bead)
    for bead, after in zip(ring, [*ring[1:], ring[0]], strict=True):
        bead.N = after
        after.V = bead
    thread.F = ring[0]
    return thread
