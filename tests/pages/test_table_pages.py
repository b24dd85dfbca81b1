"""Tables on finished pages: their text comes back row by row, stands on the grid, and every reader gets each line."""

import re
import textwrap
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.source import read_edition
from tests.support.checks import (
    Outlines,
    assert_apart,
    assert_text,
    copy_of,
    page_glyphs,
    pdfium_text,
    poppler_lines,
    squeeze,
    without_actual_text,
)
from tests.support.papers import Built, build_edition, run, write_paper

TEXT = (
    "食堂的大门比往常早开了半个小时。管理员老唐把新写的价目牌挂上墙，红底白字，二十样菜一样不少。“价钱是职工代表一样一样"
    "问出来的。”他说，“谁觉得不对，当场就能改。”"
)
ROWS = [
    ("小米粥", "早餐一号", "1.00元"),
    ("番茄鸡蛋面", "面食三号", "8.50元"),
    ("**红烧带鱼**", "热菜五号", "12.00元"),
    ("清炒时蔬（随季节更换，以当日牌价为准）", "热菜六号", "4.00元"),
    ("[夜班套餐](https://example.org/night)", "夜餐窗口", "9.90元"),
    ("豆浆 *ABC* 装", "各窗口", "免费"),
]
TABLE = "\n".join(["| 品名 | 窗口 | 每份 |", "|---|---|--:|", *(f"| {' | '.join(row)} |" for row in ROWS)])
CELLS = ["".join(re.sub(r"\]\(.*?\)|[\[*]", "", cell) for cell in row) for row in [("品名", "窗口", "每份"), *ROWS]]


def paper(folder: Path, css: str = "", table: str = TABLE) -> Path:
    """Write a paper of one story with a table amid its text."""
    (folder / "own.css").write_text(css, encoding="utf-8")
    edition = write_paper(folder, {"canteen": {}}, paper={"stylesheets": ["own.css"]})
    # As an editor writes it; PyYAML would write each line of the table as a paragraph of its own.
    body = textwrap.indent("\n\n".join([TEXT, table, *[TEXT] * 5]), "  ")
    article = f"headline: 价目牌上墙\nbody: |\n{body}\n"
    (folder / "articles/canteen.yaml").write_text(article, encoding="utf-8")
    return edition


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("table")
    return build_edition(paper(folder, ":root { --columns: 2; }"), folder / "out")


def test_a_story_with_a_table_reads_row_by_row(built: Built) -> None:
    [page] = read_edition(built.source)[0].pages
    assert built.errors() == []
    assert_text(built.pdf("01"), 0, copy_of(page.stories[0].article))


def test_rows_stand_on_the_grid_of_the_text_and_no_glyph_on_another(built: Built) -> None:
    bare = without_actual_text(built.pdf("01"))
    glyphs = page_glyphs(bare)
    assert_apart(glyphs, Outlines(bare, 0))
    text = "".join(g.char for g in glyphs)
    start, end = text.index("品名窗口"), text.index("免费")
    step = built.page("1")["body_step"][1]
    base = glyphs[text.index("食堂的大门")].y
    for glyph in glyphs[start:end]:
        offset = (glyph.y - base + step / 2) % step - step / 2
        assert abs(offset) < 0.05, glyph


def test_a_table_over_columns_comes_back_whole(tmp_path: Path) -> None:
    found = build_edition(paper(tmp_path, ".story { --table-columns: 2; --table-rules: grid; }"), tmp_path / "out")
    assert found.errors() == []
    table = "".join(squeeze(row) for row in CELLS)
    assert table in pdfium_text(found.pdf("01"))
    assert table in squeeze("".join(poppler_lines(found.pdf("01"))))
    with pikepdf.open(found.pdf("01")) as pdf:
        links = [str(a.A.URI) for a in pdf.pages[0].Annots if "/A" in a]
    assert links == ["https://example.org/night"]


def codes(source: Path, *arguments: str) -> dict[str, Any]:
    ended = run("check", source, "--json", *arguments)
    return {d["code"]: d for d in ended.report["diagnostics"]} | {"exit": ended.code}


def test_a_table_wider_than_its_column_is_told_and_shown(tmp_path: Path) -> None:
    wide = "\n".join([f"|{'|'.join('一二三四五六七八九')}|", "|-" * 9 + "|", *[f"|{'|'.join(['1234567'] * 9)}|"] * 3])
    source = paper(tmp_path, table=wide)
    told = codes(source)
    assert told["exit"] == 1
    finding = told["makeup.table-too-wide"]
    assert finding["file"].endswith("canteen.yaml")
    lines = (source.parent / finding["file"]).read_text(encoding="utf-8").splitlines()
    assert "|一|二|" in "".join(lines[finding["line"] - 1 :])
    assert "表格太宽" in "".join(poppler_lines(build_edition(source, tmp_path / "out").pdf("01")))


def test_a_character_of_a_cell_that_no_font_has_is_told(tmp_path: Path) -> None:
    told = codes(paper(tmp_path, table="|甲|乙|\n|-|-|\n|\U000f0000|1|"))
    assert "U+F0000" in told["fonts.missing-character"]["message"]


@pytest.mark.parametrize("css", ["--table-columns: x", "--table-columns: -1", "--table-rules: none"])
def test_a_wrong_value_of_the_style_is_told(tmp_path: Path, css: str) -> None:
    told = codes(paper(tmp_path, f".story {{ {css}; }}"))
    assert told["exit"] == 3
    assert css.split(":")[0] in told["style.value"]["message"]
