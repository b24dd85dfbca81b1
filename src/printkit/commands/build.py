"""`printkit build`: the PDFs of an edition. The pipeline, one call per stage, in order: read this first.

    read → assign, thread, measure, make up → draw → finish → write

Faults of files and values end the run with everything told and nothing written; what a page can still show is a finding
and the PDF is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.commands.result import Result, result_of, with_copy
from printkit.diagnostics import Diagnostic, files_named_from
from printkit.language.words import load_dictionary
from printkit.output.manifest import File, manifest_of, write_json, written
from printkit.output.report import differences, font_files, library_versions, read_provenance
from printkit.output.tree import OutputTree, Waiting
from printkit.pipeline.assign import chosen_numbers
from printkit.pipeline.draw import load
from printkit.pipeline.finish import drawn_for, finished, preflighted
from printkit.pipeline.lint import copy_report, graded
from printkit.pipeline.make_up import made_up
from printkit.pipeline.pool import pooled
from printkit.pipeline.run import Progress, Reading, Run, no_progress, no_word
from printkit.render.alike import LaidOutOtherwiseError
from printkit.variants import VARIANTS, WEB, Variant


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. `only` is ``edition``, ``pages`` or None for both; `page` a page's number.

    `variants` are the kinds of files that are made; the archive's is of the whole edition alone.
    """

    out: Path = Path("out")
    only: str | None = None
    page: str | None = None
    strict: bool = False
    cache: bool = True
    """Whether pictures once made are kept in the user's cache folder."""
    jobs: int = 1
    """How many processes make pages; the files are the same for any number."""
    variants: tuple[str, ...] = (WEB.name,)


def build(path: Path, options: Options, progress: Progress = no_progress, waiting: Waiting = no_word) -> Result:
    """Build an edition: for the web one PDF per page and one for the edition, for the archive one.

    Nothing is written where a page cannot be made, and with `strict` where a finding is an error.

    Raises:
        PrintkitError: its files cannot be read, the system lacks a part, or a drawn page differs from its plan.
    """
    run = Run(progress, waiting, cache=options.cache, jobs=options.jobs, alike=True)
    reading = run.read(path, meanwhile=lambda: _load(run, path))
    with files_named_from(reading.edition.paper.folder):
        try:
            return _built(run, reading, options)
        except LaidOutOtherwiseError:  # nothing is written yet
            run.measure_each()
            return _built(run, reading, options)


def _load(run: Run, path: Path) -> None:
    """Load what draws, and the dictionary for an edition that was not made before: of another one its words are known."""
    load()
    run.once("dictionary", str(path.absolute()), load_dictionary)


def _built(run: Run, reading: Reading, options: Options) -> Result:
    """Make an edition up, draw it and write it, if there is nothing against it."""
    variants = [VARIANTS[name] for name in options.variants]
    reading = pooled(run, reading)
    numbers = chosen_numbers(reading.edition, options.page)
    with run.aside(lambda: copy_report(reading.edition, numbers), reading.edition.where) as copy:
        result = result_of(run, made_up(run, reading, variants, options.page))
        result = with_copy(result, graded(copy(), result.pages))
    if result.faults or (options.strict and result.exit_code):
        return result
    tree = OutputTree(options.out, result.edition.date.isoformat(), result.edition.paper.name)
    with tree.held(run.waiting):
        return _written(run, result, variants, tree, options)


def _written(run: Run, result: Result, variants: Sequence[Variant], tree: OutputTree, options: Options) -> Result:
    """Draw made-up pages, finish their files and write them into the folder that this run holds."""
    edition, pages = result.edition, result.pages
    drawn = drawn_for(run, edition, pages, variants)
    before = read_provenance(tree.place / "report.json")
    done = finished(run, edition, pages, variants, drawn, options.only or ("pages" if options.page else None))
    used = {use.source[0] for parts in drawn.values() for part in parts for use in part.fonts}
    fonts = font_files(used, run.kept.hash)
    libraries, _ = run.once("libraries", (), library_versions)  # of a system they stay what they are
    told = *done.findings, *differences(before, fonts, libraries)
    result = replace(result, fonts=fonts, libraries=libraries, findings=(*result.findings, *told))
    result = replace(result, findings=(*result.findings, *_press_findings(run, result, variants, done.files)))
    if options.strict and result.exit_code:
        return result
    with tree.replacing(options.variants, keep_pages=options.page is not None) as folder:
        result = replace(result, outputs=tuple(written(file, folder, tree.date) for file in done.files))
        write_json(folder / "report.json", result.report())
        write_json(folder / "manifest.json", manifest_of(folder, tree.paper))
    return replace(result, read=frozenset(run.files))


def _press_findings(
    run: Run, result: Result, variants: Sequence[Variant], files: Sequence[File]
) -> tuple[Diagnostic, ...]:
    """Return what a press's own checks tell of the files that are made for one; a spread's halves are as its sheet is."""
    named = {file.name: file for file in files}
    return tuple(
        found
        for variant in variants
        if variant.for_press
        for found in preflighted(
            run, result.pages, [named[f"{variant.name}/{made.page.stem}.pdf"] for made in result.pages], result.report()
        )
    )
