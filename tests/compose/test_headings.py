"""Headlines, decks and kickers; vertical headings; words and hyphens."""

import re
from collections.abc import Sequence

import pytest

from printkit.compose import FixedMetrics, compose_heading, compose_vertical
from printkit.compose.heading import SPREAD, ends_after_mark
from printkit.compose.prepare import prepare
from printkit.language.words import Hyphens, Words
from printkit.model.lines import ComposedLine
from printkit.model.style import Align, TextStyle
from printkit.model.text import plain
from tests.support.counting import lines_run

EM = 30_000


class FakeWords:
    """Words of two characters; what is not Han stays whole."""

    def words(self, text: str) -> Sequence[str]:
        return re.findall(r"[一-鿿]{1,2}|[A-Za-z0-9]+|.", text)

    def knows(self, word: str) -> bool:
        return len(word) == 2


def head(
    text: str | tuple[str, ...], measure: float, align: Align = "center", max_lines: int = 3
) -> tuple[ComposedLine, ...] | None:
    style = TextStyle("headline", EM, EM, align=align)
    return compose_heading(text, int(measure * EM), style, FixedMetrics(EM), FakeWords(), max_lines=max_lines)


def rows(lines: tuple[ComposedLine, ...] | None) -> list[str] | None:
    return None if lines is None else [line.text for line in lines]


def test_a_heading_takes_as_few_lines_as_it_needs() -> None:
    assert rows(head("全市工会召开会议", 10)) == ["全市工会召开会议"]
    assert rows(head("全市工会召开会议", 7)) == ["全市工会", "召开会议"]
    assert rows(head("全市工会召开会议", 3)) is None
    assert head("", 3) == ()


def test_lines_end_with_words_and_are_balanced() -> None:
    assert rows(head("全市工会今天召开会议部署", 10)) == ["全市工会今天", "召开会议部署"]
    assert rows(head("全市工会今天召开会议", 8)) == ["全市工会今天", "召开会议"] or ["全市工会", "今天召开会议"]


def test_a_space_between_han_is_the_preferred_break_and_else_a_gap_of_an_em() -> None:
    text = "昂扬奋发 务实创新 书写精彩"
    assert rows(head(text, 10)) == ["昂扬奋发", "务实创新 书写精彩"]
    assert rows(head("昂扬奋发 务实创新 书写二零二四工会工作", 10)) == ["昂扬奋发 务实创新", "书写二零二四工会工作"]
    lines = head(text, 20)
    assert lines is not None
    assert lines[0].width == 14 * EM
    narrow = head(text, 13)
    assert narrow is not None
    assert rows(narrow) == [text]
    assert narrow[0].width == 13 * EM


def test_a_particle_does_not_start_a_line() -> None:
    lines = rows(head("工人阶级的伟大贡献", 6))
    assert lines is not None
    assert not lines[1].startswith("的")


def test_lines_of_the_editor_are_kept() -> None:
    lines = head(("上行", "下行长些"), 10)
    assert lines is not None
    assert rows(lines) == ["上行", "下行长些"]
    assert [(line.start, line.end) for line in lines] == [(0, 2), (2, 6)]
    assert head(("上行", "下行长得放不下了"), 5) is None


def test_no_copy_is_dropped() -> None:
    lines = head("全市工会，召开会议。", 6)
    assert lines is not None
    assert "".join(line.text for line in lines) == "全市工会，召开会议。"


@pytest.mark.parametrize(("align", "x"), [("center", 2.0), ("start", 0.0), ("end", 4.0)])
def test_alignment(align: Align, x: float) -> None:
    lines = head("全市工会", 8, align)
    assert lines is not None
    assert lines[0].x == x * EM


def test_letters_are_spread_to_the_measure_within_limits() -> None:
    lines = head("全市工会会议", 8, "justify")
    assert lines is not None
    assert lines[0].width == 8 * EM
    assert max(lines[0].advances) <= EM + EM * SPREAD // 1000
    wide = head("全市", 8, "justify")
    assert wide is not None
    assert (wide[0].x, wide[0].width) == (3 * EM, 2 * EM)


def test_letters_close_up_a_little_before_a_line_is_added() -> None:
    lines = head("全市工会今天召开会议部署", 11.8)
    assert rows(lines) == ["全市工会今天召开会议部署"]
    assert lines is not None
    assert lines[0].width == int(11.8 * EM)


