"""Small type is set in one solid ink."""

from collections.abc import Callable, Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Check, Finding, error, warning
from printkit.preflight.document import Document
from printkit.preflight.geometry import Box
from printkit.preflight.marks import TextMark
from printkit.preflight.settings import Settings

_SLACK = 0.01


def run(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look at the size of every text that is not white (rule 11 has that)."""
    for page in document.pages:
        for mark in page.text:
            if not mark.look.colour.is_white and (finding := _fault(mark, page.number, settings)):
                yield finding


def _fault(mark: TextMark, page: int, settings: Settings) -> Finding | None:
    inks, size = mark.look.colour.inks, mark.size + _SLACK
    if size < settings.least_text:
        return _told(error, mark, page, "text", "文字", settings.least_text)
    if inks is None:
        return None
    if inks.plates > 1 and size < settings.inks_text_error:
        return _told(error, mark, page, "text in several inks", "多色文字", settings.inks_text_error)
    if inks.plates > 1 and size < settings.inks_text_warning:
        return _told(warning, mark, page, "text in several inks", "多色文字", settings.inks_text_warning)
    if inks.plates == 1 and not inks.is_solid and size < settings.tinted_text:
        return _told(warning, mark, page, "tinted text", "网点文字", settings.tinted_text)
    return None


def _told(
    tell: Callable[[str, str, int, Box], Finding], mark: TextMark, page: int, en: str, zh: str, limit: float
) -> Finding:
    size = f"{mark.size:.1f}"
    return tell(f"{en} of {size} pt, under {limit:g}", f"{zh} {size} 点，小于 {limit:g} 点", page, mark.where)


CHECK = Check(
    id="small-text",
    number=12,
    title=Say("size of text by its inks", "文字大小与用墨"),
    rationale=Say(
        "Register is off by a tenth of a millimetre, and a screen frays thin strokes.",
        "套印差十分之一毫米，加网又使细笔画发毛。",
    ),
    source="NIAD (10/8/6 pt)",
    profiles=PRESS,
    run=run,
)
