"""Reprints: every story anew on A4 for the board and the file (剪报), and in large type (大字版).

    an edition, its made-up pages, the pages' PDFs → a PDF for each story, and one of them all

The paper is given A4 pages and the layout `reprint` (or `reprint-large`), which a paper may have of its own; from
there a story goes the way of every page: measured, made up, drawn, joined. Each layout is measured once for all stories.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, Severity
from printkit.epaper import names
from printkit.epaper.issue.areas import Area, areas, points
from printkit.epaper.issue.code import qr_code
from printkit.limits import held
from printkit.makeup.reprint.sheets import FIRST, NEXT, Reprint, Sheet, set_reprint
from printkit.makeup.setting import Setter
from printkit.model.article import Article
from printkit.model.context import PageContext
from printkit.model.edition import Edition, Mistake, Placement, Story, standing_alone
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage
from printkit.model.paper import Paper
from printkit.model.story_look import NO_LOOK
from printkit.model.text import Paragraph
from printkit.model.text import Run as TextRun
from printkit.pdf.join import join
from printkit.pdf.part import Facts, PagePart
from printkit.pictures.page_picture import page_jpeg
from printkit.pipeline.assign import contexts_of
from printkit.pipeline.briefs import BriefsSheet, sheets_of
from printkit.pipeline.glyphs import missing_characters
from printkit.pipeline.measure import Step, measured
from printkit.pipeline.run import Run
from printkit.render.look import Look
from printkit.render.reprint import LARGE_LAYOUT, PHONE_LAYOUT, REPRINT_LAYOUT, ReprintPage, Spot
from printkit.units import MM
from printkit.variants import WEB
from printkit.variants.variant import facts_of

T = TypeVar("T")

WIDTH, HEIGHT = round(210 * MM), round(297 * MM)
"""A4 (ISO 216), mpt."""

SPOT_PIXELS = 300
"""Height of the small picture of a newspaper page: 28 mm at 270 pixels per inch, its headlines can be told apart."""

WHOLE_ISSUE = ""
"""The key of the file of all stories."""


@dataclass(frozen=True, slots=True)
class Reprints:
    """Reprints of stories by id, the whole issue's under `WHOLE_ISSUE`, and what there is to tell of them."""

    files: Mapping[str, bytes]
    pages: Mapping[str, int]
    """How many pages each file has."""
    findings: tuple[Diagnostic, ...] = ()


def reprints(
    run: Run,
    edition: Edition,
    made: Sequence[MadeUpPage],
    page_pdfs: Mapping[str, bytes],
    told: Sequence[Diagnostic] = (),
    *,
    large: bool = False,
    stories: Sequence[str] | None = None,
) -> Reprints:
    """Set stories anew: a PDF for each by its id; where none is asked for by itself one of them all, and one of each page's briefs.

    Args:
        run: the run.
        edition: the edition.
        made: its pages as made up, those at least that the stories stand on.
        page_pdfs: the same pages' web PDFs by the pages' numbers.
        told: findings of the newspaper's pages; what has the same code and place is not told again.
        large: in large type.
        stories: the ids of the stories wanted, without the file of them all; None for the whole issue.

    Raises:
        InputError: the layout or a style cannot be used.
    """
    wanted = wanted_of(edition, stories)
    if not wanted:
        return Reprints({}, {})
    sheets = [] if large or stories is not None else list(sheets_of(edition))
    joined = {sheet.story.id: sheet for sheet in sheets}
    layout = LARGE_LAYOUT if large else REPRINT_LAYOUT
    maker = ReprintMaker(run, edition, made, page_pdfs, layout, sheets=joined)
    singles, wanted = wanted, [*wanted, *(sheet.story for sheet in sheets)]
    done: dict[str, bytes] = {}
    pages: dict[str, int] = {}
    parts: list[PagePart] = []
    findings: list[Diagnostic] = []
    for story, (drawn, file, found) in maker.each("reprint", wanted, maker.drawn):
        done[story.id] = file
        pages[story.id] = len(drawn)
        if story.id not in joined:  # what is in briefs is told, and stands in the file of all, one by one
            parts.extend(drawn)
            findings.extend(found)
    if stories is None:
        with held(run.limits, len(made), edition.where):
            done[WHOLE_ISSUE] = join(parts, maker.facts("大字版" if large else "剪报", singles))
        pages[WHOLE_ISSUE] = len(parts)
    return Reprints(done, pages, not_told(findings, told))


def wanted_of(edition: Edition, stories: Sequence[str] | None) -> list[Story]:
    """Return the stories that some ids name; all where none are given."""
    return [story for story in standing_alone(edition) if stories is None or story.id in stories]