def test_a_vertical_heading() -> None:
    style = TextStyle("headline", EM, EM, align="start")
    text = "庆祝建厂25周年，WTO来信3封《简》"
    lines = compose_vertical(text, 20 * EM, style, FixedMetrics(EM), FakeWords())
    assert lines is not None
    line, turns = lines[0].line, lines[0].turns
    assert line.text == text
    assert dict(zip(line.clusters, turns, strict=True)) == {
        **dict.fromkeys("庆祝建厂周年，来信封《简》", "upright"),
        **dict.fromkeys("WTO", "turned"),
        "25": "pair",
        "3": "upright",
    }
    assert line.advances[line.clusters.index("25")] == EM
    assert line.advances[line.clusters.index("》")] == EM // 2
    assert compose_vertical(text, 4 * EM, style, FixedMetrics(EM), FakeWords()) is None


def test_an_absurd_heading_is_refused_at_once() -> None:
    assert head("国" * 100_000, 10) is None
    assert lines_run(lambda: head("国" * 8_000, 10)) < 4 * 1.1 * lines_run(lambda: head("国" * 2_000, 10))


def test_rjieba_finds_words_and_keeps_names() -> None:
    pytest.importorskip("rjieba")
    text = "经开区总工会主席安春玲谈 愿景！"
    assert "".join(Words().words(text)) == text
    assert "安春玲" in Words(["安春玲"]).words(text)


def test_what_was_asked_is_known_without_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    first, later = Words(["安春玲"]), Words(["安春玲"])
    told = first.words("主席安春玲谈愿景"), first.knows("愿景")
    assert first.learned
    later.recall(first.asked)
    monkeypatch.setattr("printkit.language.words._dictionary", None)
    assert (later.words("主席安春玲谈愿景"), later.knows("愿景")) == told
    assert not later.learned
    later.recall()
    with pytest.raises(TypeError):
        later.words("主席安春玲谈愿景")


def test_a_name_with_a_mark_or_a_blank_inside_is_one_word() -> None:
    words = Words(["那仁", "巴特尔·那仁", "王 明"])
    assert words.words("听巴特尔·那仁说") == ("听", "巴特尔·那仁", "说")
    assert words.words("访王 明去") == ("访", "王 明", "去")
    assert "".join(words.words("王 明和王 明，王明。")) == "王 明和王 明，王明。"


def test_pyphen_divides_long_words() -> None:
    assert 5 in Hyphens().positions("internationalization")


def _text(text: str, measure: int) -> list[tuple[str, str]]:
    """The lines of a paragraph with long words divided: what each reads, and the character that ends it."""
    style = TextStyle("body", 9000, 12000, align="justify", indent=2000)
    made = prepare(plain(text), style, FixedMetrics(9000), hyphenator=Hyphens())
    return [(line.text, line.clusters[-1]) for line in made.compose(measure * 9000)]


@pytest.mark.parametrize("point", ["", "\u200b", "\u00ad"])
@pytest.mark.parametrize(
    "address",
    [
        "gonghui.bianji@wanghe.exam{}ple.com.cn",
        "https://wanghe.exam{}ple.com/gong_hui/a-b?x=1",
        "wanghe.exam{}ple.com/xinwen",
    ],
)
@pytest.mark.parametrize("measure", range(10, 16))
def test_an_address_is_divided_after_its_own_marks_and_without_a_hyphen(point: str, address: str, measure: int) -> None:
    """A zero-width space in an e-mail address gave «…@wanghe.exam-» with a printed hyphen."""
    text = f"投稿请寄{address.format(point)}邮箱谢谢"
    lines = _text(text, measure)
    assert re.sub("[\u200b\u00ad]", "", "".join(line for line, _ in lines)) == text.replace(point, "")
    for line, last in lines[:-1]:
        # No hyphen that the address does not have, and no break inside a word of it.
        assert (
            last in "/?=@._-\u200b\u00ad"
            or not last.isascii()
            or line.endswith((address[-2:], "exam") if point else address[-2:])
        ), line


def test_a_long_word_has_a_hyphen_where_its_soft_hyphen_says_so() -> None:
    assert next(last for _, last in _text("大家看international\u00adization吧", 12)) == "-"


def test_a_colon_is_where_a_heading_breaks_first() -> None:
    assert rows(head("区总工会今冬明春行动：把热水送到路口", 13, max_lines=2)) == [
        "区总工会今冬明春行动：",
        "把热水送到路口",
    ]


def test_no_line_ends_one_or_two_characters_after_a_mark() -> None:
    for text in ("职工服务站，把热水送到每一个路口去", "驿站开到第四年，从一杯水做到一张床"):
        lines = head(text, 12, max_lines=2)
        assert lines is not None
        assert not any(ends_after_mark(line.text) for line in lines[:-1])
    assert ends_after_mark("驿站中心：把")
    assert not ends_after_mark("驿站中心：")
    assert not ends_after_mark("驿站中心：把热水")
