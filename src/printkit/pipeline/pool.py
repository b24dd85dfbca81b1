"""The pool (待编) shared out to the automatic pages of its edition, before a page is looked at by itself.

In: an edition as read. Out: the same with every story of the pool on a page, and why; those that find no room are told. With
`pages: auto` the pages are made first, as many as the pool fills.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, SourceRef
from printkit.limits import held
from printkit.makeup.lint.places import error_of_page
from printkit.makeup.page.automatic import Automatic
from printkit.makeup.page.judged import board_of
from printkit.makeup.tiling.allot import Allotment, Leaf, NoAllotmentError, Parcel, allot, reason
from printkit.model.edition import FIRST_PART, Allotted, Edition, Page, Story, Wish, pages_wished
from printkit.model.geometry import NO_SLOT, PageGeometry
from printkit.pipeline.assign import AssignedPage, assigned_pages
from printkit.pipeline.measure import measured
from printkit.pipeline.memory import Solution, digest_of
from printkit.pipeline.place import LEAST_SHARE, stories_moved, waiting
from printkit.pipeline.run import Reading, Run

_EASY = 1.02
"""Share up to which pages that printkit makes itself are filled."""


def pooled(run: Run, reading: Reading) -> Reading:
    """Give every story of the pool its page; an edition without a pool, or whose pool was shared out, stays as it is.

    Raises:
        InputError: a page cannot be measured, or no page lays itself out where a story has to stand.
    """
    edition = reading.edition
    if not edition.pool or edition.allotted:
        return reading
    with held(run.limits, max(1, len(edition.pages)), edition.where):
        if not edition.pages:
            edition = replace(edition, pages=_made(run, edition))
        desk = _desk(run, edition)
    given, moved = _remembered(run, edition, desk)
    told = tuple(_explained(desk, given))
    where_to = {one.story.id: one.page for one in told}
    pages = tuple(
        replace(page, stories=(*page.stories, *(w.story for w in edition.pool if where_to[w.story.id] == page.number)))
        for page in edition.pages
    )
    return Reading(
        replace(edition, pages=pages, allotted=told), (*reading.warnings, *_findings(edition, desk, told), *moved)
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is shared out: the pool's stories and those of pages that wait for a place, and the automatic pages."""

    parcels: tuple[Parcel, ...]
    leaves: tuple[Leaf, ...]
    numbers: tuple[str, ...]
    """The pages' numbers."""
    wishes: Mapping[str, Wish]

    @property
    def share(self) -> float:
        """The share of the pages that all stories take."""
        free = sum(leaf.free for leaf in self.leaves)
        return sum(parcel.sizes[parcel.pages[0]] for parcel in self.parcels) / max(1, free)


def _remembered(run: Run, edition: Edition, desk: _Desk) -> tuple[Allotment, tuple[Diagnostic, ...]]:
    """Share the stories out, each to its page of the last time where that does not cost too much; tell of those that move."""
    part, digest = f"pool {digest_of(desk.numbers, desk.leaves)}", digest_of(desk.parcels)
    before = run.memory.recall(edition.path, part)
    names = [parcel.name for parcel in desk.parcels]
    same = [one for one in before if one.digest == digest and one.found.keys() == set(names)]
    last = (same or before)[-1].found if before else {}
    pages = {name: page for name, (page, *_) in last.items()}
    if same:
        return tuple(None if pages[name] == _LEFT else pages[name] for name in names), ()
    try:
        given = allot([replace(one, before=_page_before(one, pages)) for one in desk.parcels], desk.leaves)
    except NoAllotmentError as error:
        where = edition.pool[0].story.where
        raise InputError([_too_many(len(desk.parcels), len(desk.leaves), where)]) from error
    found = {name: (_LEFT if page is None else page,) for name, page in zip(names, given, strict=True)}
    run.memory.keep(edition.path, part, Solution(digest, found))
    gone = [name for name, (page,) in found.items() if pages.get(name, page) != page]
    return given, (stories_moved(gone, edition.pool[0].story.where),) if gone else ()


def _too_many(count: int, pages: int, where: SourceRef) -> Diagnostic:
    message = Say(
        f"no way was found to share {count:,} stories out to {pages} pages",
        f"待编稿件 {count} 篇，没找到分到 {pages} 个版的办法",
    )
    hint = Say(
        "write the `page` of some of them, or leave in the pool those that this issue may print",
        "请给其中一些写“版次”（page），或只留本期可能用的稿件",
    )
    return Diagnostic("makeup.pool-too-large", message, Severity.ERROR, hint, where)


_LEFT = -1
"""Stands for the page of a story that is left out."""


def _page_before(parcel: Parcel, pages: Mapping[str, int]) -> int | None:
    return page if (page := pages.get(parcel.name)) in parcel.pages else None


