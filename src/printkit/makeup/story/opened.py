"""White before subheads that fills columns to their feet where what comes next stands together and does not begin there.

In: a flow and its regions. Out: the same with a line more before some subheads, if all columns end at their feet so; each column
gets what it lacks, a line before each of its subheads at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from printkit.makeup.flow import Flowed, Placed, Region, TextBlock


def opened(flowed: Flowed, regions: Sequence[Region], leading: int) -> Flowed | None:
    """Return a flow that fills its regions with white before subheads; None where that is not so, or none is needed."""
    white = sum(region.end - region.start for region in regions) - flowed.used
    if flowed.over or not 0 < white <= sum(map(_is_subhead, flowed.placed)):
        return None
    placed: list[Placed] = []
    for region in regions:
        pieces = [one for one in flowed.placed if one.column == region.column and region.start <= one.line < region.end]
        lacks = region.end - region.start - sum(one.height for one in pieces)
        heads = [one for one in pieces if _is_subhead(one) and one.line > region.start][:lacks]
        if len(heads) < lacks:
            return None
        placed += _moved(pieces, heads, leading)
    return replace(flowed, placed=placed, opened=white)


def _moved(pieces: Sequence[Placed], heads: Sequence[Placed], leading: int) -> Iterator[Placed]:
    """Yield the pieces of a column, from each of some subheads on a line lower; these stand in the middle of their white."""
    down = 0
    for one in pieces:
        is_opened = any(one is head for head in heads)
        down += is_opened
        yield replace(one, line=one.line + down, rise=one.rise + is_opened * leading // 2)


def _is_subhead(one: Placed) -> bool:
    return isinstance(one.block, TextBlock) and one.block.role == "subhead" and not one.first
