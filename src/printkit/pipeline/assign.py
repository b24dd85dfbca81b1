"""Which story stands where, before anything is measured.

In: an edition. Out: every page as what rendering knows of it (`PageContext`), its layout, and its stories, each with its
`Placement`: those that come from other pages among them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, UsageError
from printkit.makeup.jump.split import automatic_page_fault, jump_faults, second_parts
from printkit.makeup.lint.places import of_page
from printkit.makeup.page.assign import assign
from printkit.makeup.page.many import may_stand_together
from printkit.model.context import IndexEntry, PageContext
from printkit.model.edition import (
    Edition,
    Page,
    Placement,
    Story,
    date_words,
    is_spread,
    numbers_of,
    page_stem,
    page_words,
)
from printkit.render.calendar import lunar_text, weekday
from printkit.render.pages import Layout, Pages


@dataclass(frozen=True, slots=True)
class AssignedPage:
    """A page, its layout, and its stories in the edition's order, what comes from other pages last."""

    context: PageContext
    layout: Layout
    stories: tuple[Story, ...]

    @property
    def by_slot(self) -> dict[str, tuple[Story, ...]]:
        """The stories by slot: a layout's in its order, an automatic page's in the edition's."""
        found: dict[str, tuple[Story, ...]] = dict.fromkeys(self.layout.slots, ())
        for story in self.stories:
            found[story.slot] = (*found.get(story.slot, ()), story)
        return {slot: members for slot, members in found.items() if members}


def chosen_numbers(edition: Edition, number: str | None) -> frozenset[str]:
    """Return the number of the page that is asked for as the edition writes it, or those of all pages.

    Raises:
        UsageError: there is no such page.
    """
    known = [page.number for page in edition.pages]
    chosen = frozenset(known if number is None else (one for one in known if number in _names_of(one)))
    if not chosen and number is not None:
        message = Say(f"the edition has no page {number}", f"这一期没有第 {number} 版")
        hint = Say(f"its pages are {', '.join(known)}", f"它的版面有 {', '.join(known)}")
        raise UsageError([Diagnostic("usage.no-such-page", message, hint=hint)])
    return chosen


def _names_of(number: str) -> frozenset[str]:
    """Return the ways to name a page: by its number, by that as files have it, a spread also by one of its two."""
    return frozenset(name for one in (number, *numbers_of(number)) for name in (one, page_stem(one)))


def assigned_pages(edition: Edition, pages: Pages) -> tuple[tuple[AssignedPage, ...], tuple[Diagnostic, ...]]:
    """Give the stories of each page their places.

    Returns:
        The pages that can be made, and the faults of the others.
    """
    found: list[AssignedPage] = []
    faults: list[Diagnostic] = []
    coming = second_parts(edition)
    for page, context in zip(edition.pages, contexts_of(edition), strict=True):
        try:
            found.append(_assigned(page, context, pages.layout(context), coming.get(page.number, ())))
        except InputError as error:
            faults.extend(of_page(fault, context) for fault in error.diagnostics)
    return tuple(found), tuple(faults)


def _assigned(page: Page, context: PageContext, layout: Layout, coming: Sequence[Story]) -> AssignedPage:
    page = replace(page, stories=tuple(map(_framed, page.stories)))
    standing = [story for story in page.stories if not story.is_member]
    on_grid = [part for part in coming if layout.auto and not layout.slots]
    if lost := [part for part in on_grid if part.slot or part.id in {story.id for story in page.stories}]:
        raise InputError(automatic_page_fault(part, page) for part in lost)
    if not layout.auto and layout.spread != context.is_spread:
        raise InputError([_other_sheet(context)])
    on_grid += [story for story in standing if layout.auto and not story.slot]
    in_slots = [story for story in standing if not layout.auto or story.slot]
    given = assign(context, (*in_slots, *(part for part in coming if part not in on_grid)), layout.slots)
    faults = [*given.faults, *jump_faults(layout.slots, given.stories), *_frame_faults(layout, given.stories)]
    if faults := [*faults, *_place_faults(layout, page)]:
        raise InputError(faults)
    found = {story.anchor: story for story in given.stories}
    # A story that has its place is called after it; what waits for one has no slot yet.
    found |= {story.anchor: story for story in _in_places(on_grid)}
    placed = (found[story.anchor] for story in (*standing, *coming))
    return AssignedPage(context, layout, tuple(_with_members(placed, page)))


