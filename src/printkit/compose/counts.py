"""The number of lines as a choice: what each number costs, and the breaks that give it for make-up to choose from.

`count_options` serves one measure: it goes from node to node and keeps, for each, the costs of the seven
numbers of lines around the cheapest. `by_line` serves measures that change down the paragraph: it goes
from line to line. Both are linear in the text, because seven numbers and three measures are constants.
"""

from collections.abc import Callable

from printkit.compose import costs
from printkit.compose.fit import INFINITE, WINDOW, Best, Lines, edges_from
from printkit.compose.nodes import Nodes

_SPAN = 3
"""How many lines under and over the best are looked for."""

_WIDE = 2 * _SPAN + 1
_NONE = [INFINITE] * _WIDE

Table = tuple[list[list[float]], list[list[float]]]
"""For each node the costs of the ways that end in a shrunk line, and in a stretched one, by number of lines."""


class Counted:
    """The feasible numbers of lines at one measure. Entry `k` of a node's costs is for ``count[node] - 3 + k`` lines."""

    def __init__(self, nodes: Nodes, first: int, rest: int, em: int, best: Best) -> None:
        """Work the costs out; arguments are those of `optimum`, and what it returned."""
        self._nodes, self._first, self._rest, self._em, self._best = nodes, first, rest, em, best
        self._tight, self._loose = self._table()
        base = best.count[-1] - _SPAN
        found = map(min, self._tight[-1], self._loose[-1])
        self.costs = {base + k: cost for k, cost in enumerate(found) if cost < INFINITE}

    def _table(self) -> Table:
        nodes, em, best, contrast = self._nodes, self._em, self._best, costs.CONTRAST
        count, relaxed = best.count, best.relaxed
        final = len(nodes.end) - 1
        tight, loose = [_NONE] * (final + 1), [_NONE] * (final + 1)
        tight[0] = loose[0] = [INFINITE] * _SPAN + [0.0] + [INFINITE] * _SPAN
        measure = self._first
        for i in range(final):
            if count[i] < 0:
                continue
            ends_tight, ends_loose = tight[i], loose[i]
            to_tight = _cheaper(ends_tight, [way + contrast for way in ends_loose])
            to_loose = _cheaper(ends_loose, [way + contrast for way in ends_tight])
            following = count[i] + 1
            for j, cost, kind in edges_from(nodes, i, measure, em, bool(relaxed[i])):
                shift = following - count[j]
                if kind <= 0:
                    ways = to_tight if kind else _cheaper(ends_tight, ends_loose)
                    ways = [way + cost for way in (_shifted(ways, shift) if shift else ways)]
                    old = tight[j]
                    tight[j] = ways if old is _NONE else _cheaper(old, ways)
                if kind >= 0:
                    ways = to_loose if kind else _cheaper(ends_tight, ends_loose)
                    ways = [way + cost for way in (_shifted(ways, shift) if shift else ways)]
                    old = loose[j]
                    loose[j] = ways if old is _NONE else _cheaper(old, ways)
            measure = self._rest
        return tight, loose

    def breaks(self, lines: int) -> list[int]:
        """Return the cheapest breaks with that number of lines: each way's last line is found again by its cost."""
        j = len(self._nodes.end) - 1
        stretched = self._loose[j][self._at(j, lines)] < self._tight[j][self._at(j, lines)]
        breaks = [j]
        while lines:
            lines -= 1
            j, stretched = self._before(j, lines, stretched)
            breaks.append(j)
        return breaks[::-1]

    def _at(self, node: int, lines: int) -> int:
        return lines - self._best.count[node] + _SPAN

    def _before(self, j: int, lines: int, stretched: bool) -> tuple[int, bool]:
        """Return where the line that ends at a node started, `lines` before it, and how that node was reached."""
        wanted = (self._loose if stretched else self._tight)[j][self._at(j, lines + 1)]
        for i in range(j - 1, -1, -1):
            at = self._at(i, lines)
            if self._best.count[i] < 0 or not 0 <= at < _WIDE:
                continue
            tight, loose = self._tight[i][at], self._loose[i][at]
            measure = self._rest if i else self._first
            for end, cost, kind in edges_from(self._nodes, i, measure, self._em, bool(self._best.relaxed[i])):
                if end != j or kind == (-1 if stretched else 1):
                    continue
                contrast = costs.CONTRAST if kind else 0.0
                same, other = (loose, tight) if stretched else (tight, loose)
                way = min(same, other + contrast)
                if way + cost == wanted:
                    return i, stretched if same < other + contrast else not stretched
        raise AssertionError("the table of costs holds a way that no line makes")


def _cheaper(ones: list[float], others: list[float]) -> list[float]:
    """Return the lesser of each two costs."""
    return [a if a < b else b for a, b in zip(ones, others, strict=True)]  # noqa: FURB136 -- min() takes twice the time


def _shifted(ways: list[float], shift: int) -> list[float]:
    """Move the costs of numbers of lines to the window of another node."""
    if shift > 0:
        return [*_NONE[:shift], *ways[:-shift]] if shift < _WIDE else _NONE
    return [*ways[-shift:], *_NONE[:-shift]] if -shift < _WIDE else _NONE


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
    known: dict[tuple[int, int], list[tuple[int, float, int]]] = {}
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
            edges = known.get((i, measure))
            if edges is None:
                edges = known[i, measure] = edges_from(nodes, i, measure, em, bool(relaxed[i]))
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
                known.pop((i, measure), None)
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
