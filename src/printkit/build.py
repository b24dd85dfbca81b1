"""The pipeline, one call per stage, in order: read this first.

    read → assign → measure → make up → draw → finish → write

`check` stops before drawing. Faults of files and values end the run with everything told and nothing
written; what a page can still show is a finding and the PDF is written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.artwork import with_artwork_told
from printkit.assigning import assigned_pages, chosen_pages
from printkit.diagnostics import Diagnostic, ExitCode, InputError, Say, Severity
from printkit.epaper import names
from printkit.making import Maker, composer, names_of
from printkit.model.edition import Edition, page_stem
from printkit.model.page import MadeUpPage
from printkit.output.manifest import File, Output, manifest_of, write_json, written
from printkit.output.report import FontFile, differences, font_files, read_provenance, report_object
from printkit.output.tree import OutputTree, Waiting
from printkit.pdf.join import PagePart
from printkit.pictures.cache import PictureCache, default_folder
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Pages
from printkit.source import read_edition
from printkit.threads import Threads
from printkit.units import MM
from printkit.variants import Variant, drawn_look, files, look_of

Progress = Callable[[str, int, int], None]


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
    variants: tuple[Variant, ...] = (Variant.WEB,)


@dataclass(slots=True)
class Result:
    """What a run found and made. Nothing in `outputs` is half-written."""

    edition: Edition
    pages: tuple[MadeUpPage, ...]
    diagnostics: tuple[Diagnostic, ...]
    outputs: tuple[Output, ...] = ()
    fonts: tuple[FontFile, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """1 where a finding is an error, else 0."""
        wrong = any(d.severity is Severity.ERROR for d in self.diagnostics)
        return ExitCode.FINDINGS if wrong else ExitCode.DONE

    def report(self) -> dict[str, object]:
        """Return the object that ``--json`` prints and report.json holds."""
        return report_object(self.edition, self.pages, self.diagnostics, self.outputs, self.fonts)


def no_progress(stage: str, done: int, total: int) -> None:
    """Say nothing."""


def no_word(why: Say) -> None:
    """Wait without a word."""


def check(path: Path, options: Options, progress: Progress = no_progress) -> Result:
    """Read, measure and make up an edition; draw nothing.

    Raises:
        PrintkitError: input, layout or system do not allow a page to be made up.
    """
    return checked(*read_edition(path), options, progress)


def checked(
    edition: Edition, warnings: Sequence[Diagnostic], options: Options, progress: Progress = no_progress
) -> Result:
    """Measure and make up an edition that was read, with the warnings of its reading; draw nothing.

    Raises:
        PrintkitError: layout or system do not allow a page to be made up.
    """
    pages = with_artwork_told(_made_up(edition, options, progress), press=Variant.PRINT in options.variants)
    return Result(edition, pages, _told(warnings, pages))


def build(path: Path, options: Options, progress: Progress = no_progress, waiting: Waiting = no_word) -> Result:
    """Build an edition: for the web one PDF per page and one for the edition, for the archive one.

    Raises:
        PrintkitError: as `check`, or a drawn page differs from its plan. With `strict` nothing is
            written where a finding is an error.
    """
    edition, warnings = read_edition(path)
    tree = OutputTree(options.out, edition.date.isoformat(), edition.paper.name)
    with tree.held(waiting):
        return _built(edition, warnings, tree, options, progress)


def _built(
    edition: Edition, warnings: Sequence[Diagnostic], tree: OutputTree, options: Options, progress: Progress
) -> Result:
    """Build an edition that was read, into a folder that this run holds."""
    result = checked(edition, warnings, options, progress)
    if options.strict and result.exit_code:
        return result
    cache = PictureCache(default_folder() if options.cache else None)
    looks = {variant: drawn_look(variant, edition.paper, cache) for variant in options.variants}
    drawn = _drawn(edition, result.pages, looks.values(), progress)
    cache.trim()
    before = read_provenance(tree.place / "report.json")
    only = options.only or ("pages" if options.page else None)
    made: list[File] = []
    for variant in options.variants:
        for file, told in files(variant, edition, result.pages, drawn[looks[variant]], only):
            made.append(file)
            result.diagnostics = (*result.diagnostics, *told)
    result.fonts = font_files({use.source[0] for parts in drawn.values() for part in parts for use in part.fonts})
    result.diagnostics = (*result.diagnostics, *differences(before, result.fonts))
    if Variant.PRINT in options.variants:
        result.diagnostics = (*result.diagnostics, *_preflighted(result, made, progress))
    if options.strict and result.exit_code:
        return result
    with tree.replacing(options.variants, keep_pages=options.page is not None) as folder:
        result.outputs = tuple(written(file, folder, tree.date) for file in made)
        write_json(folder / "report.json", result.report())
        write_json(folder / "manifest.json", manifest_of(folder, tree.paper))
    return result


def web_pdfs(
    edition: Edition,
    pages: Sequence[MadeUpPage],
    cache: PictureCache,
    progress: Progress = no_progress,
    only: str | None = None,
) -> dict[str, bytes]:
    """Return the edition's PDF and each page's, as the site's folder names them; `only` is ``pages`` for these alone.

    Raises:
        PrintkitError: a drawn page differs from its plan, or a picture cannot be read to its end.
    """
    look = drawn_look(Variant.WEB, edition.paper, cache)
    parts = _drawn(edition, pages, [look], progress)[look]
    data = [file.data for file, _ in files(Variant.WEB, edition, pages, parts, only)]
    called = [names.page_pdf(edition.date, made.page.number) for made in pages]
    return dict(zip(called if only else [*called, names.edition_pdf(edition.date)], data, strict=True))


# --- up to make-up ---------------------------------------------------------------------------------


def _made_up(edition: Edition, options: Options, progress: Progress) -> tuple[MadeUpPage, ...]:
    """Make up the pages asked for; faults of all of them are told together."""
    chosen = chosen_pages(edition, options.page)
    pages = Pages(edition)
    everywhere = assigned_pages(edition, pages)
    looks = dict.fromkeys(look_of(variant, edition.paper) for variant in options.variants)
    maker = Maker(edition, pages, composer(tuple(names_of(edition))), tuple(look for look in looks if look != SCREEN))
    faults: list[Diagnostic] = []
    threads = Threads(maker.geometry, maker.setter, everywhere)
    try:
        threads.divide(chosen)
    except InputError as error:
        faults.extend(error.diagnostics)  # the pages are still made up, to tell their other faults with these
    made: list[MadeUpPage] = []
    assigned = [item for item in everywhere if item.page in chosen]
    for index, item in enumerate(assigned):
        progress("make up", index, len(assigned))
        try:
            made_page = maker.make(item.page, item.layout, threads.stories(item))
        except InputError as error:
            faults.extend(error.diagnostics)
            continue
        told = (*item.warnings, *threads.told.get(item.page.number, ()), *made_page.diagnostics)
        made.append(replace(made_page, diagnostics=told))
        faults.extend(maker.moved(item.page, made_page))
    progress("make up", len(assigned), len(assigned))
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(made)


def _told(warnings: Sequence[Diagnostic], pages: Sequence[MadeUpPage]) -> tuple[Diagnostic, ...]:
    """Return all findings of a run once, each with its page and its story's slot."""
    found = list(warnings)
    for made in pages:
        slots = {story.story.id: story.slot for story in made.stories}
        found.extend(
            replace(d, page=d.page or made.page.number, slot=d.slot or slots.get(d.story or ""))
            for d in made.diagnostics
        )
    seen: dict[tuple[object, ...], Diagnostic] = {}
    for finding in found:
        # One missing font is one finding, on however many pages it is missing.
        page = None if finding.code.startswith(("fonts.family", "style.")) else finding.page
        seen.setdefault((finding.code, finding.message, finding.where if page else None, page, finding.story), finding)
    return tuple(seen.values())


