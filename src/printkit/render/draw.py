"""Composed lines drawn through WeasyPrint, and the page written as PDF without its fonts.

A piece of composed text is a replaced element: an ``<img src="composed:7">`` whose picture is an object with
WeasyPrint's image interface, handed over in the documented `cache` option. It writes shaped glyphs at the
composer's own advances; WeasyPrint never breaks or spaces them again.

Fonts are not subset here: a page comes back with the list of the glyphs it uses, and `pdf.fonts` makes one
subset of each face for the whole edition. Two faults of WeasyPrint that print wrong characters in silence
are guarded: two files under one description (`_add_font`), and CID-keyed fonts (mended in `pdf.fonts`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tinycss2.color5 import parse_color

from printkit.fonts.metrics import GETA, Shaped, chain_of, glyph_advance, scale_of, shape_line
from printkit.model.lines import ComposedLine
from printkit.model.page import TextBox
from printkit.model.style import Face
from printkit.render.engine import Fetcher, font_configuration, listening, pango_font, source_of, weasyprint

# After `engine`, which imports WeasyPrint its own way.
import weasyprint.pdf.fonts as weasyprint_fonts  # isort: skip
import weasyprint.pdf.stream as weasyprint_stream  # isort: skip
from weasyprint.images import Image  # noqa: F401  # isort: skip  # the interface that `ComposedImage` follows


WIDE_GAP = 140
"""Gap in thousandths of an em from which a line is wrapped in one ActualText: extractors see a blank at 150."""

OVERLAP = 150
"""Thousandths of an em that a glyph's box may reach over the next origin before readers break the line."""

RAISED = 350
"""How far a superior note mark stands above the baseline, in thousandths of an em."""

_RED = parse_color("#d7000f")