def _desk(run: Run, edition: Edition) -> _Desk:
    """Measure the pages, and the stories in their type."""
    assigned, faults = assigned_pages(edition, run.pages())
    if faults:
        raise InputError(faults)
    open_pages = [page for page in assigned if page.layout.auto]
    wishes = {wish.story.id: wish for wish in edition.pool}
    stories = [wish.story for wish in edition.pool]
    own = {page.context.number: [one for one in waiting(page) if one.part == FIRST_PART] for page in open_pages}
    stories += [story for one in own.values() for story in one if not story.ad]
    frees, sizes = _cells(run, edition, open_pages, stories)
    leaves = []
    for page, free in zip(open_pages, frees, strict=True):
        levels = tuple(one.level for one in page.stories if one.slot and not one.ad and not one.is_member)
        leaves.append(Leaf(free, page.context.is_first, levels))
    numbers = tuple(page.context.number for page in open_pages)
    may = {number: (place,) for place, number in enumerate(numbers)}
    parcels = []
    for story in stories:
        if any(story.id not in one for one in sizes):
            continue  # it stands in its group's place
        wish = wishes.get(story.id)
        pages: tuple[int, ...]
        if wish is None:
            pages = next(may[number] for number, one in own.items() if story in one)
        else:
            pages = tuple(may[n][0] for i in _pages_of(wish, edition) if (n := edition.pages[i].number) in may)
            if not pages:
                raise InputError([_none_for(wish, edition)])
        parcels.append(
            Parcel(
                story.id,
                story.level,
                tuple(one[story.id] for one in sizes),
                pages,
                may_wait=wish is not None and not wish.page,
                pictured=bool(story.article.floating),
                indexed=story.index,
                beside=wish.beside if wish else "",
            )
        )
    return _Desk(tuple(parcels), tuple(leaves), numbers, wishes)


def _pages_of(wish: Wish, edition: Edition) -> tuple[int, ...]:
    """Return the places of the pages on which a story may stand, with those beside which it stands as they wish."""
    found = pages_wished(wish, edition.pages)
    for place, page in enumerate(edition.pages):
        if any(story.id == wish.beside for story in page.stories):
            found = tuple(one for one in found if one == place)
    return found


def _cells(
    run: Run, edition: Edition, pages: Sequence[AssignedPage], stories: Sequence[Story]
) -> tuple[list[int], list[Mapping[str, int]]]:
    """Return the free cells of each page, and those that each story takes there; pages of one kind are measured once."""
    composer = run.composer(edition.names)
    measured_kinds: dict[tuple[object, ...], PageGeometry] = {}
    known: list[tuple[PageGeometry, Mapping[str, int]]] = []
    frees, sizes = [], []
    for number, page in enumerate(pages):
        run.progress("pool", number, len(pages))
        at = page.context
        kind = at.layout, at.is_first, at.is_last, at.is_spread
        if kind not in measured_kinds:
            try:
                measured_kinds[kind] = measured(run, at, {NO_SLOT: stories})[0]
            except InputError as error:
                raise error_of_page(error, at) from error
        geometry = measured_kinds[kind]
        alike = (found for one, found in known if one.grid == geometry.grid and one.styles == geometry.styles)
        found = next(alike, None)
        if found is None:
            found = Automatic(geometry, stories, composer).sizes()
            known.append((geometry, found))
        ads = [story for story in waiting(page) if story.ad]
        shapes = [piece.shapes for piece in Automatic(geometry, ads, composer).pieces()] if ads else []
        taken = sum(min(one.columns * one.rows for one in each) for each in shapes if each)
        frees.append(sum(board_of(geometry, page.stories).free) - taken)
        sizes.append(found)
    run.progress("pool", len(pages), len(pages))
    return frees, sizes


def _none_for(wish: Wish, edition: Edition) -> Diagnostic:
    """Tell of a story whose page does not lay itself out, or of a pool without such a page."""
    if not wish.page:
        message = Say(
            "no page of the edition lays itself out, where a story of the pool could stand",
            "这一期没有自动版面，待编稿件无处可排",
        )
        hint = Say("write `layout: auto` for a page, or `pages: auto`", "请有一版写 layout: auto，或写 pages: auto")
        return Diagnostic("pool.no-page", message, hint=hint, where=wish.story.where)
    message = Say(f"page {wish.page} does not lay itself out", f"“{wish.page}”版不是自动版面")
    hint = Say(
        "write the story among that page's `stories`, or give it `layout: auto`",
        "请把稿件写在该版的“稿件”里，或该版改用 layout: auto",
    )
    return Diagnostic("pool.no-page", message, hint=hint, where=wish.page_where or wish.story.where)


# --- pages that are not listed ----------------------------------------------------------------------------


