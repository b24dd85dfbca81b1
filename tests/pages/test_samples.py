"""The sample editions, as they come out of the command: files, report, and what a reader finds in the PDFs."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from printkit.model.edition import Edition, Story
from printkit.preflight.document import open_document
from printkit.preflight.marks import TextMark
from printkit.source import read_edition
from tests.support.checks import (
    Outlines,
    Piece,
    assert_apart,
    assert_feature_page,
    assert_text,
    copy_of,
    embedded_font,
    glyph_numbers,
    page_glyphs,
    to_unicode,
    without_actual_text,
)
from tests.support.papers import Built, build_edition, digest, pages_of

REPORT_KEYS = {"outputs", "diagnostics", "pages", "stories", "versions"}
"""The keys of formats.md, «Commands»; more may stand beside them."""
DIAGNOSTIC_KEYS = {"severity", "code", "message", "hint", "file", "line", "column", "page", "story", "bbox"}
PAGE_KEYS = {"number", "closed", "over_lines", "under_lines", "white_share"}
STORY_KEYS = {"id", "page", "rectangles", "columns", "lines", "characters", "capacity", "over", "under", "steps"}


@pytest.fixture(params=["tabloid", "broadsheet"])
def sample(request: pytest.FixtureRequest) -> Built:
    """Each sample in turn, built once."""
    built = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built


def edition_of(built: Built) -> Edition:
    return read_edition(built.source)[0]


def parts_of(built: Built) -> list[list[Story]]:
    """The stories of each page as they stand, both parts of one that goes on elsewhere."""
    return [[s.story for s in made.stories] for made in pages_of(built.source)]


def feature_copy(built: Built, page: str) -> dict[str, list[Piece]]:
    return {s.id: copy_of(s.article) for p in edition_of(built).pages if p.number == page for s in p.stories}


# --- the pages ----------------------------------------------------------------------------------------


def test_feature_page_of_the_tabloid(tabloid: Built) -> None:
    assert_feature_page(tabloid.pdf("04"), 0, feature_copy(tabloid, "4"), tabloid.report)
    assert_feature_page(tabloid.pdf(), 3, feature_copy(tabloid, "4"), tabloid.report)


def test_feature_page_of_the_broadsheet(broadsheet: Built) -> None:
    assert_feature_page(broadsheet.pdf("A06"), 0, feature_copy(broadsheet, "A06"), broadsheet.report)


def test_every_story_reads_in_order(sample: Built) -> None:
    for index, stories in enumerate(parts_of(sample)):
        for story in stories:
            if sample.story(story.id)["over"]["lines"] == 0:
                assert_text(sample.pdf(), index, copy_of(story.article))


def test_no_glyph_lies_on_another(sample: Built) -> None:
    bare = without_actual_text(sample.pdf())
    for index, _ in enumerate(edition_of(sample).pages):
        assert_apart(page_glyphs(bare, index), Outlines(bare, index))


# --- the run and its files ------------------------------------------------------------------------------


def test_builds_without_an_error(sample: Built) -> None:
    assert sample.errors() == []
    assert sample.code == 0


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_output_tree(tabloid: Built, broadsheet: Built) -> None:
    pages = {f"{folder}/0{n}.pdf" for folder in ("web", "print") for n in range(1, 5)}
    rest = {"web/edition.pdf", "archive/edition.pdf", "report.json", "manifest.json"}
    assert tabloid.folder.name == "2024-08-09"
    assert set(files_of(tabloid.folder)) == pages | rest
    assert set(files_of(broadsheet.folder)) == {"web/A06.pdf", "print/A06.pdf"} | rest
    assert [p.name for p in tabloid.folder.parent.iterdir()] == [tabloid.folder.name]


def test_manifest_holds_the_hash_of_every_file(sample: Built) -> None:
    files = files_of(sample.folder)
    manifest = json.loads(files.pop("manifest.json"))
    told = {f["path"]: (f["bytes"], f["sha256"]) for f in manifest["files"]}
    assert told == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}


def test_report_has_the_promised_keys(sample: Built) -> None:
    report = sample.report
    assert json.loads((sample.folder / "report.json").read_bytes()) == report
    assert set(report) >= REPORT_KEYS
    assert all(set(d) >= DIAGNOSTIC_KEYS for d in report["diagnostics"])
    assert all(set(p) >= PAGE_KEYS for p in report["pages"])
    assert all(set(s) >= STORY_KEYS for s in report["stories"])
    for output in report["outputs"]:
        path = sample.folder.parent / output["path"]
        data = path.read_bytes()
        assert (output["bytes"], output["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert output["pages"] == len(pikepdf.open(path).pages)
    edition = edition_of(sample)
    assert [p["number"] for p in report["pages"]] == [p.number for p in edition.pages]
    assert [s["id"] for s in report["stories"]] == [s.id for stories in parts_of(sample) for s in stories]


def test_counts_add_up(sample: Built) -> None:
    for page in sample.report["pages"]:
        stories = [s for s in sample.report["stories"] if s["page"] == page["number"]]
        assert page["over_lines"] == sum(s["over"]["lines"] for s in stories)
        assert page["under_lines"] == sum(s["under"]["lines"] for s in stories)
        assert page["closed"] == (page["over_lines"] == page["under_lines"] == 0)
        for story in stories:
            assert not (story["over"]["lines"] and story["under"]["lines"])
            for x, y, width, height in story["rectangles"]:
                assert 0 <= x < x + width <= page["width"] + 0.01
                assert 0 <= y < y + height <= page["height"] + 0.01


def test_rectangles_of_stories_do_not_overlap(sample: Built) -> None:
    for page in sample.report["pages"]:
        placed = [
            (s["id"], r) for s in sample.report["stories"] if s["page"] == page["number"] for r in s["rectangles"]
        ]
        for number, (name, a) in enumerate(placed):
            for other, b in placed[:number]:
                wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
                high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
                assert name == other or wide < 0.01 or high < 0.01, (name, other, a, b)


# --- the PDFs as documents ----------------------------------------------------------------------------


def font_files(pdf: pikepdf.Pdf) -> list[Any]:
    """Return every font file embedded."""
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]


def test_one_font_file_for_each_face(sample: Built) -> None:
    pdf = pikepdf.open(sample.pdf())
    descriptors = font_files(pdf)
    names = [str(d.FontName) for d in descriptors]
    assert len(names) == len(set(names))
    streams = [(d.get("/FontFile3") or d.get("/FontFile2")) for d in descriptors]
    assert all(s is not None for s in streams)
    assert len({s.objgen for s in streams}) == len(streams)
    assert len({hashlib.sha256(s.read_raw_bytes()).digest() for s in streams}) == len(streams)
    resources = [page.Resources for page in pdf.pages]
    ads = [form.Resources for r in resources for form in r.get("/XObject", {}).values() if "/Resources" in form]
    used = {f.DescendantFonts[0].FontDescriptor.objgen for r in (*resources, *ads) for f in r.Font.values()}
    assert used == {d.objgen for d in descriptors}


def installed_files(names: Iterable[str]) -> list[Path]:
    """Return the installed font files of some names."""
    listed = subprocess.run(["fc-list", "--format=%{file}\n"], check=True, capture_output=True, text=True).stdout
    installed = {Path(line).name: Path(line) for line in listed.splitlines()}
    return [installed[name] for name in names]


def test_the_report_has_the_hash_of_every_font(sample: Built) -> None:
    fonts = sample.report["fonts"]
    files = installed_files(font["file"] for font in fonts)
    assert [font["sha256"] for font in fonts] == [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    assert {font["file"] for font in fonts} >= {"NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"}


def test_embedded_glyphs_are_those_of_the_installed_fonts(sample: Built) -> None:
    """What reads as a character must look like it: outlines are compared with the font file's own."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.ttLib import TTCollection, TTFont

    def shape(font: TTFont, name: str) -> list[Any]:
        if id(font) not in opened:
            opened[id(font)] = font, font.getGlyphSet()
        pen = DecomposingRecordingPen(opened[id(font)][1])
        opened[id(font)][1][name].draw(pen)
        return list(pen.value)

    opened: dict[int, tuple[TTFont, Any]] = {}
    installed: dict[str, TTFont] = {}
    for file in installed_files(font["file"] for font in sample.report["fonts"]):
        for font in TTCollection(file).fonts if file.suffix == ".ttc" else [TTFont(file)]:
            installed.setdefault(font["name"].getDebugName(6), font)
    pdf = pikepdf.open(sample.pdf())
    compared = 0
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            inside = embedded_font(font)
            family = str(font.BaseFont).split("+")[-1].replace("-", "")
            sources = [
                f for name, f in installed.items() if family.startswith(name.split("-")[0].replace("CJKsc", "CJKSC"))
            ]
            numbers = glyph_numbers(font)
            for code, text in list(to_unicode(font).items())[::25]:
                if len(text) != 1 or not "\u4e00" <= text <= "\u9fff":
                    continue
                found = shape(inside, inside.getGlyphName(numbers[code]))
                assert found
                assert any(shape(f, f.getBestCmap()[ord(text)]) == found for f in sources), (text, str(font.BaseFont))
                compared += 1
    assert compared > 20


