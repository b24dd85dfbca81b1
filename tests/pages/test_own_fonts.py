"""Fonts that a paper brings (`@font-face`): used where they lie, told by their own names where they cannot be."""

import base64
import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from printkit.diagnostics import ExitCode
from printkit.render import engine
from tests.support.fonts import write_truetype
from tests.support.papers import Run, run, write_paper, write_yaml

HEADLINE = "一丁丂七"
FACE = "@font-face { font-family: Own; src: url(fonts/own.ttf) }"
CHAIN = '.headline { font-family: Own, "Noto Sans CJK SC" !important }'


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper of two pages whose headlines stand in its own font; what is written for a while goes into `for a while`."""
    engine.font_configuration.cache_clear()  # an earlier test's font is of that name, too
    (tmp_path / "for a while").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "for a while"))
    folder = tmp_path / "paper"
    entry = {"headline": HEADLINE, "body": "工会服务职工。"}
    write_paper(folder, {"a": entry, "b": entry}, paper={"stylesheets": ["house.css"]})
    page = {"layout": "feature", "name": "试版"}
    pages = [{"number": n, **page, "stories": [{"article": f"articles/{a}.yaml"}]} for n, a in (("1", "a"), ("2", "b"))]
    write_yaml(folder / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    (folder / "house.css").write_text(FACE + CHAIN, encoding="utf-8")
    (folder / "fonts").mkdir()
    write_truetype(folder / "fonts/own.ttf")
    return folder


def built(paper: Path, *options: str) -> Run:
    return run("build", paper / "edition.yaml", "-o", paper.parent / "out", *options)


def fonts_of(paper: Path, number: str) -> dict[str, bytes]:
    """Return the embedded fonts of a page, by their names without the tag of a subset."""
    with pikepdf.open(paper.parent / f"out/2024-01-10/web/0{number}.pdf") as pdf:
        fonts = [font.DescendantFonts[0].FontDescriptor for font in pdf.pages[0].Resources.Font.values()]
        return {str(one.FontName)[8:]: (one.get("/FontFile2") or one.FontFile3).read_bytes() for one in fonts}


def test_it_is_used_where_it_lies_and_a_later_run_finds_it(paper: Path) -> None:
    """WeasyPrint copies it into a folder of the process, which stays; pages kept by an earlier run would name a file that is gone."""
    assert built(paper).code in (ExitCode.DONE, ExitCode.FINDINGS)
    first = fonts_of(paper, "1")["Own-Bold"]
    assert not list((paper.parent / "for a while").iterdir())
    write_yaml(paper / "articles/a.yaml", {"headline": HEADLINE[::-1], "body": "工会服务职工，天天如此。"})
    assert "error" not in built(paper).err
    assert fonts_of(paper, "1")["Own-Bold"] == first, "the same characters"
    assert not list((paper.parent / "for a while").iterdir())


def test_every_page_is_made_anew_when_it_changes(paper: Path) -> None:
    built(paper)
    before = [fonts_of(paper, number)["Own-Bold"] for number in ("1", "2")]
    font = TTFont(paper / "fonts/own.ttf")
    font["hmtx"].metrics = {name: (600, bearing) for name, (_, bearing) in font["hmtx"].metrics.items()}
    font.save(paper / "fonts/own.ttf")
    built(paper)
    assert not set(before) & {fonts_of(paper, number)["Own-Bold"] for number in ("1", "2")}


def _as_woff(font: bytes) -> bytes:
    packed, out = TTFont(io.BytesIO(font)), io.BytesIO()
    packed.flavor = "woff"
    packed.save(out)
    return out.getvalue()


UNUSABLE: dict[str, tuple[Callable[[bytes], bytes | None], str]] = {
    "not there": (lambda _: None, "No such file or directory"),
    "words": (lambda _: "这不是字体".encode(), "it is no font, or broken"),
    "nothing": (lambda _: b"", "it is no font, or broken"),
    "cut short": (lambda font: font[:200], "it is no font, or broken"),
    "no outlines": (lambda font: _filled(font, "glyf", 0xFF), "it is no font, or broken"),
    "no glyphs": (lambda font: _filled(font, "maxp", 0), "it is no font, or broken"),
    "packed for browsers": (_as_woff, "give the TTF or OTF"),
}


def _filled(font: bytes, tag: str, byte: int) -> bytes:
    table = _table(font, tag)
    return font.replace(table, bytes([byte]) * len(table))


def _table(font: bytes, tag: str) -> bytes:
    return TTFont(io.BytesIO(font)).reader[tag]  # type: ignore[no-any-return]  # fontTools has no types here


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_is_no_font_is_told_by_its_name(name: str, paper: Path) -> None:
    change, reason = UNUSABLE[name]
    file = paper / "fonts/own.ttf"
    changed = change(file.read_bytes())
    if changed is None:
        file.unlink()
    else:
        file.write_bytes(changed)
    ended = built(paper, "--json")
    assert ended.code == ExitCode.BAD_INPUT
    wrong = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert {(one["code"], one["file"], one["page"]) for one in wrong} == {
        ("fonts.not-loaded", "fonts/own.ttf", number) for number in ("1", "2")
    }
    assert reason in wrong[0]["message"]
    assert not (paper.parent / "out").exists()


ELSEWHERE = {
    "the system's": "local('Noto Sans CJK SC')",
    "the network's": "url(http://127.0.0.1:9/own.ttf)",
    "in the style itself": f"url(data:font/ttf;base64,{base64.b64encode(bytes(9)).decode()})",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_font_that_is_no_file_of_the_paper_is_told(name: str, paper: Path) -> None:
    (paper / "house.css").write_text(
        f"@font-face {{ font-family: Own; src: {ELSEWHERE[name]} }}" + CHAIN, encoding="utf-8"
    )
    ended = built(paper)
    assert ended.code == ExitCode.BAD_INPUT
    assert "pages[0].layout: error[fonts.not-loaded]: the font “Own” of `@font-face`" in ended.err


def test_a_font_outside_the_papers_folder_is_told(paper: Path, tmp_path: Path) -> None:
    shutil.move(paper / "fonts/own.ttf", tmp_path / "own.ttf")
    (paper / "fonts/own.ttf").symlink_to(tmp_path / "own.ttf")
    ended = built(paper)
    assert ended.code == ExitCode.BAD_INPUT
    assert "it lies outside the paper's folder" in ended.err


def test_the_first_source_that_can_be_used_is(paper: Path) -> None:
    face = FACE.replace("url(", "local('None such'), url(fonts/none.woff2), url(")
    (paper / "house.css").write_text(face + CHAIN, encoding="utf-8")
    assert "error" not in built(paper).err
    assert "Own-Bold" in fonts_of(paper, "1")


def test_a_font_without_the_glyphs_that_it_names_is_told_by_its_name(paper: Path) -> None:
    file = paper / "fonts/own.ttf"
    data = file.read_bytes()
    length = data.index(b"loca") + 12  # in the list of tables (OpenType, the table directory)
    file.write_bytes(data[:length] + (8).to_bytes(4, "big") + data[length + 4 :])
    ended = built(paper, "--json")
    assert ended.code == ExitCode.BAD_INPUT
    wrong = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert {(one["code"], one["file"]) for one in wrong} == {("fonts.broken", str(file))}


def test_a_han_whose_glyph_is_empty_is_set_by_the_next_font(paper: Path) -> None:
    font = TTFont(paper / "fonts/own.ttf")
    font["glyf"][font.getBestCmap()[0x4E00]] = Glyph()
    font.save(paper / "fonts/own.ttf")
    assert "error" not in built(paper).err
    with pikepdf.open(paper.parent / "out/2024-01-10/web/01.pdf") as pdf:
        told = {
            str(one.DescendantFonts[0].FontDescriptor.FontName)[8:]: one.ToUnicode.read_bytes()
            for one in pdf.pages[0].Resources.Font.values()
        }
    assert b"<4E00>" not in told["Own-Bold"].upper()
    assert any(b"<4E00>" in shown.upper() for name, shown in told.items() if "Noto" in name)
