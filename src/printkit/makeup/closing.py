"""Lines won and lost in paragraphs, so that a story ends on its last line.

The composer offers each paragraph in one line more or less than its best (rulebook A3). Where a story is a few lines
short or over after pictures and headline were fitted, the paragraphs that show it least take or give one line each.
No word changes, and no line opens its gaps beyond `LOOSEST`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from printkit.makeup.flow import Block, Flowed, Region, TextBlock, flow
from printkit.makeup.setting import Setter
from printkit.model.lines import ComposedLine

LOOSEST = 150
"""Gap between two Han that a line may get by this, in thousandths of an em: where a column begins to look loose."""

LOT = 4
"""Paragraphs that are asked at a time."""

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
    best, rank, changed = list(blocks), _rank(plain, room), 0
    for index, lines in _offers(blocks, step, measure, setter):
        trial = list(best)
        block = trial[index]
        assert isinstance(block, TextBlock)
        trial[index] = replace(block, lines=lines)
        tried = _rank(flow(trial, regions), room)
        if tried < rank:
            best, rank = trial, tried
            changed += step
        if rank == (0, 0):
            break
    return (blocks, 0) if rank[0] else (best, changed)


def _rank(flowed: Flowed, room: int) -> tuple[int, int]:
    return flowed.over_lines, room - flowed.used


def _offers(
    blocks: Sequence[Block], step: int, measure: int, setter: Setter
) -> Iterator[tuple[int, tuple[ComposedLine, ...]]]:
    """Yield paragraphs that can take or give a line, with their lines then, the least visible change first.

    They are asked in lots of `LOT`, for asking costs as much as composing: first those whose last line is nearly full
    (a line to win) or nearly empty (a line to lose), since there the fewest characters have to move.
    """
    texts = [(i, b) for i, b in enumerate(blocks) if isinstance(b, TextBlock) and b.role == "body" and b.whole_measure]
    texts.sort(key=lambda item: -step * (item[1].lines[-1].x + item[1].lines[-1].width) if item[1].lines else 0)
    for start in range(0, len(texts), LOT):
        lot = []
        for index, block in texts[start : start + LOT]:
            lines = setter.in_lines(block.paragraph, block.style, measure, len(block.lines) + step)
            if lines and all(line.adjustment.kind != "short" and line.adjustment.gap <= LOOSEST for line in lines):
                lot.append((sum(line.adjustment.gap for line in lines), index, lines))
        yield from ((index, lines) for _, index, lines in sorted(lot, key=lambda offer: offer[:2]))
