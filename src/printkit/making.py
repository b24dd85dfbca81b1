"""One page from its stories to boxes: measured with WeasyPrint, made up with the fonts' own metrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from printkit.diagnostics import Diagnostic, InputError, Say, Severity
from printkit.fonts.metrics import StyleMetrics, chain_of, missing, overhang
from printkit.language.words import Hyphens, Words
from printkit.makeup.finding_places import on_page, points
from printkit.makeup.page import make_up, place_faults
from printkit.makeup.setting import Setter
from printkit.model.edition import Edition, Page, Story
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory, TextBox
from printkit.model.style import TextStyle
from printkit.render.look import Look
from printkit.render.pages import Layout, Pages
from printkit.render.templates import resource_roots
from printkit.threads import Assignment
from printkit.variants import first_difference, moved


def composer(names: tuple[str, ...]) -> Setter:
    """Return the composer with the fonts' own metrics, and the names that no headline breaks inside."""
    return Setter(_metrics, _words(names), Hyphens(), overhang)


@lru_cache(maxsize=2)
def _words(names: tuple[str, ...]) -> Words:
    """Return the word breaker of some names; a process that builds again keeps its dictionary."""
    return Words(names)


def names_of(edition: Edition) -> list[str]:
    """Return the names that a paper and an edition's files give, so that no headline breaks inside one."""
    stories = [story for page in edition.pages for story in page.stories]
    names = [edition.paper.name, *edition.paper.names]
    names += [name for story in stories for name in story.article.names]
    return [name for name in dict.fromkeys(names) if len(name) > 1]


def _metrics(style: TextStyle) -> StyleMetrics:
    return _METRICS.setdefault(style, StyleMetrics(style))


_METRICS: dict[TextStyle, StyleMetrics] = {}


@dataclass(slots=True)
class Maker:
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
        made = make_up(page, geometry, stories, self.setter, self.edition.paper.press.ppi)
        return replace(
            made, body_step=step, diagnostics=(*findings, *made.diagnostics, *missing_characters(made.stories))
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


def missing_characters(stories: Sequence[MadeUpStory]) -> list[Diagnostic]:
    """Tell every character that no font of its chain has, with its code point and place."""
    told: dict[tuple[str, str], Diagnostic] = {}
    for story in stories:
        seen: set[int] = set()
        for box in story.boxes:
            if not isinstance(box, TextBox) or id(box.paragraph) in seen:
                continue
            seen.add(id(box.paragraph))
            for run in box.paragraph.runs:
                for char in missing(run.text, chain_of(box.style, run)):
                    where = story.where(box) or story.story.article.where
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
