"""What a rule is and what it says.

A rule is one file in `checks/`, with one `Check`. It gets the file as read and the settings, and gives findings, or
`NotChecked` where it could not look: that is never a pass.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from printkit.diagnostics import Say, Severity
from printkit.preflight.document import Document
from printkit.preflight.geometry import Box
from printkit.preflight.settings import Profile, Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `page` counts from 1, `box` is in the page's user space."""

    message: Say
    severity: Severity
    page: int | None = None
    box: Box | None = None
    hint: Say | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """The rule could not run. A missing program is a warning; a question that was not asked is for the table only."""

    reason: Say
    hint: Say | None = None
    severity: Severity = Severity.INFO


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: its name, its number in docs/preflight.md's table, why it is one, who says so, and for which files."""

    id: str
    title: Say
    rationale: Say
    source: str
    profiles: frozenset[Profile]
    run: Callable[[Document, Settings], Iterable[Finding] | NotChecked]
    number: int | None = None


PRESS = frozenset({Profile.NEWSPAPER})
SCREEN = frozenset({Profile.WEB, Profile.ARCHIVE})
EVERY = frozenset(Profile)


def error(en: str, zh: str, page: int | None = None, box: Box | None = None, hint: Say | None = None) -> Finding:
    """Return a finding that fails the file."""
    return Finding(Say(en, zh), Severity.ERROR, page, box, hint)


def warning(en: str, zh: str, page: int | None = None, box: Box | None = None, hint: Say | None = None) -> Finding:
    """Return a finding that someone should look at."""
    return Finding(Say(en, zh), Severity.WARNING, page, box, hint)
