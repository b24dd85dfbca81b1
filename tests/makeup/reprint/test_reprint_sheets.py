"""Stories on pages of their own: whole, pages full, the last one's columns of one length."""

from dataclasses import replace

import pytest

from printkit.makeup.reprint.sheets import FIRST, NEXT, Reprint, Sheet, set_reprint
from printkit.makeup.setting import Setter
from printkit.model.article import Article, Section
from printkit.model.geometry import Grid, Rect
from printkit.model.page import MadeUpStory
from printkit.model.text import ColumnAlign, Kind, Paragraph, Run, Table
from tests.support.setting import (
    EM,
    LEADING,
    copy,
    geometry,
    picture,
    pictures,
    setter,
    shown,
    slot,
    story,
    texts,
    visible,
)
from tests.support.setting import article as article_of

WIDTH, LINES, FIRST_LINES = 44, 40, 34


def sheet(columns: int) -> Sheet:
    """A page of 44 em and 40 lines, 34 on the first."""
    first = slot(WIDTH, FIRST_LINES, columns, name=FIRST, section_space=(2, 2))
    page = geometry(first, slot(WIDTH, LINES, columns, name=NEXT, section_space=(2, 2)))
    return Sheet(
        replace(page, grid=Grid(Rect(30000, 50000, WIDTH * EM, LINES * LEADING), 3, 2 * EM, EM, LEADING)), columns
    )


def reprinted(article: Article, most: int = 3, compose: Setter | None = None) -> Reprint:
    return set_reprint(story(article), sheet, most, compose or setter())


def said(reprint: Reprint, *roles: str) -> str:
    return "".join(line for page in reprint.pages for line in shown(texts(page, *roles)))


