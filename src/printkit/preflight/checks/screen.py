"""Pictures and the press's screen: two pixels a line."""

from collections.abc import Iterable

from printkit.diagnostics import Say, Severity
from printkit.preflight.check import PRESS, Finding, each_page, rule
from printkit.preflight.document import Page
from printkit.preflight.marks import PictureMark
from printkit.preflight.settings import Settings

_QUALITY = 2
"""Pixels a screen line."""
_SLACK = 0.05
"""200 ppi is meant for 40 lines a cm, though twice 101.6 is 203."""


@rule(
    "screen",
    number=16,
    title=Say("pictures for the press's screen", "图片与加网线数"),
    rationale=Say(
        "A picture gains until it has two pixels a screen line; a note, not a fault.",
        "每条网线两个像素之内，像素越多越清楚；只作说明，不算错。",
    ),
    source="IFRA26S (40 lines/cm); tt.com (48); WBJ (85 lpi)",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Note pictures that rule 7 lets pass though the screen could show more."""
    wanted = _QUALITY * settings.lpi * (1 - _SLACK)
    for mark in page.marks:
        if isinstance(mark, PictureMark) and mark.bits > 1 and settings.ppi_warning <= mark.ppi < wanted:
            yield Finding(
                Say(
                    f"a picture of {mark.ppi:.0f} ppi; a screen of {settings.lpi:.0f} lpi shows {wanted:.0f}",
                    f"图片 {mark.ppi:.0f} ppi；{settings.lpi:.0f} 线的网屏可表现 {wanted:.0f}",
                ),
                Severity.INFO,
                mark.where,
            )
