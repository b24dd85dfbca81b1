"""Reprints: every story whole on A4, for the board and in large type."""

import itertools
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from printkit.commands.check import check
from printkit.epaper import names
from printkit.model.article import Article
from printkit.model.edition import Edition, Story
from printkit.source import read_edition
from printkit.units import MM
from tests.support.checks import Glyph, page_glyphs, pdfium_text, squeeze, without_actual_text
from tests.support.papers import Run, digest, portrait, run, write_paper, write_yaml
from tests.support.structure import Structure
from tests.support.templates import spied

SAMPLE = Path(__file__).parents[2] / "samples/tabloid/edition.yaml"
SITE = "https://lanting.example.org/"
LINE = "窗口的灯亮到很晚，来办事的人坐下喝口热水，再说要办的事。"


class Reprinted:
    """A run of the command, and the folder of the issue."""

    def __init__(self, edition: Path, out: Path, *arguments: object) -> None:
        self.ended = run("reprint", edition, "-o", out, "--json", *arguments)
        self.folder = next((p for p in out.glob("2*") if p.is_dir()), out)
        self.edition = edition

    def pages(self, name: str) -> int:
        with pikepdf.open(self.folder / name) as pdf:
            return len(pdf.pages)

    def text(self, name: str) -> str:
        return squeeze(Structure(self.folder / name).root.text)

    def body(self, name: str, page: int, size: float) -> list[Glyph]:
        """The Han of a page's body, by its size."""
        glyphs = page_glyphs(without_actual_text(self.folder / name), page)
        return [g for g in glyphs if abs(g.size - size) < 0.01 and g.is_han]


@pytest.fixture(scope="module")
def reprints(tmp_path_factory: pytest.TempPathFactory) -> Reprinted:
    """The reprints of the tabloid, which has a jump, sections, a table, groups, wrapped pictures and briefs."""
    return Reprinted(SAMPLE, tmp_path_factory.mktemp("clips") / "out")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Reprinted:
    """The same in large type."""
    return Reprinted(SAMPLE, tmp_path_factory.mktemp("large") / "out", "--large")


def stories(edition: Edition) -> Iterator[Story]:
    return (story for page in edition.pages for story in page.stories if not story.ad)


def copy_of(article: Article) -> Iterator[str]:
    """Every piece of an article's copy."""
    headings = (article.kicker, article.headline, article.deck, *(s.headline for s in article.sections))
    for heading in headings:
        yield from heading.lines if heading else ()
    yield from (byline.name for byline in article.byline)
    yield article.dateline
    yield article.source
    sections = [paragraph for section in article.sections for paragraph in section.body]
    for paragraph in (*article.editor_note, *article.body, *sections):
        rows = (paragraph.table.head, *paragraph.table.rows) if paragraph.table else ()
        yield from (cell.text for row in rows for cell in row)
        yield "" if paragraph.table else paragraph.text
    for section in article.sections:
        yield from (section.name, section.title)
    for picture in article.pictures:
        yield from (picture.caption, picture.credit)


def missing(edition: Edition, made: Reprinted, folder: str) -> dict[str, list[str]]:
    """The pieces of each story that its reprint lacks."""
    found = {}
    for story in stories(edition):
        text = made.text(f"{folder}/{story.id}.pdf")
        found[story.id] = [piece for piece in copy_of(story.article) if squeeze(piece) not in text]
    return found


# --- what a reprint holds ---------------------------------------------------------------------------


def test_every_story_has_a_file_and_all_its_copy_in_it(reprints: Reprinted) -> None:
    edition, _ = read_edition(reprints.edition)
    assert reprints.ended.code == 0, reprints.ended.err
    files = {p.stem for p in (reprints.folder / "clip").iterdir()}
    assert files == {story.id for story in stories(edition)} | {names.briefs("1")}
    assert missing(edition, reprints, "clip") == {story.id: [] for story in stories(edition)}


