"""Where the pictures of a reprint stand: in rows at the heads of its pages, or where the reading comes to them.

In: pictures set as floats, and the text that there is. Out: the floats of each page at their columns and lines.
"""

from collections.abc import Sequence
from dataclasses import replace

from printkit.makeup.flow import Block, TableBlock, TextBlock, depth_of
from printkit.makeup.frames import Frame
from printkit.makeup.story.floats import Float
from printkit.model.article import Picture

_TEXT_SHARE = 300
"""Share of a page's lines, in thousandths, that pictures leave to the text as long as there is text for it."""


class Rows:
    """Floats placed in rows down the pages."""

    def __init__(self, columns: int, frames: tuple[Frame, Frame], top: int, text: int) -> None:
        """Take the columns, the frames of the first and the other pages, the head's lines, the text's lines in one column."""
        self.pages: list[list[Float]] = [[]]
        self._columns = columns
        self._frames = frames
        self._text = text
        self._right, self._row, self._foot = columns, top, top

    def add(self, made: Float) -> None:
        """Place a float to the left of the one before, else under it, else on the next page."""
        column = self._right - made.columns
        if column < 0:
            self._right, self._row = self._columns, self._foot
            column = self._columns - made.columns
        if self._row + made.lines > self._limit() and (self.pages[-1] or self._row + made.lines > self._lines()):
            self._turn()
            column = self._columns - made.columns
        self.pages[-1].append(replace(made, column=column, line=self._row))
        self._right = column
        self._foot = max(self._foot, self._row + made.lines)

    def _lines(self) -> int:
        return self._frames[1 if len(self.pages) > 1 else 0].lines

    def _limit(self) -> int:
        """Return the line down to which pictures may stand: under them is room for text while there is some."""
        lines = self._lines()
        return lines - min(-(-self._text // self._columns), lines * _TEXT_SHARE // 1000)

    def _turn(self) -> None:
        self._text = max(0, self._text - (self._lines() - self._foot) * self._columns)
        self.pages.append([])
        self._right, self._row, self._foot = self._columns, 0, 0


def shares_of_text(pictures: Sequence[Picture]) -> list[int]:
    """Return after which share of its text, in thousandths, each picture of a story stands, in the order of reading.

    Those inside the text are spread over it, as in the e-paper's view of a story.
    """
    inside = sum(picture.place == "inside" for picture in pictures)
    shares, number = [], 0
    for picture in pictures:
        number += picture.place == "inside"
        shares.append({"inside": 1000 * number // (inside + 1), "foot": 1000}.get(picture.place, 0))
    return shares


def along_text(
    floats: Sequence[tuple[Float, int]], blocks: Sequence[Block], top: int, frames: tuple[Frame, Frame]
) -> list[list[Float]]:
    """Place floats in one column between two blocks of text, each behind its share of the text; no heading is parted off.

    Args:
        floats: with their shares in thousandths.
        blocks: the text.
        top: the head's lines on the first page.
        frames: of the first page and of each other one.
    """
    pages: list[list[Float]] = [[]]
    depths = [depth_of(block) for block in blocks]
    waiting = sorted(floats, key=lambda one: one[1])
    done = spare = 0
    line = top

    def room() -> int:
        return frames[1 if len(pages) > 1 else 0].lines

    for index in range(len(blocks) + 1):
        ahead = depths[index] if index < len(blocks) else 0
        parts_heading = 0 < index < len(blocks) and _stay_together(blocks[index - 1], blocks[index])
        while waiting and not parts_heading and waiting[0][1] * sum(depths) <= 1000 * (done + ahead // 2):
            made = waiting.pop(0)[0]
            if line + made.lines > room() and line:
                spare += room() - line  # filled by the text that follows
                pages.append([])
                line = 0
            pages[-1].append(replace(made, column=0, line=line))
            line += made.lines
        done += ahead
        line += max(0, ahead - spare)
        spare = max(0, spare - ahead)
        while line > room():
            line -= room()
            pages.append([])
    return pages


def _stay_together(before: Block, after: Block) -> bool:
    """Say whether a block is a heading of what follows, or what follows is its signature."""
    heads = not isinstance(before, TableBlock) and before.keep > 0
    return heads or (isinstance(after, TextBlock) and after.tied)
