"""Pictures have enough pixels for their size, and not far too many."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, each_page, error, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.marks import PictureMark
from printkit.preflight.settings import Settings


@rule(
    "picture-ppi",
    number=7,
    title=Say("resolution of pictures", "图片分辨率"),
    rationale=Say(
        "Under half of what the screen needs pixels show; over 600 ppi only the file grows.",
        "分辨率不到所需一半，印出来看得见马赛克；超过 600 ppi 只是文件变大。",
    ),
    source="Archant, tt.com (200 ppi); WBJ (170); GWG 2015",
    profiles=EVERY,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at the effective resolution of pictures with tones."""
    for mark in page.marks:
        if not isinstance(mark, PictureMark) or mark.bits == 1:
            continue
        if mark.ppi < settings.ppi_warning - 0.5:
            coarse = mark.ppi < settings.ppi_error - 0.5
            tell, asked = (error, settings.ppi_error) if coarse else (warning, settings.ppi_warning)
            yield tell(
                f"a picture of {mark.ppi:.0f} ppi, under {asked:g}",
                f"图片分辨率 {mark.ppi:.0f} ppi，低于 {asked:g}",
                mark.where,
                Say("place it smaller, or ask for the original", "排小些，或索取原图"),
            )
        elif mark.ppi > settings.ppi_most:
            yield warning(
                f"a picture of {mark.ppi:.0f} ppi, over {settings.ppi_most:g}",
                f"图片分辨率 {mark.ppi:.0f} ppi，高于 {settings.ppi_most:g}",
                mark.where,
            )
