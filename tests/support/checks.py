"""What must hold of a finished page, read from the final PDF alone.

In: a PDF, the report of the build, and the copy as the test knows it. The glyphs come from PDFium with the
ActualText taken out, because PDFium gives every character of such a span the span's origin; the text comes
from PDFium and from Poppler as they stand. Nothing here uses printkit's composer, make-up or renderer.
"""

import ctypes
import io
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import Image

from printkit.model.article import Article
from printkit.model.text import Kind, Paragraph

NO_LINE_START = frozenset("，。、；：？！」』”’）》〉】〕〗·,.;:?!)]}％‰℃")
"""Marks that may not begin a line: GB/T 15834-2011, 5.1.2 to 5.1.5, 5.1.7 to 5.1.9; per cent by JY/T."""

NO_LINE_END = frozenset("「『“‘（《〈【〔〖([{")
"""Marks that may not end a line: GB/T 15834-2011, 5.1.3 and 5.1.8."""

SCALE = 3
"""Pixels a point when a page is rendered: 27 for an em of 9 pt, so that a hairline is over a pixel."""

DARK = 160
"""Grey value (0 to 255) from which a pixel counts as ink: tints and backgrounds are lighter than 225."""


def squeeze(text: str) -> str:
    """Return a text without white space, and with the hyphen that PDFium writes as U+FFFE or U+0002 put back."""
    return re.sub(r"[\s\u3000\u200b\ufeff]", "", text).replace("\ufffe", "-").replace("\x02", "-")


# --- the copy ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a story's copy without white space; `body` says that it is a justified paragraph of the body."""

    text: str
    body: bool = False


def copy_of(article: Article) -> list[Piece]:
    """Return the copy of an article in reading order, with the marks that printkit sets (□ and ▪)."""
    pieces = [Piece(heading.text) for heading in (article.kicker, article.headline, article.deck) if heading]
    role = ""
    words = []
    for byline in article.byline:
        words += [byline.role if byline.role != role else "", byline.name]
        role = byline.role
    signed = "".join(words)
    dateline = article.dateline
    if signed and dateline and article.body:  # the built-in style has the byline after the dateline
        dateline += f"（{signed.removeprefix('本报') if dateline.startswith('本报') else signed}）"
    elif signed:
        pieces.append(Piece(f"□{signed}"))
    pieces += [Piece(p.text) for p in article.editor_note]
    pieces += [Piece(article.came_from.text)] if article.came_from else []
    for picture in article.floating:
        numbers = "①②③④"[: len(picture.shots)] if "①" in picture.caption else ""
        pieces += [Piece(numbers), Piece(picture.caption), Piece(picture.credit)]
    body = [_paragraph(p) for p in article.body]
    for picture in article.pictures:
        if picture.place == "wrap":  # it stands before the text beside it
            body[picture.paragraph - 1 : picture.paragraph - 1] = [Piece(picture.caption), Piece(picture.credit)]
    pieces += [Piece(dateline + body[0].text, body=True), *body[1:]] if dateline and body else body
    pieces.append(Piece(article.source))
    for section in article.sections:
        pieces += [Piece(section.title), Piece(section.name)]
        pieces += [Piece(section.headline.text)] if section.headline else []
        pieces += [_paragraph(p) for p in section.body]
    pieces += [Piece(article.goes_on.text)] if article.goes_on else []
    return [Piece(text, piece.body) for piece in pieces if (text := squeeze(piece.text))]


def _paragraph(paragraph: Paragraph) -> Piece:
    mark = "▪" if paragraph.kind is Kind.LIST_ITEM else ""
    return Piece(mark + paragraph.text, body=paragraph.kind is Kind.BODY)