def test_a_file_holds_the_glyphs_that_it_shows_and_no_other(sample: Built) -> None:
    """A page's own file, too; the fonts inside an advertisement are its maker's."""
    for path in sorted(sample.folder.glob("web/*.pdf")):
        document = open_document(path.read_bytes())
        shown: dict[str, set[int]] = {}
        for page in document.pages:
            for mark in page.content.marks:
                if isinstance(mark, TextMark) and isinstance(mark.font.obj.Encoding, pikepdf.Stream):
                    cids = {mark.font.encoding.cid(code) for code in mark.codes}
                    shown.setdefault(mark.font.name, set()).update(cids)
        assert shown
        for font in document.fonts:
            if font.name in shown and isinstance(font.obj.Encoding, pikepdf.Stream) and font.cff is not None:
                assert set(range(len(font.cff.charset))) == shown[font.name] | {0}, (path.name, font.name)


def test_nothing_speaks_of_composed_text(sample: Built) -> None:
    for path in sorted((sample.folder / "web").glob("*.pdf")):
        pdf = pikepdf.open(path)
        data = b"".join(o.unparse(resolved=True) for o in pdf.objects if not isinstance(o, pikepdf.Stream))
        assert b"pk:" not in data
        assert "pk:".encode("utf-16-be") not in data
        assert "pk:".encode("utf-16-be").hex().encode() not in data.lower()
        assert b"composed:" not in data


