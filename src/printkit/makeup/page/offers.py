"""What may be placed on a page that lays itself out, each with the sizes that it can have: stories and advertisements.

In: an entry of the page, and the page's geometry. Out: shapes for `makeup.tiling`, and whether one holds when it is set.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.jump.split import LEAST_LINES, Room, first_part
from printkit.makeup.ladder import Choice
from printkit.makeup.page.ads import FILLS_UP, RATIO, place_in
from printkit.makeup.page.judged import form_of
from printkit.makeup.page.round import LEAST_OVER
from printkit.makeup.page.white import rect_of
from printkit.makeup.setting import Setter
from printkit.makeup.story.envelope import Envelope, Fill
from printkit.makeup.story.fill import fill as made_up
from printkit.makeup.story.fitting import Fitting
from printkit.makeup.story.heads import Head
from printkit.makeup.tiling.board import Area, Piece, Shape
from printkit.makeup.tiling.craft import shape_cost
from printkit.model.edition import Place, Placement, Story
from printkit.model.geometry import NO_SLOT, Insets, Notch, PageGeometry, Slot, StoryStyle

AMISS, AMISS_LINE = 1000, 600
"""Cost of a story that does not close, and of each of its lines, in hundredths: above all that the craft asks for."""

_WRONG_HEAD = 6
"""Lines amiss that a headline counts as which does not fit."""

_OFF_SIZE = 300
"""Cost of a column by which an advertisement is wider or narrower than it was made, in hundredths."""

_MOST_OFF = 10
"""Tenths of a column by which it may be so: what is paid for is a size."""

ROUND = 300
"""Cost of a story that runs round another one or an advertisement, in hundredths."""

_MOST_NARROWER = 2
"""Columns by which a story may be narrower than its level likes, however many it may be wider."""

_LEAST_LEAD, _HALF = 3, 2
"""Columns of a lead at least, where the page has so many; on a page of four it may have half of it where it closes no other way."""

_FAR_OFF = 3
"""Columns off what a level likes at which no other way was found."""

_LEAST_FILLER = 8
"""Rows of what fills up at least."""

_LEAST_AD, _MOST_AD = 6, 600
"""Rows of an advertisement at least, and thousandths of the page's height at most."""


class Offer(ABC):
    """An entry that looks for its place."""

    def __init__(self, story: Story, geometry: PageGeometry, rows: int) -> None:
        """Take the entry, the page as measured for it, and the rows of the page's board."""
        self.story = story
        self.leads = False
        """Whether it is the page's lead (头条)."""
        self._geometry = geometry
        self._rows = rows

    def piece(self, most: int | None = 0, *, elastic: bool = False) -> Piece:
        """Return it with its shapes.

        Args:
            most: lines that it may be amiss in a shape; None for any number.
            elastic: whether shapes in which it does not close are offered at all.
        """
        story = self.story
        shapes = tuple(self._shapes(most, elastic))
        shown = bool(story.article.floating)
        return Piece(story.id, self._level, shapes, shown, story.related, form=form_of(story) if self._level else "")

    @property
    def _level(self) -> int:
        return self.story.level

    @property
    def likes(self) -> tuple[int, int]:
        """The fewest and most columns that it likes."""
        return 1, self._geometry.grid.columns

    @abstractmethod
    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]: ...

    def widen(self, off: int) -> None:  # noqa: B027 most has the widths that it has
        """Let it leave the widths that its level likes by some columns."""

    def closes(self, area: Area) -> bool:
        """Set it in a place, and say whether it closes there."""
        return True

    def forbid(self, area: Area) -> None:  # noqa: B027 nor is what always holds forbidden
        """Offer a shape no more as one in which it closes."""

    def amiss(self, area: Area) -> int | None:
        """Return the lines over in a shape, below 0 those that stay white; None where it is known to close."""
        return None

    def form(self, area: Area) -> Story | None:
        """Return the story as it differs in a place from its entry; None where it does not."""
        return None

    def mars(self, area: Area) -> bool:
        """Say whether it closes in a place by means that are seen: its pictures are narrower than its level has them at least."""
        return False

    def within(self, area: Area) -> "tuple[Offer, Area] | None":
        """Return what stands in the corner of its place, round which it runs, with that one's area."""
        return None

    def _frame(self, styles: StoryStyle, area: Area) -> Frame:
        """Return its frame in some cells; the last row parts it from the next."""
        rect = rect_of(self._geometry.grid, area.column, area.row, area.columns, area.rows - 1)
        return frame_of(Slot("", rect, area.columns), self._geometry, styles.frame, styles.text_columns)


