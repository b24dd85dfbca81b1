"""Tables: columns by content, figures whole, pieces of whole rows under the head, every cell once and on the grid."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from printkit.diagnostics import Severity, SourceRef
from printkit.makeup.flow import LEAST_ROWS, Region, TableBlock, balanced, flow
from printkit.makeup.frames import draw_in
from printkit.makeup.page.make_up import make_up
from printkit.makeup.page.many import fill_many
from printkit.makeup.story.fill import fill
from printkit.makeup.story.tables import set_table
from printkit.model.article import Article, Section
from printkit.model.geometry import Rect
from printkit.model.page import Box, MadeUpStory, TextBox
from printkit.model.text import ColumnAlign, Kind, Paragraph, Run, Table
from tests.support.setting import (
    EM,
    LEADING,
    article,
    context,
    geometry,
    ornaments,
    paragraphs,
    picture,
    setter,
    slot,
    story,
    styles,
    texts,
)

HALF = EM // 2
SENTENCE = "工会把服务送到车间，大家都说好；“娘家人”来了。"
FRAME = draw_in(Rect(30000, 50000, 13 * EM, 400 * LEADING), 1, geometry(slot()).grid)


def table(*rows: str, aligns: tuple[ColumnAlign, ...] = (), line: int = 20) -> Paragraph:
    """A table of rows written as ``甲|乙``, the first of them its head."""
    cells = [
        tuple(
            Paragraph((Run(text),) if text else (), where=SourceRef("lead.yaml", line + n)) for text in row.split("|")
        )
        for n, row in enumerate(rows)
    ]
    bare: ColumnAlign = "auto"
    made = Table(cells[0], tuple(cells[1:]), aligns or (bare,) * len(cells[0]))
    return Paragraph((), Kind.TABLE, SourceRef("lead.yaml", line), made)


def block(paragraph: Paragraph, width: int = 13, **changes: object) -> TableBlock:
    """A table set to so many em."""
    return set_table(paragraph, styles(**changes), FRAME, setter(), width * EM, "p0")


def cells(boxes: Iterable[Box]) -> list[TextBox]:
    return [b for b in boxes if isinstance(b, TextBox)]


def edges(found: TableBlock) -> list[tuple[int, int]]:
    """Left edge and width of every column."""
    return sorted({(b.rect.x, b.rect.width) for row in (found.head, *found.rows) for b in cells(row.boxes)})


def made(copy: Article, **changes: object) -> tuple[MadeUpStory, list[str]]:
    """Fill a slot of 40 em, 40 lines and 3 columns, or what the changes say; return the story and the codes told."""
    place = slot(**changes)  # type: ignore[arg-type]  # keywords of slot
    result, told = fill(story(copy), place, geometry(place), setter())
    return result, [d.code for d in told]


def with_table(before: int, paragraph: Paragraph, after: int) -> Article:
    """An article with a table between sentences."""
    copy = article(SENTENCE * before, SENTENCE * after)
    return replace(copy, body=(copy.body[0], paragraph, copy.body[1]))


PRICES = table("品名|每份", *(f"菜{n}号|{n}.50元" for n in range(1, 13)))

# --- columns -----------------------------------------------------------------------------------------------


def test_columns_are_by_content_in_half_em_and_fill_the_measure() -> None:
    found = block(table("名次|代表队|积分", "1|铸造车间|12", "10|物流|8"))
    columns = edges(found)
    assert all(width % HALF == 0 for _, width in columns)
    assert columns[0][0] == 0
    assert columns[-1][0] + columns[-1][1] == 13 * EM
    widths = [width for _, width in columns]
    assert widths[1] - widths[0] == 2 * EM  # 铸造车间 is two em wider than 名次, what is left over is shared equally
    assert widths[2] == widths[0]
    assert all(b[0] - a[0] - a[1] >= EM for a, b in pairwise(columns))
    assert [row.height for row in found.rows] == [1, 1]
    assert found.told == ()


def test_words_wrap_before_figures_do() -> None:
    found = block(table("项目|说明|金额", "第一项|一段放不下的长长的说明文字要折成几行|1234567.00元", "二|短|2.00元"))
    assert [row.height for row in found.rows] == [max(len(b.lines) for b in cells(row.boxes)) for row in found.rows]
    assert found.rows[0].height > 1
    assert found.rows[1].height == 1
    amount = next(b for b in cells(found.rows[0].boxes) if b.key.endswith("c3"))
    assert len(amount.lines) == 1
    name = next(b for b in cells(found.rows[0].boxes) if b.key.endswith("c1"))
    assert len(name.lines) == 1, "the widest column gives way first"


def test_white_between_columns_closes_before_a_cell_wraps() -> None:
    found = block(table("一二三四五六|一二三四五六", "甲|乙"))
    assert edges(found) == [(0, 6 * EM), (7 * EM, 6 * EM)]
    found = block(table("一二三四五六|一二三四五六七", "甲|乙"), width=14)
    assert [row.height for row in (found.head, *found.rows)] == [1, 1]
    found = block(table("一二三四五六|一二三四五六", "甲|乙"), width=12)
    assert found.head.height == 2


def test_a_name_stays_whole_beside_a_long_text() -> None:
    found = block(table("姓名|事迹", f"欧阳明远|{SENTENCE}"), width=10)
    assert len(cells(found.rows[0].boxes)[0].lines) == 1


@pytest.mark.parametrize(
    ("asked", "cell", "free"),
    [("auto", "12元", 4), ("auto", "面食", 0), ("start", "12元", 0), ("end", "面食", 4), ("center", "面食", 2)],
)
def test_cells_are_aligned_as_their_column_says(asked: ColumnAlign, cell: str, free: int) -> None:
    """Free at the left, in em, of a cell two em wide in a column of six."""
    found = block(table("一二三四五六|乙", f"{cell}|乙", aligns=(asked, "auto")), width=8)
    assert cells(found.rows[0].boxes)[0].lines[0].x == free * EM


def test_mostly_figures_is_a_column_of_figures() -> None:
    found = block(table("品名|每份的价钱", "粥|1.00元", "面|8.50元", "绿豆汤|免费"))
    free = cells(found.rows[2].boxes)[1]
    assert free.lines[0].x == free.rect.width - 2 * EM


def test_empty_cells_have_no_text_and_keep_their_place() -> None:
    found = block(table("|胜|负", "甲队||1", "||"))
    assert [b.key for b in cells(found.rows[0].boxes)] == ["p0r1c1", "p0r1c3"]
    assert (found.rows[1].boxes, found.rows[1].height) == ((), 1)


@pytest.mark.parametrize(("rules", "sides", "between"), [("three", 0, 0), ("rows", 0, 11), ("grid", 3, 11)])
def test_rules_are_those_of_the_style(rules: str, sides: int, between: int) -> None:
    found, _ = made(replace(article(), body=(PRICES,)), columns=1, width=13, table_rules=rules)
    tops = {name: [o.rect for o in ornaments(found, f"table-{name}")] for name in ("top", "head-rule", "foot")}
    assert [len(rects) for rects in tops.values()] == [1, 1, 1]
    assert [rect[0].y // LEADING for rect in tops.values()] == [0, 1, 13]
    assert all(rect[0].y % LEADING == 0 for rect in tops.values())
    assert len(ornaments(found, "table-rule")) == between
    assert len(ornaments(found, "table-side")) == sides


# --- too wide ------------------------------------------------------------------------------------------------


def test_a_table_wider_than_its_column_is_cut_and_told() -> None:
    paragraph = table("|".join("一二三四五六七八九"), "|".join(["1234567"] * 9))
    found, told = made(replace(article(), body=(paragraph,)), columns=1, width=13)
    assert "makeup.table-too-wide" in told
    [mark] = ornaments(found, "overset")
    kept = len(texts(found, "table-head"))
    assert mark.text == f"表格太宽：缺 {9 - kept} 栏"
    assert all(b.rect.right <= 13 * EM for b in found.boxes)
    place = slot(columns=1, width=13)
    one = story(replace(article(), body=(paragraph,)))
    _, told_of_page = make_up(context(), geometry(place), {"lead": [one]}, ["lead"], setter())
    [finding] = [d for d in told_of_page if d.code == "makeup.table-too-wide"]
    assert finding.severity is Severity.ERROR
    assert finding.where == SourceRef("lead.yaml", 20)
    assert finding.story == "lead"
    assert f"the last {9 - kept} of the table's 9 columns ({(9 - kept) * 8} characters)" in finding.message.en


def test_columns_of_one_em_are_told() -> None:
    paragraph = table(*["|".join(["文字长"] * 7)] * 3)
    found, told = made(replace(article(), body=(paragraph,)), columns=1, width=13)
    assert "makeup.table-narrow" in told
    assert ornaments(found, "overset") == []
    assert {len(b.lines) for b in texts(found, "table")} == {3}


# --- pieces --------------------------------------------------------------------------------------------------


def pieces(found: MadeUpStory) -> list[list[str]]:
    """The keys of the cells, a list for every piece of a table."""
    result: list[list[str]] = []
    for box in texts(found, "table", "table-head"):
        number = box.key.split("r")[1].split("c")[0]
        if number == "0" and (not result or not result[-1][-1].split("r")[1].startswith("0")):
            result.append([])
        result[-1].append(box.key)
    return result


def test_a_table_goes_on_in_the_next_column_under_its_head_again() -> None:
    found, _ = made(with_table(20, PRICES, 6), lines=24)
    first, second = pieces(found)
    assert first[:4] == ["p1r0c1", "p1r0c2", "p1r1c1", "p1r1c2"]
    rows = (len(first) - 2) // 2
    assert second[:4] == [f"p1r0c1+{rows + 1}", f"p1r0c2+{rows + 1}", f"p1r{rows + 1}c1", f"p1r{rows + 1}c2"]
    assert second[-1] == "p1r12c2"
    heads = texts(found, "table-head")
    assert [b.lines for b in heads[:2]] == [b.lines for b in heads[2:]]
    assert len(ornaments(found, "table-foot")) == len(ornaments(found, "table-top")) == 2
    assert heads[2].rect.y % LEADING == 0
    assert "".join(line.text for b in texts(found, "body") for line in b.lines) == SENTENCE * 26


@given(st.lists(st.integers(1, 4), min_size=1, max_size=24), st.lists(st.integers(2, 20), min_size=1, max_size=6))
def test_no_row_stands_alone_and_none_is_lost(heights: list[int], columns: list[int]) -> None:
    rows = ["项|说明", *(f"{n}|{'字' * (10 * height)}" for n, height in enumerate(heights))]
    found = block(table(*rows), width=12)
    for run in (flow, balanced):
        flowed = run([found], [Region(n, 0, depth) for n, depth in enumerate(columns)])
        spans = [(p.first, p.last) for p in flowed.placed]
        assert [a[1] for a in spans[:-1]] == [b[0] for b in spans[1:]]
        reached = spans[-1][1] if spans else 0
        assert flowed.over == ([] if reached == len(heights) else [(found, reached)])
        for piece in flowed.placed:
            assert piece.height <= columns[piece.column]
            count, rest = piece.last - piece.first, len(heights) - piece.last
            assert count >= min(LEAST_ROWS, len(heights))
            assert rest != 1
        assert flowed.used + flowed.over_lines == sum(row.height for row in found.rows) + found.head.height * (
            len(spans) + bool(flowed.over)
        )


def test_a_table_keeps_to_the_subhead_over_it() -> None:
    copy = article(SENTENCE * 6)
    title = Paragraph((Run("价目"),), Kind.SUBHEAD)
    found, _ = made(replace(copy, body=(*copy.body, title, PRICES)), columns=2, width=26, lines=17)
    [subhead] = texts(found, "subhead")
    head = texts(found, "table-head")[0]
    assert head.rect.x - subhead.rect.x < 13 * EM
    assert head.rect.y == subhead.rect.y + LEADING


def test_white_stands_round_a_table_but_not_at_the_foot_of_the_story() -> None:
    found, told = made(with_table(2, PRICES, 2), columns=1, width=13, lines=40)
    above, below = texts(found, "body")
    head, last = texts(found, "table-head")[0], texts(found, "table")[-1]
    assert head.rect.y - above.rect.bottom == LEADING
    assert below.rect.y - last.rect.bottom == LEADING
    assert told == ["makeup.underset"]
    lines = len(above.lines) + 1 + 13
    copy = article(SENTENCE * 2)
    found, told = made(replace(copy, body=(*copy.body, PRICES)), columns=1, width=13, lines=lines)
    assert (told, found.fit.lines) == ([], lines)


def test_rows_over_are_told_at_their_line() -> None:
    place = slot(columns=1, width=13, lines=8)
    found, told = fill(story(replace(article(), body=(PRICES,))), place, geometry(place), setter())
    shown = len(texts(found, "table")) // 2
    assert shown == 7
    [finding] = told
    assert (finding.code, finding.where) == ("makeup.overset", SourceRef("lead.yaml", 20 + shown + 1))
    assert found.fit.over_lines == 1 + 12 - shown, "the rows that are over need the head again"
    every = sum(not c.isspace() for c in PRICES.text)
    stands = sum(len(line.clusters) for b in texts(found) for line in b.lines)
    assert stands + found.fit.over_characters == found.fit.characters == every


def test_a_dateline_stands_before_a_table_that_opens_the_body() -> None:
    found, _ = made(replace(article(), body=(PRICES,), dateline="本报讯"))
    assert [b.lines[0].text for b in texts(found, "body")] == ["本报讯"]
    assert len(texts(found, "table")) == 24


def test_tables_stand_in_sections_and_in_slots_of_many() -> None:
    part = Section(SourceRef("a"), (*paragraphs(SENTENCE), PRICES), name="某人")
    found, _ = made(article(sections=(part,)), table_columns=2)
    assert [b.key for b in texts(found, "table")][-1] == "s0p1r12c2"
    place = slot(columns=2, width=26, many=True, table_columns=2)
    stories = [story(replace(article(SENTENCE), body=(PRICES,)), f"s{n}") for n in range(2)]
    results = fill_many(stories, place, geometry(place), setter())
    assert [len(texts(r, "table")) for r, _ in results] == [24, 24]
    assert [d.code for _, told in results for d in told if d.severity is Severity.ERROR] == []


# --- over several columns ----------------------------------------------------------------------------------


def test_a_table_over_two_columns_stands_at_the_foot_and_text_runs_round_it() -> None:
    found, told = made(with_table(30, PRICES, 30), table_columns=2)
    cell = texts(found, "table")
    frame_columns = sorted({b.rect.x for b in texts(found, "body")})
    assert min(b.rect.x for b in cell) == frame_columns[1]
    assert max(b.rect.bottom for b in cell) == 40 * LEADING
    assert len(texts(found, "table-head")) == 2
    top = ornaments(found, "table-top")[0].rect
    assert top.right == frame_columns[2] + frame_columns[1] - frame_columns[0] - (frame_columns[1] - 12 * EM)
    for box in texts(found, "body"):
        assert box.rect.x < frame_columns[1] or box.rect.bottom <= top.y - LEADING
    assert "makeup.table-too-wide" not in told
    assert "".join(line.text for b in texts(found, "body") for line in b.lines).startswith(SENTENCE * 30)


def test_the_subhead_over_a_wide_table_goes_with_it() -> None:
    copy = article(SENTENCE * 30, SENTENCE * 30)
    title, other = (Paragraph((Run(text),), Kind.SUBHEAD) for text in ("价目", "小标题"))
    found, _ = made(replace(copy, body=(copy.body[0], title, PRICES, other, copy.body[1])), table_columns=2)
    subheads = {b.key: b.rect for b in texts(found, "subhead")}
    top = ornaments(found, "table-top")[0].rect
    assert subheads.keys() == {"p1", "p3"}
    assert (subheads["p1"].x, subheads["p1"].width, subheads["p1"].bottom) == (top.x, top.width, top.y)


def test_a_table_spans_as_many_columns_as_it_needs_where_the_style_says_so() -> None:
    narrow = table("甲|乙", "1|2")
    wide = table("一二三四五六七八|一二三四五六七八", "1|2")
    found, _ = made(replace(article(SENTENCE), body=(narrow, wide)), table_columns=0)
    widths = [o.rect.width for o in ornaments(found, "table-top")]
    assert sorted(widths) == [12 * EM, 26 * EM]


def test_a_wide_table_higher_than_its_slot_is_told() -> None:
    found, told = made(with_table(3, PRICES, 3), table_columns=2, lines=9)
    assert "makeup.overset" in told
    assert all(b.rect.bottom <= 9 * LEADING for b in texts(found))


def test_wide_tables_stand_under_a_picture_and_over_one_another() -> None:
    second = table("姓名|单位", *(f"某{n}|车间" for n in "甲乙丙"), line=60)
    copy = replace(with_table(20, PRICES, 20), pictures=(picture(caption="图注"),))
    copy = replace(copy, body=(*copy.body, second))
    found, _ = made(copy, table_columns=2, lines=60)
    rects = [o.rect for o in ornaments(found, "table-top")] + [o.rect for o in ornaments(found, "table-foot")]
    spans = sorted((top.y, foot.y) for top, foot in zip(rects[:2], rects[2:], strict=True))
    assert spans[1][1] == 60 * LEADING
    assert spans[0][1] < spans[1][0]
    assert all(b.rect.bottom <= spans[0][0] for b in texts(found, "caption"))


def test_wide_tables_without_room_for_all_never_stand_on_one_another() -> None:
    second = table("姓名|单位", *(f"某{n}|车间" for n in "甲乙丙丁戊"), line=60)
    copy = with_table(6, PRICES, 6)
    for pictures in ((), (replace(picture(caption="图注"), place="foot"),)):
        each = replace(copy, body=(*copy.body, second), pictures=pictures)
        found, told = made(each, table_columns=2, lines=22)
        assert "makeup.overset" in told
        cells_of = [*texts(found, "table"), *texts(found, "table-head")]
        rows = {b.key.rpartition("c")[0]: b.rect.y for b in cells_of}
        assert all(below - above >= LEADING for above, below in pairwise(sorted(rows.values())))
        assert all(b.rect.bottom <= min(rows.values()) for b in texts(found, "caption"))


def test_a_story_of_wide_tables_alone_has_them_at_its_top() -> None:
    found, _ = made(replace(article(), body=(PRICES, PRICES)), table_columns=3)
    tops = [o.rect.y for o in ornaments(found, "table-top")]
    assert tops == [LEADING, LEADING + 14 * LEADING]


def test_the_source_stands_under_a_wide_table_that_ends_the_copy() -> None:
    copy = replace(with_table(20, PRICES, 20), source="据市场监管局")
    ends = replace(copy, body=copy.body[:2])
    for each, under in ((copy, False), (ends, True)):
        found, told = made(each, table_columns=2)
        [foot], [source] = ornaments(found, "table-foot"), texts(found, "credit")
        assert (source.rect.y == foot.rect.y and source.rect.x == foot.rect.x) is under
        assert found.boxes[-1].rect.bottom <= found.rect.height
        assert ("makeup.text-before-table" in told) is not under


def test_text_after_a_wide_table_is_told_where_it_stands_in_the_copy() -> None:
    copy = with_table(30, PRICES, 30)
    place = slot(table_columns=2)
    told = [d for d in fill(story(copy), place, geometry(place), setter())[1] if d.code == "makeup.text-before-table"]
    assert [d.where for d in told] == [copy.body[2].where]
    title = Paragraph((Run("价目"),), Kind.SUBHEAD)
    tables_last = replace(copy, body=(copy.body[0], PRICES, title, PRICES))
    assert "makeup.text-before-table" not in made(tables_last, table_columns=2)[1]
    assert "makeup.text-before-table" not in made(copy, table_columns=1)[1]


# --- nothing lost ------------------------------------------------------------------------------------------

_CELL = st.text(alphabet="工会服务，。“”（）abc 12—·？%", max_size=14).map(str.strip)


@settings(max_examples=80)
@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(_CELL, min_size=n, max_size=n).map("|".join), min_size=2, max_size=16)
    ),
    st.integers(4, 30),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sampled_from(["three", "rows", "grid"]),
)
# The slot's foot cuts the last row in the middle of a cell.
@example(["a|1111—a会————会会会", "|", "1111—a会————会会会|"], 4, 3, 2, "grid")
def test_every_cell_stands_once_in_order_and_on_the_grid(
    rows: list[str], lines: int, columns: int, span: int, rules: str
) -> None:
    """Issue 4: «every character appears once and in order, every baseline on the grid»."""
    place = slot(width=13 * columns, lines=lines, columns=columns, table_columns=span, table_rules=rules)
    paragraph = table(*rows)
    copy = with_table(1, paragraph, 2)
    found, told = fill(story(copy), place, geometry(place), setter())
    boxes = [b for b in texts(found, "table", "table-head") if "+" not in b.key]
    assert paragraph.table
    written = [
        (f"p1r{r}c{c}", "".join(cell.text.split()))
        for r, row in enumerate((paragraph.table.head, *paragraph.table.rows))
        for c, cell in enumerate(row, 1)
    ]
    shown = [
        (key, "".join(line.text[: -1 if line.hyphen else None] for b in group for line in b.lines))
        for key, group in groupby(boxes, key=lambda b: b.key)
    ]
    stands = [(key, "".join(text.split())) for key, text in shown]
    missing = [cell for cell in written if cell[1] and cell not in stands]
    assert [cell for cell in written if cell in stands and cell[1]] == stands
    if missing:
        codes = {d.code for d in told}
        assert codes & {"makeup.overset", "makeup.table-too-wide"}
        assert ornaments(found, "overset")
    for box in texts(found):
        assert box.pitch == LEADING
        assert box.rect.y % LEADING == 0
        assert box.rect.bottom <= lines * LEADING