def _in_places(stories: Sequence[Story]) -> Iterator[Story]:
    """Yield the stories of an automatic page, those with a place in a slot of their own; briefs with one place share it."""
    firsts: list[Story] = []
    for story in stories:
        at = story.placement.at
        first = next((one for one in firsts if one.placement.at == at), None)
        if at and first and may_stand_together(first) and may_stand_together(story):
            yield replace(story, placement=Placement(first.id, where=story.placement.where))
            continue
        if at:
            firsts.append(story)
        yield replace(story, placement=replace(story.placement, slot=story.id)) if at else story


def _with_members(placed: Iterable[Story], page: Page) -> Iterator[Story]:
    """Yield the stories of a page with the members of each group after its head, in the head's slot."""
    for story in placed:
        yield story
        if story.is_common_head:
            members = (one for one in page.stories if one.is_member and one.group == story.group)
            yield from (replace(one, placement=Placement(story.slot, where=one.where)) for one in members)


def _framed(story: Story) -> Story:
    """Return a story with the kicker in the rule of its frame (角题) instead of over its headline."""
    kicker = story.article.kicker
    if story.frame != "corner" or kicker is None:
        return story
    return replace(story, article=replace(story.article, kicker=None), corner="".join(kicker.lines))


def _frame_faults(layout: Layout, stories: Sequence[Story]) -> Iterator[Diagnostic]:
    """Yield the stories with a frame that share their slot: one under the other they have no box of their own."""
    for story in stories:
        if story.frame != "none" and layout.slots[story.slot]:
            yield Diagnostic(
                "layout.frame-among-stories",
                Say(
                    f"story “{story.id}” shares slot “{story.slot}” with others and can have no frame",
                    f"稿件“{story.id}”与别的稿件同在版位“{story.slot}”，不能加框",
                ),
                hint=Say("give it a slot of its own, or take `frame` out", "请给它单独的版位，或删去“框”（frame）"),
                where=story.where,
            )


def _other_sheet(page: PageContext) -> Diagnostic:
    if page.is_spread:
        message = Say(f"layout “{page.layout}” is for one page, not for two", f"版式“{page.layout}”不是跨版的版式")
        hint = Say(
            "choose `spread` or `auto`; a layout of your own for both pages has <main data-spread>",
            "请用 spread 或 auto；自己的跨版版式写 <main data-spread>",
        )
    else:
        message = Say(f"layout “{page.layout}” is for two facing pages", f"版式“{page.layout}”只用于跨版")
        hint = Say(
            "give both numbers: `number: [4, 5]`, or choose another layout", "请写两个版次：[4, 5]，或换一个版式"
        )
    return Diagnostic("layout.other-sheet", message, hint=hint, where=page.where)


