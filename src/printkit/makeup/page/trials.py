"""What no arithmetic knows the heights of, placed on a page that lays itself out: groups of stories, briefs together, notices.

In: a common head with its members (组合报道), briefs for one rectangle, or a story of notices. Out: the shapes in which setting it as it will stand
showed that it closes; near to these those in which it does not, for pages that cannot close.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.diagnostics import InputError
from printkit.makeup.frames import story_frame
from printkit.makeup.page.group import fill_group
from printkit.makeup.page.judged import headline
from printkit.makeup.page.many import fill_many
from printkit.makeup.page.notices import fill_notices
from printkit.makeup.page.offers import AMISS, AMISS_LINE, Offer
from printkit.makeup.page.white import rect_of
from printkit.makeup.setting import Setter
from printkit.makeup.tiling.board import Area, Piece, Shape
from printkit.makeup.tiling.craft import shape_cost
from printkit.model.edition import Story
from printkit.model.geometry import NO_SLOT, PageGeometry, Slot

_LEAST_ROWS = 6

_SCANNED = 10
"""Rows from the first that has room for everything, which are set one after the other."""


class TrialOffer(Offer):
    """A group or a story of notices, set in one size after the other."""

    def __init__(
        self, together: Sequence[Story], geometry: PageGeometry, rows: int, setter: Setter, weights: Mapping[str, int]
    ) -> None:
        """Take a head with its members, briefs, or one story of notices, and what `Offer` takes."""
        super().__init__(together[0], geometry, rows)
        self._is_group = together[0].is_common_head
        self._head = 0
        self._together, self._setter, self._weights = together, setter, weights
        self._likes = geometry.style(self.story, NO_SLOT).story_columns
        self._trials: dict[int, dict[int, tuple[int, int]]] = {}
        """Lines over, below 0 those that stay white, and the ladder's cost, by columns and rows."""

    def piece(self, most: int | None = 0, *, elastic: bool = False) -> Piece:
        """Return it with its shapes."""
        pictured = any(story.article.floating for story in self._together)
        return replace(super().piece(most, elastic=elastic), pictured=pictured)

    def widen(self, off: int) -> None:
        """Let it leave the widths that its level likes by some columns; a group has two at least."""
        least, most = self._likes
        columns = self._geometry.grid.columns
        fewest = 2 if self._is_group else 1
        for k in range(min(columns, max(fewest, least - off)), min(columns, max(most, fewest) + off) + 1):
            if k not in self._trials:
                self._trials[k] = dict(self._tried(k))

    def _tried(self, columns: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield rows with what setting it there showed, from the least that hold everything on."""
        low, high = _LEAST_ROWS, self._rows
        if self._set(columns, high)[0] > 0:
            yield high, self._set(columns, high)
            return
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._set(columns, middle)[0] > 0 else (low, middle)
        for rows in range(low, min(self._rows, low + _SCANNED) + 1):
            yield rows, self._set(columns, rows)

    def _set(self, columns: int, rows: int) -> tuple[int, int]:
        slot = Slot(NO_SLOT, rect_of(self._geometry.grid, 0, 0, columns, rows - 1), columns)
        try:
            if self.story.article.notices:
                made = [fill_notices(self.story, slot, self._geometry, self._setter)]
            elif self._is_group:
                made = fill_group(self._together, slot, self._geometry, self._setter)
            else:
                return self._briefs(replace(slot, many=True))
        except InputError:  # too low for a head and so many members
            return self._rows, 0
        over = sum(one.fit.over_lines for one, _ in made)
        cost = sum(step.cost for one, _ in made for step in one.fit.steps)
        return over or -sum(one.fit.under_lines for one, _ in made), cost

    def _briefs(self, slot: Slot) -> tuple[int, int]:
        """Set briefs in one rectangle; what they leave of it is no story's."""
        made = [one for one, _ in fill_many(self._together, slot, self._geometry, self._setter)]
        frame = story_frame(slot, self._geometry, self._geometry.style(self.story, slot.name))
        lines = sum(one.fit.lines for one in made) - frame.lines * frame.columns
        over = sum(one.fit.over_lines for one in made)
        self._head = max((box.style.nominal for one in made[:1] if (box := headline(one))), default=0)
        return over or min(0, lines), sum(step.cost for one in made for step in one.fit.steps)

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        for k, tried in self._trials.items():
            for rows, (lines, ladder) in tried.items():
                amiss = abs(lines)
                if (amiss and not elastic) or (most is not None and amiss > most):
                    continue
                cost = 10 * ladder + shape_cost(k, rows - 1, self._likes, self._weights)
                yield Shape(k, rows, cost + (AMISS + AMISS_LINE * amiss if amiss else 0), self._head)

    def amiss(self, area: Area) -> int | None:
        """Return the lines over in a shape, below 0 those that stay white; None where it is known to close."""
        return self._trials[area.columns][area.rows][0] or None
