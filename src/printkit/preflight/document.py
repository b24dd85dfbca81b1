"""A PDF as the rules see it: the file, its pages with boxes and marks, its separations.

Nothing is read twice: content when the first rule asks for it, plates likewise.
"""

import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

from printkit.pdf_bounds import check_bounds, check_page, opened
from printkit.preflight.content import PageContent, read_content
from printkit.preflight.fonts import Font
from printkit.preflight.geometry import Box, read_box
from printkit.preflight.marks import Mark, TextMark
from printkit.preflight.plates import Sheet, separate

_NOWHERE = Box(0, 0, 0, 0)


@dataclass
class Page:
    """One page. Boxes are as the file has them, None where it has none; MediaBox and Rotate may be inherited."""

    number: int
    obj: Any
    fonts: dict[Any, Font] = field(repr=False)

    def _inherited(self, key: str) -> Any:
        node, steps = self.obj, 0
        while node is not None and steps < 64:  # a tree of pages deeper than this is a ring
            if key in node:
                return node[key]
            node, steps = node.get("/Parent"), steps + 1
        return None

    @cached_property
    def media(self) -> Box:
        """MediaBox."""
        return read_box(self._inherited("/MediaBox")) or _NOWHERE

    @cached_property
    def bleed(self) -> Box | None:
        """BleedBox."""
        return read_box(self.obj.get("/BleedBox"))

    @cached_property
    def trim(self) -> Box | None:
        """TrimBox."""
        return read_box(self.obj.get("/TrimBox"))

    @property
    def rotation(self) -> int:
        """Degrees clockwise that readers turn the page."""
        return int(self._inherited("/Rotate") or 0) % 360

    @property
    def sheet(self) -> Box:
        """The finished page: TrimBox, else MediaBox."""
        return self.trim or self.media

    @cached_property
    def content(self) -> PageContent:
        """Everything painted, and what is broken."""
        return read_content(self.obj, self.media, self.fonts)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What shows on the finished page; crop marks and slug lines stand outside."""
        return tuple(m for m in self.content.marks if (cut := m.where.cut(self.sheet)) and (cut.width or cut.height))

    @property
    def text(self) -> Iterator[TextMark]:
        """Visible text of the finished page."""
        return (m for m in self.marks if isinstance(m, TextMark) and m.is_visible)


@dataclass
class Document:
    """A file opened for checking."""

    pdf: pikepdf.Pdf
    data: bytes = field(repr=False)
    pages: tuple[Page, ...]

    @cached_property
    def fonts(self) -> tuple[Font, ...]:
        """Every font that text is shown in, once, in the order of use."""
        used = (m.font for page in self.pages for m in page.content.marks if isinstance(m, TextMark))
        return tuple({id(font): font for font in used}.values())

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The plates of every page, by Ghostscript.

        Raises:
            NoGhostscriptError: there is none, or it could not render the file.
        """
        return separate(self.data, [(page.media, page.sheet) for page in self.pages])

    @cached_property
    def metadata(self) -> Any:
        """XMP, by qualified name; empty where the file has none, or one that is no XMP."""
        # pikepdf logs a traceback for broken XMP; the rules tell what is missing in their own words.
        logging.getLogger("pikepdf").addHandler(logging.NullHandler())
        return self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)

    def pages_of(self, font: Font) -> Iterable[int]:
        """Yield the pages that a font is used on."""
        return (
            p.number for p in self.pages if any(isinstance(m, TextMark) and m.font is font for m in p.content.marks)
        )


def open_document(data: bytes) -> Document:
    """Open a file.

    Raises:
        pikepdf.PdfError: it is no PDF, or one that a password locks.
        TooMuchError: it is larger than what can be read.
    """
    pdf = opened(io.BytesIO(data))
    check_bounds(pdf)
    for page in pdf.pages:
        check_page(page.obj)
    fonts: dict[Any, Font] = {}
    return Document(pdf, data, tuple(Page(i, page.obj, fonts) for i, page in enumerate(pdf.pages, 1)))
