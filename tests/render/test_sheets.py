"""What is parsed once means the same: style sheets with order, changes, warnings, imports; the parser's expressions."""

import os
from pathlib import Path

from tinyhtml5 import inputstream

from printkit.render.engine import Fetcher, font_configuration, weasyprint
from printkit.render.log import listening


def laid_out(folder: Path, head: str) -> tuple[float, float, list[str]]:
    """Lay out a page; return its width, the paragraph's height (px), and what WeasyPrint said."""
    html = f"<!DOCTYPE html><html lang=zh><head>{head}</head><body style='margin:0'><p>字</p></body></html>"
    with listening() as records:
        page = weasyprint.HTML(string=html, base_url=folder.as_uri() + "/", url_fetcher=Fetcher([folder]))
        document = page.render(font_config=font_configuration())
    box = next(b for b in document.pages[0]._page_box.descendants() if b.element_tag == "p")
    return document.pages[0].width, box.height, [record.getMessage() for record in records]


def sheet(path: Path, css: str, second: int = 0) -> str:
    path.write_text(css, encoding="utf-8")
    os.utime(path, ns=(10**18 + second, 10**18 + second))
    return f'<link rel="stylesheet" href="{path.as_uri()}">'


def test_a_sheet_says_the_same_on_every_page(tmp_path: Path) -> None:
    link = sheet(tmp_path / "a.css", "@page{size:300px 200px} p{height:40px;margin:0;colour:red}")
    first, second = laid_out(tmp_path, link), laid_out(tmp_path, link)
    assert first[:2] == (300, 40)
    assert len(first[2]) == 1
    assert second == first


def test_what_follows_still_wins_and_what_precedes_does_not(tmp_path: Path) -> None:
    link = sheet(tmp_path / "b.css", "@page{size:300px 200px} p{height:40px;margin:0}")
    before, after = "<style>@page{size:100px 100px} p{height:10px}</style>", "<style>p{height:70px}</style>"
    page = "<style>@page{size:500px 500px}</style>"
    for _ in range(2):
        assert laid_out(tmp_path, before + link)[:2] == (300, 40)
        assert laid_out(tmp_path, before + link + after)[:2] == (300, 70)
        assert laid_out(tmp_path, before + link + page)[:2] == (500, 40)


def test_a_sheet_that_was_changed_is_read_again(tmp_path: Path) -> None:
    link = sheet(tmp_path / "c.css", "p{height:40px;margin:0}")
    assert laid_out(tmp_path, link)[1] == 40
    assert laid_out(tmp_path, sheet(tmp_path / "c.css", "p{height:50px;margin:0}", 5))[1] == 50


def test_a_sheet_that_another_imports_may_change(tmp_path: Path) -> None:
    sheet(tmp_path / "inner.css", "p{height:40px;margin:0}")
    link = sheet(tmp_path / "outer.css", '@import "inner.css";')
    assert laid_out(tmp_path, link)[1] == 40
    sheet(tmp_path / "inner.css", "p{height:60px;margin:0}", 5)
    assert laid_out(tmp_path, link)[1] == 60


def test_a_sheet_outside_the_folders_is_refused_each_time(tmp_path: Path) -> None:
    inside, outside = tmp_path / "paper", tmp_path / "other"
    inside.mkdir()
    outside.mkdir()
    link = sheet(outside / "d.css", "p{height:40px;margin:0}")
    assert laid_out(tmp_path, link)[1] == 40
    for _ in range(2):
        assert laid_out(inside, link)[1] != 40
        assert any("outside the paper's folder" in line for line in laid_out(inside, link)[2])


def test_the_parsers_expressions_are_made_once() -> None:
    """Of tinyhtml5's own cache none is found again: its key is overwritten before it is filed."""
    page = "<p class=one>一<b title='二'>三</b><!-- 四 --></p>"
    weasyprint.HTML(string=page)
    known = dict(inputstream.characters_until_regex)
    weasyprint.HTML(string=page)
    assert known
    assert inputstream.characters_until_regex == known
