"""What is to be placed, and where: the values of tiling. Columns and rows count from 0; costs are hundredths."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of whole columns and rows."""

    column: int
    row: int
    columns: int
    rows: int

    @property
    def right(self) -> int:
        """The first column after it."""
        return self.column + self.columns

    @property
    def foot(self) -> int:
        """The first row under it."""
        return self.row + self.rows

    def meets(self, other: "Area") -> bool:
        """Say whether two share a cell."""
        return (
            self.column < other.right and other.column < self.right and self.row < other.foot and other.row < self.foot
        )

    def covers(self, other: "Area") -> bool:
        """Say whether another one is a part of it."""
        right, foot = max(self.right, other.right), max(self.foot, other.foot)
        whole = (min(self.column, other.column), min(self.row, other.row), right, foot)
        return self != other and whole == (self.column, self.row, self.right, self.foot)


@dataclass(frozen=True, slots=True)
class Shape:
    """A size that a piece can have, what it costs there, and the size of its headline (mpt).

    One with a `bare` column, without headline or picture over it, stands at the page's top alone: elsewhere the column would
    be read as the end of the story over it.
    """

    columns: int
    rows: int
    cost: int
    head: int = 0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What has no place yet: its level, whether it has pictures, and the shapes that it can have.

    `beside` names the stories that it is to touch. An advertisement has the level 0 and stands at the page's foot; what fills
    up (补白) may stand anywhere.
    """

    name: str
    level: int
    shapes: tuple[Shape, ...]
    pictured: bool = False
    beside: tuple[str, ...] = ()
    fills_up: bool = False
    form: str = ""
    """What heads alike in size may differ in: a frame, a headline set upright."""
    holds: Area | None = None
    """What stands already and is to have a lower corner of it: an advertisement round which a story runs."""

    @property
    def is_story(self) -> bool:
        """Whether it is no advertisement."""
        return self.level > 0


@dataclass(frozen=True, slots=True)
class Fixed:
    """What stands already: `piece` tells of a story, None is an advertisement or the page's own furniture."""

    area: Area
    piece: Piece | None = None
    head: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """A page's grid with what stands on it already."""

    columns: int
    rows: int
    fixed: tuple[Fixed, ...] = ()
    outer: int = 0
    """The page's outer side, at which advertisements stand: 0 the left, 1 the right."""

    @property
    def free(self) -> tuple[int, ...]:
        """The free rows of each column."""
        return tuple(
            self.rows - sum(area.rows for area in self.taken if area.column <= column < area.right)
            for column in range(self.columns)
        )

    @property
    def taken(self) -> tuple[Area, ...]:
        """The areas of what stands on it, without what stands in the corner of another that runs round it."""
        areas = [one.area for one in self.fixed]
        return tuple(area for area in areas if not any(other.covers(area) for other in areas))

    @property
    def top(self) -> tuple[int, int]:
        """Row and column of the first free cell."""
        cells = ((row, column) for row in range(self.rows) for column in range(self.columns))
        taken = [one.area for one in self.fixed]
        return next((cell for cell in cells if not _covers(taken, *cell)), (0, 0))


def free_areas(board: Board) -> list[Area]:
    """Return the rectangles that nothing covers, from the top left: each as wide as it is at its top."""
    areas = [one.area for one in board.fixed]
    free = {
        (row, column) for row in range(board.rows) for column in range(board.columns) if not _covers(areas, row, column)
    }
    found = []
    while free:
        row, column = min(free)
        columns = next(n for n in range(1, board.columns + 1) if (row, column + n) not in free)
        across = range(column, column + columns)
        rows = next(n for n in range(1, board.rows + 1) if any((row + n, c) not in free for c in across))
        found.append(Area(column, row, columns, rows))
        free -= {(r, c) for r in range(row, row + rows) for c in across}
    return found


def _covers(areas: Iterable[Area], row: int, column: int) -> bool:
    return any(one.meets(Area(column, row, 1, 1)) for one in areas)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece in its place."""

    piece: Piece
    area: Area
    shape: Shape


Tiling = tuple[Placed, ...]
"""Every piece of a page in its place, in the order given."""
