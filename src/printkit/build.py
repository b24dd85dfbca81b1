"""The pipeline, one call per stage, in order: read this first.

    read → assign → measure → make up → draw → finish → write

`check` stops before drawing. Faults of files and values end the run with everything told and nothing
written; what a page can still show is a finding and the PDF is written.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from printkit.artwork import with_artwork_told
from printkit.diagnostics import Diagnostic, ExitCode, InputError, Say, Severity, UsageError
from printkit.fonts.metrics import StyleMetrics, chain_of, missing, overhang
from printkit.makeup.finding_places import on_page, points
from printkit.makeup.jumps import automatic_page_fault, jump_faults, second_parts
from printkit.makeup.page import assign, make_up, place_faults
from printkit.makeup.setting import Setter
from printkit.model.edition import Edition, Page, Story
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory, TextBox
from printkit.model.style import TextStyle
from printkit.output import OutputTree
from printkit.pdf.join import PagePart
from printkit.pictures.cache import PictureCache, default_folder
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Layout, Pages
from printkit.render.templates import near, resource_roots
from printkit.report import FontFile, Output, differences, font_files, read_provenance, report_object
from printkit.source import read_edition
from printkit.source.words import Hyphens, Words
from printkit.threads import Assignment, Threads
from printkit.variants import File, Variant, drawn_look, file_stem, files, first_difference, look_of, moved

Progress = Callable[[str, int, int], None]

MM = 72_000 / 25.4
"""A millimetre in mpt."""


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


def check(path: Path, options: Options, progress: Progress = no_progress) -> Result:
    """Read, measure and make up an edition; draw nothing.

    Raises:
        PrintkitError: input, layout or system do not allow a page to be made up.
    """
    edition, warnings = read_edition(path)
    pages = with_artwork_told(_made_up(edition, options, progress), press=Variant.PRINT in options.variants)
    return Result(edition, pages, _told(warnings, pages))


def build(path: Path, options: Options, progress: Progress = no_progress) -> Result:
    """Build an edition: for the web one PDF per page and one for the edition, for the archive one.

    Raises:
        PrintkitError: as `check`, or a drawn page differs from its plan. With `strict` nothing is
            written where a finding is an error.
    """
    result = check(path, options, progress)
    if options.strict and result.exit_code:
        return result
    edition = result.edition
    cache = PictureCache(default_folder() if options.cache else None)
    looks = {variant: drawn_look(variant, edition.paper, cache) for variant in options.variants}
    drawn = _drawn(edition, result.pages, looks.values(), progress)
    cache.trim()
    tree = OutputTree(options.out, edition.date.isoformat())
    tree.mend()
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
        result.outputs = tuple(_write(file, folder, tree.date) for file in made)
        _write_json(folder / "report.json", result.report())
        _write_json(folder / "manifest.json", _manifest(folder))
    return result


# --- up to make-up ---------------------------------------------------------------------------------


def _made_up(edition: Edition, options: Options, progress: Progress) -> tuple[MadeUpPage, ...]:
    """Make up the pages asked for; faults of all of them are told together."""
    chosen = chosen_pages(edition, options.page)
    pages = Pages(edition)
    everywhere = assigned_pages(edition, pages)
    looks = dict.fromkeys(look_of(variant, edition.paper) for variant in options.variants)
    maker = _Maker(edition, pages, composer(tuple(_names(edition))), tuple(look for look in looks if look != SCREEN))
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


def chosen_pages(edition: Edition, number: str | None) -> tuple[Page, ...]:
    """Return the page of a number, or all pages.

    Raises:
        UsageError: there is no such page.
    """
    if number is None:
        return edition.pages
    chosen = tuple(page for page in edition.pages if number in (page.number, file_stem(page)))
    if not chosen:
        numbers = ", ".join(page.number for page in edition.pages)
        raise UsageError(
            [
                Diagnostic(
                    "usage.no-such-page",
                    Say(f"the edition has no page {number}", f"这一期没有第 {number} 版"),
                    hint=Say(f"its pages are {numbers}", f"它的版面有 {numbers}"),
                )
            ]
        )
    return chosen


def assigned_pages(edition: Edition, pages: Pages) -> list[Assignment]:
    """Give the stories of each page their slots, or tell everything that is wrong with that."""
    faults: list[Diagnostic] = []
    found: list[Assignment] = []
    coming = second_parts(edition)
    for page in edition.pages:
        try:
            layout = pages.layout(page)
        except InputError as error:
            faults.extend(error.diagnostics)
            continue
        if layout.auto:
            stories = {story.id: (story,) for story in page.stories}
            faults.extend(automatic_page_fault(part, page) for part in coming.get(page.number, ()))
            found.append(Assignment(page, layout, stories))
            continue
        full = replace(page, stories=(*page.stories, *coming.get(page.number, ())))
        given = assign(full, layout.slots, near)
        if given.warnings and not given.faults:
            # A slot that the layout leaves out when nothing is in it is no hole in the page.
            shown = {*given.stories, *pages.layout_for(page, given.stories).slots}
            given = assign(full, {name: many for name, many in layout.slots.items() if name in shown}, near)
        faults.extend([*given.faults, *jump_faults(page, layout.slots, given.stories)])
        found.append(Assignment(page, layout, given.stories, given.warnings))
    if faults:
        raise InputError(faults)
    return _with_index_told(found, pages)


def _with_index_told(assigned: list[Assignment], pages: Pages) -> list[Assignment]:
    """Add a warning for each story that is marked for an index (导读) when no other page shows one."""
    if not any(story.index for item in assigned for story in item.page.stories):
        return assigned
    showing = [item.page for item in assigned if pages.layout_for(item.page, item.stories).index]
    told = []
    for item in assigned:
        alone = not [page for page in showing if page is not item.page]
        unlisted = [_not_in_index(story) for story in item.page.stories if story.index and alone]
        told.append(replace(item, warnings=(*item.warnings, *unlisted)))
    return told


def _not_in_index(story: Story) -> Diagnostic:
    return Diagnostic(
        "layout.index-unused",
        Say(
            f"story “{story.id}” is marked for the index, but no other page shows one",
            f"稿件“{story.id}”要列入导读，但别的版上没有导读",
        ),
        Severity.WARNING,
        Say(
            "layout `front` shows it where slot `ear` has no story; in a layout of your own write `index(edition)`",
            "front 版式的报眼（ear）不放稿件时排导读；自己的版式请写 index(edition)",
        ),
        story.where,
        story=story.id,
    )


def composer(names: tuple[str, ...]) -> Setter:
    """Return the composer with the fonts' own metrics, and the names that no headline breaks inside."""
    return Setter(_metrics, _words(names), Hyphens(), overhang)