def outline(path: Path) -> list[tuple[int, str, int]]:
    """Return level, title and page of every bookmark."""
    document = pypdfium2.PdfDocument(path)
    return [(b.level, b.get_title(), b.get_dest().get_index()) for b in document.get_toc()]


def test_bookmarks_are_pages_and_stories(sample: Built) -> None:
    wanted = []
    for index, page in enumerate(edition_of(sample).pages):
        number = page.number.zfill(2) if page.number.isdigit() else page.number
        wanted.append((0, f"{number}版：{page.name}", index))
        for story in parts_of(sample)[index]:
            article = story.article
            heading = article.headline.text if article.headline else None
            wanted.append((1, story.ad.alt if story.ad else heading or article.pictures[0].caption, index))
    found = outline(sample.pdf())
    assert sorted(found, key=lambda b: (b[2], b[0], b[1])) == sorted(wanted, key=lambda b: (b[2], b[0], b[1]))
    assert [b for b in found if b[0] == 0] == [b for b in wanted if b[0] == 0]


def test_document_facts(sample: Built) -> None:
    pdf = pikepdf.open(sample.pdf())
    edition = edition_of(sample)
    assert str(pdf.docinfo.Title) == f"{edition.paper.name} {edition.date}"
    assert str(pdf.docinfo.CreationDate).startswith(f"D:{edition.date:%Y%m%d}")
    assert str(pdf.Root.Lang) == "zh-CN"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"{edition.paper.name} {edition.date}"
    document = pypdfium2.PdfDocument(sample.pdf())
    labels = [document.get_page_label(n) for n in range(len(document))]
    assert [label[:2] for label in labels] == [p.number.zfill(2)[:2] for p in edition.pages]
    for index, page in enumerate(document):
        width, height = page.get_size()
        assert abs(width - edition.paper.page_width / 1000) < 0.01, index
        assert abs(height - edition.paper.page_height / 1000) < 0.01, index


def test_links_of_the_copy_are_live(sample: Built) -> None:
    edition = edition_of(sample)
    wanted = [
        {r.link for s in p.stories for para in paragraphs(s.article) for r in para.runs if r.link}
        for p in edition.pages
    ]
    pdf = pikepdf.open(sample.pdf())
    for links, page in zip(wanted, pdf.pages, strict=True):
        found = {str(a.A.URI) for a in page.get("/Annots", []) if a.Subtype == "/Link" and "/A" in a}
        assert found == links


def paragraphs(article: Any) -> list[Any]:
    return [*article.editor_note, *article.body, *(p for s in article.sections for p in s.body)]


# --- building again --------------------------------------------------------------------------------------


def test_only_pages(broadsheet: Built, tmp_path: Path) -> None:
    built = build_edition(broadsheet.source, tmp_path, "--only", "pages")
    assert sorted(files_of(built.folder)) == ["manifest.json", "report.json", "web/A06.pdf"]
    assert digest(built.pdf("A06")) == digest(broadsheet.pdf("A06"))


def test_only_edition(broadsheet: Built, tmp_path: Path) -> None:
    built = build_edition(broadsheet.source, tmp_path, "--only", "edition")
    assert sorted(files_of(built.folder)) == ["manifest.json", "report.json", "web/edition.pdf"]
    assert digest(built.pdf()) == digest(broadsheet.pdf())


def test_one_page(tabloid: Built, tmp_path: Path) -> None:
    """One page alone is the page of the whole, and the other pages' files are carried over."""
    folder = tmp_path / tabloid.folder.name
    shutil.copytree(tabloid.folder, folder)
    (folder / "print/01.pdf").write_bytes(b"the press's own")
    (folder / "web/02.pdf").write_bytes(b"stale")
    built = build_edition(tabloid.source, tmp_path, "--page", "2")
    files = files_of(built.folder)
    assert set(files) == set(files_of(tabloid.folder)) - {"web/edition.pdf"}
    assert files["web/02.pdf"] == tabloid.pdf("02").read_bytes()
    assert files["web/01.pdf"] == tabloid.pdf("01").read_bytes()
    assert files["print/01.pdf"] == b"the press's own"
    assert [p["number"] for p in built.report["pages"]] == ["2"]
    assert [Path(o["path"]).name for o in built.report["outputs"]] == ["02.pdf"]
