"""Type in white on ink is large enough not to fill in."""

import re
from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, error, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.ground import count_inks, ground_under
from printkit.preflight.marks import TextMark
from printkit.preflight.settings import Settings

_BOLD = re.compile(r"bold|black|heavy|medium", re.IGNORECASE)
_SANS = re.compile(r"sans|hei|gothic", re.IGNORECASE)
_PROCESS = 3
"""From three inks on a ground is printed in four colours as far as register goes."""
_SLACK = 0.01


@rule(
    "reversed-text",
    number=11,
    title=Say("size of reversed text", "反白字大小"),
    rationale=Say(
        "Ink spreads into white strokes: small reversed Song type closes up.", "油墨往白笔画里洇，小号反白宋体会糊。"
    ),
    source="NIAD (10 pt); petitpress (9/6); tt.com (6, bold)",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at white text and what is under it."""
    for at, mark in enumerate(page.marks):
        if not isinstance(mark, TextMark) or not mark.is_visible or not mark.look.colour.is_white:
            continue
        ground = ground_under(page.marks, at)
        if ground is None:
            continue
        size, zh = f"reversed text of {mark.size:.1f} pt", f"反白字 {mark.size:.1f} 点"
        tell, limit = error, settings.reversed_error
        if mark.size >= limit - _SLACK:
            tell, limit = warning, settings.reversed_warning
        if mark.size < limit - _SLACK:
            yield tell(f"{size}, under {limit:g}", f"{zh}，小于 {limit:g} 点", mark.where)
        elif mark.size < settings.reversed_on_inks - _SLACK and count_inks(ground) >= _PROCESS and not _is_stout(mark):
            limit = settings.reversed_on_inks
            yield warning(
                f"{size} on several inks, under {limit:g} and not a bold sans",
                f"{zh}，在多色底上，小于 {limit:g} 点且不是粗黑体",
                mark.where,
            )


def _is_stout(mark: TextMark) -> bool:
    return bool(_BOLD.search(mark.font.name) and _SANS.search(mark.font.name))
