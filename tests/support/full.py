"""How full a page is, from its final PDF: the cells of the type area (a column × a line) that hold nothing.

In: a built edition and its made-up pages. A cell holds something where a glyph's middle, a picture, a box or a rule
stands in it, as PDFium reads the file; and where make-up says that it is the white of a headline, a section's head or
a caption, which is part of them.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from printkit.model.geometry import Grid, Rect
from printkit.model.page import MadeUpPage, Ornament, PictureBox, TextBox
from tests.support.checks import page_glyphs, without_actual_text

MOST = 0.005
"""The share of a page's cells that may hold nothing (issue 4, «Shown by»)."""

HEAD_ROLES = frozenset({"kicker", "headline", "deck", "byline"})
SECTION_ROLES = frozenset({"section-name", "section-title"})
HEAD_WHITE = 3
"""Lines of white under a headline block: one by default, at most two more (`--headline-space`)."""
SECTION_WHITE = 3
"""Lines of white over a section's head, and one under it (`--section-space`)."""

Box = tuple[float, float, float, float]


def empty_cells(pdf: Path, index: int, made: MadeUpPage, first: int = 0) -> tuple[list[tuple[int, int]], int]:
    """Return the cells of a page, as column and row from 0, that hold nothing, and how many there are in all.

    `first` is the first row that counts: a front page's masthead is one thing, whatever air it has.
    """
    grid = made.geometry.grid
    rows = (grid.main.height + grid.leading // 100) // grid.leading
    taken = [[False] * rows for _ in range(grid.columns)]
    glyphs = page_glyphs(without_actual_text(pdf), index)
    boxes = [((g.left + g.right) / 2, (g.top + g.bottom) / 2) * 2 for g in glyphs if g.char.strip()]
    for box in [*boxes, *_objects(pdf, index, made), *_white(made)]:
        _take(taken, box, grid)
    return [(c, r) for c in range(grid.columns) for r in range(first, rows) if not taken[c][r]], (
        rows - first
    ) * grid.columns


def _take(taken: list[list[bool]], box: Box, grid: Grid) -> None:
    """Mark the cells that a box (left, top, right, bottom in points) touches."""
    left, top, right, bottom = box
    step = (grid.column + grid.gutter) / 1000
    x, y, leading = grid.main.x / 1000, grid.main.y / 1000, grid.leading / 1000
    for column in range(grid.columns):
        start = x + column * step - grid.gutter / 2000
        if right >= start and left < start + step:
            first, last = int((top - y) // leading), int((bottom - y) // leading)
            for row in range(max(0, first), min(len(taken[column]) - 1, last) + 1):
                taken[column][row] = True


def _objects(pdf: Path, index: int, made: MadeUpPage) -> Iterator[Box]:
    """Yield the pictures, boxes and rules that the PDF draws."""
    height, area = made.geometry.height / 1000, made.geometry.width * made.geometry.height / 1e6
    document = pypdfium2.PdfDocument(pdf)
    wanted = (pypdfium2.raw.FPDF_PAGEOBJ_IMAGE, pypdfium2.raw.FPDF_PAGEOBJ_PATH)
    for found in document[index].get_objects(filter=wanted):
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) < area / 2 and right - left > 2:  # no page background, no column rule
            yield left, height - top, right, height - bottom
    document.close()


def _white(made: MadeUpPage) -> Iterator[Box]:
    """Yield the places of headline blocks, section heads and pictures with the white that belongs to them."""
    leading = made.geometry.grid.leading
    for story in made.stories:
        heads = [b for b in story.boxes if isinstance(b, TextBox) and b.role in HEAD_ROLES]
        if heads:
            left, right = min(b.rect.x for b in heads), max(b.rect.right for b in heads)
            foot = max(b.rect.bottom for b in heads)
            yield _placed(Rect(left, 0, right - left, foot + HEAD_WHITE * leading // 2), story.rect)
        for box in story.boxes:
            if isinstance(box, PictureBox) and box.role == "portrait":
                lift = SECTION_WHITE * leading
                high = box.rect.height + lift + leading
                yield _placed(Rect(box.rect.x, box.rect.y - lift, box.rect.width, high), story.rect)
            elif isinstance(box, TextBox) and box.role in SECTION_ROLES:
                high = box.rect.height + (SECTION_WHITE + 1) * leading
                yield _placed(Rect(box.rect.x, box.rect.y - SECTION_WHITE * leading, box.rect.width, high), story.rect)
            elif (
                isinstance(box, TextBox) and box.role == "body" and box.rect.width > made.geometry.grid.column + leading
            ):
                yield _placed(
                    box.rect, story.rect
                )  # short lines of columns wider than the page's end in no cell's middle
            elif isinstance(box, TextBox) and box.role == "subhead":  # in the middle of its lines
                yield _placed(Rect(box.rect.x, box.rect.y, box.rect.width, box.rect.height + leading // 2), story.rect)
            elif isinstance(box, PictureBox | Ornament) or box.role in ("caption", "credit"):
                yield _placed(Rect(box.rect.x, box.rect.y, box.rect.width, box.rect.height + leading), story.rect)


def _placed(rect: Rect, story: Rect) -> Box:
    left, top = story.x + rect.x, story.y + rect.y
    return left / 1000, top / 1000 + 0.01, (left + rect.width) / 1000 - 0.01, (top + rect.height) / 1000 - 0.01
