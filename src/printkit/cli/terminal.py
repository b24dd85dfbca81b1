"""What the terminal is told: progress, findings, the report as JSON, all in the language asked for."""

import json
import locale
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from printkit.diagnostics import Diagnostic, ExitCode, Say, Severity, shown_path


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
    """A bar on a terminal; nothing otherwise."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._status: Any = None
        self._names = {
            "make up": Say("making up", "组版"),
            "draw": Say("drawing", "出版面"),
            "preflight": Say("preflight", "印前检查"),
            "reprint": Say("reprinting", "排剪报"),
        }

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how many of a stage are done."""
        if not self._console.is_terminal:
            return
        if done == total:
            if self._status:
                self._status.stop()
                self._status = None
            return
        text = f"{self._names[stage].to(Settings.language)} {done + 1}/{total}"
        if self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        else:
            self._status.update(text)


def echo(message: Say) -> None:
    """Print a message on standard output."""
    typer.echo(message.to(Settings.language))


_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def at_hand(found: Diagnostic, base: Path | None) -> Diagnostic:
    """Return a finding whose file is named so that the terminal can open it."""
    if found.where is None or base is None:
        return found
    file = base / found.where.file
    if not file.exists():
        from printkit.render.templates import LAYOUTS

        file = own if (own := LAYOUTS.parent / found.where.file).exists() else file
    return replace(found, where=replace(found.where, file=shown_path(file)))


def show(found: Sequence[Diagnostic], base: Path | None = None) -> None:
    """Print findings on standard error, coloured only on a terminal; what is only for the report stays there.

    Their files are named from the folder `base`. What became of a site is told in any case: that an issue is there already looks like success.
    """
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for diagnostic in found:
        if diagnostic.severity is Severity.INFO and not diagnostic.code.startswith("site."):
            continue
        text = Text(at_hand(diagnostic, base).to_text(Settings.language))
        text.highlight_words([f"{diagnostic.severity}[{diagnostic.code}]"], _COLOURS[diagnostic.severity])
        console.print(text)


def finish(result: Any, *, as_json: bool, strict: bool) -> None:
    """Print the findings or the report, and end with the exit code."""
    if as_json:
        typer.echo(json.dumps(result.report(), ensure_ascii=False, indent=1))
    else:
        show(result.diagnostics, getattr(result, "base", None))
    code = result.exit_code
    if strict and any(d.severity is Severity.WARNING for d in result.diagnostics):
        code = ExitCode.FINDINGS
    if code:
        raise typer.Exit(int(code))


def tell(found: Sequence[Diagnostic], base: Path | None = None, *, as_json: bool) -> None:
    """Tell what ended a run."""
    if as_json:
        from printkit.output.report import failure_object

        typer.echo(json.dumps(failure_object(found), ensure_ascii=False, indent=1))
    else:
        show(found, base)
