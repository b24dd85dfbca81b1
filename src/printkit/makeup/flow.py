"""Lines through columns: blocks of text and solid blocks run down one column and on at the next.

In: blocks in reading order and the free stretches of each column. Out: where each piece stands, and what
found no room. A solid block is never divided; one that keeps to its text moves on with it
(composition.md D4: no heading as the last line of a column). A table is divided between its rows, with its head again
over the rows that go on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from printkit.diagnostics import Diagnostic
from printkit.model.lines import ComposedLine
from printkit.model.page import Box, TextBox
from printkit.model.style import TextStyle
from printkit.model.text import LINED, Paragraph

RUNNING = frozenset({"body", "quotation", "subhead", *LINED})
"""Roles of the paragraphs of the copy."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A composed paragraph; it may be divided after any line. `keep` asks for so many lines of the next block below it."""

    paragraph: Paragraph
    style: TextStyle
    lines: tuple[ComposedLine, ...]
    role: str
    key: str
    owner: int = 0
    """Index of the story in a slot of many."""
    keep: int = 0
    tail: "TextBlock | None" = None
    """A line of its own style that stands on the paragraph's last line, at its end (a byline)."""
    whole_measure: bool = False
    """Every line fills the column's measure, so that make-up may ask for another number of lines."""
    rise: int = 0
    """How far it stands up into the white over it, mpt; not where that has vanished at a column's top."""
    whole: bool = False
    """No column's end divides it (a stanza of few lines)."""
    tied: bool = False
    """It stands under the last line of what is before it, and does not open a column alone (落款)."""


@dataclass(frozen=True, slots=True)
class SolidBlock:
    """Boxes that stay together, `height` lines high, placed from the column's left and the line's top.

    `boxes` are in column coordinates. A block that only parts (`gap`) vanishes at the top of a column.
    """

    height: int
    boxes: tuple[Box, ...] = ()
    owner: int = 0
    keep: int = 0
    gap: bool = False


LEAST_ROWS = 2
"""Rows of a table that stay together under its head, and that go on together."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: a piece of it is some of its rows with the head over them, and is `depth` lines high.

    `sides` are the places of its vertical rules from the column's left; `ruled` says that rules stand between rows.
    """

    head: SolidBlock
    rows: tuple[SolidBlock, ...]
    width: int
    sides: tuple[int, ...] = ()
    ruled: bool = False
    owner: int = 0
    told: tuple[Diagnostic, ...] = ()
    """What there is to tell of the table as a whole."""

    def depth(self, first: int, last: int) -> int:
        """Return the lines of a piece, its head included; none for no row."""
        return self.head.height + sum(row.height for row in self.rows[first:last]) if first < last else 0

    def taken(self, first: int, room: int) -> int:
        """Return how many rows from `first` on stand in so many lines; never one alone, nor all but the last."""
        rest = len(self.rows) - first
        taken, depth = 0, self.head.height
        for count, row in enumerate(self.rows[first:], 1):
            depth += row.height
            if depth > room:
                break
            if count == rest or min(count, rest - count) >= LEAST_ROWS:
                taken = count
        return taken

    @property
    def least(self) -> int:
        """Lines of the least piece that the table may begin with."""
        rows = len(self.rows)
        return self.depth(0, LEAST_ROWS if rows >= 2 * LEAST_ROWS else rows)


Block = TextBlock | SolidBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Region:
    """Free lines of one column, from `start` up to but not including `end`."""

    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of a block: in which column, from which line; of a text block the lines, of a table the rows `first` to `last`."""

    block: Block
    column: int
    line: int
    first: int = 0
    last: int = 0
    rise: int = 0
    """How far its lines stand over their own, mpt."""

    @property
    def height(self) -> int:
        """Lines that the piece takes."""
        match self.block:
            case SolidBlock(height=height):
                return height
            case TableBlock() as table:
                return table.depth(self.first, self.last)
            case _:
                return self.last - self.first

    @property
    def running(self) -> list[tuple[Paragraph, tuple[ComposedLine, ...]]]:
        """The lines of the copy's paragraphs; of a solid block those that stand beside a picture."""
        if isinstance(self.block, TextBlock):
            return [(self.block.paragraph, self.block.lines[self.first : self.last])]
        boxes = self.block.boxes if isinstance(self.block, SolidBlock) else ()
        texts = (box for box in boxes if isinstance(box, TextBox))
        return [(box.paragraph, box.lines) for box in texts if box.role in RUNNING]


@dataclass(slots=True)
class Flowed:
    """A flow's result. `over` is what found no room: blocks, the first perhaps from a line or row on."""

    placed: list[Placed] = field(default_factory=list)
    over: list[tuple[Block, int]] = field(default_factory=list)
    wasted: int = 0
    """Lines left white at the foot of a column because the next block could not stand there."""
    opened: int = 0
    """Lines of white before subheads, which the columns took that would else end above their feet."""

    @property
    def over_lines(self) -> int:
        """Lines that found no room."""
        return sum(depth_of(block, first) for block, first in self.over)

    @property
    def used(self) -> int:
        """Lines that stand, with the white that was put before subheads."""
        return sum(p.height for p in self.placed) + self.opened


def depth_of(block: Block, first: int = 0) -> int:
    """Return the lines that a block takes in one column, from a line or row on."""
    return Placed(block, 0, 0, first, _length(block)).height


