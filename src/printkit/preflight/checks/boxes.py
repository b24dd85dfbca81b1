"""Page boxes: nested, at the origin, with bleed where something touches the trim."""

from collections.abc import Iterable, Iterator

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, each_page, error, rule
from printkit.preflight.document import Page
from printkit.preflight.geometry import MM, Box
from printkit.preflight.marks import AreaMark, Mark, PictureMark, ShadeMark
from printkit.preflight.settings import Profile, Settings

_SLACK = 0.1
"""Points by which boxes may miss each other: a pixel is 0.75, a rounding 0.001."""


@rule(
    "boxes",
    number=1,
    title=Say("page boxes and bleed", "页面框与出血"),
    rationale=Say(
        "Imposition places a page by its TrimBox; without bleed a tint at the edge leaves a white thread when cut.",
        "拼大版按成品框定位；边上的底色没有出血，裁切后会露白。",
    ),
    source="ISO 15930-7; ISO 32000-1, 14.11.2",
    profiles=EVERY,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at every page's boxes."""
    yield from _nested(page)
    if settings.profile is Profile.NEWSPAPER:
        yield from _press(page, settings)


def _nested(page: Page) -> Iterator[Finding]:
    media, bleed, trim = page.media, page.bleed, page.trim
    if not media.width or not media.height:
        yield error("the page has no MediaBox", "页面没有 MediaBox")
    if bleed and not media.contains(bleed, _SLACK):
        yield error("BleedBox is not inside MediaBox", "BleedBox 超出 MediaBox", bleed)
    if trim and not (bleed or media).contains(trim, _SLACK):
        outer = "BleedBox" if bleed else "MediaBox"
        yield error(f"TrimBox is not inside {outer}", f"TrimBox 超出 {outer}", trim)


def _press(page: Page, settings: Settings) -> Iterator[Finding]:
    if page.trim is None:
        yield error("the page has no TrimBox", "页面没有 TrimBox（成品框）")
        return
    if abs(page.media.left) > _SLACK or abs(page.media.bottom) > _SLACK:
        at = f"{page.media.left:g}, {page.media.bottom:g}"
        yield error(f"MediaBox begins at {at}, not at 0, 0", f"MediaBox 从 {at} 开始，应从 0, 0 开始")
    if page.rotation:
        yield error(f"the page is turned by {page.rotation}°", f"页面旋转了 {page.rotation}°")
    if "/UserUnit" in page.obj:
        yield error("the page has a unit of its own (UserUnit)", "页面自定了单位（UserUnit）")
    if settings.bleed:
        yield from _bleed(page, page.trim, settings.bleed)


def _bleed(page: Page, trim: Box, wanted: float) -> Iterator[Finding]:
    """Find what ends at the trim, or short of the bleed beyond it, and a BleedBox too small for what runs over."""
    needed = trim.grown(wanted * MM)
    touching = [m for m in page.marks if _may_bleed(m) and not trim.grown(-_SLACK).contains(m.where)]
    for mark in touching:
        if _runs_short(mark.where, trim, needed):
            yield error(
                f"something ends at the trim, without {wanted:g} mm of bleed",
                f"有内容到成品边为止，没有 {wanted:g} 毫米出血",
                mark.where.cut(trim),
            )
    if touching and not (page.bleed or trim).contains(needed, _SLACK):
        yield error(
            f"something runs over the trim, and BleedBox gives less than {wanted:g} mm",
            f"有内容出血，BleedBox 却不足 {wanted:g} 毫米",
        )


def _may_bleed(mark: Mark) -> bool:
    """Tell whether a mark shows at the page's edge: white paper and marks for the cutter do not."""
    if isinstance(mark, AreaMark):
        return not mark.look.colour.is_white and not mark.look.colour.space.is_registration
    return isinstance(mark, (PictureMark, ShadeMark))


def _runs_short(where: Box, trim: Box, needed: Box) -> bool:
    return (
        (where.left <= trim.left + _SLACK and where.left > needed.left + _SLACK)
        or (where.bottom <= trim.bottom + _SLACK and where.bottom > needed.bottom + _SLACK)
        or (where.right >= trim.right - _SLACK and where.right < needed.right - _SLACK)
        or (where.top >= trim.top - _SLACK and where.top < needed.top - _SLACK)
    )
