"""Lines won and lost in paragraphs, so that a story ends on its last line.

The composer offers each paragraph in a line or two more or less than its best (rulebook A3). `Paragraphs` asks it for
all paragraphs of a story and says what every number of lines won or lost in all costs; the cheapest way to a number
is found over all of them at once. No word changes; no paragraph opens its gaps beyond `LOOSEST` in the mean, and so no
story does (the composer itself ends at 0.25 em a line).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from printkit.makeup.flow import Block, TextBlock, depth_of
from printkit.makeup.setting import Setter

LOOSEST = 150
"""Mean gap between Han over a paragraph's lines that it may get by this, in thousandths of an em."""

_DEARER = 4
"""How many times more a line costs at a mean gap of 0.1 em than one that opens nothing: loose colour is seen first."""

MOST = 2
"""Lines that one paragraph may win or lose: more would show in its colour."""

_LOT = 4
"""Paragraphs that are asked at a time: asking costs as much as composing."""

_CHEAP = 2500
"""Thousandths of the unit a line may cost so that no further paragraph is asked: a mean gap of 0.04 em."""

PER_COLUMN = 3
"""Lines a column that are worth winning or losing; more is for the desk, which is told of it."""


class Paragraphs:
    """What a story's paragraphs can win and lose. Nothing is asked of the composer before it is wanted."""

    def __init__(self, blocks: Sequence[Block], measure: int, setter: Setter, unit: int, most: int) -> None:
        """Take the blocks, each paragraph in its best number of lines.

        Args:
            blocks: the story's blocks.
            measure: the columns' measure, mpt.
            setter: the composer.
            unit: cost of a line that opens no gap; one that does costs more (`_DEARER`).
            most: lines won or lost in all that are worth looking for.
        """
        self.blocks = blocks
        self.length = sum(map(depth_of, blocks))
        """Lines of all blocks, each paragraph at its best."""
        self._measure = measure
        self._setter = setter
        self._unit = unit
        self._most = most
        self._ways: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
        self._waiting = [i for i, b in enumerate(blocks) if _pliable(b)]
        self._texts: list[int] = []
        self._offered: dict[int, dict[int, int]] = {}

    def cost(self, change: int) -> int | None:
        """Return what it costs to win (or lose, negative) so many lines; None when it cannot be done."""
        if abs(change) > self._most:
            return None
        while change and self._waiting and self._dear(change):
            self._ask(1 if change > 0 else -1)
        found = self._ways[-1].get(change)
        return found and found[0]

    def costs(self) -> dict[int, int]:
        """Return every number of lines that can be won or lost in all, 0 among them, with its cost."""
        while self._waiting:
            self._ask(1)
        return {change: cost for change, (cost, _) in sorted(self._ways[-1].items())}

    def nearest(self, change: int) -> int:
        """Return the number of lines that can be won or lost nearest to a wish."""
        if not change or abs(change) > self._most:
            return 0
        sign = 1 if change > 0 else -1
        return next((n for n in range(change, 0, -sign) if self.cost(n) is not None), 0)

    def shares(self, change: int) -> dict[int, int]:
        """Return which blocks win or lose how many lines so that it is `change` in all, the cheapest way."""
        shares: dict[int, int] = {}
        if self.cost(change):
            ways = self._ways
            for place in range(len(self._texts) - 1, -1, -1):
                delta = ways[place + 1][change][1]
                if delta:
                    shares[self._texts[place]] = delta
                change -= delta
        return shares

    def with_shares(self, shares: Mapping[int, int]) -> list[Block]:
        """Return the blocks, those in `shares` with so many lines won or lost."""
        blocks = list(self.blocks)
        for index, delta in shares.items():
            block = blocks[index]
            assert isinstance(block, TextBlock)
            if delta:
                count = len(block.lines) + delta
                lines = self._setter.in_lines(block.paragraph, block.style, self._measure, count)
                blocks[index] = replace(block, lines=lines)
        return blocks

    def share_cost(self, shares: Mapping[int, int]) -> int:
        """Return what some shares cost."""
        return sum(self._offered[index][delta] for index, delta in shares.items())

    def others(self, shares: Mapping[int, int]) -> list[dict[int, int]]:
        """Return the shares that differ in one paragraph, the cheapest first."""
        near = [
            {**shares, index: delta}
            for index, offers in self._offered.items()
            for delta in offers
            if delta != shares.get(index, 0)
        ]
        return sorted(near, key=self.share_cost)

    def _dear(self, change: int) -> bool:
        """Say whether a change cannot be had yet, or only by opening gaps that another paragraph may spare."""
        found = self._ways[-1].get(change)
        return found is None or found[0] * 1000 > abs(change) * self._unit * _CHEAP

    def _ask(self, sign: int) -> None:
        """Ask the composer for some paragraphs more: those first in which the fewest characters have to move.

        These are the ones whose last line is nearly full, for a line to win, and nearly empty, for a line to lose.
        """

        def tail(index: int) -> int:
            block = self.blocks[index]
            assert isinstance(block, TextBlock)
            return -sign * (block.lines[-1].x + block.lines[-1].width)

        self._waiting.sort(key=tail)
        for index in self._waiting[:_LOT]:
            block = self.blocks[index]
            assert isinstance(block, TextBlock)
            offers = self._offers(block)
            if len(offers) > 1:
                self._texts.append(index)
                self._offered[index] = offers
                self._ways.append(self._added(self._ways[-1], offers))
        del self._waiting[:_LOT]

    def _added(self, ways: dict[int, tuple[int, int]], offers: dict[int, int]) -> dict[int, tuple[int, int]]:
        best: dict[int, tuple[int, int]] = {}
        for change, (cost, _) in ways.items():
            for delta, more in offers.items():
                total = change + delta
                if abs(total) <= self._most and (total not in best or cost + more < best[total][0]):
                    best[total] = cost + more, delta
        return best

    def _offers(self, block: TextBlock) -> dict[int, int]:
        """Return what a paragraph offers: lines won or lost, and the cost by the widest gaps of its lines."""
        offers = {0: 0}
        best = len(block.lines)
        for count in self._setter.counts(block.paragraph, block.style, self._measure):
            delta = count - best
            if not delta or abs(delta) > MOST:
                continue
            gaps = self._setter.gaps(block.paragraph, block.style, self._measure, count)
            if None in gaps:
                continue
            mean = sum(filter(None, gaps)) // max(1, len(gaps) - 1)
            if mean <= LOOSEST:
                offers[delta] = abs(delta) * self._unit * (100 + _DEARER * mean) // 100
        return offers


def _pliable(block: Block) -> bool:
    """Say whether a block is a paragraph of the body over the whole measure."""
    return isinstance(block, TextBlock) and block.role == "body" and block.whole_measure and bool(block.lines)
