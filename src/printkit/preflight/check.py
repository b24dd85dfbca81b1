"""What a rule is and what it says.

A rule is one file in `checks/`: a function under `rule`, which makes it a `Check`. It gets the file as read, or each of
its pages, and the settings, and gives findings, or `NotChecked` where it could not look: that is never a pass.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from printkit.diagnostics import Say, Severity
from printkit.preflight.document import Document, Page
from printkit.preflight.geometry import Box
from printkit.preflight.settings import Profile, Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `page` counts from 1, `box` is in the page's user space."""

    message: Say
    severity: Severity
    box: Box | None = None
    hint: Say | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """The rule could not run. A missing program is a warning; a question that was not asked is for the table only."""

    reason: Say
    hint: Say | None = None
    severity: Severity = Severity.INFO


Look = Callable[[Document, Settings], Iterable[Finding] | NotChecked]
"""What looks at a file and tells what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: its name, its number in docs/preflight.md's table, why it is one, who says so, and for which files."""

    id: str
    title: Say
    rationale: Say
    source: str
    profiles: frozenset[Profile]
    number: int | None
    run: Look


PRESS = frozenset({Profile.NEWSPAPER})
SCREEN = frozenset({Profile.WEB, Profile.ARCHIVE})
EVERY = frozenset(Profile)


def rule(
    name: str, *, title: Say, rationale: Say, source: str, profiles: frozenset[Profile], number: int | None = None
) -> Callable[[Look], Check]:
    """Make a rule of what looks at a file."""
    return lambda look: Check(name, title, rationale, source, profiles, number, look)


def each_page(look: Callable[[Page, Settings], Iterable[Finding]]) -> Callable[[Document, Settings], Iterator[Finding]]:
    """Look at a file page by page; the findings are of that page."""

    def pages(document: Document, settings: Settings) -> Iterator[Finding]:
        for page in document.pages:
            yield from (replace(found, page=page.number) for found in look(page, settings))

    return pages


def error(en: str, zh: str, box: Box | None = None, hint: Say | None = None, page: int | None = None) -> Finding:
    """Return a finding that fails the file."""
    return Finding(Say(en, zh), Severity.ERROR, box, hint, page)


def warning(en: str, zh: str, box: Box | None = None, hint: Say | None = None, page: int | None = None) -> Finding:
    """Return a finding that someone should look at."""
    return Finding(Say(en, zh), Severity.WARNING, box, hint, page)