class StoryOffer(Offer):
    """A story, with its envelopes."""

    def __init__(self, story: Story, geometry: PageGeometry, rows: int, setter: Setter, weights: Mapping[str, int]):
        """Take what `Offer` takes, the composer and the weights of the craft's rules."""
        super().__init__(story, geometry, rows)
        self._setter, self._weights = setter, weights
        self._styles = geometry.style(story, NO_SLOT)
        self._envelopes: dict[int, tuple[Envelope, int]] = {}
        self._wrong: set[tuple[int, int]] = set()
        self._checked: dict[tuple[int, int, bool], bool] = {}

    @property
    def likes(self) -> tuple[int, int]:
        """The fewest and most columns that its level likes."""
        return self._styles.story_columns

    def widen(self, off: int) -> None:
        """Let it leave the widths that its level likes by some columns."""
        least, most = self.likes
        columns = self._geometry.grid.columns
        least_lead = _HALF if off >= _FAR_OFF and columns == 2 * _HALF else _LEAST_LEAD
        fewest = max(least_lead if self.leads else 1, least - min(off, _MOST_NARROWER))
        for k in range(min(columns, fewest), min(columns, most + off) + 1):
            if k not in self._envelopes and self._holds(k):
                self.take(k)

    def take(self, columns: int) -> None:
        """Take the shapes of so many columns."""
        frame = self._frame(self._styles, Area(0, 0, columns, self._rows))
        lost = self._rows - 1 - frame.lines
        self._envelopes[columns] = Envelope(self.story.article, self._styles, frame, self._setter), lost

    def head(self, columns: int) -> Head:
        """Return its headline block as it stands plainly over so many columns that it has taken."""
        return self._envelopes[columns][0].fitting.head(Choice())

    def _holds(self, columns: int) -> bool:
        """Say whether it can have so many columns."""
        return columns > 0

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        for k, (envelope, lost) in self._envelopes.items():
            fills = envelope.nearest(self._rows - 1 - lost) if elastic else envelope.exact
            for height, fill in fills.items():
                amiss = abs(fill.amiss) + ((k, height + lost + 1) in self._wrong)
                amiss += 0 if envelope.has_heads else _WRONG_HEAD
                # What tables and headings make of a change of the copy nobody can say beforehand.
                amiss += bool(amiss) and not envelope.is_regular
                if (amiss and not elastic) or (most is not None and amiss > most):
                    continue
                yield from self._shape(k, height, fill, AMISS + AMISS_LINE * amiss if amiss else 0)
            for height, fill in envelope.bare.items():
                if height not in envelope.exact and (k, height + lost + 1) not in self._wrong:
                    yield from self._shape(k, height, fill, 0)

    def _shape(self, k: int, height: int, fill: Fill, more: int) -> Iterator[Shape]:
        envelope, lost = self._envelopes[k]
        cost = 10 * fill.cost + shape_cost(k, height, self._styles.story_columns, self._weights) + more
        if height + lost + 1 <= self._rows:
            yield Shape(k, height + lost + 1, cost, _head_size(envelope, fill), bool(fill.choice.first))

    def closes(self, area: Area) -> bool:
        """Set it in a place, and say whether it closes without an error in its headline."""
        key = area.columns, area.rows, area.row == 0
        if key not in self._checked:
            frame = self._frame(self._styles, area)
            fitting = Fitting(self.story.article, self._styles, frame, self._setter, at_top=area.row == 0)
            filled = fitting.best()
            self._checked[key] = not filled.rank[0] and not filled.outside and not filled.head.is_wrong
        return self._checked[key]

    def mars(self, area: Area) -> bool:
        """Say whether it closes in a place by means that are seen: its pictures are narrower than its level has them at least."""
        envelope, lost = self._envelopes[area.columns]
        fill = envelope.exact.get(area.rows - 1 - lost)
        return fill is not None and 0 < fill.choice.columns < self._styles.least_picture_columns

    def forbid(self, area: Area) -> None:
        """Offer a shape no more as one in which it closes."""
        self._wrong.add((area.columns, area.rows))

    def amiss(self, area: Area) -> int | None:
        """Return the lines over in a shape, below 0 those that stay white; None where it is known to close."""
        envelope, lost = self._envelopes[area.columns]
        height = area.rows - 1 - lost
        is_exact = height in envelope.exact or (area.row == 0 and height in envelope.bare)
        if is_exact and (area.columns, area.rows) not in self._wrong:
            return None
        lines = envelope.nearest(self._rows - 1 - lost)[height].amiss
        return lines if lines or (area.columns, area.rows) in self._wrong else None


class RoundOffer(StoryOffer):
    """A story that runs round an advertisement (L 形), which stands in a lower corner of its place."""

    def __init__(
        self, story: Story, geometry: PageGeometry, rows: int, setter: Setter, weights: Mapping[str, int], ad: Area
    ) -> None:
        """Take what `StoryOffer` takes, and the advertisement's area."""
        super().__init__(story, geometry, rows, setter, weights)
        self._ad = ad

    def piece(self, most: int | None = 0, *, elastic: bool = False) -> Piece:
        """Return it with its shapes."""
        return replace(super().piece(most, elastic=elastic), holds=self._ad)

    def _holds(self, columns: int) -> bool:
        return columns > self._ad.columns

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        for shape in super()._shapes(most, elastic):
            if not shape.bare and shape.rows >= self._ad.rows + LEAST_OVER:
                yield replace(shape, cost=shape.cost + ROUND)

    def _frame(self, styles: StoryStyle, area: Area) -> Frame:
        """Return its frame in some cells, without the corner that is the advertisement's."""
        column = 0 if area.column == self._ad.column else area.columns - self._ad.columns
        return replace(super()._frame(styles, area), notch=Notch(column, self._ad.columns, self._ad.rows))