# --- from drawing on --------------------------------------------------------------------------------


def _drawn(
    edition: Edition, pages: Sequence[MadeUpPage], looks: Iterable[Look], progress: Progress
) -> dict[Look, list[PagePart]]:
    """Draw the pages once in each look that the variants have."""
    from printkit.drawing import drawn_page  # drawing's imports wait until there is something to draw

    looks = dict.fromkeys(looks)
    drawn: dict[Look, list[PagePart]] = {}
    total = len(looks) * len(pages)
    for look in looks:
        drawn[look] = []
        for made in pages:
            progress("draw", sum(map(len, drawn.values())), total)
            drawn[look].append(drawn_page(edition, made, look))
    progress("draw", total, total)
    return drawn


def _preflighted(result: Result, made: Sequence[File], progress: Progress) -> Iterator[Diagnostic]:
    """Check the press files as a press does, by the paper's own limits; each finding at its story's place."""
    from printkit.preflight import Profile, places_of, preflight, settings_for

    paper = result.edition.paper
    asked = paper.press
    settings = settings_for(
        Profile.NEWSPAPER,
        tac=asked.ink_limit,
        ppi=asked.ppi,
        bleed=round(asked.bleed / MM, 2),
        page_size=(paper.page_width / MM, paper.page_height / MM),
    )
    report = result.report()
    pages = {page_stem(made.page.number): made for made in result.pages}
    articles = {
        s.story.id: s.story.ad.where if s.story.ad else s.story.article.where for p in result.pages for s in p.stories
    }
    press = [file for file in made if file.name.startswith(f"{Variant.PRINT}/")]
    for index, file in enumerate(press):
        progress("preflight", index, len(press))
        stem = Path(file.name).stem
        limits = replace(settings, fonts=_fonts_allowed(result.edition, pages[stem]))
        places = places_of(report, stem)
        for found in preflight(file.data, settings=limits, places=places, name=file.name).diagnostics:
            yield replace(found, where=articles.get(found.story or "", found.where))
    progress("preflight", len(press), len(press))


def _fonts_allowed(edition: Edition, made: MadeUpPage) -> tuple[str, ...]:
    """Return the fonts that a page's styles name, and those that its advertisements bring."""
    from printkit.drawing import pdf_ads
    from printkit.preflight.document import open_document

    brought = {font.name for ad in pdf_ads(made) for font in open_document(ad.read_bytes()).fonts}
    return tuple(sorted(Pages(edition).families(made.page) | brought))
