"""Runs the rules of a profile over a file and puts together what they say."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from printkit.diagnostics import Diagnostic, ExitCode, InputError, Say, Severity, SourceRef, diagnostic_object
from printkit.gate import read_file
from printkit.limits import Limits, held
from printkit.pdf_bounds import TooMuchError
from printkit.preflight.check import Check, Finding, NotChecked
from printkit.preflight.document import Document, Page, open_document
from printkit.preflight.places import Places, find_places
from printkit.preflight.registry import checks_of
from printkit.preflight.settings import Profile, Settings, settings_for

_MALFORMED = (
    pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, OverflowError, RuntimeError, struct.error,
)  # fmt: skip
"""What reading an object of another kind than the standard says ends in. The rule is then told as not checked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule said: its findings as told to people, or why it could not look."""

    check: Check
    diagnostics: tuple[Diagnostic, ...] = ()
    not_checked: NotChecked | None = None

    @property
    def passed(self) -> bool:
        """The rule looked, and found nothing to see to; notes do not count."""
        return self.not_checked is None and not self.count(Severity.ERROR) and not self.count(Severity.WARNING)

    def count(self, severity: Severity) -> int:
        """Return how many findings are of one severity."""
        return sum(d.severity is severity for d in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a preflight; `faults` is what is broken in the pages' content itself."""

    file: str
    settings: Settings
    outcomes: tuple[Outcome, ...]
    faults: tuple[Diagnostic, ...] = ()
    base: None = None
    """The files of findings stay named as the build's report.json names them."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings in the order of the rules; a rule that could not run is one, too."""
        told = list(self.faults)
        for outcome in self.outcomes:
            told += outcome.diagnostics
            if outcome.not_checked is not None:
                told.append(self._not_checked(outcome.check, outcome.not_checked))
        return tuple(told)

    def _not_checked(self, check: Check, why: NotChecked) -> Diagnostic:
        message = Say(f"{self.file}: not checked: {check.title.en}: {why.reason.en}",
                      f"{self.file}：未检查“{check.title.zh}”：{why.reason.zh}")  # fmt: skip
        return Diagnostic("preflight.not-checked", message, why.severity, why.hint)

    @property
    def exit_code(self) -> ExitCode:
        """FINDINGS where there is an error, else DONE."""
        failed = any(d.severity is Severity.ERROR for d in self.diagnostics)
        return ExitCode.FINDINGS if failed else ExitCode.DONE

    def report(self) -> dict[str, Any]:
        """Return the object of ``--json``."""
        return {
            "file": self.file,
            "profile": str(self.settings.profile),
            "checks": [_outcome_object(outcome) for outcome in self.outcomes],
            "diagnostics": [diagnostic_object(d) for d in self.diagnostics],
        }


def _outcome_object(outcome: Outcome) -> dict[str, Any]:
    check, why = outcome.check, outcome.not_checked
    return {
        "id": check.id,
        "number": check.number,
        "title": check.title.en,
        "title_zh": check.title.zh,
        "result": "not checked" if why else "passed" if outcome.passed else "findings",
        "errors": outcome.count(Severity.ERROR),
        "warnings": outcome.count(Severity.WARNING),
        "notes": outcome.count(Severity.INFO),
        "reason": why.reason.en if why else None,
        "reason_zh": why.reason.zh if why else None,
    }


def preflight(
    source: Path | bytes,
    profile: Profile | str = Profile.NEWSPAPER,
    settings: Settings | None = None,
    places: Places | None = None,
    name: str = "",
) -> Report:
    """Check a finished file.

    Args:
        source: the file or its bytes.
        profile: what the file is for; settings given decide it themselves.
        settings: thresholds; the profile's own by default.
        places: where the stories stand; looked for in the build's report beside the file when not given.
        name: how findings call the file; its path by default.

    Raises:
        InputError: it is no PDF, is locked by a password, has no page, or takes more than the user allows.
    """
    name = name or (source.as_posix() if isinstance(source, Path) else "PDF")
    limits, where = Limits.of_user(), SourceRef(name)
    with held(limits, where=where):
        document = _opened(source, name)
    settings = settings or settings_for(Profile(profile))
    if places is None and isinstance(source, Path):
        places = find_places(source)
    teller = _Teller(document, places, name)
    with document.pdf, held(limits, len(document.pages), where):
        outcomes = tuple(_outcome(check, document, settings, teller) for check in checks_of(settings.profile))
        return Report(name, settings, outcomes, tuple(teller.faults()))


