"""Line art, one bit deep, has the resolution that edges need."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.marks import PictureMark
from printkit.preflight.settings import Settings


@rule(
    "line-art-ppi",
    number=8,
    title=Say("resolution of line art", "线条稿分辨率"),
    rationale=Say("No screen softens the steps of a bitmap's edges.", "线条稿不加网，边缘的锯齿看得见。"),
    source="tt.com (600 ppi); WBJ (1000)",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at the effective resolution of bitmaps."""
    for mark in page.marks:
        if isinstance(mark, PictureMark) and mark.bits == 1 and mark.ppi < settings.line_art_ppi - 0.5:
            yield warning(
                f"line art of {mark.ppi:.0f} ppi, under {settings.line_art_ppi:g}",
                f"线条稿 {mark.ppi:.0f} ppi，低于 {settings.line_art_ppi:g}",
                mark.where,
                Say(f"{settings.line_art_target:g} ppi, or SVG", f"用 {settings.line_art_target:g} ppi，或 SVG"),
            )