# --- the page ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn: origin (`x`, baseline `y`) and tight box in points from the page's top left, size."""

    char: str
    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str

    @property
    def is_han(self) -> bool:
        """Say whether it is a Han character."""
        return bool(re.match(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", self.char))


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs on one baseline; `first` is the place of its first character in the story's text."""

    glyphs: tuple[Glyph, ...]
    first: int

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(g.char for g in self.glyphs)

    @property
    def last(self) -> int:
        """The place after its last character."""
        return self.first + len(self.text)


def without_actual_text(path: Path) -> bytes:
    """Return a file in which every character stands for the glyph that is drawn."""
    pdf = pikepdf.open(path)
    for page in pdf.pages:
        instructions: list[Any] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            marked = str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary)
            if marked and "/ActualText" in operands[1]:
                instructions.append(([operands[0], pikepdf.Dictionary()], operator))
            else:
                instructions.append((operands, operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def page_glyphs(data: bytes, index: int = 0) -> list[Glyph]:
    """Return the glyphs of a page in the order drawn, without white space."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(data)
    page = document[index]
    height = page.get_height()
    text = page.get_textpage()
    found: list[Glyph] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = raw.FS_MATRIX()
    for i in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xDC00 <= code < 0xE000:
            continue  # PDFium gives a character beyond the first plane as two
        if 0xD800 <= code < 0xDC00:
            code = 0x10000 + ((code & 0x3FF) << 10) + (raw.FPDFText_GetUnicode(text, i + 1) & 0x3FF)
        char = squeeze(chr(code))
        if not char:
            continue
        assert raw.FPDFText_GetCharOrigin(text, i, x, y)
        assert raw.FPDFText_GetCharBox(text, i, left, right, bottom, top)
        assert raw.FPDFText_GetMatrix(text, i, matrix)
        size = abs(raw.FPDFText_GetFontSize(text, i) * matrix.d)
        box = left.value, height - top.value, right.value, height - bottom.value
        found.append(Glyph(char, x.value, height - y.value, *box, size, _font_name(text, i)))
    document.close()
    return found


def _font_name(text: Any, index: int) -> str:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pypdfium2.raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return name.value.decode()


class Outlines:
    """The outlines of a page's glyphs, from the fonts that are embedded.

    PDFium takes a glyph's box from the control points of its curves, which may stand out of the ink by
    a tenth of an em; where that matters the curves themselves are asked.
    """

    def __init__(self, data: bytes, index: int) -> None:
        """Open nothing yet."""
        self._pdf = pikepdf.open(io.BytesIO(data))
        self._page = self._pdf.pages[index]
        self._known: dict[tuple[str, str], tuple[float, float, float, float] | None] = {}
        self._fonts: dict[str, list[tuple[TTFont, dict[str, int]]]] = {}

    def ink(self, g: Glyph) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a glyph's ink in points from the page's top left."""
        key = g.font, g.char
        if key not in self._known:
            self._known[key] = self._bounds(*key)
        em = self._known[key]
        if em is None:
            return g.left, g.top, g.right, g.bottom
        return g.x + em[0] * g.size, g.y - em[3] * g.size, g.x + em[2] * g.size, g.y - em[1] * g.size

    def _bounds(self, name: str, char: str) -> tuple[float, float, float, float] | None:
        for font, glyphs in self._named(name):
            if char in glyphs:
                pen = BoundsPen(outlines := font.getGlyphSet())
                outlines[font.getGlyphName(glyphs[char])].draw(pen)
                upem = font["head"].unitsPerEm
                left, foot, right, top = pen.bounds
                return left / upem, foot / upem, right / upem, top / upem
        return None

    def _named(self, name: str) -> list[tuple[TTFont, dict[str, int]]]:
        if name not in self._fonts:
            self._fonts[name] = [
                (embedded_font(font), {text: numbers[code] for code, text in to_unicode(font).items()})
                for font in self._page.Resources.Font.values()
                if str(font.BaseFont).lstrip("/") == name
                for numbers in [glyph_numbers(font)]
            ]
        return self._fonts[name]


def embedded_font(font: Any) -> TTFont:
    """Open the font file of a Type0 font."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    file = descriptor.get("/FontFile3") or descriptor.FontFile2
    return TTFont(io.BytesIO(file.read_bytes()))


def to_unicode(font: Any) -> dict[int, str]:
    """Read the ToUnicode map of a Type0 font: text by code."""
    pairs = re.findall(
        rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", bytes(font.ToUnicode.read_bytes()).partition(b"endcodespacerange")[2]
    )
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def glyph_numbers(font: Any) -> dict[int, int]:
    """Read the CMap of a Type0 font: the glyph's number in the embedded file by code."""
    ranges = re.findall(rb"<(\w{4})> <(\w{4})> (\d+)", bytes(font.Encoding.read_bytes()))
    return {
        code: int(number) + code - int(first, 16)
        for first, last, number in ranges
        for code in range(int(first, 16), int(last, 16) + 1)
    }


def pdfium_text(path: Path, index: int = 0) -> str:
    """Return what PDFium, and so Chrome, extracts from a page, without white space."""
    document = pypdfium2.PdfDocument(path)
    text = document[index].get_textpage().get_text_range()
    document.close()
    return squeeze(text)


def poppler_lines(path: Path, index: int = 0) -> list[str]:
    """Return the lines that pdftotext -raw extracts from a page."""
    page = str(index + 1)
    command = ["pdftotext", "-raw", "-f", page, "-l", page, "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def rendered(path: Path, index: int = 0) -> Image.Image:
    """Return a page as a grey picture, `SCALE` pixels a point."""
    document = pypdfium2.PdfDocument(path)
    picture: Image.Image = document[index].render(scale=SCALE, grayscale=True).to_pil().convert("L")
    document.close()
    return picture


# --- what must hold ---------------------------------------------------------------------------------


def assert_text(path: Path, index: int, pieces: Sequence[Piece]) -> None:
    """Assert that both extractors give the whole copy of a story, in order and in one go."""
    copy = "".join(piece.text for piece in pieces)
    for name, text in (("pdfium", pdfium_text(path, index)), ("poppler", squeeze("".join(poppler_lines(path, index))))):
        assert copy in text, f"{name}: {_first_difference(copy, text)}"


def _first_difference(copy: str, text: str) -> str:
    """Say where a copy and an extracted text part."""
    low, high = 0, len(copy)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if copy[:middle] in text else (low, middle - 1)
    at = text.find(copy[:low]) + low
    return (
        f"after {low} of {len(copy)} characters: “{copy[max(0, low - 12) : low + 12]}” is “{text[at - 12 : at + 12]}”"
    )


def glyphs_of(glyphs: Sequence[Glyph], pieces: Sequence[Piece]) -> list[Glyph]:
    """Return the glyphs of a story: those whose characters are its copy."""
    copy = "".join(piece.text for piece in pieces)
    text = "".join(g.char for g in glyphs)
    start = text.find(copy)
    assert start >= 0, _first_difference(copy, text)
    by_place = [g for g in glyphs for _ in g.char]
    return by_place[start : start + len(copy)]


def assert_inside(glyphs: Iterable[Glyph], rectangles: Sequence[Sequence[float]]) -> None:
    """Assert that the ink of every glyph lies in one of the story's rectangles (left, top, width, height)."""
    for g in glyphs:
        slack = 0.05 * g.size  # a letter's side bearing may be negative
        assert any(
            x - slack <= g.left and g.right <= x + w + slack and y - slack <= g.top and g.bottom <= y + h + slack
            for x, y, w, h in rectangles
        ), f"{g} is outside {rectangles}"


def assert_inked(glyphs: Iterable[Glyph], picture: Image.Image) -> None:
    """Assert that every glyph has ink on the rendered page."""
    for g in glyphs:
        box = int(g.left * SCALE), int(g.top * SCALE), int(g.right * SCALE) + 1, int(g.bottom * SCALE) + 1
        darkest = picture.crop(box).getextrema()[0]
        assert isinstance(darkest, int)
        assert darkest < DARK, f"no ink at {g}"


def assert_apart(glyphs: Sequence[Glyph], outlines: Outlines) -> None:
    """Assert that no glyph's ink lies on another's; the kerning of Latin letters may bring boxes near."""
    cells: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
    unit = 24.0
    for g in dict.fromkeys(glyphs):
        for column in range(int(g.left / unit), int(g.right / unit) + 1):
            for row in range(int(g.top / unit), int(g.bottom / unit) + 1):
                for other in cells[column, row]:
                    slack = 0.06 * min(g.size, other.size)
                    same = (g.x, g.y) == (other.x, other.y)  # one glyph that stands for two characters
                    if not same and _meet(
                        (g.left, g.top, g.right, g.bottom), (other.left, other.top, other.right, other.bottom), slack
                    ):
                        assert not _meet(outlines.ink(g), outlines.ink(other), slack), f"{g} on {other}"
                cells[column, row].append(g)


def _meet(a: Sequence[float], b: Sequence[float], slack: float) -> bool:
    """Say whether two boxes (left, top, right, bottom) overlap by more than a slack each way."""
    return min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Cut a story's glyphs into lines: a new one where the baseline moves or the pen jumps."""
    lines: list[Line] = []
    start = 0
    for place, (before, g) in enumerate(pairwise(glyphs), 1):
        size = max(before.size, g.size)
        if abs(g.y - before.y) > 0.5 * size or not -0.7 * size < g.x - before.x < 4 * size:
            lines.append(Line(tuple(glyphs[start:place]), start))
            start = place
    lines.append(Line(tuple(glyphs[start:]), start))
    return lines


def assert_line_edges(lines: Iterable[Line]) -> None:
    """Assert that no line begins or ends with a mark that may not stand there."""
    for line in lines:
        assert line.glyphs[0].char not in NO_LINE_START, f"begins with a prohibited mark: {line.text}"
        assert line.glyphs[-1].char not in NO_LINE_END, f"ends with a prohibited mark: {line.text}"


def body_lines(lines: Sequence[Line], pieces: Sequence[Piece]) -> list[tuple[Line, bool]]:
    """Return the lines of the body's paragraphs, each with whether its paragraph goes on in the next line."""
    spans = []
    place = 0
    for piece in pieces:
        if piece.body:
            spans.append((place, place + len(piece.text)))
        place += len(piece.text)
    found = []
    for line in lines:
        for start, end in spans:
            if start <= line.first and line.last <= end:
                found.append((line, line.last < end))
    return found


def assert_one_grid(lines: Sequence[Line]) -> None:
    """Assert that the baselines of the body's lines, in whatever column, are whole leadings apart."""
    steps = Counter(round(b.glyphs[0].y - a.glyphs[0].y, 2) for a, b in pairwise(lines))
    leading = steps.most_common(1)[0][0]
    assert leading > 0
    base = lines[0].glyphs[0].y
    for line in lines:
        offset = (line.glyphs[0].y - base + leading / 2) % leading - leading / 2
        assert abs(offset) < 0.05, f"{offset:+.3f} pt off the grid: {line.text}"


def assert_flush(lines: Sequence[tuple[Line, bool]], columns: int, loose: int = 0) -> None:
    """Assert that the full lines end on as many right edges as there are columns, but for `loose` lines that were told.

    A line that ends with a Han ends at the Han's own box, or a little before it, since a Han whose ink would stand
    out of the column is moved in; others, whose last mark is trimmed, end with their ink.
    """
    ends = Counter(round(g.x + g.size, 1) for line, full in lines if full and (g := line.glyphs[-1]).is_han)
    assert sum(ends.values()) > 10
    edges: list[float] = []
    for end, _ in ends.most_common():
        if all(abs(end - edge) > 1 for edge in edges):
            edges.append(end)
    for line, full in lines:
        last = line.glyphs[-1]
        if full and last.is_han:
            short = min((edge - last.x - last.size for edge in edges), key=abs)
            assert -0.15 < short < 0.075 * last.size, f"a full line ends {short:.2f} pt beside its column: {line.text}"
    assert len(edges) <= columns + loose
    short_lines: list[str] = []
    for line, full in lines:
        last = line.glyphs[-1]
        if full and not last.is_han:
            near = min(edges, key=lambda edge: abs(edge - last.right))
            assert last.right < near + 0.1 + 0.02 * last.size, f"ink stands out of the column: {line.text}"
            if near - last.right >= 0.75 * last.size:
                short_lines.append(line.text)
    assert len(short_lines) <= loose, f"full lines end short: {short_lines}"


def assert_feature_page(
    path: Path, index: int, stories: Mapping[str, Sequence[Piece]], report: Mapping[str, Any]
) -> None:
    """Assert everything above of one page.

    Args:
        path: the PDF.
        index: which of its pages, from 0.
        stories: the copy of each story on it.
        report: the build's report.
    """
    entries = {story["id"]: story for story in report["stories"]}
    loose = sum(found["code"] == "compose.loose-line" for found in report["diagnostics"])
    bare = without_actual_text(path)
    glyphs = page_glyphs(bare, index)
    picture = rendered(path, index)
    assert_apart(glyphs, Outlines(bare, index))
    grid: list[Line] = []
    for name, pieces in stories.items():
        assert_text(path, index, pieces)
        mine = glyphs_of(glyphs, pieces)
        assert_inside(mine, entries[name]["rectangles"])
        assert_inked(mine, picture)
        lines = lines_of(mine)
        assert_line_edges(lines)
        body = body_lines(lines, pieces)
        assert_flush(body, entries[name]["columns"], loose)
        grid.extend(line for line, _ in body)
    assert_one_grid(grid)
