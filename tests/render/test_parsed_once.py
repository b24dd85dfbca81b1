"""Style sheets are parsed once: printkit's own for all papers, a paper's own where its folder may be read."""

from pathlib import Path
from typing import Any

import pytest

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