def _place_faults(layout: Layout, page: Page) -> Iterator[Diagnostic]:
    """Tell of places on pages without a grid, and of what cannot look for a place by itself."""
    for story in page.stories:
        at, where = story.placement.at, story.where
        if at and not layout.auto:
            message = Say(f"`at` has no meaning on layout `{page.layout}`", f"版式“{page.layout}”上不能写“位置”（at）")
            hint = Say("name a `slot`, or use `layout: auto`", "请改写“版位”（slot），或用 layout: auto")
            yield Diagnostic("layout.no-grid", message, hint=hint, where=at.where)
        elif story.related and not layout.auto:
            message = Say(
                f"`with` has no meaning on layout `{page.layout}`", f"版式“{page.layout}”上不能写“配”（with）"
            )
            hint = Say("put both into slots side by side, or use `layout: auto`", "请放进相邻的版位，或用 layout: auto")
            yield Diagnostic("layout.no-grid", message, hint=hint, where=where)
        elif at and story.slot:
            message = Say("a story has a `slot` or a place (`at`), not both", "“版位”（slot）和“位置”（at）只能写一个")
            yield Diagnostic("layout.two-places", message, hint=Say("take one out", "请删去一个"), where=at.where)
        elif layout.auto and not at and not story.slot and not story.is_member and (needs := _in_need(story)):
            hint = Say(
                "give it a `size` (columns, rows), or a place by `at`: column, row, columns, rows",
                "请写“大小”（size）：占栏、占行；或“位置”（at）：栏、行、占栏、占行",
            )
            yield Diagnostic("layout.needs-place", needs, hint=hint, where=where)


def _in_need(story: Story) -> Say | None:
    """Return what it is about a story for which no place can be looked for."""
    if story.ad and story.ad.file is None and not story.ad.cells[0]:
        return Say("a place kept free needs its size, or its place", "留给广告的版位要写大小或位置")
    return None


def index_findings(assigned: Sequence[AssignedPage], pages: Pages) -> Iterator[Diagnostic]:
    """Yield a finding for each story that is marked for an index (导读) when no other page shows one."""
    marked = [(page.context, story) for page in assigned for story in page.stories if story.index]
    if marked:
        showing = {page.context.number for page in assigned if pages.layout_for(page.context, page.by_slot).index}
        yield from (_not_in_index(story, context) for context, story in marked if not showing - {context.number})


def _not_in_index(story: Story, page: PageContext) -> Diagnostic:
    return Diagnostic(
        "layout.index-unused",
        Say(
            f"story “{story.id}” is marked for the index, but no other page shows one",
            f"稿件“{story.id}”要列入导读，但别的版上没有导读",
        ),
        Severity.WARNING,
        Say(
            "layouts `front` and `front-b` show it; in a layout of your own write `index(edition)`",
            "front、front-b 版式有导读；自己的版式请写 index(edition)",
        ),
        story.where,
        page.number,
        story.id,
        slot=story.slot,
    )


# --- what a page knows ------------------------------------------------------------------------------------


def contexts_of(edition: Edition) -> tuple[PageContext, ...]:
    """Return what rendering knows of each page of an edition, in order."""
    date = edition.date
    last = len(edition.pages) - 1
    entries = _index_entries(edition)
    printed = tuple((number, one.name) for one in edition.pages for number in numbers_of(one.number))
    numbers = [number for number, _ in printed]
    wide = replace(edition.paper, page_width=2 * edition.paper.page_width)
    return tuple(
        PageContext(
            paper=wide if is_spread(page.number) else edition.paper,
            number=page.number,
            name=page.name,
            layout=page.layout,
            date=date,
            where=page.layout_where or page.where,
            duty=tuple(page.duty.items()),
            issue=edition.issue,
            date_words=date_words(date),
            weekday=weekday(date),
            lunar=lunar_text(date),
            pages=printed,
            index=tuple(entry for number, of_page in entries.items() if number != page.number for entry in of_page),
            is_first=position == 0,
            is_red=edition.is_red and position == 0,
            is_last=position == last,
            is_right_hand=numbers.index(numbers_of(page.number)[0]) % 2 == 0,
        )
        for position, page in enumerate(edition.pages)
    )


def _index_entries(edition: Edition) -> Mapping[str, tuple[IndexEntry, ...]]:
    """Return the marked stories of each page by its number."""
    return {
        page.number: tuple(
            IndexEntry(story.anchor, story.index_title, page_words(page.number))
            for story in page.stories
            if story.index
        )
        for page in edition.pages
    }
