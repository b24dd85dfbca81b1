"""Which story goes to which page: a pool of stories shared out to the automatic pages of an edition.

In: stories by level and the cells that they take, pages by their free cells, weights. Out: the page of each story, None for
one that no page has room for, and what that breaks, rule by rule. The model is small and exact; as for a page one worker, seed 0
and a limit that counts work make the same input give the same pages.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST, MOST = 960, 1040
"""Shares of a page's free cells, in thousandths, between which its stories fill it with ease."""

FULL, THIN = 1080, 880
"""Shares over and under which a page hardly closes: what is over weighs more than a story left for another day, and where
copy is short all pages are short alike."""

LEAST_STORIES, MOST_STORIES = 4, 11
"""Numbers of stories between which a page looks like one, and closes best."""

LEAD = 2
"""The lowest level that can lead a page."""

WEIGHTS: Mapping[str, int] = {
    "left": 1,
    "over": 40,
    "far-over": 200,
    "short": 40,
    "far-short": 60,
    "front": 1,
    "front-lead": 20000,
    "index": 4000,
    "no-lead": 2500,
    "leads": 2500,
    "seconds": 250,
    "few": 300,
    "many": 200,
    "pictures": 250,
    "later": 2,
    "moved": 1200,
}
"""Weights by rule: a story left out, by its level, of one level the last of the pool first; a thousandth of a page over or far
over, short or far short; a story that is not on the front, by its level; a front whose lead is of a lower level than it might be; one of
the front that its index should list; a page
without a lead; a second story of level 1; a third of level 2; a story too few or too many; a page without pictures or a fourth
story with some; a page further back than the pool's order has it; a story that stood on another page the last time."""

_LEFT = {1: 60000, 2: 30000, 3: 12000, 4: 6000, 5: 3000}
_FRONT = {1: 500, 2: 320, 3: 180, 4: 60, 5: 10}
_TIE = 10
"""Price by which a story that is left out is cheaper than the one before it: of one level the last waits."""

WORK = 1.0
"""Work (OR-tools' deterministic time) after which the best that was found is taken."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A story that needs a page: the cells that it takes on each, those that it may go to, whether it may be left out."""

    name: str
    level: int
    sizes: tuple[int, ...]
    pages: tuple[int, ...]
    may_wait: bool = True
    pictured: bool = False
    indexed: bool = False
    beside: str = ""
    """The name of the parcel that goes to the same page."""
    before: int | None = None
    """The page that it went to the last time."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page to fill: its free cells, and the levels of the stories that stand on it already."""

    free: int
    is_front: bool = False
    levels: tuple[int, ...] = ()


Allotment = tuple[int | None, ...]
"""For each parcel the number of its page, None where it is left out."""


def broken(parcels: Sequence[Parcel], leaves: Sequence[Leaf], given: Allotment) -> Counter[str]:
    """Return how much of each rule is broken; of stories left out and off the front it is their levels' price."""
    found: Counter[str] = Counter()
    for number, page in enumerate(given):
        found.update(_by_parcel(parcels, leaves, number, page))
    for page, here in enumerate(_by_page(given, leaves)):
        found.update(_on_page(parcels, leaves[page], page, here))
    return found


def _by_parcel(parcels: Sequence[Parcel], leaves: Sequence[Leaf], number: int, page: int | None) -> dict[str, int]:
    parcel = parcels[number]
    if page is None:
        return {"left": _LEFT[parcel.level] + _TIE * (len(parcels) - number)}
    return {
        "front": 0 if leaves[page].is_front else _FRONT[parcel.level],
        "index": parcel.indexed and leaves[page].is_front,
        "later": _later(number, page, len(parcels), len(leaves)),
        "moved": parcel.before not in (None, page),
    }


def _by_page(given: Allotment, leaves: Sequence[Leaf]) -> list[list[int]]:
    """Return the numbers of the parcels that stand on each page."""
    found: list[list[int]] = [[] for _ in leaves]
    for number, page in enumerate(given):
        if page is not None:
            found[page].append(number)
    return found


