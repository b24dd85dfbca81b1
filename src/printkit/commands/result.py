"""What a command found and made, as the terminal tells it and report.json holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from printkit.copydesk.grade import Grade
from printkit.diagnostics import Diagnostic, ExitCode, Severity
from printkit.model.edition import Edition
from printkit.model.page import MadeUpPage
from printkit.output.manifest import Output
from printkit.output.report import FontFile, library_versions, report_object
from printkit.pipeline.lint import CopyReport
from printkit.pipeline.make_up import MadeUp
from printkit.pipeline.run import Run


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found and made. Nothing in `outputs` is half-written.

    `faults` are those of pages that could not be made: then there are no outputs.
    """

    edition: Edition
    pages: tuple[MadeUpPage, ...]
    findings: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...] = ()
    outputs: tuple[Output, ...] = ()
    fonts: tuple[FontFile, ...] = ()
    libraries: Mapping[str, str] | None = None
    """Versions of the libraries that draw, where these are known already."""
    silenced: tuple[dict[str, Any], ...] = ()
    """Findings of the copy desk that are not told, with the reason."""
    grade: Grade | None = None
    """What is known of the errors in the copy of the pages."""
    read: frozenset[Path] = field(default=frozenset(), compare=False)
    """Every file that was read or looked for."""

    @property
    def base(self) -> Path:
        """The folder that the files of findings are named from."""
        return self.edition.paper.folder

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything there is to tell, faults first."""
        return (*self.faults, *self.findings)

    @property
    def exit_code(self) -> ExitCode:
        """3 where a page could not be made (5: a process of ours ended), 1 where a finding is an error, else 0."""
        if any(fault.code.startswith("internal.") for fault in self.faults):
            return ExitCode.INTERNAL
        return ExitCode.BAD_INPUT if self.faults else exit_code_of(self.findings)

    def report(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints and report.json holds."""
        libraries = library_versions() if self.libraries is None else self.libraries
        told = report_object(self.edition, self.pages, self.diagnostics, self.outputs, self.fonts, libraries)
        return told | {"grade": self.grade and self.grade.report(), "silenced": list(self.silenced)}


def result_of(run: Run, made: MadeUp) -> Result:
    """Return what a run that writes nothing has found."""
    return Result(made.edition, made.pages, made.findings, made.faults, read=frozenset(run.files))


def with_copy(result: Result, told: CopyReport) -> Result:
    """Return what a run has found, with what the copy desk tells of its pages."""
    findings = (*result.findings, *told.findings)
    return replace(result, findings=findings, silenced=told.silenced, grade=told.grade)


_OF_THE_LAST_TIME = ("build.fonts-differ", "makeup.stories-moved")
"""What tells how a run differs from the one before: told again it would not be true."""


def decided_by(result: Result, out: Path | None = None) -> tuple[frozenset[Path], list[Path]] | None:
    """Return the files that a run read and left; None where the next run of the same may come to something else."""
    told_once = any(found.code in _OF_THE_LAST_TIME for found in result.findings)
    if result.faults or told_once or bool(result.outputs) != bool(out):
        return None
    return result.read, [(out or Path()) / path for path in left_by(result.outputs)]


def left_by(outputs: Sequence[Output]) -> list[Path]:
    """Return every file that a run wrote, from its output folder."""
    paths = [output.path for output in outputs]
    lists = ("report.json", "manifest.json")
    return [*paths, *(Path(folder, name) for folder in {path.parts[0] for path in paths} for name in lists)]


def exit_code_of(findings: tuple[Diagnostic, ...]) -> ExitCode:
    """Return 1 where a finding is an error, else 0."""
    wrong = any(found.severity is Severity.ERROR for found in findings)
    return ExitCode.FINDINGS if wrong else ExitCode.DONE