def _made(run: Run, edition: Edition) -> tuple[Page, ...]:
    """Return as many automatic pages as the pool fills, and as its wishes name."""
    pool = edition.pool
    names = tuple(dict.fromkeys(wish.page for wish in pool if wish.page and not wish.page.isdigit()))
    asked = [int(number) for wish in pool for number in (wish.page, wish.not_before) if number.isdigit()]
    least = max([1, len(names), *asked])
    some = replace(edition, pages=_pages(edition, max(3, least), names))
    assigned, faults = assigned_pages(some, run.pages())
    if faults:
        raise InputError(faults)
    stories = [wish.story for wish in pool]
    (first, inner, last), sizes = _cells(run, some, [assigned[0], assigned[1], assigned[-1]], stories)
    cells, count = sum(sizes[1].values()), least
    while _room(count, first, inner, last) * _EASY < cells and count < _MOST_PAGES:
        count += 1
    return _pages(edition, count, names)


_MOST_PAGES = 99
"""Pages that a number of two digits counts."""


def _room(count: int, first: int, inner: int, last: int) -> int:
    return first if count == 1 else first + (count - 2) * inner + last


def _pages(edition: Edition, count: int, names: Sequence[str]) -> tuple[Page, ...]:
    """Return so many pages, the last ones called by the names."""
    called = ("",) * (count - len(names)) + tuple(names)
    return tuple(Page(str(number), "auto", edition.where, name=name) for number, name in enumerate(called, 1))


# --- what is told -----------------------------------------------------------------------------------------


def _explained(desk: _Desk, given: Allotment) -> Iterator[Allotted]:
    """Yield for every story of the pool its page and why it is there."""
    for number, (parcel, page) in enumerate(zip(desk.parcels, given, strict=True)):
        wish = desk.wishes.get(parcel.name)
        if wish is None:
            continue
        if page is None:
            why = Say("no page has room for it", "各版都排不下")
        elif wish.page:
            why = Say(f"`page` asks for page {wish.page}", f"指定上“{wish.page}”版")
        elif wish.beside:
            why = Say(f"with “{wish.beside}”", f"与“{wish.beside}”同版")
        else:
            why = _WHY.get(reason(desk.parcels, desk.leaves, given, number), _ONLY)
        yield Allotted(wish.story, None if page is None else desk.numbers[page], why)


_ONLY = Say("the only page on which it may stand", "只能上这一版")
_WHY: Mapping[str, Say] = {
    "left": Say("it finds room here", "这一版排得下"),
    "over": Say("other pages are full", "别的版已满"),
    "far-over": Say("other pages are full", "别的版已满"),
    "short": Say("it fills this page", "补足本版篇幅"),
    "far-short": Say("it fills this page", "补足本版篇幅"),
    "front": Say("the front page takes what matters most", "头版先排级别高的"),
    "front-lead": Say("the front page takes what matters most", "头版先排级别高的"),
    "index": Say("the front's index lists it, so it stands inside", "列入头版导读，排在里面的版"),
    "no-lead": Say("it leads this page", "作本版头条"),
    "leads": Say("other pages have their lead", "别的版已有头条"),
    "seconds": Say("other pages have their second stories", "别的版已有重点稿"),
    "few": Say("this page has few stories", "本版稿件偏少"),
    "many": Say("other pages have many stories", "别的版稿件已多"),
    "pictures": Say("every page has its pictures", "各版都要有图片"),
    "later": Say("in the order of the pool", "按待编的先后"),
    "size": Say("its length fits this page", "篇幅正合本版"),
}
"""Why a story stands on its page: the rule that most speaks against the next best one."""


def _findings(edition: Edition, desk: _Desk, told: Sequence[Allotted]) -> Iterator[Diagnostic]:
    """Yield what there is to tell of a pool that is more or less than its pages."""
    share = round(100 * desk.share)
    if left := [one.story for one in told if one.page is None]:
        names = [story.id for story in left]
        yield Diagnostic(
            "makeup.pool-left",
            Say(
                f"{len(left)} of the pool's stories find no page ({', '.join(names)}): the copy is {share}% of the pages",
                f"待编还剩 {len(left)} 篇（{'、'.join(names)}）：稿件为版面的 {share}%",
            ),
            Severity.WARNING,
            Say("add a page, or keep them for another issue", "请加版，或留到下一期"),
            left[0].where,
        )
    if desk.share < LEAST_SHARE:
        missing = round(sum(leaf.free for leaf in desk.leaves) * (1 - desk.share))
        yield Diagnostic(
            "makeup.pool-volume",
            Say(
                f"the copy is {share}% of the {len(desk.leaves)} automatic pages",
                f"稿件只够 {len(desk.leaves)} 个自动版面的 {share}%",
            ),
            Severity.ERROR,
            Say(
                f"about {missing} lines are missing: add stories, or take a page out",
                f"约缺 {missing} 行，请补稿或减版",
            ),
            edition.pool[0].story.where,
        )
