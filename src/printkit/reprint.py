"""Reprints: every story anew on A4 for the board and the file (剪报), and in large type (大字版).

    an edition, its made-up pages, the pages' PDFs → a PDF for each story, and one of them all

The paper is given A4 pages and the layout `reprint` (or `reprint-large`), which a paper may have of its own; from
there a story goes the way of every page: measured, made up, drawn, joined. Each layout is measured once for all stories.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import segno

from printkit import build
from printkit.build import Progress, Result, checked, manifest_of, no_progress, web_pdfs, write_json, written
from printkit.diagnostics import Diagnostic, InputError, Say, Severity, UsageError, files_named_from, near
from printkit.drawing import drawn_page
from printkit.epaper import names
from printkit.epaper.areas import Area, areas, points
from printkit.makeup.clipping import FIRST, NEXT, Clipping, Sheet, set_clipping
from printkit.makeup.setting import Setter
from printkit.making import composer, measured, missing_characters, names_of
from printkit.model.edition import Edition, Page, Story, page_stem, page_words, stories_of
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory
from printkit.model.paper import Paper
from printkit.output import OutputTree
from printkit.pdf.join import PagePart, join
from printkit.pictures.cache import PictureCache, default_folder
from printkit.pictures.page_picture import page_jpeg
from printkit.render.clip import CLIP_LAYOUT, LARGE_LAYOUT, Clip, Spot
from printkit.render.look import Look
from printkit.render.pages import Pages
from printkit.source import read_edition
from printkit.units import MM
from printkit.variants import File, Variant, drawn_look, facts_of

WIDTH, HEIGHT = round(210 * MM), round(297 * MM)
"""A4 (ISO 216), mpt."""

SPOT_PIXELS = 300
"""Height of the small picture of a newspaper page: 28 mm at 270 pixels per inch, its headlines can be told apart."""

WHOLE_ISSUE = ""
"""The key of the file of all stories."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be reprinted: the ids of `stories`, none for the whole issue; in `large` type."""

    out: Path = Path("out")
    stories: tuple[str, ...] = ()
    large: bool = False
    cache: bool = True
    """Whether pictures once made are kept in the user's cache folder."""


def reprint(path: Path, options: Options, progress: Progress = no_progress) -> Result:
    """Read and make up an edition, and write its reprints into the issue's folder, beside what is there.

    Raises:
        PrintkitError: the edition, a layout or the system do not allow it; a story that is not in the edition is asked for.
    """
    edition, warnings = read_edition(path)
    with files_named_from(edition.paper.folder):
        return _reprinted(edition, warnings, options, progress)


def _reprinted(edition: Edition, warnings: Sequence[Diagnostic], options: Options, progress: Progress) -> Result:
    wanted = _wanted(edition, options.stories)
    result = checked(edition, warnings, build.Options(out=options.out), progress)
    if options.stories:
        result.diagnostics = tuple(d for d in result.diagnostics if d.story is None or d.story in wanted)
    cache = PictureCache(default_folder() if options.cache else None)
    pdfs = web_pdfs(edition, [page for page in result.pages if _shows(page, wanted)], cache, progress, only="pages")
    stories = options.stories or None
    told = result.diagnostics
    made = clippings(
        edition, result.pages, pdfs, told, large=options.large, stories=stories, cache=cache, progress=progress
    )
    cache.trim()
    result.diagnostics = (*told, *made.diagnostics)
    tree = OutputTree(options.out, edition.date.isoformat())
    with tree.adding(names.clip_folder(large=options.large), anew=stories is None) as folder:
        result.outputs = tuple(
            written(File(_file_name(edition, story, large=options.large), data, made.pages[story]), folder, tree.date)
            for story, data in made.files.items()
        )
        write_json(folder / "manifest.json", manifest_of(folder))
    return result


def _wanted(edition: Edition, stories: Sequence[str]) -> frozenset[str]:
    """Return the ids of the stories to reprint: those asked for, else all."""
    known = [story.id for story in stories_of(edition)]
    if not known:
        message = Say("the edition has no story to reprint", "这一期没有可重印的稿件")
        raise UsageError([Diagnostic("usage.nothing-to-reprint", message, where=edition.where)])
    faults = [_unknown(story, known) for story in dict.fromkeys(stories) if story not in known]
    if faults:
        raise UsageError(faults)
    return frozenset(stories or known)


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
    return names.clips(edition.date, large=large) if story == WHOLE_ISSUE else names.clip(story, large=large)


