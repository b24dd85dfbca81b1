"""Pages from stories to boxes: assigned, divided, measured, made up with the fonts' own metrics.

In: an edition as read. Out: its pages as made up, what there is to tell of them, and the faults of the pages that could not
be made: one of these does not keep the others from being told of.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, Severity
from printkit.limits import held
from printkit.makeup.frames import Frame, story_frame
from printkit.makeup.lint.imprint import imprint_findings, marked_notices
from printkit.makeup.lint.places import of_page, of_story
from printkit.makeup.lint.sections import colour_findings, section_findings
from printkit.makeup.page.make_up import make_up
from printkit.makeup.setting import Setter
from printkit.model.article import CORNER_ROLE
from printkit.model.edition import Edition
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory
from printkit.pipeline.assign import AssignedPage, assigned_pages, chosen_numbers, index_findings
from printkit.pipeline.glyphs import missing_characters
from printkit.pipeline.measure import Step, measured, moved_in, placed_geometry
from printkit.pipeline.picture_files import picture_file_findings
from printkit.pipeline.place import Remembered, placed_pages
from printkit.pipeline.pool import pooled
from printkit.pipeline.run import Reading, Run
from printkit.pipeline.thread import threaded
from printkit.render.look import SCREEN, Look
from printkit.variants import Variant

Findings = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """An edition's pages as made up, those asked for.

    `faults` are those of the pages that could not be made, or not in every look: nothing may be written then.
    """

    edition: Edition
    pages: tuple[MadeUpPage, ...]
    findings: Findings
    faults: Findings


def made_up(run: Run, reading: Reading, variants: Sequence[Variant], number: str | None = None) -> MadeUp:
    """Make up the pages of an edition, or the page of a number.

    Raises:
        UsageError: there is no such page.
        MissingPartError: the system lacks a font that the styles name.
    """
    reading = pooled(run, reading)
    edition = reading.edition
    chosen = chosen_numbers(edition, number)
    setter = run.composer(edition.names)
    with held(run.limits, len(edition.pages), edition.where):
        assigned, faults = assigned_pages(edition, run.pages())
        places = placed_pages(
            assigned,
            chosen,
            lambda page: measured(run, page.context, page.by_slot)[0],
            setter,
            lambda count, work, made_from: run.each(
                "place",
                count,
                work,
                lambda n: made_from(n).context.where,
                lambda n: (edition.path, made_from(n), edition.names, run.alike),
            ),
            Remembered(run.memory, edition.path),
        )
        with run.recalling("thread", 0):
            threads = threaded(places.pages, chosen, lambda page: _geometry(run, setter, page), setter)
    looks = dict.fromkeys(variant.look(edition.paper) for variant in variants)
    work = _PageMaker(run, setter, tuple(look for look in looks if look != SCREEN), any(v.for_press for v in variants))
    findings = [*reading.warnings, *imprint_findings(edition), *section_findings(edition), *colour_findings(edition)]
    findings.extend(places.told)
    findings.extend(found for found in threads.told if found.page in chosen)
    if not faults:  # a page that cannot be made might show the index
        findings.extend(found for found in index_findings(assigned, run.pages()) if found.page in chosen)
    wrong = [*faults, *places.faults, *threads.faults]
    made = []
    wanted = [page for page in threads.pages if page.context.number in chosen]
    outcomes = run.each(
        "make up",
        len(wanted),
        lambda n: work.made(wanted[n]),
        lambda n: wanted[n].context.where,
        lambda n: (wanted[n], edition.names, work.looks, work.for_press, run.alike),
        lambda: _make_ready(run, setter, wanted[0]),
        anew=_made_anew,
    )
    for page, outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, PrintkitError):
            wrong.extend(of_page(fault, page.context) for fault in outcome.diagnostics)
            continue
        done, found, moved = outcome
        made.append(done)
        findings.extend(of_page(one, page.context) for one in found)
        wrong.extend(moved)
    return MadeUp(edition, tuple(made), once(findings), tuple(dict.fromkeys(wrong)))


def _made_anew(
    run: Run, values: tuple[AssignedPage, tuple[str, ...], tuple[Look, ...], bool, bool]
) -> tuple[MadeUpPage, Findings, list[Diagnostic]]:
    """Make a page up for another process, of what decides it."""
    page, names, looks, for_press, run.alike = values
    return _PageMaker(run, run.composer(names), looks, for_press).made(page)


def _make_ready(run: Run, setter: Setter, page: AssignedPage) -> None:
    """Load what every process needs, so that none does so for itself: WeasyPrint, style sheets, fonts, the dictionary."""

    def words() -> None:
        setter.words(page.context.paper.name)

    with contextlib.suppress(InputError), held(run.limits):  # the page's own turn tells it
        placed_geometry(run, page.context, page.by_slot, meanwhile=words)
    words()


def once(found: Sequence[Diagnostic]) -> Findings:
    """Return all findings of a run once: one missing font is one finding, on however many pages it is missing."""
    seen: dict[tuple[object, ...], Diagnostic] = {}
    for finding in found:
        page = None if finding.code.startswith(("fonts.family", "style.")) else finding.page
        seen.setdefault((finding.code, finding.message, finding.where if page else None, page, finding.story), finding)
    return tuple(seen.values())


# --- one page ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _PageMaker:
    """Makes pages up; `looks` are those beside the screen's in which they will be drawn, too."""

    run: Run
    setter: Setter
    looks: tuple[Look, ...]
    for_press: bool

    def made(self, page: AssignedPage) -> tuple[MadeUpPage, Findings, list[Diagnostic]]:
        """Make a page up; return it, what there is to tell of it, and what its styles move in another look."""
        made, found = fitted(self.run, self.setter, page)
        of_stories = (
            of_story(one, story, _frame(made, story))
            for story in made.stories
            for one in (*self._of_files(made, story), *marked_notices(page.context.paper, story))
        )
        return made, (*found, *of_stories), moved_in(self.run, made, self.looks)

    def _of_files(self, page: MadeUpPage, story: MadeUpStory) -> Iterator[Diagnostic]:
        """Yield what only the files of fonts, pictures and advertisements know."""
        corner = page.geometry.style(story.story).roles[CORNER_ROLE] if story.story.corner else None
        yield from missing_characters(story, corner)
        yield from picture_file_findings(story, press=self.for_press)


