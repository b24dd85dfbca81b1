"""Places on pages that lay themselves out, found before anything is divided or made up.

In: pages with their stories, some without a place. Out: the same pages with a place for every story, and what there is to
tell of pages that do not close.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, Severity, SourceRef
from printkit.makeup.jump.split import Room, first_part, split_here
from printkit.makeup.lint.places import of_page
from printkit.makeup.page.assign import place_faults
from printkit.makeup.page.automatic import Automatic
from printkit.makeup.page.entries import formed
from printkit.makeup.page.laid import Laid
from printkit.makeup.page.steady import kind_of, moved, steady
from printkit.makeup.setting import Setter
from printkit.makeup.tiling.board import Area
from printkit.model.article import Article
from printkit.model.edition import SECOND_PART, Ad, Story
from printkit.model.geometry import PageGeometry
from printkit.pipeline.assign import AssignedPage
from printkit.pipeline.memory import Memory, Solution, digest_of

Measure = Callable[[AssignedPage], PageGeometry]
Findings = tuple[Diagnostic, ...]
LayOut = Callable[[int], "Outcome"]
MadeFrom = Callable[[int], AssignedPage]
Each = Callable[[int, LayOut, MadeFrom], Iterable["Outcome | PrintkitError"]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page as it was laid out, what there is to tell of it, and what is to be remembered: of which part, and what."""

    laid: Laid
    told: Findings
    part: str = ""
    solution: Solution | None = None


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
        each: lays out so many pages, each by its number, and returns what came of it, in order; is told what each is made from.
        remembered: where the stories stood the last time.
    """
    open_pages = [page for page in pages if _is_open(page) and (page.context.number in chosen or _is_joined(page))]
    found: dict[str, AssignedPage | None] = {page.context.number: page for page in pages}
    told: list[Diagnostic] = []
    faults: list[Diagnostic] = []

    def lay_out(ready: Sequence[AssignedPage], number: int) -> Outcome:
        return remembered.laid_out(automatic(ready[number], measure, setter), ready[number])

    firsts = dict(first_places(pages))
    for wave in _waves(open_pages):
        # A second part has the whole copy until all stories are divided.
        whole = {story.anchor: story for one in wave for story in one.stories}
        ready = [with_rests(page, firsts, measure, setter) for page in wave]
        outcomes = each(len(ready), partial(lay_out, ready), ready.__getitem__)
        for page, outcome in zip(ready, outcomes, strict=True):
            if isinstance(outcome, PrintkitError):
                faults.extend(of_page(fault, page.context) for fault in outcome.diagnostics)
                found[page.context.number] = None
                for one in first_places([page]):
                    firsts.pop(one, None)
                continue
            findings = (*outcome.told, *remembered.keep(outcome))
            standing = (whole.get(story.anchor, story) for story in page.stories)
            found[page.context.number] = laid = replace(page, stories=outcome.laid.stories(tuple(standing)))
            firsts |= first_places([laid])
            told.extend(of_page(finding, page.context) for finding in findings if page.context.number in chosen)
    return PlacedPages(tuple(page for page in found.values() if page), tuple(told), tuple(faults))


def _is_open(page: AssignedPage) -> bool:
    """Say whether stories of a page wait for their places, or the house's pictures might fill it up."""
    return bool(waiting(page) or (page.layout.auto and page.context.paper.fillers))


def _is_joined(page: AssignedPage) -> bool:
    """Say whether a story goes on from a page, or comes to it and has no place yet."""
    return any(story.jump or (story.part == SECOND_PART and not story.slot) for story in page.stories)


def _waves(pages: Sequence[AssignedPage]) -> Iterator[Sequence[AssignedPage]]:
    """Yield pages in the order in which they can be laid out: what comes from another is known once that is."""
    goes_on = [{story.id for story in waiting(page) if story.jump} for page in pages]
    open_ids = Counter(chain.from_iterable(goes_on))
    awaited = [{s.id for s in waiting(page) if s.part == SECOND_PART and s.id in open_ids} for page in pages]
    comes_to: dict[str, list[int]] = {}
    for number, ids in enumerate(awaited):
        for one in ids:
            comes_to.setdefault(one, []).append(number)
    rest, wave = set(range(len(pages))), [number for number, ids in enumerate(awaited) if not ids]
    while rest:
        yield [pages[number] for number in wave or sorted(rest)]  # in a ring each is laid out for the whole copy
        if not wave:
            return
        rest.difference_update(wave)
        open_ids.subtract(known := Counter(chain.from_iterable(goes_on[number] for number in wave)))
        freed: list[int] = []
        for one in known:
            for number in comes_to.get(one, ()) if not open_ids[one] else ():
                awaited[number].discard(one)
                freed += [] if awaited[number] else [number]
        wave = sorted(freed)