class JumpOffer(StoryOffer):
    """A story that goes on elsewhere: it closes at any height at which enough of it goes on."""

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        del most
        for k, (envelope, lost) in self._envelopes.items():
            heights = envelope.nearest(self._rows - 1 - lost)
            least = min(heights, default=0) + LEAST_LINES
            for height, fill in heights.items():
                is_wrong = (k, height + lost + 1) in self._wrong
                if height >= least and fill.amiss > LEAST_LINES and envelope.has_heads and (elastic or not is_wrong):
                    yield from self._shape(k, height, fill, AMISS + AMISS_LINE if is_wrong else 0)

    def closes(self, area: Area) -> bool:
        """Divide it in a place, and say whether its first part closes there."""
        key = area.columns, area.rows, False
        if key not in self._checked:
            rect = rect_of(self._geometry.grid, area.column, area.row, area.columns, area.rows - 1)
            here = Room(Slot(NO_SLOT, rect, area.columns), self._geometry)
            first = first_part(self.story, here, self._setter)
            fit = made_up(first, here.slot, self._geometry, self._setter)[0].fit if first else None
            self._checked[key] = fit is not None and not fit.over_lines + fit.under_lines
        return self._checked[key]

    def amiss(self, area: Area) -> int | None:
        """Return 0 where it was seen not to close, else None."""
        return 0 if (area.columns, area.rows) in self._wrong else None


class AdOffer(Offer):
    """An advertisement, whole in its ratio."""

    def __init__(self, story: Story, geometry: PageGeometry, rows: int) -> None:
        """Take what `Offer` takes."""
        super().__init__(story, geometry, rows)
        assert story.ad
        self._ad = story.ad
        self.shapes = tuple(self._found())

    @property
    def _level(self) -> int:
        return 0

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        del most, elastic
        return iter(self.shapes)

    def _found(self) -> Iterator[Shape]:
        """Yield for every number of columns the rows that come nearest to its ratio, where that is near enough; or what was booked."""
        if self._ad.cells[0]:
            yield Shape(*self._ad.cells, 0)
            return
        wide, high = self._ad.size
        grid = self._geometry.grid
        made = self._ad.printed_width
        found: dict[int, tuple[int, int]] = {}
        for k in range(1, grid.columns + 1):
            found[k] = min((self._off_ratio(k, rows, wide, high), rows) for rows in range(_LEAST_AD, self._rows + 1))
        best = max(RATIO, min(off for off, _ in found.values()))
        for k, (wrong, rows) in found.items():
            if wrong > best or (rows * 1000 > _MOST_AD * self._rows and len(found) > 1):
                continue
            step = grid.column + grid.gutter
            off = abs(k * step - grid.gutter - min(made, grid.main.width)) * 10 // step if made else 0
            if off > _MOST_OFF:
                continue
            if rows >= _LEAST_FILLER or not self._ad.fills_up:
                yield Shape(k, rows, off * _OFF_SIZE // 10 + (FILLS_UP if self._ad.fills_up else 0))

    def _off_ratio(self, columns: int, rows: int, wide: int, high: int) -> int:
        """Return by how many thousandths a place of some cells misses a ratio."""
        place = place_in(self._frame(_PLAIN, Area(0, 0, columns, rows)))
        return abs(wide * place.height - high * place.width) * 1000 // max(1, high * place.width)


class FillerOffer(Offer):
    """A free rectangle for one of the house's pictures (补白): of each size that some of them have, the first that has it."""

    def __init__(self, fillers: Sequence[Story], geometry: PageGeometry, rows: int) -> None:
        """Take what `Offer` takes, of some pictures."""
        super().__init__(fillers[0], geometry, rows)
        self._of: dict[tuple[int, int], Story] = {}
        for story in fillers:
            for shape in AdOffer(story, geometry, rows).shapes:
                self._of.setdefault((shape.columns, shape.rows), story)

    def piece(self, most: int | None = 0, *, elastic: bool = False) -> Piece:
        """Return it with its shapes."""
        return replace(super().piece(most, elastic=elastic), fills_up=True)

    @property
    def _level(self) -> int:
        return 0

    def _shapes(self, most: int | None, elastic: bool) -> Iterator[Shape]:
        del most, elastic
        return (Shape(columns, rows, FILLS_UP) for columns, rows in self._of)

    def filler(self, area: Area) -> Story | None:
        """Return the picture of a place's size, standing there."""
        story = self._of.get((area.columns, area.rows))
        at = Place(area.column + 1, area.row + 1, area.columns, area.rows, self.story.where)
        return story and replace(story, placement=Placement(self.story.id, at, is_found=True, where=story.where))


_PLAIN = StoryStyle({}, Insets())


def _head_size(envelope: Envelope, fill: Fill) -> int:
    """Return the size of a story's headline as a height fills it; 0 where it has none."""
    boxes = envelope.fitting.head(fill.choice).boxes
    return next((box.style.size for box in boxes if box.role == "headline"), 0)
