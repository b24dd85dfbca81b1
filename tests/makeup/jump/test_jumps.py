"""Stories that go on elsewhere: the parts are the whole, divided at a sentence's end, and the first fills its slot."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.diagnostics import Severity, SourceRef
from printkit.makeup.jump.cuts import cuts, sentence_ends
from printkit.makeup.jump.split import LEAST_LINES, Room, Split, jump_faults, second_parts, split
from printkit.makeup.page.many import fill_many
from printkit.makeup.story.fill import fill
from printkit.model.article import Article, Byline, Lines, Section
from printkit.model.edition import SECOND_PART, Edition, Jump, Page, Story
from printkit.model.page import MadeUpStory
from printkit.model.paper import Paper
from printkit.model.text import Kind, Paragraph, Run, Table
from tests.support.setting import (
    TypedSlot,
    article,
    geometry,
    page,
    paragraphs,
    picture,
    pictures,
    setter,
    slot,
    story,
    texts,
    visible,
)

WHERE = SourceRef("edition.yaml", 9)
SENTENCES = (
    "工会把服务送到车间，大家都说好。",
    "“娘家人”来了，他说：“谁来都有一杯热水。”",
    "问题一条条记下，能办的当场办，不能办的说清楚为什么、什么时候办！",
    "这样的事，去年办了多少件？",
    "“忙完这一阵再说。”班长放下扳手，又补了一句，今天的活今天干完，明天的料也备好了。",
    "仓库在江边，风大。",
    "理货组一共九个人，三个人值夜，六个人分早晚两班，逢五逢十再加一次盘点，账要当天对平。",
    "灯亮着呢！",
    "第二天一早，工会主席带着本子来了，先问吃的，再问住的，最后才问有什么难处。",
    "有人说热水器旧了，有人说班车少一趟，还有人只是想要一副合手的手套。",
    "到月底，清单上的二十六件事办成了二十四件，余下两件写明了办理的日子。",
)


def copy_of(*picks: int) -> Article:
    """An article of paragraphs of two to four sentences."""
    made = [SENTENCES[n % len(SENTENCES)] for n in picks]
    return article(*("".join(made[n : n + 2 + n % 3]) for n in range(0, len(made), 2 + 1)), headline="转版的稿子")


def parts_of(copy: Article) -> tuple[Story, Story]:
    """A story on page 1 that goes on on page 3, and its second part."""
    first = story(copy, jump=Jump("3", WHERE, "rest"), level=2)
    [second] = second_parts(edition_of(page(first), Page("3", "own", WHERE)))["3"]
    return first, second


def edition_of(*pages: Page) -> Edition:
    paper = Paper(Path(), WHERE, "某报", 1, 1, "custom")
    return Edition(Path("edition.yaml"), WHERE, paper, dt.date(2024, 1, 10), pages)


def room(place: TypedSlot) -> Room:
    return Room(place, geometry(place))


def divided(copy: Article, here: TypedSlot | None = None, there: TypedSlot | None = None) -> Split:
    """Divide a story of an article between two slots."""
    first, second = parts_of(copy)
    return split(first, second, room(here or slot()), room(there or slot(name="rest", columns=2, width=26)), setter())


def copy_texts(copy: Article) -> list[Paragraph]:
    return [*copy.body, *(p for s in copy.sections for p in s.body)]


def filled(part: Story, place: TypedSlot | None = None) -> MadeUpStory:
    place = place or slot()
    return fill(part, place, geometry(place), setter())[0]


# --- ends of sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("甲。乙。", ["甲。"]),
        ("甲！？乙", ["甲！？"]),
        ("他说：“甲。乙。”丙。", ["他说：“甲。乙。”"]),
        ("“甲。”他说。乙。", ["“甲。”他说。"]),  # who speaks belongs to what was said
        ("甲。“乙。”丙说。丁。", ["甲。", "甲。“乙。”丙说。"]),
        ("甲（乙。丙）丁。戊", ["甲（乙。丙）丁。"]),
        ("他问：“‘甲。’是谁？”乙。", ["他问：“‘甲。’是谁？”"]),
        ("甲……乙。丙", ["甲……乙。"]),
        ("见 https://example.org/?a=b 处。乙", ["见 https://example.org/?a=b 处。"]),
        ("没有句号", []),
        ("“甲。乙。丙", []),  # a quotation that goes on in the next paragraph
        ("", []),
    ],
)
def test_ends_of_sentences(text: str, ends: list[str]) -> None:
    assert [text[:offset] for offset in sentence_ends(text)] == ends


def test_cuts_leave_no_heading_last_and_no_list_item_divided() -> None:
    body = (
        Paragraph((Run("甲。乙。"),)),
        Paragraph((Run("小标题。好。"),), Kind.SUBHEAD),
        Paragraph((Run("丙。丁。"),), Kind.LIST_ITEM),
        Paragraph((Run("庚。如下："),)),
        Paragraph((Run("一，辛；"),), Kind.LIST_ITEM),
        Paragraph((Run("戊。己。"),), Kind.QUOTATION),
    )
    assert list(cuts(article())) == []
    found = [(c.paragraph, c.offset, c.ends_paragraph) for c in cuts(replace(article(), body=body))]
    assert found == [(0, 2, False), (0, 4, True), (2, 4, True), (3, 2, False), (5, 2, False)]


def test_no_stanza_is_divided_and_who_signs_stands_with_the_text() -> None:
    body = (
        Paragraph((Run("甲。乙！\n"), Run("丙。丁")), Kind.VERSE),
        Paragraph((Run("戊己。"),)),
        Paragraph((Run("庚"),), Kind.SIGN),
        Paragraph((Run("辛。壬。"),)),
    )
    found = [(c.paragraph, c.ends_paragraph) for c in cuts(replace(article(), body=body))]
    assert found == [(0, True), (2, True), (3, False)]


# --- dividing -----------------------------------------------------------------------------------------------


def _assert_divided(copy: Article, found: Split) -> None:
    """Both parts are the whole text once and in order, and were divided where a sentence ends."""
    assert found.second is not None
    first, second = found.first.article, found.second.article
    before, after = copy_texts(first), copy_texts(second)
    assert "".join(p.text for p in (*before, *after)) == "".join(p.text for p in copy_texts(copy))
    assert len(before) + len(after) - len(copy_texts(copy)) in (0, 1)
    assert copy_texts(copy)[0].text.startswith(before[0].text)
    last = before[-1]
    whole = copy_texts(copy)[len(before) - 1]
    assert last.kind is whole.kind
    if last.text != whole.text:
        assert len(last.text) in sentence_ends(whole.text)
    assert last.kind is not Kind.SUBHEAD


@settings(max_examples=15)
@given(st.lists(st.integers(0, 4), min_size=50, max_size=110), st.integers(14, 30), st.integers(1, 4))
def test_the_parts_are_the_whole(picks: list[int], lines: int, columns: int) -> None:
    copy = copy_of(*picks)
    here = slot(width=13 * columns + 2 * (columns - 1), lines=lines, columns=columns)
    found = divided(copy, here)
    if found.second is None:
        assert found.first.article == copy
        assert [t.code for t in found.told] in (["makeup.jump-not-needed"], ["makeup.jump-too-short"])
        return
    _assert_divided(copy, found)
    made = filled(found.first, here)
    assert made.fit.over_lines == 0
    *body, last = texts(made, "body", "jump")
    assert last.role == "jump"
    assert [line.text for line in last.lines] == ["（下转第3版）"]
    assert sum(len(box.lines) for box in body) >= LEAST_LINES
    there = slot(name="rest", columns=2, width=26)
    rest = filled(found.second, there)
    begin, *following = texts(rest, "jump-from", "body")
    assert begin.role == "jump-from"
    assert begin.lines[0].text == "（上接第1版）"
    assert sum(len(b.lines) for b in following) + rest.fit.over_lines >= LEAST_LINES


def test_nearly_every_first_part_ends_on_its_slots_last_line() -> None:
    """Copy of six kinds in slots of one to four columns; one column of a dozen lines has few ends of sentences."""
    closed, many_columns_open = 0, 0
    cases = [(kind, columns) for kind in range(6) for columns in (1, 2, 3, 4)]
    for kind, columns in cases:
        copy = copy_of(*((n * n + kind * n * (n + 3) + n // 7) % 11 for n in range(70)))
        here = slot(width=13 * columns + 2 * (columns - 1), lines=20, columns=columns, headline_space=(1, 2))
        found = divided(copy, here)
        assert found.second
        made = filled(found.first, here)
        assert made.fit.over_lines == 0
        if made.fit.under_lines == 0:
            closed += 1
            last = texts(made, "jump")[0]
            assert last.rect.bottom == made.rect.height
            assert last.rect.x == max(box.rect.x for box in texts(made, "body"))
        elif columns > 1:
            many_columns_open += 1
    assert closed >= len(cases) * 0.9
    assert many_columns_open <= len(cases) * 0.75 * 0.05


def test_the_same_split_twice() -> None:
    copy = copy_of(*range(80))
    assert divided(copy) == divided(copy)


def test_what_goes_with_which_part() -> None:
    where = SourceRef("lead.yaml", 3)
    copy = replace(
        copy_of(*range(80)),
        kicker=Lines(("引题",), where),
        deck=Lines(("副题",), where),
        jump_headline=Lines(("续题",), where),
        dateline="本报讯",
        editor_note=paragraphs("编者按。"),
        pictures=(picture(),),
        source="来源：某报",
    )
    found = divided(copy, slot(lines=50))
    assert found.second
    first, second = found.first, found.second
    assert first.article.headline == copy.headline
    assert second.article.headline == copy.jump_headline
    for name in ("kicker", "deck", "dateline", "editor_note", "pictures"):
        assert getattr(first.article, name) == getattr(copy, name)
        assert not getattr(second.article, name)
    assert (first.article.source, second.article.source) == ("", copy.source)
    assert (first.id, second.id, first.anchor, second.anchor) == ("lead", "lead", "lead", "lead.2")
    assert (first.level, second.level, second.frame, second.part) == (2, 3, "none", SECOND_PART)
    assert len(pictures(filled(first, slot(lines=50)))) == 1


def test_without_a_headline_of_its_own_the_second_part_takes_the_storys() -> None:
    copy = copy_of(*range(80))
    found = divided(copy)
    assert found.second
    assert found.second.article.headline == copy.headline


def test_a_picture_that_leaves_no_room_goes_on() -> None:
    copy = replace(copy_of(*range(60)), pictures=(picture(300, 300, columns=3),))
    found = divided(copy, slot(lines=22, width=43))
    assert found.second
    assert found.first.article.pictures == ()
    assert found.second.article.pictures == copy.pictures
    assert filled(found.first, slot(lines=22, width=43)).fit.over_lines == 0


def test_sections_are_divided_too() -> None:
    body = paragraphs("".join(SENTENCES))
    sections = tuple(
        Section(WHERE, paragraphs("".join(SENTENCES) * 2, "".join(SENTENCES)), name=f"甲{n}", title="主席")
        for n in range(5)
    )
    copy = replace(article(headline="分述"), body=body, sections=sections, source="来源：某报")
    found = divided(copy, slot(lines=24))
    _assert_divided(copy, found)
    assert found.second
    names = [s.name for part in (found.first, found.second) for s in part.article.sections if s.name]
    assert names == [s.name for s in sections]
    assert (found.first.article.source, found.second.article.source) == ("来源：某报", "")  # it ends the body
    drawn = visible("".join(line.text for b in texts(filled(found.second)) for line in b.lines))
    assert drawn.count("甲") + sum(s.name in drawn for s in sections) >= 1


def test_a_dateline_does_not_move_the_cut() -> None:
    copy = replace(article("".join(SENTENCES) * 12, headline="电头"), dateline="本报讯（记者 甲）")
    found = divided(copy, slot(lines=16))
    _assert_divided(copy, found)
    assert filled(found.first, slot(lines=16)).fit.under_lines == 0


def test_a_table_goes_with_its_place_in_the_copy() -> None:
    """One column of it flows with the text; the dateline over a first table does not move the cut."""
    row = (Paragraph((Run("甲"),)), Paragraph((Run("乙"),)))
    table = Table(row, (row, row, row), ("start", "start"))
    grid = Paragraph((), Kind.TABLE, WHERE, table)
    text = paragraphs("".join(SENTENCES) * 3, "".join(SENTENCES) * 3)
    copy = replace(article(headline="表格"), body=(grid, *text, grid, *text), dateline="本报讯")
    found = divided(copy, slot(lines=16))
    _assert_divided(copy, found)
    assert filled(found.first, slot(lines=16)).fit.under_lines == 0


def test_wrapped_pictures_go_with_their_paragraphs() -> None:
    text = paragraphs(*("".join(SENTENCES) for _ in range(9)))
    shots = tuple(picture(200, 300, place="wrap", paragraph=number) for number in (2, 8))
    copy = replace(article(headline="绕排"), body=text, pictures=shots)
    found = divided(copy, slot(lines=30))
    _assert_divided(copy, found)
    assert found.second
    first, second = found.first.article, found.second.article
    assert first.pictures == shots[:1]
    [moved] = second.pictures
    assert second.body[moved.paragraph - 1].text == text[7].text
    assert filled(found.first, slot(lines=30)).fit.under_lines == 0
    assert len(pictures(filled(found.first, slot(lines=30)))) == 1


def test_a_byline_after_the_text_goes_with_its_end() -> None:
    copy = replace(copy_of(*range(80)), byline=(Byline("", "甲"),))
    for place, here in (("head", 0), ("tail", 1)):
        found = divided(copy, slot(byline=place))
        assert found.second
        parts = found.first.article, found.second.article
        assert parts[here].byline == copy.byline
        assert parts[1 - here].byline == ()
        _assert_divided(copy, found)


def test_marks_of_the_copy_stay_on_both_sides() -> None:
    runs = tuple(Run(text, strong=n % 2 == 0) for n, text in enumerate(SENTENCES * 8))
    copy = replace(article(headline="黑体"), body=(Paragraph(runs, where=WHERE),))
    found = divided(copy, slot(lines=14))
    assert found.second

    def strong(parts: list[Paragraph]) -> Iterator[tuple[str, bool]]:
        return ((char, run.strong) for p in parts for run in p.runs for char in run.text)

    both = [*copy_texts(found.first.article), *copy_texts(found.second.article)]
    assert list(strong(both)) == list(strong(list(copy.body)))


def test_a_second_part_that_shares_its_slot() -> None:
    """It may go on among briefs: its line 上接 stands under its headline there."""
    found = divided(copy_of(*range(80)))
    assert found.second
    many = slot(columns=1, width=13, lines=80, many=True, name="briefs")
    brief = story(article("短讯。", headline="短讯"), "brief", level=3)
    _, (made, _) = fill_many([brief, found.second], many, geometry(many), setter())
    assert [b.lines[0].text for b in texts(made, "jump-from")] == ["（上接第1版）"]


# --- what is told ---------------------------------------------------------------------------------------------


def test_a_story_that_fits_stays_whole() -> None:
    copy = article("一句。", headline="短稿")
    found = divided(copy)
    assert (found.first.article, found.second) == (copy, None)
    [told] = found.told
    assert (told.code, told.severity, told.where) == ("makeup.jump-not-needed", Severity.WARNING, WHERE)
    assert "page 3" in told.message.en
    assert "第 3 版" in told.message.zh


@pytest.mark.parametrize("text", ["长句" * 500 + "。", "一句。" * 26])
def test_no_place_to_divide(text: str) -> None:
    """One sentence over a whole slot; a story of nine lines, of which no side can have five."""
    here = slot(columns=1, width=13, lines=8)
    found = divided(article(text, headline="题"), here)
    assert found.second is None
    [told] = found.told
    assert (told.code, told.severity, told.where) == ("makeup.jump-too-short", Severity.ERROR, WHERE)
    assert filled(found.first, here).fit.over_lines > 0


def test_names_of_pages() -> None:
    copy = copy_of(*range(80))
    for number, words in (("3", "第3版"), ("A03", "A03版"), ("1", "本版")):
        first = story(copy, jump=Jump(number, WHERE, "rest"))
        [second] = second_parts(edition_of(page(first)))[number]
        found = split(first, second, room(slot()), room(slot(name="rest")), setter())
        assert found.first.article.goes_on
        assert found.first.article.goes_on.text == f"（下转{words}）"
        line = second.article.came_from
        assert line
        assert (line.text, line.target) == ("（上接本版）" if number == "1" else "（上接第1版）", "lead")


def test_second_parts_come_in_the_order_of_page_numbers() -> None:
    jump = Jump("5", WHERE)
    pages = [Page(number, "own", WHERE, (story(copy_of(1), f"s{number}", jump=jump),)) for number in ("10", "2", "1")]
    for order in (pages, pages[::-1]):
        assert [s.id for s in second_parts(edition_of(*order))["5"]] == ["s1", "s2", "s10"]


def test_a_story_that_shares_its_slot_cannot_go_on() -> None:
    one = story(copy_of(1), "one", "briefs", jump=Jump("3", WHERE))
    two = story(copy_of(1), "two", "briefs")
    [fault] = jump_faults({"briefs": True}, (one, two))
    assert (fault.code, fault.where, fault.severity) == ("layout.jump-from-many", WHERE, Severity.ERROR)
    assert jump_faults({"lead": False, "briefs": False}, (one,)) == []
