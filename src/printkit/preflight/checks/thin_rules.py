"""Rules are wide enough to print, the wider the more inks they are made of."""

from collections.abc import Iterable, Iterator

from printkit.diagnostics import Say
from printkit.preflight.check import PRESS, Check, Finding, error, warning
from printkit.preflight.document import Document, Page
from printkit.preflight.geometry import Box
from printkit.preflight.ground import ground_under
from printkit.preflight.marks import AreaMark, LineMark
from printkit.preflight.settings import Settings

_LONG = 4
"""What is longer than four times its width is a rule; the rest are dots and ornaments."""
_WIDEST = 2.0
"""Points; the widest that any threshold asks about."""
_SLACK = 0.005


def run(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look at strokes, and at filled strips: WeasyPrint draws rules as fills."""
    for page in document.pages:
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
    name, zh = f"a rule of {width:.2f} pt", f"线粗 {width:.2f} 点"
    wide = width + _SLACK
    if colour.is_white and ground_under(page.marks, at) is None:
        return
    if wide < settings.rule_error:
        limit = settings.rule_error
        yield error(f"{name}, under {limit:g}", f"{zh}，细于 {limit:g} 点", page.number, where)
    elif colour.is_white and wide < settings.reversed_rule:
        limit = settings.reversed_rule
        yield warning(f"{name}, reversed, under {limit:g}", f"反白{zh}，细于 {limit:g} 点", page.number, where)
    elif inks and inks.plates > 1 and wide < settings.inks_rule:
        limit = settings.inks_rule
        yield warning(f"{name} in several inks, under {limit:g}", f"多色{zh}，细于 {limit:g} 点", page.number, where)
    elif wide < settings.rule_warning:
        limit = settings.rule_warning
        yield warning(f"{name}, under {limit:g}", f"{zh}，细于 {limit:g} 点", page.number, where)


CHECK = Check(
    id="thin-rules",
    number=13,
    title=Say("width of rules", "线的粗细"),
    rationale=Say(
        "A hairline breaks on the plate; one of several inks shows each of them beside the others.",
        "发丝线在印版上断断续续；多色细线套不准，各色各印一条。",
    ),
    source="NIAD (1 and 1.5 pt); 0.25 pt is the usual bound of hairlines",
    profiles=PRESS,
    run=run,
)
