"""What the terminal is told: progress, findings, the report as JSON, all in the language asked for."""

import json
import locale
import os
from collections.abc import Sequence
from typing import Any, Self

import typer
from rich.console import Console
from rich.status import Status
from rich.text import Text

from printkit.diagnostics import Diagnostic, ExitCode, Say, Severity


class Settings:
    """What holds for the whole command line."""

    language = "en"


def system_language() -> str:
    """Return the language of the locale: ``zh`` or ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    found = locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"


class Progress:
    """A line that moves while a command runs, on a terminal; nothing otherwise.

    Entered for the command's work: whatever ends that, the line goes and the cursor comes back.
    """

    def __init__(self) -> None:
        """Show nothing yet."""
        self._console = Console(stderr=True, highlight=False)
        self._status: Status | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End, with the line taken away."""
        self._stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how many of a stage are done."""
        if not self._console.is_terminal:
            return
        if done == total:
            self._stop()
            return
        text = f"{_STAGES[stage].to(Settings.language)} {done + 1}/{total}"
        if self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        else:
            self._status.update(text)

    def waiting(self, why: Say) -> None:
        """Tell why nothing moves; that is told to a log, too."""
        self._stop()
        self._console.print(why.to(Settings.language), soft_wrap=True)

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None


_STAGES = {
    "make up": Say("making up", "组版"),
    "draw": Say("drawing", "出版面"),
    "preflight": Say("preflight", "印前检查"),
    "reprint": Say("reprinting", "排剪报"),
}
"""What the stages of a run are called, by the names that `Progress` is given."""


def echo(message: Say) -> None:
    """Print a message on standard output."""
    typer.echo(message.to(Settings.language))


_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def show(found: Sequence[Diagnostic]) -> None:
    """Print findings on standard error, coloured only on a terminal; what is only for the report stays there.

    What became of a site is told in any case: that an issue is there already looks like success.
    """
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for diagnostic in found:
        if diagnostic.severity is Severity.INFO and not diagnostic.code.startswith("site."):
            continue
        text = Text(diagnostic.to_text(Settings.language))
        text.highlight_words([f"{diagnostic.severity}[{diagnostic.code}]"], _COLOURS[diagnostic.severity])
        console.print(text)


def finish(result: Any, *, as_json: bool, strict: bool) -> None:
    """Print the findings or the report, and end with the exit code."""
    if as_json:
        typer.echo(json.dumps(result.report(), ensure_ascii=False, indent=1))
    else:
        show(result.diagnostics)
    code = result.exit_code
    if strict and any(d.severity is Severity.WARNING for d in result.diagnostics):
        code = ExitCode.FINDINGS
    if code:
        raise typer.Exit(int(code))


def tell(found: Sequence[Diagnostic], *, as_json: bool) -> None:
    """Tell what ended a run."""
    if as_json:
        from printkit.output.report import failure_object

        typer.echo(json.dumps(failure_object(found), ensure_ascii=False, indent=1))
    else:
        show(found)
