"""A longer story round a short one (穿插): its text ends over this in its last columns, and runs down beside it in the others.

In: a story of text alone, and a brief or a picture that is to stand in its lower right corner. Out: the shapes that both have together,
and in each the place of the one in the corner. Whatever lines the text is amiss, some size of the other takes up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from printkit.makeup.frames import Frame
from printkit.makeup.page.many import BRIEF
from printkit.makeup.page.offers import ROUND, Offer, StoryOffer
from printkit.makeup.page.round import LEAST_OVER, may_run_round
from printkit.makeup.setting import Setter
from printkit.makeup.tiling.board import Area, Piece, Shape
from printkit.model.edition import Story
from printkit.model.geometry import Notch, PageGeometry, StoryStyle

_MOST_TRIED = 6
"""Pairs that are tried on a page."""


def pairs_of(offers: Sequence[Offer]) -> Iterator[tuple[str, str]]:
    """Yield stories with what may stand in their corner, by their ids: pictures before briefs, the shortest first, in the longest first."""
    stories = [one for one in offers if type(one) is StoryOffer]
    round_it = [one for one in stories if may_run_round(one.story) and one.story.level < BRIEF]
    round_it.sort(key=lambda one: (-len(one.story.article.text), one.story.id))
    small = [
        one
        for one in stories
        if not one.leads and one.story.article.headline  # a picture without one would be read as the other story's
        if not one.story.article.body or one.story.level == BRIEF
    ]
    small.sort(key=lambda one: (bool(one.story.article.body), len(one.story.article.text), one.story.id))
    pairs = ((one.story.id, other.story.id) for other in small for one in round_it)
    yield from islice(pairs, _MOST_TRIED)


class CornerOffer(StoryOffer):
    """A story with another in the lower right corner of its place."""

    def __init__(
        self, story: Story, geometry: PageGeometry, rows: int, setter: Setter, weights: Mapping[str, int], other: Offer
    ) -> None:
        """Take what `StoryOffer` takes, and what stands in its corner."""
        super().__init__(story, geometry, rows, setter, weights)
        self._other = other
        self._corners: dict[tuple[int, int], Shape] = {}
        """The size of what stands in the corner, by the columns and rows of the whole."""

    def piece(self, most: int | None = 0, *, elastic: bool = False) -> Piece:
        """Return both with their shapes."""
        both = super().piece(most, elastic=elastic)
        other = self._other.piece()
        return replace(both, pictured=other.pictured, beside=(*both.beside, *other.beside))

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        del most, elastic
        found: dict[tuple[int, int], Shape] = {}
        corners = self._other.piece().shapes
        for k, (envelope, _) in self._envelopes.items():
            for corner in corners:
                if corner.bare or corner.columns >= k:
                    continue
                for height, fill in envelope.around(corner.columns, corner.rows).items():
                    for shape in self._shape(k, height, fill, ROUND + corner.cost):
                        size = shape.columns, shape.rows
                        is_high = shape.rows >= corner.rows + LEAST_OVER and size not in self._wrong
                        if is_high and (size not in found or shape.cost < found[size].cost):
                            found[size], self._corners[size] = shape, corner
        yield from found.values()

    def within(self, area: Area) -> tuple[Offer, Area]:
        """Return what stands in the corner of its place, with that one's area."""
        corner = self._corners[area.columns, area.rows]
        place = Area(area.right - corner.columns, area.foot - corner.rows, corner.columns, corner.rows)
        return self._other, place

    def _frame(self, styles: StoryStyle, area: Area) -> Frame:
        """Return its frame in some cells, without the corner that is the other's."""
        frame = super()._frame(styles, area)
        corner = self._corners.get((area.columns, area.rows))
        return (
            replace(frame, notch=Notch(area.columns - corner.columns, corner.columns, corner.rows)) if corner else frame
        )

    def closes(self, area: Area) -> bool:
        """Set both in a place, and say whether they close there."""
        other, place = self.within(area)
        return super().closes(area) and other.closes(place)

    def amiss(self, area: Area) -> int | None:
        """Return None: only shapes in which both close are offered."""
        return None

    def mars(self, area: Area) -> bool:
        """Say whether what stands in its corner closes there by means that are seen."""
        other, place = self.within(area)
        return other.mars(place)