# --- from made-up pages ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clippings:
    """Reprints of stories by id, the whole issue's under `WHOLE_ISSUE`, and what there is to tell of them."""

    files: Mapping[str, bytes]
    pages: Mapping[str, int]
    """How many pages each file has."""
    diagnostics: tuple[Diagnostic, ...] = ()


def clippings(
    edition: Edition,
    made: Sequence[MadeUpPage],
    page_pdfs: Mapping[str, bytes],
    told: Sequence[Diagnostic] = (),
    *,
    large: bool = False,
    stories: Sequence[str] | None = None,
    cache: PictureCache | None = None,
    progress: Progress = no_progress,
) -> Clippings:
    """Set stories anew: a PDF for each by its id, and one of them all where no story is asked for by itself.

    Args:
        edition: the edition.
        made: its pages as made up, those at least that the stories stand on.
        page_pdfs: the same pages' web PDFs by `epaper.names.page_pdf`.
        told: findings of the newspaper's pages; what has the same code and place is not told again.
        large: in large type.
        stories: the ids of the stories wanted, without the file of them all; None for the whole issue.
        cache: keeps pictures that were made before.
        progress: is told of every story.

    Raises:
        InputError: the layout or a style cannot be used.
    """
    wanted = [story for story in stories_of(edition) if stories is None or story.id in stories]
    if not wanted:
        return Clippings({}, {})
    maker = _ClipMaker(edition, made, page_pdfs, large=large, cache=cache or PictureCache(None))
    done: dict[str, bytes] = {}
    pages: dict[str, int] = {}
    parts: list[PagePart] = []
    findings: list[Diagnostic] = []
    for number, story in enumerate(wanted):
        progress("reprint", number, len(wanted))
        drawn, found = maker.drawn(story)
        done[story.id] = maker.joined(drawn, story.title, (story,))
        pages[story.id] = len(drawn)
        parts.extend(drawn)
        findings.extend(found)
    progress("reprint", len(wanted), len(wanted))
    if stories is None:
        done[WHOLE_ISSUE] = maker.joined(parts, "大字版" if large else "剪报", wanted)
        pages[WHOLE_ISSUE] = len(parts)
    known = {(found.code, found.where) for found in told}
    return Clippings(done, pages, tuple(found for found in findings if (found.code, found.where) not in known))


