"""Small type is set in one solid ink."""

from collections.abc import Callable, Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, error, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.geometry import Box
from printkit.preflight.marks import TextMark
from printkit.preflight.settings import Settings

_SLACK = 0.01


@rule(
    "small-text",
    number=12,
    title=Say("size of text by its inks", "文字大小与用墨"),
    rationale=Say(
        "Register is off by a tenth of a millimetre, and a screen frays thin strokes.",
        "套印差十分之一毫米，加网又使细笔画发毛。",
    ),
    source="NIAD (10/8/6 pt)",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at the size of every text that is not white (rule 11 has that)."""
    for mark in page.text:
        if not mark.look.colour.is_white and (finding := _fault(mark, settings)):
            yield finding


def _fault(mark: TextMark, settings: Settings) -> Finding | None:
    inks, size = mark.look.colour.inks, mark.size + _SLACK
    if size < settings.least_text:
        return _told(error, mark, "text", "文字", settings.least_text)
    if inks is None:
        return None
    if inks.plates > 1 and size < settings.inks_text_error:
        return _told(error, mark, "text in several inks", "多色文字", settings.inks_text_error)
    if inks.plates > 1 and size < settings.inks_text_warning:
        return _told(warning, mark, "text in several inks", "多色文字", settings.inks_text_warning)
    if inks.plates == 1 and not inks.is_solid and size < settings.tinted_text:
        return _told(warning, mark, "tinted text", "网点文字", settings.tinted_text)
    return None


def _told(tell: Callable[[str, str, Box], Finding], mark: TextMark, en: str, zh: str, limit: float) -> Finding:
    size = f"{mark.size:.1f}"
    return tell(f"{en} of {size} pt, under {limit:g}", f"{zh} {size} 点，小于 {limit:g} 点", mark.where)
