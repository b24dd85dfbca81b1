"""White on a page that belongs to no story: rectangles of the grid that nothing fills, slots in which no story stands.

In: a page's geometry and the stories on it. Out: the places, each with the lines of copy that it would take.
"""

from collections.abc import Collection, Iterable, Sequence

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import frame_of
from printkit.makeup.lint.places import bbox_of
from printkit.makeup.tiling.board import Area
from printkit.model.edition import Place, Story
from printkit.model.geometry import Grid, Insets, PageGeometry, Rect
from printkit.model.page import PageWhite

Cell = tuple[int, int]
"""A column and a row of the page grid, from 0."""


def unused_slots(geometry: PageGeometry, used: Collection[str]) -> tuple[PageWhite, ...]:
    """Return the slots of a layout in which nothing stands, though it keeps their places."""
    found = []
    for name, slot in geometry.slots.items():
        if name not in used:
            frame = frame_of(slot, geometry, Insets())
            found.append(PageWhite(slot.rect, frame.columns, frame.lines, name))
    return tuple(found)


def free_places(geometry: PageGeometry, stories: Collection[Story]) -> tuple[PageWhite, ...]:
    """Return the rectangles of an automatic page that neither a story nor the layout itself fills, from the top left."""
    grid = geometry.grid
    rows = grid.main.height // grid.leading
    places = [story.placement.at for story in stories if story.placement.at]
    tiles = {story.slot for story in stories if story.placement.at}
    fixed = [
        *(one.rect for one in geometry.furniture),
        *(slot.rect for name, slot in geometry.slots.items() if name not in tiles),
    ]
    free = {(column, row) for row in range(rows) for column in range(grid.columns)}
    free -= {cell for at in places for cell in _cells(at)}
    free -= {cell for cell in free if any(_overlap(rect_of(grid, *cell, 1, 1), rect) for rect in fixed)}
    found = []
    while free:
        column, row = min(free, key=lambda cell: (cell[1], cell[0]))
        columns = next(n for n in range(1, grid.columns + 1) if (column + n, row) not in free)
        across = range(column, column + columns)
        deep = next(n for n in range(1, rows + 1) if any((c, row + n) not in free for c in across))
        free -= {(c, r) for c in across for r in range(row, row + deep)}
        found.append(PageWhite(rect_of(grid, column, row, columns, deep), columns, deep))
    return tuple(found)


def white_findings(white: Sequence[PageWhite]) -> list[Diagnostic]:
    """Tell of white that belongs to no story."""
    return [_unused(one) if one.slot else _free(one) for one in white]


def _unused(white: PageWhite) -> Diagnostic:
    columns, lines = white.columns, white.rows
    return Diagnostic(
        "layout.slot-unused",
        Say(
            f"slot “{white.slot}” has no story: {columns} column(s) × {lines} line(s) stay white",
            f"版位“{white.slot}”没有稿件，空白 {columns} 栏×{lines} 行",
        ),
        Severity.WARNING,
        Say("give a story this slot, or choose another layout", "请给它一篇稿件，或换一个版式"),
        slot=white.slot,
        bbox=bbox_of(white.rect),
    )


def _free(white: PageWhite) -> Diagnostic:
    columns, lines = white.columns, white.rows
    return Diagnostic(
        "makeup.page-white",
        Say(
            f"nothing stands on {columns} column(s) × {lines} line(s) of the page",
            f"版面有 {columns} 栏×{lines} 行空白，没有稿件",
        ),
        Severity.ERROR if lines > 1 else Severity.WARNING,
        Say(
            "place a story or an advertisement there, or give its neighbours these rows (`at`)",
            "请在这里安排稿件或广告，或把这些行分给旁边的稿件（位置 at）",
        ),
        bbox=bbox_of(white.rect),
    )


def _cells(at: Place) -> Iterable[Cell]:
    columns = range(at.column - 1, at.column - 1 + at.columns)
    return ((column, row) for column in columns for row in range(at.row - 1, at.row - 1 + at.rows))


def rect_of(grid: Grid, column: int, row: int, columns: int, rows: int) -> Rect:
    """Return the place of some cells of the page grid, counted from 0."""
    step = grid.column + grid.gutter
    x, y = grid.main.x + column * step, grid.main.y + row * grid.leading
    return Rect(x, y, columns * step - grid.gutter, rows * grid.leading)


def cells_of(grid: Grid, rect: Rect) -> Area | None:
    """Return the cells of the page grid that a rectangle of the page covers or touches; None where it covers none."""
    rows = grid.main.height // grid.leading
    cells = [
        (column, row)
        for column in range(grid.columns)
        for row in range(rows)
        if _overlap(rect_of(grid, column, row, 1, 1), rect)
    ]
    if not cells:
        return None
    columns, lines = [column for column, _ in cells], [row for _, row in cells]
    return Area(min(columns), min(lines), max(columns) - min(columns) + 1, max(lines) - min(lines) + 1)


def _overlap(one: Rect, other: Rect) -> bool:
    """Say whether two share more than a hair: CSS works in floating pixels."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return wide > _HAIR and high > _HAIR


_HAIR = 100
