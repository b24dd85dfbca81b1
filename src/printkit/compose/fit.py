"""Choose the breaks of a paragraph: optimum fit and first fit (rulebook, 4.3).

Optimum fit is Knuth and Plass's total-fit algorithm over `Nodes`, with these departures: the tightness
of a line has two classes, shrunk and stretched, because only their contrast is priced (A3); and a
paragraph that cannot be set within the limits is not refused: where the search is stuck it goes back one
measure and allows short lines there. Nodes that a line can reach are bounded by its measure, so time is
linear in the text.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from printkit.compose import costs
from printkit.compose.nodes import Nodes

INFINITE = float("inf")
WINDOW = 48
"""How many nodes are looked at where the search is stuck: more than a newspaper's line has, and bounded."""

Lines = Callable[[int], int]
"""The measure of each line, by its number from 0."""

Edge = tuple[int, float, int]
"""A line from some node: the node it ends at, its cost, and -1, 0 or 1: shrunk, natural, stretched."""


@dataclass(frozen=True, slots=True)
class Best:
    """The cheapest breaks: `breaks` are nodes, the first 0 and the last the end.

    `relaxed` marks the nodes whose lines may be short; `count` is the number of lines of the cheapest way
    to each node (negative where none leads).
    """

    breaks: list[int]
    cost: float
    relaxed: bytearray
    count: list[int]


def optimum(nodes: Nodes, first: int, rest: int, em: int, edges: list[list[Edge]] | None = None) -> Best:
    """Return the breaks with the least total cost.

    Args:
        nodes: the paragraph's nodes.
        first: measure of the first line.
        rest: measure of every other line.
        em: the size.
        edges: filled with the lines that were tried from every node, if given.
    """
    rows, least_end, most_end = nodes.rows, nodes.least_end, nodes.most_end
    begin, least_begin, most_begin = nodes.begin, nodes.least_begin, nodes.most_begin
    soft_begin, more_begin, opens_begin = nodes.soft_begin, nodes.more_begin, nodes.opens_begin
    quarter = em * costs.GAP_LIMIT // 1000 or 1
    prices = nodes.prices
    contrast, shrink, stretch, words = costs.CONTRAST, prices.shrink, prices.stretch, costs.STRETCH_WORDS
    final = len(rows) - 1
    tight = [INFINITE] * (final + 1)
    loose = [INFINITE] * (final + 1)
    from_tight = [-1] * (final + 1)
    from_loose = [-1] * (final + 1)
    tight[0] = loose[0] = 0.0
    relaxed = bytearray(final + 1)
    if edges is not None:
        edges += [[] for _ in rows]
    low = 1
    reach = 0
    i = 0
    measure = first
    while i < final:
        if tight[i] == INFINITE and loose[i] == INFINITE:
            i += 1
            continue
        found: list[Edge] = []
        if relaxed[i]:
            found = edges_from(nodes, i, measure, em, True)
            for j, cost, kind in found:
                _relax(i, j, cost, kind, tight, loose, from_tight, from_loose)
            reach = max(reach, found[-1][0])
        else:
            # What follows is `edges_from` and `_relax` written out, a third faster than called: here a page's composing
            # time is spent. tests/compose/test_searches.py holds both to the same prices and ways.
            to_tight, to_loose, mark_tight, mark_loose = tight[i], loose[i], 2 * i, 2 * i + 1
            if to_loose + contrast < to_tight:
                to_tight, mark_tight = to_loose + contrast, mark_loose
            elif to_tight + contrast < to_loose:
                to_loose, mark_loose = to_tight + contrast, mark_tight
            most = measure + most_begin[i]
            while low < final and most_end[low] < most:
                low += 1
            if low <= i:
                low = i + 1
            least = measure + least_begin[i]
            full = measure + begin[i]
            softs, mores, opens = soft_begin[i], more_begin[i], opens_begin[i]
            for j in range(low, final):
                narrowest, width, soft, cost, more, gaps = rows[j]
                if narrowest > least:
                    break
                free = full - width
                if free > 0:
                    kind = 1
                    if more != mores:
                        more -= mores
                        r = free / more if free < more else 1.0
                        cost += words * r * r * r
                        free -= more
                    if free > 0:
                        room = (gaps - opens) * quarter
                        if free > room:
                            continue
                        r = free / room
                        cost += stretch * r * r
                    total = to_loose + cost
                    if total < loose[j]:
                        loose[j] = total
                        from_loose[j] = mark_loose
                elif free:
                    kind = -1
                    soft -= softs
                    if soft + free >= 0:
                        r = free / soft
                        cost -= shrink * r * r * r
                    else:
                        cost += _squeezed(nodes, i, j, -free)
                    total = to_tight + cost
                    if total < tight[j]:
                        tight[j] = total
                        from_tight[j] = mark_tight
                else:
                    kind = 0
                    base, mark = (to_tight, mark_tight) if to_tight < to_loose else (to_loose, mark_loose)
                    total = base + cost
                    if total < tight[j]:
                        tight[j], from_tight[j] = total, mark
                    if total < loose[j]:
                        loose[j], from_loose[j] = total, mark
                if j > reach:
                    reach = j
                if edges is not None:
                    found.append((j, cost, kind))
            if least_end[final] <= least:
                reach = final
                for j, cost, kind in _last_edge(nodes, i, measure, em):
                    found.append((j, cost, kind))
                    _relax(i, j, cost, kind, tight, loose, from_tight, from_loose)
        if edges is not None:
            edges[i] = found
        if reach == i:
            i = _relax_before(nodes, i, rest, relaxed)
            low = i + 1
        else:
            i += 1
            if i == 1:
                low = 1
        measure = rest if i else first
    return _trace(tight, loose, from_tight, from_loose, relaxed)


