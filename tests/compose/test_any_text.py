"""Whatever the text: nothing is lost, lines are full, prohibitions hold, work is linear."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.compose import FixedMetrics, compose_text, line_options, prepare
from printkit.model.style import Prohibition, Punctuation, TextStyle
from printkit.model.text import plain
from tests.support.counting import lines_run
from tests.support.line_checks import MARKS_IN_A_ROW, check, visible

EM = 9000
HAN = "中国人民日报今天上午在北京举行会议年月第一二三四五𠮷𠀀々〇"
MARKS = "，。、；：？！“”‘’（）《》【】—…·～/-–"
LATIN = "abcXYZ019.,%&'’+- \u00a0\u3000\u2060\u200b\u00ad\t"
ODD = "e\u0301\u0308😀👨\u200d👩\u200d👧🏽🇨🇳🇫ﷺ\u0e33〓①￥±℃ㄅァー\ufe0f\ufffd\x00"
texts = st.lists(
    st.one_of(
        st.text(st.sampled_from(HAN), max_size=12),
        st.text(st.sampled_from(MARKS), max_size=4),
        st.text(st.sampled_from(LATIN), max_size=10),
        st.text(st.sampled_from(ODD), max_size=4),
        st.sampled_from(["——", "……", "…………", "https://a.cn/b?c=d", "12,345.6%", "25℃", "［1］", "。』」", "？！"]),
    ),
    max_size=24,
).map("".join)
levels: st.SearchStrategy[Prohibition] = st.sampled_from(["none", "basic", "gb", "strict"])
styles: st.SearchStrategy[Punctuation] = st.sampled_from(["quanjiao", "kaiming", "banjiao", "hangmobanjiao"])


@settings(max_examples=300)
@given(
    text=texts,
    measure=st.sampled_from([1, 2, 4.5, 8, 11, 13, 17, 20.25, 60]),
    level=levels,
    style=styles,
    fit=st.sampled_from(["optimum", "first"]),
    hanging=st.booleans(),
    indent=st.sampled_from([0, 1, 2]),
)
def test_every_text_is_set(
    text: str, measure: float, level: Prohibition, style: Punctuation, fit: str, hanging: bool, indent: int
) -> None:
    """rulebook 11: sum of advances = measure, no prohibited start or end, no gap outside limits."""
    lines = compose_text(
        text,
        measure,
        indent_em=indent,
        prohibition=level,
        punctuation=style,
        fit=fit,  # type: ignore[arg-type]  # drawn from the two names
        hanging=hanging,
    )
    check(text, lines, measure, level)
    if not text.strip(" \t\n\r"):
        assert lines == ()


@settings(max_examples=100)
@given(text=st.text(st.characters(codec="utf-8"), max_size=60), measure=st.integers(1, 20))
def test_every_character_is_kept(text: str, measure: int) -> None:
    check(text, compose_text(text, measure), measure, "none")


@settings(max_examples=100)
@given(text=texts, measure=st.sampled_from([8, 13, 17]))
def test_the_best_number_of_lines_is_among_the_options(text: str, measure: int) -> None:
    lines = compose_text(text, measure)
    options = line_options(text, measure)
    assert len(lines) in options
    assert options[len(lines)] == pytest.approx(min(options.values()))


@settings(max_examples=100)
@given(text=texts, narrow=st.sampled_from([1, 3, 6, 9]), wide=st.sampled_from([1, 8, 13]))
def test_measures_may_change_under_any_text(text: str, narrow: int, wide: int) -> None:
    def beside(line: int) -> tuple[int, int]:
        return (4 * EM, narrow * EM) if line < 3 else (0, wide * EM)

    prepared = prepare(plain(text), TextStyle("body", EM, EM), FixedMetrics(EM))
    lines = prepared.compose(beside)
    assert visible("".join(line.text[:-1] if line.hyphen else line.text for line in lines)) == visible(text)
    for number, line in enumerate(lines[:-1]):
        assert line.measure == sum(beside(number))
        assert line.adjustment.kind == "short" or line.x + line.width == line.measure
    assert len(lines) in prepared.options(beside)


ABSURD = {
    "han": "国",
    "marks": "，。",
    "openings": "（",
    "stacked": "？！",
    "dashes": "——",
    "letters": "a",
    "words": "ab cd ",
    "digits": "1",
    "apostrophes": "a’",
    "quotes": "“a”",
    "accents": "e\u0301",
    "one long cluster": "\u0301",
    "emoji": "👨\u200d👩\u200d👧",
    "astral": "𠮷",
    "spaces": " \u3000",
    "addresses": "www.a.cn/b?c=d",
    "interpuncts": "阿·",
    "hyphens": "\u00ad",
    "notes": "[1]①",
    "mixed": "据《人民日报》报道，2026年11月22日，全市规模以上工业企业AT&T达到1,250家，同比增长5.5%。",
}


@pytest.mark.parametrize("name", ABSURD)
@pytest.mark.parametrize("measure", [1, 13])
def test_work_is_linear(name: str, measure: int) -> None:
    """A paragraph four times as long takes four times the work: a little more, for the short one's windows are not full."""
    short, long = (ABSURD[name] * (length // len(ABSURD[name])) for length in (1_000, 4_000))
    assert lines_run(lambda: compose_text(long, measure)) < 4 * 1.15 * lines_run(lambda: compose_text(short, measure))


@pytest.mark.parametrize("name", ["han", "marks", "letters", "mixed"])
def test_a_paragraph_may_have_100_000_characters(name: str) -> None:
    text = ABSURD[name] * (100_000 // len(ABSURD[name]))
    check(text, compose_text(text, 13), 13)


def test_marks_in_a_row_are_found() -> None:
    assert MARKS_IN_A_ROW.search("他说（见《报》）。』")


def test_an_opening_mark_before_a_blank_does_not_end_a_line() -> None:
    for fit in ("optimum", "first"):
        lines = compose_text("々··～·～‘\u30000", 8, indent_em=2, prohibition="basic", fit=fit)
        assert lines[0].text == "々··～·～"
        lines = compose_text("々々々··········《\u200b00", 4.5, prohibition="basic", fit=fit)
        assert lines[-1].text.startswith("《")


def test_a_soft_hyphen_divides_nothing_but_words() -> None:
    lines = compose_text("々々X00\xad℃", 4.5, prohibition="basic")
    assert not any(line.text.startswith("℃") for line in lines)
    assert [line.text for line in compose_text("国国ab\xadcd", 3.5)] == ["国国ab-", "cd"]


def test_a_zero_width_space_brings_no_mark_to_a_line_start() -> None:
    lines = compose_text("々0000000\xad0\u200b”·", 4.5, prohibition="basic", indent_em=1)
    assert not any(line.text.startswith("”") for line in lines)
