"""The adapter to WeasyPrint: what it relies on, tried on one small page; a new release must pass this first.

One frame with two faces, a half-width mark and a character beyond the first plane is drawn, and read back
with PDFium: origins to a thousandth of an em, text, fonts, the number of draws.
"""

import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.fonts.metrics import StyleMetrics, _face_for, shape
from printkit.makeup.setting import flat
from printkit.model.geometry import Rect
from printkit.model.lines import ComposedLine
from printkit.model.page import TextBox
from printkit.model.style import Face, TextStyle
from printkit.model.text import Paragraph, Run
from printkit.pdf.join import join
from printkit.pdf.part import Facts, PagePart
from printkit.render import engine
from printkit.render.draw import ComposedImage, Drawn, draw
from printkit.render.engine import face
from tests.support.checks import (
    Glyph,
    page_glyphs,
    pdfium_text,
    poppler_lines,
    squeeze,
    to_unicode,
    without_actual_text,
)

FACTS = Facts("题", "报", "zh-CN", (), "D:20240110000000Z", "printkit")
EM = 9370
"""An odd size, as a fitted page may have."""


def installed(family: str, weight: int = 400) -> Face:
    """A face that the set-up installs."""
    found = face(family, weight)
    assert found, f"{family} is not installed"
    return found


@pytest.fixture(scope="module")
def style() -> TextStyle:
    song, hei = installed("Noto Serif CJK SC"), installed("Noto Sans CJK SC", 700)
    return TextStyle("body", EM, 14000, (song,), strong=(hei,))


