"""All pages have the paper's size, or at least one size."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.geometry import MM
from printkit.preflight.settings import Settings


@rule(
    "page-size",
    number=1,
    title=Say("size of the pages", "版面尺寸"),
    rationale=Say(
        "A page of another size does not fit the form; the press finds out at the plates.",
        "尺寸不对的版面上不了版，到出版时才发现。",
    ),
    source="ISO 15930-7",
    profiles=PRESS,
)
def check(document: Document, settings: Settings) -> Iterable[Finding]:
    """Compare each page with the size that is set, else with the first page."""
    first = document.pages[0].sheet
    wanted = settings.page_size or (first.width / MM, first.height / MM)
    for page in document.pages:
        size = page.sheet.width / MM, page.sheet.height / MM
        if any(abs(a - b) > settings.page_tolerance for a, b in zip(size, wanted, strict=True)):
            found, asked = (f"{width:.1f} × {height:.1f}" for width, height in (size, wanted))
            en, zh = f"the page is {found} mm, not {asked} mm", f"版面为 {found} 毫米，应为 {asked} 毫米"
            yield error(en, zh, page=page.number)