def _opened(source: Path | bytes, name: str) -> Document:
    try:
        document = open_document(source if isinstance(source, bytes) else read_file(source))
    except OSError as error:
        why = error.strerror or str(error)
        raise _unusable("preflight.unreadable", name, f"cannot be read: {why}", f"无法读取：{why}") from error
    except pikepdf.PasswordError as error:
        raise _unusable("preflight.locked", name, "is locked by a password", "有密码保护") from error
    except pikepdf.PdfError as error:
        raise _unusable("preflight.not-a-pdf", name, "is not a PDF, or is broken", "不是 PDF，或已损坏") from error
    except TooMuchError as error:
        simpler = Say("have it made anew, with plainer drawings and patterns", "请用更简单的图形和图案重新制作")
        raise _unusable(
            "preflight.too-much", name, f": {error.message.en}", f"：{error.message.zh}", simpler
        ) from error
    except _MALFORMED as error:  # pages that are no dictionaries
        raise _unusable("preflight.not-a-pdf", name, "has no list of pages", "没有页面列表") from error
    if not document.pages:
        raise _unusable("preflight.no-page", name, "has no page", "没有页面")
    return document


_FINISHED = Say("give a finished PDF, such as out/DATE/print/01.pdf", "请给一个做好的 PDF，如 out/日期/print/01.pdf")


def _unusable(code: str, name: str, en: str, zh: str, hint: Say = _FINISHED) -> InputError:
    return InputError([Diagnostic(code, Say(f"{name} {en}", f"{name} {zh}"), hint=hint)])


def _outcome(check: Check, document: Document, settings: Settings, teller: "_Teller") -> Outcome:
    """Run one rule; what a broken file makes of it is `not checked` as an error, never a pass."""
    try:
        said = check.run(document, settings)
        if isinstance(said, NotChecked):
            return Outcome(check, not_checked=said)
        return Outcome(check, teller.told(check, list(said)))
    except _MALFORMED as error:
        what = f"{type(error).__name__}: {error}"
        reason = Say(f"the file is malformed here ({what})", f"文件在此处不合规范（{what}）")
        return Outcome(check, not_checked=NotChecked(reason, severity=Severity.ERROR))


class _Teller:
    """Turns findings into diagnostics: page, story, file and line; the same thing in many places is told once."""

    def __init__(self, document: Document, places: Places | None, name: str) -> None:
        self._pages: Sequence[Page] = document.pages
        self._places = places
        self._name = name

    def told(self, check: Check, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
        """Return one diagnostic for each message, page and story, in the order first found."""
        groups: dict[Any, list[Diagnostic]] = {}
        for finding in findings:
            one = self._diagnostic(check, finding)
            groups.setdefault((one.page, one.story, one.severity, one.message), []).append(one)
        return tuple(_together(group) for group in groups.values())

    def faults(self) -> Iterable[Diagnostic]:
        """Yield what is broken in the pages' content, whatever rule met it."""
        for page in self._pages:
            for fault in _faults(page):
                place = self._place(page.number)
                yield Diagnostic(
                    "preflight.broken-content",
                    Say(f"{place.en}the content is broken: {fault}", f"{place.zh}页面内容有错：{fault}"),
                    page=self._page(page.number),
                )

    def _page(self, number: int) -> str:
        return self._places.page(number) if self._places else str(number)

    def _place(self, number: int | None) -> Say:
        """Return file and page, as messages begin."""
        if number is None or len(self._pages) == 1:
            return Say(f"{self._name}: ", f"{self._name}：")
        return Say(f"{self._name}: page {self._page(number)}: ", f"{self._name}：第 {self._page(number)} 版：")

    def _diagnostic(self, check: Check, finding: Finding) -> Diagnostic:
        number, box = finding.page, None
        if number is not None and finding.box is not None:
            sheet = self._pages[number - 1].sheet
            left, bottom, right, top = finding.box
            box = left - sheet.left, sheet.top - top, right - sheet.left, sheet.top - bottom
        story = self._places.story(number, box) if self._places and number is not None else None
        place = self._place(number)
        return Diagnostic(
            f"preflight.{check.id}",
            Say(place.en + finding.message.en, place.zh + finding.message.zh),
            finding.severity,
            finding.hint,
            where=story.where if story else None,
            page=self._page(number) if number is not None else None,
            story=story.story if story else None,
            bbox=(round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)) if box else None,
            slot=story.slot if story else None,
        )


def _faults(page: Page) -> Sequence[str]:
    try:
        return page.content.faults
    except _MALFORMED as error:
        return (f"{type(error).__name__}: {error}",)


def _together(group: Sequence[Diagnostic]) -> Diagnostic:
    """Tell one thing found in several places once, with the first place's box and the number."""
    first = group[0]
    if len(group) == 1:
        return first
    message = Say(f"{first.message.en} (in {len(group)} places)", f"{first.message.zh}（{len(group)} 处）")
    return replace(first, message=message)
