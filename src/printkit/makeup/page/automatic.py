"""Pages that lay themselves out: stories without a place are given one from the heights at which they close.

In: a page's geometry with the type of its stories, and these. Out: a place for every story, the page full to the line
where there is a way to that. Every shape that a tiling uses is set once more by `Fitting` before it is believed: what it
does not close in is forbidden, and the search goes on. Where no tiling closes the page, stories may be too long or too
short for their shapes, at a price that makes those few and little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from printkit.diagnostics import Severity
from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.page.white import cells_of, rect_of
from printkit.makeup.setting import Setter
from printkit.makeup.story.envelope import Envelope, Fill
from printkit.makeup.story.fitting import Fitting
from printkit.makeup.tiling.board import Area, Board, Fixed, Piece, Placed, Shape, Tiling
from printkit.makeup.tiling.craft import WEIGHTS, shape_cost
from printkit.makeup.tiling.solver import WORK, solve
from printkit.model.edition import Place, Placement, Story
from printkit.model.geometry import NO_SLOT, PageGeometry, Slot, StoryStyle

_ROUNDS = 24
"""Times that a page is searched for anew because a shape does not hold what arithmetic promised."""

_OFF_WIDTH = 1
"""Columns by which a story may leave the widths that its level likes."""

_AMISS, _AMISS_LINE = 1000, 600
"""Cost of a story that does not close, and of each of its lines, in hundredths: above all that the craft asks for."""

_LEAST_ROWS = 5
"""Fewer rows between what has its place and the page's foot hold no story."""

_NEAREST: Sequence[tuple[int | None, bool, float]] = ((8, True, WORK), (24, False, WORK), (None, False, 6 * WORK))
"""Where a page cannot close: lines amiss that a story may have, whether the craft's rules count, the work for it.

A page that is far off is not made better by craft, and found sooner without.
"""


@dataclass(frozen=True, slots=True)
class Laid:
    """A page's places: `amiss` has the lines over (or short, negative) of stories that do not close, by their ids."""

    tiling: Tiling
    places: Mapping[str, Place]
    amiss: Mapping[str, int] = field(default_factory=dict)

    def placed(self, story: Story) -> Story:
        """Return a story in its place."""
        at = self.places.get(story.id)
        return replace(story, placement=Placement(story.id, at, where=story.placement.where)) if at else story


