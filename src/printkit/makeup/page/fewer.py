"""A story whose text stands in a column fewer than its place has (破栏): its lines are longer, and other heights close.

In: a story that looks for its place, and the page's geometry. Out: its shapes, with those that it has so where it has none of that
size itself; for such a place the story as an entry would ask for it (`look.columns`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from printkit.makeup.page.offers import Offer, StoryOffer
from printkit.makeup.setting import Setter
from printkit.makeup.tiling.board import Area, Shape
from printkit.model.edition import FIRST_PART, Story
from printkit.model.geometry import NO_SLOT, PageGeometry
from printkit.model.story_look import Columns
from printkit.model.text import LINED

_MOST_EM = 30
"""Characters of a line at most: longer ones are hard to follow in the type of a newspaper."""

_LEAST_UPRIGHT = 2
"""Columns of a place over which text in one fewer has a column beside an upright headline."""

_LEAST_LEVEL = 2
"""The most important level that is set so: the lead has the page's own columns."""


def may_have_fewer(offer: Offer) -> bool:
    """Say whether the text of what looks for its place may stand in other columns than its place has."""
    if type(offer) is not StoryOffer or offer.story.level < _LEAST_LEVEL:
        return False
    story = offer.story
    asked = story.look.columns or story.look.head_columns or story.part != FIRST_PART
    # Letters and verse have short lines, which stand lost in a wide column.
    is_lined = any(paragraph.kind in LINED for paragraph in story.article.body)
    return not asked and not is_lined and not story.article.floating and bool(story.article.body)


class FewerOffer(StoryOffer):
    """A story in the columns of its place or in one fewer."""

    def __init__(
        self, story: Story, geometry: PageGeometry, rows: int, setter: Setter, weights: Mapping[str, int]
    ) -> None:
        """Take what `StoryOffer` takes."""
        super().__init__(story, geometry, rows, setter, weights)
        self._cost = 10 * dict(self._styles.forms).get("fewer", 0)
        self._others: dict[int, StoryOffer] = {}
        """The story in a column fewer, by the columns of its place."""

    def take(self, columns: int) -> None:
        """Take the shapes of so many columns, and those in a column fewer."""
        super().take(columns)
        if columns < 2 or not self._cost:
            return
        asked = replace(self.story, look=replace(self.story.look, columns=Columns(columns - 1, self.story.where)))
        styles = replace(self._styles, text_columns=columns - 1)
        frame = self._frame(styles, Area(0, 0, columns, self._rows))
        if frame.measure <= _MOST_EM * frame.size:
            measured = {**self._geometry.styles, (NO_SLOT, asked.level, asked.frame, asked.look.css): styles}
            geometry = replace(self._geometry, styles=measured)
            other = StoryOffer(asked, geometry, self._rows, self._setter, self._weights)
            other.take(columns)
            head = other.head(columns)
            # An upright headline alone over one wide column stands in the middle of nothing.
            if columns > _LEAST_UPRIGHT or head.beside or not head.is_vertical:
                self._others[columns] = other

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        own = tuple(super()._shapes(most, elastic))
        yield from own
        sizes = {(one.columns, one.rows) for one in own if not one.bare}
        for other in self._others.values():
            for shape in other.piece().shapes:
                if (shape.columns, shape.rows) not in sizes and not shape.bare:
                    yield replace(shape, cost=shape.cost + self._cost)

    def _at(self, area: Area) -> StoryOffer | None:
        """Return the story in a column fewer where it has a place's size only so."""
        own = (one for one in super()._shapes(0, elastic=False) if not one.bare or not area.row)
        is_own = any((one.columns, one.rows) == (area.columns, area.rows) for one in own)
        return None if is_own else self._others.get(area.columns)

    def form(self, area: Area) -> Story | None:
        """Return the story as it asks for the columns that it has in a place; None where they are the place's."""
        other = self._at(area)
        return other.story if other else None

    def closes(self, area: Area) -> bool:
        """Set it in a place, and say whether it closes there without an error in its headline."""
        other = self._at(area)
        return other.closes(area) if other else super().closes(area)

    def forbid(self, area: Area) -> None:
        """Offer a shape no more as one in which it closes."""
        other = self._at(area)
        if other:
            other.forbid(area)
        else:
            super().forbid(area)

    def amiss(self, area: Area) -> int | None:
        """Return the lines over in a shape, below 0 those that stay white; None where it is known to close."""
        return None if self._at(area) else super().amiss(area)
