"""Rules are wide enough to print, the wider the more inks they are made of."""

from collections.abc import Iterable, Iterator

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Finding, each_page, error, rule, warning
from printkit.preflight.document import Page
from printkit.preflight.geometry import Box
from printkit.preflight.ground import ground_under
from printkit.preflight.marks import AreaMark, LineMark
from printkit.preflight.settings import Settings

_LONG = 4
"""What is longer than four times its width is a rule; the rest are dots and ornaments."""
_WIDEST = 2.0
"""Points; the widest that any threshold asks about."""
_SLACK = 0.005


@rule(
    "thin-rules",
    number=13,
    title=Say("width of rules", "线的粗细"),
    rationale=Say(
        "A hairline breaks on the plate; one of several inks shows each of them beside the others.",
        "发丝线在印版上断断续续；多色细线套不准，各色各印一条。",
    ),
    source="NIAD (1 and 1.5 pt); 0.25 pt is the usual bound of hairlines",
    profiles=PRESS,
)
@each_page
def check(page: Page, settings: Settings) -> Iterable[Finding]:
    """Look at strokes, and at filled strips: WeasyPrint draws rules as fills."""
    for at, width, where in _rules(page):
        yield from _fault(page, at, width, where, settings)


def _rules(page: Page) -> Iterator[tuple[int, float, Box]]:
    """Yield a rule's place among the marks, its width in points and its box."""
    for at, mark in enumerate(page.marks):
        if isinstance(mark, LineMark):
            yield at, mark.width, mark.where
        elif isinstance(mark, AreaMark):
            for part in mark.parts:
                width, length = sorted((part.width, part.height))
                if 0 < width <= _WIDEST and length > _LONG * width:
                    yield at, width, part


def _fault(page: Page, at: int, width: float, where: Box, settings: Settings) -> Iterator[Finding]:
    colour = page.marks[at].look.colour
    inks = colour.inks
    if colour.is_white and ground_under(page.marks, at) is None:
        return
    for tell, asked, limit, en, zh in (
        (error, True, settings.rule_error, "", ""),
        (warning, colour.is_white, settings.reversed_rule, ", reversed", "反白"),
        (warning, inks and inks.plates > 1, settings.inks_rule, " in several inks", "多色"),
        (warning, True, settings.rule_warning, "", ""),
    ):
        if asked and width + _SLACK < limit:
            size = f"{width:.2f}"
            yield tell(f"a rule of {size} pt{en}, under {limit:g}", f"{zh}线粗 {size} 点，细于 {limit:g} 点", where)
            return
