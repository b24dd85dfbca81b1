"""Set one line: give its blank out by the steps of the rulebook (part 4) and write its advances.

In: a `Material`, the clusters of a line and its measure. Out: a `ComposedLine` whose advances, with `x`
and less what hangs, make the measure exactly.
"""

from collections.abc import Iterable
from functools import lru_cache

from printkit.compose import costs
from printkit.compose.classes import BLANKS
from printkit.compose.material import Material
from printkit.compose.widths import COMMA, FIXED, LATIN, PERIOD, WORD
from printkit.model.lines import Adjustment, AdjustmentKind, ComposedLine
from printkit.model.style import Align

_SHRINK_STEPS = ((2, False), (3, False), (4, False), (5, False), (6, False), (7, False), (COMMA, True), (PERIOD, True))
"""S2 to S7 in order; S5 and S7 come again for what they were first asked to keep (S1 is in the widths)."""


class Blank:
    """Where a line's blank goes: what each gap gains or loses, step by step."""

    def __init__(self, material: Material, start: int, stop: int) -> None:
        """Look at the gaps between the clusters `start` and `stop` (exclusive)."""
        self.gaps = material.gaps
        self.kinds = material.kinds
        self.opens = material.opens
        self.places = range(start, stop - 1)
        self.change: dict[int, int] = {}
        self.steps: dict[str, int] = {}
        self.em = material.em

    def shrink(self, need: int) -> int:
        """Take blank away; return what could not be taken."""
        for kind, last in _SHRINK_STEPS:
            if need <= 0:
                break
            places = self._of_kind(kind)
            if places:
                rooms = [
                    (at, (self.gaps[at].hard if last else self.gaps[at].soft) + self.change.get(at, 0)) for at in places
                ]
                need -= self._share(f"S{kind}", rooms, need, -1)
        return need

    def stretch(self, free: int) -> int:
        """Add blank; return what could not be added."""
        for step, kind in (("E1", WORD), ("E2", LATIN)):
            places = self._of_kind(kind) if free > 0 else []
            if places:
                free -= self._share(step, [(at, self.gaps[at].more) for at in places], free, 1)
        if free > 0:
            limit = self.em * costs.GAP_LIMIT // 1000
            opens = self.opens
            places = [at for at in self.places if opens[at]]
            if len(places) * limit >= free:
                self._open(places, free)
                free = 0
        return free

    def _of_kind(self, kind: int) -> list[int]:
        """Return the gaps of the line that a step takes."""
        kinds, places = self.kinds, self.places
        if kinds.find(kind, places.start, max(places.start, places.stop)) < 0:
            return []
        return [at for at in places if kinds[at] == kind]

    def _open(self, places: list[int], free: int) -> None:
        """Open the gaps of E3 equally; the first ones take the thousandths that are left over."""
        each, over = divmod(free, len(places))
        self.change.update(zip(places, [each + 1] * over + [each] * (len(places) - over), strict=True))
        self.steps["E3"] = (each + (over > 0)) * 1000 // self.em

    def _share(self, step: str, rooms: Iterable[tuple[int, int]], amount: int, sign: int) -> int:
        """Give `amount` out in equal parts, no place more than its room; return what was given."""
        left = sorted(((room, at) for at, room in rooms if room > 0))
        given = 0
        widest = 0
        while left and given < amount:
            room, at = left[0]
            part = min(room, -(-(amount - given) // len(left)))
            self.change[at] = self.change.get(at, 0) + sign * part
            widest = max(widest, part)
            given += part
            del left[0]
        if given:
            self.steps[step] = self.steps.get(step, 0) + widest * 1000 // self.em
        return given


def set_line(
    material: Material,
    start: int,
    stop: int,
    measure: int,
    *,
    x: int = 0,
    align: Align = "justify",
    hangs: int = 0,
    keep: int = 0,
    cost: float = 0.0,
    escape: bool = False,
) -> ComposedLine:
    """Set the clusters `start` to `stop` as one line.

    Args:
        material: the paragraph.
        start: first cluster.
        stop: the cluster that the next line starts with.
        measure: from the start of the column to the line's end.
        x: indent.
        align: how the line stands in what is left of the measure.
        hangs: what its last mark stands outside the measure.
        keep: the blank that an opening mark at its start keeps (W7).
        cost: what optimum fit paid for it.
        escape: whether its end is a way out of K4.
    """
    letters = material.letters
    finish = stop
    while finish > start and letters[finish - 1] in BLANKS:
        finish -= 1
    last = stop == len(letters)
    advances, shifts = _natural(material, start, finish, keep)
    hyphen = 0 if last or finish == start else material.hyphens.get(stop, 0)
    clusters = material.clusters[start:finish]
    runs = material.runs[start:finish]
    free = measure - x - sum(advances) - hyphen + hangs
    kind: AdjustmentKind = "last" if last else "natural"
    steps: dict[str, int] = {}
    if free < 0 or (free and align == "justify" and not last):
        blank = Blank(material, start, finish)
        left = blank.shrink(-free) if free < 0 else blank.stretch(free)
        if free < 0:
            kind, free = ("short", -left) if left else ("shrink", 0)
        elif left:
            # A line that stays short is set with its natural gaps: opening them would only add unrest.
            blank, kind = Blank(material, start, finish), "short"
        else:
            kind, free = "stretch", 0
        _apply(material, blank, start, advances, shifts)
        steps = blank.steps
    if hyphen:
        clusters.append("-")
        advances.append(hyphen)
        shifts.append(0)
        runs.append(runs[-1])
    if align in ("center", "end") and free > 0:
        x += free // 2 if align == "center" else free
    return ComposedLine(
        clusters=tuple(clusters),
        advances=tuple(advances),
        shifts=tuple(shifts) if any(shifts) else _same(0, len(shifts)),
        runs=_same(runs[0], len(runs)) if runs and runs.count(runs[0]) == len(runs) else tuple(runs),
        start=material.offsets[start] if start else 0,
        end=len(material.text) if last else material.offsets[stop],
        measure=measure,
        x=x,
        hangs=hangs,
        hyphen=bool(hyphen),
        adjustment=Adjustment(kind, tuple(steps.items()), steps.get("E3", 0), escape, round(cost, 3)),
    )


@lru_cache(maxsize=1024)
def _same(value: int, count: int) -> tuple[int, ...]:
    """Return a number so many times, one tuple for the many lines that have it."""
    return (value,) * count


def _natural(material: Material, start: int, finish: int, keep: int) -> tuple[list[int], list[int]]:
    """Return the advances and shifts of a line before adjustment, blanks at both ends gone."""
    advances = material.natural[start:finish]
    shifts = material.placed[start:finish]
    if not advances:
        return advances, shifts
    if start:
        before = material.gaps[start - 1].before
        advances[0] -= before
        shifts[0] -= before
    elif keep:
        advances[0] += keep
        shifts[0] += keep
    advances[-1] -= material.gaps[finish - 1].after
    return advances, shifts


def _apply(material: Material, blank: Blank, start: int, advances: list[int], shifts: list[int]) -> None:
    """Write the changes of the gaps into the line: blank of an opening mark is lost with its origin."""
    gaps = material.gaps
    for at, change in blank.change.items():
        before = gaps[at].before
        if change < 0 and before and gaps[at].kind != FIXED:
            taken = max(change, -before)
            advances[at + 1 - start] += taken
            shifts[at + 1 - start] += taken
            change -= taken
        advances[at - start] += change
