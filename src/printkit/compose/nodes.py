"""The places where lines may end, with the prefix sums that price a line between any two of them.

In: a `Material`. Out: `Nodes`, parallel lists with one entry a place. A line from node `i` to node `j`
is ``end[j] - begin[i]`` wide; every other figure of it is such a difference too, so a candidate line
costs a handful of integer operations whatever its length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, itemgetter, sub

from printkit.compose import costs
from printkit.compose.classes import MARKS
from printkit.compose.material import Material

Row = tuple[int, int, int, float, int, int]
"""``least_end``, ``end``, ``soft_end``, ``penalty`` less `Prices.line`, ``more_end`` and ``opens_end`` of one node."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Where lines may end. `at` is the cluster a line starts with; the first node is 0, the last the end.

    `least` and `most` are the narrowest and the widest the text may become; `soft` is what should be
    asked of shrinking; `more` is what E1 and E2 may add, `opens` the gaps that E3 may open. Names in
    ``_begin`` are taken at the line's first node, those in ``_end`` at its last.
    """

    at: list[int]
    penalty: list[float]
    begin: Sequence[int]
    end: list[int]
    least_begin: Sequence[int]
    least_end: list[int]
    most_begin: list[int]
    most_end: list[int]
    soft_begin: Sequence[int]
    soft_end: Sequence[int]
    hard_end: Sequence[int]
    more_begin: Sequence[int]
    more_end: Sequence[int]
    opens_begin: Sequence[int]
    opens_end: Sequence[int]
    rows: list[Row]
    """What every candidate line asks of its last node, side by side."""
    hangs: list[int]
    runt: int
    """From this node on a last line is a runt (P5)."""
    prices: costs.Prices


_HANGS = "ASF"
"""Marks that may hang: 、，。：；！？ (G1)."""


def find_nodes(material: Material, hanging: bool, widest: int | None = None) -> Nodes:
    """Return the nodes of a paragraph that is not empty.

    Args:
        material: the paragraph.
        hanging: marks at a line's end stand outside the measure (G1).
        widest: a piece without a break that is wider than this may be divided anywhere, dearly.
    """
    gaps = material.gaps
    quarter = material.em * costs.GAP_LIMIT // 1000
    after, before, _, soft, hard, more, opens, _ = zip(*gaps, strict=True)
    space = list(map(add, after, before))
    count = len(gaps)
    width = list(accumulate(map(add, material.body, space), initial=0))
    least = list(accumulate(hard, initial=0))
    softs = list(accumulate(soft, initial=0))
    mores = list(accumulate(more, initial=0))
    open_gaps = list(accumulate(opens, initial=0))
    penalty = material.penalty
    places = [at for at in range(1, count) if penalty[at] >= 0]
    if widest is not None:
        places = _divide_wide(places, width, least, count, widest)
    ends = [0, *places, count]
    # The lists are read at the same places again and again; itemgetter does it without a loop in Python.
    at_begin = itemgetter(*ends)
    at_end = itemgetter(0, *[place - 1 for place in ends[1:]])
    hangs = _hanging(material, ends) if hanging else [0] * len(ends)
    end = list(map(sub, at_begin(width), at_end(space)))
    end[0] = 0
    least_end = list(map(sub, map(sub, end, hangs), at_end(least)))
    if material.hyphens:
        end = [width + material.hyphens.get(at, 0) for width, at in zip(end, ends, strict=True)]
    end = list(map(sub, end, hangs))
    begin, more_end, opens_end, soft_end = at_begin(width), at_end(mores), at_end(open_gaps), at_end(softs)
    begin_more, begin_opens, begin_least = at_begin(mores), at_begin(open_gaps), at_begin(least)
    costs_of = [costs.FORCED if cost < 0 else cost for cost in at_begin(penalty)]
    return Nodes(
        at=ends,
        penalty=costs_of,
        begin=begin,
        end=end,
        least_begin=list(map(sub, begin, begin_least)),
        least_end=least_end,
        most_begin=[w + m + o * quarter for w, m, o in zip(begin, begin_more, begin_opens, strict=True)],
        most_end=[w + m + o * quarter for w, m, o in zip(end, more_end, opens_end, strict=True)],
        soft_begin=at_begin(softs),
        soft_end=soft_end,
        hard_end=at_end(least),
        more_begin=begin_more,
        more_end=more_end,
        opens_begin=begin_opens,
        opens_end=opens_end,
        rows=list(
            zip(
                least_end,
                end,
                soft_end,
                [cost - material.prices.line for cost in costs_of],
                more_end,
                opens_end,
                strict=True,
            )
        ),
        hangs=hangs,
        runt=_runt(material.letters, ends),
        prices=material.prices,
    )


def _divide_wide(places: list[int], width: list[int], least: list[int], count: int, widest: int) -> list[int]:
    """Add every cluster of a piece wider than the measure as a place."""
    divided: list[int] = []
    begin = 0
    for end in [*places, count]:
        if width[end] - width[begin] - (least[end] - least[begin]) > widest:
            divided += range(begin + 1, end)
        divided.append(end)
        begin = end
    return divided[:-1]


def widest_piece(nodes: Nodes) -> int:
    """Return the natural width of the widest stretch without a break."""
    return max(end - begin for end, begin in zip(nodes.end[1:], nodes.begin, strict=False))


def _hanging(material: Material, ends: list[int]) -> list[int]:
    """Return how far the last mark of a line hangs at every node: one mark, never of a run of marks (G1)."""
    letters = material.letters
    hangs = [0] * len(ends)
    for j, at in enumerate(ends):
        if (
            1 < at < len(letters)
            and letters[at - 1] in _HANGS
            and letters[at - 2] not in MARKS
            and letters[at] not in MARKS
        ):
            hangs[j] = material.body[at - 1]
    return hangs


_WEIGHT = "OCASEFPszyw"
"""Classes that do not count as a character of the last line (P5)."""


def _runt(letters: str, ends: list[int]) -> int:
    """Return the first node after which fewer than two characters are left."""
    seen = 0
    for at in range(len(letters) - 1, -1, -1):
        seen += letters[at] not in _WEIGHT
        if seen == 2:
            return next((j for j in range(len(ends) - 1, -1, -1) if ends[j] <= at), 0) + 1
    return len(ends)
