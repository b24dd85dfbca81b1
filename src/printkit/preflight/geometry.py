"""Boxes and matrices of PDF user space, in points with y upwards (ISO 32000-1, 8.3)."""

from collections.abc import Iterable
from functools import reduce
from math import hypot
from typing import Any, NamedTuple

from printkit import units

MM = units.MM / 1000
"""Points of a millimetre."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


class Box(NamedTuple):
    """An upright rectangle in user space."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.top - self.bottom

    @property
    def centre(self) -> Point:
        """The middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def has(self, point: Point) -> bool:
        """Tell whether a point is inside or on the edge."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top

    def contains(self, other: "Box", slack: float = 0.0) -> bool:
        """Tell whether another box is inside, to `slack` points."""
        return (
            self.left - slack <= other.left
            and self.bottom - slack <= other.bottom
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    def cut(self, other: "Box") -> "Box | None":
        """Return what the two have in common; None where they do not meet. A line of no width is kept."""
        both = Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )
        return both if both.width >= 0 and both.height >= 0 else None

    def join(self, other: "Box") -> "Box":
        """Return the smallest box round both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def grown(self, by: float) -> "Box":
        """Return the box `by` points larger on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)


def box_of(points: Iterable[Point]) -> Box:
    """Return the smallest box round some points, at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box round some boxes, at least one."""
    return reduce(Box.join, boxes)


def read_box(value: Any) -> Box | None:
    """Read a PDF rectangle, its corners in any order; None where it is none."""
    try:
        a, b, c, d = (float(v) for v in value)
    except (TypeError, ValueError):
        return None
    return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def read_matrix(value: Any) -> Matrix:
    """Read a PDF matrix; what is none counts as the identity, as readers do."""
    try:
        a, b, c, d, e, f = (float(v) for v in value)
    except (TypeError, ValueError):
        return IDENTITY
    return a, b, c, d, e, f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first` and `then` the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def transformed(point: Point, matrix: Matrix) -> Point:
    """Return a point under a matrix."""
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_under(box: Box, matrix: Matrix) -> Box:
    """Return the upright box round a box under a matrix."""
    corners = ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
    return box_of(transformed(corner, matrix) for corner in corners)


def across(matrix: Matrix) -> float:
    """Return how long a unit to the right becomes."""
    return hypot(matrix[0], matrix[1])


def upwards(matrix: Matrix) -> float:
    """Return how long a unit upwards becomes."""
    return hypot(matrix[2], matrix[3])


def scale(matrix: Matrix) -> float:
    """Return how much wider lines become: the root of the area's growth."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)
