"""The e-paper of a paper: editions built, made into the files of a site, and added to its folder one by one.

    read all → for each: check → compare with what is there → draw → reprint → make files → add

An edition is added whole or not at all; those before it stay. Faults of files are told of all editions before the first
is drawn.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit import build
from printkit.build import Progress, check, no_progress, web_pdfs
from printkit.diagnostics import Diagnostic, ExitCode, InputError, Say, Severity, diagnostic_object
from printkit.epaper import names, tree
from printkit.epaper.pages import IssueMaker
from printkit.epaper.serve import serve
from printkit.epaper.templates import SiteTemplates
from printkit.epaper.tree import Added, SiteAbout
from printkit.model.edition import Edition, Paper
from printkit.model.page import MadeUpPage
from printkit.pictures.cache import PictureCache, default_folder
from printkit.report import versions
from printkit.reprint import clippings
from printkit.source import read_edition


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: the site's folder; with `correct` an issue that is there may be replaced by another.

    `today` is the day that a correction is dated.
    """

    out: Path
    today: datetime.date
    correct: bool = False
    cache: bool = True
    """Whether pictures once made are kept in the user's cache folder."""


@dataclass(frozen=True, slots=True)
class Result:
    """The issues as they stand on the site, and what was found while they were made."""

    added: tuple[Added, ...]
    diagnostics: tuple[Diagnostic, ...]
    address: str = ""
    """Where the site stands, as the paper tells."""

    @property
    def exit_code(self) -> ExitCode:
        """1 where a finding is an error, else 0."""
        wrong = any(d.severity is Severity.ERROR for d in self.diagnostics)
        return ExitCode.FINDINGS if wrong else ExitCode.DONE

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


def site(paths: Sequence[Path], options: Options, progress: Progress = no_progress) -> Result:
    """Add editions to a paper's site, in the order given.

    Raises:
        PrintkitError: an edition cannot be built, or the folder cannot be added to; editions before it are on the site.
    """
    read = _read_all(paths)
    cache = PictureCache(default_folder() if options.cache else None)
    added: list[Added] = []
    told: list[Diagnostic] = []
    for path in paths:
        result = check(path, build.Options(), progress)
        told.extend(result.diagnostics)
        edition = result.edition
        about = about_of(edition.paper)
        maker = IssueMaker(edition, result.pages, cache)
        revisions = tree.revisions_for(options.out, maker.issue(), about, correct=options.correct, today=options.today)
        pdfs = web_pdfs(edition, result.pages, cache, progress)
        clips, found = _clippings(edition, result.pages, pdfs, cache, progress)
        told.extend(found)
        made = maker.files(pdfs | clips, revisions)
        done = tree.add(options.out, made, about, correct=options.correct, today=options.today)
        told.extend(done.diagnostics)
        added.append(done)
    cache.trim()
    return Result(tuple(added), tuple(dict.fromkeys(told)), read[0].paper.site_address if read else "")


def look(result: Result, out: Path, port: int, tell: Callable[[str], None]) -> None:
    """Show the site on this machine until the keyboard interrupts; `tell` is given the address to open.

    Raises:
        UsageError: the port is taken.
    """
    serve(out, port, tell, result.address)


def about_of(paper: Paper) -> SiteAbout:
    """Return what the site's folder has to know of a paper."""
    return SiteAbout(paper.name, paper.site_address, paper.language, SiteTemplates(paper).render)


def _read_all(paths: Sequence[Path]) -> list[Edition]:
    """Read all editions first, so that what is wrong in any is told before anything is drawn."""
    faults: list[Diagnostic] = []
    read: list[Edition] = []
    for path in paths:
        try:
            read.append(read_edition(path)[0])
        except InputError as error:
            faults.extend(error.diagnostics)
    first: dict[datetime.date, Edition] = {}
    for edition in read:
        if first.setdefault(edition.date, edition) is not edition:
            faults.append(_twice(edition, first[edition.date]))
        if edition.paper.name != read[0].paper.name:
            faults.append(_other_paper(edition, read[0]))
    if faults:
        raise InputError(dict.fromkeys(faults))
    return read


def _clippings(
    edition: Edition,
    pages: Sequence[MadeUpPage],
    pdfs: Mapping[str, bytes],
    cache: PictureCache,
    progress: Progress,
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the stories' PDFs, in the size of the paper and in large type, as the site's folder names them."""
    found: dict[str, bytes] = {}
    told: tuple[Diagnostic, ...] = ()
    for large in (False, True):
        made = clippings(edition, pages, pdfs, large=large, cache=cache, progress=progress)
        told = (*told, *made.diagnostics)
        for story, data in made.files.items():
            name = names.clip(story, large=large) if story else names.clips(edition.date, large=large)
            found[name] = data
    return found, told


def _twice(edition: Edition, first: Edition) -> Diagnostic:
    return Diagnostic(
        "site.same-day",
        Say(
            f"{edition.path} and {first.path} are both of {edition.date}",
            f"{edition.path} 和 {first.path} 都是 {edition.date} 的",
        ),
        hint=Say("a day has one issue; leave one out", "一天只有一期，请去掉一个"),
        where=edition.where,
    )


def _other_paper(edition: Edition, first: Edition) -> Diagnostic:
    return Diagnostic(
        "site.other-paper",
        Say(
            f"{edition.path} is of “{edition.paper.name}”, {first.path} of “{first.paper.name}”",
            f"{edition.path} 是《{edition.paper.name}》，{first.path} 是《{first.paper.name}》",
        ),
        hint=Say("a site is one paper's: run the command for each", "一个网站只放一份报纸，请分别运行"),
        where=edition.where,
    )
