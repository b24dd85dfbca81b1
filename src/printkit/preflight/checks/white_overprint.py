"""White knocks out; black text is not device grey."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, error, rule
from printkit.preflight.colour import BLACK
from printkit.preflight.document import Page
from printkit.preflight.marks import AreaMark, LineMark, PictureMark, TextMark
from printkit.preflight.settings import Settings


@rule(
    "white-overprint",
    number=10,
    title=Say("white knocks out, no grey black", "白色镂空、黑字不用灰度"),
    rationale=Say(
        "Overprinting white prints nothing: the reversed headline is gone on the plate, though not on every screen.",
        "叠印的白等于没印：反白标题在印版上消失，而有的屏幕上还看得见。",
    ),
    source="GWG 2015; ISO 32000-1, 8.6.7",
    profiles=PRESS,
)
@each_page
def check(page: Page, _: Settings) -> Iterable[Finding]:
    """Look at everything white, and at grey text."""
    for mark in page.marks:
        if isinstance(mark, TextMark) and not mark.is_visible:
            continue
        paints = isinstance(mark, (TextMark, AreaMark, LineMark)) or (isinstance(mark, PictureMark) and mark.is_stencil)
        if paints and mark.look.colour.is_white and mark.look.overprint:
            yield error("white overprints: it vanishes", "白色设了叠印，印出来就没有了", mark.where)
        colour = mark.look.colour
        is_grey = colour.space.kind in ("DeviceGray", "CalGray")
        if isinstance(mark, TextMark) and is_grey and colour.inks and colour.inks.black >= BLACK:
            yield error(
                "black text in DeviceGray, which cannot overprint everywhere",
                "黑字用的是 DeviceGray，未必能叠印",
                mark.where,
            )
