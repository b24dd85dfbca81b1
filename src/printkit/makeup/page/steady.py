"""An automatic page after a small change: stories stay where they stood, all but as few as can be.

In: the page as it looks for places, and those of the last time. Out: the page with them again where it closes so; else with one
story moved beside those that no longer fit, with two, or with all that touch them; None where more would have to move.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from printkit.makeup.page.automatic import Automatic
from printkit.makeup.page.laid import Laid
from printkit.makeup.tiling.board import Area, Piece, Placed
from printkit.makeup.tiling.craft import score, touch

_MOVED = 2
"""Stories, of all, that may move beside those that no longer fit."""

_TRIES = 30
"""Pairs that are tried."""


def steady(search: Automatic, before: Mapping[str, Area]) -> Laid | None:
    """Return the page with as many stories as can be where they stood.

    Args:
        search: the page.
        before: where its stories stood the last time, by id, the lead first.
    """
    pieces = search.pieces()
    if pieces[0].name != next(iter(before)):
        return None  # another lead asks for another page
    standing = [placed for piece in pieces if (placed := _again(piece, before)) and search.closes(placed)]
    standing = [one for one in standing if not any(one.area.meets(two.area) for two in standing if two is not one)]
    taken = [one.area for one in search.board.fixed]
    standing = [one for one in standing if not any(one.area.meets(area) for area in taken)]
    for ways in _ways(standing, before):
        laid = [found for kept in ways if (found := search.among(kept))]
        if laid:
            return min(laid, key=lambda one: score(search.board, one.tiling, search.weights))
    return None


def kind_of(piece: Piece) -> int:
    """Return a number of all that a piece is beside its copy: its level, whether it has pictures, what it is to touch."""
    return int.from_bytes(hashlib.sha256(repr(replace(piece, shapes=())).encode()).digest()[:4], "big")


def moved(laid: Laid, before: Mapping[str, Area]) -> tuple[str, ...]:
    """Return the stories that stand elsewhere than they did."""
    return tuple(
        placed.piece.name for placed in laid.tiling if before.get(placed.piece.name) not in (None, placed.area)
    )


def _again(piece: Piece, before: Mapping[str, Area]) -> Placed | None:
    """Return a piece where it stood, if it has that shape still."""
    area = before.get(piece.name)
    if area is None:
        return None
    shapes = [one for one in piece.shapes if (one.columns, one.rows) == (area.columns, area.rows)]
    return Placed(piece, area, min(shapes, key=lambda one: one.cost)) if shapes else None


def _ways(standing: Sequence[Placed], before: Mapping[str, Area]) -> Iterator[list[list[Placed]]]:
    """Yield which stories stay: all; all but one, but two; at last all but those beside what has to move anyway."""
    kept = {one.piece.name for one in standing}
    holes = [area for name, area in before.items() if name not in kept]
    near = [one for one in standing if any(touch(one.area, hole) for hole in holes)]
    far = [one for one in standing if all(one is not other for other in near)]
    for count in range(_MOVED + 1):
        leaving = [*combinations([*near, *far], count)][:_TRIES]
        yield [[one for one in standing if all(one is not other for other in gone)] for gone in leaving]
    yield [far]
