"""What the craft asks of a page beside being full: each rule with its name, its weight, and how often a page breaks it.

In: pieces in their places. Out: how often each rule is broken. The rules and weights are those of auto pages that were
looked at one by one; a style may weigh otherwise (`--craft`). Weights are hundredths.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from printkit.makeup.tiling.board import Area, Board, Fixed, Tiling

WEIGHTS: Mapping[str, int] = {
    "gutter": 4000,
    "through": 2000,
    "like-heads": 1000,
    "heads-in-row": 30,
    "order": 60,
    "pictures": 200,
    "straddle": 15,
    "width": 400,
    "deep": 20,
    "thin": 150,
    "apart": 2500,
    "forms": 200,
    "ad-foot": 40,
    "ad-side": 100,
}
"""Weights by rule: 断版 a gutter from top to foot; a line through the width; 碰题 like heads side by side; unlike ones side
by side; a lower level above a higher; stories with pictures that touch; a row by which a gutter is parted too little; a
column off what the level likes; a line of a single deep column; a row that a wide story is too low; related stories that do not
touch; a second story with a frame or an upright headline; a row between an advertisement and the page's foot; a column between it and the outer side."""

STRADDLED = 35
"""Share of the page's height, in per cent, over which every gutter should be covered by a story."""

LIKE = 80
"""Two heads are alike where the smaller is at least this share of the larger, in per cent."""

DEEP_LEG, THIN_COLUMNS, THIN_ROWS = 30, 4, 14


def broken(board: Board, tiling: Tiling) -> Mapping[str, int]:
    """Return how often a page breaks each rule that depends on how stories stand to one another."""
    stories = [
        *(Fixed(placed.area, placed.piece, placed.shape.head) for placed in tiling if placed.piece.is_story),
        *(one for one in board.fixed if one.piece),
    ]
    ads = [placed for placed in tiling if not placed.piece.is_story]
    areas = [one.area for one in stories] + [ad.area for ad in ads]
    areas += [one.area for one in board.fixed if not one.piece]
    rules = "gutter", "through", "like-heads", "heads-in-row", "order", "pictures", "straddle", "apart", "forms"
    found: Counter[str] = Counter(dict.fromkeys(rules, 0))
    for rows in _straddled(board, areas):
        found["gutter"] += rows == 0
        found["straddle"] += max(0, board.rows * STRADDLED // 100 - rows)
    found["through"] = sum(1 for _ in _lines_through(board, stories, areas))
    for one, other in combinations(stories, 2):
        found.update(_between(one, other))
    found["forms"] = max(0, sum(bool(one.piece and one.piece.form) for one in stories) - 1)
    found["apart"] = len(apart(stories))
    for ad in ads:
        if not ad.piece.fills_up:
            found["ad-foot"] += board.rows - ad.area.foot
            found["ad-side"] += off_side(board, ad.area.columns, ad.area.column)
    return found


def apart(stories: Sequence[Fixed]) -> list[tuple[str, str]]:
    """Return the related stories that do not touch."""
    where = {one.piece.name: one.area for one in stories if one.piece}
    related = [(one.area, one.piece.name, other) for one in stories if one.piece for other in one.piece.beside]
    return [(name, other) for area, name, other in related if other in where and not touch(area, where[other])]


def off_side(board: Board, columns: int, column: int) -> int:
    """Return the columns between an advertisement and the page's outer side; one at the inner side is a column off."""
    outer, inner = column, board.columns - column - columns
    if board.outer:
        outer, inner = inner, outer
    return min(outer, inner + 1)


def _straddled(board: Board, areas: Sequence[Area]) -> Iterator[int]:
    """Yield for every gutter the rows over which something stands across it."""
    for gutter in range(1, board.columns):
        yield sum(area.rows for area in areas if area.column < gutter < area.right)


def _lines_through(board: Board, stories: Sequence[Fixed], areas: Sequence[Area]) -> Iterator[int]:
    """Yield the rows at which a line runs through the page: not under one story of full width, not over a strip of ads."""
    ads = [area for area in areas if all(area is not one.area for one in stories)]
    for row in sorted({one.area.foot for one in stories if one.area.foot < board.rows}):
        if any(area.row < row < area.foot for area in areas):
            continue
        above = [one for one in stories if one.area.foot == row]
        under = [area for area in ads if area.row == row]
        if any(one.area.columns == board.columns for one in above):
            continue
        if sum(area.columns for area in under) < board.columns:
            yield row


def _between(one: Fixed, other: Fixed) -> Iterator[str]:
    """Yield the rules that two stories break together."""
    assert one.piece is not None
    assert other.piece is not None
    a, b = one.area, other.area
    beside = a.right == b.column or b.right == a.column
    if beside and a.row == b.row:
        yield "heads-in-row"
        is_like = one.piece.form == other.piece.form
        if is_like and one.head and other.head and min(one.head, other.head) * 100 >= LIKE * max(one.head, other.head):
            yield "like-heads"
    if one.piece.pictured and other.piece.pictured and touch(a, b):
        yield "pictures"
    difference = one.piece.level - other.piece.level
    if difference * (b.row - a.row) > 0:
        yield from ["order"] * min(2, abs(difference))


def alike_pairs(board: Board, tiling: Tiling) -> list[tuple[str, str]]:
    """Return the stories whose heads are alike and stand side by side (碰题)."""
    stories = [Fixed(placed.area, placed.piece, placed.shape.head) for placed in tiling if placed.piece.is_story]
    stories += [one for one in board.fixed if one.piece]
    return [
        (one.piece.name, other.piece.name)
        for one, other in combinations(stories, 2)
        if one.piece and other.piece and "like-heads" in _between(one, other)
    ]


def touch(a: Area, b: Area) -> bool:
    """Say whether two areas share an edge."""
    wide = min(a.right, b.right) - max(a.column, b.column)
    high = min(a.foot, b.foot) - max(a.row, b.row)
    return (wide == 0 and high > 0) or (high == 0 and wide > 0)


def shape_cost(columns: int, leg: int, likes: tuple[int, int], weights: Mapping[str, int]) -> int:
    """Return what the craft asks for a shape itself: a width off its level's own, one deep column, a wide and low story.

    Args:
        columns: those of the shape.
        leg: its rows.
        likes: the fewest and most columns that its level likes.
        weights: of the rules.
    """
    return sum(weights[rule] * count for rule, count in shape_counts(columns, leg, likes).items())


def shape_counts(columns: int, leg: int, likes: tuple[int, int]) -> Mapping[str, int]:
    """Count what `shape_cost` weighs."""
    return {
        "width": max(0, likes[0] - columns, columns - likes[1]),
        "deep": max(0, leg - DEEP_LEG) if columns == 1 else 0,
        "thin": max(0, THIN_ROWS - leg) if columns >= THIN_COLUMNS else 0,
    }


def score(board: Board, tiling: Tiling, weights: Mapping[str, int]) -> int:
    """Return what a page costs: its shapes and the rules that it breaks."""
    rules = broken(board, tiling)
    return sum(placed.shape.cost for placed in tiling) + sum(weights[name] * count for name, count in rules.items())
