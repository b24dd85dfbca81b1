"""What the operators of graphics do: state, colour, paths (ISO 32000-1, 8.4 to 8.6).

A box is the smallest upright one, so what a curved clip hides still counts as painted.
"""

# ruff: noqa: D102  # an operator's method does what the standard says of the operator

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pikepdf import Array, Name

from printkit.preflight.colour import PAPER_BLACK, PATTERN, Colour, Space, read_space, start_of
from printkit.preflight.fonts import Font
from printkit.preflight.geometry import Box, Matrix, Point, around, box_of, scale, times, transformed
from printkit.preflight.marks import AreaMark, LineMark, Look, Mark


@dataclass(slots=True)
class State:
    """The graphics state (8.4.1), text state included."""

    ctm: Matrix
    clip: Box
    fill: Colour = PAPER_BLACK
    stroke: Colour = PAPER_BLACK
    fill_pattern: str | None = None
    line_width: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    overprint_mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    has_soft_mask: bool = False
    font: Font | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def look(self, *, stroke: bool = False) -> Look:
        """Return how fills, or strokes, are painted."""
        return Look(
            self.stroke if stroke else self.fill,
            self.overprint_stroke if stroke else self.overprint_fill,
            self.overprint_mode,
            self.stroke_alpha if stroke else self.fill_alpha,
            self.blend,
            self.has_soft_mask,
        )


def numbers(operands: Iterable[Any]) -> tuple[float, ...]:
    """Return the numbers among operands."""
    return tuple(float(v) for v in operands if isinstance(v, (int, float, Decimal)))


def six(operands: Iterable[Any]) -> Matrix:
    """Return operands as a matrix."""
    a, b, c, d, e, f = numbers(operands)
    return a, b, c, d, e, f