@dataclass(frozen=True, slots=True)
class FontUse:
    """The glyphs that a page draws with one face, as the PDF names them."""

    hash: str
    source: tuple[str, int]
    widths: Mapping[int, int]
    to_unicode: Mapping[int, str]
    ascent: int
    descent: int
    flags: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as PDF, with what its fonts must hold, and where WeasyPrint put each piece (px: x, y, width, height)."""

    pdf: bytes
    fonts: tuple[FontUse, ...]
    placed: Mapping[str, tuple[float, float, float, float]]
    drawn: int
    records: tuple[Any, ...]
    pages: int


# --- WeasyPrint's font step, replaced --------------------------------------------------------------

_init, _clean, _add = (
    weasyprint_fonts.Font.__init__,
    weasyprint_fonts.Font.clean,
    weasyprint_stream.Stream.add_font,
)
_data = weasyprint_fonts.get_hb_object_data


def _font_init(self: Any, font: Any, description: Any, size: float) -> None:
    # WeasyPrint copies the whole collection (26 MB) for every font; only unshared fonts need it, in `clean`.
    weasyprint_fonts.get_hb_object_data = lambda *args, **kwargs: b""
    try:
        _init(self, font, description, size)
    finally:
        weasyprint_fonts.get_hb_object_data = _data
    self.source = source_of(font)


def _font_clean(self: Any, to_unicode: Any, hinting: Any) -> None:
    if not shareable(self):
        self.file_content = _data(self.hb_face)
        _clean(self, to_unicode, hinting)
        return
    # Four bytes, enough for `Font.type` to choose between FontFile3 and FontFile2.
    self.file_content = b"OTTO" if "CFF " in self.tables else b"\0\1\0\0"


def _add_font(self: Any, font: Any) -> Any:
    made, size = _add(self, font)
    if made.source != source_of(font):
        # WeasyPrint would draw glyph ids of the second file with the first: other characters, in silence.
        raise ValueError(f"the family {made.family} is in two files: {made.source[0]}, {source_of(font)[0]}")
    return made, size


def shareable(font: Any) -> bool:
    """Say whether a font can be subset once for the edition; others stay as WeasyPrint makes them."""
    return not (
        font.bitmap or font.used_in_forms or font.png or font.svg or font.colr or "fvar" in font.tables or font.missing
    )


weasyprint_fonts.Font.__init__ = _font_init
weasyprint_fonts.Font.clean = _font_clean
weasyprint_stream.Stream.add_font = _add_font


# --- the replaced element ---------------------------------------------------------------------------


@lru_cache(maxsize=128)
def _pango_font(face: Face) -> Any:
    font = pango_font(face.family, face.weight)
    assert font is not None, f"{face.family} was there when it was measured"
    return font


class ComposedImage:
    """Composed lines with WeasyPrint's image interface (`get_intrinsic_size`, `draw`)."""

    ratio = None

    def __init__(self, box: TextBox) -> None:
        """Keep the lines; nothing is shaped before drawing."""
        self.box = box
        self.drawn = 0

    def get_intrinsic_size(self, resolution: Any, font_size: Any) -> tuple[None, None, None]:
        """Leave the size to CSS: width and height are both given."""
        return None, None, None

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Write the lines to the page's stream; units are CSS px, y goes down, origin is the box's top left."""
        self.drawn += 1
        box = self.box
        if abs(width * 750 - box.rect.width) > 5 or abs(height * 750 - box.rect.height) > 5:
            raise ValueError(f"a style resizes composed text: .{box.role} is {width:.2f} × {height:.2f} px")
        pen = _Pen(stream, box)
        stream.set_color(style["color"])
        stream.begin_text()
        for index, line in enumerate(box.lines):
            pen.line(line, box.baseline + index * box.pitch, style["color"])
        stream.end_text()
        pen.dots()


class _Pen:
    """Writes lines of one box."""

    def __init__(self, stream: Any, box: TextBox) -> None:
        self._stream = stream
        self._box = box
        self._fonts: dict[Face, Any] = {}
        self._dots: list[tuple[float, float, float]] = []
        self._runs = box.paragraph.runs
        self._emphasised = any(run.emphasis for run in self._runs)
        self._size = box.style.size
        self._chains = [chain_of(box.style, run) for run in self._runs]
        self._scales = [scale_of(run) for run in self._runs]

    def line(self, line: ComposedLine, y: int, colour: Any) -> None:
        """Write one line with its baseline at `y` (mpt from the box's top)."""
        shaped = self._shape(line)
        origins = []
        x = line.x
        for advance in line.advances:
            origins.append(x)
            x += advance
        chains = self._actual_text(line, shaped, origins)
        position = 0
        count = len(shaped)
        while position < count:
            end = chains.get(position, 0)
            if end:
                text = "".join(line.clusters[position:end])
                self._raw(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
                self._glyphs(line, shaped, origins, position, end, y, colour)
                self._raw("EMC")
            else:
                end = position + 1
                while end < count and end not in chains:
                    end += 1
                self._glyphs(line, shaped, origins, position, end, y, colour)
            position = end
        self._mark_emphasis(line, origins, y)

    def _raw(self, operator: str) -> None:
        self._stream.stream.append(operator.encode())

    def _shape(self, line: ComposedLine) -> list[Shaped]:
        """Shape a line, each run with its own chain."""
        clusters, runs = line.clusters, line.runs
        if len(set(runs)) == 1:
            return shape_line(clusters, self._chains[runs[0]])
        found: list[Shaped] = []
        start = 0
        while start < len(clusters):
            end = start + 1
            while end < len(clusters) and runs[end] == runs[start]:
                end += 1
            found.extend(shape_line(clusters[start:end], self._chains[runs[start]]))
            start = end
        return found

    def _actual_text(self, line: ComposedLine, shaped: Sequence[Shaped], origins: Sequence[int]) -> dict[int, int]:
        """Return the stretches (first cluster → end) whose text readers would get wrong from the glyphs alone.

        Those are chains of overlapping glyphs, characters that no font has, and whole lines with a wide gap.
        """
        count = len(shaped)
        em = self._size
        chains: dict[int, int] = {}
        index = 0
        while index < count:
            end = index + 1
            wrong = shaped[index].missing or self._reads_otherwise(shaped[index])
            while end < count:
                scale = self._scales[line.runs[end - 1]]
                box_end = origins[end - 1] + line.shifts[end - 1] + shaped[end - 1].advance * scale * em / 1000
                start = origins[end] + line.shifts[end]
                if start < box_end - OVERLAP * em / 1000:
                    wrong = self._reads_otherwise(shaped[end]) or wrong
                    end += 1
                    continue
                if start - box_end > WIDE_GAP * em / 1000 and not line.clusters[end - 1].isspace():
                    return {0: count}
                break
            if end > index + 1 or wrong:
                chains[index] = end
            index = end
        return chains

    def _reads_otherwise(self, shaped: Shaped) -> bool:
        """Give the glyphs of a cluster their text; say whether one already stands for another (⼀ and 一 are one glyph)."""
        font = self._font(shaped.face)
        if len(shaped.glyphs) == 1 and not shaped.missing:
            text = shaped.text
            return bool(font.to_unicode.setdefault(shaped.glyphs[0].gid, text) != text)
        return any(
            font.to_unicode.setdefault(g.gid, t) != t for g, t in zip(shaped.glyphs, _texts(shaped), strict=True)
        )

    def _font(self, face: Face) -> Any:
        if face not in self._fonts:
            self._fonts[face] = self._stream.add_font(_pango_font(face))[0]
        return self._fonts[face]

    def _glyphs(
        self,
        line: ComposedLine,
        shaped: Sequence[Shaped],
        origins: Sequence[int],
        start: int,
        end: int,
        y: int,
        colour: Any,
    ) -> None:
        """Write the glyphs of some clusters: one TJ for each stretch of one face and size."""
        index = start
        while index < end:
            first = shaped[index]
            run = line.runs[index]
            scale = self._scales[run]
            size = self._size * scale
            raised = self._size * RAISED / 1000 if self._runs[run].superior else 0
            font = self._font(first.face)
            widths = font.widths
            out: list[str] = []
            zero = origins[index]
            pen = 0.0
            last = index
            while (
                last < end
                and shaped[last].face is first.face
                and self._scales[line.runs[last]] == scale
                and shaped[last].missing == first.missing
                and self._runs[line.runs[last]].superior == bool(raised)
            ):
                # Each glyph has its text already: `_actual_text` saw every cluster of the line.
                at = (origins[last] + line.shifts[last] - zero) * 1000 / size
                for glyph in shaped[last].glyphs:
                    gid = glyph.gid
                    width = widths.get(gid)
                    if width is None:
                        width = widths[gid] = glyph_advance(first.face, gid)
                    gap = at + glyph.x - pen
                    if not -0.0005 < gap < 0.0005:
                        gap = round(gap, 3)
                        out.append(f">{-gap:.3f}<")
                        pen += gap
                    out.append(f"{gid:04x}")
                    pen += width
                last += 1
            stream = self._stream
            if first.missing:
                stream.set_color(_RED)
            stream.set_font_size(font.hash, size / 750)
            stream.set_text_matrix(1, 0, 0, -1, zero / 750, (y - raised) / 750)
            stream.show_text("<" + "".join(out) + ">")
            if first.missing:
                stream.set_color(colour)
            index = last

    def _mark_emphasis(self, line: ComposedLine, origins: Sequence[int], y: int) -> None:
        """Keep a dot (着重号) for each Han of an emphasised run; marks and blanks get none (composition.md G2)."""
        if not self._emphasised:
            return
        for index, cluster in enumerate(line.clusters):
            run = self._runs[line.runs[index]]
            if run.emphasis and cluster[0].isalnum() and not (cluster.isascii()):
                centre = origins[index] + line.shifts[index] + self._size / 2
                self._dots.append((centre / 750, (y + self._size * 0.25) / 750, self._size * 0.06 / 750))

    def dots(self) -> None:
        """Draw the kept dots."""
        for x, y, r in self._dots:
            k = r * 0.5523
            stream = self._stream
            stream.move_to(x + r, y)
            stream.curve_to(x + r, y + k, x + k, y + r, x, y + r)
            stream.curve_to(x - k, y + r, x - r, y + k, x - r, y)
            stream.curve_to(x - r, y - k, x - k, y - r, x, y - r)
            stream.curve_to(x + k, y - r, x + r, y - k, x + r, y)
            stream.fill()


def _texts(shaped: Shaped) -> Sequence[str]:
    """Share the text of a cluster out to its glyphs: a character each (``……``), else all to the first (``——``)."""
    text = GETA if shaped.missing else shaped.text
    count = len(shaped.glyphs)
    return text if len(text) == count else [text, *[""] * (count - 1)]


# --- a page ------------------------------------------------------------------------------------------


def draw(html: str, images: Mapping[str, ComposedImage], roots: Sequence[Path]) -> Drawn:
    """Lay out and write one page.

    Args:
        html: the page with an ``<img src="composed:…">`` for each image.
        images: the composed text by address.
        roots: folders that style sheets, pictures and fonts may come from.

    Raises:
        ValueError: a style changed the size of composed text, or a family is in two files.
    """
    with listening() as records:
        page = weasyprint.HTML(string=html, base_url=roots[0].as_uri() + "/", url_fetcher=Fetcher(roots))
        document = page.render(font_config=font_configuration(), cache=dict(images))
        placed = {
            box.element.get("src"): (box.content_box_x(), box.content_box_y(), box.width, box.height)
            for box in document.pages[0]._page_box.descendants(placeholders=True)
            if getattr(box, "element", None) is not None and (box.element.get("src") or "").startswith("composed:")
        }
        pdf = document.write_pdf()
    fonts = tuple(
        FontUse(f.hash, f.source, dict(f.widths), dict(f.to_unicode), f.ascent, f.descent, f.flags)
        for f in document.fonts.values()
        if shareable(f)
    )
    drawn = sum(image.drawn for image in images.values())
    return Drawn(pdf, fonts, placed, drawn, tuple(records), len(document.pages))
