"""A slot drawn in to the grid: whole lines, whole em of the body, the rest of the width to the gutters.

In: the content box that CSS gives a slot and the page grid (formats.md, «Layouts»). Out: a `Frame`, in
which make-up counts columns and lines and asks for points only to place a box.
"""

from dataclasses import dataclass, replace

from printkit.model.geometry import Grid, Insets, Notch, PageGeometry, Rect, Slot, StoryStyle

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
    notch: Notch | None = None
    """What of its columns is an advertisement's or another story's."""

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
    def parts(self) -> tuple[Rect, ...]:
        """The rectangles of its columns, in page coordinates: one, or two round an advertisement."""
        if (notch := self.notch) is None:
            return (self.rect,)
        over = self.rect.height - notch.lines * self.leading
        first, last = (notch.columns, self.columns) if not notch.column else (0, notch.column)
        x = self.xs[first] if first else 0
        width = self.rect.width - x if last == self.columns else self.xs[last - 1] + self.measure
        return replace(self.rect, height=over), Rect(
            self.rect.x + x, self.rect.y + over, width, notch.lines * self.leading
        )

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
    xs = _on_page_grid(box, columns, measure, grid) or _spread(box.width, columns, measure)
    rect = Rect(box.x, top, box.width, lines * grid.leading)
    return Frame(rect, xs, measure, lines, grid.leading, grid.size, drawn_in=max(0, top - box.y))


def _spread(width: int, columns: int, measure: int) -> tuple[int, ...]:
    """Return the columns' left edges with the rest of a width shared out to the gutters; one column is centred."""
    if columns == 1:
        return (max(0, width - measure) // 2,)
    rest = width - columns * measure
    return tuple(i * measure + rest * i // (columns - 1) for i in range(columns))


def _on_page_grid(box: Rect, columns: int, measure: int, grid: Grid) -> tuple[int, ...] | None:
    """Return the columns' left edges on the page's own columns drawn in, when the box stands on them.

    So the columns of stories under one another stand under one another, whatever em leave over.
    """
    step = grid.column + grid.gutter
    first = round((box.x - grid.main.x) / step)
    width = columns * step - grid.gutter
    near = grid.size // 4
    if abs(box.x - grid.main.x - first * step) > near or abs(box.width - width) > near:
        return None
    if first < 0 or first + columns > grid.columns or measure != max(grid.size, grid.column // grid.size * grid.size):
        return None
    page = _spread(grid.main.width, grid.columns, measure)
    return tuple(grid.main.x + page[first + i] - box.x for i in range(columns))


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


def frame_of(slot: Slot, geometry: PageGeometry, insets: Insets, columns: int = 0) -> Frame:
    """Return the frame that a story fills in a slot, inside its own border and padding; `columns` 0 for the slot's."""
    frame = draw_in(inside(slot.rect, insets), columns or slot_columns(slot, geometry.grid), geometry.grid)
    return replace(frame, notch=slot.notch) if slot.notch else frame


def typed_frame(slot: Slot, geometry: PageGeometry, styles: StoryStyle, size: int, leading: int) -> Frame:
    """Return the frame of a slot in a type of its own: on the page's grid in the page's leading, else from the slot's top.

    Where the columns are not the page's, the white between them goes with the type.
    """
    box, page = inside(slot.rect, styles.frame), geometry.grid
    columns = styles.text_columns or slot_columns(slot, page)
    own = columns != slot_columns(replace(slot, columns=None), page)
    gutter = page.gutter * size // page.size if own else page.gutter
    main = page.main if leading == page.leading else replace(page.main, y=box.y)
    return draw_in(box, columns, replace(page, main=main, gutter=gutter, size=size, leading=leading))


def story_frame(slot: Slot, geometry: PageGeometry, styles: StoryStyle) -> Frame:
    """Return the frame that a story of some type fills in a slot, in the text columns that it asks for."""
    if styles.body:
        return typed_frame(slot, geometry, styles, *styles.body)
    return frame_of(slot, geometry, styles.frame, styles.text_columns)


def stands_at_top(slot: Slot, grid: Grid) -> bool:
    """Say whether a slot begins on the first line of the type area."""
    return slot.rect.y - grid.main.y < grid.leading // 2
