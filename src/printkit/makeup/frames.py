"""A slot drawn in to the grid: whole lines, whole em of the body, the rest of the width to the gutters.

In: the content box that CSS gives a slot and the page grid (formats.md, «Layouts»). Out: a `Frame`, in
which make-up counts columns and lines and asks for points only to place a box.
"""

from dataclasses import dataclass

from printkit.model.geometry import Grid, Insets, PageGeometry, Rect, Slot

_TOLERANCE = 100
"""mpt that a box may miss a grid line by and still stand on it: CSS works in floating pixels."""

HAN_TOP = 880
"""Thousandths of an em from the top of the Han box to the baseline: ideographic em box, 0.88 above and 0.12 below."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of whole columns and lines. `rect` is in page coordinates, `xs` from its left edge."""

    rect: Rect
    xs: tuple[int, ...]
    measure: int
    lines: int
    leading: int
    size: int
    drawn_in: int = 0
    """How far the top was moved down to reach the grid."""

    @property
    def columns(self) -> int:
        """Number of text columns."""
        return len(self.xs)

    @property
    def gutter(self) -> int:
        """White between two columns."""
        return self.xs[1] - self.xs[0] - self.measure if len(self.xs) > 1 else 0

    def width(self, columns: int, first: int = 0) -> int:
        """Return the width from the first of some columns to the end of the last."""
        return self.xs[first + columns - 1] + self.measure - self.xs[first]

    def top(self, line: int) -> int:
        """Return the top of a line from the frame's top."""
        return line * self.leading

    @property
    def white(self) -> int:
        """The leading's white over the Han of a line (and the same under it)."""
        return (self.leading - self.size) // 2

    @property
    def baseline(self) -> int:
        """The body's baseline from the top of its line."""
        return self.white + self.size * HAN_TOP // 1000

    def picture(self, line: int, lines: int) -> tuple[int, int]:
        """Return top and height of a picture of some lines: from the Han's top to the last Han's foot."""
        return self.top(line) + self.white, lines * self.leading - 2 * self.white


def slot_columns(slot: Slot, grid: Grid) -> int:
    """Return a slot's number of text columns: its own, else the page grid's columns that it spans."""
    if slot.columns:
        return slot.columns
    return max(1, round((slot.rect.width + grid.gutter) / (grid.column + grid.gutter)))


def draw_in(box: Rect, columns: int, grid: Grid) -> Frame:
    """Draw a rectangle in to whole lines of the page's grid and whole em of the body."""
    offset = box.y - grid.main.y
    first = -((-(offset - _TOLERANCE)) // grid.leading)
    top = grid.main.y + first * grid.leading
    lines = max(0, (box.bottom - top + _TOLERANCE) // grid.leading)
    room = (box.width + _TOLERANCE - (columns - 1) * grid.gutter) // columns
    measure = max(grid.size, room // grid.size * grid.size)
    if columns > 1:
        rest = box.width - columns * measure
        xs = tuple(i * measure + rest * i // (columns - 1) for i in range(columns))
    else:
        xs = (max(0, box.width - measure) // 2,)
    rect = Rect(box.x, top, box.width, lines * grid.leading)
    return Frame(rect, xs, measure, lines, grid.leading, grid.size, drawn_in=max(0, top - box.y))


def inside(box: Rect, insets: Insets) -> Rect:
    """Return a rectangle without its frame's border and padding."""
    return Rect(
        box.x + insets.left,
        box.y + insets.top,
        box.width - insets.left - insets.right,
        box.height - insets.top - insets.bottom,
    )


def is_off_grid(frame: Frame, box: Rect) -> bool:
    """Say whether a slot misses the grid by more than half a line (`layout.off-grid`)."""
    return frame.drawn_in > frame.leading // 2 and box.height > frame.leading


def frame_of(slot: Slot, geometry: PageGeometry, insets: Insets) -> Frame:
    """Return the frame that a story fills in a slot, inside its own border and padding."""
    return draw_in(inside(slot.rect, insets), slot_columns(slot, geometry.grid), geometry.grid)
