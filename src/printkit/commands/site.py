"""The e-paper of a paper: editions built, made into the files of a site, and added to its folder one by one.

    read all → check all → compare all with what is there → for each: draw → reprint → make files → add

An edition is added whole or not at all. What can be told before drawing is told of all editions before the first is drawn.
"""

import datetime
import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from printkit.commands.result import exit_code_of
from printkit.diagnostics import (
    Diagnostic,
    ExitCode,
    InputError,
    Say,
    Severity,
    diagnostic_object,
    files_named_from,
    named_from,
)
from printkit.epaper import names
from printkit.epaper.folder import tree
from printkit.epaper.folder.disk import READY, check_place
from printkit.epaper.folder.tree import Added, State
from printkit.epaper.issue.files import IssueMaker
from printkit.epaper.issue.handover import SiteAbout, SiteFiles
from printkit.epaper.serve import serve
from printkit.epaper.templates import SiteTemplates
from printkit.limits import held
from printkit.model.edition import Edition
from printkit.model.paper import Paper
from printkit.output.report import versions
from printkit.pipeline.draw import load
from printkit.pipeline.finish import web_pdfs
from printkit.pipeline.make_up import MadeUp, made_up
from printkit.pipeline.phone import for_phones
from printkit.pipeline.reprint import reprints
from printkit.pipeline.run import Progress, Reading, Run, no_progress
from printkit.render.templates import Note, ignore
from printkit.variants import WEB

_TOLD_ONCE = frozenset({"site.mended", "site.address-changed"})
"""What is found in the site's folder, and is not there any more when the run ends."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: the site's folder; with `correct` an issue that is there may be replaced by another.

    `today` is the day that a correction is dated.
    """

    out: Path
    today: datetime.date
    correct: bool = False
    strict: bool = False
    """Whether an issue with an error on its pages is kept back."""
    cache: bool = True
    """Whether pictures once made are kept in the user's cache folder."""
    jobs: int = 1
    """How many processes make pages; the files are the same for any number."""


