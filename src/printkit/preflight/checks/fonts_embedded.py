"""Every font is in the file, and only the glyphs that are used."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Settings


@rule(
    "fonts-embedded",
    number=4,
    title=Say("fonts embedded and subset", "字体嵌入并取子集"),
    rationale=Say(
        "A missing font is replaced by the RIP's own: Chinese turns into boxes or another face.",
        "没嵌入的字体由 RIP 替换，中文会变成方框或别的字体。",
    ),
    source="ISO 15930-7; ISO 19005-2, 6.2.11.4",
    profiles=EVERY,
)
def check(document: Document, _: Settings) -> Iterable[Finding]:
    """Look at every font that text is set in."""
    for font in document.fonts:
        for page in document.pages_of(font):
            if not font.is_embedded:
                yield error(f"font {font.name} is not embedded", f"字体 {font.name} 没有嵌入", page=page)
            elif not font.is_subset and font.kind != "/Type3":
                yield error(
                    f"font {font.name} is embedded whole, not as a subset",
                    f"字体 {font.name} 整套嵌入，未取子集",
                    page=page,
                )
