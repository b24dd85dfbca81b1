"""Compose vertical headings (竖题): Han upright, Latin turned, digits in pairs side by side (纵中横).

In and out as `heading`, with lengths that run down the page (clreq#h-handling_of_latin_text_in_vertical_writing_mode
and jlreq#processing_of_tatechuyoko). The marks' blanks are given up as in horizontal text; the font's
vertical forms put the ink where it belongs.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from printkit.compose.classes import classes
from printkit.compose.heading import compose_heading
from printkit.model.lines import FontMetrics, Turn, VerticalLine, WordBreaker
from printkit.model.style import TextStyle
from printkit.model.text import Run

_NUMBER = re.compile("[0-9]+")
_PAIRED = re.compile("[0-9]{2}(?:[0-9]{2}(?=年))?")
"""Numbers that stand in pairs side by side (纵中横): of two digits, and years; longer ones go digit by digit."""
_QUOTES = "“”‘’"


class _Downwards:
    """The metrics of upright clusters: an em for each Han, digit or pair of digits."""

    def __init__(self, metrics: FontMetrics, em: int) -> None:
        self._metrics, self._em = metrics, em

    def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
        """Return the clusters with their advances downwards."""
        found: list[tuple[str, int]] = []
        at = 0
        for match in _NUMBER.finditer(text):
            found += self._upright(text[at : match.start()], run)
            paired = _PAIRED.match(text, match.start())
            size = 2 if paired and paired.end() == match.end() else 1
            found += [(match[0][i : i + size], self._em) for i in range(0, len(match[0]), size)]
            at = match.end()
        return found + self._upright(text[at:], run)

    def _upright(self, text: str, run: Run) -> list[tuple[str, int]]:
        """Return clusters between numbers; a quote is an em high, however narrow the face draws it in a line."""
        clusters = self._metrics.clusters(text, run) if text else []
        return [(cluster, self._em if cluster in _QUOTES else width) for cluster, width in clusters]


def compose_vertical(
    text: str | Sequence[str],
    measure: int,
    style: TextStyle,
    metrics: FontMetrics,
    words: WordBreaker | None = None,
    *,
    max_lines: int = 2,
    least_lines: int = 1,
) -> tuple[VerticalLine, ...] | None:
    """Set a heading in vertical lines, the first at the right.

    Args:
        text: the heading, or its lines, which then stay as they are.
        measure: the height that a line may fill, mpt.
        style: as for `compose_heading`; ``start`` is the top.
        metrics: horizontal widths; Latin, which is turned, keeps them.
        words: finds the words.
        max_lines: the most lines.
        least_lines: the fewest lines; given lines stay as they are.

    Returns:
        The lines from right to left, or None where the heading does not fit.
    """
    upright = replace(style, composition=replace(style.composition, half_digits=False, gap_digit=0))
    down = _Downwards(metrics, style.size)
    lines = compose_heading(text, measure, upright, down, words, max_lines=max_lines, least_lines=least_lines)
    if lines is None:
        return None
    return tuple(VerticalLine(line, tuple(map(_turn, line.clusters))) for line in lines)


def _turn(cluster: str) -> Turn:
    """Say how a cluster stands in a vertical line."""
    if len(cluster) == 2 and cluster.isascii() and cluster.isdigit():
        return "pair"
    if cluster.isdigit():
        return "upright"
    return "turned" if classes(cluster[0]) in "acboN" else "upright"
