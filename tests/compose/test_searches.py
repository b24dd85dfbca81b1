"""The three searches (one measure, a number of lines, a measure a line) and the two ways to price a line agree.

`optimum` has the price of a line written out, since a call for each costs it a third of its speed.
"""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from printkit.compose import FixedMetrics, costs, prepare
from printkit.compose.counts import Counted, by_line
from printkit.compose.fit import Edge, edges_from, line_cost, optimum
from printkit.compose.nodes import Nodes, find_nodes, widest_piece
from printkit.model.style import Composition, TextStyle
from printkit.model.text import plain

EM = 9000
pieces = [
    "国家",
    "工会",
    "职工",
    "，",
    "。",
    "《报",
    "》",
    "。”",
    "“",
    "abc",
    "of the",
    "2026",
    "年",
    "——",
    "……",
    "5.5%",
    "、",
]
texts = st.lists(st.sampled_from(pieces), min_size=1, max_size=40).map("".join)
measures = st.integers(6 * EM, 18 * EM)
manners = st.sampled_from(sorted(costs.PRICES))


def nodes_of(text: str, manner: str, hanging: bool) -> Nodes:
    composition = Composition(spacing=manner, hanging=hanging)  # type: ignore[arg-type]  # drawn from the two names
    style = TextStyle("body", EM, EM * 3 // 2, composition=composition)
    return find_nodes(prepare(plain(text), style, FixedMetrics(EM)).material, hanging)


@settings(max_examples=300, deadline=None)
@given(text=texts, first=measures, rest=measures, manner=manners, hanging=st.booleans())
def test_every_search_finds_the_same_way(text: str, first: int, rest: int, manner: str, hanging: bool) -> None:
    nodes = nodes_of(text, manner, hanging)
    assume(widest_piece(nodes) <= min(first, rest))
    tried: list[list[Edge]] = []
    best = optimum(nodes, first, rest, EM, tried)
    assume(not any(best.relaxed))  # where it is stuck, each search allows short lines in its own way
    lines = len(best.breaks) - 1
    counted = Counted(best, tried)
    layered, breaks_of = by_line(nodes, lambda line: rest if line else first, EM)
    assert counted.costs[lines] == pytest.approx(min(counted.costs.values())) == pytest.approx(best.cost)
    assert layered[lines] == pytest.approx(min(layered.values())) == pytest.approx(best.cost)
    for found in (best.breaks, counted.breaks(lines), breaks_of(lines)):
        assert price(nodes, found, first, rest) == pytest.approx(best.cost)
    for i, edges in enumerate(tried):
        if edges:
            expected = edges_from(nodes, i, rest if i else first, EM, False)
            assert [(j, kind) for j, _, kind in edges] == [(j, kind) for j, _, kind in expected]
            assert [cost for _, cost, _ in edges] == pytest.approx([cost for _, cost, _ in expected])


def price(nodes: Nodes, breaks: list[int], first: int, rest: int) -> float:
    """What some breaks cost: their lines, and the contrast of neighbours (the least where a line is natural)."""
    final = len(nodes.end) - 1
    tight = loose = 0.0
    for i, j in pairwise(breaks):
        measure = first if i == 0 else rest
        [(cost, kind)] = [(cost, kind) for end, cost, kind in edges_from(nodes, i, measure, EM, False) if end == j]
        if j < final:
            assert cost == pytest.approx(line_cost(nodes, i, j, measure, EM)[0] - nodes.prices.line)
        to_tight, to_loose = min(tight, loose + costs.CONTRAST), min(loose, tight + costs.CONTRAST)
        natural = min(tight, loose) + cost
        tight = natural if not kind else to_tight + cost if kind < 0 else float("inf")
        loose = natural if not kind else to_loose + cost if kind > 0 else float("inf")
    return min(tight, loose)


@settings(max_examples=200, deadline=None)
@given(text=texts, measure=measures, manner=manners, hanging=st.booleans())
def test_the_gaps_of_lines_are_known_without_setting_them(text: str, measure: int, manner: str, hanging: bool) -> None:
    composition = Composition(spacing=manner, hanging=hanging)  # type: ignore[arg-type]  # drawn from the two names
    style = TextStyle("body", EM, EM * 3 // 2, indent=2000, composition=composition)
    prepared = prepare(plain(text), style, FixedMetrics(EM))
    for lines in prepared.options(measure):
        made = [line.adjustment for line in prepared.compose(measure, lines=lines)]
        expected = tuple(None if one.kind == "short" else one.gap for one in made)
        assert prepared.gaps(measure, lines) == expected