# --- one layout ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _ClipMaker:
    """Sets and draws the stories of an edition on one layout."""

    edition: Edition
    made: Sequence[MadeUpPage]
    page_pdfs: Mapping[str, bytes]
    large: bool
    cache: PictureCache
    _paper: Paper = field(init=False)
    _look: Look = field(init=False)
    _setter: Setter = field(init=False)
    _base: PageGeometry = field(init=False)
    _measured: dict[tuple[int, int] | None, PageGeometry] = field(default_factory=dict)
    _pictures: dict[str, str] = field(default_factory=dict)
    _areas: dict[str, tuple[Area, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._paper = replace(self.edition.paper, page_width=WIDTH, page_height=HEIGHT, page_size="a4")
        self._look = drawn_look(Variant.WEB, self._paper, self.cache)
        self._setter = composer(tuple(names_of(self.edition)))
        self._base = self._geometry(None)
        grid = self._base.grid
        self._measured[grid.size, grid.leading] = self._base
        for page in self.made:
            self._areas[page.page.number] = areas(page)

    def drawn(self, story: Story) -> tuple[list[PagePart], list[Diagnostic]]:
        """Set a story and draw its pages."""
        home = next(page for page in self.edition.pages if any(other.id == story.id for other in page.stories))
        whole = replace(story, frame="none", at=None, jump=None, index=False)
        clipping = set_clipping(whole, self._sheet, self._base.grid.columns, self._setter)
        total = len(clipping.pages)
        spots = self._spots(story)
        there = names.address(self.edition.paper.site_address, self.edition.date, names.story_view(story.id))
        clip = Clip(story.title, _words(home), 1, total, spots, there, _code(there) if there else "")
        parts = []
        for number, one in enumerate(clipping.pages, 1):
            part = self._draw(home, clipping, one, replace(clip, number=number, spots=spots if number == 1 else ()))
            # Links and outlines lead to a story's first page.
            parts.append(
                replace(part, label=f"{clip.words} {number}/{total}", places=part.places if number == 1 else {})
            )
        found = (*clipping.told, *missing_characters(clipping.pages))
        return parts, [_of_reprint(one, home) for one in found if one.severity is Severity.ERROR]

    def joined(self, parts: Sequence[PagePart], title: str, stories: Sequence[Story]) -> bytes:
        """Return drawn pages as one file."""
        about = replace(self.edition, pages=(replace(self.edition.pages[0], stories=tuple(stories)),))
        return join(parts, facts_of(about, f"{title} {self.edition.paper.name} {self.edition.date}"))

    # --- measuring ------------------------------------------------------------------------------------

    def _sheet(self, columns: int) -> Sheet:
        """Return the sheet with some columns: each number of columns has its step of the body, the largest first."""
        steps = self._base.grid.steps
        step = steps[min(columns, len(steps)) - 1] if steps else None
        if step not in self._measured:
            self._measured[step] = self._geometry(step)
        return Sheet(self._measured[step], columns, step)

    def _geometry(self, step: tuple[int, int] | None) -> PageGeometry:
        """Measure the layout for the type of every story of the edition at once."""
        stories = [replace(story, frame="none", jump=None) for story in stories_of(self.edition)]
        page = self._page(self.edition.pages[0])
        pages = Pages(self._edition(page), self._look, Clip("", ""))
        wanted = dict.fromkeys((FIRST, NEXT), stories)
        found, _ = measured(pages.edition, pages, page, wanted, step)
        slots = found.slots
        if FIRST not in slots or NEXT not in slots or slots[FIRST].rect.width != slots[NEXT].rect.width:
            raise InputError([_unfit(page)])
        return found

    # --- drawing --------------------------------------------------------------------------------------

    def _draw(self, home: Page, clipping: Clipping, made: MadeUpStory, clip: Clip) -> PagePart:
        page = self._page(home)
        sheet = clipping.sheet
        one = MadeUpPage(page, sheet.geometry, (made,), sheet.step)
        return drawn_page(self._edition(page), one, self._look, clip)

    def _page(self, home: Page) -> Page:
        return replace(home, layout=LARGE_LAYOUT if self.large else CLIP_LAYOUT, stories=(), layout_where=None)

    def _edition(self, page: Page) -> Edition:
        return replace(self.edition, paper=self._paper, pages=(page,))

    def _spots(self, story: Story) -> tuple[Spot, ...]:
        """Return every page that a story stands on with its shape, in the order of its parts."""
        found = []
        for page in self.made:
            number = page.page.number
            for area in self._areas[number]:
                name = names.page_pdf(self.edition.date, number)
                if area.story == story.id and name in self.page_pdfs:
                    width, height = page.geometry.width, page.geometry.height
                    outlines = tuple(map(points, area.polygons))
                    picture = self._page_picture(number, self.page_pdfs[name])
                    spot = Spot(_words(page.page), picture, f"{width / 1000:g}", f"{height / 1000:g}", outlines)
                    found.append((area.part, spot))
        return tuple(spot for _, spot in sorted(found, key=lambda item: item[0]))

    def _page_picture(self, number: str, pdf: bytes) -> str:
        if number not in self._pictures:
            self._pictures[number] = page_jpeg(pdf, SPOT_PIXELS)
        return self._pictures[number]


def _of_reprint(found: Diagnostic, home: Page) -> Diagnostic:
    """Return a finding of a reprint as such; a place on it is none on the newspaper's page."""
    message = Say(f"in the reprint: {found.message.en}", f"剪报：{found.message.zh}")
    return replace(found, message=message, page=home.number, bbox=None)


def _words(page: Page) -> str:
    """Name a page as a clipping does: ``第01版 要闻``."""
    number = page_words(page_stem(page.number))
    return f"{number} {page.name}" if page.name else number


def _code(target: str) -> str:
    """Return a QR code (ISO/IEC 18004) as a picture: level M stands a fold or a spot of ink."""
    return str(segno.make(target, error="m", micro=False, boost_error=False).svg_data_uri(border=0, omitsize=True))


def _unfit(page: Page) -> Diagnostic:
    return Diagnostic(
        "layout.reprint-slots",
        Say(
            f"layout “{page.layout}” needs the slots “{FIRST}” and “{NEXT}”, of one width",
            f"版式“{page.layout}”须有同宽的版位“{FIRST}”和“{NEXT}”",
        ),
        hint=Say("copy printkit's own layout and change that", "请复制 printkit 自带的版式再修改"),
        where=page.where,
    )
