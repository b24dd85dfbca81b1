"""Marks between the lines and vertical headings, drawn and read back from the PDF."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from printkit.compose import compose_vertical, prepare
from printkit.fonts.metrics import StyleMetrics
from printkit.model.geometry import Rect
from printkit.model.page import TextBox
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run, plain
from printkit.pdf.join import join
from printkit.pdf.part import Facts, PagePart
from printkit.render.draw import ComposedImage, draw
from printkit.render.engine import face
from tests.support.structure import Structure

WIDTH, HEIGHT = 200_000, 150_000


def style_of(size: int) -> TextStyle:
    song = face("Noto Serif CJK SC", 400)
    assert song is not None
    return TextStyle("body", size, size * 4 // 3, (song,))


def drawn(image: ComposedImage, folder: Path) -> Path:
    """Draw one image on a page of its own and return the finished PDF."""
    html = (
        '<!DOCTYPE html><html lang="zh-CN"><style>@page{size:200pt 150pt;margin:0}body{margin:0}'
        "img{display:block;width:200pt;height:150pt}</style><body><img src='composed:0' alt='pk:x'>"
    )
    page = draw(html, {"composed:0": image}, [folder])
    assert not page.records
    facts = Facts("marks", "printkit", "zh-CN", (), "D:20240101000000Z", "printkit")
    path = folder / "marks.pdf"
    path.write_bytes(join([PagePart(page.pdf, page.fonts, "1", tags=page.tags)], facts))
    return path


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text: str = document[0].get_textpage().get_text_range()
    document.close()
    return text


def instructions(path: Path) -> list[pikepdf.ContentStreamInstruction]:
    with pikepdf.open(path) as pdf:
        found = pikepdf.parse_content_stream(pdf.pages[0])
        return [i for i in found if isinstance(i, pikepdf.ContentStreamInstruction)]


def operators(path: Path) -> list[str]:
    return [str(instruction.operator) for instruction in instructions(path)]


def box_of(paragraph: Paragraph, style: TextStyle) -> TextBox:
    lines = prepare(paragraph, style, StyleMetrics(style)).compose(WIDTH)
    return TextBox(Rect(0, 0, WIDTH, HEIGHT), "body", "p0", paragraph, style, lines, style.leading, style.size)


@pytest.mark.parametrize(
    ("run", "operator", "count"),
    [
        (Run("工会", emphasis=True), "f", 2),
        (Run("工，会。", emphasis=True), "f", 2),  # marks get no dot
        (Run("临江", proper_name=True), "S", 1),
        (Run("守则", work_title=True), "S", 1),
    ],
)
def test_marks_are_drawn_and_the_text_stays(run: Run, operator: str, count: int, tmp_path: Path) -> None:
    paragraph = Paragraph((Run("他说"), run, Run("来了")))
    path = drawn(ComposedImage(box_of(paragraph, style_of(12_000))), tmp_path)
    assert operators(path).count(operator) == count
    assert "".join(text_of(path).split()) == paragraph.text


def test_ruby_stands_over_its_base(tmp_path: Path) -> None:
    paragraph = Paragraph((Run("罗"), Run("堃", ruby="kūn"), Run("来了")))
    path = drawn(ComposedImage(box_of(paragraph, style_of(12_000))), tmp_path)
    text = text_of(path)
    assert "kūn" in text
    assert "".join(c for c in text if "\u4e00" <= c <= "\u9fff") == paragraph.text
    document = pypdfium2.PdfDocument(path)
    page = document[0].get_textpage()
    boxes = {page.get_text_range(i, 1): page.get_charbox(i) for i in range(page.count_chars())}
    document.close()
    assert boxes["k"][1] > boxes["堃"][3] - 1, "the ruby stands above"
    centre = (boxes["k"][0] + boxes["n"][2]) / 2
    assert abs(centre - (boxes["堃"][0] + boxes["堃"][2]) / 2) < 1.5


def test_a_ruby_is_heard_with_its_base(tmp_path: Path) -> None:
    paragraph = Paragraph((Run("罗"), Run("堃", ruby="kūn"), Run("来了", emphasis=True)))
    path = drawn(ComposedImage(box_of(paragraph, style_of(12_000))), tmp_path)
    [ruby] = Structure(path).root.all("Ruby")
    assert [(kid.name, kid.text) for kid in ruby.kids] == [("RB", "堃"), ("RT", "kūn")]
    assert Structure(path).root.text == "罗堃kūn来了"


def test_vertical_heading_reads_as_one_line(tmp_path: Path) -> None:
    style = style_of(14_000)
    lines = compose_vertical(("2024年——“工会”", "VR课堂开讲"), HEIGHT, style, StyleMetrics(style))
    assert lines is not None
    assert len(lines) == 2
    assert "pair" in lines[0].turns
    assert "turned" in lines[1].turns
    down, turns = tuple(v.line for v in lines), tuple(v.turns for v in lines)
    box = TextBox(Rect(0, 0, WIDTH, HEIGHT), "headline", "h", plain(""), style, down, 20_000, 0, turns)
    path = drawn(ComposedImage(box), tmp_path)
    text = text_of(path).strip()
    assert text == "2024年——“工会”VR课堂开讲"
    matrices = [
        tuple(round(float(str(value)), 2) for value in instruction.operands)
        for instruction in instructions(path)
        if str(instruction.operator) == "Tm"
    ]
    assert any(m[:4] == (0, 1, 1, 0) for m in matrices), "Latin is turned"
    assert any(0 < m[0] < 1 for m in matrices), "digits stand in pairs, narrowed to an em"
    first = [m for m in matrices if m[:4] == (1, 0, 0, -1)]
    assert max(m[4] for m in first) > 200, "the first line stands at the right (px)"
