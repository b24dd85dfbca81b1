"""The number of lines as a choice: what each number costs, and the breaks that give it.

`Counted` serves one measure: it goes from node to node and keeps, for each, the costs of the seven
numbers of lines around the cheapest. `by_line` serves measures that change down the paragraph: it goes
from line to line. Both are linear in the text, because seven numbers and three measures are constants.
"""

from collections.abc import Callable

from printkit.compose import costs
from printkit.compose.fit import INFINITE, WINDOW, Best, Edge, Lines, edges_from
from printkit.compose.nodes import Nodes

_SPAN = 3
"""How many lines under and over the best are looked for."""

_KEPT = 2 * _SPAN + 1

Ways = dict[int, float]
"""The cheapest cost of getting to a node with each number of lines."""


class Counted:
    """The feasible numbers of lines at one measure; a node keeps the seven numbers around its cheapest."""

    def __init__(self, best: Best, edges: list[list[Edge]]) -> None:
        """Work the costs out of what `optimum` found and the lines that it tried from every node."""
        self._edges = edges
        self._count = best.count
        self._tight: list[Ways] = [{} for _ in self._count]
        self._loose: list[Ways] = [{} for _ in self._count]
        self._tight[0][0] = self._loose[0][0] = 0.0
        self._fill()
        tight, loose, middle = self._tight[-1], self._loose[-1], self._count[-1]
        found = {lines: min(tight.get(lines, INFINITE), loose.get(lines, INFINITE)) for lines in tight.keys() | loose}
        self.costs = {lines: found[lines] for lines in sorted(found) if abs(lines - middle) <= _SPAN}

    def _fill(self) -> None:
        """Carry the costs from node to node. The two tables are for ways that end in a shrunk and in a stretched line."""
        tight, loose, contrast = self._tight, self._loose, costs.CONTRAST
        for i, edges in enumerate(self._edges):
            if not edges:
                continue
            shrunk, stretched = tight[i], loose[i]
            if len(shrunk) > _KEPT or len(stretched) > _KEPT:
                shrunk, stretched = tight[i], loose[i] = self._near(i, shrunk), self._near(i, stretched)
            # The ways to this node as those to the next, with one line more: what changes the sort of line costs contrast.
            to_tight: list[tuple[int, float]] = []
            to_loose: list[tuple[int, float]] = []
            to_both: list[tuple[int, float]] = []
            for lines, way in shrunk.items():
                also = stretched.get(lines, INFINITE)
                lines += 1
                if way <= also:
                    crossed = way + contrast
                    to_tight.append((lines, way))
                    to_loose.append((lines, also if also < crossed else crossed))  # noqa: FURB136  # `min` costs twice that
                    to_both.append((lines, way))
                else:
                    crossed = also + contrast
                    to_tight.append((lines, way if way < crossed else crossed))  # noqa: FURB136
                    to_loose.append((lines, also))
                    to_both.append((lines, also))
            for lines, way in stretched.items():
                if lines not in shrunk:
                    to_tight.append((lines + 1, way + contrast))
                    to_loose.append((lines + 1, way))
                    to_both.append((lines + 1, way))
            for j, cost, kind in edges:
                if kind:
                    target = loose[j] if kind > 0 else tight[j]
                    known = target.get
                    for lines, way in to_loose if kind > 0 else to_tight:
                        total = way + cost
                        if total < known(lines, INFINITE):
                            target[lines] = total
                    continue
                # A natural line goes with either sort, so it is offered to both tables.
                target, other = tight[j], loose[j]
                for lines, way in to_both:
                    total = way + cost
                    if total < target.get(lines, INFINITE):
                        target[lines] = total
                    if total < other.get(lines, INFINITE):
                        other[lines] = total

    def _near(self, node: int, ways: Ways) -> Ways:
        """Drop the numbers of lines that are far from the cheapest way to a node."""
        middle = self._count[node]
        return {lines: cost for lines, cost in ways.items() if abs(lines - middle) <= _SPAN}

    def breaks(self, lines: int) -> list[int]:
        """Return the cheapest breaks with that number of lines: each way's last line is found again by its cost."""
        j = len(self._edges) - 1
        stretched = self._loose[j].get(lines, INFINITE) < self._tight[j].get(lines, INFINITE)
        breaks = [j]
        while lines:
            lines -= 1
            j, stretched = self._before(j, lines, stretched)
            breaks.append(j)
        return breaks[::-1]

    def _before(self, j: int, lines: int, stretched: bool) -> tuple[int, bool]:
        """Return where the line that ends at a node started, `lines` before it, and how that node was reached."""
        wanted = (self._loose if stretched else self._tight)[j][lines + 1]
        for i in range(j - 1, -1, -1):
            tight, loose = self._tight[i].get(lines, INFINITE), self._loose[i].get(lines, INFINITE)
            if tight == loose == INFINITE:
                continue
            for end, cost, kind in self._edges[i]:
                if end != j or kind == (-1 if stretched else 1):
                    continue
                contrast = costs.CONTRAST if kind else 0.0
                same, other = (loose, tight) if stretched else (tight, loose)
                if min(same, other + contrast) + cost == wanted:
                    return i, stretched if same < other + contrast else not stretched
        raise AssertionError("the table of costs holds a way that no line makes")