class Automatic:
    """A page whose stories look for their places."""

    def __init__(self, geometry: PageGeometry, stories: Sequence[Story], setter: Setter) -> None:
        """Take the page as measured for its stories without a place (`NO_SLOT`), all its stories, and the composer."""
        self._geometry, self._setter = geometry, setter
        self._waiting = sorted((s for s in stories if not s.slot), key=lambda story: story.level)
        self._rows = geometry.grid.main.height // geometry.grid.leading
        self.board = Board(geometry.grid.columns, self._rows + 1)
        self.board = replace(self.board, fixed=tuple(self._fixed(stories)))
        self._wrong: set[tuple[str, int, int]] = set()
        self._checked: dict[tuple[str, int, int], bool] = {}
        self._shapes = {story.id: {k: self._envelope(story, k) for k in self._widths(story)} for story in self._waiting}

    @property
    def share(self) -> float:
        """The share of the free cells that the stories take as they are, each in its cheapest shape."""
        least = [min(piece.shapes, key=lambda s: s.cost) for piece in self.pieces() if piece.shapes]
        return sum(s.columns * s.rows for s in least) / max(1, sum(self.board.free))

    def lay_out(self, other_than: Sequence[Tiling] = ()) -> Laid | None:
        """Return the best page that closes; None where none is found."""
        for _ in range(_ROUNDS):
            found = solve(self.board, self.pieces(), WEIGHTS, other_than=other_than).tiling
            if found is None:
                return None
            wrong = [placed for placed in found if not self._closes(placed)]
            if not wrong:
                return self._laid(found)
            self._wrong.update(_key(placed) for placed in wrong)
        return None

    def nearest(self) -> Laid | None:
        """Return the page with the least amiss; None where even so there is no room for every story."""
        for most, crafted, work in _NEAREST:
            for _ in range(_ROUNDS):
                pieces = self.pieces(most, elastic=True)
                found = solve(self.board, pieces, WEIGHTS, crafted=crafted, work=work).tiling
                if found is None:
                    break
                laid = self._laid(found)
                wrong = [p for p in found if p.piece.name not in laid.amiss and not self._closes(p)]
                if not wrong:
                    return laid
                self._wrong.update(_key(placed) for placed in wrong)
        return None

    def pieces(self, most: int | None = 0, *, elastic: bool = False) -> tuple[Piece, ...]:
        """Return what is to be placed, the most important first.

        Args:
            most: lines that a story may be amiss in a shape; None for any number.
            elastic: whether shapes in which a story does not close are offered at all.
        """
        return tuple(
            Piece(story.id, story.level, tuple(self._offered(story, most, elastic)), bool(story.article.floating))
            for story in self._waiting
        )

    def _offered(self, story: Story, most: int | None, elastic: bool) -> Iterator[Shape]:
        styles = self._geometry.style(story, NO_SLOT)
        for k, (envelope, lost) in self._shapes[story.id].items():
            fills = envelope.nearest(self._rows - lost) if elastic else envelope.exact()
            for height, fill in fills.items():
                rows = height + lost + 1
                amiss = abs(fill.amiss) + ((story.id, k, rows) in self._wrong)
                if rows > self.board.rows or (amiss and not elastic) or (most is not None and amiss > most):
                    continue
                cost = 10 * fill.cost + shape_cost(k, height, styles.story_columns, WEIGHTS)
                cost += _AMISS + _AMISS_LINE * amiss if amiss else 0
                yield Shape(k, rows, cost, _head_size(envelope, fill))

    def _widths(self, story: Story) -> range:
        """Return the numbers of columns that a story may take."""
        least, most = self._geometry.style(story, NO_SLOT).story_columns
        columns = self._geometry.grid.columns
        return range(min(columns, max(1, least - _OFF_WIDTH)), min(columns, most + _OFF_WIDTH) + 1)

    def _envelope(self, story: Story, columns: int) -> tuple[Envelope, int]:
        """Return the heights of a story over some columns of the page, and the rows that its own frame takes of them."""
        styles = self._geometry.style(story, NO_SLOT)
        frame = self._frame(styles, Area(0, 0, columns, self.board.rows))
        return Envelope(story.article, styles, frame, self._setter), self._rows - frame.lines

    def _frame(self, styles: StoryStyle, area: Area) -> Frame:
        """Return the frame of a story in some cells; the last row parts it from the next."""
        rect = rect_of(self._geometry.grid, area.column, area.row, area.columns, area.rows - 1)
        return frame_of(Slot("", rect, area.columns), self._geometry, styles.frame, styles.text_columns)

    def _closes(self, placed: Placed) -> bool:
        """Set a story in its place, and say whether it closes without an error in its headline."""
        key = _key(placed)
        if key not in self._checked:
            story = next(s for s in self._waiting if s.id == placed.piece.name)
            styles = self._geometry.style(story, NO_SLOT)
            filled = Fitting(story.article, styles, self._frame(styles, placed.area), self._setter).best()
            wrong = any(told.severity is Severity.ERROR for told in filled.head.diagnostics)
            self._checked[key] = not filled.rank[0] and not filled.outside and not wrong
        return self._checked[key]

    def _laid(self, tiling: Tiling) -> Laid:
        places, amiss = {}, {}
        for placed in tiling:
            story = next(s for s in self._waiting if s.id == placed.piece.name)
            a = placed.area
            places[story.id] = Place(a.column + 1, a.row + 1, a.columns, a.rows, story.where)
            envelope, lost = self._shapes[story.id][a.columns]
            if a.rows - 1 - lost not in envelope.exact() or _key(placed) in self._wrong:
                amiss[story.id] = envelope.nearest(self._rows)[a.rows - 1 - lost].amiss
        return Laid(tiling, places, amiss)

    def _fixed(self, stories: Sequence[Story]) -> Iterator[Fixed]:
        """Yield what stands already: stories and advertisements with a place, the layout's furniture and its slots."""
        grid = self._geometry.grid
        for story in stories:
            if at := story.placement.at:
                area = self._to_foot(Area(at.column - 1, at.row - 1, at.columns, at.rows))
                piece = None if story.ad else Piece(story.id, story.level, (), bool(story.article.floating))
                yield Fixed(area, piece)
        tiles = {story.slot for story in stories if story.placement.at}
        for rect in (*self._geometry.furniture, *(s.rect for n, s in self._geometry.slots.items() if n not in tiles)):
            if cells := cells_of(grid, rect):
                yield Fixed(self._to_foot(cells))

    def _to_foot(self, area: Area) -> Area:
        """Return an area with the rows under it where these are too few for any story."""
        under = self.board.rows - area.foot
        return replace(area, rows=area.rows + under) if under < _LEAST_ROWS else area


def _key(placed: Placed) -> tuple[str, int, int]:
    return placed.piece.name, placed.area.columns, placed.area.rows


def _head_size(envelope: Envelope, fill: Fill) -> int:
    """Return the size of a story's headline as a height fills it; 0 where it has none."""
    boxes = envelope.fitting.head(fill.choice).boxes
    return next((box.style.size for box in boxes if box.role == "headline"), 0)
