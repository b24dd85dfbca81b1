"""Composed lines: what `compose` hands to make-up and drawing. Nothing breaks or spaces them again."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal, Protocol

from printkit.model.text import Run

AdjustmentKind = Literal["natural", "shrink", "stretch", "short", "last"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """How a line reached its measure (rulebook, part 4).

    `kind` is ``natural`` (it fitted), ``shrink``, ``stretch``, ``short`` (no step reached the
    measure: set short, told as `compose.loose-line`) or ``last`` (a paragraph's last line). `steps`
    names each step used with its amount per place in thousandths of an em (``("S5", 120)``); `gap`
    is the E3 gap alone. `escape` is true where the line used the way out of K4.
    """

    kind: AdjustmentKind = "natural"
    steps: tuple[tuple[str, int], ...] = ()
    gap: int = 0
    escape: bool = False
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class ComposedLine:
    """One line of set text; `clusters`, `advances`, `shifts` and `runs` are parallel.

    A cluster is what the shaper may not divide (one Han; a letter with its accents; ``——``).
    `advances` go from one cluster's origin to the next, gaps included, in mpt; a glyph is drawn at
    its origin plus its shift (a trimmed opening mark has −500/1000 em). `runs` indexes the
    paragraph's runs. `x` is the first origin from the start of the measure. `hyphen` says that a
    hyphen that is not in the copy ends the line; it is the last cluster and stands in no run's text.
    `start` and `end` bound the line in the paragraph's text; blanks dropped at the break stay inside.
    `hangs` is how far the last mark stands outside the measure.
    """

    clusters: tuple[str, ...]
    advances: tuple[int, ...]
    shifts: tuple[int, ...]
    runs: tuple[int, ...]
    start: int
    end: int
    measure: int
    x: int = 0
    hangs: int = 0
    hyphen: bool = False
    adjustment: Adjustment = Adjustment()

    @property
    def width(self) -> int:
        """Sum of the advances, without `x`."""
        return sum(self.advances)

    @property
    def text(self) -> str:
        """The clusters joined: what the line shows."""
        return "".join(self.clusters)


_PUT = tuple(getattr(ComposedLine, told.name).__set__ for told in fields(ComposedLine))
_LENGTHS: dict[int, int] = {}


def _shared(lengths: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(_LENGTHS.setdefault, lengths, lengths))


def _taken(line: ComposedLine, state: Sequence[Any]) -> None:
    """Take what was pickled, with each cluster and each length once in the process: half of what a page takes in memory."""
    clusters, advances, shifts, runs, *others = state
    shared = tuple(map(sys.intern, clusters)), _shared(advances), _alike(_shared(shifts)), _alike(runs)
    for put, value in zip(_PUT, (*shared, *others), strict=True):
        put(line, value)


# Not in the class: up to Python 3.11.2 a dataclass with slots puts its own over one that is declared there.
ComposedLine.__setstate__ = _taken  # type: ignore[attr-defined]


@lru_cache(maxsize=4096)
def _alike(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return some numbers as the first line had them that has the same: most lines have the same in all places."""
    return numbers


Turn = Literal["upright", "turned", "pair"]


@dataclass(frozen=True, slots=True)
class VerticalLine:
    """One line of a vertical heading (竖题), read downwards.

    Every length of `line` runs down the page: `x` is the distance from the column's top, an advance goes
    from one cluster's top to the next. `turns` says how each cluster stands: ``upright`` (in its vertical
    form), ``turned`` a quarter clockwise (Latin), or ``pair``: two digits side by side in one em (纵中横).
    """

    line: ComposedLine
    turns: tuple[Turn, ...]


class FontMetrics(Protocol):
    """Widths of text, as the font that will set it has them."""

    def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
        """Return the clusters of a stretch of one run, each with its natural advance.

        The clusters joined are the text. Advances are mpt at the run's own size (a superior run's are
        smaller), kerning included. A character that no face of the chain has is measured as ``〓``
        and never fails.
        """
        ...


class WordBreaker(Protocol):
    """Finds words, for headlines."""

    def words(self, text: str) -> Sequence[str]:
        """Return the words of a text in order; joined they are the text."""
        ...

    def knows(self, word: str) -> bool:
        """Say whether a dictionary or a list of names has a word; `words` also guesses at some that none has."""
        ...


class Hyphenator(Protocol):
    """Finds the places where a Latin word may be divided."""

    def positions(self, word: str) -> Sequence[int]:
        """Return the offsets inside a word where a hyphen may stand."""
        ...
