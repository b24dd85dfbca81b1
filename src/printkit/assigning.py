"""Which pages of an edition are wanted, and which story stands in which slot, before anything is measured."""

from dataclasses import replace

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, UsageError
from printkit.makeup.jumps import automatic_page_fault, jump_faults, second_parts
from printkit.makeup.page import assign
from printkit.model.edition import Edition, Page, Story, page_stem
from printkit.render.pages import Pages
from printkit.threads import Assignment


def chosen_pages(edition: Edition, number: str | None) -> tuple[Page, ...]:
    """Return the page of a number, or all pages.

    Raises:
        UsageError: there is no such page.
    """
    if number is None:
        return edition.pages
    chosen = tuple(page for page in edition.pages if number in (page.number, page_stem(page.number)))
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
        given = assign(full, layout.slots)
        if given.warnings and not given.faults:
            # A slot that the layout leaves out when nothing is in it is no hole in the page.
            shown = {*given.stories, *pages.layout_for(page, given.stories).slots}
            given = assign(full, {name: many for name, many in layout.slots.items() if name in shown})
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
