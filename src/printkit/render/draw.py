"""Composed lines drawn through WeasyPrint, and the page written as PDF without its fonts.

A piece of composed text is a replaced element: an ``<img src="composed:7">`` whose picture is an object with
WeasyPrint's image interface, handed over in the documented `cache` option. It writes shaped glyphs at the
composer's own advances; WeasyPrint never breaks or spaces them again.

Fonts are not subset here: a page comes back with the list of the glyphs it uses, and `pdf.fonts` makes one
subset of each face for the whole edition. Two faults of WeasyPrint that print wrong characters in silence
are guarded: two files under one description (`_add_font`), and CID-keyed fonts (mended in `pdf.fonts`).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from printkit.diagnostics import InputError, Severity, SourceRef
from printkit.model.font_use import FontUse
from printkit.model.lines import VerticalLine
from printkit.model.page import PictureBox, TextBox
from printkit.model.style import Face
from printkit.model.tags import PageKid
from printkit.pictures.sizes import svg_size
from printkit.render.engine import (
    COMPOSED,
    Fetcher,
    font_configuration,
    laying_out,
    pango_font,
    source_of,
    weasyprint,
)
from printkit.render.log import listening, log_findings
from printkit.render.marking import Stretch
from printkit.render.pen import Glyphs, Pen
from printkit.render.tags import PageReader
from printkit.units import PX, css

# After `engine`, which imports WeasyPrint its own way.
import weasyprint.pdf as weasyprint_pdf  # isort: skip
import weasyprint.pdf.fonts as weasyprint_fonts  # isort: skip
import weasyprint.pdf.stream as weasyprint_stream  # isort: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as PDF, with what its fonts must hold, and where WeasyPrint put each piece (px: x, y, width, height).

    `tags` is what the page says, in order; the numbers in it are those of the marked content in `pdf`.
    """

    pdf: bytes
    fonts: tuple[FontUse, ...]
    placed: Mapping[str, tuple[float, float, float, float]]
    slots: Mapping[str, tuple[float, float, float, float]]
    """Where the slots stand, as `placed`."""
    drawn: int
    records: tuple[Any, ...]
    pages: int
    tags: tuple[PageKid, ...]
    files: frozenset[Path]
    """What was read for it: style sheets, and pictures that are shown as they are."""


# --- WeasyPrint's font step, replaced --------------------------------------------------------------

