"""What a command found and made, as the terminal tells it and report.json holds it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, ExitCode, Severity
from printkit.model.edition import Edition
from printkit.model.page import MadeUpPage
from printkit.output.manifest import Output
from printkit.output.report import FontFile, report_object
from printkit.pipeline.make_up import MadeUp


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
        return report_object(self.edition, self.pages, self.diagnostics, self.outputs, self.fonts)


def result_of(made: MadeUp) -> Result:
    """Return what a run that writes nothing has found."""
    return Result(made.edition, made.pages, made.findings, made.faults)


def exit_code_of(findings: tuple[Diagnostic, ...]) -> ExitCode:
    """Return 1 where a finding is an error, else 0."""
    wrong = any(found.severity is Severity.ERROR for found in findings)
    return ExitCode.FINDINGS if wrong else ExitCode.DONE