def _length(block: Block) -> int:
    """Return the lines of a block, or the rows of a table: what `Placed` counts from first to last."""
    match block:
        case SolidBlock(height=height):
            return height
        case TableBlock(rows=rows):
            return len(rows)
        case _:
            return len(block.lines)


def _needed(blocks: Sequence[Block], index: int, last: bool) -> int:
    """Return the lines that must stand together from a block on: itself and what it keeps to.

    In the `last` region stanzas are divided: what is over is told by the line.
    """
    height = 0
    while True:
        block = blocks[index]
        if isinstance(block, TableBlock):
            return height + block.least
        if isinstance(block, SolidBlock):
            height += block.height
        else:
            height += len(block.lines) if block.keep or (block.whole and not last) else 1
        keep = block.keep or (isinstance(block, SolidBlock) and block.gap)  # white stands only over what it parts
        index += 1
        if not keep or index == len(blocks):
            return height
        following = blocks[index]
        if isinstance(following, TextBlock) and not following.keep and (last or not following.whole):
            return height + min(keep, len(following.lines))


def flow(blocks: Sequence[Block], regions: Sequence[Region]) -> Flowed:
    """Run blocks down the regions in order."""
    result = Flowed()
    place = iter(regions)
    region, line = _next(place)
    for index, block in enumerate(blocks):
        first, length = 0, _length(block)
        parts = isinstance(block, SolidBlock) and block.gap
        while region is not None and first < length:
            if parts and line == region.start:
                first = length
                break
            if taken := _taken(blocks, index, first, region, line, region is regions[-1]):
                rises = isinstance(block, TextBlock) and not first and line != region.start
                rise = block.rise if isinstance(block, TextBlock) and rises else 0
                result.placed.append(Placed(block, region.column, line, first, first + taken, rise))
                line += result.placed[-1].height
                first += taken
            if first < length:
                result.wasted += region.end - line
                region, line = _next(place)
                if parts:  # white that would end a column is the column's own foot
                    first = length
        if first < length:
            result.over.append((block, first))
    return result


def _taken(blocks: Sequence[Block], index: int, first: int, region: Region, line: int, last: bool) -> int:
    """Return how much of a block stands from a line of a region on: lines, of a table rows."""
    block, room = blocks[index], region.end - line
    if isinstance(block, TableBlock):
        return block.taken(first, room)
    # A block too high for any region is set where the region is empty, as far as it goes.
    if room < min(1 if first else _needed(blocks, index, last), region.end - region.start):
        return 0
    if isinstance(block, SolidBlock):
        return block.height if block.height <= room else 0
    rest = len(block.lines) - first
    if not last and not block.keep and rest <= room < rest + _tied_lines(blocks, index):
        # The last line goes on with what is tied to it, a whole block with all its lines; but no region stays empty.
        less = 0 if block.whole else rest - 1
        return less if less or line > region.start else rest
    return min(room, rest)


def _tied_lines(blocks: Sequence[Block], index: int) -> int:
    """Return the lines that are to stand under a block's last line."""
    lines = 0
    for following in islice(blocks, index + 1, None):
        if not (isinstance(following, TextBlock) and following.tied and following.owner == blocks[index].owner):
            break
        lines += len(following.lines)
    return lines


def _next(place: Iterator[Region]) -> tuple[Region | None, int]:
    region = next(place, None)
    return region, region.start if region else 0


def widows(flowed: Flowed) -> int:
    """Count the columns that open with the last line of a paragraph, where it is no half of the measure (孤行)."""
    return sum(is_widow(placed) for placed in flowed.placed)


def is_widow(placed: Placed) -> bool:
    """Say whether a piece is a paragraph's short last line, alone at the top of a column."""
    block = placed.block
    if (
        not isinstance(block, TextBlock)
        or block.role in LINED
        or placed.first != len(block.lines) - 1
        or not placed.first
    ):
        return False
    line = block.lines[-1]
    return 2 * line.width < line.measure


def cut(regions: Sequence[Region], depth: int, first: int = 0) -> list[Region]:
    """Return regions that end at a depth at the latest, those before a first column as they are."""
    return [
        region if region.column < first else replace(region, end=min(region.end, depth))
        for region in regions
        if region.column < first or region.start < depth
    ]


def _parted(flowed: Flowed) -> int:
    """Count the headings that have less under them in their column than they keep to, and what else was torn apart."""
    return sum(_is_parted(one, after) for one, after in pairwise(flowed.placed))


def _is_parted(one: Placed, after: Placed) -> bool:
    block = after.block
    if one.column != after.column and isinstance(block, TextBlock):
        is_torn = block.whole if one.block is block else block.tied
        if is_torn:
            return True
    if isinstance(one.block, TableBlock) or not one.block.keep:
        return False
    least = min(one.block.keep, len(block.lines)) if isinstance(block, TextBlock) else 0
    return one.column != after.column or after.height < least


def balanced(blocks: Sequence[Block], regions: Sequence[Region], first: int = 0) -> Flowed:
    """Run blocks so that the columns end on the same line, or nearly, as high as may be (composition.md P8).

    Those before the column `first` are filled; so are all pages of a story but its last.
    """
    whole = flow(blocks, regions)
    free = [region for region in regions if region.column >= first]
    if whole.over or not free:
        return whole
    low, high = min(r.start for r in free), max(r.end for r in free)
    while low + 1 < high:
        middle = (low + high) // 2
        tried = flow(blocks, cut(regions, middle, first))
        if tried.over or _parted(tried) > _parted(whole):
            low = middle
        else:
            high = middle
    return flow(blocks, cut(regions, high, first))
