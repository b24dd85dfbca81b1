"""Line art, one bit deep, has the resolution that edges need."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Check, Finding, warning
from printkit.preflight.document import Document
from printkit.preflight.marks import PictureMark
from printkit.preflight.settings import Settings


def run(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look at the effective resolution of bitmaps."""
    for page in document.pages:
        for mark in page.marks:
            if isinstance(mark, PictureMark) and mark.bits == 1 and mark.ppi < settings.line_art_ppi - 0.5:
                yield warning(
                    f"line art of {mark.ppi:.0f} ppi, under {settings.line_art_ppi:g}",
                    f"线条稿 {mark.ppi:.0f} ppi，低于 {settings.line_art_ppi:g}",
                    page.number,
                    mark.where,
                    Say(f"{settings.line_art_target:g} ppi, or SVG", f"用 {settings.line_art_target:g} ppi，或 SVG"),
                )


CHECK = Check(
    id="line-art-ppi",
    number=8,
    title=Say("resolution of line art", "线条稿分辨率"),
    rationale=Say("No screen softens the steps of a bitmap's edges.", "线条稿不加网，边缘的锯齿看得见。"),
    source="tt.com (600 ppi); WBJ (1000)",
    profiles=PRESS,
    run=run,
)
