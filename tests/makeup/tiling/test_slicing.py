"""A second engine: the cheapest page of all that are cut again and again from edge to edge. The search is never dearer.

It knows no craft, only what shapes cost; the lead stands in the first part of every cut. Pages with stories that have
their places already are searched beside it: nothing lies on them, nothing leaves the grid, nothing is lost.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.makeup.tiling.board import Area, Board, Fixed, Piece, Shape
from printkit.makeup.tiling.craft import WEIGHTS
from printkit.makeup.tiling.solver import solve

Heights = Mapping[int, int]
"""The least cost by height."""


def sliced(board: Board, pieces: Sequence[Piece]) -> int | None:
    """The cost of the cheapest page of cuts from edge to edge, with the first piece at the top left; None without one."""

    @cache
    def filled(chosen: int, columns: int) -> Heights:
        found: dict[int, int] = {}

        def offer(height: int, cost: int) -> None:
            if height <= board.rows and cost < found.get(height, cost + 1):
                found[height] = cost

        members = [number for number in range(len(pieces)) if chosen >> number & 1]
        if len(members) == 1:
            for shape in pieces[members[0]].shapes:
                if shape.columns == columns:
                    offer(shape.rows, shape.cost)
            return found
        first = (chosen - 1) & chosen
        while first:
            rest = chosen ^ first
            if not chosen & 1 or first & 1:
                for one, cost in filled(first, columns).items():
                    for other, more in filled(rest, columns).items():
                        offer(one + other, cost + more)
                for width in range(1, columns):
                    beside = filled(rest, columns - width)
                    for height, cost in filled(first, width).items():
                        if height in beside:
                            offer(height, cost + beside[height])
            first = (first - 1) & chosen
        return found

    return filled((1 << len(pieces)) - 1, board.columns).get(board.rows)


Page = tuple[Board, tuple[Piece, ...], Mapping[str, Fixed]]


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A page cut into stories, each with other shapes to choose and a price for each; some stories have their places."""
    columns, rows = draw(st.integers(3, 5)), draw(st.integers(20, 60))
    areas = [Area(0, 0, columns, rows)]
    for _ in range(draw(st.integers(2, 6))):
        areas.sort(key=lambda area: -area.columns * area.rows)
        area = areas.pop(0)
        if area.columns > 1 and draw(st.booleans()):
            at = draw(st.integers(1, area.columns - 1))
            one = Area(area.column, area.row, at, area.rows)
            areas += [one, Area(one.right, area.row, area.columns - at, area.rows)]
        else:
            at = draw(st.integers(max(1, area.rows // 4), max(1, area.rows - 2)))
            one = Area(area.column, area.row, area.columns, at)
            areas += [one, Area(area.column, one.foot, area.columns, area.rows - at)]
    areas.sort(key=lambda area: (area.row, area.column))
    pieces = []
    for number, area in enumerate(areas):
        sizes = {(area.columns, area.rows)}
        cells = area.columns * area.rows
        for width in range(1, columns + 1):
            near = st.integers(max(1, cells // width - 2), max(1, cells // width + 2))
            sizes |= {(width, height) for height in draw(st.lists(near, max_size=3)) if height <= rows}
        shapes = tuple(Shape(w, h, draw(st.integers(0, 900)), 20_000) for w, h in sorted(sizes))
        pieces.append(Piece(f"s{number}", min(5, number + 1), shapes))
    # Each is a story with its place, or an advertisement instead of it.
    locked = {
        piece.name: Fixed(area, piece if draw(st.booleans()) else None)
        for area, piece in zip(areas[1:], pieces[1:], strict=True)
        if draw(st.integers(0, 2)) == 0
    }
    return Board(columns, rows), tuple(pieces), locked


@settings(max_examples=30, deadline=None)
@given(pages())
def test_cuts_from_edge_to_edge_are_never_cheaper(page: Page) -> None:
    board, pieces, _ = page
    best = sliced(board, pieces)
    assert best is not None, "it was cut so"
    found = solve(board, pieces, WEIGHTS, crafted=False)
    assert found.tiling is not None
    ours = sum(placed.shape.cost for placed in found.tiling)
    assert ours <= best or not found.proved


@settings(max_examples=30, deadline=None)
@given(pages())
def test_what_has_its_place_is_left_alone(page: Page) -> None:
    bare, every, locked = page
    board = Board(bare.columns, bare.rows, tuple(locked.values()))
    pieces = tuple(piece for piece in every if piece.name not in locked)
    found = solve(board, pieces, WEIGHTS)
    assert found.tiling is not None, "it was cut so"
    assert [placed.piece for placed in found.tiling] == list(pieces), "no story is lost"
    areas = [*(one.area for one in locked.values()), *(placed.area for placed in found.tiling)]
    assert not any(one.meets(other) for one, other in combinations(areas, 2))
    assert all(a.column >= 0 and a.row >= 0 and a.right <= board.columns and a.foot <= board.rows for a in areas)
    assert sum(area.columns * area.rows for area in areas) == board.columns * board.rows
