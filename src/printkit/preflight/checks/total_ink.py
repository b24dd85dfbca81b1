"""No area holds more ink than the paper takes up."""

from collections.abc import Iterable
from math import ceil

from printkit.diagnostics import Say, Severity
from printkit.preflight.check import PRESS, Finding, NotChecked, error, rule, warning
from printkit.preflight.document import Document, Page
from printkit.preflight.geometry import MM
from printkit.preflight.plates import RESOLUTION, NoGhostscriptError, Sheet
from printkit.preflight.settings import Settings

_STEP = 10
"""Percent that the most ink is rounded up to, so that spots alike are told together."""


@rule(
    "total-ink",
    number=5,
    title=Say("total ink", "总墨量"),
    rationale=Say(
        "Newsprint takes up little: too much ink sets off on the next page and smears in the folder.",
        "新闻纸吸墨有限，墨太多会蹭脏背面，折报时拖花。",
    ),
    source="ISO 12647-3:2013 (220 %; 240 % in the older edition), by WAN-IFRA",
    profiles=PRESS,
)
def check(document: Document, settings: Settings) -> Iterable[Finding] | NotChecked:
    """Render the plates and look for areas above the limit."""
    try:
        sheets = document.sheets
    except NoGhostscriptError as fault:
        if str(fault) == "gs":
            reason = Say("Ghostscript (gs) is not installed", "没有安装 Ghostscript（gs）")
            hint = Say("sudo apt-get install ghostscript", "sudo apt-get install ghostscript")
        else:
            reason, hint = Say(f"Ghostscript failed: {fault}", f"Ghostscript 出错：{fault}"), None
        return NotChecked(reason, hint, Severity.WARNING)
    both = zip(document.pages, sheets, strict=True)
    return (finding for page, sheet in both for finding in _page(page, sheet, settings))


def _page(page: Page, sheet: Sheet, settings: Settings) -> Iterable[Finding]:
    least = settings.tac_area * (MM * RESOLUTION / 72) ** 2
    limit, high = settings.tac, settings.tac + settings.tac_error
    for spot in sheet.spots(limit, high):
        if spot.pixels < least:
            continue
        tell, asked = (error, high) if spot.heavy >= least else (warning, limit)
        most = ceil(spot.most / _STEP) * _STEP
        yield tell(
            f"total ink up to {most} %, over {asked:g} %",
            f"总墨量最高约 {most}%，超过 {asked:g}%",
            None if page.rotation else spot.box,
            page=page.number,
        )
