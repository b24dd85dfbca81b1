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


class _Downwards:
    """The metrics of upright clusters: an em for each Han, digit or pair of digits."""

    def __init__(self, metrics: FontMetrics, em: int) -> None:
        self._metrics, self._em = metrics, em

    def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
        """Return the clusters with their advances downwards; numbers of even length come as pairs."""
        found: list[tuple[str, int]] = []
        at = 0
        for match in _NUMBER.finditer(text):
            found += self._metrics.clusters(text[at : match.start()], run) if match.start() > at else []
            size = 1 if len(match[0]) % 2 else 2
            found += [(match[0][i : i + size], self._em) for i in range(0, len(match[0]), size)]
            at = match.end()
        if at < len(text):
            found += self._metrics.clusters(text[at:], run)
        return found


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
