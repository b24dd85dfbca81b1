"""Places on pages that lay themselves out, found before anything is divided or made up.

In: pages with their stories, some without a place. Out: the same pages with a place for every story, and what there is to
tell of pages that do not close.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, Severity, SourceRef
from printkit.makeup.lint.places import of_page
from printkit.makeup.page.assign import place_faults
from printkit.makeup.page.automatic import Automatic, Laid
from printkit.makeup.page.steady import kind_of, moved, steady
from printkit.makeup.setting import Setter
from printkit.makeup.tiling.board import Area
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry
from printkit.pipeline.assign import AssignedPage
from printkit.pipeline.memory import Memory, Solution, digest_of

Measure = Callable[[AssignedPage], PageGeometry]
Findings = tuple[Diagnostic, ...]
LayOut = Callable[[int], tuple[Laid, Findings]]
Each = Callable[[int, LayOut], Iterable[tuple[Laid, Findings] | PrintkitError]]


@dataclass(frozen=True, slots=True)
class PlacedPages:
    """Pages whose stories have places, what there is to tell of these, and the faults of pages that have no room."""

    pages: tuple[AssignedPage, ...]
    told: Findings
    faults: Findings


def placed_pages(
    pages: Sequence[AssignedPage],
    chosen: AbstractSet[str],
    measure: Measure,
    setter: Setter,
    each: Each,
    remembered: "Remembered",
) -> PlacedPages:
    """Give every story of some pages its place; a page whose stories have theirs loads no solver.

    Args:
        pages: every page of the edition that can be made.
        chosen: the numbers of those that are wanted; a page from which a story goes on is laid out with them.
        measure: returns the geometry of a page, its stories without a place measured as such.
        setter: the composer.
        each: lays out so many pages, each by its number, and returns what came of it, in order.
        remembered: where the stories stood the last time.
    """
    open_pages = [page for page in pages if waiting(page) and (page.context.number in chosen or _goes_on(page))]
    found: dict[str, AssignedPage | None] = {page.context.number: page for page in pages}
    told: list[Diagnostic] = []
    faults: list[Diagnostic] = []

    def lay_out(number: int) -> tuple[Laid, Findings]:
        page = open_pages[number]
        return remembered.laid_out(automatic(page, measure, setter), page)

    for page, outcome in zip(open_pages, each(len(open_pages), lay_out), strict=True):
        if isinstance(outcome, PrintkitError):
            faults.extend(of_page(fault, page.context) for fault in outcome.diagnostics)
            found[page.context.number] = None
            continue
        laid, findings = outcome
        found[page.context.number] = replace(page, stories=tuple(map(laid.placed, page.stories)))
        told.extend(of_page(finding, page.context) for finding in findings if page.context.number in chosen)
    return PlacedPages(tuple(page for page in found.values() if page), tuple(told), tuple(faults))


@dataclass(frozen=True, slots=True)
class Remembered:
    """An edition's pages as they stood the last time."""

    memory: Memory
    edition: Path

    def laid_out(self, search: Automatic, page: AssignedPage) -> tuple[Laid, Findings]:
        """Return a page with its stories where they stood, all but those that a change moves; see `laid_out`."""
        pieces = search.pieces()
        # Another grid and other weights make another page of it, and so do other levels; a change of the copy does not.
        part = f"{page.context.number} {digest_of(search.board, sorted(search.weights.items()))}"
        digest, kinds = digest_of(pieces), {piece.name: kind_of(piece) for piece in pieces}
        before = [one for one in self.memory.recall(self.edition, part) if _of_kinds(one, kinds)]
        same = [one for one in before if one.digest == digest]
        last = {name: Area(*numbers[:4]) for name, numbers in (same or before)[-1].found.items()} if before else {}
        laid = steady(search, last) if last else None
        told: Findings = ()
        if laid is None:
            laid, told = laid_out(search, page)
        if not laid.amiss:
            areas = {placed.piece.name: placed.area for placed in laid.tiling}
            found = {
                name: (a.column, a.row, a.columns, a.rows, kinds[name]) for name, a in areas.items() if name in kinds
            }
            self.memory.keep(self.edition, part, Solution(digest, found))
            if not same and (gone := moved(laid, last)):
                told = (*told, stories_moved(gone))
        return laid, told


