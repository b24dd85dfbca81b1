"""A page's geometry and type, as its style sheets give them for the stories that will stand on it.

In: a page, its stories by slot, a step of the body. Out: its `PageGeometry`. A page whose probes are equal to another's
is measured once a run; where pages are drawn afterwards (`Run.alike`), one that is laid out alike is, too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Severity, SourceRef
from printkit.limits import Limits, held, within
from printkit.makeup.page.assign import place_faults
from printkit.makeup.page.group import group_faults
from printkit.makeup.page.looks import look_faults
from printkit.model.context import PageContext
from printkit.model.page import MadeUpPage
from printkit.model.paper import Paper
from printkit.pipeline.ahead import MEASURE
from printkit.render.alike import Like, kind_of, renamed
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Slots
from printkit.render.reprint import ReprintPage
from printkit.render.stylesheets import built_in_families, stylesheets
from printkit.render.templates import resource_roots
from printkit.render.unmeasured import unmeasured

if TYPE_CHECKING:
    from printkit.pipeline.run import (  # of another process, which measures one page, it would load far too much
        MeasuredPage,
        Run,
    )

Step = tuple[int, int] | None
"""Size and leading of the body, mpt; None for the style's own."""


def measured(
    run: "Run",
    page: PageContext,
    stories: Slots,
    step: Step = None,
    look: Look = SCREEN,
    reprint: ReprintPage | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> "MeasuredPage":
    """Measure a page for the slots, levels and frames of some stories, and tell what its styles lack.

    Where another process measures it `meanwhile` is called.

    Raises:
        InputError: the layout or a style cannot be used.
    """
    pages = run.pages(look)
    html = pages.probes(page, stories, step, reprint)
    key = look.inks, look.margin, sha256(html.encode()).digest()
    if key not in run.measured:
        tiles = [slot for slot, members in stories.items() if any(story.placement.at for story in members)]
        kind = kind_of(html, tiles, stylesheets(page)) if run.alike and reprint is None else None
        like = run.kinds.get((look.inks, look.margin, kind)) if kind else None
        if like is None or not like.is_shared:
            made_from = look.inks, look.margin, html, page.paper, page.where
            try:
                with held(run.limits, where=page.where):
                    (found, told), files = run.once(
                        MEASURE, made_from, lambda: _measured(made_from, run.note), meanwhile
                    )
            except InputError as error:
                # The next stage asks, too; a new one holds nothing laid out.
                run.measured[key] = InputError(error.diagnostics)
                raise
            like = Like(found, told, page.where, tuple(tiles), files)
            if kind:
                run.kinds[look.inks, look.margin, kind] = like
        geometry = renamed(like.geometry, dict(zip(like.tiles, tiles, strict=True)))
        about = [replace(found, where=page.where) if found.where == like.where else found for found in like.told]
        run.measured[key] = (geometry, (*about, *unmeasured(page))), like.files
    if isinstance(known := run.measured[key], InputError):
        raise known
    measured_page, files = known
    run.note(files)
    return measured_page


_MadeFrom = tuple[object, int, str, Paper, SourceRef]
"""The look's inks and margin, the page's HTML, and the paper and the layout's place."""


def _measured(made_from: _MadeFrom, note: Callable[[Iterable[Path]], None]) -> "MeasuredPage":
    from printkit.render.measure import measure  # loads WeasyPrint, which faulty input needs not

    _, margin, html, paper, where = made_from
    found = measure(html, resource_roots(paper), where, paper.composition, built_in_families(), margin)
    note(found.files)
    return found.geometry, tuple(found.diagnostics)


def measured_apart(made_from: _MadeFrom, limits: Limits) -> "tuple[MeasuredPage | PrintkitError, frozenset[Path]]":
    """Measure a page for another process (`pipeline.ahead`), as `draw.drawn_apart` draws one."""
    files: set[Path] = set()
    return within(limits, lambda: _measured(made_from, files.update), made_from[-1]), frozenset(files)


def placed_geometry(
    run: "Run", page: PageContext, stories: Slots, step: Step = None, meanwhile: Callable[[], object] = lambda: None
) -> "MeasuredPage":
    """Measure a page whose stories have their places, and see that these are on its grid; `meanwhile` as `measured`.

    Raises:
        InputError: as `measured`, or a place (`at`) is off the page or taken, or a story's look asks for columns
            that its slot or its group's has not.
    """
    geometry, told = measured(run, page, stories, step, meanwhile=meanwhile)
    every = [story for members in stories.values() for story in members]
    if faults := [
        *place_faults(every, geometry.grid),
        *look_faults(stories, geometry),
        *group_faults(stories, geometry),
    ]:
        raise InputError(faults)
    return geometry, told


def moved_in(run: "Run", made: MadeUpPage, looks: Sequence[Look]) -> list[Diagnostic]:
    """Tell of styles that lay a page out otherwise in some looks than on the screen."""
    from printkit.variants.same_page import first_difference, moves

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
