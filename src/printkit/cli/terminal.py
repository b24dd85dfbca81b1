"""What the terminal is told: progress, findings, the report as JSON, all in the language asked for."""

import datetime
import json
import locale
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import typer

from printkit.cli.again import unheard
from printkit.diagnostics import Diagnostic, Say, Severity, page_name, seen, shown_path

if TYPE_CHECKING:  # rich is loaded when there is something to show, the model when there is a page
    from rich.console import Console
    from rich.status import Status
    from rich.table import Table

    from printkit.copydesk.grade import Grade
    from printkit.model.page import MadeUpPage

LANGUAGES = ("en", "zh")


class Settings:
    """What holds for the whole command line."""

    language = "en"


def language_of(given: Sequence[str]) -> str:
    """Return the language that some arguments ask for, else that of the locale: ``zh`` or ``en``.

    It is looked for before the arguments are read in order, so that what is wrong with them is told in it.
    """
    for index, argument in enumerate(given):
        if argument.startswith("--lang"):
            asked = argument.removeprefix("--lang=") if "=" in argument else " ".join(given[index + 1 : index + 2])
            if asked in LANGUAGES:
                return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    found = locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"


def today() -> datetime.date:
    """Return the day that a correction is dated: SOURCE_DATE_EPOCH's where it is set, else the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = time.gmtime(int(given)) if given.isdecimal() else time.localtime()
    return datetime.date(*seconds[:3])


class Progress:
    """A line that moves while a command runs, on a terminal; nothing otherwise.

    Entered for the command's work: whatever ends that, the line goes and the cursor comes back.
    """

    def __init__(self) -> None:
        """Show nothing yet."""
        self._console = _console(file=unheard(sys.stderr), highlight=False)
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
    "place": Say("laying pages out", "安排版面"),
    "plan": Say("looking for ways", "找方案"),
    "make up": Say("making up", "组版"),
    "draw": Say("drawing", "出版面"),
    "finish": Say("writing files", "出文件"),
    "preflight": Say("preflight", "印前检查"),
    "reprint": Say("reprinting", "排剪报"),
    "pictures": Say("making pictures of pages and stories", "做版面图和图片"),
    "phone": Say("making pictures for WeChat", "做长图"),
    "editions": Say("editions", "各期"),
}
"""What the stages of a run are called, by the names that `Progress` is given."""


def echo(message: Say) -> None:
    """Print a message on standard output."""
    typer.echo(seen(message.to(Settings.language)))


def _console(**given: Any) -> "Console":
    from rich.console import Console

    return Console(**given, markup=False, emoji=False)  # words in brackets are words


def confirmed(found: Diagnostic, base: Path, better: str) -> bool:
    """Show a finding and ask whether it is to be mended so."""
    typer.echo(at_hand(found, base).to_text(Settings.language))
    what = Say(f"write “{better}”?", f"改为“{better}”？") if better else Say("take it out?", "删去？")
    return typer.confirm(what.to(Settings.language))


def _beside() -> "Console":
    """Return standard error, whose lines only its reader wraps."""
    return _console(stderr=True, soft_wrap=True, highlight=False)


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


def show(
    found: Sequence[Diagnostic], base: Path | None, pages: "Sequence[MadeUpPage]" = (), *, notes: bool = False
) -> None:
    """Print findings on standard error, coloured only on a terminal; what is only for the report stays there.

    What became of a site is told in any case: that an issue is there already looks like success.

    Args:
        found: the findings.
        base: the folder that their files are named from.
        pages: the pages in whose order findings stand, those of no page first; none where they stand in order already.
        notes: whether what is only for the report was asked for.
    """
    from rich.text import Text

    console = _beside()
    for diagnostic in by_page(found, [made.page.number for made in pages]) if pages else found:
        if diagnostic.severity is Severity.INFO and not notes and not diagnostic.code.startswith("site."):
            continue
        text = Text(at_hand(diagnostic, base).to_text(Settings.language))
        text.highlight_words([f"{diagnostic.severity}[{diagnostic.code}]"], _COLOURS[diagnostic.severity])
        console.print(text)


def by_page(found: Sequence[Diagnostic], numbers: Sequence[str]) -> list[Diagnostic]:
    """Return findings page by page in the order of some page numbers, those of no page first."""
    turn = {number: index for index, number in enumerate(numbers)}
    return sorted(found, key=lambda d: -1 if d.page is None else turn.get(d.page, len(turn)))


def show_table(table: "Table") -> None:
    """Print a table on standard output; where that is no terminal it is as wide as its words, which are never cut."""
    console = _console()
    (console if console.is_terminal else _console(width=_ENOUGH)).print(table)


_ENOUGH = 10_000
"""Columns that no table needs."""


def show_pages(pages: "Sequence[MadeUpPage]", grade: "Grade | None" = None) -> None:
    """Print on standard error what errors are known, and how each page came out: closed, or by how much it is over or short."""
    from rich.text import Text

    if grade:
        _beside().print(Text(grade.summary.to(Settings.language)))
    for made in pages:
        name = page_name(made.page.number).to(Settings.language)
        said = _fit(made)
        colour = _COLOURS[Severity.ERROR if made.over_lines else Severity.WARNING] if said is not _CLOSED else "green"
        text = Text(f"{name}{Say(': ', '：').to(Settings.language)}")
        text.append(said.to(Settings.language), colour)
        _beside().print(text)


_CLOSED = Say("closed", "已排满")


def _fit(made: "MadeUpPage") -> Say:
    fits = [story.fit for story in made.stories]
    white = sum(each.rect.width // made.geometry.grid.size * each.rows for each in made.white)
    parts = [
        Say(f"{en} by {lines} lines ({characters} characters)", f"{zh} {lines} 行（{characters} 字）")
        for en, zh, lines, characters in (
            ("over", "溢", made.over_lines, sum(fit.over_characters for fit in fits)),
            ("short", "缺", made.under_lines, white + sum(fit.under_characters for fit in fits)),
        )
        if lines
    ]
    return Say(", ".join(part.en for part in parts), "，".join(part.zh for part in parts)) if parts else _CLOSED


def is_watched() -> bool:
    """Say whether somebody looks on, rather than a log."""
    return _console(stderr=True).is_terminal


def show_next(what: Say) -> None:
    """Print on standard error what to do next."""
    _beside().print(f"{Say('next: ', '接着：').to(Settings.language)}{what.to(Settings.language)}")


def show_json(value: object) -> None:
    """Print the one object of ``--json`` on standard output."""
    typer.echo(seen(json.dumps(value, ensure_ascii=False, indent=1)))


def tell(found: Sequence[Diagnostic], base: Path | None = None, *, as_json: bool) -> None:
    """Tell what ended a run."""
    if as_json:
        from printkit.output.report import failure_object

        show_json(failure_object(found))
    else:
        show(found, base)
