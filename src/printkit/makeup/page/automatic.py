"""Pages that lay themselves out: stories without a place are given one from the heights at which they close.

In: a page's geometry with the type of its stories, and these. Out: a place for every story, the page full to the line
where there is a way to that. Every shape that a tiling uses is set once more by `Fitting` before it is believed: what it
does not close in is forbidden, and the search goes on. Where no tiling closes the page, stories may be too long or too
short for their shapes, at a price that makes those few and little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, islice

from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.page.judged import board_of, weights_of
from printkit.makeup.page.white import rect_of
from printkit.makeup.setting import Setter
from printkit.makeup.story.envelope import Envelope, Fill
from printkit.makeup.story.fitting import Fitting
from printkit.makeup.tiling.board import Area, Fixed, Piece, Placed, Shape, Tiling
from printkit.makeup.tiling.craft import shape_cost
from printkit.makeup.tiling.solver import WORK, solve
from printkit.model.edition import Place, Placement, Story
from printkit.model.geometry import NO_SLOT, PageGeometry, Slot, StoryStyle

_ROUNDS = 12
"""Times that a page is searched for anew because a shape does not hold what arithmetic promised."""

_SETS = 3000
"""Sets of stories of one number that are weighed when some have to go."""

_OFF_WIDTHS = (1, 2)
"""Columns by which a story may leave the widths that its level likes, and where no page closes so."""

_AMISS, _AMISS_LINE = 1000, 600
"""Cost of a story that does not close, and of each of its lines, in hundredths: above all that the craft asks for."""

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
        return (
            replace(story, placement=Placement(story.id, at, is_found=True, where=story.placement.where))
            if at
            else story
        )


class Automatic:
    """A page whose stories look for their places."""

    def __init__(self, geometry: PageGeometry, stories: Sequence[Story], setter: Setter) -> None:
        """Take the page as measured for its stories without a place (`NO_SLOT`), all its stories, and the composer."""
        self._geometry, self._setter = geometry, setter
        self._waiting = sorted((s for s in stories if not s.slot), key=lambda story: story.level)
        self._rows = geometry.grid.main.height // geometry.grid.leading
        self.board = board_of(geometry, stories)
        self.weights = weights_of(geometry)
        self._wrong: set[tuple[str, int, int]] = set()
        self._checked: dict[tuple[str, int, int], bool] = {}
        self._shapes: dict[str, dict[int, tuple[Envelope, int]]] = {story.id: {} for story in self._waiting}
        self._widen(_OFF_WIDTHS[0])

    @property
    def share(self) -> float:
        """The share of the free cells that the stories take as they are, each in its cheapest shape."""
        return sum(self.sizes().values()) / max(1, sum(self.board.free))

    def sizes(self) -> dict[str, int]:
        """Return the cells that each story takes: in its cheapest shape; where it fits in none, by its text alone."""
        grid = self._geometry.grid
        measure = max(1, grid.column // grid.size)
        texts = {story.id: -(-len(story.article.text) // measure) for story in self._waiting}
        return {piece.name: _natural(piece) if piece.shapes else texts[piece.name] for piece in self.pieces()}

    def to_take_out(self, least: float, most: float) -> tuple[str, ...]:
        """Return the least important stories without which the others take a share of the page between two."""
        free = max(1, sum(self.board.free))
        sizes = {name: cells / free for name, cells in self.sizes().items()}
        levels = {story.id: story.level for story in self._waiting}
        all_of_them = sum(sizes.values())
        if larger := tuple(name for name, share in sizes.items() if share > most):
            return larger  # than the whole page: without it there is still a page to fill
        # The least important first: where no set leaves such a share, the first that leaves less.
        names = sorted(sizes, key=lambda name: (-levels[name], sizes[name]))
        for count in range(1, len(names)):
            sets = islice(combinations(names, count), _SETS)
            fit = [s for s in sets if least <= all_of_them - sum(sizes[name] for name in s) <= most]
            if fit:
                return min(fit, key=lambda s: (sum(6 - levels[name] for name in s), s))
        return next(
            (tuple(names[:n]) for n in range(1, len(names)) if all_of_them - sum(sizes[m] for m in names[:n]) <= most),
            tuple(names[:-1]),
        )

    def lay_out(self, other_than: Sequence[Tiling] = ()) -> Laid | None:
        """Return the best page that closes; None where none is found."""
        for off in _OFF_WIDTHS:
            self._widen(off)
            for _ in range(_ROUNDS):
                found = solve(self.board, self.pieces(), self.weights, other_than=other_than).tiling
                if found is None:
                    break
                wrong = [placed for placed in found if not self.closes(placed)]
                if not wrong:
                    return self._laid(found)
                self._wrong.update(_key(placed) for placed in wrong)
        return None

    def _widen(self, off: int) -> None:
        """Let stories leave the widths that their levels like by some columns."""
        for story in self._waiting:
            shapes = self._shapes[story.id]
            shapes.update({k: self._envelope(story, k) for k in self._widths(story, off) if k not in shapes})

    def nearest(self) -> Laid | None:
        """Return the page with the least amiss; None where even so there is no room for every story."""
        for most, crafted, work in _NEAREST:
            for _ in range(_ROUNDS):
                pieces = self.pieces(most, elastic=True)
                found = solve(self.board, pieces, self.weights, crafted=crafted, work=work).tiling
                if found is None:
                    break
                laid = self._laid(found)
                wrong = [p for p in found if p.piece.name not in laid.amiss and not self.closes(p)]
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
            fills = envelope.nearest(self._rows - lost) if elastic else envelope.exact
            for height, fill in fills.items():
                rows = height + lost + 1
                amiss = abs(fill.amiss) + ((story.id, k, rows) in self._wrong)
                if rows > self.board.rows or (amiss and not elastic) or (most is not None and amiss > most):
                    continue
                cost = 10 * fill.cost + shape_cost(k, height, styles.story_columns, self.weights)
                cost += _AMISS + _AMISS_LINE * amiss if amiss else 0
                yield Shape(k, rows, cost, _head_size(envelope, fill))

    def _widths(self, story: Story, off: int) -> range:
        """Return the numbers of columns that a story may take, by so many off what its level likes."""
        least, most = self._geometry.style(story, NO_SLOT).story_columns
        columns = self._geometry.grid.columns
        return range(min(columns, max(1, least - off)), min(columns, most + off) + 1)

    def _envelope(self, story: Story, columns: int) -> tuple[Envelope, int]:
        """Return the heights of a story over some columns of the page, and the rows that its own frame takes of them."""
        styles = self._geometry.style(story, NO_SLOT)
        frame = self._frame(styles, Area(0, 0, columns, self.board.rows))
        return Envelope(story.article, styles, frame, self._setter), self._rows - frame.lines

    def _frame(self, styles: StoryStyle, area: Area) -> Frame:
        """Return the frame of a story in some cells; the last row parts it from the next."""
        rect = rect_of(self._geometry.grid, area.column, area.row, area.columns, area.rows - 1)
        return frame_of(Slot("", rect, area.columns), self._geometry, styles.frame, styles.text_columns)

    def among(self, standing: Sequence[Placed]) -> Laid | None:
        """Return the best page that closes with some stories standing already; None where none is found."""
        here = {one.piece.name: one for one in standing}
        fixed = (Fixed(one.area, one.piece, one.shape.head) for one in standing)
        board = replace(self.board, fixed=(*self.board.fixed, *fixed))
        for _ in range(_ROUNDS):
            pieces = self.pieces()
            found = solve(board, [piece for piece in pieces if piece.name not in here], self.weights).tiling
            if found is None:
                return None
            wrong = [placed for placed in found if not self.closes(placed)]
            if not wrong:
                every = {one.piece.name: one for one in (*standing, *found)}
                return self._laid(tuple(every[piece.name] for piece in pieces))
            self._wrong.update(_key(placed) for placed in wrong)
        return None

    def closes(self, placed: Placed) -> bool:
        """Set a story in its place, and say whether it closes without an error in its headline."""
        key = _key(placed)
        if key not in self._checked:
            story = next(s for s in self._waiting if s.id == placed.piece.name)
            styles = self._geometry.style(story, NO_SLOT)
            filled = Fitting(story.article, styles, self._frame(styles, placed.area), self._setter).best()
            self._checked[key] = not filled.rank[0] and not filled.outside and not filled.head.is_wrong
        return self._checked[key]

    def _laid(self, tiling: Tiling) -> Laid:
        places, amiss = {}, {}
        for placed in tiling:
            story = next(s for s in self._waiting if s.id == placed.piece.name)
            a = placed.area
            places[story.id] = Place(a.column + 1, a.row + 1, a.columns, a.rows, story.where)
            envelope, lost = self._shapes[story.id][a.columns]
            if a.rows - 1 - lost not in envelope.exact or _key(placed) in self._wrong:
                amiss[story.id] = envelope.nearest(self._rows)[a.rows - 1 - lost].amiss
        return Laid(tiling, places, amiss)


def _natural(piece: Piece) -> int:
    """Return the cells that a piece takes in its cheapest shape."""
    shape = min(piece.shapes, key=lambda s: s.cost)
    return shape.columns * shape.rows


def _key(placed: Placed) -> tuple[str, int, int]:
    return placed.piece.name, placed.area.columns, placed.area.rows


def _head_size(envelope: Envelope, fill: Fill) -> int:
    """Return the size of a story's headline as a height fills it; 0 where it has none."""
    boxes = envelope.fitting.head(fill.choice).boxes
    return next((box.style.size for box in boxes if box.role == "headline"), 0)