def test_large_type_holds_all_the_copy_too(large: Reprinted) -> None:
    edition, _ = read_edition(large.edition)
    assert large.ended.code == 0, large.ended.err
    assert missing(edition, large, "large") == {story.id: [] for story in stories(edition)}


def test_a_story_that_goes_on_elsewhere_is_reprinted_whole(reprints: Reprinted) -> None:
    text = reprints.text("clip/contest.pdf")
    assert "下转" not in text
    assert "上接" not in text
    words = [f.alt for f in Structure(reprints.folder / "clip/contest.pdf").root.all("Figure")]
    assert words[:2] == ["本稿在第01版 要闻的位置", "本稿在第03版 权益的位置"]
    assert "第1187期第01版要闻、第03版权益" in text


def test_all_pages_are_a4_and_numbered(reprints: Reprinted) -> None:
    counts = set()
    for file in sorted((reprints.folder / "clip").glob("*.pdf")):
        with pikepdf.open(file) as pdf:
            total = len(pdf.pages)
            boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
        assert boxes == [pytest.approx([0, 0, 595.276, 841.89], abs=0.1)] * total
        for page in range(total):
            assert f"第{page + 1}页共{total}页" in pdfium_text(file, page)
        counts.add(total)
    assert counts >= {1, 2, 3}, "the sample has stories of several lengths"


def test_the_strip_tells_paper_date_issue_and_page(reprints: Reprinted) -> None:
    strip = reprints.text("clip/bargaining.pdf")
    assert strip.startswith("澜汀工会报2024年8月9日星期五第1187期第03版权益")
    assert squeeze(f"电子版：{SITE}2024/08/09/story/bargaining.html") in strip


def test_the_code_leads_to_the_story_on_the_site(reprints: Reprinted) -> None:
    for story in ("contest", "brief-chess"):
        document = pypdfium2.PdfDocument(reprints.folder / f"clip/{story}.pdf")
        picture = document[0].render(scale=3).to_pil()
        document.close()
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{SITE}2024/08/09/story/{story}.html"]


