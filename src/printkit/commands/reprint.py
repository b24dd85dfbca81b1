"""`printkit reprint`: stories set anew on A4 (剪报, 大字版), written into the issue's folder beside what is there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.commands.result import Result, result_of
from printkit.diagnostics import Diagnostic, Say, UsageError, files_named_from, near
from printkit.epaper import names
from printkit.epaper.issue.files import IssueMaker
from printkit.model.edition import Edition, standing_alone
from printkit.model.page import MadeUpPage
from printkit.output.manifest import File, manifest_of, write_json, written
from printkit.output.tree import OutputTree, Waiting
from printkit.pipeline.draw import load
from printkit.pipeline.finish import web_pdfs
from printkit.pipeline.make_up import made_up
from printkit.pipeline.phone import for_phones
from printkit.pipeline.pool import pooled
from printkit.pipeline.reprint import WHOLE_ISSUE, reprints
from printkit.pipeline.run import Progress, Reading, Run, no_progress, no_word
from printkit.variants import WEB


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be reprinted: the ids of `stories`, none for the whole issue; in `large` type."""

    out: Path = Path("out")
    stories: tuple[str, ...] = ()
    large: bool = False
    wechat: bool = False
    """As pictures for WeChat, with the copy for a public account, instead of A4."""
    cache: bool = True
    """Whether pictures once made are kept in the user's cache folder."""
    jobs: int = 1
    """How many processes make pages; the files are the same for any number."""


def reprint(path: Path, options: Options, progress: Progress = no_progress, waiting: Waiting = no_word) -> Result:
    """Read and make up an edition, and write its reprints; nothing where one of its pages cannot be made.

    Raises:
        PrintkitError: the edition, a layout or the system do not allow it; a story that is not in the edition is asked for.
    """
    run = Run(progress, waiting, cache=options.cache, jobs=options.jobs)
    reading = run.read(path, meanwhile=load)
    with files_named_from(reading.edition.paper.folder):
        return _reprinted(run, reading, options)


def _reprinted(run: Run, reading: Reading, options: Options) -> Result:
    reading = pooled(run, reading)
    edition = reading.edition
    wanted = _wanted(edition, options.stories)
    result = result_of(run, made_up(run, reading, [WEB]))
    if options.stories:
        result = replace(result, findings=tuple(d for d in result.findings if d.story is None or d.story in wanted))
    if result.faults:
        return result
    tree = OutputTree(options.out, edition.date.isoformat(), edition.paper.name)
    with tree.held(run.waiting):
        return _written(run, result, wanted, tree, options)


def _written(run: Run, result: Result, wanted: Collection[str], tree: OutputTree, options: Options) -> Result:
    """Set the stories anew and write them into the folder that this run holds."""
    if options.wechat:
        return _for_wechat(run, result, wanted, tree, options)
    edition, large = result.edition, options.large
    shown = [page for page in result.pages if _shows(page, wanted)]
    pdfs = {page.page.number: pdf for page, pdf in zip(shown, web_pdfs(run, edition, shown, "pages"), strict=True)}
    stories = tuple(wanted) if options.stories else None
    made = reprints(run, edition, result.pages, pdfs, result.findings, large=large, stories=stories)
    run.pictures.trim()
    with tree.adding(names.reprint_folder(large=large), anew=stories is None) as folder:
        outputs = tuple(
            written(File(_file_name(edition, story, large=large), data, made.pages[story]), folder, tree.date)
            for story, data in made.files.items()
        )
        write_json(folder / "manifest.json", manifest_of(folder, tree.paper))
    run.kept.trim()
    findings = (*result.findings, *made.findings)
    return replace(result, outputs=outputs, findings=findings, read=frozenset(run.files))


def _for_wechat(run: Run, result: Result, wanted: Collection[str], tree: OutputTree, options: Options) -> Result:
    """Set the stories anew for phones, and write them with their copy for a public account and its pictures."""
    edition = result.edition
    stories = tuple(wanted) if options.stories else None
    kits, found = for_phones(run, edition, result.pages, result.findings, stories=stories)
    files = dict(IssueMaker(edition, result.pages, run.pictures).account_pages(kits))
    for story, kit in kits.items():
        files |= kit.files(story)
    run.pictures.trim()
    with tree.adding(names.WECHAT, anew=stories is None) as folder:
        outputs = tuple(written(File(name, data, 1), folder, tree.date) for name, data in sorted(files.items()))
        write_json(folder / "manifest.json", manifest_of(folder, tree.paper))
    run.kept.trim()
    return replace(result, outputs=outputs, findings=(*result.findings, *found), read=frozenset(run.files))


def _wanted(edition: Edition, stories: Sequence[str]) -> frozenset[str]:
    """Return the ids of the stories to reprint: those asked for, else all; a common head stands for its members."""
    alone = standing_alone(edition)
    known = [story.id for story in alone]
    if not known:
        message = Say("the edition has no story to reprint", "这一期没有可重印的稿件")
        raise UsageError([Diagnostic("usage.nothing-to-reprint", message, where=edition.where)])
    groups = {story.group.id for story in alone if story.group}
    faults = [_unknown(story, known) for story in dict.fromkeys(stories) if story not in known and story not in groups]
    if faults:
        raise UsageError(faults)
    return frozenset(s.id for s in alone if not stories or s.id in stories or (s.group and s.group.id in stories))


def _unknown(story: str, known: Sequence[str]) -> Diagnostic:
    guess = near(story, known)
    return Diagnostic(
        "usage.no-such-story",
        Say(f"the edition has no story “{story}”", f"这一期没有稿件“{story}”"),
        hint=Say(
            f"did you mean “{guess}”?" if guess else f"its stories are {', '.join(known)}",
            f"是不是“{guess}”？" if guess else f"它的稿件有 {'、'.join(known)}",
        ),
    )


def _shows(page: MadeUpPage, stories: Collection[str]) -> bool:
    return any(made.story.id in stories for made in page.stories)


def _file_name(edition: Edition, story: str, *, large: bool) -> str:
    return (
        names.reprints_pdf(edition.date, large=large) if story == WHOLE_ISSUE else names.reprint_pdf(story, large=large)
    )
