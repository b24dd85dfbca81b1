"""What stands between two neighbouring clusters: blanks of marks, gaps, word spaces (rulebook, parts 3–5).

A mark is half an em of ink; its blank belongs to the *gap* between it and its neighbour, as in
LuaTeX-ja. The blanks at both ends of a line then vanish by themselves, whichever line is tried (W7,
W8, W10). `GapTable` holds the gap of every pair of classes for one house style and one size.
"""

from functools import lru_cache
from typing import NamedTuple

from printkit.compose import costs
from printkit.compose.breaks import breakable
from printkit.model.style import Composition

FIXED, WORD, SIDES, BRACKET, COMMA, LATIN, PERIOD = 0, 2, 3, 4, 5, 6, 7
"""The kind of a gap is the number of its step: S2 and E1, S3, S4, S5, S6 and E2, S7."""


class Gap(NamedTuple):
    """The space between two clusters, in mpt.

    `after` belongs to the box of the first cluster, `before` to that of the second. `soft` is what
    it should give when the line shrinks, `hard` the most it may give; `more` is what E1 or E2 may
    add and `opens` says whether E3 may. `penalty` is the cost of a break here, -1 where none is allowed.
    """

    after: int
    before: int
    kind: int
    soft: int
    hard: int
    more: int
    opens: int
    penalty: float


_GIVES = {"C": BRACKET, "A": COMMA, "S": PERIOD}
"""The marks with a blank after, and the step that takes it."""
_OPEN_AFTER = frozenset("HkCASFDLqadcb")
_OPEN_BEFORE = frozenset("HkODLadop")
_LATIN_ONLY = frozenset("adcobpq")
_HAN = frozenset("Hk")
_STROKES = frozenset("DLM")


@lru_cache(maxsize=64)
def gap_table(style: Composition, cell: int) -> "GapTable":
    """Return the table of a house style and a size; pairs worked out for one paragraph serve the next."""
    return GapTable(style, cell)


class GapTable(dict[str, Gap]):
    """Two class letters → the gap between them, worked out when a pair first comes up."""

    def __init__(self, style: Composition, cell: int) -> None:
        """Set the table up for a house style and the advance of a Han (mpt) at the size of the run."""
        super().__init__()
        self._style = style
        self._cell = cell

    def __missing__(self, pair: str) -> Gap:
        gap = self[pair] = self._gap(pair[0], pair[1])
        return gap

    def spaced(self, first: str, second: str, space: int, count: int) -> Gap:
        """Return the gap of two clusters with typed spaces between them.

        Args:
            first: class of the cluster before the spaces, empty at the paragraph's start.
            second: class of the cluster after them.
            space: the font's advance of one space.
            count: how many spaces were typed.
        """
        if not first:
            return Gap(0, 0, FIXED, 0, 0, 0, 0, -1)
        penalty = max(breakable(first, second, self._style.prohibition), 0.0 if self._may_part(first, second) else -1.0)
        if first in _HAN and second in _HAN:
            space = self._of(costs.HAN_SPACE)
        elif not (first in _LATIN_ONLY and second in _LATIN_ONLY):
            # H4: between Han and Latin the typed space is the gap; beside a mark the mark's blank serves.
            return self._gap(first, second)._replace(penalty=penalty)
        shrink = max(0, space - self._of(costs.WORD_LEAST)) * count
        return Gap(
            space * count, 0, WORD, shrink, shrink, max(0, self._of(costs.WORD_MOST) - space) * count, 0, penalty
        )

    def _may_part(self, first: str, second: str) -> bool:
        """Say whether a typed space parts two clusters that would hold together without it."""
        return first in "adcbqHkCASFDL" and second in "adopHkODL"

    def _of(self, thousandths: int) -> int:
        return self._cell * thousandths // 1000

    def _gap(self, first: str, second: str) -> Gap:
        after, before = self._after(first, second), self._before(first, second)
        kind = FIXED
        soft = hard = more = 0
        if (before and second == "P") or (after and first == "P"):
            kind, soft = SIDES, after + before
            hard = soft
        elif after and first in _GIVES:
            kind = _GIVES[first]
            hard = max(0, after - self._least(kind))
            soft = hard if kind == BRACKET else max(0, min(hard, after - self._of(costs.BLANK_KEPT)))
            hard, soft = hard + before, soft + before
        elif before:
            kind, soft = BRACKET, before
            hard = soft
        elif not after and self._mixed(first, second):
            # Where the house sets no gap, the pair opens with all others (E3): 8 月 beside 8月 looks like a slip.
            after = self._of(self._mixed(first, second) or 0)
            kind, soft = LATIN, max(0, after - self._of(costs.LATIN_LEAST))
            hard, more = soft, max(0, self._of(costs.LATIN_MOST) - after)
        opens = first in _OPEN_AFTER and second in _OPEN_BEFORE and kind not in (LATIN, SIDES)
        if (first in _LATIN_ONLY and second in _LATIN_ONLY) or (first == second and first in "DL"):
            # Letters of a word, and the ink of ———— that is to look like one stroke.
            opens = False
        return Gap(after, before, kind, soft, hard, more, int(opens), breakable(first, second, self._style.prohibition))

    def _least(self, kind: int) -> int:
        """Return the blank that a mark never gives: the house's own for commas (S5) and for stops (S7)."""
        least, stop = self._style.least_blank, self._style.stop_blank
        if kind == PERIOD and stop is not None:
            least = stop
        return 0 if kind == BRACKET else self._of(least)

    def _after(self, first: str, second: str) -> int:
        """Return what the first cluster keeps of the blank after it (3.3)."""
        style, half = self._style.punctuation, self._cell - self._cell // 2
        if first == "i":
            return self._cell
        if first == "P":
            return self._sides()
        if first not in _GIVES:
            return 0
        if second in _STROKES:
            # LuaTeX-ja keeps this blank in every style: half an em of ink would touch the stroke.
            return half
        if style == "banjiao" or (style == "kaiming" and first != "S"):
            return 0
        if style == "hangmobanjiao":
            return half
        return 0 if second in "CASEFPi" else half

    def _before(self, first: str, second: str) -> int:
        """Return what the second cluster keeps of the blank before it (3.3)."""
        style, half = self._style.punctuation, self._cell - self._cell // 2
        if second == "P":
            return self._sides()
        if second != "O" or (style in ("kaiming", "banjiao") and first not in _STROKES):
            return 0
        if style == "hangmobanjiao":
            return half
        return 0 if first in "OCASFPi" else half

    def _sides(self) -> int:
        """Return the blank on each side of an interpunct: none at half an em (W6)."""
        return max(0, self._of(self._style.interpunct - 500)) // 2

    def _mixed(self, first: str, second: str) -> int | None:
        """Return the gap between Han and Latin or a digit, in thousandths of an em (H1–H3); None for other pairs."""
        if first in _HAN:
            return {"a": self._style.gap_latin, "d": self._style.gap_digit}.get(second)
        if second in _HAN:
            return {"a": self._style.gap_latin, "c": self._style.gap_latin, "d": self._style.gap_digit}.get(first)
        return None
