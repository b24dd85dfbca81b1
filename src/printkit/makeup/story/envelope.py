"""Envelopes: at which heights a story fills some columns exactly, and what that costs, without fitting a rectangle.

In: a story's copy, its type and a frame of some columns. Out: for every number of whole lines that can be filled, the
cheapest choice of the ladder. A story of `k` columns and `H` lines is full when `k·H` is the lines of its text, won and
lost ones counted, and the cells that headline and pictures take (makeup.md 2, equation E). What headings, tables and pull
quotes leave at columns' feet only the flow knows: a story with such is set at every height that arithmetic promises.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from printkit.makeup.flow import TextBlock
from printkit.makeup.frames import Frame
from printkit.makeup.ladder import Choice
from printkit.makeup.setting import Setter
from printkit.makeup.story.closing import Paragraphs
from printkit.makeup.story.fitting import Fitting
from printkit.makeup.story.float_places import ANY_LINES
from printkit.model.article import Article
from printkit.model.geometry import StoryStyle

_NEAR = 12
"""Lines amiss, by arithmetic, up to which a story that arithmetic does not know wholly is set to see how many they are."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How a height is filled: cost in tenths, the ladder's choice, lines won or lost in paragraphs.

    `amiss` are the lines of text that find no room there, below 0 those that stay white.
    """

    cost: int
    choice: Choice
    won: int
    amiss: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """A choice as arithmetic sees it: the cells that it fills, its text and its cost."""

    filled: int
    text: Paragraphs
    cost: int
    choice: Choice
    least: int
    """The least height that it can have."""


def envelope(article: Article, styles: StoryStyle, frame: Frame, setter: Setter) -> Mapping[int, Fill]:
    """Return the heights, in whole lines, at which a story fills the columns of a frame.

    Args:
        article: the copy.
        styles: the type of its level and frame.
        frame: the columns; its height does not matter.
        setter: the composer.
    """
    return Envelope(article, styles, frame, setter).exact


class Envelope:
    """The heights of a story in some columns: those that it fills, and how far off it is at the others."""

    def __init__(self, article: Article, styles: StoryStyle, frame: Frame, setter: Setter) -> None:
        """Take what `envelope` takes."""
        self._given = article, styles, frame, setter
        self.fitting = Fitting(article, styles, replace(frame, lines=ANY_LINES), setter, at_top=True)
        self._columns = frame.columns
        self._nearest: dict[int, Mapping[int, Fill]] = {}
        self._sets: dict[int, Fill] = {}
        ways = tuple(self._found_ways(styles.least_leg))
        # A headline that fits nowhere is told where the story stands: it has to stand somewhere, and closes nowhere.
        self.has_heads = bool(ways)
        """Whether some heading fits over the columns."""
        self._ways = ways or tuple(self._found_ways(styles.least_leg, wrong=True))

    @cached_property
    def exact(self) -> Mapping[int, Fill]:
        """The heights that the story fills wherever it stands, each by the cheapest choice."""
        if self.is_regular or not self.has_heads:
            return self._filled(bare=False)
        # What headings and tables leave at columns' feet may ask for a line more, or spare one that arithmetic misses.
        least = min(max((way.filled + min(way.text.costs())) // self._columns, way.least) for way in self._ways)
        most = max(-(-(way.filled + max(way.text.costs())) // self._columns) for way in self._ways)
        near = {height: self._set(height) for height in range(least - 1, most + 2)}
        return {height: fill for height, fill in near.items() if not fill.amiss}

    @cached_property
    def bare(self) -> Mapping[int, Fill]:
        """The heights that it fills with its headline over the first columns alone, at the top of its page."""
        return self._filled(bare=True) if self.is_regular else {}

    @cached_property
    def is_regular(self) -> bool:
        """Whether arithmetic knows all of it: a headline over lines of text."""
        of_lines = all(isinstance(block, TextBlock) for way in self._ways for block in way.text.blocks)
        return of_lines and self._given[1].headline_direction == "horizontal"

    def _set(self, height: int) -> Fill:
        """Set the story at a height, and say how it fills it."""
        if height not in self._sets:
            article, styles, frame, setter = self._given
            filled = Fitting(article, styles, replace(frame, lines=height), setter, known=self.fitting).best()
            lines = filled.flowed.over_lines + filled.outside or -filled.white
            self._sets[height] = Fill(filled.cost, filled.choice, 0, lines)
        return self._sets[height]

    def around(self, columns: int, lines: int) -> Mapping[int, Fill]:
        """Return the heights that it fills round something of another's in a lower corner, over some columns and lines."""
        return self._filled(bare=False, corner=(columns, lines)) if self.is_regular else {}

    def _filled(self, *, bare: bool, corner: tuple[int, int] = (0, 0)) -> Mapping[int, Fill]:
        found: dict[int, Fill] = {}
        columns, lines = corner
        for way in self._ways if self.has_heads else ():
            if bool(way.choice.first) != bare:
                continue
            for won, more in way.text.costs().items():
                height, rest = divmod(way.filled + won + columns * lines, self._columns)
                if rest or height < way.least + lines:
                    continue
                if height not in found or way.cost + more < found[height].cost:
                    found[height] = Fill(way.cost + more, way.choice, won)
        return dict(sorted(found.items()))

    def nearest(self, most: int) -> Mapping[int, Fill]:
        """Return every height up to one at which the story has room for its head and pictures, with what is amiss there."""
        if most not in self._nearest:
            self._nearest[most] = self._found_nearest(most)
        return self._nearest[most]

    def _found_nearest(self, most: int) -> Mapping[int, Fill]:
        found: dict[int, Fill] = {}
        for way in self._ways:
            if way.choice.first:
                continue
            won = sorted(way.text.costs())
            for height in range(max(1, way.least), most + 1):
                need = height * self._columns - way.filled
                near = min(max(need, won[0]), won[-1]) if need not in won else need
                near = near if near in won else min(won, key=lambda one: abs(one - need))
                fill = Fill(way.cost, way.choice, near, near - need)
                if height not in found or (abs(fill.amiss), fill.cost) < (abs(found[height].amiss), found[height].cost):
                    found[height] = fill
        if not self.is_regular:
            found |= {height: self._set(height) for height, fill in found.items() if abs(fill.amiss) <= _NEAR}
        return dict(sorted(found.items()))

    def _found_ways(self, least_leg: int, *, wrong: bool = False) -> Iterator[_Way]:
        """Yield the cheapest choice of every number of cells and every depth; also with headings that do not fit if asked."""
        fitting = self.fitting
        ways: dict[tuple[int, int, Paragraphs, bool], tuple[int, Choice]] = {}
        for choice in fitting.choices():
            if fitting.head(choice).is_wrong and not wrong:
                continue
            cells, depth = fitting.hidden(choice)
            text = fitting.text(choice)
            key = cells + text.length + fitting.taken(choice), depth + fitting.deepest(choice), text, bool(choice.first)
            cost = fitting.ladder.cost(choice)
            if key not in ways or cost < ways[key][0]:
                ways[key] = cost, choice
        for (filled, reach, text, _), (cost, choice) in ways.items():
            # A story of pictures alone is as high as they are.
            # In one column a text is as short as it is.
            leg = min(least_leg, text.length) if self._columns == 1 else least_leg
            least = reach + (leg if text.blocks else 0)
            yield _Way(filled if text.blocks else reach * self._columns, text, cost, choice, least)