FirstPlaces = Mapping[str, tuple[Story, AssignedPage]]
"""Stories that go on elsewhere and have their places, by id, and the pages on which they begin."""


def first_places(pages: Iterable[AssignedPage]) -> FirstPlaces:
    """Return where stories begin that go on elsewhere."""
    return {story.id: (story, one) for one in pages for story in one.stories if story.jump and story.slot}


def with_rests(page: AssignedPage, firsts: FirstPlaces, measure: Measure, setter: Setter) -> AssignedPage:
    """Return a page with the copy that really comes to it in each second part that has no place yet.

    Args:
        page: the page.
        firsts: where the stories of the edition begin, those laid out from which something comes to it.
        measure: returns the geometry of a page.
        setter: the composer.
    """
    stories: list[Story] = []
    for second in page.stories:
        if second.part != SECOND_PART or second.slot or second.id not in firsts:
            stories.append(second)
            continue
        first, source = firsts[second.id]
        geometry = measure(source)
        parts = split_here(first, second, Room(geometry.slots[first.slot], geometry), setter)
        stories += [parts.second] if parts.second else []
    return replace(page, stories=tuple(stories))


def first_parts(page: AssignedPage, measure: Measure, setter: Setter) -> AssignedPage:
    """Return a page alone: of stories that go on elsewhere only what stands in their places, as far as they can be divided."""
    if not any(story.jump for story in page.stories):
        return page
    geometry = measure(page)
    stories = (
        (story.jump and first_part(story, Room(geometry.slots[story.slot], geometry), setter)) or story
        for story in page.stories
    )
    return replace(page, stories=tuple(stories))


@dataclass(frozen=True, slots=True)
class Remembered:
    """An edition's pages as they stood the last time."""

    memory: Memory
    edition: Path

    def laid_out(self, search: Automatic, page: AssignedPage) -> Outcome:
        """Return a page with its stories where they stood, all but those that a change moves; see `laid_out`."""
        if not waiting(page):
            return Outcome(*laid_out(search, page))
        pieces = search.pieces()
        # Another grid and other weights make another page of it, and so do other levels; a change of the copy does not.
        part = f"{page.context.number} {digest_of(search.board, sorted(search.weights.items()))}"
        digest, kinds = digest_of(pieces), {piece.name: kind_of(piece) for piece in pieces}
        before = [one for one in self.memory.recall(self.edition, part) if _of_kinds(one, kinds)]
        last = _last(before, digest)
        with search.stacked(search.stacks_in(last)), search.rounded(search.rounds_in(last)):
            laid = steady(search, last) if last else None
        told: Findings = ()
        if laid is None:
            laid, told = laid_out(search, page)
        # What fills a page up, or parts stories, has no place to keep; one in another's corner is no place alone.
        if laid.amiss or laid.fillers or laid.forms or laid.is_cornered:
            return Outcome(laid, told)
        areas = {placed.piece.name: placed.area for placed in laid.tiling if placed.piece.name in kinds}
        areas |= {one: areas[first] for one, first in laid.together.items()}
        found = {name: (a.column, a.row, a.columns, a.rows, kinds[name]) for name, a in areas.items()}
        return Outcome(laid, told, part, Solution(digest, found))

    def keep(self, outcome: Outcome) -> Findings:
        """Remember how a page was laid out; tell of the stories that stand elsewhere than the last time."""
        if outcome.solution is None:
            return ()
        kinds = {name: one[-1] for name, one in outcome.solution.found.items()}
        before = [one for one in self.memory.recall(self.edition, outcome.part) if _of_kinds(one, kinds)]
        self.memory.keep(self.edition, outcome.part, outcome.solution)
        is_known = any(one.digest == outcome.solution.digest for one in before)
        gone = () if is_known or not before else moved(outcome.laid, _last(before, outcome.solution.digest))
        return (stories_moved(gone),) if gone else ()


def _last(before: Sequence[Solution], digest: str) -> Mapping[str, Area]:
    """Return where stories stood when the page was as it is now, else the last time."""
    same = [one for one in before if one.digest == digest]
    return {name: Area(*numbers[:4]) for name, numbers in (same or before)[-1].found.items()} if before else {}


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


def waiting(page: AssignedPage) -> tuple[Story, ...]:
    """Return the stories of a page that have no place yet."""
    return tuple(story for story in page.stories if not story.slot)