def test_the_picture_of_the_page_marks_the_storys_own_place(reprints: Reprinted) -> None:
    """The story at the foot of the page's left columns: red is over the foot of its picture, not over its head."""
    document = pypdfium2.PdfDocument(reprints.folder / "clip/injury.pdf")
    page = document[0].render(scale=4).to_pil().convert("RGB")
    document.close()
    top, foot = (13 + 30 - 2.5 - 28) * 72 / 25.4, (13 + 30 - 2.5) * 72 / 25.4
    strip = page.crop(((400 * 4), int(top * 4), (460 * 4), int(foot * 4)))
    red = [
        (n // strip.width) / strip.height
        for n, (r, g, b) in enumerate(zip(*(strip.getchannel(c).tobytes() for c in "RGB"), strict=True))
        if r > g + 40 and abs(g - b) < 40
    ]
    assert len(red) > 400
    assert sum(place > 0.45 for place in red) > 0.9 * len(red)


def test_the_whole_issue_is_one_file_in_the_order_of_the_pages(reprints: Reprinted) -> None:
    edition, _ = read_edition(reprints.edition)
    name = "2024-08-09-clips.pdf"
    total = sum(reprints.pages(f"clip/{story.id}.pdf") for story in stories(edition))
    assert reprints.pages(name) == total
    articles = [tag.title for tag in Structure(reprints.folder / name).root.all("Art")]
    titles = [s.article.headline.text for s in stories(edition) if s.article.headline]
    assert [title for title in articles if title in titles] == titles
    with pikepdf.open(reprints.folder / name) as pdf, pdf.open_outline() as outline:
        assert len(outline.root) == len(list(stories(edition)))
    assert sum(p.stat().st_size for p in (reprints.folder / "clip").iterdir()) < 5_000_000


def test_the_briefs_of_a_page_share_a_sheet(reprints: Reprinted, large: Reprinted) -> None:
    edition, _ = read_edition(reprints.edition)
    sheets = [path.stem for path in (reprints.folder / "clip").glob("*.*.pdf")]
    assert sheets == [names.briefs("1")]
    assert not list((large.folder / "large").glob("*.*.pdf"))
    name = names.reprint_pdf(sheets[0])
    text = reprints.text(name)
    assert reprints.pages(name) == 1
    briefs = [story for story in stories(edition) if story.level == 5]
    assert len(briefs) == 5
    assert [piece for story in briefs for piece in copy_of(story.article) if squeeze(piece) not in text] == []
    assert next(f.alt for f in Structure(reprints.folder / name).root.all("Figure")) == "本稿在第01版 要闻的位置"
    document = pypdfium2.PdfDocument(reprints.folder / name)
    picture = document[0].render(scale=3).to_pil()
    document.close()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{SITE}2024/08/09/01.html"]


# --- how it is set -----------------------------------------------------------------------------------


def feet(glyphs: list[Glyph]) -> list[float]:
    """The last baseline of each column."""
    columns: dict[int, float] = {}
    starts = sorted({round(g.x) for g in glyphs})
    edges = [x for i, x in enumerate(starts) if i == 0 or x - starts[i - 1] > 25]
    for glyph in glyphs:
        column = sum(edge <= round(glyph.x) for edge in edges)
        columns[column] = max(columns.get(column, 0), glyph.y)
    return list(columns.values())


@pytest.mark.parametrize(
    ("story", "size", "columns"),
    [("cool-truck", 12, 2), ("contest", 12, 2), ("night-station", 12, 2), ("injury", 12, 2)],
)
def test_the_columns_of_the_last_page_end_on_one_line(
    reprints: Reprinted, story: str, size: float, columns: int
) -> None:
    name = f"clip/{story}.pdf"
    found = feet(reprints.body(name, reprints.pages(name) - 1, size))
    assert len(found) == columns
    assert max(found) - min(found) < 0.1


def test_a_full_page_is_full_to_its_foot(reprints: Reprinted) -> None:
    found = feet(reprints.body("clip/summer-notes.pdf", 1, 10.5))
    assert len(found) == 3
    assert all(foot > 841.89 - 21 * 72 / 25.4 - 6 * 17 for foot in found)


def test_short_copy_is_set_larger_in_fewer_columns(reprints: Reprinted) -> None:
    assert len(feet(reprints.body("clip/brief-chess.pdf", 0, 14))) == 1
    assert len(feet(reprints.body("clip/summer-notes.pdf", 0, 10.5))) == 3


def test_large_type_is_16_points_in_one_column(large: Reprinted) -> None:
    for story in ("contest", "summer-notes", "brief-chess"):
        name = f"large/{story}.pdf"
        for page in range(large.pages(name)):
            glyphs = large.body(name, page, 16)
            baselines = sorted({round(g.y, 1) for g in glyphs})
            assert len(glyphs) > 10
            assert max(g.right for g in glyphs) - min(g.left for g in glyphs) > 300
            steps = [b - a for a, b in itertools.pairwise(baselines)]
            assert all(step > 27.9 for step in steps), "no two columns stand side by side"


def test_a_long_tag_of_large_type_stays_on_one_line(large: Reprinted) -> None:
    tags = [g for g in page_glyphs((large.folder / "large/contest.pdf").read_bytes(), 0) if abs(g.size - 12) < 0.01]
    lines = {round(g.y): "" for g in tags}
    for glyph in tags:
        lines[round(glyph.y)] += glyph.char
    assert "第01版要闻、第03版权益" in " ".join(map(squeeze, lines.values()))


def test_a_house_may_have_large_type_in_sans(tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    style = ".reprint-large { --body-font: var(--head-font); }"
    (tmp_path / "paper/own.css").write_text(style, encoding="utf-8")
    made = reprinted(tmp_path, {"headline": "甲题", "body": LINE}, "--large", stylesheets=["own.css"])
    assert {"Sans" in glyph.font for glyph in made.body("large/a.pdf", 0, 16)} == {True}


def test_a_reader_hears_the_story_in_order(reprints: Reprinted) -> None:
    root = Structure(reprints.folder / "clip/contest.pdf").root
    assert [tag.name for tag in root.kids][-2:] == ["Art", "P"]
    story = root.all("Art")[0]
    assert [tag.text for tag in story.all("H1")] == ["车间出题 赛场解题"]
    over = [tag for tag in story.all("P") if len(set(tag.pages)) == 2]
    assert len(story.all("H2")) == 4
    assert all(re.search(r"[。”]$", squeeze(tag.text)) for tag in over), "a paragraph over two pages is one"


# --- single stories, other builds ---------------------------------------------------------------------


def test_one_story_is_added_to_what_stands_there(tmp_path: Path) -> None:
    edition = write_paper(tmp_path / "paper", {"a": {"headline": "甲题", "body": LINE * 30}})
    out = tmp_path / "out"
    assert run("build", edition, "-o", out).code == 0
    report = (out / "2024-01-10/report.json").read_bytes()
    made = Reprinted(edition, out)
    first = digest(made.folder / "clip/a.pdf")
    made = Reprinted(edition, out, "--story", "a", "--large")
    assert [o["path"] for o in made.ended.report["outputs"]] == ["2024-01-10/large/a.pdf"]
    assert digest(made.folder / "clip/a.pdf") == first
    assert (made.folder / "report.json").read_bytes() == report
    manifest = (made.folder / "manifest.json").read_text(encoding="utf-8")
    assert all(name in manifest for name in ("web/01.pdf", "clip/a.pdf", "large/a.pdf", "2024-01-10-clips.pdf"))
    assert [p.name for p in out.iterdir()] == ["2024-01-10"]


def test_a_stopped_reprint_leaves_the_last_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = write_paper(tmp_path / "paper", {"a": {"headline": "甲题", "body": LINE * 30}})
    out = tmp_path / "out"
    before = Reprinted(edition, out)
    first = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert before.pages("clip/a.pdf") == 1
    write_paper(tmp_path / "paper", {"a": {"headline": "乙题", "body": LINE * 30}})

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("printkit.commands.reprint.write_json", stop)
    assert run("reprint", edition, "-o", out).code == 130
    assert {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()} == first


def test_a_name_in_han_is_written_as_addresses_have_it(tmp_path: Path) -> None:
    entry = {"article": "articles/a.yaml", "id": "职代会", "level": 2}
    articles = {"a": {"headline": "甲题", "body": LINE * 9}}
    edition = write_paper(tmp_path / "paper", articles, stories=[entry], paper={"site": {"base_url": SITE}})
    made = Reprinted(edition, tmp_path / "out", "--story", "职代会")
    assert [p.name for p in (made.folder / "clip").iterdir()] == ["职代会.pdf"]
    document = pypdfium2.PdfDocument(made.folder / "clip/职代会.pdf")
    codes = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    document.close()
    assert [code.text for code in codes] == [f"{SITE}2024/01/10/story/%E8%81%8C%E4%BB%A3%E4%BC%9A.html"]


@pytest.mark.parametrize("large", [[], ["--large"]])
def test_a_long_address_is_shown_on_two_lines_and_is_whole_in_code_and_link(tmp_path: Path, large: list[str]) -> None:
    name = "汉" * 66
    entry = {"article": "articles/a.yaml", "id": name, "level": 2}
    articles = {"a": {"headline": "甲题", "body": LINE * 9}}
    edition = write_paper(tmp_path / "paper", articles, stories=[entry], paper={"site": {"base_url": SITE}})
    made = Reprinted(edition, tmp_path / "out", "--story", name, *large)
    address = f"{SITE}2024/01/10/story/{quote(name)}.html"
    file = made.folder / f"{'large' if large else 'clip'}/{name}.pdf"
    with pikepdf.open(file) as pdf:
        assert {str(a.A.URI) for a in pdf.pages[0].Annots if "/A" in a} == {address}
    document = pypdfium2.PdfDocument(file)
    codes = zxingcpp.read_barcodes(document[0].render(scale=4).to_pil())
    text = document[0].get_textpage()
    shown = squeeze(text.get_text_bounded(bottom=0, top=48))
    number = text.get_text_bounded(left=480, bottom=0, top=48)
    lowest = min(text.get_charbox(at)[1] for at in range(text.count_chars()))
    text.close()
    document.close()
    assert [code.text for code in codes] == [address]
    assert len(shown) > 100
    assert "…" in shown  # it says that it is cut
    assert squeeze(number) == "第1页共1页"  # with nothing of the address over it
    assert lowest > 5 * 72 / 25.4  # what office printers reach


@pytest.mark.parametrize("name", ["head.svg", "head.png"])
def test_a_masthead_may_be_a_picture(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    red = '<rect width="300" height="60" fill="#a11"/>'
    (folder / "head.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">{red}</svg>')
    Image.new("RGB", (300, 60), "#aa1111").save(folder / "head.png")
    made = reprinted(tmp_path, {"headline": "甲题", "body": LINE * 9}, masthead=name)
    figures = Structure(made.folder / "clip/a.pdf").root.all("Figure")
    assert [f.alt for f in figures] == ["试排日报", "本稿在第01版 试版的位置"]
    left, bottom, right, top = (float(side) for side in figures[0].attributes.BBox)
    assert left == pytest.approx(20 * 72 / 25.4, abs=1)
    assert 740 < bottom < top < 842
    assert right - left > 150


def test_a_story_that_is_not_there_is_bad_usage(reprints: Reprinted, tmp_path: Path) -> None:
    ended = run("reprint", reprints.edition, "--story", "cool-trukc", "-o", tmp_path / "out")
    assert ended.code == 2
    assert "usage.no-such-story" in ended.err
    assert "did you mean “cool-truck”?" in ended.err
    assert not (tmp_path / "out").exists()


def test_faults_of_the_edition_write_nothing(tmp_path: Path) -> None:
    edition = write_paper(tmp_path, {"a": {"headline": "甲题"}})
    ended = run("reprint", edition, "-o", tmp_path / "out")
    assert ended.code == 3
    assert not (tmp_path / "out").exists()


def test_the_same_edition_gives_the_same_bytes(reprints: Reprinted, elsewhere: Path) -> None:
    again = elsewhere / "reprints" / reprints.folder.name
    files = sorted(p.relative_to(reprints.folder) for p in reprints.folder.rglob("*.pdf"))
    assert len(files) == 20
    assert [f for f in files if (reprints.folder / f).read_bytes() != (again / f).read_bytes()] == []


# --- odd copy ------------------------------------------------------------------------------------------


def reprinted(folder: Path, article: dict[str, Any], *arguments: object, **paper: Any) -> Reprinted:
    """Reprint one story, which the newspaper page may be too small for."""
    edition = write_paper(folder / "paper", {"a": article}, paper=paper)
    return Reprinted(edition, folder / "out", *arguments)


def codes(ended: Run) -> set[str]:
    return {d["code"] for d in ended.report["diagnostics"] if d["severity"] == "error"}


def test_a_paper_without_a_site_has_no_code_and_no_address(tmp_path: Path) -> None:
    made = reprinted(tmp_path, {"headline": "甲题", "body": LINE * 20})
    assert "电子版" not in made.text("clip/a.pdf")
    assert len(Structure(made.folder / "clip/a.pdf").root.all("Figure")) == 1


def test_a_story_of_pictures_alone(tmp_path: Path) -> None:
    portrait(tmp_path / "paper/images/p.png")
    pictures = [{"file": "../images/p.png", "caption": f"第{n}幅图的说明", "alt": "人像"} for n in range(5)]
    made = reprinted(tmp_path, {"pictures": pictures})
    text = made.text("clip/a.pdf")
    assert all(f"第{n}幅图的说明" in text for n in range(5))
    figures = [f for f in Structure(made.folder / "clip/a.pdf").root.all("Figure") if f.alt == "人像"]
    assert len(figures) == 5
    for figure in figures:
        left, bottom, right, top = (float(side) for side in figure.attributes.BBox)
        assert (top - bottom) / (right - left) == pytest.approx(4 / 3, rel=0.1), "no picture is cut to a strip"
        assert bottom > 50


def test_a_brief_without_headline(tmp_path: Path) -> None:
    made = reprinted(tmp_path, {"brief": True, "body": "工人文化宫周末照常开放。"})
    assert made.pages("clip/a.pdf") == 1
    assert "工人文化宫周末照常开放。" in made.text("clip/a.pdf")


def test_a_table_longer_than_a_page_goes_on_under_its_head(tmp_path: Path) -> None:
    rows = "\n".join(f"| 第{n}样工具 | 三号库房 | {n}元 |" for n in range(1, 140))
    body = f"开头一段。{LINE * 6}\n\n| 名称 | 存放 | 价钱 |\n|---|---|--:|\n{rows}\n\n结尾一段。"
    edition = write_paper(tmp_path / "paper", {"a": {}})
    article = f"headline: 工具清单\nbody: |\n{textwrap.indent(body, '  ')}\n"
    (tmp_path / "paper/articles/a.yaml").write_text(article, encoding="utf-8")
    made = Reprinted(edition, tmp_path / "out", "--large")
    name = "large/a.pdf"
    root = Structure(made.folder / name).root
    tables = root.all("Table")
    assert made.pages(name) > 3
    assert len(tables) == 1
    assert [squeeze(row.text) for row in tables[0].all("TR")] == [
        "名称存放价钱",
        *(f"第{n}样工具三号库房{n}元" for n in range(1, 140)),
    ]
    for page in range(1, made.pages(name) - 1):
        assert "名称存放价钱" in pdfium_text(made.folder / name, page)
    assert "结尾一段。" in pdfium_text(made.folder / name, made.pages(name) - 1)


def test_a_very_long_story_is_whole(tmp_path: Path) -> None:
    body = "\n\n".join(f"第{n}段：{LINE * (n % 5 + 1)}" for n in range(400))
    made = reprinted(tmp_path, {"headline": "长稿", "body": body})
    text = made.text("clip/a.pdf")
    assert all(f"第{n}段：{squeeze(LINE)}" in text for n in range(400))
    assert 8 < made.pages("clip/a.pdf") < 30


def test_hostile_copy_is_copy(tmp_path: Path) -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 6
    article = {
        "headline": "<script>alert('题')</script> & “引号” {{ paper }} " + "很长的题" * 12,
        "body": f"</article><img src=x onerror=alert(1)> {{% raw %}} {word} 完了。",
        "byline": [{"role": "<b>记者", "name": 'O"Neil'}],
    }
    made = reprinted(tmp_path, article, site={"base_url": SITE})
    text = made.text("clip/a.pdf").replace("-", "")  # hyphens at the ends of lines
    assert "<script>alert('题')</script>&“引号”{{paper}}" in text.replace("’", "'").replace("‘", "'")
    assert "</article><imgsrc=xonerror=alert(1)>{%raw%}" in text
    assert "<b>记者" in text
    assert word in text


def test_an_edition_of_advertisements_has_nothing_to_reprint(tmp_path: Path) -> None:
    write_yaml(tmp_path / "paper.yaml", {"name": "试排日报", "page_size": "tabloid"})
    page = {"number": "1", "layout": "inside-ad", "stories": [{"ad": "reserved", "slot": "ad", "alt": "广告"}]}
    edition = write_yaml(tmp_path / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": [page]})
    ended = run("reprint", edition, "-o", tmp_path / "out")
    assert ended.code == 2
    assert "usage.nothing-to-reprint" in ended.err


# --- a layout of one's own ------------------------------------------------------------------------------


def test_a_papers_own_layout_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "paper/layouts/reprint"
    shutil.copytree(Path(__file__).parents[2] / "layouts/reprint", own)
    page = own / "page.html.j2"
    page.write_text(page.read_text(encoding="utf-8").replace("扫码看电子版", "扫一扫"), encoding="utf-8")
    made = reprinted(tmp_path, {"headline": "甲题", "body": LINE * 20}, site={"base_url": SITE})
    assert "扫一扫" in made.text("clip/a.pdf")


def test_a_layout_without_its_slots_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "paper/layouts/reprint"
    own.mkdir(parents=True)
    html = '{% extends "shared/page.html.j2" %}{% block page %}<main><section data-slot="first" class="whole"></section></main>{% endblock %}'
    (own / "page.html.j2").write_text(html, encoding="utf-8")
    made = reprinted(tmp_path, {"headline": "甲题", "body": LINE * 20})
    assert made.ended.code == 3
    assert codes(made.ended) == {"layout.reprint-slots"}
    assert not made.folder.exists()


def test_no_newspaper_page_takes_the_layout_of_a_reprint(tmp_path: Path) -> None:
    edition = write_paper(tmp_path, {"a": {"headline": "甲题", "body": LINE}}, layout="reprnt")
    ended = run("check", edition)
    assert ended.code == 3
    assert "layout.unknown" in ended.err
    assert "reprint" not in ended.err


# --- what is only the newspaper's -------------------------------------------------------------------------


def test_what_moves_the_last_page_of_the_newspaper_moves_no_reprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = {"headline": "甲题", "body": LINE * 20}
    edition = write_paper(tmp_path / "paper", {"a": article}, paper={"stylesheets": ["house.css"]})
    house = tmp_path / "paper/house.css"
    house.write_text("", encoding="utf-8")
    [before] = check(edition).pages
    house.write_text(".last main { margin-left: 3mm }", encoding="utf-8")
    [moved] = check(edition).pages
    assert moved.geometry.grid.main.x - before.geometry.grid.main.x == pytest.approx(3 * MM, abs=5)
    assert run("build", edition, "-o", tmp_path / "out").code in (0, 1)
    given = spied(monkeypatch)
    for arguments in ([], ["--large"]):
        made = Reprinted(edition, tmp_path / "out", *arguments)
        assert made.ended.code in (0, 1), made.ended.report["diagnostics"]
    for name in ("reprint/page.html.j2", "reprint-large/page.html.j2"):
        assert {(page["first"], page["last"]) for page in given[name]} == {(False, False)}
    assert {(page["first"], page["last"]) for page in given["feature/page.html.j2"]} == {(True, True)}


def test_pictures_for_wechat_stand_beside_the_copy_for_a_public_account(tmp_path: Path) -> None:
    portrait(tmp_path / "a/images/图.png")
    picture = {"file": "../images/图.png", "caption": "图注"}
    edition = write_paper(tmp_path / "a", {"one": {"headline": "一篇稿件", "body": LINE, "pictures": [picture]}})
    made = Reprinted(edition, tmp_path / "out", "--wechat")
    assert made.ended.code == 0
    kinds = {"article.html", "card.jpg", "long-1.jpg", "square.jpg"}
    assert {path.name for path in (made.folder / "wechat/one").iterdir()} == kinds
    page = (made.folder / "wechat/one/article.html").read_text(encoding="utf-8")
    [source] = re.findall(r'src="([^"]+)"', page)  # the paper has no site, so that the picture is here
    assert (made.folder / "wechat/one" / source).resolve().is_file()
    refused = run("reprint", edition, "-o", tmp_path / "out", "--wechat", "--large")
    assert (refused.code, "--large" in refused.err) == (2, True)
