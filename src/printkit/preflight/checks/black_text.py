"""Black text is black ink alone and overprints."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, error, rule
from printkit.preflight.colour import BLACK, TRACE
from printkit.preflight.document import Page
from printkit.preflight.marks import TextMark
from printkit.preflight.settings import Settings


@rule(
    "black-text",
    number=9,
    title=Say("black text in black ink, overprinting", "黑字单黑且叠印"),
    rationale=Say(
        "Four inks never register: rich black text has coloured edges, knocked-out text white ones.",
        "四色总有套印误差：四色黑的字有彩边，镂空的黑字露白边。",
    ),
    source="GWG 2015",
    profiles=PRESS,
)
@each_page
def check(page: Page, _: Settings) -> Iterable[Finding]:
    """Look at every black text that is made of CMYK or registration; grey is white-overprint's (rule 10)."""
    for mark in page.text:
        if message := _fault(mark):
            yield error(*message, mark.where)


def _fault(mark: TextMark) -> Say | None:
    colour, look = mark.look.colour, mark.look
    if colour.inks is None or (colour.space.components == 1 and not colour.space.is_registration):
        return None
    if colour.space.is_registration:
        return Say("text in registration colour, on all plates", "文字用了套版色，四版都有")
    if colour.inks.black < BLACK:
        return None
    if colour.inks.total - colour.inks.black > TRACE:
        return Say(f"rich black text ({colour.text})", f"四色黑文字（{colour.text}）")
    if colour.inks.is_solid and not (look.overprint and look.overprint_mode == 1):
        return Say("black text knocks out what is below it", "黑字未叠印，会镂空底色")
    return None