def feet(page: MadeUpStory) -> list[int]:
    """The lines on which the columns of a page's text end."""
    found: dict[int, int] = {}
    for box in texts(page, "body", "subhead", "quotation"):
        found[box.rect.x] = max(found.get(box.rect.x, 0), box.rect.bottom // LEADING)
    return list(found.values())


@pytest.mark.parametrize("characters", [40, 230, 700, 1500, 3600, 9000])
@pytest.mark.parametrize("pictured", [False, True])
def test_all_the_copy_stands_and_nothing_is_over(characters: int, pictured: bool) -> None:
    body = copy(characters, characters)
    shots = (picture(300, 200, caption="夜班的灯"), picture(200, 300)) if pictured else ()
    made = reprinted(article_of(*body, headline="七条意见谈成了", pictures=shots))
    assert said(made, "body") == visible("".join(body))
    assert said(made, "headline") == "七条意见谈成了"
    assert sum(len(pictures(page)) for page in made.pages) == len(shots)
    assert not made.told or {found.code for found in made.told} == {"makeup.underset"}
    for number, page in enumerate(made.pages):
        lines = LINES if number else FIRST_LINES
        assert all(box.rect.bottom <= lines * LEADING for box in page.boxes)


def test_the_last_columns_end_on_one_line() -> None:
    """Copy of every length: lines are won or lost in paragraphs until the columns are even; few stay a line apart."""
    compose = setter()
    apart = []
    for characters in range(300, 2700, 60):
        made = reprinted(article_of(*copy(characters, characters), headline="七条意见谈成了"), compose=compose)
        ends = feet(made.pages[-1])
        apart.append(max(ends) - min(ends))
    assert max(apart) <= 1
    assert sum(apart) <= len(apart) // 10


def test_the_pages_before_the_last_are_full() -> None:
    made = reprinted(article_of(*copy(6000, 5), headline="七条意见谈成了"))
    assert len(made.pages) > 2
    assert feet(made.pages[0]) == [FIRST_LINES] * 2
    assert all(feet(page) == [LINES] * 2 for page in made.pages[1:-1])


def test_short_copy_has_one_column_and_long_copy_as_few_as_keep_it_to_a_page() -> None:
    counts = {n: reprinted(article_of(*copy(n, 3))).sheet.columns for n in (60, 400)}
    assert counts == {60: 1, 400: 2}
    assert reprinted(article_of(*copy(3000, 3)), most=1).sheet.columns == 1


def test_a_table_that_is_wider_than_a_column_keeps_the_whole_measure() -> None:
    row = tuple(Paragraph((Run("一二三四五六七"),)) for _ in range(5))
    table = Paragraph((), Kind.TABLE, table=Table(row, (row,) * 6, ("auto",) * 5))
    body = article_of(*copy(800, 4))
    made = reprinted(replace(body, body=(*body.body, table)))
    assert made.sheet.columns == 1
    assert len(texts(made.pages[-1], "table")) + len(texts(made.pages[0], "table")) >= 30


@pytest.mark.parametrize(("columns", "parts"), [(4, 1), (10, 3)])
def test_a_table_with_more_columns_than_fit_stands_in_parts_under_its_first_column(columns: int, parts: int) -> None:
    """In 44 em stand five figures of sixteen digits, no ten."""
    names = [Paragraph((Run(f"{number}" * 16),)) for number in range(columns)]
    auto: ColumnAlign = "auto"
    table = Paragraph((), Kind.TABLE, table=Table(tuple(names), (tuple(names),), (auto,) * columns))
    made = reprinted(replace(article_of(*copy(300, 2)), body=(table,)))
    assert not {found.code for found in made.told} & {"makeup.table-too-wide", "makeup.table-narrow"}
    cells = [line for page in made.pages for line in shown(texts(page, "table"))]
    assert sorted(cells) == sorted([names[0].text] * parts + [name.text for name in names[1:]])


def test_pictures_give_way_before_a_story_takes_another_page() -> None:
    """The copy alone nearly fills a page: the picture is made smaller."""
    compose = setter()
    counts, heights = [], []
    for characters in (225, 600, 850):
        shot = picture(300, 200)
        made = reprinted(article_of(*copy(characters, 2), headline="七条意见谈成了", pictures=(shot,)), 2, compose)
        counts.append(len(made.pages))
        heights.append(pictures(made.pages[0])[0].rect.height)
    assert counts == [1, 1, 1]
    assert heights[0] > heights[-1]


def test_a_tall_picture_is_narrowed_and_not_cut() -> None:
    made = reprinted(article_of(*copy(100, 2), pictures=(picture(200, 600),)))
    box = pictures(made.pages[0])[0]
    assert box.rect.height / box.rect.width == pytest.approx(3, rel=0.1)
    middle = box.rect.x + box.rect.width // 2
    assert middle == pytest.approx(WIDTH * EM // 2, abs=EM), "it stands in the middle"


def test_many_pictures_go_on_over_pages_in_order() -> None:
    shots = tuple(picture(300, 200, caption=f"第{n}幅") for n in range(9))
    made = reprinted(article_of(pictures=shots))
    captions = [line for page in made.pages for line in shown(texts(page, "caption"))]
    assert captions == [f"第{n}幅" for n in range(9)]
    assert len(made.pages) > 1


def test_a_note_longer_than_a_page_is_told_as_over() -> None:
    note = tuple(Paragraph((Run(text),)) for text in copy(4000, 9))
    made = reprinted(article_of(*copy(300, 2), editor_note=note))
    assert "makeup.overset" in {found.code for found in made.told}


def test_what_no_page_takes_is_told_as_over_and_the_run_ends() -> None:
    cell = Paragraph((Run("".join(copy(4000, 3))),))
    table = Paragraph((), Kind.TABLE, table=Table((Paragraph((Run("甲"),)),), ((cell,),), ("auto",)))
    made = reprinted(replace(article_of(*copy(300, 2)), body=(table,)))
    assert "makeup.overset" in {found.code for found in made.told}
    assert len(made.pages) < 5


def test_sections_flow_over_the_pages() -> None:
    sections = tuple(
        Section(article_of().where, article_of(*copy(500, n)).body, name=f"甲{n}", title="某单位工会主席")
        for n in range(1, 9)
    )
    made = reprinted(article_of(headline="七条意见谈成了", sections=sections))
    assert said(made, "body") == visible("".join(p.text for s in sections for p in s.body))
    assert said(made, "section-name") == "".join(s.name for s in sections)
    assert len(made.pages) > 1
