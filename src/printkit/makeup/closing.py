"""Lines won and lost in paragraphs, so that a story ends on its last line.

The composer offers each paragraph in one line more or less than its best (rulebook A3). Where a story is a few lines
short or over after pictures and headline were fitted, the paragraphs that show it least take or give one line each.
No word changes, and no line opens its gaps beyond `LOOSEST`.
"""

from collections.abc import Sequence
from dataclasses import replace

from printkit.makeup.flow import Block, Flowed, Region, TextBlock, flow
from printkit.makeup.setting import Setter
from printkit.model.lines import ComposedLine

LOOSEST = 150
"""Gap between two Han that a line may get by this, in thousandths of an em: where a column begins to look loose."""

PER_COLUMN = 3
"""Lines a column that are worth winning this way; more white is for the desk, which is told of it."""


def close(
    blocks: Sequence[Block], regions: Sequence[Region], room: int, measure: int, setter: Setter
) -> tuple[Sequence[Block], int]:
    """Win or lose lines in the body's paragraphs until the story fills its room, as far as that goes.

    Args:
        blocks: the story's blocks, each paragraph in its best number of lines.
        regions: the free stretches of the columns.
        room: lines of all regions.
        measure: the columns' measure, mpt.
        setter: the composer.

    Returns:
        The blocks, and the lines won (positive) or lost (negative) in all; as they were when nothing helps.
    """
    plain = flow(blocks, regions)
    white = room - plain.used
    columns = max(1, len({region.column for region in regions}))
    if plain.over_lines == white == 0 or white > PER_COLUMN * columns or plain.over_lines > columns:
        return blocks, 0
    step = -1 if plain.over_lines else 1
    offers = _offers(blocks, step, measure, setter)
    best, rank, changed = list(blocks), _rank(plain, room), 0
    while offers and rank != (0, 0):
        for number, (index, lines) in enumerate(offers):
            trial = list(best)
            block = trial[index]
            assert isinstance(block, TextBlock)
            trial[index] = _with_lines(block, lines)
            tried = _rank(flow(trial, regions), room)
            if tried < rank:
                best, rank = trial, tried
                changed += step
                del offers[number]
                break
        else:
            break
    return (blocks, 0) if rank[0] else (best, changed)


def _rank(flowed: Flowed, room: int) -> tuple[int, int]:
    return flowed.over_lines, room - flowed.used


def _offers(
    blocks: Sequence[Block], step: int, measure: int, setter: Setter
) -> list[tuple[int, tuple[ComposedLine, ...]]]:
    """Return the paragraphs that can take or give a line, the least visible change first."""
    found = []
    for index, block in enumerate(blocks):
        if not isinstance(block, TextBlock) or block.role != "body" or not block.whole_measure:
            continue
        lines = setter.in_lines(block.paragraph, block.style, measure, len(block.lines) + step)
        if lines is None or any(line.adjustment.kind == "short" for line in lines):
            continue
        widest = max((line.adjustment.gap for line in lines), default=0)
        if widest <= LOOSEST:
            found.append((sum(line.adjustment.gap for line in lines) / len(lines), index, lines))
    return [(index, lines) for _, index, lines in sorted(found, key=lambda offer: offer[:2])]


def _with_lines(block: TextBlock, lines: tuple[ComposedLine, ...]) -> TextBlock:
    return replace(block, lines=lines)