_init, _clean, _write, _add, _add_picture = (
    weasyprint_fonts.Font.__init__,
    weasyprint_fonts.Font.clean,
    weasyprint_pdf.build_fonts_dictionary,
    weasyprint_stream.Stream.add_font,
    weasyprint_stream.Stream.add_image,
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


def _fonts_dictionary(pdf: Any, fonts: Mapping[Any, Any], *args: Any) -> Any:
    """Write the fonts; of those that `pdf.fonts` replaces only the widths that their descriptors are made of."""
    whole = [(font, font.widths, font.to_unicode) for font in fonts.values() if shareable(font)]
    for font, widths, _ in whole:
        by_width = sorted(widths, key=widths.__getitem__)  # of the least and the greatest: box, and of one width or not
        font.widths, font.to_unicode = {gid: widths[gid] for gid in (*by_width[:1], *by_width[-1:])}, {}
    try:
        return _write(pdf, fonts, *args)
    finally:
        for font, widths, texts in whole:
            font.widths, font.to_unicode = widths, texts


def _add_font(self: Any, font: Any) -> Any:
    made, size = _add(self, font)
    if made.source != source_of(font):
        # WeasyPrint would draw glyph ids of the second file with the first: other characters, in silence.
        raise ValueError(f"the family {made.family} is in two files: {made.source[0]}, {source_of(font)[0]}")
    return made, size


_ALONE = False
"""Whether what is drawn is a file by itself (`alone`)."""


def shareable(font: Any) -> bool:
    """Say whether a font can be subset once for the edition; others stay as WeasyPrint makes them."""
    return not _ALONE and not (
        font.bitmap or font.used_in_forms or font.png or font.svg or font.colr or "fvar" in font.tables or font.missing
    )


_BY_CONTENT = "content"
"""Begins the id of a picture that has its name by content; WeasyPrint's own is a hash of the address."""


def _add_image(self: Any, image: Any, interpolate: bool, ratio: float) -> Any:
    # Named by address, pictures would make the same page other bytes in every folder.
    if not image.id.startswith(_BY_CONTENT):
        image.id = _BY_CONTENT + hashlib.sha256(image.image_data.data).hexdigest()[:32]
    return _add_picture(self, image, interpolate, ratio)


weasyprint_fonts.Font.__init__ = _font_init
weasyprint_fonts.Font.clean = _font_clean
weasyprint_pdf.build_fonts_dictionary = _fonts_dictionary
weasyprint_stream.Stream.add_font = _add_font
weasyprint_stream.Stream.add_image = _add_image


def _add_tags(pdf: Any, document: Any, version: Any, streams: Sequence[Any]) -> None:
    """Read the page instead of writing WeasyPrint's tree: `pdf.tags` writes one for the whole file."""
    document.reader.read(document.pages[0]._page_box, streams[0])


weasyprint_pdf.add_tags = _add_tags


# --- the replaced element ---------------------------------------------------------------------------


@lru_cache(maxsize=128)
def _pango_font(face: Face) -> Any:
    font = pango_font(face.family, face.weight)
    assert font is not None, f"{face.family} was there when it was measured"
    return font


class _Image:
    """WeasyPrint's image interface, beside `draw`."""

    ratio = None
    drawn = 0

    def get_intrinsic_size(self, resolution: Any, font_size: Any) -> tuple[None, None, None]:
        """Leave the size to CSS: width and height are both given."""
        return None, None, None


class ComposedImage(_Image):
    """Composed lines as a picture."""

    def __init__(self, box: TextBox) -> None:
        """Keep the lines; nothing is shaped before drawing."""
        self.box = box
        self.glyphs = Glyphs()
        """Its page's, when it is drawn."""
        self.stretches: list[Stretch] = []
        """Its marked content on a tagged page, once it is drawn."""

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Write the lines to the page's stream; units are CSS px, y goes down, origin is the box's top left."""
        self.drawn += 1
        box = self.box
        if abs(width * PX - box.rect.width) > 5 or abs(height * PX - box.rect.height) > 5:
            raise ValueError(f"a style resizes composed text: .{box.role} is {width:.2f} × {height:.2f} px")
        pen = Pen(stream, box, self.glyphs, lambda face: stream.add_font(_pango_font(face))[0])
        stream.set_color(style["color"])
        stream.begin_text()
        if box.turns:
            pen.vertical([VerticalLine(line, turns) for line, turns in zip(box.lines, box.turns, strict=True)])
        else:
            for index, line in enumerate(box.lines):
                pen.line(line, box.baseline + index * box.pitch, style["color"])
        stream.end_text()
        pen.finish(style["color"])
        self.stretches = pen.marking.stretches


class PlacedPage(_Image):
    """The first page of a PDF as a form; `pdf.ads` puts the page in its place."""

    def __init__(self, name: str) -> None:
        """Keep the name that the form has among the page's objects."""
        self.name = name

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Write an empty form of one unit square, drawn over the whole box as WeasyPrint draws its pictures."""
        self.drawn += 1
        extra = weasyprint_stream.pydyf.Dictionary(
            {"Type": "/XObject", "Subtype": "/Form", "BBox": weasyprint_stream.pydyf.Array([0, 0, 1, 1])}
        )
        stream._resources["XObject"][self.name] = weasyprint_stream.pydyf.Stream([], extra)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(self.name)


def svg_page(box: PictureBox) -> bytes:
    """Return a PDF of one page with an SVG over all of it, as large as its box; of no height, in its own ratio.

    Raises:
        InputError: WeasyPrint cannot draw it, or would leave it out.
    """
    where = SourceRef(box.file.name)
    image = f'<img src="{escape(box.file.as_uri())}" style="display:block;width:100%;height:100%">'
    with listening() as records:
        if box.rect.height:
            height = box.rect.height
        else:
            wide, high = svg_size(box.file)
            height = box.rect.width * high // wide if wide and high else box.rect.width
        sheet = f"@page{{size:{css(box.rect.width)} {css(height)};margin:0}}html,body{{margin:0;height:100%}}"
        page = f'<html lang="zh-CN"><title> </title><style>{sheet}</style><body>{image}</body></html>'
        fetcher = Fetcher([box.file.parent])
        with alone(), laying_out(where):
            pdf: bytes = weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf(font_config=font_configuration())
    if faults := [one for one in log_findings(records, where) if one.severity is Severity.ERROR]:
        raise InputError(faults)
    return pdf


@contextmanager
def alone() -> Iterator[None]:
    """Let what WeasyPrint draws be a file by itself, with whole fonts, which no other step embeds."""
    global _ALONE  # WeasyPrint's fonts know nothing of the file that they are for
    _ALONE = True
    try:
        yield
    finally:
        _ALONE = False


# --- a page ------------------------------------------------------------------------------------------

_FARTHEST = 1_000_000
"""Px: no link is so far off on any page, and a viewer that reads larger numbers may read none."""


def _check_links(page: Any) -> None:
    """See that styles leave links, their targets and bookmarks where a PDF can have them.

    Raises:
        ValueError: they do not.
    """
    places = (*(link[2] for link in page.links), *page.anchors.values(), *(mark[2] for mark in page.bookmarks))
    if not all(abs(one) < _FARTHEST for place in places for one in place):  # nor NaN
        raise ValueError("a style moves links off every page")


def _address(box: Any) -> str | None:
    """Return the address of a box that is composed text."""
    element = getattr(box, "element", None)
    address = "" if element is None else element.get("src") or ""
    return address if address.startswith(COMPOSED) else None


def _transforms(page_box: Any) -> dict[str, Any]:
    """Return by which matrix composed text is drawn elsewhere, where a style transforms it or a box around it."""
    found: dict[str, Any] = {}
    for box in page_box.descendants(placeholders=True):  # those around before those in them
        if box.transformation_matrix:
            for address in filter(None, map(_address, box.descendants(placeholders=True))):
                around = found.get(address)
                found[address] = box.transformation_matrix @ around if around else box.transformation_matrix
    return found


def draw(
    html: str,
    images: Mapping[str, ComposedImage],
    roots: Sequence[Path],
    forms: Mapping[str, PlacedPage] | None = None,
) -> Drawn:
    """Lay out and write one page.

    Args:
        html: the page with an ``<img src="composed:…">`` for each image.
        images: the composed text by address.
        roots: folders that style sheets, pictures and fonts may come from.
        forms: what is placed as a form, by the address of its file.

    Raises:
        ValueError: a style changed the size of composed text or moved links off, or a family is in two files.
    """
    fetcher = Fetcher(roots)
    glyphs = Glyphs()
    for image in images.values():
        image.glyphs = glyphs
    with listening() as records:
        page = weasyprint.HTML(string=html, base_url=roots[0].as_uri() + "/", url_fetcher=fetcher)
        document = page.render(font_config=font_configuration(), cache={**images, **(forms or {})})
        _check_links(document.pages[0])
        placed: dict[str, tuple[float, float, float, float]] = {}
        slots: dict[str, tuple[float, float, float, float]] = {}
        turned = _transforms(document.pages[0]._page_box)
        for box in document.pages[0]._page_box.descendants(placeholders=True):
            if (element := getattr(box, "element", None)) is None:
                continue
            if address := _address(box):
                x, y, width, height = box.content_box_x(), box.content_box_y(), box.width, box.height
                if matrix := turned.get(address):
                    right, bottom = matrix.transform_point(x + width, y + height)
                    x, y = matrix.transform_point(x, y)
                    width, height = right - x, bottom - y
                placed[address] = x, y, width, height
            elif (slot := element.get("data-slot")) and slot not in slots:
                slots[slot] = box.content_box_x(), box.content_box_y(), box.width, box.height
        document.reader = PageReader(images)
        pdf = document.write_pdf(pdf_tags=True)
    fonts = tuple(
        FontUse(f.hash, f.source, dict(f.widths), dict(f.to_unicode), f.ascent, f.descent, f.flags)
        for f in document.fonts.values()
        if shareable(f)
    )
    drawn = sum(image.drawn for image in images.values())
    kids, files = document.reader.kids, frozenset(fetcher.read)
    return Drawn(pdf, fonts, placed, slots, drawn, tuple(records), len(document.pages), kids, files)
