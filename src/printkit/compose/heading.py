"""Compose headlines, decks and kickers: few lines, broken where words end, balanced (rulebook, A4, A5 and D5).

In: the heading as written, or the lines that the editor broke. Out: its lines, or None where it does not
fit at this size, so that make-up tries the next. No copy is dropped: a heading that ends with a mark is
lint's to tell (GB B.4).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from printkit.compose.justify import set_line
from printkit.compose.material import Material, gather
from printkit.compose.nodes import find_nodes
from printkit.compose.widths import WORD
from printkit.model.lines import Adjustment, AdjustmentKind, ComposedLine, FontMetrics, WordBreaker
from printkit.model.style import TextStyle
from printkit.model.text import plain

SPACE, SPACE_LEAST = 1000, 250
"""A space between Han inside a line: one em, and the least it may become (thousandths of an em)."""

SPREAD, SQUEEZE = 500, 40
"""How far letter-spacing may open to fill the measure (撑满), and how far close so that a line fits: more
than a twenty-fifth of an em makes strokes of black type touch."""

AT_COLON, AT_SPACE, AT_MARK, AT_WORD, AT_PARTICLE = -8.0, 0.0, 1.0, 6.0, 60.0
"""Costs of a break, in squared em of imbalance: ： parts who speaks from what is said, a space is where the editor
pauses, a mark nearly so; a word's end serves; 的, 了 and their like never start a line if it can be helped."""

AFTER_MARK = 40.0
"""A line that ends one or two characters after a mark."""

SPACE_KEPT = 12.0
"""A space that stays inside a line while another line ends at a mere word's end."""

SQUEEZED = 12.0
"""A line that needs closer letters: like being three and a half em out of balance."""

_PARTICLES = frozenset("的地得了着过们吗呢吧啊等之")


Known = dict[tuple[str, TextStyle, bool], Material]
"""Headings gathered in a style, with and without their words."""


def ends_after_mark(text: str) -> bool:
    """Say whether a line ends one or two characters after a mark inside it (``…中心：把``)."""
    return bool(re.search("[：，、；。！？][^：，、；。！？\\s]{1,2}$", text.rstrip()))


def compose_heading(
    text: str | Sequence[str],
    measure: int,
    style: TextStyle,
    metrics: FontMetrics,
    words: WordBreaker | None = None,
    *,
    max_lines: int = 3,
    least_lines: int = 1,
    known: Known | None = None,
) -> tuple[ComposedLine, ...] | None:
    """Set a heading in as few balanced lines as it needs.

    Args:
        text: the heading, or its lines, which then stay as they are.
        measure: mpt.
        style: ``align`` centres the lines, ranges them, or spreads the letters to the measure (``justify``)
            where `SPREAD` suffices; a line that stays short is centred.
        metrics: widths of the clusters at `style.size`.
        words: finds the words; without it a line may end between any two Han.
        max_lines: the most lines.
        least_lines: the fewest lines; given lines stay as they are.
        known: headings that were gathered with the same metrics and words; this one is kept there.

    Returns:
        The lines, with `start` and `end` in the text (or in the given lines joined), or None where the
        heading does not fit. An empty heading has no lines.
    """
    if not isinstance(text, str):
        return _set_given(text, measure, style, metrics, max_lines)
    key = text, style, words is not None
    material = known.get(key) if known is not None else None
    if material is None:
        material = _material(text, style, metrics, words)
        if known is not None:
            known[key] = material
    if not material.clusters:
        return ()
    places = _Places(material, measure)
    for count in range(least_lines, max_lines + 1):
        breaks = places.balanced(count)
        if breaks:
            return tuple(_set(material, start, stop, measure, style) for start, stop in pairwise(breaks))
    return None


def _set_given(
    lines: Sequence[str], measure: int, style: TextStyle, metrics: FontMetrics, max_lines: int
) -> tuple[ComposedLine, ...] | None:
    """Set lines as the editor broke them."""
    found: list[ComposedLine] = []
    offset = 0
    for text in lines:
        material = _material(text, style, metrics, None)
        if material.clusters:
            if not _Places(material, measure).balanced(1):
                return None
            line = _set(material, 0, len(material.clusters), measure, style)
            found.append(replace(line, start=line.start + offset, end=line.end + offset))
        offset += len(text)
    return tuple(found) if len(found) <= max_lines else None


