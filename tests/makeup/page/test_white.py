"""White that belongs to no story: what of an automatic page nothing fills, and slots without a story."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.diagnostics import Severity
from printkit.makeup.page.make_up import make_up
from printkit.makeup.page.white import free_places, unused_slots, white_findings
from printkit.model.edition import Place, Placement, Story
from printkit.model.geometry import Furniture, PageGeometry, Rect
from tests.support.setting import EM, LEADING, WHERE, article, context, geometry, setter, slot, story

COLUMNS, ROWS = 5, 80
PAGE = geometry()
"""An automatic page: five columns of 80 rows, nothing of the layout's own on it."""


def at(column: int, row: int, columns: int, rows: int, name: str = "a") -> Story:
    """A story that is locked to a place of the grid."""
    place = Place(column, row, columns, rows, WHERE)
    return replace(story(article("一句话。"), name), placement=Placement(name, place))


def cells(places: object) -> list[tuple[int, int, int]]:
    """The columns and rows of free places, in order, with the lines that they would take."""
    return [(white.columns, white.rows, white.lines) for white in places]  # type: ignore[attr-defined]


def test_an_empty_page_is_one_rectangle() -> None:
    assert cells(free_places(PAGE, [])) == [(5, 80, 400)]
    assert free_places(PAGE, [])[0].rect == PAGE.grid.main


def test_a_full_page_has_none() -> None:
    assert free_places(PAGE, [at(1, 1, 3, 80), at(4, 1, 2, 30, "b"), at(4, 31, 2, 50, "c")]) == ()


def test_what_four_fifths_leave() -> None:
    found = free_places(PAGE, [at(1, 1, 2, 18)])
    assert cells(found) == [(3, 80, 240), (2, 62, 124)]
    right, below = (white.rect for white in found)
    step = PAGE.grid.column + PAGE.grid.gutter
    assert (right.x, right.y) == (PAGE.grid.main.x + 2 * step, PAGE.grid.main.y)
    assert (below.x, below.y, below.bottom) == (PAGE.grid.main.x, PAGE.grid.main.y + 18 * LEADING, right.bottom)


def test_what_the_layout_has_of_its_own_is_taken() -> None:
    main = PAGE.grid.main
    masthead = Rect(main.x, main.y, main.width, 10 * LEADING)
    assert cells(free_places(replace(PAGE, furniture=(Furniture("masthead", masthead),)), [])) == [(5, 70, 350)]
    hair = Rect(main.x, main.y, main.width, 10 * LEADING + 50)  # CSS works in floating pixels
    assert cells(free_places(replace(PAGE, furniture=(Furniture("hair", hair),)), [])) == [(5, 70, 350)]


def test_a_slot_of_the_layout_on_an_automatic_page_is_taken() -> None:
    fixed = slot(width=80, lines=20, columns=5, name="ear")
    assert cells(free_places(geometry(fixed), [])) == [(5, 60, 300)]


@given(
    st.lists(
        st.tuples(st.integers(1, COLUMNS), st.integers(1, ROWS), st.integers(1, COLUMNS), st.integers(1, ROWS)),
        max_size=6,
    )
)
def test_places_and_stories_tile_the_page(drawn: list[tuple[int, int, int, int]]) -> None:
    """Every cell belongs to a story or to exactly one free place, however the stories lie."""
    stories = [
        at(c, r, min(cs, COLUMNS - c + 1), min(rs, ROWS - r + 1), f"s{n}") for n, (c, r, cs, rs) in enumerate(drawn)
    ]
    taken = {
        cell
        for s in stories
        if (p := s.placement.at)
        for cell in product(range(p.column, p.column + p.columns), range(p.row, p.row + p.rows))
    }
    assert sum(white.lines for white in free_places(PAGE, stories)) == COLUMNS * ROWS - len(taken)


@pytest.mark.parametrize(("rows", "severity"), [(1, Severity.WARNING), (2, Severity.ERROR)])
def test_more_than_a_line_is_an_error(rows: int, severity: Severity) -> None:
    [found] = white_findings(free_places(PAGE, [at(1, 1, 5, ROWS - rows)]))
    assert (found.code, found.severity) == ("makeup.page-white", severity)
    assert found.bbox is not None
    assert found.bbox[3] == PAGE.grid.main.bottom / 1000
    assert found.message.zh == f"版面有 5 栏×{rows} 行空白，没有稿件"


def test_an_unused_slot_is_white_too() -> None:
    page = geometry(slot(width=40, lines=30), slot(width=18, lines=12, columns=1, name="side"))
    [white] = unused_slots(page, {"lead"})
    assert (white.slot, white.columns, white.rows) == ("side", 1, 12)
    [found] = white_findings([white])
    assert (found.code, found.severity, found.slot) == ("layout.slot-unused", Severity.WARNING, "side")
    assert found.bbox is not None


def made(page: PageGeometry, *stories: Story, auto: bool) -> tuple[bool, int, int]:
    """Make a page up; return whether it is closed, its white lines and its room."""
    by_slot = {one.slot: (one,) for one in stories}
    done, _ = make_up(context(), page, by_slot, [one.anchor for one in stories], setter(), auto=auto)
    return done.is_closed, done.under_lines, done.room_lines


def test_a_page_with_white_is_not_closed() -> None:
    page = geometry(slot(width=40, lines=4, columns=1), slot(width=18, lines=12, columns=1, name="side"))
    text = article("一" * 37 + "。" + "二" * 38 + "。" + "三" * 38 + "。" + "四" * 38 + "。")
    full = story(text)
    closed, white, room = made(page, full, auto=False)
    assert not closed
    assert white == 12
    assert room == 4 + 12
    assert EM  # lengths are whole thousandths of a point


@pytest.mark.parametrize("lines", [16, 6, 5, 4])
def test_what_briefs_leave_is_told_of_their_slot_once(lines: int) -> None:
    """It was told of the last brief, which nobody wants longer."""
    page = geometry(slot(width=13, lines=lines, columns=1, many=True))
    briefs = [story(article("一" * 10 + "。"), name) for name in ("b1", "b2")]
    done, told = make_up(context(), page, {"lead": briefs}, [one.anchor for one in briefs], setter())
    white = done.under_lines
    assert white < lines
    assert [one.fit.under_lines for one in done.stories] == [0, 0]
    assert [(f.code, f.slot, f.story, f.where) for f in told] == (
        [("makeup.underset", "lead", None, briefs[1].where)] if white else []
    )
    for found in told:
        # A line with a rule parts another brief from the last one; it has no headline here.
        more, longer = f"请再加一条约 {(white - 1) * 13} 字的", f"请给其中一条补约 {white * 13} 字"
        assert found.hint is not None
        assert found.hint.zh == (more if white >= 3 else longer)
        assert found.message.zh == f"版位“lead”缺 {white} 行"
        assert found.bbox is not None
        assert found.bbox[3] == page.slots["lead"].rect.bottom / 1000


def test_briefs_in_two_columns_fill_both_of_them() -> None:
    """On a broadsheet they filled the first column alone."""
    page = geometry(slot(width=28, lines=8, columns=2, many=True))
    briefs = [story(article("一" * 10 + "。"), f"b{number}") for number in range(4)]
    done, told = make_up(context(), page, {"lead": briefs}, [one.anchor for one in briefs], setter())
    columns = [{part.x for part in one.parts} for one in done.stories]
    assert columns[0] == columns[1] != columns[2] == columns[3]
    assert {white.slot for white in done.white} == {"lead"}
    assert max(white.rows for white in done.white) < 8, "no column is white"
    assert [found.code for found in told] == ["makeup.underset"]
