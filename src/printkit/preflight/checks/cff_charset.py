"""In CID-keyed CFF fonts a CID names the glyph that is meant."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, NotChecked, error, rule, warning
from printkit.preflight.document import Document, Page
from printkit.preflight.fonts import Font
from printkit.preflight.marks import TextMark
from printkit.preflight.settings import Settings

_EMPTY = 4
"""A charstring this short holds a width and `endchar`: it draws nothing (Adobe 5177)."""


@rule(
    "cff-charset",
    title=Say("CIDs name their glyphs", "CID 与字形一致"),
    rationale=Say(
        "PDFium and Poppler draw such fonts by glyph number, Ghostscript and MuPDF by charset: the proof is right and the "
        "plate is wrong.",
        "这类字体，PDFium、Poppler 按字形编号画，Ghostscript、MuPDF 按 charset 画：屏幕上对，印版上错。",
    ),
    source="ISO 32000-1, 9.7.4.2; renderers compared",
    profiles=EVERY,
)
def check(document: Document, _: Settings) -> Iterable[Finding] | NotChecked:
    """Compare the charset of every CID-keyed CFF with the glyphs' own numbers."""
    try:
        doubtful = [font for font in document.fonts if font.is_composite and not _is_identity(font.cff)]
    except ValueError as fault:
        return NotChecked(Say(f"a font cannot be read: {fault}", f"字体无法读取：{fault}"))
    return (finding for font in doubtful for finding in _told(document, font))


def _is_identity(cff: Any) -> bool:
    if cff is None or not hasattr(cff, "ROS"):
        return True
    return bool(cff.charset[1:] == _names()[1 : len(cff.charset)])


@cache
def _names() -> list[str]:
    """Return the names that fontTools gives to CIDs, at their own numbers."""
    return [f"cid{gid:05d}" for gid in range(0x10000)]


def _told(document: Document, font: Font) -> Iterable[Finding]:
    """Tell an error on the pages whose text goes astray, else a warning on those that use the font."""
    for page in document.pages:
        cids = {font.encoding.cid(c) for mark in _shown(page, font) for c in mark.codes}
        lost = sum(_is_lost(font.cff, cid) for cid in cids)
        if lost:
            yield error(
                f"font {font.name}: {lost} CIDs name no glyph; the RIP draws nothing or boxes",
                f"字体 {font.name}：{lost} 个 CID 没有对应的字形，RIP 会印成空白或方框",
                page=page.number,
            )
        elif cids:
            yield warning(
                f"font {font.name}: CIDs are not glyph numbers; renderers may differ",
                f"字体 {font.name}：CID 与字形编号不一致，不同的 RIP 可能印得不同",
                page=page.number,
            )


def _shown(page: Page, font: Font) -> Iterable[TextMark]:
    return (m for m in page.content.marks if isinstance(m, TextMark) and m.font is font)


def _is_lost(cff: Any, cid: int) -> bool:
    """Tell whether a CID's glyph is not there, or is emptied where the glyph of that number is drawn."""
    name = f"cid{cid:05d}"
    if name not in cff.CharStrings:
        return True
    if cid >= len(cff.charset):
        return False
    return _is_empty(cff, name) and not _is_empty(cff, cff.charset[cid])


def _is_empty(cff: Any, name: str) -> bool:
    return len(cff.CharStrings[name].bytecode or b"") <= _EMPTY
