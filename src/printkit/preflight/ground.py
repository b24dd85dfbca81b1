"""What lies under a mark: reversed type and rules are white on ink."""

from collections.abc import Sequence

from printkit.preflight.colour import RGB
from printkit.preflight.marks import AreaMark, Mark, PictureMark, ShadeMark

_DARK = 0.1
"""From this much ink on paper counts as a ground."""


def ground_under(marks: Sequence[Mark], at: int) -> Mark | None:
    """Return what is painted under the middle of a mark; None where it is paper or next to it."""
    point = marks[at].where.centre
    for below in reversed(marks[:at]):
        if not below.where.has(point):
            continue
        if isinstance(below, (PictureMark, ShadeMark)):
            return below
        if isinstance(below, AreaMark) and any(part.has(point) for part in below.parts):
            inks = below.look.colour.inks
            if inks is not None:
                return below if inks.total > _DARK else None
            return None if below.look.colour.is_white else below
    return None


def count_inks(ground: Mark) -> int:
    """Return how many inks a ground is printed in; what is converted counts as all four."""
    if isinstance(ground, PictureMark) and not ground.is_stencil:
        return 1 if ground.space.ground.components == 1 else 4
    if isinstance(ground, ShadeMark):
        return 1 if ground.space.components == 1 else 4
    inks = ground.look.colour.inks
    return inks.plates if inks is not None else RGB.components + 1
