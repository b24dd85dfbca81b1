"""The search for a page's places: one exact model of rectangles, solved by OR-tools' CP-SAT.

In: a board, pieces with the shapes that they can have, weights. Out: the cheapest tiling that is found, or None. The same
input gives the same tiling on any machine: one worker, seed 0, and a limit that counts work and not time.

Model: every piece takes one of its shapes; rectangles do not overlap; together they have as many cells as are free, and
the heights over every column add up to its free rows. The sums are implied, and what makes the search quick.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from printkit.makeup.tiling.board import Area, Board, Piece, Placed, Tiling
from printkit.makeup.tiling.craft import LIKE, STRADDLED, off_side

WORK = 0.6
"""Work (OR-tools' deterministic time) after which the best tiling found is taken; a second or two on a usual machine."""

_OTHERS = 0.6
"""Share of the work that is spent on a tiling that is to differ from others: editors wait for all of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ended with: the tiling, if there is one, and whether all others are known to be dearer."""

    tiling: Tiling | None
    proved: bool


def solve(
    board: Board,
    pieces: Sequence[Piece],
    weights: Mapping[str, int],
    *,
    other_than: Sequence[Tiling] = (),
    crafted: bool = True,
    strict: bool = True,
    work: float = WORK,
    below: int | None = None,
) -> Found:
    """Search for the cheapest tiling.

    Args:
        board: the page's grid.
        pieces: what is to stand on it, most important first.
        weights: of the craft's rules.
        other_than: tilings from which it is to differ in the columns of two fifths of the pieces.
        crafted: whether the rules between stories count.
        strict: whether related stories have to touch, and advertisements to stand at the page's foot; else it costs.
        work: the limit of the search.
        below: what it has to cost less than, in hundredths: who has a page wants a better one alone, and no dear proof.
    """
    if not pieces or any(not piece.shapes for piece in pieces):
        return Found(() if not pieces and not any(board.free) else None, True)
    model = _Model(board, pieces, weights)
    model.tile()
    model.lead()
    model.relate(strict=strict)
    model.advertise(strict=strict)
    if crafted:
        model.craft()
    for tiling in other_than:
        model.differ(tiling)
    if below is not None:
        model.cost_less(below)
    return model.solve(work * _OTHERS if other_than else work)


class _Model:
    """The variables of a page, and what holds between them."""

    def __init__(self, board: Board, pieces: Sequence[Piece], weights: Mapping[str, int]) -> None:
        from ortools.sat.python import cp_model  # a third of a second, which pages with all places given need not pay

        self._cp: Any = cp_model
        self._model: Any = cp_model.CpModel()
        self._board, self._pieces, self._weights = board, pieces, weights
        self._costs: list[Any] = []
        self._own: list[Any] = []
        self._numbers = [i for i, piece in enumerate(pieces) if piece.is_story]
        self._stories = [one for one in board.fixed if one.piece]
        model = self._model
        number = range(len(pieces))
        self._x = [model.new_int_var(0, board.columns - 1, f"x{i}") for i in number]
        self._y = [model.new_int_var(0, board.rows - 1, f"y{i}") for i in number]
        self._w = [model.new_int_var(1, board.columns, f"w{i}") for i in number]
        self._h = [model.new_int_var(1, board.rows, f"h{i}") for i in number]
        self._size = [model.new_int_var(0, max(s.head for s in p.shapes), f"s{i}") for i, p in enumerate(pieces)]
        self._at: list[dict[tuple[int, int], Any]] = []

    def tile(self) -> None:
        """Rectangles of known shapes that fill the free cells."""
        model, board = self._model, self._board
        areas = []
        for i, piece in enumerate(self._pieces):
            shapes = [s for s in piece.shapes if s.columns <= board.columns and s.rows <= board.rows]
            cost = model.new_int_var(0, max((s.cost for s in shapes), default=0), f"c{i}")
            area = model.new_int_var(1, board.columns * board.rows, f"a{i}")
            bare = model.new_bool_var(f"b{i}")
            model.add_allowed_assignments(
                [self._w[i], self._h[i], cost, area, self._size[i], bare],
                [(s.columns, s.rows, s.cost, s.columns * s.rows, s.head, s.bare) for s in shapes],
            )
            model.add(self._y[i] == 0).only_enforce_if(bare)
            at = {
                (k, x): model.new_bool_var(f"p{i},{k},{x}")
                for k in sorted({s.columns for s in shapes})
                for x in range(board.columns - k + 1)
            }
            model.add_exactly_one(at.values())
            for (k, x), literal in at.items():
                model.add(self._x[i] == x).only_enforce_if(literal)
                model.add(self._w[i] == k).only_enforce_if(literal)
            model.add(self._y[i] + self._h[i] <= board.rows)
            if piece.holds:
                self._hold(i, piece.holds)
            self._at.append(at)
            self._costs.append(cost)
            self._own.append(cost)
            areas.append(area)
        fixed = board.taken
        model.add_no_overlap_2d(
            [
                *(self._interval(self._x[i], self._w[i], f"ix{i}") for i in range(len(self._pieces))),
                *(model.new_fixed_size_interval_var(a.column, a.columns, "fx") for a in fixed),
            ],
            [
                *(self._interval(self._y[i], self._h[i], f"iy{i}") for i in range(len(self._pieces))),
                *(model.new_fixed_size_interval_var(a.row, a.rows, "fy") for a in fixed),
            ],
        )
        model.add(sum(areas) == sum(board.free))
        self._over = [[self._height_over(i, column) for column in range(board.columns)] for i in range(len(areas))]
        for column, free in enumerate(board.free):
            model.add(sum(over[column] for over in self._over) == free)

    def _hold(self, i: int, corner: Area) -> None:
        """A piece has an area in one of its lower corners."""
        model = self._model
        model.add(self._y[i] + self._h[i] == corner.foot)
        at_left = model.new_bool_var(f"left{i}")
        model.add(self._x[i] == corner.column).only_enforce_if(at_left)
        model.add(self._x[i] + self._w[i] == corner.right).only_enforce_if(~at_left)

    def _interval(self, start: Any, size: Any, name: str) -> Any:
        end = self._model.new_int_var(0, max(self._board.columns, self._board.rows), f"end {name}")
        return self._model.new_interval_var(start, size, end, name)

    def _height_over(self, i: int, column: int) -> Any:
        """Return the height of a piece where it covers a column, else 0."""
        return self._height_if([lit for (k, x), lit in self._at[i].items() if x <= column < x + k], i, f"{column}")

    def _height_if(self, literals: list[Any], i: int, name: str) -> Any:
        height = self._model.new_int_var(0, self._board.rows, f"h{i}.{name}")
        covers = sum(literals)
        # Heights and literals are small: two bounds a case are the whole of it.
        self._model.add(height <= self._board.rows * covers)
        self._model.add(height <= self._h[i])
        self._model.add(height >= self._h[i] - self._board.rows * (1 - covers))
        return height

    def lead(self) -> None:
        """The first piece stands at the top left, unless a more important story stands already."""
        lead = self._pieces[0]
        if lead.is_story and all(one.piece and one.piece.level > lead.level for one in self._stories):
            row, column = self._board.top
            self._model.add(self._y[0] == row)
            self._model.add(self._x[0] == column)

    def relate(self, *, strict: bool) -> None:
        """Related stories touch."""
        for i, piece in enumerate(self._pieces):
            for name in piece.beside:
                others = [
                    *(self._sides(j) for j, other in enumerate(self._pieces) if other.name == name),
                    *(_sides_of(one.area) for one in self._stories if one.piece and one.piece.name == name),
                ]
                for other in others:
                    apart = self._model.new_bool_var(f"apart{i},{name}")
                    self._model.add_bool_or([*self._ways_to_touch(self._sides(i), other), apart])
                    if strict:
                        self._model.add(apart == 0)
                    self._pay("apart", apart)

    def _sides(self, i: int) -> "_Sides":
        return self._x[i], self._y[i], self._x[i] + self._w[i], self._y[i] + self._h[i]

    def _ways_to_touch(self, one: "_Sides", other: "_Sides") -> Iterator[Any]:
        """Yield for each of four sides that it is the other's opposite one, over a row or a column at least."""
        for a, b in ((one, other), (other, one)):
            for along, across in ((0, 1), (1, 0)):
                touch = self._model.new_bool_var("touch")
                self._model.add(a[along + 2] == b[along]).only_enforce_if(touch)
                self._model.add(a[across] < b[across + 2]).only_enforce_if(touch)
                self._model.add(b[across] < a[across + 2]).only_enforce_if(touch)
                yield touch

    def advertise(self, *, strict: bool) -> None:
        """Advertisements stand at the page's foot, the nearer to its outer side the better."""
        model, board = self._model, self._board
        ads = [i for i, piece in enumerate(self._pieces) if not piece.is_story and not piece.fills_up]
        for i in ads:
            off = model.new_int_var(0, board.rows, f"off{i}")
            model.add(off == board.rows - self._y[i] - self._h[i])
            if strict:
                model.add(off == 0)
            self._pay("ad-foot", off)
            for (k, x), literal in self._at[i].items():
                self._pay("ad-side", off_side(board, k, x) * literal)

    def craft(self) -> None:
        """The rules of `craft`, each with its weight in the objective."""
        for gutter in range(1, self._board.columns):
            self._straddle(gutter)
        before = {}
        for i, j in permutations(self._numbers, 2):
            before[i, j] = self._model.new_bool_var(f"before{i},{j}")
            self._model.add(self._y[i] < self._y[j]).only_enforce_if(before[i, j])
        for i, j in combinations(self._numbers, 2):
            self._order(i, j, before)
            if self._pieces[i].pictured and self._pieces[j].pictured:
                self._pictures(i, j)
        for i, j in permutations(self._numbers, 2):
            self._heads(i, j, before)
        for i in self._numbers:
            self._line_through(i)

    def _pay(self, rule: str, amount: Any) -> None:
        self._costs.append(self._weights[rule] * amount)

    def _straddle(self, gutter: int) -> None:
        """断版: nothing, or too little, stands across a gutter."""
        model, rows = self._model, self._board.rows
        across = sum(one.area.rows for one in self._board.fixed if one.area.column < gutter < one.area.right)
        heights = [
            self._height_if([lit for (k, x), lit in at.items() if x < gutter < x + k], i, f"g{gutter}")
            for i, at in enumerate(self._at)
        ]
        short = model.new_int_var(0, rows, f"short{gutter}")
        model.add(short >= rows * STRADDLED // 100 - across - sum(heights))
        self._pay("straddle", short)
        bare = model.new_bool_var(f"bare{gutter}")
        model.add(across + sum(heights) >= 1).only_enforce_if(~bare)
        self._pay("gutter", bare)

    def _order(self, i: int, j: int, before: Mapping[tuple[int, int], Any]) -> None:
        """A less important story begins above a more important one."""
        difference = self._pieces[j].level - self._pieces[i].level
        if difference:
            upper, lower = (i, j) if difference > 0 else (j, i)
            wrong = self._model.new_bool_var(f"order{i},{j}")
            self._model.add(self._y[upper] <= self._y[lower]).only_enforce_if(~wrong)
            self._pay("order", min(2, abs(difference)) * wrong)

    def _pictures(self, i: int, j: int) -> None:
        """Two stories with pictures touch: no side has a row or a column between them, nor do their corners alone meet."""
        model, x, y = self._model, self._x, self._y
        together = model.new_bool_var(f"pictures{i},{j}")
        ways = [together]
        for one, other in ((i, j), (j, i)):
            for start, size in ((x, self._w), (y, self._h)):
                apart = model.new_bool_var(f"apart{one},{other}")
                model.add(start[one] + size[one] < start[other]).only_enforce_if(apart)
                ways.append(apart)
        for left, right in ((i, j), (j, i)):
            for upper, lower in ((i, j), (j, i)):
                corner = model.new_bool_var(f"corner{left},{upper}")
                model.add(x[left] + self._w[left] == x[right]).only_enforce_if(corner)
                model.add(y[upper] + self._h[upper] == y[lower]).only_enforce_if(corner)
                ways.append(corner)
        model.add_bool_or(ways)
        self._pay("pictures", together)

    def _heads(self, i: int, j: int, before: Mapping[tuple[int, int], Any]) -> None:
        """碰题: the heads of two stories stand on one row side by side, `j` at the right of `i`."""
        model = self._model
        left, right = self._x[i] + self._w[i], self._x[j]
        apart = [before[i, j], before[j, i]]
        for name, holds in (("l", left < right), ("r", left > right)):
            literal = model.new_bool_var(f"{name}{i},{j}")
            model.add(holds).only_enforce_if(literal)
            apart.append(literal)
        in_row, alike = model.new_bool_var(f"row{i},{j}"), model.new_bool_var(f"like{i},{j}")
        model.add_bool_or([*apart, in_row])
        self._pay("heads-in-row", in_row)
        for one, other in ((i, j), (j, i)):
            unlike = model.new_bool_var(f"unlike{one},{other}")
            model.add(100 * self._size[one] < LIKE * self._size[other]).only_enforce_if(unlike)
            apart.append(unlike)
            headless = model.new_bool_var(f"headless{one},{other}")
            model.add(self._size[one] == 0).only_enforce_if(headless)
            apart.append(headless)
        if self._pieces[i].form != self._pieces[j].form:
            return
        model.add_bool_or([*apart, alike])
        self._pay("like-heads", alike)

    def _line_through(self, i: int) -> None:
        """A line through the width at the foot of a piece that is not as wide as the page."""
        model, board = self._model, self._board
        foot = self._y[i] + self._h[i]
        through = model.new_bool_var(f"through{i}")
        ways = [through]
        full = next((lit for (k, _), lit in self._at[i].items() if k == board.columns), None)
        ways += [full] if full is not None else []
        ads = [one.area for one in board.fixed if not one.piece]
        ends = [board.rows]
        ends += [a.row for a in ads if sum(b.columns for b in ads if b.row == a.row) == board.columns]
        for row in dict.fromkeys(ends):
            literal = model.new_bool_var(f"end{i},{row}")
            model.add(foot == row).only_enforce_if(literal)
            ways.append(literal)
        for j, piece in enumerate(self._pieces):
            if not piece.is_story and (strip := self._at[j].get((board.columns, 0))) is not None:
                literal = model.new_bool_var(f"strip{i},{j}")
                model.add(foot == self._y[j]).only_enforce_if(literal)
                model.add_implication(literal, strip)
                ways.append(literal)
        others: list[tuple[Any, Any]] = [
            (self._y[j], self._y[j] + self._h[j]) for j in range(len(self._pieces)) if j != i
        ]
        others += [(one.area.row, one.area.foot) for one in board.fixed]
        for number, (top, end) in enumerate(others):
            literal = model.new_bool_var(f"across{i},{number}")
            model.add(top < foot).only_enforce_if(literal)
            model.add(foot < end).only_enforce_if(literal)
            ways.append(literal)
        for j in (
            other for other in self._numbers if other < i
        ):  # a line is one, however many end at it: the first pays
            literal = model.new_bool_var(f"with{i},{j}")
            model.add(foot == self._y[j] + self._h[j]).only_enforce_if(literal)
            ways.append(literal)
        model.add_bool_or(ways)
        self._pay("through", through)

    def differ(self, tiling: Tiling) -> None:
        """At least two fifths of the pieces stand in other columns than in a tiling, and some are of another width.

        Without the second a page would come back with its left and right changed over.
        """
        number = len(self._pieces)
        same, as_wide = [], []
        before = {placed.piece.name: placed for placed in tiling}
        for piece, at in zip(self._pieces, self._at, strict=True):
            if (placed := before.get(piece.name)) is None:
                continue  # a picture that fills one of the pages up
            columns, column = placed.area.columns, placed.area.column
            same += [literal for (k, x), literal in at.items() if (k, x) == (columns, column)]
            as_wide += [literal for (k, _), literal in at.items() if k == columns]
        self._model.add(sum(same) <= number - min(number - 1, max(2, -(-2 * number // 5))))
        self._model.add(sum(as_wide) <= number - max(1, number // 4))

    def cost_less(self, below: int) -> None:
        """It costs less than so much."""
        self._model.add(sum(self._costs) < below)

    def solve(self, work: float) -> Found:
        """Search, and read the tiling from the variables."""
        self._model.minimize(sum(self._costs))
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        # Linear relaxations say nothing of rectangles: without them a page is better by half in the same work.
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_deterministic_time = work
        status = solver.solve(self._model)
        proved = status in (self._cp.OPTIMAL, self._cp.INFEASIBLE)
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return Found(None, proved)
        return Found(tuple(self._placed(solver)), proved)

    def _placed(self, solver: Any) -> Iterator[Placed]:
        for i, piece in enumerate(self._pieces):
            x, y, w, h = (solver.value(each[i]) for each in (self._x, self._y, self._w, self._h))
            cost = solver.value(self._own[i])
            shape = next(
                s for s in piece.shapes if (s.columns, s.rows, s.cost) == (w, h, cost) and (not s.bare or not y)
            )
            yield Placed(piece, Area(x, y, w, h), shape)


_Sides = tuple[Any, Any, Any, Any]
"""Left, top, right and foot of a rectangle: numbers or what is to be found."""


def _sides_of(area: Area) -> _Sides:
    return area.column, area.row, area.right, area.foot