def _material(text: str, style: TextStyle, metrics: FontMetrics, words: WordBreaker | None) -> Material:
    """Gather a heading; a space between Han is an em wide here, not a word space."""
    material = gather(plain(text), replace(style, indent=0, hanging_indent=0), metrics, words)
    em, letters = style.size, material.letters
    for at in range(1, len(letters) - 1):
        if letters[at] == "s" and letters[at + 1] in "HkdaODL" and material.gaps[at].kind == WORD:
            before = letters[:at].rstrip("s")[-1:]
            if before in "Hkd" and (letters[at + 1] in "Hk" or before in "Hk"):
                give = em * (SPACE - SPACE_LEAST) // 1000
                material.gaps[at] = material.gaps[at]._replace(after=em * SPACE // 1000, soft=give, hard=give, more=0)
                material.natural[at] = em * SPACE // 1000
    return material


class _Places:
    """The places where a heading may break, and what lines between them cost."""

    def __init__(self, material: Material, measure: int) -> None:
        self._nodes = find_nodes(material, False)
        self._measure = measure
        self._em = material.em
        kept = list(accumulate((letter == "s" for letter in material.letters), initial=0))
        self._spaces_before = [kept[at] for at in self._nodes.at]
        self._spaces_after = [kept[at - 1] if at else 0 for at in self._nodes.at]
        self._cost = [
            self._break_cost(material, at, penalty)
            for at, penalty in zip(self._nodes.at, self._nodes.penalty, strict=True)
        ]

    @staticmethod
    def _break_cost(material: Material, at: int, penalty: float) -> float:
        letters = material.letters
        if not 0 < at < len(letters):
            return 0.0
        if letters[at - 1] in "siz":
            return penalty + AT_SPACE
        if material.clusters[at - 1] == "：":
            return penalty + AT_COLON
        if ends_after_mark("".join(material.clusters[max(0, at - 3) : at])):
            penalty += AFTER_MARK
        cost = AT_MARK if letters[at - 1] in "CASFDL" or letters[at] in "ODL" else AT_WORD
        return penalty + cost + (AT_PARTICLE if material.clusters[at] in _PARTICLES else 0.0)

    def balanced(self, count: int) -> list[int] | None:
        """Return the clusters at which the best `count` lines start, and the end; None where none fit."""
        nodes = self._nodes
        final = len(nodes.end) - 1
        squeeze = self._em * SQUEEZE // 1000
        narrowest = nodes.least_end[final] - squeeze * nodes.opens_end[final] - count * self._em
        if narrowest > count * self._measure:
            # Far too long: do not look at every line of what is no heading.
            return None
        mean = nodes.end[final] / count
        best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
        for line in range(count):
            reached: dict[int, tuple[float, int]] = {}
            for i, (cost, _) in best[-1].items():
                for j in range(i + 1, final + 1) if line < count - 1 else (final,):
                    if (
                        i == final
                        or nodes.least_end[j]
                        - nodes.least_begin[i]
                        - squeeze * (nodes.opens_end[j] - nodes.opens_begin[i])
                        > self._measure
                    ):
                        break
                    uneven = (nodes.end[j] - nodes.begin[i] - mean) / self._em
                    total = cost + uneven * uneven + self._cost[j]
                    if count > 1:
                        total += SPACE_KEPT * max(0, self._spaces_after[j] - self._spaces_before[i])
                    if nodes.least_end[j] - nodes.least_begin[i] > self._measure:
                        total += SQUEEZED
                    if total < reached.get(j, (float("inf"), 0))[0]:
                        reached[j] = (total, i)
            best.append(reached)
        if final not in best[-1]:
            return None
        breaks = [final]
        for reached in reversed(best[1:]):
            breaks.append(reached[breaks[-1]][1])
        return [nodes.at[j] for j in reversed(breaks)]


def _set(material: Material, start: int, stop: int, measure: int, style: TextStyle) -> ComposedLine:
    """Set one line: as it is, closed up to fit, or spread to the measure."""
    line = replace(set_line(material, start, stop, measure, align="start"), x=0)
    free = measure - line.width
    align = style.align
    if free < 0 or (align == "justify" and free > 0):
        spaced = _letter_space(material, start, line, free)
        if spaced is not None:
            return spaced
        align = "center" if align == "justify" else align
    kind: AdjustmentKind = "shrink" if line.adjustment.kind == "shrink" else "natural"
    x = {"center": free // 2, "end": free}.get(align, 0)
    return replace(line, x=x, adjustment=replace(line.adjustment, kind=kind))


def _letter_space(material: Material, start: int, line: ComposedLine, free: int) -> ComposedLine | None:
    """Change the gaps of a line equally so that it fills its measure, if the limits allow."""
    gaps = material.gaps
    count = len(line.clusters)
    places = [at for at in range(count - 1) if gaps[start + at].opens or gaps[start + at].kind == WORD]
    limit = material.em * (SPREAD if free > 0 else SQUEEZE) // 1000
    if not places or abs(free) > limit * len(places):
        return None
    each, over = divmod(free, len(places))
    advances = list(line.advances)
    for number, at in enumerate(places):
        advances[at] += each + (number < over)
    step = abs(free) * 1000 // (len(places) * material.em)
    steps = (*line.adjustment.steps, ("letter-spacing", step if free > 0 else -step))
    return replace(line, advances=tuple(advances), adjustment=Adjustment("stretch" if free > 0 else "shrink", steps))
