"""Files of drawn pages: each variant's, and what a press's own checks tell of its files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from printkit.diagnostics import Diagnostic, PrintkitError, SourceRef
from printkit.gate import read_file
from printkit.makeup.lint.places import error_of_page
from printkit.model.edition import Edition
from printkit.model.page import MadeUpPage
from printkit.output.manifest import File
from printkit.pdf.part import PagePart
from printkit.pictures.svg import svg_facts
from printkit.pipeline.run import Run
from printkit.render.look import Look
from printkit.render.stylesheets import families
from printkit.units import MM
from printkit.variants import WEB, Variant
from printkit.variants.variant import Drawn, Told


@dataclass(frozen=True, slots=True)
class Finished:
    """The files of a build, each with its variant's folder in its name, and what there is to tell of them."""

    files: tuple[File, ...]
    findings: tuple[Diagnostic, ...]


def finished(
    run: Run,
    edition: Edition,
    pages: Sequence[MadeUpPage],
    variants: Sequence[Variant],
    drawn: Mapping[Look, Sequence[PagePart]],
    only: str | None,
) -> Finished:
    """Make the files of some variants.

    Args:
        run: the run.
        edition: what is built.
        pages: its pages as made up, those asked for.
        variants: the kinds of files.
        drawn: the same pages in the looks of the variants.
        only: ``pages`` or ``edition`` where not both are wanted; a part of an edition has only pages.
    """
    makings = [
        making
        for variant in variants
        for making in variant.files(
            edition,
            [Drawn(made.page, part) for made, part in zip(pages, drawn[run.look(variant, edition.paper)], strict=True)],
            only,
        )
    ]
    # The largest file first: it takes as long as many others, which are made meanwhile.
    order = sorted(range(len(makings)), key=lambda n: -len(makings[n].drawn))
    work = [makings[n] for n in order]

    def fonts() -> None:
        from printkit.pdf.fonts import make_ready  # loads what makes files

        make_ready([use for parts in drawn.values() for part in parts for use in part.fonts])

    def made(number: int) -> Sequence[Told]:
        run.note(work[number].read)
        return work[number].make()

    def place(number: int) -> SourceRef:
        first, *others = work[number].drawn
        return edition.where if others else first.page.where

    told: dict[int, Sequence[Told]] = {}
    outcomes = list(run.each("finish", len(work), made, place, lambda n: work[n].made_from, fonts))
    # The smallest file first: what no file of a page can be made of is that page's, not all the edition's.
    for number, outcome in sorted(zip(order, outcomes, strict=True), key=lambda one: len(makings[one[0]].drawn)):
        if isinstance(outcome, PrintkitError):
            first, *others = makings[number].drawn
            raise outcome if others else error_of_page(outcome, first.page)
        told[number] = outcome
    every = [one for number in range(len(makings)) for one in told[number]]
    run.kept.trim()
    return Finished(tuple(file for file, _ in every), tuple(found for _, findings in every for found in findings))


def drawn_for(
    run: Run, edition: Edition, pages: Sequence[MadeUpPage], variants: Sequence[Variant]
) -> dict[Look, list[PagePart]]:
    """Draw pages in the looks of some variants.

    Raises:
        InputError: a drawn page differs from its plan, or a picture cannot be read to its end.
    """
    from printkit.pipeline.draw import drawn_pages  # what draws is loaded when there is something to draw

    drawn = drawn_pages(run, pages, [run.look(variant, edition.paper) for variant in variants])
    run.pictures.trim()
    return drawn


def web_pdfs(run: Run, edition: Edition, pages: Sequence[MadeUpPage], only: str | None = None) -> list[bytes]:
    """Return each page's PDF for the web, then the edition's; `only` is ``pages`` for these alone.

    Raises:
        InputError: as `drawn_for`.
    """
    drawn = drawn_for(run, edition, pages, [WEB])
    return [file.data for file in finished(run, edition, pages, [WEB], drawn, only).files]


def preflighted(
    run: Run, pages: Sequence[MadeUpPage], files: Sequence[File], report: Mapping[str, object]
) -> Iterator[Diagnostic]:
    """Check press files as a press does, by the paper's own limits; each finding at its story's place.

    Args:
        run: the run.
        pages: the pages in the order of the files.
        files: a press file of each page; a spread's halves are those of its sheet.
        report: the object of report.json, which says where the stories stand.
    """
    from printkit.preflight import Profile, places_of, preflight, settings_for

    articles = {
        s.story.id: s.story.ad.where if s.story.ad else s.story.article.where for made in pages for s in made.stories
    }

    def checked(number: int) -> tuple[Diagnostic, ...]:
        made, file = pages[number], files[number]
        paper = made.page.paper
        settings = settings_for(
            Profile.NEWSPAPER,
            tac=paper.press.ink_limit,
            ppi=paper.press.ppi,
            bleed=round(paper.press.bleed / MM, 2),
            page_size=(paper.page_width / MM, paper.page_height / MM),
        )
        limits = replace(settings, fonts=_fonts_allowed(made))
        places = places_of(report, made.page.stem)
        return preflight(file.data, settings=limits, places=places, name=file.name).diagnostics

    assert len(pages) == len(files)

    def made_from(number: int) -> object:
        made, file = pages[number], files[number]
        return sha256(file.data).hexdigest(), file.name, made, places_of(report, made.page.stem)

    outcomes = run.each("preflight", len(files), checked, lambda n: SourceRef(files[n].name), made_from)
    for made, outcome in zip(pages, outcomes, strict=True):
        if isinstance(outcome, PrintkitError):
            raise error_of_page(outcome, made.page)
        for found in outcome:
            yield replace(found, where=articles.get(found.story or "", found.where))


def _fonts_allowed(made: MadeUpPage) -> tuple[str, ...]:
    """Return the fonts that a page's styles and its SVG pictures name, and those that PDF files on it bring."""
    from printkit.preflight.document import open_document

    placed = (*made.pdfs(ads=True), *made.pdfs(ads=False))
    brought = {font.name for file in placed for font in open_document(read_file(file)).fonts}
    drawings = {box.file for box in made.picture_boxes if box.file.suffix.lower() == ".svg" and box.role != "ad"}
    named = {name for file in drawings for chain in svg_facts(file).fonts for name in chain}
    return tuple(sorted(families(made.page) | brought | named))
