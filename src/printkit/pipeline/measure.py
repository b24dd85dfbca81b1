"""A page's geometry and type, as its style sheets give them for the stories that will stand on it.

In: a page, its stories by slot, a step of the body. Out: its `PageGeometry`. A page whose probes are equal to another's
is measured once a run.
"""

from collections.abc import Sequence

from printkit.diagnostics import Diagnostic, InputError, Severity
from printkit.makeup.page.assign import place_faults
from printkit.makeup.page.group import group_faults
from printkit.makeup.page.looks import look_faults
from printkit.model.context import PageContext
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage
from printkit.pipeline.run import MeasuredPage, Run
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Slots
from printkit.render.reprint import ReprintPage
from printkit.render.stylesheets import built_in_families
from printkit.render.templates import resource_roots
from printkit.render.unmeasured import unmeasured
from printkit.variants.same_page import first_difference, moves

Step = tuple[int, int] | None
"""Size and leading of the body, mpt; None for the style's own."""


def measured(
    run: Run,
    page: PageContext,
    stories: Slots,
    step: Step = None,
    look: Look = SCREEN,
    reprint: ReprintPage | None = None,
) -> tuple[PageGeometry, tuple[Diagnostic, ...]]:
    """Measure a page for the slots, levels and frames of some stories, and tell what its styles lack.

    Raises:
        InputError: the layout or a style cannot be used.
    """
    pages = run.pages(look)
    html = pages.probes(page, stories, step, reprint)
    key = look.inks, look.margin, html

    def anew() -> MeasuredPage:
        from printkit.render.measure import measure  # loads WeasyPrint, which faulty input needs not

        paper = page.paper
        found = measure(html, resource_roots(paper), page.where, paper.composition, built_in_families(), look.margin)
        run.note(found.files)
        return found.geometry, (*found.diagnostics, *unmeasured(page))

    if key not in run.measured:
        run.measured[key] = run.once("measure", (key, page), anew)
    found, files = run.measured[key]
    run.note(files)
    return found


def placed_geometry(
    run: Run, page: PageContext, stories: Slots, step: Step = None
) -> tuple[PageGeometry, tuple[Diagnostic, ...]]:
    """Measure a page whose stories have their places, and see that these are on its grid.

    Raises:
        InputError: as `measured`, or a place (`at`) is off the page or taken, or a story's look asks for columns
            that its slot or its group's has not.
    """
    geometry, told = measured(run, page, stories, step)
    every = [story for members in stories.values() for story in members]
    if faults := [
        *place_faults(every, geometry.grid),
        *look_faults(stories, geometry),
        *group_faults(stories, geometry),
    ]:
        raise InputError(faults)
    return geometry, told


def moved_in(run: Run, made: MadeUpPage, looks: Sequence[Look]) -> list[Diagnostic]:
    """Tell of styles that lay a page out otherwise in some looks than on the screen."""
    stories = {slot: tuple(m.story for m in members) for slot, members in made.by_slot.items()}
    faults = []
    for look in looks:
        try:
            geometry, _ = measured(run, made.page, stories, made.body_step, look)
            difference = first_difference(made.geometry, geometry)
        except InputError as error:  # the screen's layout has no such fault
            difference = next(d.message for d in error.diagnostics if d.severity is Severity.ERROR)
        if difference:
            faults.append(moves(made.page, difference))
    return faults
