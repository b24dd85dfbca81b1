"""What printkit tells people: findings with place and hint, and the errors that end a run.

The tree of errors, with the exit code of each::

    PrintkitError           5  internal: a bug of ours
    ├── UsageError          2  the command line is wrong
    ├── InputError          3  files or values are wrong; nothing was written
    └── MissingPartError    4  a font or library is missing; the hint has the command that installs it

A finding is returned, never printed by the core; `cli` prints it. Every message is written
in English and in Chinese where it arises (`Say`), so both say the same thing.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any, NamedTuple


class ExitCode(IntEnum):
    """Exit codes of the command, as formats.md promises them."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    BAD_INPUT = 3
    MISSING_PART = 4
    INTERNAL = 5


class Severity(StrEnum):
    """How grave a finding is; only errors change the exit code."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Say(NamedTuple):
    """One message in the two languages printkit speaks."""

    en: str
    zh: str

    def to(self, language: str) -> str:
        """Return the text for a language tag: Chinese for ``zh…``, else English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True, order=True)
class SourceRef:
    """A place in an input file: line and column count from 1, `field` is the key's path (``pages[0].layout``).

    `file` begins in the paper's folder, or in the one that has printkit's own layouts and styles.
    """

    file: str
    line: int = 1
    column: int = 1
    field: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong, where, and the next step.

    `code` is ``stage.what`` in lower case; `slot` is the page's slot; `bbox` is left, top, right, bottom in points from
    the page's top left corner.
    """

    code: str
    message: Say
    severity: Severity = Severity.ERROR
    hint: Say | None = None
    where: SourceRef | None = None
    page: str | None = None
    story: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    slot: str | None = None

    def to_text(self, language: str = "en") -> str:
        """Write the finding as the terminal shows it: page and slot, place, field, severity[code], message, hint."""
        place = f"{self._on_page(language)} · " if self.page else ""
        if self.where:
            place += f"{self.where.file}:{self.where.line}:{self.where.column}: "
            place += f"{self.where.field}: " if self.where.field else ""
        text = _in_a_line(f"{place}{self.severity}[{self.code}]: {self.message.to(language)}")
        if self.hint:
            label = "提示" if language.startswith("zh") else "hint"
            text += f"\n  {label}: {_in_a_line(self.hint.to(language))}"
        return text

    def _on_page(self, language: str) -> str:
        page = page_name(self.page or "").to(language)
        return f"{page} {self.slot}" if self.slot else page


_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def seen(text: str) -> str:
    """Return a text, or JSON, with what would steer a terminal, or turn its line round, written as JSON escapes it."""
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _in_a_line(text: str) -> str:
    return seen(text).replace("\n", "\\n")


def page_name(number: str) -> Say:
    """Name a page as messages do: ``page 3``, ``第3版``; ``A03版`` where not of digits alone; of a spread ``第4、5版``."""
    shown = number.replace("-", "、")
    kind = "pages" if "-" in number else "page"
    return Say(f"{kind} {number}", f"第{shown}版" if shown.replace("、", "").isdigit() else f"{shown}版")


def file_name(path: Path, *folders: Path) -> str:
    """Name a file from the first of some folders that it is in; one that is in none keeps its whole path."""
    plain = Path(os.path.normpath(path.absolute()))
    real = Path(os.path.realpath(path))  # never raises: a ring of links is a file that is not there
    for folder in folders:
        for one in (plain, real):
            if one.is_relative_to(folder):
                return one.relative_to(folder).as_posix()
    return plain.as_posix()


def shown_path(path: Path) -> str:
    """Write a file name as a terminal can open it: from the current folder when below it, else absolute."""
    return file_name(path, Path.cwd(), Path.cwd().resolve())


def named_from(base: Path, found: Iterable[Diagnostic], folder: Path) -> tuple[Diagnostic, ...]:
    """Return the findings of a paper in some folder with their files named from one that holds it."""
    way = folder.relative_to(base)

    def moved(one: Diagnostic) -> Diagnostic:
        if one.where is None or not (folder / one.where.file).exists():  # a layout or style of printkit's own
            return one
        return replace(one, where=replace(one.where, file=(way / one.where.file).as_posix()))

    return tuple(map(moved, found))


@contextmanager
def files_named_from(base: Path) -> Iterator[None]:
    """Put on what is raised inside the folder that its files are named from, where that is not known yet."""
    try:
        yield
    except PrintkitError as error:
        error.base = error.base or base
        raise


def near(word: str, words: Iterable[str]) -> str:
    """Return the word that was probably meant, or an empty text.

    Chinese names are two or three characters, of which one is often the slip; half the
    characters alike is near enough there, while Latin words want six tenths.
    """
    cutoff = 0.6 if word.isascii() else 0.5
    folded = {known.casefold(): known for known in words}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else ""


def fault_of_ours(error: Exception, page: str | None = None, hint: Say | None = None) -> Diagnostic:
    """Tell an error of printkit's own."""
    name = f"{type(error).__name__}: {error}"
    return Diagnostic("internal.error", Say(f"internal error: {name}", f"内部错误：{name}"), hint=hint, page=page)


def diagnostic_object(found: Diagnostic) -> dict[str, Any]:
    """Return one finding for JSON; messages in both languages."""
    where = found.where
    return {
        "severity": str(found.severity),
        "code": found.code,
        "message": found.message.en,
        "message_zh": found.message.zh,
        "hint": found.hint.en if found.hint else None,
        "hint_zh": found.hint.zh if found.hint else None,
        "file": where.file if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "field": where.field if where and where.field else None,
        "page": found.page,
        "slot": found.slot,
        "story": found.story,
        "bbox": list(found.bbox) if found.bbox else None,
    }


class PrintkitError(Exception):
    """Ends a run; carries everything there is to tell and the exit code of its kind."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, diagnostics: Iterable[Diagnostic], base: Path | None = None) -> None:
        """Keep the diagnostics, most useful first, and the folder that their files are named from."""
        self.diagnostics = tuple(diagnostics)
        self.base = base
        super().__init__("\n".join(d.to_text() for d in self.diagnostics))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as what it was made of."""
        return type(self), (self.diagnostics, self.base)


class UsageError(PrintkitError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class InputError(PrintkitError):
    """A file or a value is wrong; nothing was written."""

    exit_code = ExitCode.BAD_INPUT


class MissingPartError(PrintkitError):
    """The system lacks a font or a library; the hint names the command that installs it."""

    exit_code = ExitCode.MISSING_PART
