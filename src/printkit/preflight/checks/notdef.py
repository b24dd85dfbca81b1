"""No character is drawn as .notdef."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, each_page, error, rule
from printkit.preflight.document import Page
from printkit.preflight.settings import Settings


@rule(
    "notdef",
    number=4,
    title=Say("no missing characters", "无缺字"),
    rationale=Say(
        "A missing character prints as a box, while copied text still looks right.",
        "缺的字印出来是方框，而复制出来的文字却是对的。",
    ),
    source="ISO 19005-2, 6.2.11.8; ISO 14289-1, 7.21.8",
    profiles=EVERY,
)
@each_page
def check(page: Page, _: Settings) -> Iterable[Finding]:
    """Look at the glyph of every code."""
    for mark in page.text:
        if mark.font.is_embedded and any(mark.font.shows_nothing(code) for code in mark.codes):
            yield error(
                f"a character that {mark.font.name} does not have (.notdef)",
                f"有 {mark.font.name} 没有的字（.notdef）",
                mark.where,
            )