def composed(style: TextStyle, runs: tuple[Run, ...], **halves: int) -> ComposedLine:
    """Set runs on one line; `halves` gives marks half an em: 0 for closers, −500 for openers."""
    metrics = StyleMetrics(style)
    clusters: list[str] = []
    advances: list[int] = []
    shifts: list[int] = []
    owners: list[int] = []
    for number, run in enumerate(runs):
        for cluster, advance in metrics.clusters(run.text, run):
            half = cluster in halves
            clusters.append(cluster)
            advances.append(advance // 2 if half else advance + 37)
            shifts.append(halves[cluster] * EM // 1000 if half else 0)
            owners.append(number)
    count = sum(len(r.text) for r in runs)
    return ComposedLine(tuple(clusters), tuple(advances), tuple(shifts), tuple(owners), 0, count, 300_000, x=2 * EM)


RUNS = (Run("他说（见《报》），"), Run("𠮷野家", strong=True), Run("——有 Office 三间……"))
HALVES = {"（": -500, "《": -500, "》": 0, "）": 0}
TEXT = "".join(r.text for r in RUNS)
ALT = "pk:lead:p0:body"


def page_of(boxes: Mapping[str, TextBox], css: str = "", extra: str = "") -> tuple[str, dict[str, ComposedImage]]:
    """A page of 400 by 300 points with composed boxes where they say."""
    pieces = [
        f'<img class="composed" src="{address}" alt="{ALT}" style="left:{b.rect.x / 1000}pt;top:{b.rect.y / 1000}pt;'
        f'width:{b.rect.width / 1000}pt;height:{b.rect.height / 1000}pt">'
        for address, b in boxes.items()
    ]
    sheet = "@page{size:400pt 300pt;margin:0}.composed{position:absolute;display:block}" + css
    html = f'<html lang="zh-CN"><title>题</title><style>{sheet}</style><body>{"".join(pieces)}{extra}</body></html>'
    return html, {address: ComposedImage(box) for address, box in boxes.items()}


def box(style: TextStyle, runs: tuple[Run, ...] = RUNS, **halves: int) -> TextBox:
    """A box of two equal lines at 50, 60 points."""
    line = composed(style, runs, **(halves or HALVES))
    return TextBox(
        Rect(50_000, 60_000, 300_000, 28_000), "body", "p0", Paragraph(runs), style, (line, line), 14_000, 11_000
    )


def finished(drawn: Drawn, folder: Path) -> Path:
    """Give a drawn page its fonts."""
    path = folder / "page.pdf"
    path.write_bytes(join([PagePart(drawn.pdf, drawn.fonts, "01版")], FACTS))
    return path


@pytest.fixture(scope="module")
def frame(style: TextStyle) -> TextBox:
    return box(style)


@pytest.fixture(scope="module")
def drawn(frame: TextBox, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    html, images = page_of({"composed:0": frame})
    return draw(html, images, [tmp_path_factory.mktemp("roots")])


@pytest.fixture(scope="module")
def pdf(drawn: Drawn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finished(drawn, tmp_path_factory.mktemp("pdf"))


def test_every_frame_is_drawn_once(drawn: Drawn) -> None:
    assert drawn.drawn == 1
    assert drawn.pages == 1
    assert drawn.records == ()


def test_a_frame_stands_where_css_puts_it(drawn: Drawn) -> None:
    x, y, width, height = (v * 0.75 for v in drawn.placed["composed:0"])
    assert (round(x, 3), round(y, 3), round(width, 3), round(height, 3)) == (50, 60, 300, 28)


def planned(frame: TextBox) -> Iterator[tuple[str, float, float]]:
    """Every cluster's first character with the origin that was planned."""
    for number, line in enumerate(frame.lines):
        pen = line.x
        for cluster, advance, shift in zip(line.clusters, line.advances, line.shifts, strict=True):
            if cluster.strip():
                yield (
                    cluster,
                    (frame.rect.x + pen + shift) / 1000,
                    (frame.rect.y + frame.baseline + number * frame.pitch) / 1000,
                )
            pen += advance


def by_origin(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Glyphs with those that share an origin (a ligated dash) once."""
    last = None
    for g in glyphs:
        if last is None or (g.x, g.y) != (last.x, last.y):
            yield g
        last = g


def test_origins_are_those_planned(frame: TextBox, pdf: Path) -> None:
    glyphs = page_glyphs(without_actual_text(pdf))
    wanted = list(planned(frame))
    found = {(round(g.x, 2), round(g.y, 2)) for g in glyphs}
    assert "".join(g.char for g in glyphs) == squeeze(TEXT) * 2
    worst = 0.0
    for cluster, x, y in wanted:
        near = min(found, key=lambda p: abs(p[0] - x) + abs(p[1] - y))
        g = next(g for g in glyphs if (round(g.x, 2), round(g.y, 2)) == near and g.char == cluster[0])
        worst = max(worst, abs(g.x - x), abs(g.y - y))
    assert worst <= 0.001 * EM / 1000
    assert all(abs(g.size - EM / 1000) < 0.001 for g in by_origin(glyphs))


def test_text_comes_back_in_one_line(pdf: Path) -> None:
    """A half-width mark steps back over its neighbour's box; without ActualText Poppler breaks the line there."""
    assert squeeze(TEXT) * 2 == pdfium_text(pdf)
    lines = [squeeze(line) for line in poppler_lines(pdf) if line.strip()]
    assert lines == [squeeze(TEXT)] * 2


def test_no_blank_is_read_inside_han(pdf: Path) -> None:
    lines = [line for line in poppler_lines(pdf) if line.strip()]
    assert [line.strip().split(" ") for line in lines] == [TEXT.split(" ")] * 2


def test_a_wide_gap_reads_as_none(style: TextStyle, tmp_path: Path) -> None:
    """Readers see a blank at 0.15 em: such a line is one ActualText (drawn-text.md 3.2)."""
    frame = box(style, (Run("甲乙丙丁戊己"),))
    wide = replace(frame.lines[0], advances=tuple(a + EM // 5 for a in frame.lines[0].advances))
    html, images = page_of({"composed:0": replace(frame, lines=(wide,), rect=replace(frame.rect, height=14_000))})
    path = finished(draw(html, images, [tmp_path]), tmp_path)
    assert [line for line in poppler_lines(path) if line.strip()] == ["甲乙丙丁戊己"]


def test_two_faces_are_two_fonts(drawn: Drawn, pdf: Path, style: TextStyle) -> None:
    assert len(drawn.fonts) == 2
    assert {f.source for f in drawn.fonts} == {(f.file, f.index) for f in (*style.chain, *style.strong)}
    opened = pikepdf.open(pdf)
    fonts = list(opened.pages[0].Resources.Font.values())
    assert len(fonts) == 2
    assert all("/FontFile3" in f.DescendantFonts[0].FontDescriptor for f in fonts)
    texts = [set(to_unicode(f).values()) for f in fonts]
    assert sum("𠮷" in t for t in texts) == 1


def test_one_glyph_with_two_texts_reads_both(style: TextStyle, tmp_path: Path) -> None:
    frame = box(style, (Run("一⼀行⾏一"),))
    html, images = page_of({"composed:0": frame})
    path = finished(draw(html, images, [tmp_path]), tmp_path)
    assert pdfium_text(path) == "一⼀行⾏一" * 2
    assert squeeze("".join(poppler_lines(path))) == "一⼀行⾏一" * 2


def test_drawing_twice_gives_the_same_bytes(frame: TextBox, drawn: Drawn, tmp_path: Path) -> None:
    html, images = page_of({"composed:0": frame})
    again = draw(html, images, [tmp_path])
    assert finished(again, tmp_path).read_bytes() == join([PagePart(drawn.pdf, drawn.fonts, "01版")], FACTS)


def test_html_text_and_drawn_text_share_a_font(frame: TextBox, tmp_path: Path) -> None:
    extra = "<p style=\"font:400 9pt 'Noto Serif CJK SC'\">版头文字</p>"
    html, images = page_of({"composed:0": frame}, extra=extra)
    found = draw(html, images, [tmp_path])
    assert len(found.fonts) == 2
    assert "版头文字" in pdfium_text(finished(found, tmp_path))


def test_the_tree_names_every_piece(drawn: Drawn) -> None:
    """The tags of WeasyPrint that later passes rely on: a Figure with its alt. Untagged files have no tree."""
    with pikepdf.open(io.BytesIO(drawn.pdf)) as opened:
        root: Any = opened.Root.get("/StructTreeRoot")
        if root is None:
            return
        alts = [str(o.Alt) for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert alts == [ALT]


@pytest.mark.parametrize("stretch", [80, 90, 110, 120])
def test_stretched_glyphs_stand_at_their_advances_and_are_as_high_as_planned(
    stretch: int, style: TextStyle, tmp_path: Path
) -> None:
    """Stretched type (长字、扁字) is composed by its width; the text matrix makes its height."""
    own = replace(style, role="headline").stretched(stretch)
    metrics = StyleMetrics(flat(own))
    [*found] = metrics.clusters("夜校ABC开课", Run(""))
    clusters, advances = zip(*found, strict=True)
    count = len(clusters)
    line = ComposedLine(clusters, advances, (0,) * count, (0,) * count, 0, 7, 300_000, x=own.em)
    frame = replace(
        box(style),
        style=own,
        paragraph=Paragraph((Run("夜校ABC开课"),)),
        lines=(line,),
        rect=Rect(50_000, 60_000, 300_000, 14_000),
    )
    html, images = page_of({"composed:0": frame})
    path = finished(draw(html, images, [tmp_path]), tmp_path)
    glyphs = page_glyphs(path.read_bytes())
    assert pdfium_text(path) == "夜校ABC开课"
    for glyph, (_, x, y) in zip(glyphs, planned(frame), strict=True):
        assert abs(glyph.x - x) <= 0.001 * EM / 1000
        assert abs(glyph.y - y) <= 0.001 * EM / 1000
        assert abs(glyph.size - own.size / 1000) < 0.001
    plain = shape("校", own.chain)[0]
    assert glyphs[1].x - glyphs[0].x == pytest.approx(plain.advance * own.em / 1_000_000, abs=0.001)
    assert glyphs[2].x - glyphs[1].x == pytest.approx(own.em / 1000, abs=0.001), "a Han is an em wide"
    assert own.size / own.em == pytest.approx(stretch / 100, abs=0.001)


# --- what styles may not do ------------------------------------------------------------------------------------


def test_a_style_that_resizes_composed_text_is_refused(frame: TextBox, tmp_path: Path) -> None:
    html, images = page_of({"composed:0": frame}, css=".composed{width:200pt!important}")
    with pytest.raises(ValueError, match="resizes composed text"):
        draw(html, images, [tmp_path])


@pytest.mark.parametrize("css", ["", ".composed{left:7pt!important}", ".composed{top:9px;max-width:none}"])
def test_a_place_of_its_own_is_a_place_in_the_style(frame: TextBox, css: str, tmp_path: Path) -> None:
    """Composed text is placed outside the cascade: the same bytes, and what is `!important` still moves it."""
    html, images = page_of({"composed:0": frame}, css)
    inside = draw(html, images, [tmp_path])
    left, top, width, height = (f"{length / 1000:.3f}" for length in astuple(frame.rect))
    placed = re.sub(r'style="left[^"]*"', f'data-at="{left} {top} {width} {height}"', html)
    outside = draw(placed, {"composed:0": ComposedImage(frame)}, [tmp_path])
    assert outside.placed == inside.placed
    assert round(outside.placed["composed:0"][0] * 0.75, 3) == (7 if "left" in css else 50)
    assert (sha256(outside.pdf).digest(), outside.fonts) == (sha256(inside.pdf).digest(), inside.fonts)


def test_pieces_of_one_role_share_a_style_but_for_their_places(frame: TextBox, tmp_path: Path) -> None:
    second = replace(frame, rect=replace(frame.rect, y=150_000))
    html, images = page_of({"composed:0": frame, "composed:1": second})
    for address, one in images.items():
        at = " ".join(f"{length / 1000:.3f}" for length in astuple(one.box.rect))
        html = re.sub(rf'(src="{address}" alt="[^"]*") style="left[^"]*"', rf'\1 data-at="{at}"', html)
    drawn = draw(html, images, [tmp_path])
    assert [round(drawn.placed[f"composed:{n}"][1] * 0.75, 3) for n in (0, 1)] == [60, 150]


def test_a_line_written_in_one_pass_is_the_line_written_step_by_step(style: TextStyle, tmp_path: Path) -> None:
    """The second of equal lines is of plain clusters; drawn first, on a page of its own, it knows none of them."""
    runs = (Run("国家的人民，在路上走。"),)
    twice = box(style, runs, none=0)
    html, images = page_of({"composed:0": twice})
    with pikepdf.open(io.BytesIO(draw(html, images, [tmp_path]).pdf)) as opened:
        text = opened.pages[0].Contents.read_bytes()
    first, second = re.findall(rb"<[0-9a-f<>. -]+>\]? ?TJ", text)
    assert images["composed:0"].glyphs.plain
    assert first == second


@pytest.mark.parametrize("css", ["visibility:hidden", "display:none"])
def test_a_hidden_frame_is_not_counted_as_drawn(frame: TextBox, css: str, tmp_path: Path) -> None:
    html, images = page_of({"composed:0": frame}, css=f".composed{{{css}!important}}")
    assert draw(html, images, [tmp_path]).drawn == 0


def test_a_family_in_two_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint would draw the second file's glyph ids with the first, in silence (font-union.md 4)."""
    from printkit.render import draw as module

    class Known:
        """What WeasyPrint has under the description."""

        source = ("a.ttf", 0)
        family = "甲"

    monkeypatch.setattr(module, "_add", lambda stream, font: (Known(), 1.0))
    monkeypatch.setattr(module, "source_of", lambda font: ("a.ttf", 0))
    assert module._add_font(None, None)[1] == 1.0
    monkeypatch.setattr(module, "source_of", lambda font: ("b.ttf", 0))
    with pytest.raises(ValueError, match=r"two files: a\.ttf, b\.ttf"):
        module._add_font(None, None)


def test_faces_of_another_process_kern_as_its_own() -> None:
    """What is known of a character may name a face that came from elsewhere: equal, and another object."""
    own = face("Noto Serif CJK SC", 400)
    assert own is not None
    kerned = [piece.advance for piece in shape("PLC", (own,))]
    _face_for.cache_clear()
    shape.cache_clear()
    shape("P", (replace(own),))
    shape("LC", (own,))
    assert [piece.advance for piece in shape("PLC", (own,))] == kerned
    assert kerned[0] < shape("P", (own,))[0].advance


def test_what_weasyprint_needs_seldom_is_loaded_when_it_is_called() -> None:
    """In a process of its own: here other tests load fontTools' subsetter."""
    code = (
        "import sys; from printkit.render import engine; import weasyprint.pdf.fonts as fonts\n"
        "assert not {'fontTools.subset', 'fontTools.varLib'} & sys.modules.keys()\n"
        "made = fonts.subset.Subsetter(fonts.subset.Options())\n"
        "import fontTools.subset as real\n"
        "assert type(made) is real.Subsetter and real.Options.__module__ == 'fontTools.subset'\n"
        "try: fonts.instantiateVariableFont(None, {})\n"
        "except (AttributeError, TypeError): assert 'fontTools.varLib.instancer' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def test_a_type_of_c_is_read_without_all_that_the_library_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.ffi import ffi  # which `engine` imports its own way

    parser, parse = ffi._parser, engine._parse
    declared = []

    def listening(source: str) -> Any:
        declared.append([*parser._declarations])
        return parse(source)

    monkeypatch.setattr(engine, "_parse", listening)
    assert "typedef hb_face_t" in (whole := parser._declarations)
    found = ffi.typeof("PangoFont * * *")
    assert found.item.item.item is ffi.typeof("PangoFont")
    assert {*declared[0]} == {"typedef PangoFont"}
    assert parser._declarations is whole
