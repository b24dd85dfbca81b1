"""The search for places: whatever it is given, what it returns fills the grid, and nothing lies on anything else."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.makeup.tiling.board import Area, Board, Fixed, Piece, Placed, Shape, Tiling
from printkit.makeup.tiling.craft import WEIGHTS, broken, score, touch
from printkit.makeup.tiling.solver import solve


def piece(name: str, level: int, *sizes: tuple[int, int]) -> Piece:
    return Piece(name, level, tuple(Shape(columns, rows, 0, 20_000) for columns, rows in sizes))


@st.composite
def cut_boards(draw: st.DrawFn) -> tuple[Board, tuple[Piece, ...]]:
    """A board cut into rectangles: some stay where they are, the others are to be placed, with other sizes to choose."""
    columns, rows = draw(st.integers(2, 5)), draw(st.integers(8, 20))
    areas = [Area(0, 0, columns, rows)]
    for _ in range(draw(st.integers(1, 6))):
        area = areas.pop(draw(st.integers(0, len(areas) - 1)))
        if area.columns > 1 and draw(st.booleans()):
            at = draw(st.integers(1, area.columns - 1))
            areas += [
                Area(area.column, area.row, at, area.rows),
                Area(area.column + at, area.row, area.columns - at, area.rows),
            ]
        elif area.rows > 3:
            at = draw(st.integers(1, area.rows - 1))
            areas += [
                Area(area.column, area.row, area.columns, at),
                Area(area.column, area.row + at, area.columns, area.rows - at),
            ]
        else:
            areas.append(area)
    fixed = tuple(Fixed(area) for area in areas[1:] if draw(st.integers(0, 4)) == 0)
    left = [area for area in areas if all(area is not one.area for one in fixed)]
    # The lead has to be able to stand at the top left.
    left.sort(key=lambda area: (area.row, area.column))
    others = st.tuples(st.integers(1, columns), st.integers(1, rows))
    pieces = tuple(
        piece(f"s{n}", min(5, 1 + n), (area.columns, area.rows), *draw(st.lists(others, max_size=3)))
        for n, area in enumerate(left)
    )
    return Board(columns, rows, fixed), pieces


def assert_fills(board: Board, pieces: tuple[Piece, ...], tiling: Tiling) -> None:
    assert [placed.piece for placed in tiling] == list(pieces), "no story is lost"
    areas = [placed.area for placed in tiling] + [one.area for one in board.fixed]
    for area in areas:
        assert area.column >= 0
        assert area.row >= 0
        assert area.right <= board.columns
        assert area.foot <= board.rows
    assert not any(one.meets(other) for one, other in combinations(areas, 2))
    assert sum(area.columns * area.rows for area in areas) == board.columns * board.rows
    for placed in tiling:
        assert placed.shape in placed.piece.shapes
        assert (placed.area.columns, placed.area.rows) == (placed.shape.columns, placed.shape.rows)


def test_what_has_to_cost_less_is_cheaper_or_not_found() -> None:
    board = Board(2, 20)
    pieces = piece("a", 1, (2, 12)), piece("b", 3, (1, 8)), piece("c", 4, (1, 8))
    best = solve(board, pieces, WEIGHTS).tiling
    assert best
    cost = score(board, best, WEIGHTS)
    assert solve(board, pieces, WEIGHTS, below=cost + 1).tiling == best
    assert solve(board, pieces, WEIGHTS, below=cost).tiling is None


@settings(max_examples=40, deadline=None)
@given(cut_boards())
def test_what_is_found_fills_the_board(cut: tuple[Board, tuple[Piece, ...]]) -> None:
    board, pieces = cut
    found = solve(board, pieces, WEIGHTS)
    assert found.tiling is not None or not pieces, "the board was cut into these very rectangles"
    if found.tiling is not None:
        assert_fills(board, pieces, found.tiling)
        row, column = board.top
        assert not pieces or (found.tiling[0].area.row, found.tiling[0].area.column) == (row, column)
    again = solve(board, pieces, WEIGHTS)
    assert again == found


def test_what_fits_nowhere_is_known_to() -> None:
    found = solve(Board(3, 10), (piece("a", 1, (3, 5)), piece("b", 2, (3, 4))), WEIGHTS)
    assert found.tiling is None
    assert found.proved


def test_a_piece_without_a_shape_and_a_full_board() -> None:
    assert solve(Board(2, 4), (piece("a", 1),), WEIGHTS).tiling is None
    assert solve(Board(2, 4, (Fixed(Area(0, 0, 2, 4)),)), (), WEIGHTS).tiling == ()


def test_a_tiling_that_is_proved_is_not_dearer_than_the_other_way() -> None:
    sizes = ((2, 6), (1, 12), (2, 12), (1, 6))
    board = Board(4, 12)
    pieces = tuple(piece(f"s{n}", level, *sizes) for n, level in enumerate((1, 2, 3, 4, 5)))
    found = solve(board, pieces, WEIGHTS, work=5)
    assert found.tiling
    other = solve(board, pieces, WEIGHTS, other_than=[found.tiling], work=5)
    assert other.tiling
    moved = [
        one.area.columns != two.area.columns or one.area.column != two.area.column
        for one, two in zip(found.tiling, other.tiling, strict=True)
    ]
    assert sum(moved) >= 2
    assert not found.proved or score(board, found.tiling, WEIGHTS) <= score(board, other.tiling, WEIGHTS)


def test_a_gutter_from_top_to_foot_is_avoided_where_that_is_possible() -> None:
    pieces = (
        piece("a", 1, (2, 6), (4, 4)),
        piece("b", 2, (2, 6), (2, 8)),
        piece("c", 3, (2, 6), (2, 4)),
        piece("d", 3, (2, 6), (2, 4)),
    )
    found = solve(Board(4, 12), pieces, WEIGHTS, work=5)
    assert found.tiling
    assert not broken(Board(4, 12), found.tiling)["gutter"]


def test_related_stories_touch_or_that_costs() -> None:
    sizes = ((2, 4),)
    pieces = tuple(piece(name, level, *sizes) for name, level in zip("abcd", (1, 2, 3, 4), strict=True))
    lead, *rest = pieces
    # Of four in a column of their own the last would be as far off as can be.
    board = Board(2, 16)
    related = (lead, *rest[:-1], replace(rest[-1], beside=("a",)))
    found = solve(board, related, WEIGHTS)
    assert found.tiling
    first, *_, last = (placed.area for placed in found.tiling)
    assert touch(first, last)
    both = (replace(lead, beside=("c",)), *rest[:-1], replace(rest[-1], beside=("a",)))
    assert solve(board, both, WEIGHTS).tiling is None, "above the lead stands nothing"
    loose = solve(board, both, WEIGHTS, strict=False).tiling
    assert loose
    assert broken(board, loose)["apart"] == 1


def test_a_story_touches_one_that_stands_already() -> None:
    standing = Fixed(Area(3, 0, 1, 4), Piece("z", 5, ()))
    board = Board(4, 8, (standing,))
    pieces = (piece("a", 1, (3, 4)), piece("b", 2, (2, 4)), replace(piece("c", 3, (2, 4)), beside=("z",)))
    found = solve(board, pieces, WEIGHTS).tiling
    assert found
    assert touch(found[2].area, standing.area)


def test_advertisements_stand_at_the_foot_and_at_the_outer_side() -> None:
    ad = Piece("ad", 0, (Shape(1, 4, 0),))
    pieces = (piece("a", 1, (4, 4)), piece("b", 2, (3, 4)), ad)
    for outer, column in ((0, 0), (1, 3)):
        found = solve(Board(4, 8, outer=outer), pieces, WEIGHTS).tiling
        assert found
        assert found[2].area == Area(column, 4, 1, 4)
    fills_up = replace(ad, shapes=(Shape(3, 4, 500),), fills_up=True)
    found = solve(Board(4, 8), (piece("a", 1, (1, 8)), piece("b", 2, (3, 4)), fills_up), WEIGHTS).tiling
    assert found, "what fills up stands where there is room"


def test_a_bare_column_stands_at_the_top_alone() -> None:
    bare = Piece("b", 2, (Shape(2, 4, 0, bare=True),))
    side_by_side = solve(Board(4, 4), (piece("a", 1, (2, 4)), bare), WEIGHTS).tiling
    assert side_by_side
    assert side_by_side[1].shape.bare
    assert solve(Board(2, 8), (piece("a", 1, (2, 4)), bare), WEIGHTS).tiling is None


RECKONED = {
    "stories without a headline are not alike": (3, (((1, 1), 0), ((2, 1), 0), ((1, 7), 0), ((2, 7), 0))),
    "a line under two stories is one": (4, (((3, 4), 0), ((1, 1), 0), ((1, 3), 0), ((1, 4), 10), ((3, 4), 10))),
}


@pytest.mark.parametrize(("columns", "sizes"), RECKONED.values(), ids=RECKONED.keys())
def test_the_search_reckons_as_the_craft_does(columns: int, sizes: tuple[tuple[tuple[int, int], int], ...]) -> None:
    board = Board(columns, 8)
    pieces = tuple(Piece(f"s{n}", n + 1, (Shape(*size, 0, head),)) for n, (size, head) in enumerate(sizes))
    found = solve(board, pieces, WEIGHTS, work=5)
    assert found.tiling
    best = min(score(board, tiling, WEIGHTS) for tiling in every_tiling(board, pieces))
    assert score(board, found.tiling, WEIGHTS) == best


def every_tiling(board: Board, pieces: tuple[Piece, ...]) -> Iterator[Tiling]:
    """Every way to fill a board with its lead at the top left, by filling the first free cell again and again."""

    def filled(placed: dict[str, Placed]) -> Iterator[Tiling]:
        areas = [one.area for one in placed.values()] + [one.area for one in board.fixed]
        free = next(
            (
                (row, column)
                for row in range(board.rows)
                for column in range(board.columns)
                if not any(area.meets(Area(column, row, 1, 1)) for area in areas)
            ),
            None,
        )
        if free is None:
            if len(placed) == len(pieces):
                yield tuple(placed[one.name] for one in pieces)
            return
        for one in pieces if placed else pieces[:1]:
            for shape in one.shapes if one.name not in placed else ():
                area = Area(free[1], free[0], shape.columns, shape.rows)
                if area.right <= board.columns and area.foot <= board.rows and not any(map(area.meets, areas)):
                    yield from filled({**placed, one.name: Placed(one, area, shape)})

    return filled({})


@settings(max_examples=25, deadline=None)
@given(cut_boards(), st.data())
def test_nothing_is_cheaper_than_what_is_proved(cut: tuple[Board, tuple[Piece, ...]], data: st.DataObject) -> None:
    board, pieces = cut
    priced = tuple(
        replace(
            one,
            pictured=data.draw(st.booleans()),
            shapes=tuple(
                Shape(
                    s.columns, s.rows, data.draw(st.integers(0, 900)), data.draw(st.sampled_from([0, 10, 16, 20, 50]))
                )
                for s in {(s.columns, s.rows): s for s in one.shapes}.values()
            ),
        )
        for one in pieces
    )
    found = solve(board, priced, WEIGHTS, work=5)
    if found.tiling is not None and found.proved and priced:
        best = min(score(board, tiling, WEIGHTS) for tiling in every_tiling(board, priced))
        ours = score(board, found.tiling, WEIGHTS)
        assert ours <= best


def test_a_line_through_is_paid_once_however_many_end_at_it() -> None:
    board, sizes = Board(2, 6), (50, 10, 20)
    shapes = (((1, 3, 0), (2, 2, 3000)), ((1, 3, 0), (2, 2, 0)), ((2, 3, 0), (2, 2, 0)))
    pieces = tuple(
        Piece(f"s{n}", 1 + n, tuple(Shape(*shape, sizes[n]) for shape in shapes[n])) for n in range(len(shapes))
    )
    found = solve(board, pieces, WEIGHTS)
    assert found.tiling
    assert broken(board, found.tiling)["through"] == 1
    assert score(board, found.tiling, WEIGHTS) == WEIGHTS["through"] + WEIGHTS["heads-in-row"]


def test_a_piece_takes_what_stands_in_its_corner_into_its_place() -> None:
    ad = Area(3, 20, 2, 10)
    round_it = replace(piece("a", 1, (4, 14), (5, 14)), holds=ad)
    under = piece("b", 3, (5, 16), (1, 14), (2, 15))
    assert solve(Board(5, 30), [round_it, under], WEIGHTS).tiling is None, "a lead at the top does not reach so low"
    found = solve(Board(5, 30), [under, round_it], WEIGHTS).tiling
    assert found
    assert found[1].area == Area(0, 16, 5, 14), "its foot is the advertisement's, one of its sides, too"