def _frame(made: MadeUpPage, story: MadeUpStory) -> Frame:
    """Return the frame that a story fills on its page."""
    return story_frame(story.slot(made.geometry), made.geometry, made.geometry.style(story.story))


def fitted(run: Run, setter: Setter, page: AssignedPage) -> tuple[MadeUpPage, Findings]:
    """Make a page up; one with `data-fit` at the largest step of the body at which nothing is over.

    Raises:
        InputError: the layout or a style cannot be used, or a place (`at`) is off the page or taken.
    """
    made, found = _at(run, setter, page, None)
    # By the room that a character takes, so that a lower step never needs more of it.
    steps = sorted(made.geometry.grid.steps, key=lambda step: (step[0] * step[1], step[0]), reverse=True)
    if not page.layout.fits_body or not steps:
        return made, found
    low, high = 0, len(steps) - 1
    tried: dict[int, tuple[MadeUpPage, Findings]] = {}
    while low < high:
        middle = (low + high) // 2
        tried[middle] = _at(run, setter, page, steps[middle])
        if tried[middle][0].over_lines:
            low = middle + 1
        else:
            high = middle
    made, found = tried[low] if low in tried else _at(run, setter, page, steps[low])
    return made, (*found, _at_largest(made)) if not low and made.under_lines > made.geometry.grid.columns else found


def _at_largest(made: MadeUpPage) -> Diagnostic:
    """Tell that a page is short with its body at the largest step: more copy is not the only way out."""
    size, leading = (f"{length / 1000:g}" for length in made.body_step or (0, 0))
    return Diagnostic(
        "layout.largest-body-step",
        Say(
            f"the body stands at the largest of `--body-steps`, {size}pt/{leading}pt, and the page is short",
            f"正文已用最大一级字号 {size}/{leading} 点，版面仍不足",
        ),
        Severity.WARNING,
        Say(
            "add a larger step to `--body-steps` in a style of the paper's, or copy",
            "请在本报样式的 --body-steps 里加更大的一级，或补稿",
        ),
    )


def _at(run: Run, setter: Setter, page: AssignedPage, step: Step) -> tuple[MadeUpPage, Findings]:
    """Make a page up at one step of the body."""
    stories = page.by_slot
    geometry, told = placed_geometry(run, page.context, stories, step)
    order = [story.anchor for story in page.stories]
    made, found = make_up(page.context, geometry, stories, order, setter, auto=page.layout.auto)
    return replace(made, body_step=step), (*told, *found)


def _geometry(run: Run, setter: Setter, page: AssignedPage) -> PageGeometry:
    """Return a page as measured; one with `data-fit` at the step that it takes for its stories as they are."""
    if page.layout.fits_body:
        return fitted(run, setter, page)[0].geometry
    return placed_geometry(run, page.context, page.by_slot)[0]
