"""`printkit lint`: the copy of editions or of articles by themselves, read as a copy desk reads it; what is safe is mended.

    read → (look → mend → read again) → make up → look → grade

Nothing is written unless it is asked for, and a file is swapped in whole, after it was read again and found to say what it should.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from printkit.commands.result import exit_code_of
from printkit.copydesk.grade import Grade, grade_of
from printkit.copydesk.reading import Read, story_copy
from printkit.copydesk.rule import Certainty, Copy, Finding, Seam
from printkit.diagnostics import (
    Diagnostic,
    ExitCode,
    PrintkitError,
    Say,
    Severity,
    SourceRef,
    diagnostic_object,
    files_named_from,
    named_from,
    shown_path,
)
from printkit.epaper.folder.printed import PrintedStories
from printkit.gate import paper_folder
from printkit.limits import held
from printkit.model.article import Article
from printkit.model.desk import DeskLists
from printkit.model.paper import Paper
from printkit.pipeline.lint import Desk, desk_of, page_characters, seams, silenced, told
from printkit.pipeline.make_up import made_up
from printkit.pipeline.mend import Mended, mend
from printkit.pipeline.run import Progress, Run, no_progress
from printkit.source.single import is_edition, read_article
from printkit.variants import WEB

Choose = Callable[[Diagnostic, Path, str], bool]
"""Is asked whether a finding is to be mended so: what is told, the folder that its file is named from, what would stand there."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: `fix` mends what is safe, `choose` the others that it says yes to; `everything` has hints, too."""

    fix: bool = False
    choose: Choose | None = None
    everything: bool = False
    archive: Path | None = None
    """The folder of a site, whose stories are not to be printed again."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the desk has found, silenced and mended; files are named from `base`."""

    base: Path
    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[dict[str, Any], ...] = ()
    mended: tuple[Mended, ...] = ()
    grades: tuple[Grade, ...] = ()

    @property
    def summary(self) -> tuple[Say, ...]:
        """Say how many findings there are, what was mended, and what is known of the grade."""
        count, quiet, done = len(self.diagnostics), len(self.silenced), len(self.mended)
        en, zh = f"{count} finding(s), {quiet} silenced", f"提示 {count} 条，不提示 {quiet} 条"
        if done:
            en, zh = f"{en}, {done} mended", f"{zh}，已改 {done} 处"
        return (Say(en, zh), *(grade.summary for grade in self.grades))

    @property
    def exit_code(self) -> ExitCode:
        """1 where a finding is an error, else 0."""
        return exit_code_of(self.diagnostics)

    def report(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        return {
            "diagnostics": [diagnostic_object(one) for one in self.diagnostics],
            "silenced": list(self.silenced),
            "mended": [one.report() for one in self.mended],
            "grades": [one.report() for one in self.grades],
        }


def lint(paths: Sequence[Path], options: Options, progress: Progress = no_progress) -> Result:
    """Read the copy of some editions and articles.

    Raises:
        PrintkitError: a file cannot be read, or not written.
    """
    run = Run(progress)
    printed = closing(PrintedStories(options.archive)) if options.archive else nullcontext()
    with printed as archive, held(run.limits, len(paths), SourceRef(shown_path(paths[0]))):
        return _result(run, paths, options, archive)


def _result(run: Run, paths: Sequence[Path], options: Options, archive: PrintedStories | None) -> Result:
    base = _base(paths)
    with files_named_from(base):
        desks, warnings = _read(run, paths, base, archive)
    level = Certainty.HINT if options.everything else Certainty.LIKELY
    mended: list[Mended] = []
    if options.fix:
        for desk in desks:
            findings = desk.read(level).findings
            mended += mend(desk, [one for one in findings if _is_wanted(desk, one, options.choose, base)])
        if mended:
            run = Run(run.progress)
            desks, warnings = _read(run, paths, base, archive)
    desks = [_on_pages(run, desk) for desk in desks]
    read = [(desk, desk.read(level)) for desk in desks]
    diagnostics = [one for desk, found in read for one in _told(desk, found, tried=options.fix)]
    quiet = tuple(one for desk, found in read for one in silenced(desk, found))
    grades = tuple(grade_of(found.findings, desk.characters) for desk, found in read)
    return Result(base, (*warnings, *diagnostics), quiet, tuple(mended), grades)


def _base(paths: Sequence[Path]) -> Path:
    """Return the folder that findings are named from: the paper's, where all files are of one."""
    folders = {paper_folder(path) or Path(os.path.realpath(path)).parent for path in paths}
    first, *others = sorted(folders)
    while others and not all(one.is_relative_to(first) for one in others):
        first = first.parent
    return first


def _read(
    run: Run, paths: Sequence[Path], base: Path, archive: PrintedStories | None
) -> tuple[list[Desk], list[Diagnostic]]:
    """Return the desks: one of each edition, and one of the articles that are given by themselves."""
    desks: list[Desk] = []
    warnings: list[Diagnostic] = []
    articles: dict[str, Article] = {}
    papers: list[Paper] = []
    for path in paths:
        if is_edition(path):
            reading = run.read(path)
            desks.append(replace(desk_of(reading.edition), folder=base))
            warnings += named_from(base, reading.warnings, reading.edition.paper.folder)
            continue
        article, paper, said = read_article(path, run.note)
        warnings += said
        articles[path.stem if path.stem not in articles else path.as_posix()] = article
        papers += [paper] if paper and paper not in papers else []
    if articles:
        stories = tuple(story_copy(name, article) for name, article in articles.items())
        lists = DeskLists(
            tuple(n for p in papers for n in p.desk.names), tuple(t for p in papers for t in p.desk.terms)
        )
        copy = Copy(stories, lists=lists, names=frozenset(name for paper in papers for name in paper.names))
        desks.append(Desk(copy, articles, base, tuple(silence for paper in papers for silence in paper.silences)))
    return [replace(desk, copy=_beside(desk.copy, archive)) for desk in desks], warnings


def _beside(copy: Copy, archive: PrintedStories | None) -> Copy:
    """Return copy that is held against the issues of a site, but those of its own day."""
    return replace(copy, printed=lambda texts: archive.asked(texts, copy.date)) if archive else copy


def _is_wanted(desk: Desk, one: Finding, choose: Choose | None, base: Path) -> bool:
    if one.is_safe:
        return True
    if choose is None or one.mended is None:
        return False
    return choose(told(desk, [one])[0], base, one.mended)


def _told(desk: Desk, found: Read, *, tried: bool) -> Iterator[Diagnostic]:
    for one, said in zip(found.findings, told(desk, found.findings), strict=True):
        if tried and one.is_safe:
            yield replace(said, hint=_BY_HAND)
        else:
            yield said
    for silence in found.unused:
        yield Diagnostic(
            "lint.unused-silence",
            Say(f"`{silence.rule}` is silenced here, and finds nothing", f"这里不提示“{silence.rule}”，但没有可提示的"),
            Severity.WARNING,
            Say("take the entry out of `lint`", "请从“校核”（lint）里删去这一项"),
            silence.where,
        )


_BY_HAND = Say(
    "it could not be mended by itself: it stands in a folded or escaped text, or over a line's end; mend it by hand",
    "不能自动改：在折叠或转义的文字里，或跨行；请手工改",
)


def _on_pages(run: Run, desk: Desk) -> Desk:
    """Return a desk that knows how much its pages hold, and where stories go on elsewhere.

    The pages are made up for it, or that is found as it was kept. Of an edition that cannot be made up, which `check` tells,
    nothing is known.
    """
    if desk.edition is None:
        return desk
    reading = run.read(desk.edition.path)
    run.memory = replace(run.memory, may_keep=False)  # a move of stories is told by who shows the pages

    def made() -> tuple[int, tuple[Seam, ...]]:
        done = made_up(run, reading, [WEB])
        return (0, ()) if done.faults else (page_characters(done.pages), seams(done.pages))

    try:
        (characters, found), _ = run.once("copy on pages", reading, made)
    except PrintkitError:
        return desk
    return replace(desk, characters=characters, copy=replace(desk.copy, seams=found))
