"""Measures that change arbitrarily from line to line: nothing is lost, lines are full or told to be short."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from printkit.compose import FixedMetrics, prepare
from printkit.model.style import TextStyle
from printkit.model.text import plain
from tests.support.line_checks import visible

EM = 9000
pieces = [
    "国家",
    "工会",
    "，",
    "。",
    "《报",
    "》",
    "”",
    "（",
    "abc",
    "international",
    "2026",
    "年",
    "——",
    "……",
    " ",
    "①",
]
texts = st.lists(st.sampled_from(pieces), max_size=60).map("".join)
widths = st.one_of(st.integers(1, 20 * EM), st.sampled_from([EM, 3 * EM, 8 * EM, 13 * EM]))
columns = st.lists(st.tuples(st.sampled_from([0, 4 * EM]), widths), min_size=1, max_size=14)

RAGGED = [(0, at) for at in (EM, 2 * EM, EM, 2 * EM, EM, 1, EM, EM, EM, EM)]
"""A node that no line leads from at one measure is tried at it again after short lines were allowed there."""


@settings(max_examples=400, deadline=None)
@given(text=texts, column=columns, turns=st.booleans(), indent=st.sampled_from([0, 2000]))
@example("《报2026，国abc》", RAGGED, True, 0)
def test_any_measure_can_stand_in_any_line(text: str, column: list[tuple[int, int]], turns: bool, indent: int) -> None:
    def measure(line: int) -> tuple[int, int]:
        return column[line % len(column)] if turns else column[min(line, len(column) - 1)]

    prepared = prepare(plain(text), TextStyle("body", EM, EM, indent=indent), FixedMetrics(EM))
    lines = prepared.compose(measure)
    assert visible("".join(line.text[:-1] if line.hyphen else line.text for line in lines)) == visible(text)
    for number, line in enumerate(lines[:-1]):
        assert line.measure == sum(measure(number))
        assert line.adjustment.kind == "short" or line.x + line.width == line.measure
    options = prepared.options(measure)
    assert len(lines) in options
    for count in options:
        assert len(prepared.compose(measure, lines=count)) == count
