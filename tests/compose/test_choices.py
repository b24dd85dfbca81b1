"""Optimum fit against every possible way of breaking; numbers of lines; measures that change."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.compose import FixedMetrics, Prepared, costs, prepare
from printkit.compose.fit import edges_from
from printkit.compose.nodes import find_nodes
from printkit.model.style import Composition, TextStyle
from printkit.model.text import plain
from tests.support.counting import lines_run

EM = 9000
MEASURE = 13 * EM
TEXT = "据《人民日报》报道，2026年11月22日，全市规模以上工业企业AT&T达到1,250家，同比增长5.5%。“好！”他说。"
COPY = Path(__file__).resolve().parents[2].parent / "shared" / "copy"
phrases = st.lists(
    st.sampled_from(["国家", "，", "《报", "》", "。”", "abc", "2026", "年", "——", "人民日报", "（", "）"]), max_size=22
)


def body(text: str, *, indent: int = 2000, **composition: int) -> Prepared:
    style = TextStyle("body", EM, EM * 3 // 2, indent=indent, composition=Composition(**composition))  # type: ignore[arg-type]
    return prepare(plain(text), style, FixedMetrics(EM))


def every_way(prepared: Prepared, measure: int) -> dict[int, float]:
    """The cheapest cost for each number of lines, by trying all breaks."""
    nodes = find_nodes(prepared.material, False)
    final = len(nodes.end) - 1

    @cache
    def ways(i: int, prior: int) -> dict[int, float]:
        if i == final:
            return {0: 0.0}
        found: dict[int, float] = {}
        for j, cost, kind in edges_from(nodes, i, measure, EM, False):
            for lines, rest in ways(j, kind or 0).items():
                total = cost + rest + (costs.CONTRAST if kind * prior < 0 else 0)
                found[lines + 1] = min(total, found.get(lines + 1, float("inf")))
        return found

    return ways(0, 0)


@settings(max_examples=80)
@given(text=phrases.map("".join), measure=st.sampled_from([5, 7, 8, 10]))
def test_optimum_is_the_cheapest_of_all_ways(text: str, measure: int) -> None:
    prepared = body(text, indent=0)
    if not text or max(map(len, text.split())) == 0:
        return
    expected = every_way(prepared, measure * EM)
    if not expected:
        return
    options = prepared.options(measure * EM)
    best = min(expected.values())
    back = costs.EVEN.line * (min(options, key=options.__getitem__) - 1)
    assert min(options.values()) == pytest.approx(best + back)
    for lines, cost in options.items():
        assert cost == pytest.approx(expected[lines] + back)
        assert len(prepared.compose(measure * EM, lines=lines)) == lines
    assert set(options) == {lines for lines in expected if abs(lines - min(options, key=options.__getitem__)) <= 3}


def test_a_number_of_lines_that_is_not_feasible_is_refused() -> None:
    prepared = body(TEXT)
    with pytest.raises(ValueError, match="possible: "):
        prepared.compose(MEASURE, lines=40)


def test_an_empty_paragraph_has_no_lines() -> None:
    assert body("").compose(MEASURE) == ()
    assert body(" \t").compose(MEASURE) == ()
    assert body("").options(MEASURE) == {0: 0.0}
    with pytest.raises(ValueError, match="empty"):
        body("").compose(MEASURE, lines=1)


def beside_a_portrait(line: int) -> tuple[int, int]:
    return (5 * EM, 8 * EM) if line < 6 else (0, MEASURE)


def test_lines_go_round_a_portrait() -> None:
    lines = body(TEXT * 5).compose(beside_a_portrait)
    for number, line in enumerate(lines[:-1]):
        offset, measure = beside_a_portrait(number)
        assert line.x == offset + (0 if number else 2 * EM)
        assert line.measure == offset + measure
        assert line.adjustment.kind == "short" or line.x + line.width == line.measure


def test_one_measure_given_as_a_function_changes_nothing() -> None:
    prepared = body(TEXT * 5)
    constant: Callable[[int], tuple[int, int]] = lambda line: (0, MEASURE)  # noqa: E731 -- the shortest spelling
    assert prepared.compose(constant) == prepared.compose(MEASURE)
    assert prepared.options(constant) == pytest.approx(prepared.options(MEASURE))


def test_changing_measures_take_linear_work() -> None:
    short, long = body(TEXT * 100), body(TEXT * 200)
    worked = lines_run(lambda: long.compose(beside_a_portrait))
    assert worked < 2 * 1.1 * lines_run(lambda: short.compose(beside_a_portrait))


@pytest.fixture(name="paragraphs")
def real_paragraphs() -> list[str]:
    """The paragraphs of the real page; nothing of it is kept in the project."""
    files = sorted(COPY.glob("*.txt"))
    if not files:
        pytest.skip("no shared copy beside the checkout")
    rows = [row.strip() for file in files for row in file.read_text(encoding="utf-8").split("\n")]
    return [row for row in rows if row and row[0] not in "#□"]


@pytest.mark.parametrize(("kept", "losing"), [(0, 0.25), (250, 0.05)])
def test_real_paragraphs_gain_and_lose_lines(paragraphs: list[str], kept: int, losing: float) -> None:
    long = [text for text in paragraphs if len(text) > 60]
    gain = lose = 0
    for text in long:
        prepared = body(text, least_blank=kept)
        options = prepared.options(MEASURE)
        best = len(prepared.compose(MEASURE))
        gain += best + 1 in options
        lose += best - 1 in options
    assert gain >= 0.8 * len(long)
    assert lose >= losing * len(long)


def test_real_paragraphs_are_set_evenly(paragraphs: list[str]) -> None:
    gaps: list[float] = []
    full = short = 0
    for text in paragraphs:
        lines = body(text).compose(MEASURE)
        assert len(lines) == 1 or len([char for char in lines[-1].text if char not in "，。！？”》）、"]) > 1
        for line in lines[:-1]:
            full += 1
            short += line.adjustment.kind == "short"
            gaps += [
                advance / EM - 1
                for advance, pair in zip(line.advances, pairwise(line.clusters), strict=False)
                if all("一" <= cluster <= "鿿" for cluster in pair)
            ]
    gaps.sort()
    assert short <= 0.001 * full
    assert gaps[int(0.95 * len(gaps))] <= 0.08
    assert gaps[-1] <= 0.25
