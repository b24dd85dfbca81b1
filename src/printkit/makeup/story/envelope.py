"""Envelopes: at which heights a story fills some columns exactly, and what that costs, without fitting a rectangle.

In: a story's copy, its type and a frame of some columns. Out: for every number of whole lines that can be filled, the
cheapest choice of the ladder. A story of `k` columns and `H` lines is full when `k·H` is the lines of its text, won and
lost ones counted, and the cells that headline and pictures take (makeup.md 2, equation E). What headings leave at
columns' feet only the flow knows; a story with sections may need a nudge when it is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from printkit.makeup.frames import Frame
from printkit.makeup.ladder import Choice
from printkit.makeup.setting import Setter
from printkit.makeup.story.closing import Paragraphs
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article
from printkit.model.geometry import StoryStyle

LEAST_LEG = 5
"""Lines that every column under headline and pictures holds at least: fewer look like a scrap."""

_DEEP = 10_000
"""Lines of the frame in which headline and pictures are measured: deeper than any story."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How a height is filled: cost in tenths, the ladder's choice, lines won or lost in paragraphs."""

    cost: int
    choice: Choice
    won: int


def envelope(article: Article, styles: StoryStyle, frame: Frame, setter: Setter) -> Mapping[int, Fill]:
    """Return the heights, in whole lines, at which a story fills the columns of a frame.

    Args:
        article: the copy.
        styles: the type of its level and frame.
        frame: the columns; its height does not matter.
        setter: the composer.
    """
    columns = frame.columns
    fitting = Fitting(article, styles, replace(frame, lines=_DEEP), setter)
    plain = fitting.plain()
    least = min((sum(r.end - r.start for r in plain.regions if r.column == c) for c in range(columns)), default=0)
    # What arithmetic leaves out (captions, notes, white under pictures) is the same for every choice.
    cells = _DEEP * columns - plain.room - fitting.taken(plain.choice)
    depth = _DEEP - least - fitting.deepest(plain.choice)
    ways: dict[tuple[int, int, Paragraphs], tuple[int, Choice]] = {}
    for choice in fitting.choices():
        text = fitting.text(choice)
        key = cells + text.length + fitting.taken(choice), depth + fitting.deepest(choice), text
        cost = fitting.ladder.cost(choice)
        if key not in ways or cost < ways[key][0]:
            ways[key] = cost, choice
    found: dict[int, Fill] = {}
    for (filled, reach, text), (cost, choice) in ways.items():
        for won, more in text.costs().items():
            height, rest = divmod(filled + won, columns)
            if rest or height - reach < LEAST_LEG:
                continue
            if height not in found or cost + more < found[height].cost:
                found[height] = Fill(cost + more, choice, won)
    return dict(sorted(found.items()))
