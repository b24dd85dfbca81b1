"""Marks between the lines: 着重号, 专名号, 书名号甲 and ruby, placed from the composer's own advances.

They never change the line's place (composition.md G2): a dot under each Han, a straight or wavy rule under a
name or a title, pinyin over its base.
"""

from collections.abc import Sequence
from typing import Any

from printkit.model.lines import ComposedLine
from printkit.model.text import Run
from printkit.units import PX

DOT_AT, DOT = 250, 60
"""Centre of an emphasis dot under the baseline and its radius, in thousandths of an em."""

RULE_AT, RULE = 190, 40
"""Place of a name's rule under the baseline and its thickness, in thousandths of an em."""

RULE_GAP = 60
"""What a rule is short of on each side, so that two names that touch are told apart (G2)."""

RUBY_AT = 960
"""Baseline of a ruby over that of its base, in thousandths of an em."""

_WAVE = 250
"""Length of half a wave of 书名号甲, in thousandths of an em."""


def is_marked(run: Run) -> bool:
    """Say whether a run has a mark between the lines."""
    return run.emphasis or run.proper_name or run.work_title or run.ruby is not None


class InterlinearMarks:
    """Gathers the marks of a box while its lines are written, and draws them after its text."""

    def __init__(self, stream: Any, size: int) -> None:
        """Keep the page's stream and the size of the text, mpt."""
        self._stream = stream
        self._size = size
        self._dots: list[tuple[float, float]] = []
        self._rules: list[tuple[float, float, float, bool]] = []
        self.rubies: list[tuple[int, str, float, float]] = []
        """Run, text, centre and baseline (mpt) of each ruby, which the pen writes."""

    def note(self, line: ComposedLine, origins: Sequence[int], y: int, runs: Sequence[Run]) -> None:
        """Note the marks of one line with its baseline at `y`."""
        start = 0
        count = len(line.clusters)
        while start < count:
            end = start + 1
            while end < count and line.runs[end] == line.runs[start]:
                end += 1
            run = runs[line.runs[start]]
            if run.emphasis:
                self._emphasise(line, origins, y, start, end)
            left, right = origins[start], origins[end - 1] + line.advances[end - 1]
            if run.proper_name or run.work_title:
                gap = self._size * RULE_GAP // 1000
                self._rules.append((left + gap, right - gap, y + self._size * RULE_AT / 1000, run.work_title))
            if run.ruby is not None:
                self.rubies.append((line.runs[start], run.ruby, (left + right) / 2, y - self._size * RUBY_AT / 1000))
            start = end

    def _emphasise(self, line: ComposedLine, origins: Sequence[int], y: int, start: int, end: int) -> None:
        """Note a dot for each Han; marks, blanks and Latin get none (G2)."""
        for index in range(start, end):
            cluster = line.clusters[index]
            if cluster[0].isalnum() and not cluster.isascii():
                centre = origins[index] + line.shifts[index] + self._size / 2
                self._dots.append((centre, y + self._size * DOT_AT / 1000))

    def draw(self, colour: Any) -> None:
        """Draw dots and rules in a colour; outside of text objects."""
        for x, y in self._dots:
            self._circle(x / PX, y / PX, self._size * DOT / (1000 * PX))
        if not self._rules:
            return
        self._stream.set_color(colour, stroke=True)
        self._stream.set_line_width(self._size * RULE / (1000 * PX))
        for left, right, y, wavy in self._rules:
            self._stream.move_to(left / PX, y / PX)
            if wavy:
                self._wave(left, right, y)
            else:
                self._stream.line_to(right / PX, y / PX)
            self._stream.stroke()

    def _circle(self, x: float, y: float, r: float) -> None:
        k = r * 0.5523  # a quarter circle as a cubic curve
        stream = self._stream
        stream.move_to(x + r, y)
        stream.curve_to(x + r, y + k, x + k, y + r, x, y + r)
        stream.curve_to(x - k, y + r, x - r, y + k, x - r, y)
        stream.curve_to(x - r, y - k, x - k, y - r, x, y - r)
        stream.curve_to(x + k, y - r, x + r, y - k, x + r, y)
        stream.fill()

    def _wave(self, left: float, right: float, y: float) -> None:
        """Continue the path in whole half waves, the nearest to `_WAVE` that fill the length."""
        halves = max(2, round((right - left) * 1000 / (self._size * _WAVE)))
        step = (right - left) / halves
        height = self._size * 0.07
        for half in range(halves):
            x = left + half * step
            peak = y + (height if half % 2 else -height)
            self._stream.curve_to(
                (x + step / 3) / PX, peak / PX, (x + 2 * step / 3) / PX, peak / PX, (x + step) / PX, y / PX
            )
