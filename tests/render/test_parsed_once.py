"""Style sheets are parsed once: printkit's own for all papers, a paper's own where its folder may be read."""

from pathlib import Path
from typing import Any

import cssselect2
import pytest
import tinyhtml5

from printkit.render.engine import Fetcher, _css_once
from printkit.render.templates import STYLES


def parsed(sheet: Path, *roots: Path) -> Any:
    fetcher = Fetcher(roots)
    css = _css_once(url=sheet.as_uri(), url_fetcher=fetcher, page_rules=[], counter_style={}, layers=[])
    assert fetcher.read == {sheet}
    return css


def test_a_sheet_of_printkits_own_is_parsed_once_for_two_papers(tmp_path: Path) -> None:
    papers = [tmp_path / name for name in "ab"]
    one, other = (parsed(STYLES / "base.css", paper, STYLES) for paper in papers)
    assert one is other


def test_a_papers_own_is_for_those_who_may_read_it_and_parsed_anew_when_it_changes(tmp_path: Path) -> None:
    sheet = tmp_path / "paper/house.css"
    sheet.parent.mkdir()
    sheet.write_text("p { color: red }")
    first = parsed(sheet, sheet.parent, STYLES)
    assert parsed(sheet, sheet.parent, STYLES) is first
    with pytest.raises(Exception, match="outside the paper's folder"):
        parsed(sheet, tmp_path / "other", STYLES)
    sheet.write_text("p { color: darkred }")
    assert parsed(sheet, sheet.parent, STYLES) is not first


def test_a_selector_is_compiled_when_it_is_first_asked() -> None:
    page = cssselect2.ElementWrapper.from_html_root(tinyhtml5.parse("<p class=a><p>", namespace_html_elements=False))
    ours, other = cssselect2.compile_selector_list("p.a, :is(tt, i) + em")
    assert [ours.test(element) for element in page.query_all("p")] == [True, False]
    assert ours.test.__closure__[0].cell_contents
    assert not other.test.__closure__[0].cell_contents
