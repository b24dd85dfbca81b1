"""Compose a paragraph: prepare it once, break it at any measure, into any feasible number of lines.

In: a `Paragraph`, its `TextStyle`, `FontMetrics`. Out: `ComposedLine`s that nothing breaks or spaces
again. `Prepared.compose` reads as the rulebook's part 11: find the nodes, choose the breaks, set each line.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from printkit.compose import costs
from printkit.compose.classes import MARKS
from printkit.compose.counts import Counted, by_line
from printkit.compose.fit import Best, Edge, first_fit, gap_of, line_cost, optimum
from printkit.compose.justify import set_line
from printkit.compose.material import Material, gather
from printkit.compose.nodes import Nodes, find_nodes, widest_piece
from printkit.model.lines import ComposedLine, FontMetrics, Hyphenator, WordBreaker
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph

Measure = int | Callable[[int], tuple[int, int]]
"""One measure in mpt for all lines, or the offset and the measure of each line, counted from 0."""

_WHOLE = -1
"""The key of the nodes for measures that every piece without a break fits in."""

Fit = Literal["optimum", "first"]


def prepare(
    paragraph: Paragraph,
    style: TextStyle,
    metrics: FontMetrics,
    *,
    words: WordBreaker | None = None,
    hyphenator: Hyphenator | None = None,
) -> "Prepared":
    """Make a paragraph ready to be broken at any measure.

    Args:
        paragraph: the copy. White space at its ends is left out; no other character changes.
        style: size, indent, alignment and house rules.
        metrics: widths of the clusters, in mpt.
        words: with it lines end only where words end.
        hyphenator: divides long Latin words as a last resort.
    """
    return Prepared(gather(paragraph, style, metrics, words, hyphenator), style)


class Prepared:
    """A paragraph whose clusters, gaps and possible breaks are settled. Equal arguments give equal lines."""

    def __init__(self, material: Material, style: TextStyle) -> None:
        """Keep the material; use `prepare` to make one."""
        self._material = material
        self._style = style
        self._nodes: dict[int, Nodes] = {}
        self._widest = 0
        if material.clusters:
            hanging = style.composition.hanging and style.align == "justify"
            self._nodes[_WHOLE] = find_nodes(material, hanging)
            self._widest = widest_piece(self._nodes[_WHOLE])
        self._best: dict[tuple[int, int], tuple[Best, list[list[Edge]]]] = {}
        self._counted: dict[int, Counted] = {}

    @property
    def material(self) -> Material:
        """The parallel lists of the paragraph, for dumps and tests."""
        return self._material

    @property
    def natural_width(self) -> int:
        """Width of the paragraph on one line, unadjusted, without its indent."""
        material = self._material
        return sum(material.natural) - (material.gaps[-1].after if material.gaps else 0)

    def compose(self, measure: Measure, *, lines: int | None = None, fit: Fit = "optimum") -> tuple[ComposedLine, ...]:
        """Break the paragraph and set its lines.

        Args:
            measure: mpt, or a function from the line's number (from 0) to its offset and measure.
            lines: ask for this number of lines instead of the cheapest.
            fit: ``optimum`` weighs the whole paragraph; ``first`` goes line by line.

        Returns:
            The lines; none for an empty paragraph. `ComposedLine.measure` counts from the start of the
            column: offset and measure together, and `x` holds the offset and the indent.

        Raises:
            ValueError: the paragraph cannot be set in that number of lines.
        """
        if not self._material.clusters:
            if lines:
                raise ValueError(f"an empty paragraph cannot be set in {lines} lines")
            return ()
        nodes = self._nodes_for(measure)
        room = self._room(measure)
        if fit == "first" or self._style.align != "justify":
            breaks = first_fit(nodes, room, self._style.size, self._style.align == "justify")
            if lines is not None and len(breaks) - 1 != lines:
                raise ValueError(f"the paragraph makes {len(breaks) - 1} lines here, not {lines}")
        elif callable(measure) or lines is not None:
            breaks = self._counted_breaks(nodes, measure, lines)
        else:
            breaks = self._best_at(measure, nodes)[0].breaks
        return self._set(nodes, breaks, measure)

    def options(self, measure: Measure) -> dict[int, float]:
        """Return the numbers of lines that are feasible and the cost of each, from three under the best to three over.

        The cost of the best is the sum of its lines' demerits; the others are weighed against it, with
        `Prices.line` for every line fewer. A paragraph that is not justified, or empty, has one option.
        """
        if not self._material.clusters:
            return {0: 0.0}
        if self._style.align != "justify":
            return {len(self.compose(measure)): 0.0}
        found, _ = self._count(self._nodes_for(measure), measure)
        best = min(found, key=lambda lines: (found[lines], lines))
        # `Prices.line` was taken off for every line but the last: the best gets back all of it.
        back = self._material.prices.line * (best - 1)
        return {lines: found[lines] + back for lines in sorted(found) if abs(lines - best) <= 3}

    def gaps(self, measure: int, lines: int) -> tuple[int | None, ...]:
        """Return the gap that each line of a justified paragraph opens in so many lines, without setting them.

        Thousandths of an em; None for a line that stays short.
        """
        if not self._material.clusters:
            return ()
        nodes, room, em = self._nodes_for(measure), self._room(measure), self._style.size
        breaks = self._counted_breaks(nodes, measure, lines)
        return tuple(gap_of(nodes, i, j, room(line), em) for line, (i, j) in enumerate(pairwise(breaks)))

    def _indents(self) -> tuple[int, int]:
        """Return the indent of the first line and of the others, less what an opening mark keeps."""
        em = self._style.size
        return em * self._style.indent // 1000, em * self._style.hanging_indent // 1000

    def _keep(self) -> int:
        """Return the blank that an opening mark keeps at the paragraph's start (W7)."""
        composition = self._style.composition
        if composition.para_start == "trim" or self._material.letters[:1] != "O":
            return 0
        if composition.punctuation in ("kaiming", "banjiao"):
            return 0
        return max(0, -self._material.shift[0])

    def _room(self, measure: Measure) -> Callable[[int], int]:
        """Return the function from a line's number to the width its text may take."""
        first, rest = self._indents()
        first += self._keep()
        if callable(measure):
            return lambda line: max(1, measure(line)[1] - (rest if line else first))
        return lambda line: max(1, measure - (rest if line else first))

    def _nodes_for(self, measure: Measure) -> Nodes:
        """Return the nodes, with wide pieces divided where the narrowest measure asks for it."""
        room = self._room(measure)
        narrowest = (
            min(room(line) for line in range(2)) if not callable(measure) else min(room(line) for line in range(64))
        )
        key = narrowest if self._widest > narrowest else _WHOLE
        if key not in self._nodes:
            self._nodes[key] = find_nodes(self._material, bool(any(self._nodes[_WHOLE].hangs)), narrowest)
        return self._nodes[key]

    def _best_at(self, measure: int, nodes: Nodes) -> tuple[Best, list[list[Edge]]]:
        """Return the best breaks, and the lines that were tried from every node: what other numbers of lines are made of."""
        room = self._room(measure)
        key = (room(0), room(1))
        if key not in self._best:
            edges: list[list[Edge]] = []
            self._best[key] = optimum(nodes, *key, self._style.size, edges), edges
        return self._best[key]

    def _count(self, nodes: Nodes, measure: Measure) -> tuple[dict[int, float], Callable[[int], list[int]]]:
        """Return the cost of every feasible number of lines, and the function that gives its breaks."""
        room, em = self._room(measure), self._style.size
        if callable(measure):
            return by_line(nodes, room, em)
        if measure not in self._counted:
            self._counted[measure] = Counted(*self._best_at(measure, nodes))
        counted = self._counted[measure]
        return counted.costs, counted.breaks

    def _counted_breaks(self, nodes: Nodes, measure: Measure, lines: int | None) -> list[int]:
        found, breaks_of = self._count(nodes, measure)
        if lines is None:
            lines = min(found, key=lambda count: (found[count], count))
        elif lines not in found:
            numbers = ", ".join(map(str, sorted(found)))
            raise ValueError(f"the paragraph cannot be set in {lines} lines here; possible: {numbers}")
        return breaks_of(lines)

    def _set(self, nodes: Nodes, breaks: list[int], measure: Measure) -> tuple[ComposedLine, ...]:
        """Set the lines between the chosen breaks."""
        material, style, room = self._material, self._style, self._room(measure)
        first, rest = self._indents()
        letters = material.letters
        found = []
        for line, (i, j) in enumerate(pairwise(breaks)):
            offset, width = measure(line) if callable(measure) else (0, measure)
            last = j == len(nodes.end) - 1
            found.append(
                set_line(
                    material,
                    nodes.at[i],
                    nodes.at[j],
                    offset + width,
                    x=offset + (rest if line else first),
                    align=style.align,
                    hangs=nodes.hangs[j],
                    keep=0 if line else self._keep(),
                    cost=0.0 if last else line_cost(nodes, i, j, room(line), style.size)[0],
                    escape=not last and nodes.penalty[j] == costs.ESCAPE and letters[nodes.at[j]] in MARKS,
                )
            )
        return tuple(found)
