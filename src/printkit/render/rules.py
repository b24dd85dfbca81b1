"""The rules between the stories of an automatic page, in units of its grid.

In: the places (`at`) of its stories. Out: rules across in the middle of the white between two stories that stand under one
another, and down in the middle of a gutter. A rule is as long as the white that it parts, also over several stories, and ends
where it meets another; no rule stands beside white that a story would fill, nor beside an advertisement or a story that has a
frame of its own. Under the lead stands a double one (文武线).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from printkit.model.edition import Place

MOST_GAP = 2
"""Rows that two places may leave between them and still be neighbours: more is white, which is told."""

_GUTTER_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Across:
    """A rule across, `line` lines under the top of the grid.

    Its ends are told as how many columns with their gutters lie before them, and the share of a gutter that is taken off: 0
    at the left edge of a column, 1 at the right edge of one, a half in the middle of a gutter.
    """

    line: float
    left: tuple[int, float]
    right: tuple[int, float]
    under_lead: bool = False


@dataclass(frozen=True, slots=True)
class Down:
    """A rule in the middle of the gutter after some columns, from line to line."""

    columns: int
    top: float
    foot: float


def rules_between(
    places: Sequence[Place],
    framed: Collection[Place] = (),
    lead: Place | None = None,
    joined: Collection[tuple[Place, ...]] = (),
) -> tuple[tuple[Across, ...], tuple[Down, ...]]:
    """Return the rules across and down between some places.

    Args:
        places: those of the page's stories and advertisements.
        framed: those among them that need no rule.
        lead: that of the most important story, if it is among them.
        joined: the two places of each story that runs round an advertisement: no rule parts them.
    """
    white = _white(places, framed, lead, joined)
    down = tuple(rule for gutter in _columns(places) for rule in _down(places, framed, gutter, white))
    return tuple(_across(white, down)), down


def html(
    places: Sequence[Place],
    framed: Collection[Place],
    lead: Place | None = None,
    joined: Collection[tuple[Place, ...]] = (),
) -> str:
    """Write the rules between some places, for CSS to draw."""
    across, down = rules_between(places, framed, lead, joined)
    return "".join(
        f'<div class="tile-rule rule-across{" rule-under-lead" if rule.under_lead else ""}" style="left:{_x(*rule.left)};'
        f'width:calc({_x(*rule.right)} - {_x(*rule.left)});top:{_y(rule.line)}"></div>'
        for rule in across
    ) + "".join(
        f'<div class="tile-rule rule-down" style="left:{_x(rule.columns, _GUTTER_MIDDLE)};'
        f'top:{_y(rule.top)};height:{_y(rule.foot - rule.top)}"></div>'
        for rule in down
    )


def _x(columns: int, gutter: float) -> str:
    return f"calc({columns} * (100% + var(--gutter)) / var(--columns) - {gutter:g} * var(--gutter))"


def _y(lines: float) -> str:
    return f"calc({lines:g} * var(--body-leading))"


def _columns(places: Sequence[Place]) -> range:
    return range(1, max((at.column + at.columns for at in places), default=1))


def _text(at: Place) -> tuple[int, int]:
    """Return the lines from the top of the grid between which a place has text: its last row is white."""
    return at.row - 1, at.row + at.rows - 2


def _covers(at: Place, column: int) -> bool:
    return at.column <= column < at.column + at.columns


_White = Mapping[tuple[int, float], bool]
"""Columns with white between two stories, each with its middle, and whether it is the lead that stands over it."""


def _white(
    places: Sequence[Place], framed: Collection[Place], lead: Place | None, joined: Collection[tuple[Place, ...]]
) -> _White:
    """Return the white between stories; beside one story it is at one height."""
    found: list[list[tuple[int, Place, Place]]] = []
    for column in _columns(places):
        for above, below in _neighbours(places, framed, column):
            if (above, below) in joined:
                continue
            group = next(
                (g for g in found if g[-1][0] == column - 1 and (g[-1][1] is above or g[-1][2] is below)), None
            )
            if group is None:
                found.append(group := [])
            group.append((column, above, below))
    white: dict[tuple[int, float], bool] = {}
    for group in found:
        foot, top = max(_text(above)[1] for _, above, _ in group), min(_text(below)[0] for _, _, below in group)
        for column, above, below in group:
            own = (_text(above)[1] + _text(below)[0]) / 2
            white[column, (foot + top) / 2 if foot < top else own] = above == lead
    return white


def _neighbours(places: Sequence[Place], framed: Collection[Place], column: int) -> Iterator[tuple[Place, Place]]:
    """Yield each two places of a column that stand under one another without a frame."""
    stack = sorted((at for at in places if _covers(at, column)), key=lambda at: at.row)
    near = ((a, b) for a, b in pairwise(stack) if 0 <= b.row - a.row - a.rows <= MOST_GAP)
    return ((a, b) for a, b in near if a not in framed and b not in framed)


def _down(places: Sequence[Place], framed: Collection[Place], gutter: int, white: _White) -> Iterator[Down]:
    """Yield the rules of a gutter: where stories stand at both of its sides, through the white between two of them."""
    shared = sorted(
        (max(_text(a)[0], _text(b)[0]), min(_text(a)[1], _text(b)[1]))
        for a in places
        if a.column + a.columns - 1 == gutter and a not in framed
        for b in places
        if b.column == gutter + 1 and b not in framed
    )
    over = [_text(at) for at in places if _covers(at, gutter) and _covers(at, gutter + 1)]
    runs: list[tuple[int, int]] = []
    for top, foot in shared:
        if foot <= top:
            continue
        before = runs[-1] if runs else None
        if before and top - before[1] <= MOST_GAP + 1 and not any(before[1] < f and t < top for t, f in over):
            runs[-1] = before[0], max(before[1], foot)
        else:
            runs.append((top, foot))
    most = (MOST_GAP + 1) / 2
    lines = {line for column, line in white if column in (gutter, gutter + 1)}
    for top, foot in runs:
        yield Down(
            gutter,
            max((line for line in lines if 0 < top - line <= most), default=top),
            min((line for line in lines if 0 < line - foot <= most), default=foot),
        )


def _across(white: _White, down: Sequence[Down]) -> Iterator[Across]:
    """Yield the rules across: columns side by side with white at one height have one, up to the rules down at its ends."""
    for line in sorted({line for _, line in white}):
        columns = sorted(column for column, at in white if at == line)
        starts = [c for c in columns if c - 1 not in columns]
        ends = [c for c in columns if c + 1 not in columns]
        for first, last in zip(starts, ends, strict=True):
            met = {rule.columns for rule in down if rule.top <= line <= rule.foot}
            left = (first - 1, _GUTTER_MIDDLE) if first - 1 in met else (first - 1, 0)
            right = (last, _GUTTER_MIDDLE) if last in met else (last, 1)
            yield Across(line, left, right, any(white[column, line] for column in range(first, last + 1)))
