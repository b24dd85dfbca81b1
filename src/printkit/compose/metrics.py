"""Fixed widths for composing without a font: Han 1 em, Latin and digits half an em.

Follows UAX 29 as far as a test needs it: accents, joiners, variation selectors, skin tones and flags
stay with their base.
"""

import re
import unicodedata
from collections.abc import Sequence

from printkit.model.text import Run

_EXTENDED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]|[⸺]|——|……|⋯⋯"
)
_CLUSTER = re.compile(
    "——|……|⋯⋯|[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:\u200d.|[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef])*",
    re.DOTALL,
)


class _Widths(dict[str, int]):
    """Character → advance, filled as characters come up."""

    def __init__(self, em: int) -> None:
        super().__init__({"—": em, "…": em, "⋯": em, "·": em // 2, "‘": em, "’": em, "“": em, "”": em, "⸺": 2 * em})
        self._em = em

    def __missing__(self, char: str) -> int:
        wide = unicodedata.east_asian_width(char)
        half = wide not in "WFA" or (wide == "A" and unicodedata.category(char)[0] == "L")
        width = self[char] = self._em // 2 if half else self._em
        return width


class FixedMetrics:
    """A `FontMetrics` with no font in it; `em` is the paragraph's em in mpt."""

    def __init__(self, em: int) -> None:
        """Keep the size."""
        self.em = em
        self._widths = _Widths(em)

    def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
        """Return the clusters of a text; a superior run is set at 0.6 em, a small one at 0.85 em."""
        widths = self._widths
        if _EXTENDED.search(text) is None:
            found = [(char, widths[char]) for char in text]
        else:
            pieces = _CLUSTER.findall(text)
            found = [(piece, widths[piece[0]] * (2 if piece in ("——", "……", "⋯⋯") else 1)) for piece in pieces]
        if run.superior or run.small:
            scale = 600 if run.superior else 850
            return [(cluster, width * scale // 1000) for cluster, width in found]
        return found