def _on_page(parcels: Sequence[Parcel], leaf: Leaf, page: int, numbers: Iterable[int]) -> dict[str, int]:
    here = [parcels[number] for number in numbers]
    share, unit = 1000 * sum(parcel.sizes[page] for parcel in here), max(1, leaf.free)
    levels = Counter([*leaf.levels, *(parcel.level for parcel in here)])
    count = levels.total()
    pictured = sum(parcel.pictured for parcel in here)
    first = _first_level(parcels, leaf, page)
    return {
        "front-lead": leaf.is_front and first <= LEAD and not levels[first],
        "over": max(0, -(-(share - MOST * leaf.free) // unit)),
        "far-over": max(0, -(-(share - FULL * leaf.free) // unit)),
        "short": max(0, -(-(LEAST * leaf.free - share) // unit)),
        "far-short": max(0, -(-(THIN * leaf.free - share) // unit)),
        "no-lead": not any(levels[level] for level in range(1, LEAD + 1)),
        "leads": max(0, levels[1] - 1),
        "seconds": max(0, levels[2] - 2),
        "few": max(0, LEAST_STORIES - count),
        "many": max(0, count - MOST_STORIES),
        "pictures": (not pictured) + max(0, pictured - 3),
    }


def _first_level(parcels: Sequence[Parcel], leaf: Leaf, page: int) -> int:
    """Return the most important level that might stand on a page; what its index lists stands elsewhere."""
    may = (parcel.level for parcel in parcels if page in parcel.pages and not parcel.indexed)
    return min([*leaf.levels, *may], default=LEAD + 1)


def score(parcels: Sequence[Parcel], leaves: Sequence[Leaf], given: Allotment) -> int:
    """Return what an allotment costs, in hundredths."""
    return sum(WEIGHTS[rule] * count for rule, count in broken(parcels, leaves, given).items())


def reason(parcels: Sequence[Parcel], leaves: Sequence[Leaf], given: Allotment, number: int) -> str:
    """Return the rule that most keeps a parcel on its page; empty where it has no other page.

    It leads the page, or the front is where stories of its level go; else it is the rule that is broken where it would stand
    next best: on another page that it may go to, as it is or in exchange for a parcel of about its size.
    """
    own, others = given[number], [page for page in parcels[number].pages if page != given[number]]
    if own is not None and others and parcels[number].level <= LEAD:
        here = [*leaves[own].levels, *(p.level for p, at in zip(parcels, given, strict=True) if at == own)]
        if leaves[own].is_front:
            return "front"
        if parcels[number].level == min(here):
            return "no-lead"
    ways: list[dict[int, int | None]] = [{number: page} for page in others]
    size = parcels[number].sizes
    for other, page in enumerate(given):
        if page not in others or own not in parcels[other].pages:
            continue
        if abs(parcels[other].sizes[page] - size[page]) * 100 <= _ABOUT * size[page]:
            ways.append({number: page, other: own})
    if not ways:
        return ""
    pages = _by_page(given, leaves)
    worse = min((_worse(parcels, leaves, given, pages, way) for way in ways), key=lambda one: sum(one.values()))
    return max((rule for rule in WEIGHTS if worse[rule] > 0), key=lambda rule: worse[rule], default="size")


def _worse(
    parcels: Sequence[Parcel],
    leaves: Sequence[Leaf],
    given: Allotment,
    pages: Sequence[Sequence[int]],
    way: Mapping[int, int | None],
) -> Counter[str]:
    """Return what the rules cost more where some parcels stand on other pages: no other page has to be looked at."""
    worse: Counter[str] = Counter()
    for number, page in way.items():
        worse.update(_by_parcel(parcels, leaves, number, page))
        worse.subtract(_by_parcel(parcels, leaves, number, given[number]))
    touched = {*way.values(), *(given[number] for number in way)}
    for page in (one for one in touched if one is not None):
        here = [*(one for one in pages[page] if one not in way), *(one for one, to in way.items() if to == page)]
        worse.update(_on_page(parcels, leaves[page], page, here))
        worse.subtract(_on_page(parcels, leaves[page], page, pages[page]))
    return Counter({rule: WEIGHTS[rule] * count for rule, count in worse.items()})


_ABOUT = 30
"""Two parcels are of about one size where they differ by at most this share, in per cent."""


class NoAllotmentError(Exception):
    """There are so many parcels that no way to share them out is found with the work that is allowed."""


def allot(parcels: Sequence[Parcel], leaves: Sequence[Leaf], work: float = WORK) -> Allotment:
    """Share parcels out to pages, at the least cost that is found.

    Raises:
        NoAllotmentError: none is found.
    """
    if not parcels or not leaves:
        return (None,) * len(parcels)
    model = _Model(parcels, leaves)
    for page in range(len(leaves)):
        model.fill(page)
    return model.solve(work)


def _later(number: int, page: int, parcels: int, pages: int) -> int:
    """Return by how many pages a parcel goes further back, or to the front, than the pool's order has it."""
    return abs(page - number * pages // parcels)


class _Model:
    def __init__(self, parcels: Sequence[Parcel], leaves: Sequence[Leaf]) -> None:
        from ortools.sat.python import cp_model  # as for a page: only where there is something to share out

        self._cp: Any = cp_model
        self._model: Any = cp_model.CpModel()
        self._parcels, self._leaves = parcels, leaves
        self._costs: list[Any] = []
        model = self._model
        self._on = [
            {page: model.new_bool_var(f"x{i},{page}") for page in parcel.pages} for i, parcel in enumerate(parcels)
        ]
        by_name = {parcel.name: i for i, parcel in enumerate(parcels)}
        for i, (parcel, on) in enumerate(zip(parcels, self._on, strict=True)):
            left = model.new_bool_var(f"left{i}")
            model.add_exactly_one([*on.values(), left])
            if not parcel.may_wait:
                model.add(left == 0)
            self._costs.append(WEIGHTS["left"] * (_LEFT[parcel.level] + _TIE * (len(parcels) - i)) * left)
            for page, literal in on.items():
                front = leaves[page].is_front
                price = WEIGHTS["index"] * (parcel.indexed and front) + WEIGHTS["front"] * (
                    0 if front else _FRONT[parcel.level]
                )
                price += WEIGHTS["moved"] * (parcel.before not in (None, page))
                price += WEIGHTS["later"] * _later(i, page, len(parcels), len(leaves))
                self._costs.append(price * literal)
            if parcel.beside in by_name:
                other = self._on[by_name[parcel.beside]]
                for page in {**on, **other}:
                    model.add(on.get(page, 0) == other.get(page, 0))

    def fill(self, page: int) -> None:
        """What a page's volume, its number of stories, their levels and their pictures cost."""
        leaf = self._leaves[page]
        here = [(parcel, on[page]) for parcel, on in zip(self._parcels, self._on, strict=True) if page in on]
        share = 1000 * sum(parcel.sizes[page] * literal for parcel, literal in here)
        self._over("over", share - MOST * leaf.free, leaf.free)
        self._over("far-over", share - FULL * leaf.free, leaf.free)
        self._over("short", LEAST * leaf.free - share, leaf.free)
        self._over("far-short", THIN * leaf.free - share, leaf.free)

        def number(levels: Iterable[int]) -> Any:
            return sum(literal for parcel, literal in here if parcel.level in levels) + sum(
                one in levels for one in leaf.levels
            )

        first = _first_level(self._parcels, leaf, page)
        if leaf.is_front and first <= LEAD:
            self._over("front-lead", 1 - number((first,)))
        leads = range(1, LEAD + 1)
        self._over("no-lead", 1 - number(leads))
        self._over("leads", number((1,)) - 1)
        self._over("seconds", number((2,)) - 2)
        every = number(range(1, 6))
        self._over("few", LEAST_STORIES - every)
        self._over("many", every - MOST_STORIES)
        pictured = sum(literal for parcel, literal in here if parcel.pictured)
        self._over("pictures", 1 - pictured)
        self._over("pictures", pictured - 3)

    def _over(self, rule: str, amount: Any, unit: int = 1) -> None:
        """Pay for every whole or begun unit of what is over nothing."""
        most = 1_000_000
        over = self._model.new_int_var(0, most, f"{rule}{len(self._costs)}")
        self._model.add(over * max(1, unit) >= amount)
        self._costs.append(WEIGHTS[rule] * over)

    def solve(self, work: float) -> Allotment:
        self._model.minimize(sum(self._costs))
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self._model)
        if status == self._cp.UNKNOWN:
            raise NoAllotmentError
        assert status in (self._cp.OPTIMAL, self._cp.FEASIBLE), "the wishes were checked, and others may be left out"
        return tuple(next((page for page, lit in on.items() if solver.value(lit)), None) for on in self._on)