def _relax_before(nodes: Nodes, stuck: int, measure: int, relaxed: bytearray) -> int:
    """Allow short lines from one measure before a node on; return the first node they may start from."""
    start = max(0, stuck - WINDOW, bisect_right(nodes.begin, nodes.begin[stuck] - measure))
    start = min(start, stuck)
    for i in range(start, stuck + 1):
        relaxed[i] = 1
    return start


def _relax(
    i: int,
    j: int,
    cost: float,
    kind: int,
    tight: list[float],
    loose: list[float],
    from_tight: list[int],
    from_loose: list[int],
) -> None:
    """Offer one line to the tables; `kind` is -1 shrunk, 0 natural, 1 stretched."""
    if kind <= 0:
        best, mark = tight[i], 2 * i
        other = loose[i] + (costs.CONTRAST if kind else 0.0)
        if other < best:
            best, mark = other, 2 * i + 1
        if best + cost < tight[j]:
            tight[j], from_tight[j] = best + cost, mark
    if kind >= 0:
        best, mark = loose[i], 2 * i + 1
        other = tight[i] + (costs.CONTRAST if kind else 0.0)
        if other < best:
            best, mark = other, 2 * i
        if best + cost < loose[j]:
            loose[j], from_loose[j] = best + cost, mark


def _trace(
    tight: list[float], loose: list[float], from_tight: list[int], from_loose: list[int], relaxed: bytearray
) -> Best:
    """Follow the marks back from the end."""
    final = len(tight) - 1
    count = [-1] * (final + 1)
    count[0] = 0
    for j in range(1, final + 1):
        mark = from_tight[j] if tight[j] <= loose[j] else from_loose[j]
        if mark >= 0:
            count[j] = count[mark >> 1] + 1
    mark = 2 * final + (tight[final] > loose[final])
    breaks = [final]
    while mark > 1:
        mark = (from_loose if mark & 1 else from_tight)[mark >> 1]
        breaks.append(mark >> 1)
    return Best(breaks[::-1], min(tight[final], loose[final]), relaxed, count)


def _squeezed(nodes: Nodes, i: int, j: int, need: int) -> float:
    """Return the cost of a line that takes blanks which S5 and S7 ask to keep."""
    soft = nodes.soft_end[j] - nodes.soft_begin[i]
    hard = nodes.hard_end[j] - nodes.begin[i] + nodes.least_begin[i]
    if need > hard:
        return costs.OVERFULL
    r = (need - soft) / (hard - soft)
    return nodes.prices.shrink + nodes.prices.shrink_hard * r