@dataclass(frozen=True, slots=True)
class Result:
    """The issues as they stand on the site, and what was found while they were made."""

    added: tuple[Added, ...]
    diagnostics: tuple[Diagnostic, ...]
    base: Path | None = None
    """The folder that the files of findings are named from: the one that holds the editions' papers."""
    address: str = ""
    """Where the site stands, as the paper tells."""
    read: frozenset[Path] = frozenset()
    """Every file that was read or looked for."""
    later: tuple[Diagnostic, ...] = ()
    """What the same run tells as long as nothing changes."""

    @property
    def exit_code(self) -> ExitCode:
        """1 where a finding is an error, else 0."""
        return exit_code_of(self.diagnostics)

    def report(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints: of each issue what became of it, and its files."""
        return {
            "issues": [
                {
                    "date": a.issue.date.isoformat(),
                    "state": str(a.state),
                    "folder": a.folder,
                    "stories": len(a.issue.stories),
                }
                for a in self.added
            ],
            "outputs": [
                {"path": file.path, "bytes": file.bytes, "sha256": file.sha256}
                for a in self.added
                for file in (*a.files, *([a.pack] if a.pack else []))
            ],
            "diagnostics": [diagnostic_object(d) for d in self.diagnostics],
            "versions": versions(),
        }


@dataclass(frozen=True, slots=True)
class Made:
    """An issue made into files, which only who writes into the site's folder has still to add."""

    files: SiteFiles
    edition: Edition
    findings: tuple[Diagnostic, ...]
    """Of its pages."""
    told: tuple[Diagnostic, ...]
    """While its files were made."""


def site(paths: Sequence[Path], options: Options, progress: Progress = no_progress) -> Result:
    """Add editions to a paper's site, in the order given.

    Raises:
        PrintkitError: an edition cannot be built, or the folder cannot be added to. What can be told before the first is
            drawn is told of all, with nothing written; what only drawing finds leaves the editions before it on the site.
    """
    run = Run(progress, cache=options.cache, jobs=options.jobs)
    readings, base = _read_all(run, paths)
    check_place(options.out, readings[0].edition.paper.name)
    ready = _compared(run, _made_up(run, readings, base), base, options)
    told = [found for one in ready for found in named_from(base, one.findings, one.folder)]
    if options.strict and any(found.severity is Severity.ERROR for found in told):
        return Result((), tuple(dict.fromkeys(told)), base)
    later = [*told]
    added: list[Added] = []
    for one in ready:
        if added:
            _let_go()
        done, now, then = _added(_made(run, one), one.about, options)
        told.extend(named_from(base, now, one.folder))
        later.extend(named_from(base, then, one.folder))
        added.append(done)
    run.pictures.trim()
    run.kept.trim()
    address = ready[0].about.address if ready else ""
    return Result(
        tuple(added), tuple(dict.fromkeys(told)), base, address, frozenset(run.files), (*dict.fromkeys(later),)
    )


def made_apart(path: Path, options: Options) -> tuple[Made | None, tuple[Diagnostic, ...], Path, frozenset[Path]]:
    """Make an issue into files while others are made, too, and added to the site, which is whole.

    Returns:
        The issue, or none where `strict` keeps it back; what was found; the folder that files are named from, and all
        that were read.

    Raises:
        PrintkitError: as `site`.
    """
    run = Run(cache=options.cache, jobs=options.jobs)
    readings, base = _read_all(run, [path])
    (one,) = _compared(run, _made_up(run, readings, base), base, options, is_whole=True)
    keeps_back = options.strict and any(found.severity is Severity.ERROR for found in one.findings)
    made = None if keeps_back else _made(run, one)
    run.pictures.trim()
    run.kept.trim()
    return made, named_from(base, one.findings, one.folder), base, frozenset(run.files)


def added_apart(made: Made, options: Options) -> tuple[Added, tuple[Diagnostic, ...], SiteAbout]:
    """Add an issue that was made apart; return it as it stands on the site and what there is to tell of this.

    Raises:
        PrintkitError: as `site`.
    """
    about = about_of(made.edition.paper)
    done, now, _ = _added(made, about, options)
    return done, now, about


def foreseen(result: Result) -> Result:
    """Return what the same run comes to as long as no file of editions and site changes: nothing is left to do."""
    added = tuple(replace(one, state=State.SAME) for one in result.added)
    return replace(result, added=added, diagnostics=result.later)


def decided_by(result: Result, out: Path) -> tuple[frozenset[Path], frozenset[Path]] | None:
    """Return the files of editions and those of the site by which the same run finds nothing to do.

    None where nothing was added, or the next run tells something else of the folder than this one.
    """
    if not result.added or any(found.code in _TOLD_ONCE for found in result.diagnostics):
        return None
    of_issues = (
        out / path
        for one in result.added
        for path in (
            *(file.path for file in (*one.files, *([one.pack] if one.pack else []))),
            *(f"{one.folder}/{name}" for name in (names.ISSUE_FACTS, names.MANIFEST)),
        )
    )
    return result.read, frozenset({*of_issues, out / names.MARKER, out / READY})


@dataclass(frozen=True, slots=True)
class _Ready:
    """An edition that can be drawn, and what its views are to say of corrections."""

    made: MadeUp
    findings: tuple[Diagnostic, ...]
    maker: IssueMaker
    about: SiteAbout
    shown: tree.Shown

    @property
    def folder(self) -> Path:
        """The paper's folder."""
        return self.made.edition.paper.folder


def _made_up(run: Run, readings: Sequence[Reading], base: Path) -> list[MadeUp]:
    """Make all editions up first, so that what is wrong in any is told before anything is drawn."""
    made: list[MadeUp] = []
    with files_named_from(base):
        for reading in readings:
            if made:
                _let_go()
            made.append(made_up(run, reading, [WEB]))
        faults = [found for one in made for found in named_from(base, one.faults, one.edition.paper.folder)]
        if faults:
            raise InputError(dict.fromkeys(faults))
    return made


def _let_go() -> None:
    """Let nothing stay of the issue before but what is kept on purpose: its boxes know each other, and no garbage is looked for meanwhile."""
    if not gc.isenabled():
        gc.collect()


def _compared(
    run: Run, made: Sequence[MadeUp], base: Path, options: Options, *, is_whole: bool = False
) -> list[_Ready]:
    """Compare the editions with what the site has of their days; issues that are other are told of all at once."""
    faults: list[Diagnostic] = []
    mended: list[Diagnostic] = []
    ready: list[_Ready] = []
    for one in made:
        about = about_of(one.edition.paper, run.note)
        maker = IssueMaker(one.edition, one.pages, run.pictures, run.note, run.each)
        try:
            shown = tree.revisions_for(
                options.out, maker.issue(), about, correct=options.correct, today=options.today, is_whole=is_whole
            )
        except InputError as error:
            faults.extend(named_from(base, error.diagnostics, one.edition.paper.folder))
            continue
        mended.extend(named_from(base, shown.diagnostics, one.edition.paper.folder))
        ready.append(_Ready(one, (*one.findings, *shown.diagnostics), maker, about, shown))
    if faults:
        raise InputError(dict.fromkeys((*faults, *mended)), base)
    return ready


def look(result: Result, out: Path, port: int, tell: Callable[[str], None]) -> None:
    """Show the site on this machine until the keyboard interrupts; `tell` is given the address to open.

    Raises:
        UsageError: the port is taken.
    """
    serve(out, port, tell, result.address)


def about_of(paper: Paper, note: Note = ignore) -> SiteAbout:
    """Return what the site's folder has to know of a paper."""
    templates = SiteTemplates(paper, note)
    offline, worker = paper.site_choices.offline, templates.worker
    return SiteAbout(
        paper.name, paper.site_address, paper.language, templates.render, templates.assets, offline, worker
    )


def _read_all(run: Run, paths: Sequence[Path]) -> tuple[list[Reading], Path]:
    """Read all editions before the first is made up, which takes seconds each.

    Returns:
        The editions, and the folder that holds their papers.
    """
    wrong: list[tuple[Path, Sequence[Diagnostic]]] = []
    read: list[Reading] = []
    for path in paths:
        try:
            read.append(run.read(path, meanwhile=load if len(paths) == 1 else None))
        except InputError as error:
            wrong.append((error.base or Path.cwd(), error.diagnostics))
    first: dict[datetime.date, Edition] = {}
    for edition in (reading.edition for reading in read):
        if edition.date in first:
            wrong.append((edition.paper.folder, [_twice(edition, first[edition.date])]))
        first.setdefault(edition.date, edition)
        if edition.paper.name != read[0].edition.paper.name:
            wrong.append((edition.paper.folder, [_other_paper(edition, read[0].edition)]))
    folders = (*(folder for folder, _ in wrong), *(reading.edition.paper.folder for reading in read))
    base = Path(os.path.commonpath(folders))
    if wrong:
        faults = (one for folder, found in wrong for one in named_from(base, found, folder))
        raise InputError(dict.fromkeys(faults), base)
    return read, base


def _made(run: Run, one: _Ready) -> Made:
    """Make an edition's files; nothing of them stays in memory when the next has its turn."""
    with files_named_from(one.folder):
        pdfs, found = _printed(run, one)
        with held(run.limits, len(one.made.pages), one.made.edition.where):  # pictures are read once more
            made = one.maker.files(pdfs, one.shown.revisions, one.shown.printed)
    return Made(made, one.made.edition, one.findings, found)


def _added(
    made: Made, about: SiteAbout, options: Options
) -> tuple[Added, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Add an issue to the site; return it as it stands there, what is told now, and what the same run tells the next time."""
    done = tree.add(options.out, made.files, about, correct=options.correct, today=options.today)
    found = (*made.told, *done.diagnostics)
    if done.state is State.SAME:
        return done, found, found
    wrong = sum(one.severity is Severity.ERROR for one in made.findings)
    now = (_has_errors(made.edition, wrong),) if wrong else ()
    return done, (*found, *now), (*found, tree.same(done.issue))


def pdfs_of(
    run: Run, made: MadeUp, known: Sequence[Diagnostic] = ()
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return an edition's PDFs, its pages' and its reprints' as the site's folder names them, and what they tell that is not known."""
    edition, pages = made.edition, made.pages
    *of_pages, whole = web_pdfs(run, edition, pages)
    by_number = {made.page.number: pdf for made, pdf in zip(pages, of_pages, strict=True)}
    found = {names.page_pdf(edition.date, number): pdf for number, pdf in by_number.items()}
    found[names.edition_pdf(edition.date)] = whole
    told: tuple[Diagnostic, ...] = ()
    for large in (False, True):
        set_anew = reprints(run, edition, pages, by_number, (*known, *told), large=large)
        told = (*told, *set_anew.findings)
        for story, data in set_anew.files.items():
            name = names.reprint_pdf(story, large=large) if story else names.reprints_pdf(edition.date, large=large)
            found[name] = data
    return found, told


def _printed(run: Run, one: _Ready) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return an edition's PDFs with its pictures for WeChat, and what they tell."""
    edition = one.made.edition
    found, told = pdfs_of(run, one.made, one.findings)
    if not edition.paper.site_choices.wechat:
        return found, told
    kits, more = for_phones(run, edition, one.made.pages, (*one.findings, *told))
    for story, kit in kits.items():
        found |= kit.files(story)
    return found, (*told, *more)


def _has_errors(edition: Edition, count: int) -> Diagnostic:
    day = edition.date.isoformat()
    message = Say(
        f"readers now see the issue of {day} with {count} error(s) on its pages",
        f"{day} 一期已上网，版面上有 {count} 处错误，读者看得到",
    )
    hint = Say(
        "mend them and run again with --correct; --strict keeps such an issue back",
        "请改好后加 --correct 再运行；加 --strict 则有错误就不上网",
    )
    return Diagnostic("site.has-errors", message, Severity.WARNING, hint, edition.where)


def _twice(edition: Edition, first: Edition) -> Diagnostic:
    both, day = (edition.path, first.path), edition.date
    message = Say("{} and {} are both of {}".format(*both, day), "{} 和 {} 都是 {} 的".format(*both, day))
    hint = Say("a day has one issue; leave one out", "一天只有一期，请去掉一个")
    return Diagnostic("site.same-day", message, hint=hint, where=edition.where)


def _other_paper(edition: Edition, first: Edition) -> Diagnostic:
    told = edition.path, edition.paper.name, first.path, first.paper.name
    message = Say("{} is of “{}”, {} of “{}”".format(*told), "{} 是《{}》，{} 是《{}》".format(*told))
    hint = Say("a site is one paper's: run the command for each", "一个网站只放一份报纸，请分别运行")
    return Diagnostic("site.other-paper", message, hint=hint, where=edition.where)