def not_told(findings: Sequence[Diagnostic], told: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings whose code and place were not told yet."""
    known = {(found.code, found.where) for found in told}
    return tuple(found for found in findings if (found.code, found.where) not in known)


# --- one layout ------------------------------------------------------------------------------------------


@dataclass
class ReprintMaker:
    """Sets and draws the stories of an edition on one layout, on pages of one size (mpt)."""

    run: Run
    edition: Edition
    made: Sequence[MadeUpPage]
    page_pdfs: Mapping[str, bytes]
    layout: str
    size: tuple[int, int] = (WIDTH, HEIGHT)
    sheets: Mapping[str, BriefsSheet] = field(default_factory=dict)
    """Stories that stand for the briefs of a page."""
    _measured: dict[Step, PageGeometry] = field(default_factory=dict)
    _pictures: dict[str, str] = field(default_factory=dict)

    def each(self, stage: str, stories: Sequence[Story], make: Callable[[Story], T]) -> Iterator[tuple[Story, T]]:
        """Yield each story with what a stage makes of it, in order.

        Raises:
            PrintkitError: one of them cannot be made.
        """
        outcomes = self.run.each(
            stage,
            len(stories),
            lambda n: make(stories[n]),
            lambda n: stories[n].where,
            lambda n: self.made_from(stories[n]),
        )
        for story, outcome in zip(stories, outcomes, strict=True):
            if isinstance(outcome, PrintkitError):
                raise outcome
            yield story, outcome

    def made_from(self, story: Story) -> object:
        """Return all values that a reprint is made from."""
        shapes = [
            (page.page.words, area, page.geometry.width, page.geometry.height, sha256(pdf).hexdigest())
            for page in self.made
            for area in self._areas[page.page.number]
            if area.story in self._ids(story) and (pdf := self.page_pdfs.get(page.page.number))
        ]
        facts = self.facts(story.title, (story,))
        return (
            story,
            self._home(story),
            self._words(story),
            self._base,
            self.layout,
            self.edition.names,
            facts,
            shapes,
            self._mistakes(story),
        )

    def drawn(self, story: Story) -> tuple[list[PagePart], bytes, list[Diagnostic]]:
        """Set a story and draw its pages; return them, their file, and what there is to tell."""
        whole, anew = self.anew(story)
        return self.draw(story, whole, anew)

    def anew(self, story: Story) -> tuple[Story, Reprint]:
        """Set a story; return it as it is set, and its pages."""
        whole = replace(story, frame="none", look=NO_LOOK, placement=Placement(), jump=None, index=False, group=None)
        whole = replace(whole, article=_corrected(whole.article, self._mistakes(story)))
        return whole, set_reprint(whole, self._sheet, self._base.grid.columns, self._setter)

    def draw(self, story: Story, whole: Story, anew: Reprint) -> tuple[list[PagePart], bytes, list[Diagnostic]]:
        """Draw a story's pages; return as `drawn` does."""
        from printkit.pipeline.draw import drawn_page  # loads WeasyPrint

        home = self._home(story)
        total = len(anew.pages)
        shown = self._shown(story, home, total, whole)
        parts = []
        for number, one in enumerate(anew.pages, 1):
            page = MadeUpPage(self._page(home), anew.sheet.geometry, (one,), anew.sheet.step)
            words = shown if number == 1 else replace(shown, number=number, spots=(), cards=())
            part = drawn_page(self.run, page, self._look, words)
            # Links and outlines lead to a story's first page.
            parts.append(
                replace(part, label=f"{shown.words} {number}/{total}", places=part.places if number == 1 else {})
            )
        found = (*anew.told, *(one for page in anew.pages for one in missing_characters(page)))
        wrong = dict.fromkeys(_of_reprint(one, story, home) for one in found if one.severity is Severity.ERROR)
        return parts, join(parts, self.facts(story.title, (story,))), list(wrong)

    def _shown(self, story: Story, home: PageContext, pages: int, anew: Story) -> ReprintPage:
        """Return what the first page shows round a story; `anew` is the story as it is set."""
        sheet = self.sheets.get(story.id)
        view = sheet.view if sheet else names.story_view(story.id)
        there = names.address(self.edition.paper.site_address, self.edition.date, view)
        code = self._code(there) if there else ""
        return ReprintPage(story.title, self._words(story), 1, pages, self._spots(story), there, code)

    def _code(self, target: str) -> str:
        """Return an address as a QR code, a picture; the layout keeps the white round it."""
        return str(qr_code(target).svg_data_uri(border=0, omitsize=True))

    def _ids(self, story: Story) -> tuple[str, ...]:
        """Return the ids of the stories of the edition that a story is, or stands for."""
        return self.sheets[story.id].briefs if story.id in self.sheets else (story.id,)

    def _home(self, story: Story) -> PageContext:
        return self._homes[self._ids(story)[0]]

    def _mistakes(self, story: Story) -> list[Mistake]:
        return [one for name in self._ids(story) for one in self.edition.mistakes(name)]

    def _words(self, story: Story) -> str:
        """Return the pages that a story stands on as a reader knows them, in the order of its parts."""
        parts = [
            (area.part, page.page.words)
            for page in self.made
            for area in self._areas[page.page.number]
            if area.story in self._ids(story)
        ]
        words = dict.fromkeys(words for _, words in sorted(parts, key=lambda part: part[0]))
        return "、".join(words) or self._home(story).words

    def facts(self, title: str, stories: Sequence[Story]) -> Facts:
        """Return what a file of some stories says of itself."""
        edition = self.edition
        return facts_of(edition, f"{title} {edition.paper.name} {edition.date}", stories)

    # --- what holds for all stories -------------------------------------------------------------------

    @cached_property
    def _homes(self) -> Mapping[str, PageContext]:
        """The newspaper's page of each story by its id; of one that goes on elsewhere the first."""
        pages = zip(self.edition.pages, contexts_of(self.edition), strict=True)
        return {story.id: context for page, context in pages for story in page.stories}

    @cached_property
    def _paper(self) -> Paper:
        width, height = self.size
        return replace(self.edition.paper, page_width=width, page_height=height, page_size="a4")

    @cached_property
    def _look(self) -> Look:
        return self.run.look(WEB, self._paper)

    @cached_property
    def _setter(self) -> Setter:
        return self.run.composer(self.edition.names)

    @cached_property
    def _areas(self) -> Mapping[str, tuple[Area, ...]]:
        return {page.page.number: areas(page) for page in self.made}

    def _page(self, home: PageContext) -> PageContext:
        """Return a page of a story that stands on some page of the newspaper."""
        return replace(home, paper=self._paper, layout=self.layout, is_first=False, is_last=False, is_right_hand=True)

    # --- measuring ------------------------------------------------------------------------------------

    @cached_property
    def _base(self) -> PageGeometry:
        """The layout with the style's own body."""
        base = self._geometry(None)
        self._measured[base.grid.size, base.grid.leading] = base
        return base

    def _sheet(self, columns: int) -> Sheet:
        """Return the sheet with some columns: each number of columns has its step of the body, the largest first."""
        steps = self._base.grid.steps
        step = steps[min(columns, len(steps)) - 1] if steps else None
        if step not in self._measured:
            self._measured[step] = self._geometry(step)
        return Sheet(self._measured[step], columns, step, in_text=self.layout == PHONE_LAYOUT)

    def _geometry(self, step: Step) -> PageGeometry:
        """Measure the layout for the type of every story of the edition at once."""
        alone = (*standing_alone(self.edition), *(sheet.story for sheet in self.sheets.values()))
        stories = [replace(story, frame="none", look=NO_LOOK, jump=None) for story in alone]
        page = self._page(next(iter(self._homes.values())))
        found, _ = measured(
            self.run, page, dict.fromkeys((FIRST, NEXT), stories), step, self._look, ReprintPage("", "")
        )
        slots = found.slots
        if FIRST not in slots or NEXT not in slots or slots[FIRST].rect.width != slots[NEXT].rect.width:
            raise InputError([_unfit(page)])
        return found

    # --- the story on the newspaper's pages --------------------------------------------------------------

    def _spots(self, story: Story) -> tuple[Spot, ...]:
        """Return every page that a story stands on with its shape, in the order of its parts."""
        found = []
        for page in self.made:
            number = page.page.number
            mine = [area for area in self._areas[number] if area.story in self._ids(story)]
            for part in dict.fromkeys(area.part for area in mine) if number in self.page_pdfs else ():
                width, height = page.geometry.width, page.geometry.height
                outlines = tuple(points(one) for area in mine if area.part == part for one in area.polygons)
                picture = self._page_picture(number, self.page_pdfs[number])
                spot = Spot(page.page.words, picture, f"{width / 1000:g}", f"{height / 1000:g}", outlines)
                found.append((part, spot))
        return tuple(spot for _, spot in sorted(found, key=lambda item: item[0]))

    def _page_picture(self, number: str, pdf: bytes) -> str:
        if number not in self._pictures:
            self._pictures[number] = page_jpeg(pdf, SPOT_PIXELS)
        return self._pictures[number]


def _corrected(article: Article, mistakes: Sequence[Mistake]) -> Article:
    """Return an article that says at its end what was wrong in it when it was printed."""
    told = tuple(Paragraph((TextRun("更正　", strong=True), TextRun(f"{one.words}。", kai=True))) for one in mistakes)
    if not article.sections:
        return replace(article, body=(*article.body, *told))
    *before, last = article.sections
    return replace(article, sections=(*before, replace(last, body=(*last.body, *told))))


def _of_reprint(found: Diagnostic, story: Story, home: PageContext) -> Diagnostic:
    """Return a finding of a reprint as such; a place on it is none on the newspaper's page."""
    message = Say(f"in the reprint: {found.message.en}", f"剪报：{found.message.zh}")
    return replace(found, message=message, page=home.number, story=story.id, slot=None, bbox=None)


def _unfit(page: PageContext) -> Diagnostic:
    return Diagnostic(
        "layout.reprint-slots",
        Say(
            f"layout “{page.layout}” needs the slots “{FIRST}” and “{NEXT}”, of one width",
            f"版式“{page.layout}”须有同宽的版位“{FIRST}”和“{NEXT}”",
        ),
        hint=Say("copy printkit's own layout and change that", "请复制 printkit 自带的版式再修改"),
        where=page.where,
    )
