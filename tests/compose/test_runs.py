"""Runs of different manner, hyphens, lists, hanging marks, trimmed and centred marks, the dump."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from printkit.compose import FixedMetrics, compose_text, dump, findings, prepare
from printkit.compose.justify import set_line
from printkit.diagnostics import Severity, SourceRef
from printkit.model.lines import ComposedLine
from printkit.model.style import Composition, TextStyle
from printkit.model.text import Paragraph, Run, plain

EM = 9000
STYLE = TextStyle("body", EM, EM * 3 // 2)


class Proportional(FixedMetrics):
    """A font whose interpunct, dash and space have widths of their own, as real fonts do."""

    def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
        own = {"·": 327, "/": 350, "——": 1780, "……": 1800, " ": 300, "“": 400}
        return [(char, EM * own[char] // 1000 if char in own else width) for char, width in super().clusters(text, run)]


class EveryLetter:
    """A hyphenator that divides anywhere."""

    def positions(self, word: str) -> Sequence[int]:
        return range(1, len(word))


def body(text: str, measure: float, style: TextStyle = STYLE, **options: object) -> tuple[ComposedLine, ...]:
    return prepare(plain(text), style, Proportional(EM), **options).compose(int(measure * EM))  # type: ignore[arg-type]


def test_runs_are_recorded_for_every_cluster() -> None:
    runs = (Run("今天"), Run("人民日报", strong=True), Run("报道", link="https://a.cn"))
    (line,) = prepare(Paragraph(runs), STYLE, FixedMetrics(EM)).compose(20 * EM)
    assert line.runs == (0, 0, 1, 1, 1, 1, 2, 2)
    assert (line.start, line.end) == (0, 8)


def test_offsets_cover_the_paragraph() -> None:
    text = " 今天 hello world 我们都去公园，看“菊花展” "
    lines = body(text, 6)
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    assert all(line.end == following.start for line, following in pairwise(lines))


def test_a_note_mark_and_a_ruby_group_are_not_parted() -> None:
    runs = (Run("我们今天读到了", ruby="women"), Run("1", superior=True), Run("这个字啊"))
    for measure in (8, 9, 10):
        lines = prepare(Paragraph(runs), STYLE, FixedMetrics(EM)).compose(measure * EM)
        assert not any(line.runs[0] == 1 for line in lines)
        assert lines[0].text.startswith("我们今天读到了")


def test_small_marks_are_halves_of_the_small_em() -> None:
    (line,) = prepare(Paragraph((Run("（小）字", small=True),)), STYLE, FixedMetrics(EM)).compose(20 * EM)
    small = EM * 850 // 1000
    assert line.advances == (small // 2, small, small, small)


def test_a_trimmed_opening_mark_is_drawn_half_an_em_earlier() -> None:
    (line,) = prepare(plain("（国）（国）"), STYLE, FixedMetrics(EM)).compose(20 * EM)
    assert line.advances == (EM // 2, EM, EM, EM // 2, EM, EM // 2)
    assert line.shifts == (-EM // 2, 0, 0, -EM // 2, 0, 0)


def test_an_opening_mark_after_the_indent_may_keep_its_blank() -> None:
    keep = replace(STYLE, indent=2000, composition=Composition(para_start="keep"))
    line = body("（国）家人民", 8, keep)[0]
    assert (line.x, line.advances[0], line.shifts[0]) == (2 * EM, EM, 0)


def test_a_shrunk_opening_mark_loses_its_blank_before_its_ink() -> None:
    lines = prepare(plain("我们（都）喜欢看报了吧"), STYLE, FixedMetrics(EM)).compose(10 * EM)
    line = lines[0]
    at = line.clusters.index("（")
    assert line.adjustment.kind == "shrink"
    assert line.shifts[at] == line.advances[at] - EM


def test_interpunct_solidus_and_dash_are_centred_whatever_the_font_has() -> None:
    line = body("国·国/国——国……“国”", 20)[0]
    of = dict(zip(line.clusters, zip(line.advances, line.shifts, strict=True), strict=True))
    assert of["·"] == (EM // 2, (EM // 2 - EM * 327 // 1000) // 2)
    assert of["/"] == (EM // 2, (EM // 2 - EM * 350 // 1000) // 2)
    assert of["——"] == (2 * EM, (2 * EM - EM * 1780 // 1000) // 2)
    assert of["……"][0] == 2 * EM


def test_a_style_may_set_the_interpunct_one_em_wide() -> None:
    style = replace(STYLE, composition=Composition(interpunct=1000))
    (line,) = prepare(plain("国·国"), style, FixedMetrics(EM)).compose(20 * EM)
    assert line.advances == (EM, EM, EM)
    assert line.shifts[1] == EM // 4


@pytest.mark.parametrize(
    ("own", "comma", "stop"),
    [
        (Composition(), 500, 500),
        (Composition(least_blank=250), 750, 750),
        (Composition(stop_blank=500), 500, 1000),
        (Composition(least_blank=250, stop_blank=0), 750, 500),
    ],
)
def test_commas_and_stops_keep_the_blanks_of_the_house(own: Composition, comma: int, stop: int) -> None:
    material = prepare(plain("国，国？国"), replace(STYLE, composition=own), FixedMetrics(EM)).material
    line = set_line(material, 0, 5, 0)
    assert line.advances == (EM, EM * comma // 1000, EM, EM * stop // 1000, EM)


def test_word_spaces_open_before_gaps_between_han() -> None:
    line = body("他说hello my good friend就走开了吧", 8.6)[0]
    assert [name for name, _ in line.adjustment.steps] == ["E1"]


def test_a_hyphen_is_the_last_resort() -> None:
    assert not any(line.hyphen for line in body("我们使用printkit来排报纸", 9, hyphenator=EveryLetter()))
    lines = body("使用internationalization", 8, hyphenator=EveryLetter())
    assert lines[0].hyphen
    assert lines[0].clusters[-1] == "-"
    assert lines[0].end + lines[0].start == len(lines[0].text) - 1


def test_a_soft_hyphen_divides_too() -> None:
    lines = body("我们今天还是用inter\u00adnational", 10)
    assert [line.text for line in lines] == ["我们今天还是用inter-", "national"]


def test_a_list_item_hangs_in() -> None:
    style = replace(STYLE, indent=0, hanging_indent=1000)
    lines = body("●今天上午全市各级工会召开年度会议部署工作", 9, style)
    assert [line.x for line in lines] == [0, *[EM] * (len(lines) - 1)]
    assert all(line.x + line.width == 9 * EM for line in lines[:-1])


def test_a_hanging_mark_stands_outside() -> None:
    style = replace(STYLE, composition=Composition(hanging=True))
    line = body("今天下午天气很好，我们去公园散步", 8, style)[0]
    assert line.hangs == EM // 2
    assert line.width - line.hangs == 8 * EM


@pytest.mark.parametrize("align", ["start", "center", "end"])
def test_lines_that_are_not_justified_keep_their_widths(align: str) -> None:
    style = replace(STYLE, align=align)  # type: ignore[arg-type]  # one of the names
    lines = body("今天下午天气很好，我们去公园散步", 8, style)
    assert not any("E3" in dict(line.adjustment.steps) for line in lines)
    spare = 8 * EM - lines[-1].width
    assert lines[-1].x == {"start": 0, "center": spare // 2, "end": spare}[align]
    assert prepare(plain("今天"), style, FixedMetrics(EM)).options(8 * EM) == {1: 0.0}


def test_half_digits() -> None:
    class Wide(FixedMetrics):
        def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
            return [(char, 5400 if char.isdigit() else width) for char, width in super().clusters(text, run)]

    style = replace(STYLE, composition=Composition(half_digits=True))
    (line,) = prepare(plain("共12人"), style, Wide(EM)).compose(20 * EM)
    assert line.advances == (EM, EM // 2, EM // 2, EM)
    assert line.shifts[1] == (EM // 2 - 5400) // 2


def test_a_line_that_cannot_reach_the_measure_is_short_and_natural() -> None:
    line = compose_text("我们使用internationalization这个词", 11)[0]
    assert line.adjustment.kind == "short"
    assert line.advances == (1, 1, 1, 1)


def test_the_dump_has_a_row_for_every_line() -> None:
    lines = body("今天下午天气都很好，我们大家去公园散步吧", 8)
    table = dump(lines, EM).splitlines()
    assert len(table) == len(lines) + 1
    assert table[1].split("\t")[:4] == [lines[0].text, "0.000", "8.000", "8.000"]


def test_natural_width_is_that_of_one_line() -> None:
    prepared = prepare(plain("今天（大家）都好。"), STYLE, FixedMetrics(EM))
    (line,) = prepared.compose(100 * EM)
    assert prepared.natural_width == line.width


def test_short_lines_and_escapes_are_told_with_their_place() -> None:
    where = SourceRef("article.yaml", 7)
    (found,) = findings(body("我们使用internationalization", 11), where)
    assert (found.code, found.severity, found.where) == ("compose.loose-line", Severity.WARNING, where)
    assert "我们使用" in found.message.zh
    (found,) = findings(body("说（见《报》）。』」然后走了", 3), where)
    assert (found.code, found.severity) == ("compose.escape", Severity.INFO)
    assert findings(body("今天下午天气都很好", 8)) == ()


@pytest.mark.parametrize("mark", "﹐﹑﹒﹔﹕﹖﹗︐︑︒︓︔︕︖｡､﹘﹣﹚﹜﹞｣")
def test_rare_forms_of_marks_never_begin_a_line(mark: str) -> None:
    """W3C's tests of 2016 for line breaks in Chinese (i18n, css3-text): short and half-width forms follow the same rules."""
    for length in range(3, 9):
        lines = body("国" * length + mark + "国" * 9, 5)
        assert all(line.text[0] != mark for line in lines), [line.text for line in lines]


@pytest.mark.parametrize("mark", "﹙﹛﹝｢")
def test_rare_forms_of_opening_marks_never_end_a_line(mark: str) -> None:
    for length in range(3, 9):
        lines = body("国" * length + mark + "国" * 9, 5)
        assert all(line.text[-1] != mark for line in lines), [line.text for line in lines]


@pytest.mark.parametrize(("mark", "em"), [("﹐", 1), ("﹖", 1), ("｡", 0.5), ("､", 0.5)])
def test_rare_forms_of_marks_take_what_they_are_wide(mark: str, em: float) -> None:
    (line,) = body(f"国{mark}国国", 20)
    assert sum(line.advances) == (3 + em) * EM
