"""The places where lines may end, with the prefix sums that price a line between any two of them.

In: a `Material`. Out: `Nodes`, parallel lists with one entry a place. A line from node `i` to node `j`
is ``end[j] - begin[i]`` wide; every other figure of it is such a difference too, so a candidate line
costs a handful of integer operations whatever its length.
"""

from dataclasses import dataclass
from itertools import accumulate

from printkit.compose import costs
from printkit.compose.material import Material


@dataclass(frozen=True, slots=True)
class Nodes:
    """Where lines may end. `at` is the cluster a line starts with; the first node is 0, the last the end.

    `least` and `most` are the narrowest and the widest the text may become; `soft` is what should be
    asked of shrinking; `more` is what E1 and E2 may add, `opens` the gaps that E3 may open. Names in
    ``_begin`` are taken at the line's first node, those in ``_end`` at its last.
    """

    at: list[int]
    penalty: list[float]
    begin: list[int]
    end: list[int]
    least_begin: list[int]
    least_end: list[int]
    most_begin: list[int]
    most_end: list[int]
    soft_begin: list[int]
    soft_end: list[int]
    hard_end: list[int]
    more_begin: list[int]
    more_end: list[int]
    opens_begin: list[int]
    opens_end: list[int]
    hangs: list[int]
    runt: int
    """From this node on a last line is a runt (P5)."""


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
    space = list(map(int.__add__, after, before))
    count = len(gaps)
    width = list(accumulate(map(int.__add__, material.body, space), initial=0))
    least = list(accumulate(hard, initial=0))
    softs = list(accumulate(soft, initial=0))
    mores = list(accumulate(more, initial=0))
    open_gaps = list(accumulate(opens, initial=0))
    penalty = material.penalty
    places = [at for at in range(1, count) if penalty[at] >= 0]
    if widest is not None:
        places = _divide_wide(places, width, least, count, widest, penalty)
    begins = [0, *places]
    ends = [0, *places, count]
    last = [0, *[place - 1 for place in places], count - 1]
    hangs = [0] * len(ends)
    if hanging:
        hangs = _hanging(material, ends)
    hyphens = material.hyphens
    extra = [hyphens.get(at, 0) for at in ends] if hyphens else [0] * len(ends)
    end = [width[at] - space[at - 1] + extra[j] - hangs[j] if at else 0 for j, at in enumerate(ends)]
    least_end = [end[j] - extra[j] - least[at] for j, at in enumerate(last)]
    most = [w + m + o * quarter for w, m, o in zip(width, mores, open_gaps, strict=True)]
    most_end = [end[j] + mores[at] + open_gaps[at] * quarter if ends[j] else 0 for j, at in enumerate(last)]
    begins.append(count)
    return Nodes(
        at=ends,
        penalty=[costs.FORCED if penalty[at] < 0 else penalty[at] for at in ends],
        begin=[width[at] for at in begins],
        end=end,
        least_begin=[width[at] - least[at] for at in begins],
        least_end=least_end,
        most_begin=[most[at] for at in begins],
        most_end=most_end,
        soft_begin=[softs[at] for at in begins],
        soft_end=[softs[at] for at in last],
        hard_end=[least[at] for at in last],
        more_begin=[mores[at] for at in begins],
        more_end=[mores[at] for at in last],
        opens_begin=[open_gaps[at] for at in begins],
        opens_end=[open_gaps[at] for at in last],
        hangs=hangs,
        runt=_runt(material.letters, ends),
    )


def _divide_wide(
    places: list[int], width: list[int], least: list[int], count: int, widest: int, penalty: list[float]
) -> list[int]:
    """Add every cluster of a piece wider than the measure as a place."""
    divided: list[int] = []
    begin = 0
    for end in [*places, count]:
        if width[end] - width[begin] - (least[end] - least[begin]) > widest:
            divided += range(begin + 1, end)
        divided.append(end)
        begin = end
    return divided[:-1]


def widest_piece(material: Material) -> int:
    """Return the width of the widest stretch without a break, blanks at its end left out."""
    widest = begin = position = 0
    for body, gap, penalty in zip(material.body, material.gaps, [*material.penalty[1:-1], 0.0], strict=True):
        position += body
        if penalty >= 0:
            widest = max(widest, position - begin)
            begin = position + gap.after + gap.before
        position += gap.after + gap.before
    return widest


def _hanging(material: Material, ends: list[int]) -> list[int]:
    """Return how far the last mark of a line hangs at every node: one mark, never of a run of marks (G1)."""
    letters = material.letters
    hangs = [0] * len(ends)
    for j, at in enumerate(ends):
        if (
            1 < at < len(letters)
            and letters[at - 1] in _HANGS
            and letters[at - 2] not in "OCASEF"
            and letters[at] not in "OCASEF"
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
