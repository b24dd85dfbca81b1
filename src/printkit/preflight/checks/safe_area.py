"""Live matter keeps away from the trim, and text inside the type area."""

from collections.abc import Iterable, Iterator

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.geometry import MM, Box
from printkit.preflight.marks import PictureMark, TextMark
from printkit.preflight.settings import Settings

_SLACK = 0.5
"""Points: the em box of a mark is a little larger than its ink."""


@rule(
    "safe-area",
    number=15,
    title=Say("distance from the trim", "离成品边的距离"),
    rationale=Say(
        "Folder and knife are off by millimetres; what stands at the edge is cut or vanishes in the fold.",
        "折页、裁切有几毫米误差，太靠边的会被裁掉或折进去。",
    ),
    source="guides of presses (3–5 mm)",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at text and pictures near the edge; what bleeds is meant to be cut."""
    yield from _near_trim(page, settings.safe)
    if settings.margins:
        yield from _outside(page, settings.margins)


def _near_trim(page: Page, safe: float) -> Iterator[Finding]:
    inner = page.sheet.grown(-safe * MM)
    for mark in page.marks:
        is_text = isinstance(mark, TextMark) and mark.is_visible
        is_picture = isinstance(mark, PictureMark) and page.sheet.grown(-_SLACK).contains(mark.where)
        if (is_text or is_picture) and not inner.contains(mark.where, _SLACK):
            en, zh = ("text", "文字") if is_text else ("a picture", "图片")
            yield warning(f"{en} nearer than {safe:g} mm to the trim", f"{zh}离成品边不到 {safe:g} 毫米", mark.where)


def _outside(page: Page, margins: tuple[float, float, float, float]) -> Iterator[Finding]:
    top, right, bottom, left = (m * MM for m in margins)
    sheet = page.sheet
    area = Box(sheet.left + left, sheet.bottom + bottom, sheet.right - right, sheet.top - top)
    for mark in page.text:
        if not area.contains(mark.where, _SLACK):
            yield warning("text outside the type area", "文字超出版心", mark.where)
