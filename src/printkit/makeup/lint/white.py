"""White on a made-up page: the lines of a slot's columns in which nothing stands.

In: stories as they stand in their slot. Out: runs of lines in each column, with the place of the white that a short
story leaves. What a headline block, a section's heading or a caption has round it is part of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from printkit.makeup.frames import Frame
from printkit.model.geometry import Rect
from printkit.model.page import Box, MadeUpStory


@dataclass(frozen=True, slots=True)
class White:
    """Empty lines of one column (from 0), from `start` up to but not including `end`."""

    column: int
    start: int
    end: int
    at_foot: bool

    @property
    def lines(self) -> int:
        """How many lines are empty."""
        return self.end - self.start


def white_runs(stories: Sequence[MadeUpStory], frame: Frame) -> list[White]:
    """Return the runs of empty lines of a slot, column by column from the top; what stands over all is no white."""
    boxes = [box for story in stories for box in story.boxes]
    found = []
    for column in range(frame.columns):
        taken = _taken(boxes, frame, column)
        for first, last in _runs(taken):
            found.append(White(column, first, last, last == frame.lines))
    return found


def place_of(white: White, frame: Frame) -> Rect:
    """Return the place of some empty lines in page coordinates."""
    top, height = frame.top(white.start), white.lines * frame.leading
    return Rect(frame.rect.x + frame.xs[white.column], frame.rect.y + top, frame.measure, height)


def foot_white(made: MadeUpStory, frame: Frame) -> Rect | None:
    """Return the white at the foot of the last column that has any; None where every column is full to its foot."""
    feet = [white for white in white_runs([made], frame) if white.at_foot]
    return place_of(feet[-1], frame) if feet else None


def _taken(boxes: Sequence[Box], frame: Frame, column: int) -> list[bool]:
    """Say of every line of a column whether anything stands in it."""
    left, right = frame.xs[column], frame.xs[column] + frame.measure
    taken = [False] * frame.lines
    for box in boxes:
        rect = box.rect
        if rect.x < right and left < max(rect.right, rect.x + 1):
            # A picture stands from the Han's top to their foot: half the leading's white is no line.
            first = max(0, (rect.y + frame.white) // frame.leading)
            last = min(frame.lines, max(first + 1, -(-(rect.bottom - frame.white) // frame.leading)))
            taken[first:last] = [True] * (last - first)
    if (notch := frame.notch) and notch.column <= column < notch.column + notch.columns:
        taken[-notch.lines :] = [True] * notch.lines  # an advertisement's
    return taken


def _runs(taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where the free stretches of a column begin and end."""
    for is_taken, lines in groupby(range(len(taken)), key=lambda line: taken[line]):
        stretch = list(lines)
        if not is_taken:
            yield stretch[0], stretch[-1] + 1
