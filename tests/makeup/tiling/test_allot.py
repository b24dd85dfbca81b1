"""Stories shared out to pages: wishes hold, no story is lost, and nothing is cheaper than what is found on small pools."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.makeup.tiling.allot import (
    WEIGHTS,
    Allotment,
    Leaf,
    NoAllotmentError,
    Parcel,
    allot,
    broken,
    reason,
    score,
)
from tests.support.counting import lines_run

PAGES = (Leaf(100, is_front=True), Leaf(100))


def parcel(name: str, level: int, size: int, pages: tuple[int, ...] = (0, 1), **more: object) -> Parcel:
    return Parcel(name, level, (size, size), pages, **more)  # type: ignore[arg-type]


@st.composite
def pools(draw: st.DrawFn) -> tuple[Parcel, ...]:
    found: list[Parcel] = []
    for number in range(draw(st.integers(1, 6))):
        pages = draw(st.sampled_from([(0, 1), (0, 1), (0,), (1,)]))
        beside = draw(st.sampled_from(["", *(one.name for one in found if set(one.pages) & set(pages))]))
        chain = {one.name: one for one in found}
        while beside and not set(pages) & set(chain[beside].pages):
            beside = ""
        size, level = draw(st.integers(5, 90)), draw(st.integers(1, 5))
        found.append(
            parcel(
                f"s{number}",
                level,
                size,
                pages,
                pictured=draw(st.booleans()),
                indexed=draw(st.booleans()),
                beside=beside,
            )
        )
    return tuple(found)


def may_be(parcels: tuple[Parcel, ...], given: Allotment) -> bool:
    """Say whether an allotment keeps all wishes."""
    where = {one.name: page for one, page in zip(parcels, given, strict=True)}
    return all(
        ((page is None and one.may_wait) or page in one.pages) and (not one.beside or where[one.beside] == page)
        for one, page in zip(parcels, given, strict=True)
    )


@settings(max_examples=40, deadline=None)
@given(pools())
def test_nothing_is_cheaper_and_wishes_hold(parcels: tuple[Parcel, ...]) -> None:
    found = allot(parcels, PAGES)
    assert len(found) == len(parcels), "no story is lost"
    assert may_be(parcels, found)
    ways = (way for way in product((None, 0, 1), repeat=len(parcels)) if may_be(parcels, way))
    assert score(parcels, PAGES, found) == min(score(parcels, PAGES, way) for way in ways)
    assert allot(parcels, PAGES) == found


def test_what_has_to_stand_somewhere_is_never_left_out() -> None:
    parcels = tuple(parcel(f"s{n}", 5, 80, (0,), may_wait=False) for n in range(4))
    assert allot(parcels, PAGES) == (0, 0, 0, 0)


def test_too_little_work_for_so_many_is_said() -> None:
    parcels = tuple(parcel(f"s{n}", 1 + n % 5, 7 + n % 11) for n in range(200))
    with pytest.raises(NoAllotmentError):
        allot(parcels, PAGES, work=0)


def test_the_least_important_is_left_out() -> None:
    parcels = (parcel("a", 1, 98), parcel("b", 5, 60), parcel("c", 2, 98))
    assert [page is None for page in allot(parcels, PAGES)] == [False, True, False]
    alike = tuple(parcel(name, 3, 98) for name in "abc")
    assert [page is None for page in allot(alike, PAGES)] == [False, False, True], "of one level the last of the pool"


def test_each_page_has_its_lead_and_the_front_takes_what_matters_most() -> None:
    parcels = (parcel("a", 4, 50), parcel("b", 1, 50), parcel("c", 2, 50), parcel("d", 3, 50))
    found = allot(parcels, PAGES)
    assert found[1] == 0
    assert found[2] == 1
    assert reason(parcels, PAGES, found, 1) == "front"
    assert reason(parcels, PAGES, found, 2) == "no-lead"
    assert not reason((parcel("a", 1, 50, (0,)),), PAGES, (0,), 0), "it has no other page"
    short = (parcel("a", 1, 60), parcel("b", 2, 30), parcel("c", 2, 30))
    assert allot(short, PAGES)[0] == 0, "also where two of the next level are more"


def test_what_the_index_lists_stands_inside() -> None:
    parcels = (parcel("a", 1, 95, indexed=True), parcel("b", 2, 95))
    found = allot(parcels, PAGES)
    assert found == (1, 0)
    assert broken(parcels, PAGES, (0, 1))["index"] == 1
    assert set(broken(parcels, PAGES, found)) <= set(WEIGHTS)


def test_why_a_story_stands_on_its_page_is_asked_of_the_pages_that_would_change() -> None:
    def asked(count: int) -> int:
        parcels = [Parcel(f"s{n}", 3, (50,) * count, (n, (n + 1) % count)) for n in range(count)]
        return lines_run(lambda: reason(parcels, (Leaf(100),) * count, tuple(range(count)), 0))

    assert asked(80) < 2.2 * asked(40)
