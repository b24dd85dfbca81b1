"""The rules between the stories of an automatic page: as long as the white, meeting one another."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.commands.check import check
from printkit.diagnostics import SourceRef
from printkit.model.edition import Place
from printkit.render.rules import Across, Down, rules_between
from tests.support.papers import build_edition, write_paper

WHERE = SourceRef("edition.yaml", 1)
COPY = "\n\n".join(f"第{n}段写的是沿河两岸的人家，春天种下的树苗已经高过了屋檐。" for n in range(1, 60))


def places(*given: tuple[int, int, int, int]) -> list[Place]:
    """Return places of column, row, columns, rows."""
    return [Place(*one, WHERE) for one in given]


def test_two_stories_under_one_another_have_a_rule_of_their_whole_width() -> None:
    across, down = rules_between(places((1, 1, 5, 20), (1, 21, 5, 20)))
    assert across == (Across(19.5, (0, 0), (5, 1)),), (
        "half a line under the text, from the first column's edge to the last's"
    )
    assert down == ()


@pytest.mark.parametrize(("gap", "line"), [(0, 19.5), (1, 20), (2, 20.5), (3, None)])
def test_a_gap_of_two_rows_is_white_between_neighbours_and_more_is_not(gap: int, line: float | None) -> None:
    across, _ = rules_between(places((1, 1, 2, 20), (1, 21 + gap, 2, 20)))
    assert [rule.line for rule in across] == ([] if line is None else [line])


def test_a_rule_down_is_as_long_as_both_stories_stand_beside_one_another() -> None:
    _, down = rules_between(places((1, 1, 3, 40), (4, 11, 2, 20)))
    assert down == (Down(3, 10, 29),)


def test_a_rule_over_several_stories_is_one_and_the_rule_between_them_meets_it() -> None:
    across, down = rules_between(places((1, 1, 5, 20), (1, 21, 2, 30), (3, 21, 3, 30)))
    assert across == (Across(19.5, (0, 0), (5, 1)),)
    assert down == (Down(2, 19.5, 49),)


def test_a_rule_across_ends_at_the_rule_down_beside_it() -> None:
    across, down = rules_between(places((1, 1, 2, 40), (3, 1, 3, 20), (3, 21, 3, 20)))
    assert down == (Down(2, 0, 39),)
    assert across == (Across(19.5, (2, 0.5), (5, 1)),)


def test_no_rule_parts_the_two_places_of_a_story_round_an_advertisement() -> None:
    above, upper, lower, ad = places((1, 1, 5, 20), (1, 21, 5, 10), (1, 31, 3, 20), (4, 31, 2, 20))
    across, down = rules_between([above, upper, lower, ad], framed=[ad], joined=[(upper, lower)])
    assert [rule.line for rule in across] == [19.5]
    assert down == (), "nor does one stand beside the advertisement"


def test_rules_cross_where_four_stories_meet() -> None:
    across, down = rules_between(places((1, 1, 2, 20), (3, 1, 2, 20), (1, 22, 2, 20), (3, 22, 2, 20)))
    assert across == (Across(20, (0, 0), (4, 1)),)
    assert down == (Down(2, 0, 40),)


def test_stories_of_several_heights_over_one_have_one_straight_rule() -> None:
    across, _ = rules_between(places((1, 1, 2, 20), (3, 1, 3, 22), (1, 23, 5, 20)))
    assert across == (Across(21.5, (0, 0), (5, 1)),), "under the lowest"


def test_a_story_between_parts_the_rule_down() -> None:
    _, down = rules_between(places((1, 1, 2, 20), (3, 1, 2, 20), (1, 21, 4, 2), (1, 23, 2, 20), (3, 23, 2, 20)))
    assert down == (Down(2, 0, 19.5), Down(2, 21.5, 41))


def test_a_story_with_a_frame_has_no_rules_beside_it() -> None:
    boxed, *rest = places((1, 1, 2, 20), (3, 1, 2, 20), (1, 21, 2, 20), (3, 21, 2, 20))
    across, down = rules_between([boxed, *rest], [boxed])
    assert across == (Across(19.5, (2, 0.5), (4, 1)),)
    assert down == (Down(2, 19.5, 39),)


def test_beside_white_stands_no_rule() -> None:
    across, down = rules_between(places((1, 1, 2, 20), (4, 1, 2, 20), (1, 40, 2, 10)))
    assert (across, down) == ((), ())


@st.composite
def pages(draw: st.DrawFn) -> list[Place]:
    """Divide a page of five columns by 60 rows, again and again, into tiles."""
    tiles = [(1, 1, 5, 60)]
    for _ in range(draw(st.integers(0, 7))):
        column, row, columns, rows = tiles.pop(draw(st.integers(0, len(tiles) - 1)))
        if columns > 1 and draw(st.booleans()):
            cut = draw(st.integers(1, columns - 1))
            tiles += [(column, row, cut, rows), (column + cut, row, columns - cut, rows)]
        elif rows > 10:
            cut = draw(st.integers(5, rows - 5))
            tiles += [(column, row, columns, cut), (column, row + cut, columns, rows - cut)]
        else:
            tiles.append((column, row, columns, rows))
    return places(*tiles)


@given(pages())
def test_on_a_full_page_rules_run_through_no_text_and_their_ends_meet(tiles: list[Place]) -> None:
    across, down = rules_between(tiles)
    for at in tiles:
        top, foot = at.row - 1, at.row + at.rows - 2
        for rule in across:
            columns = range(rule.left[0] + 1, rule.right[0] + 1)
            assert not (top < rule.line < foot and any(at.column <= c < at.column + at.columns for c in columns))
        for line in down:
            inside = at.column <= line.columns < at.column + at.columns - 1
            assert not (inside and line.top < foot and top < line.foot)
    for rule in across:
        assert rule.left in ((0, 0), (rule.left[0], 0.5)), "at the page's edge or at a rule down"
        assert rule.right in ((5, 1), (rule.right[0], 0.5))
    lines = {rule.line for rule in across}
    for line in down:
        assert line.top == 0 or line.top in lines
        assert line.foot == 59 or line.foot in lines


def test_the_page_draws_them_and_lint_finds_none_through_text(tmp_path: Path) -> None:
    at: list[dict[str, Any]] = [
        {"column": 1, "row": 1, "columns": 3, "rows": 40},
        {"column": 4, "row": 1, "columns": 2, "rows": 19},
        {"column": 4, "row": 21, "columns": 2, "rows": 20},
        {"column": 1, "row": 43, "columns": 5, "rows": 40},
    ]
    articles = {f"s{n}": {"headline": "窗下小记", "body": COPY[: 60 * n + 90]} for n in range(len(at))}
    stories = [{"article": f"articles/s{n}.yaml", "level": 4, "at": place} for n, place in enumerate(at)]
    edition = write_paper(tmp_path, articles, layout="auto", stories=stories)
    [page] = check(edition).pages
    grid = page.geometry.grid
    drawn = {rule.name: rule.stripes[0] for rule in page.geometry.rules}
    assert set(drawn) == {"rule-across", "rule-down"}
    stripes = [rule.stripes[0] for rule in page.geometry.rules]
    wide = max(stripes, key=lambda stripe: stripe.width)
    assert abs(wide.width - grid.main.width) < 50, "over the whole type area"
    assert not page.geometry.furniture
    built = build_edition(edition, tmp_path / "out", "--for", "web,print")
    assert not [
        d for d in built.report["diagnostics"] if d["code"] in ("layout.rules-too-close", "preflight.thin-rules")
    ]


def test_a_double_rule_under_the_lead_alone() -> None:
    lead, *rest = places((1, 1, 5, 20), (1, 21, 2, 30), (3, 21, 3, 15), (3, 36, 3, 15))
    across, _ = rules_between([lead, *rest], lead=lead)
    assert [(rule.line, rule.under_lead) for rule in across] == [(19.5, True), (34.5, False)]