@lru_cache(maxsize=2)
def _words(names: tuple[str, ...]) -> Words:
    """Return the word breaker of some names; a process that builds again keeps its dictionary."""
    return Words(names)


def _names(edition: Edition) -> list[str]:
    """Return the names that a paper and an edition's files give, so that no headline breaks inside one."""
    stories = [story for page in edition.pages for story in page.stories]
    names = [edition.paper.name, *edition.paper.names]
    names += [byline.name for story in stories for byline in story.article.byline]
    names += [section.name for story in stories for section in story.article.sections]
    return [name for name in dict.fromkeys(names) if len(name) > 1]


def _metrics(style: TextStyle) -> StyleMetrics:
    return _METRICS.setdefault(style, StyleMetrics(style))


_METRICS: dict[TextStyle, StyleMetrics] = {}


@dataclass(slots=True)
class _Maker:
    """Measures pages and makes them up."""

    edition: Edition
    pages: Pages
    setter: Setter
    looks: tuple[Look, ...] = ()
    """Looks beside the screen's in which the pages will be drawn, too."""
    _measured: dict[str, tuple[PageGeometry, tuple[Diagnostic, ...]]] = field(default_factory=dict)

    def make(self, page: Page, layout: Layout, stories: Mapping[str, Sequence[Story]]) -> MadeUpPage:
        """Make a page up; one with `data-fit` at the largest step of the body at which nothing is over."""
        made = self._at(page, stories, None)
        # By the room that a character takes, so that a lower step never needs more of it.
        steps = sorted(made.geometry.grid.steps, key=lambda step: (step[0] * step[1], step[0]), reverse=True)
        if not layout.fits_body or not steps:
            return made
        low, high = 0, len(steps) - 1
        tried: dict[int, MadeUpPage] = {}
        while low < high:
            middle = (low + high) // 2
            tried[middle] = self._at(page, stories, steps[middle])
            if tried[middle].over_lines:
                low = middle + 1
            else:
                high = middle
        return tried[low] if low in tried else self._at(page, stories, steps[low])

    def geometry(self, item: Assignment, stories: Mapping[str, Sequence[Story]]) -> PageGeometry:
        """Return a page as measured; one with `data-fit` at the step that it takes for its stories as they are."""
        if item.layout.fits_body:
            return self.make(item.page, item.layout, stories).geometry
        geometry, _ = self._geometry(item.page, stories, None)
        if faults := place_faults(item.page, geometry.grid):
            raise InputError(faults)
        return geometry

    def moved(self, page: Page, made: MadeUpPage) -> list[Diagnostic]:
        """Tell of styles that lay the page out otherwise in another look than the screen's."""
        stories = {slot: tuple(m.story for m in members) for slot, members in made.by_slot.items()}
        faults = []
        for look in self.looks:
            try:
                geometry, _ = measured(self.edition, Pages(self.edition, look), page, stories, made.body_step)
                difference = first_difference(made.geometry, geometry)
            except InputError as error:  # the screen's layout has no such fault
                difference = next(d.message for d in error.diagnostics if d.severity is Severity.ERROR)
            if difference:
                faults.append(moved(page, difference, self.edition.paper))
        return faults

    def _at(self, page: Page, stories: Mapping[str, Sequence[Story]], step: tuple[int, int] | None) -> MadeUpPage:
        geometry, findings = self._geometry(page, stories, step)
        if faults := place_faults(page, geometry.grid):
            raise InputError(faults)
        made = make_up(page, geometry, stories, self.setter)
        return replace(
            made, body_step=step, diagnostics=(*findings, *made.diagnostics, *_missing_characters(made.stories))
        )

    def _geometry(
        self, page: Page, stories: Mapping[str, Sequence[Story]], step: tuple[int, int] | None
    ) -> tuple[PageGeometry, tuple[Diagnostic, ...]]:
        """Measure a page; pages whose probes are equal are measured once."""
        html = self.pages.probes(page, stories, step)
        if html not in self._measured:
            self._measured[html] = measured(self.edition, self.pages, page, stories, step)
        return self._measured[html]