def automatic(page: AssignedPage, measure: Measure, setter: Setter) -> Automatic:
    """Return a page as it looks for the places of its stories.

    Raises:
        InputError: the layout or a style cannot be used, a place that is given is off the page or taken, or the stories
            are more than any page has room for.
    """
    if len(waiting(page)) > _MOST_WAITING:
        raise InputError([_no_room(page)])
    # The type of forms that may part like neighbours is measured with the stories' own.
    others = [one for story in waiting(page) for one in formed(story)]
    geometry = measure(replace(page, stories=(*page.stories, *others)))
    if faults := place_faults(page.stories, geometry.grid):
        raise InputError(faults)
    return Automatic(geometry, page.stories, setter, _fillers(page), outer=int(page.context.is_right_hand))


def _fillers(page: AssignedPage) -> tuple[Story, ...]:
    """Return the house's pictures, each as it would fill the page up."""
    name = f"filler-{page.context.stem}"
    return tuple(
        Story(
            name, Article(one.file, one.where), one.where, level=5, ad=Ad(one.where, one.file, one.size, "补白", True)
        )
        for one in page.context.paper.fillers
    )


def laid_out(search: Automatic, page: AssignedPage) -> tuple[Laid, Findings]:
    """Return the best page that closes, or the nearest with what is to be told of it.

    Raises:
        InputError: there is no room for all stories.
    """
    if not waiting(page):
        return search.filled_up(), ()
    leads = tuple(_leads(page))
    if laid := search.lay_out():
        return laid, (*leads, *_apart(laid, page))
    laid = search.nearest()
    is_far = not _is_near(search.share) and search.free > 0
    if laid:
        # What each takes in its cheapest shape is an estimate: the nearest page shows whether it is too much or too little by far.
        lines = sum(laid.amiss.values())
        is_far &= (search.share > 1) == (lines > 0) and not _is_near(1 + lines / max(1, search.free))
    told = (_far_off(search, -sum(laid.amiss.values()) if laid else 0),) if is_far else ()
    if laid:
        return laid, (*told, *leads, *_apart(laid, page))
    raise InputError([*told, _no_room(page)])


_MOST_WAITING = 150
"""Stories of a page that are looked for a place. A broadsheet page of briefs alone has some sixty."""


def _no_room(page: AssignedPage) -> Diagnostic:
    ads = [story for story in waiting(page) if story.ad]
    count = len(waiting(page)) - len(ads)
    and_ads = Say(f" and {len(ads)} advertisements", f"、{len(ads)} 个广告") if ads else Say("", "")
    message = Say(
        f"the page has no room for {count} stories{and_ads.en} beside what stands on it",
        f"版面放不下 {count} 篇稿件{and_ads.zh}",
    )
    hint = Say("take stories off the page, or leave them more of it (`at`)", "请撤下几篇稿件，或给它们多留些地方（at）")
    if ads:
        hint = Say(
            "give the advertisements places by `at`, or take some off the page; stories fill the rest",
            "请给广告写“位置”（at），或撤下几个；其余地方由稿件排满",
        )
    return Diagnostic("makeup.no-room", message, Severity.ERROR, hint)


def _apart(laid: Laid, page: AssignedPage) -> Iterator[Diagnostic]:
    """Yield the related stories that found no places side by side."""
    for name, other in laid.apart:
        where = next(story.where for story in page.stories if story.id == name)
        message = Say(
            f"“{name}” and “{other}” do not touch: no page that closes so was found", f"“{name}”与“{other}”没能排在一起"
        )
        hint = Say("give both their places (`at`), or stories other lengths", "请给两篇写“位置”（at），或调整稿件长短")
        yield Diagnostic("makeup.not-together", message, Severity.WARNING, hint, where)


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


LEAST_SHARE, _MOST_SHARE = 0.93, 1.05
"""Shares of a page's free cells, or of a pool's pages, between which the copy may be fitted."""


def _is_near(share: float) -> bool:
    return LEAST_SHARE <= share <= _MOST_SHARE


def _far_off(search: Automatic, white: int) -> Diagnostic:
    """Tell of copy that is far more or less than the page, and which stories to take out; `white` are the nearest page's lines."""
    share = round(100 * search.share)
    message = Say(f"the copy is {share}% of the page", f"稿件为版面的 {share}%")
    missing = search.characters(white)
    hint = Say(
        f"about {missing} characters are missing: make pictures larger, add stories, or pictures to the paper's `fillers`",
        f"约缺 {missing} 字：请放大图片、增加稿件，或在本报“补白”（fillers）里备公益广告",
    )
    if search.share > 1:
        out = search.to_take_out(LEAST_SHARE, _MOST_SHARE)
        hint = Say(f"take out {', '.join(out)}", f"撤下 {'、'.join(out)}")
    return Diagnostic("makeup.page-volume", message, Severity.ERROR, hint)