def by_line(nodes: Nodes, measure_of: Lines, em: int) -> tuple[dict[int, float], Callable[[int], list[int]]]:
    """Search layer by layer, a layer a line, so that the number of lines and the line's own measure count.

    Args:
        nodes: the paragraph's nodes.
        measure_of: the measure of each line, from 0.
        em: the size.

    Returns:
        The cost for each number of lines, and a function that gives the breaks for one of them.
    """
    final = len(nodes.end) - 1
    relaxed = bytearray(final + 1)
    known: dict[tuple[int, int, int], list[Edge]] = {}
    layers: list[tuple[dict[int, int], dict[int, int]]] = []
    ends: dict[int, int] = {}
    tight, loose = {0: 0.0}, {0: 0.0}
    contrast = costs.CONTRAST
    costs_of: dict[int, float] = {}
    line = 0
    while True:
        measure = measure_of(line)
        next_tight: dict[int, float] = {}
        next_loose: dict[int, float] = {}
        from_tight: dict[int, int] = {}
        from_loose: dict[int, int] = {}
        alive = sorted(tight.keys() | loose.keys())
        for i in alive:
            to_tight, to_loose, mark_tight, mark_loose = (
                tight.get(i, INFINITE),
                loose.get(i, INFINITE),
                2 * i,
                2 * i + 1,
            )
            if to_loose + contrast < to_tight:
                to_tight, mark_tight = to_loose + contrast, mark_loose
            elif to_tight + contrast < to_loose:
                to_loose, mark_loose = to_tight + contrast, mark_tight
            edges = known.get((i, measure, relaxed[i]))
            if edges is None:
                edges = known[i, measure, relaxed[i]] = edges_from(nodes, i, measure, em, bool(relaxed[i]))
            for j, cost, kind in edges:
                if kind < 0:
                    cost += to_tight
                    if cost < next_tight.get(j, INFINITE):
                        next_tight[j], from_tight[j] = cost, mark_tight
                elif kind:
                    cost += to_loose
                    if cost < next_loose.get(j, INFINITE):
                        next_loose[j], from_loose[j] = cost, mark_loose
                else:
                    base, mark = (to_tight, mark_tight) if to_tight < to_loose else (to_loose, mark_loose)
                    cost += base
                    if cost < next_tight.get(j, INFINITE):
                        next_tight[j], from_tight[j] = cost, mark
                    if cost < next_loose.get(j, INFINITE):
                        next_loose[j], from_loose[j] = cost, mark
        if not next_tight and not next_loose:
            if costs_of or not alive or all(relaxed[i] for i in alive):
                break
            for i in alive:
                relaxed[i] = 1
            continue
        line += 1
        end_tight, end_loose = next_tight.pop(final, INFINITE), next_loose.pop(final, INFINITE)
        layers.append((from_tight, from_loose))
        if end_tight < INFINITE or end_loose < INFINITE:
            costs_of[line] = min(end_tight, end_loose)
            ends[line] = (from_tight if end_tight <= end_loose else from_loose)[final]
        if costs_of and line > min(costs_of, key=costs_of.__getitem__) + 3:
            break
        _prune(nodes, next_tight, next_loose, 3 * measure)
        tight, loose = next_tight, next_loose
    return costs_of, lambda lines: _trace_layers(layers, ends[lines], lines, final)


def _prune(nodes: Nodes, tight: dict[int, float], loose: dict[int, float], reach: int) -> None:
    """Drop the ways that are more than three measures from the cheapest: a paragraph's ways spread as it goes on."""
    joined = {**loose, **{i: min(cost, loose.get(i, INFINITE)) for i, cost in tight.items()}}
    if len(joined) < WINDOW:
        return
    middle = nodes.begin[min(joined, key=joined.__getitem__)]
    for i in joined:
        if not middle - reach <= nodes.begin[i] <= middle + reach:
            tight.pop(i, None)
            loose.pop(i, None)


def _trace_layers(layers: list[tuple[dict[int, int], dict[int, int]]], mark: int, lines: int, final: int) -> list[int]:
    """Follow the marks back from the end at one layer."""
    breaks = [final, mark >> 1]
    for line in range(lines - 2, -1, -1):
        mark = layers[line][mark & 1][mark >> 1]
        breaks.append(mark >> 1)
    return breaks[::-1]