class Graphics:
    """The graphics of one content stream, with its own stack and path."""

    def __init__(self, resources: Any, state: State, marks: list[Mark], cover: Box | None) -> None:
        """Begin a stream; what is painted goes to `marks`, and `cover` stands for the boxes of what a pattern repeats."""
        self.resources = resources
        self.state = state
        self.base = state.ctm
        self.cover = cover
        self.marks = marks
        self.stack: list[State] = []
        self.path: list[list[Point]] = []
        self.clipping = False

    def font(self, obj: Any) -> Font:
        """Return a font of the file."""
        raise NotImplementedError

    def paint_pattern(self, name: str | None, where: Box) -> None:
        """Fill an area with a pattern."""
        raise NotImplementedError

    def shown(self, box: Box) -> Box | None:
        """Return what the clip leaves of a box."""
        return box.cut(self.state.clip)

    def add(self, mark: Mark) -> None:
        self.marks.append(mark)

    # Graphics state

    def save(self, _: Sequence[Any]) -> None:
        self.stack.append(replace(self.state))

    def restore(self, _: Sequence[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def transform(self, operands: Sequence[Any]) -> None:
        self.state.ctm = times(six(operands), self.state.ctm)

    def set_line_width(self, operands: Sequence[Any]) -> None:
        self.state.line_width = float(operands[0])

    def set_state(self, operands: Sequence[Any]) -> None:
        """Take over an ExtGState (8.4.5, tables 58 and 128)."""
        given = self.resources["/ExtGState"][str(operands[0])]
        state = self.state
        if "/OP" in given:
            state.overprint_stroke = bool(given["/OP"])
            state.overprint_fill = bool(given.get("/op", given["/OP"]))
        elif "/op" in given:
            state.overprint_fill = bool(given["/op"])
        state.overprint_mode = int(given.get("/OPM", state.overprint_mode))
        state.fill_alpha = float(given.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(given.get("/CA", state.stroke_alpha))
        state.line_width = float(given.get("/LW", state.line_width))
        if "/BM" in given:
            blend = given["/BM"]
            state.blend = str(blend[0] if isinstance(blend, Array) else blend)[1:]
        if "/SMask" in given:
            state.has_soft_mask = not isinstance(given["/SMask"], Name)
        if "/Font" in given:
            state.font, state.size = self.font(given["/Font"][0]), float(given["/Font"][1])

    # Colour

    def set_fill(self, space: Space, operands: Sequence[Any]) -> None:
        self.state.fill, self.state.fill_pattern = Colour(space, numbers(operands)), None

    def set_stroke(self, space: Space, operands: Sequence[Any]) -> None:
        self.state.stroke = Colour(space, numbers(operands))

    def set_fill_space(self, operands: Sequence[Any]) -> None:
        self.state.fill, self.state.fill_pattern = start_of(read_space(operands[0], self.resources)), None

    def set_stroke_space(self, operands: Sequence[Any]) -> None:
        self.state.stroke = start_of(read_space(operands[0], self.resources))

    def set_fill_colour(self, operands: Sequence[Any]) -> None:
        self.set_fill(self.state.fill.space, operands)
        if operands and isinstance(operands[-1], Name):
            self.state.fill_pattern = str(operands[-1])

    def set_stroke_colour(self, operands: Sequence[Any]) -> None:
        self.set_stroke(self.state.stroke.space, operands)

    # Paths

    def point(self, x: Any, y: Any) -> Point:
        return transformed((float(x), float(y)), self.state.ctm)

    def move(self, operands: Sequence[Any]) -> None:
        self.path.append([self.point(*operands)])

    def line(self, operands: Sequence[Any]) -> None:
        """Add the points of a line or curve; a curve lies within its control points."""
        points = [self.point(x, y) for x, y in zip(operands[::2], operands[1::2], strict=True)]
        if not self.path:
            self.path.append([])
        self.path[-1].extend(points)

    def rectangle(self, operands: Sequence[Any]) -> None:
        x, y, w, h = (float(v) for v in operands)
        self.path.append([self.point(x, y), self.point(x + w, y), self.point(x + w, y + h), self.point(x, y + h)])

    def clip(self, _: Sequence[Any]) -> None:
        self.clipping = True

    def end(self, _: Sequence[Any] = ()) -> None:
        """End the path; a clip asked for takes hold now (8.5.4)."""
        if self.clipping:
            shape = box_of(p for part in self.path for p in part) if any(self.path) else None
            self.state.clip = (shape and self.state.clip.cut(shape)) or Box(0, 0, -1, -1)
        self.clipping = False
        self.path = []

    def paint(self, *, fill: bool, stroke: bool) -> None:
        boxes = [box_of(part) for part in self.path if part]
        if boxes and fill:
            self.paint_area(boxes)
        if boxes and stroke:
            self.paint_lines(boxes)
        self.end()

    def paint_area(self, boxes: list[Box]) -> None:
        state = self.state
        parts = [cut for piece in _pieces(boxes) if (cut := self.shown(piece))]
        if not parts:
            return
        whole = around(parts)
        if state.fill.space == PATTERN:
            self.paint_pattern(state.fill_pattern, whole)
        else:
            self.add(AreaMark(self.cover or whole, state.look(), tuple(parts)))

    def paint_lines(self, boxes: list[Box]) -> None:
        state = self.state
        width = state.line_width * scale(state.ctm)
        for box in boxes:
            if where := self.shown(box.grown(width / 2)):
                self.add(LineMark(self.cover or where, state.look(stroke=True), width))


def _pieces(boxes: list[Box]) -> list[Box]:
    """Part a frame of two rectangles, one inside the other, into its four sides; else keep each piece."""
    if len(boxes) != 2:
        return boxes
    outer, inner = sorted(boxes, key=lambda box: -box.width * box.height)
    if not outer.contains(inner) or outer == inner:
        return boxes
    sides = (
        Box(outer.left, inner.top, outer.right, outer.top),
        Box(outer.left, outer.bottom, outer.right, inner.bottom),
        Box(outer.left, inner.bottom, inner.left, inner.top),
        Box(inner.right, inner.bottom, outer.right, inner.top),
    )
    return [side for side in sides if side.width > 0 and side.height > 0]