def line_cost(nodes: Nodes, i: int, j: int, measure: int, em: int) -> tuple[float, int]:
    """Return the cost of one line that is not the last, without contrast, and -1, 0 or 1: shrunk, natural, stretched."""
    free = measure - nodes.end[j] + nodes.begin[i]
    cost = nodes.penalty[j]
    if free < 0:
        soft = nodes.soft_end[j] - nodes.soft_begin[i]
        if soft + free >= 0:
            r = free / soft
            return cost - nodes.prices.shrink * r * r * r, -1
        return cost + _squeezed(nodes, i, j, -free), -1
    if free == 0:
        return cost, 0
    more = nodes.more_end[j] - nodes.more_begin[i]
    if more:
        r = free / more if free < more else 1.0
        cost += costs.STRETCH_WORDS * r * r * r
        free -= more
    if free > 0:
        gaps = (nodes.opens_end[j] - nodes.opens_begin[i]) * (em * costs.GAP_LIMIT // 1000 or 1)
        if free > gaps:
            return cost + costs.SHORT * (1 + free / em), 1
        r = free / gaps
        cost += nodes.prices.stretch * r * r
    return cost, 1


def gap_of(nodes: Nodes, i: int, j: int, measure: int, em: int) -> int | None:
    """Return the gap that a line opens between Han (E3) in thousandths of an em; None where it cannot reach its measure.

    `justify.set_line` gives the same line the same gap.
    """
    free = measure - nodes.end[j] + nodes.begin[i]
    if free <= 0:
        return None if -free > nodes.hard_end[j] - nodes.begin[i] + nodes.least_begin[i] else 0
    if j == len(nodes.end) - 1:
        return 0
    free -= nodes.more_end[j] - nodes.more_begin[i]
    if free <= 0:
        return 0
    opens = nodes.opens_end[j] - nodes.opens_begin[i]
    return None if free > opens * (em * costs.GAP_LIMIT // 1000) else -(-free // opens) * 1000 // em


def _last_edge(nodes: Nodes, i: int, measure: int, em: int) -> list[Edge]:
    """Return the line from a node to the paragraph's end, if it fits."""
    final = len(nodes.end) - 1
    runt = costs.RUNT if i >= nodes.runt else 0.0
    if nodes.end[final] - nodes.begin[i] <= measure:
        return [(final, runt, 0)]
    cost, kind = line_cost(nodes, i, final, measure, em)
    return [(final, cost + runt, kind)] if cost < costs.OVERFULL else []


def edges_from(nodes: Nodes, i: int, measure: int, em: int, short: bool) -> list[Edge]:
    """Return the lines that may start at a node: the node they end at, the cost, and how they are set.

    Args:
        nodes: the paragraph's nodes.
        i: the first node.
        measure: the line's measure.
        em: the size.
        short: also lines that do not reach the measure; then there is always at least one line.
    """
    final = len(nodes.end) - 1
    least = measure + nodes.least_begin[i]
    stop = min(final, max(i + 1, bisect_right(nodes.least_end, least, i + 1)))
    if short:
        start = max(i + 1, stop - WINDOW)
    else:
        start = bisect_right(nodes.most_end, measure + nodes.most_begin[i] - 1, i + 1, final)
    found: list[Edge] = []
    for j in range(start, stop):
        cost, kind = line_cost(nodes, i, j, measure, em)
        if cost < (costs.OVERFULL if short else costs.SHORT):
            found.append((j, cost - nodes.prices.line, kind))
    if nodes.least_end[final] <= least:
        found += _last_edge(nodes, i, measure, em)
    if short and not found:
        found.append((i + 1, costs.OVERFULL, 0))
    return found


def first_fit(nodes: Nodes, measure_of: Lines, em: int, stretches: bool = True) -> list[int]:
    """Return breaks line by line: shrink to pull a character in if that suffices, else push out (A1, A2).

    Args:
        nodes: the paragraph's nodes.
        measure_of: the measure of each line, from 0.
        em: the size.
        stretches: False for lines that are not justified: nothing is pulled in then.
    """
    final = len(nodes.end) - 1
    breaks = [0]
    i = 0
    while i < final:
        measure = measure_of(len(breaks) - 1)
        j = max(i + 1, bisect_right(nodes.end, measure + nodes.begin[i], i + 1) - 1)
        while stretches and j < final and nodes.end[j] - nodes.begin[i] != measure:
            soft = nodes.soft_end[j + 1] - nodes.soft_begin[i]
            if nodes.end[j + 1] - nodes.begin[i] - soft > measure:
                break
            j += 1
        breaks.append(j)
        i = j
    return breaks
