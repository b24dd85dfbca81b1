"""Text can be searched, copied and read aloud."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import SCREEN, Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Settings


@rule(
    "to-unicode",
    title=Say("text can be copied", "文字可复制"),
    rationale=Say(
        "Without ToUnicode a search finds nothing and a screen reader is silent.",
        "没有 ToUnicode，搜不到字，读屏软件也读不出来。",
    ),
    source="ISO 14289-1, 7.21.7; ISO 19005-2, 6.2.11.7",
    profiles=SCREEN,
)
def check(document: Document, _: Settings) -> Iterable[Finding]:
    """Look for the map from glyphs to characters in every font."""
    for font in document.fonts:
        if not font.has_to_unicode:
            for page in document.pages_of(font):
                yield error(f"font {font.name} has no ToUnicode", f"字体 {font.name} 没有 ToUnicode", page=page)
