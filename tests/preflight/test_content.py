"""What the content reader says is painted, compared with what PDFium says and with what the operators mean."""

import ctypes
import io
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from printkit.preflight.content import PageContent, read_content
from printkit.preflight.geometry import Box
from printkit.preflight.marks import AreaMark, LineMark, PictureMark, TextMark
from tests.support.papers import Built
from tests.support.press_file import font, image, jpeg_image, press_file

PAGE = Box(0, 0, 400, 500)


def content(operators: str, **resources: Any) -> PageContent:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 500)).obj
    page.Resources = Dictionary(Font=Dictionary(F=font(pdf)))
    for kind, make in resources.items():
        page.Resources[f"/{kind}"] = make(pdf)
    page.Contents = pdf.make_indirect(Stream(pdf, operators.encode()))
    return read_content(page, PAGE, {})


def test_text_is_placed_by_every_operator() -> None:
    found = content(
        "BT /F 10 Tf 14 TL 2 0 0 2 50 400 Tm [<0001> -500 <0002>] TJ T* <0001> Tj 10 -20 Td <0001> Tj ET"
    ).marks
    boxes = [m.where for m in found]
    assert boxes[0] == pytest.approx((50, 397.6, 100, 417.6))
    assert boxes[1] == pytest.approx((50, 369.6, 70, 389.6))
    assert boxes[2] == pytest.approx((70, 329.6, 90, 349.6))
    assert [round(m.size, 3) for m in found if isinstance(m, TextMark)] == [20, 20, 20]


def test_a_clipped_fill_is_as_wide_as_it_shows() -> None:
    (mark,) = content("q 0 100 200 0.3 re W n 0 0 400 400 re f Q").marks
    assert isinstance(mark, AreaMark)
    assert mark.parts[0].height == pytest.approx(0.3)


def test_a_frame_is_four_strips() -> None:
    (mark,) = content("50 50 100 100 re 50.4 50.4 99.2 99.2 re f*").marks
    assert isinstance(mark, AreaMark)
    assert [round(min(p.width, p.height), 2) for p in mark.parts] == [0.4] * 4


def test_lines_grow_with_the_matrix() -> None:
    (mark,) = content("2 0 0 2 0 0 cm 0.5 w 10 10 m 50 10 l S").marks
    assert isinstance(mark, LineMark)
    assert mark.width == pytest.approx(1)


def test_forms_and_patterns_are_read_with_their_matrices() -> None:
    def objects(pdf: pikepdf.Pdf) -> Any:
        form = Stream(pdf, b"36 0 0 36 0 0 cm /Photo Do")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
        form.Matrix = Array([2, 0, 0, 2, 10, 10])
        form.Resources = Dictionary(XObject=Dictionary(Photo=jpeg_image(pdf)))
        return Dictionary(Form=pdf.make_indirect(form))

    def patterns(pdf: pikepdf.Pdf) -> Any:
        tile = Stream(pdf, b"36 0 0 36 0 0 cm /Photo Do")
        tile.PatternType, tile.Matrix = 1, Array([0.5, 0, 0, 0.5, 0, 0])
        tile.Resources = Dictionary(XObject=Dictionary(Photo=image(pdf, bytes(300) * 100, Name.DeviceRGB)))
        return Dictionary(Tile=pdf.make_indirect(tile))

    found = content("/Form Do /Pattern cs /Tile scn 200 200 50 50 re f", XObject=objects, Pattern=patterns)
    first, second = (m for m in found.marks if isinstance(m, PictureMark))
    assert first.where == pytest.approx((10, 10, 82, 82))
    assert (round(first.ppi), round(second.ppi)) == (100, 400)
    assert second.where == pytest.approx((200, 200, 250, 250))


def test_a_form_inside_itself_ends() -> None:
    def ring(pdf: pikepdf.Pdf) -> Any:
        form = pdf.make_indirect(Stream(pdf, b"/Me Do"))
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
        form.Resources = Dictionary(XObject=Dictionary(Me=form))
        return Dictionary(Me=form)

    assert content("/Me Do", XObject=ring).faults == ("forms that contain themselves",)


@pytest.mark.parametrize(
    "operators", ["/No gs", "1 0 0 cm", "/No Do", "(a) Tj", "BT /No 9 Tf ET", "/No cs 1 scn 1 w 0 0 l", "Qq"]
)
def test_broken_operators_are_told_or_skipped(operators: str) -> None:
    found = content(operators + " 10 10 50 50 re f")
    assert found.faults or [type(m) for m in found.marks] == [AreaMark]


WORDS = ("q", "Q", "BT", "ET", "/F 9 Tf", "<00010002> Tj", "[<0001> 5 (a] TJ", "1 0 0 1 5 5 cm", "0 0 9 9 re", "W n", "f*", "S", "0 w",
         "/Pattern cs", "/X scn", "1 0 0 rg", "/P <</MCID 1>> BDC", "EMC", "<<", "]", "null", "-1e9", "/F Do", "BI ID x EI")  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.sampled_from(WORDS) | st.text("()<>[]/ 0qQnf", max_size=4), max_size=20))
def test_nothing_that_a_stream_may_hold_ends_the_reading(words: list[str]) -> None:
    found = content(" ".join(words))
    assert all(m.where.width >= 0 and m.where.height >= 0 for m in found.marks)


def test_pdfium_sees_the_same_places() -> None:
    """Pictures to a hundredth of a point; text within the em boxes that this reader takes for it."""
    data = press_file()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        ours = read_content(pdf.pages[0].obj, PAGE, {}).marks
    page = pdfium.PdfDocument(data)[0]
    theirs = [(o.type, o.get_bounds()) for o in page.get_objects()]
    pictures = [m.where for m in ours if isinstance(m, PictureMark)]
    assert [b for kind, b in theirs if kind == pdfium.raw.FPDF_PAGEOBJ_IMAGE] == [
        pytest.approx(p, abs=0.01) for p in pictures
    ]
    texts = [m.where for m in ours if isinstance(m, TextMark)]
    bounds = [Box(*b) for kind, b in theirs if kind == pdfium.raw.FPDF_PAGEOBJ_TEXT]
    assert len(texts) == len(bounds) == 2
    assert all(mine.contains(seen, 0.05) for mine, seen in zip(texts, bounds, strict=True))


def test_a_sample_page_is_read_as_pdfium_reads_it(tabloid: Built) -> None:
    """As many glyphs, and sizes as PDFium has them."""
    file = tabloid.pdf("01")
    with pikepdf.open(file) as pdf:
        read = read_content(pdf.pages[0].obj, Box(0, 0, 5000, 5000), {})
    assert read.faults == ()
    page = pdfium.PdfDocument(file)[0]
    sizes = []
    for one in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
        size = ctypes.c_float()
        pdfium.raw.FPDFTextObj_GetFontSize(one.raw, size)
        sizes.append(size.value * one.get_matrix().get()[3])
    ours = {round(m.size, 3) for m in read.marks if isinstance(m, TextMark)}
    assert len(sizes) > 100
    assert sorted(ours) == pytest.approx(sorted({round(abs(s), 3) for s in sizes}), abs=0.002)
