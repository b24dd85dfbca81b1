"""No font but those the paper uses: a silent replacement has another name."""

import re
from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, NotChecked, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Settings


@rule(
    "fonts-allowed",
    number=4,
    title=Say("fonts on the paper's list", "字体在名单上"),
    rationale=Say(
        "Where a font is missing another takes its place without a word; only the name in the file tells.",
        "缺字体时会悄悄换成别的，只有文件里的字体名看得出来。",
    ),
    source="house rule",
    profiles=EVERY,
)
def check(document: Document, settings: Settings) -> Iterable[Finding] | NotChecked:
    """Compare the fonts' names with the list."""
    if settings.fonts is None:
        return NotChecked(
            Say("no list of fonts was given", "没有给出字体名单"), Say("--fonts NAME,NAME…", "--fonts 名称,名称…")
        )
    return _strangers(document, tuple(_plain(name) for name in settings.fonts))


def _strangers(document: Document, allowed: tuple[str, ...]) -> Iterable[Finding]:
    for font in document.fonts:
        if not _plain(font.name).startswith(allowed):
            for page in document.pages_of(font):
                yield error(f"font {font.name} is not on the list", f"字体 {font.name} 不在名单上", page=page)


def _plain(name: str) -> str:
    """Return a name without what families and PostScript names write differently."""
    return re.sub(r"[\s,_-]", "", name).lower()