def measured(
    edition: Edition,
    pages: Pages,
    page: Page,
    stories: Mapping[str, Sequence[Story]],
    step: tuple[int, int] | None,
) -> tuple[PageGeometry, tuple[Diagnostic, ...]]:
    """Measure a page for the slots, levels and frames of some stories, and tell what its styles lack."""
    from printkit.render.measure import measure  # loads WeasyPrint, which faulty input needs not

    paper = edition.paper
    found = measure(
        pages.probes(page, stories, step),
        resource_roots(paper),
        page.layout_where or page.where,
        paper.composition,
        pages.built_in_families(),
        pages.look.margin,
    )
    return found.geometry, tuple(found.diagnostics)


def _missing_characters(stories: Sequence[MadeUpStory]) -> list[Diagnostic]:
    """Tell every character that no font of its chain has, with its code point and place."""
    told: dict[tuple[str, str], Diagnostic] = {}
    for story in stories:
        article = story.story.article
        headings = {"headline": article.headline, "kicker": article.kicker, "deck": article.deck}
        seen: set[int] = set()
        for box in story.boxes:
            if not isinstance(box, TextBox) or id(box.paragraph) in seen:
                continue
            seen.add(id(box.paragraph))
            for run in box.paragraph.runs:
                for char in missing(run.text, chain_of(box.style, run)):
                    heading = headings.get(box.role)
                    where = box.paragraph.where or (heading.where if heading else article.where)
                    told.setdefault(
                        (char, story.story.id),
                        Diagnostic(
                            "fonts.missing-character",
                            Say(
                                f"no font has “{char}” (U+{ord(char):04X}); 〓 stands for it on the page",
                                f"没有字体有“{char}”（U+{ord(char):04X}）；版面上以〓代替",
                            ),
                            Severity.ERROR,
                            Say(
                                "add a family that has it to the font chain of the style",
                                "请在样式的字体链中加入有此字的字体",
                            ),
                            where,
                            story=story.story.id,
                            bbox=points(on_page(box, story)),
                        ),
                    )
    return list(told.values())


def _told(warnings: Sequence[Diagnostic], pages: Sequence[MadeUpPage]) -> tuple[Diagnostic, ...]:
    """Return all findings of a run once, each with its page."""
    found = list(warnings)
    for made in pages:
        found.extend(d if d.page else replace(d, page=made.page.number) for d in made.diagnostics)
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
    articles = {
        s.story.id: s.story.ad.where if s.story.ad else s.story.article.where for p in result.pages for s in p.stories
    }
    press = [file for file in made if file.name.startswith(f"{Variant.PRINT}/")]
    for index, file in enumerate(press):
        progress("preflight", index, len(press))
        places = places_of(report, Path(file.name).stem)
        for found in preflight(file.data, settings=settings, places=places, name=file.name).diagnostics:
            yield replace(found, where=articles.get(found.story or "", found.where))
    progress("preflight", len(press), len(press))


def _write(file: File, folder: Path, date: str) -> Output:
    """Write a file into the issue's folder; its path is told from the output folder, so that reports are alike."""
    (folder / file.name).write_bytes(file.data)
    return Output(Path(date) / file.name, file.pages, len(file.data), hashlib.sha256(file.data).hexdigest())


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _manifest(folder: Path) -> dict[str, object]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    return {
        "files": [
            {
                "path": p.relative_to(folder).as_posix(),
                "bytes": p.stat().st_size,
                "sha256": hashlib.sha256(p.read_bytes()).hexdigest(),
            }
            for p in files
        ]
    }
