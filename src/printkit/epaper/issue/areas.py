"""Hot areas: the shape that a story has on its page, as polygons.

A story's rectangles (`MadeUpStory.parts`, in report.json too) are one a column, or one for all its columns. Those
that stand side by side across a gutter make one polygon; a story that goes on at the head of the next column,
with nothing beside it, has one for each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, MadeUpStory

Point = tuple[int, int]
Polygon = tuple[Point, ...]

_GUTTER = 25_000
"""mpt: columns further apart have something between them. House gutters are 8–18 pt."""


@dataclass(frozen=True, slots=True)
class Area:
    """A story's part on a page: corners of its polygons in mpt from the page's top left, clockwise."""

    story: str
    part: int
    polygons: tuple[Polygon, ...]


def areas(page: MadeUpPage) -> tuple[Area, ...]:
    """Return the hot areas of a page's stories in the order of the edition; advertisements have none."""
    return tuple(
        Area(made.story.id, made.story.part, outlines(_covered(made))) for made in page.stories if not made.story.ad
    )


def outlines(rects: Iterable[Rect]) -> tuple[Polygon, ...]:
    """Return the outlines of rectangles, those side by side joined at the middle of the gutter between them."""
    polygons: list[Polygon] = []
    run: list[Rect] = []
    for rect in sorted(rects, key=lambda r: (r.x, r.y)):
        if run and not _beside(run[-1], rect):
            polygons.append(_outline(run))
            run = []
        run.append(rect)
    if run:
        polygons.append(_outline(run))
    return tuple(polygons)


def points(polygon: Polygon) -> str:
    """Write a polygon as the ``points`` of SVG, in points of the page."""
    return " ".join(f"{x / 1000:g},{y / 1000:g}" for x, y in polygon)


def _covered(made: MadeUpStory) -> tuple[Rect, ...]:
    return made.parts or (made.rect,)


def _beside(left: Rect, right: Rect) -> bool:
    """Tell whether a rectangle goes on across the gutter: they share some of their height."""
    shared = min(left.bottom, right.bottom) - max(left.y, right.y)
    return 0 <= right.x - left.right <= _GUTTER and shared > 0


def _outline(run: Sequence[Rect]) -> Polygon:
    """Return the outline of columns side by side: along their heads to the right, along their feet back."""
    edges = [run[0].x, *((a.right + b.x) // 2 for a, b in pairwise(run)), run[-1].right]
    heads = [point for i, r in enumerate(run) for point in ((edges[i], r.y), (edges[i + 1], r.y))]
    feet = [point for i, r in enumerate(run) for point in ((edges[i], r.bottom), (edges[i + 1], r.bottom))]
    corners = [*heads, *reversed(feet)]
    return tuple(
        corner
        for i, corner in enumerate(corners)
        if not _between(corners[i - 1], corner, corners[(i + 1) % len(corners)])
    )


def _between(before: Point, corner: Point, after: Point) -> bool:
    """Tell whether a corner lies on a straight edge, or twice in one place."""
    return corner == before or (before[1] == corner[1] == after[1]) or (before[0] == corner[0] == after[0])