def _of_kinds(solution: Solution, kinds: Mapping[str, int]) -> bool:
    """Say whether the stories of a solution are what they were, where they are still there."""
    return all(len(one) == _NUMBERS and kinds.get(name, one[-1]) == one[-1] for name, one in solution.found.items())


_NUMBERS = 5
"""Of a story that is remembered: column, row, columns, rows, and its kind."""


def stories_moved(stories: Sequence[str], where: SourceRef | None = None) -> Diagnostic:
    """Tell of stories that could not stay where they stood the last time."""
    names = ", ".join(stories), "、".join(stories)
    return Diagnostic(
        "makeup.stories-moved",
        Say(f"stories stand elsewhere than the last time: {names[0]}", f"与上次相比，{names[1]} 换了位置"),
        Severity.WARNING,
        Say(
            "it does not close as it stood; what is to stay is locked by `page` and `at`",
            "照原来的位置拼不满；要固定的稿件请写“版次”（page）、“位置”（at）",
        ),
        where,
    )


def _goes_on(page: AssignedPage) -> bool:
    return any(story.jump for story in page.stories)


def waiting(page: AssignedPage) -> tuple[Story, ...]:
    """Return the stories of a page that have no place yet."""
    return tuple(story for story in page.stories if not story.slot)


def automatic(page: AssignedPage, measure: Measure, setter: Setter) -> Automatic:
    """Return a page as it looks for the places of its stories.

    Raises:
        InputError: the layout or a style cannot be used, or a place that is given is off the page or taken.
    """
    geometry = measure(page)
    if faults := place_faults(page.stories, geometry.grid):
        raise InputError(faults)
    return Automatic(geometry, page.stories, setter)


def laid_out(search: Automatic, page: AssignedPage) -> tuple[Laid, Findings]:
    """Return the best page that closes, or the nearest with what is to be told of it.

    Raises:
        InputError: there is no room for all stories.
    """
    leads = tuple(_leads(page))
    if laid := search.lay_out():
        return laid, leads
    stories = waiting(page)
    is_near = _LEAST_SHARE <= search.share <= _MOST_SHARE
    told = () if is_near or not sum(search.board.free) else (_far_off(search),)
    if laid := search.nearest():
        # What each takes in its cheapest shape is an estimate: the nearest page shows whether it is too much or too little.
        is_so = (search.share > 1) == (sum(laid.amiss.values()) > 0)
        return laid, (*(told if is_so else ()), *leads)
    message = Say(
        f"the page has no room for {len(stories)} stories beside what stands on it",
        f"版面放不下 {len(stories)} 篇稿件",
    )
    hint = Say("take stories off the page, or leave them more of it (`at`)", "请撤下几篇稿件，或给它们多留些地方（at）")
    raise InputError([*told, Diagnostic("makeup.no-room", message, Severity.ERROR, hint)])


def _leads(page: AssignedPage) -> Iterator[Diagnostic]:
    """Tell of a page with several stories of level 1: only one can stand at its top."""
    leads = [one for one in page.stories if one.level == 1 and not one.ad and not one.is_member]
    if len(leads) > 1:
        lead, *others = leads
        names = [story.id for story in others]
        yield Diagnostic(
            "makeup.two-leads",
            Say(
                f"{len(others) + 1} stories of level 1: beside “{lead.id}” also {', '.join(names)}",
                f"头条有 {len(others) + 1} 篇：“{lead.id}”之外还有{'、'.join(names)}",
            ),
            Severity.WARNING,
            Say("a page has one lead; give the others level 2", "一版一个头条，其余请改为 2 级"),
            others[0].where,
        )


_LEAST_SHARE, _MOST_SHARE = 0.93, 1.05
"""Shares of a page's free cells between which its copy may be fitted."""


def _far_off(search: Automatic) -> Diagnostic:
    """Tell of copy that is far more or less than the page, and which stories to take out."""
    share = round(100 * search.share)
    message = Say(f"the copy is {share}% of the page", f"稿件为版面的 {share}%")
    missing = round(sum(search.board.free) * (1 - search.share))
    hint = Say(
        f"write about {missing} lines more, make pictures larger, or add stories",
        f"请补约 {missing} 行，或放大图片、增加稿件",
    )
    if missing < 0:
        out = search.to_take_out(_LEAST_SHARE, _MOST_SHARE)
        hint = Say(f"take out {', '.join(out)}", f"撤下 {'、'.join(out)}")
    return Diagnostic("makeup.page-volume", message, Severity.ERROR, hint)
