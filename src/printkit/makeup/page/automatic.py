"""Pages that lay themselves out: stories without a place are given one from the heights at which they close.

In: a page's geometry with the type of its stories, and these. Out: a place for every story, the page full to the line
where there is a way to that. Every shape that a tiling uses is set once more before it is believed (`Offer.closes`): what it
does not close in is forbidden, and the search goes on. Where no tiling closes the page, stories may be too long or too
short for their shapes, at a price that makes those few and little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from printkit.makeup.page.entries import OFF_WIDTHS, PARTED, Entries, forms_to_part
from printkit.makeup.page.laid import Laid
from printkit.makeup.page.many import BRIEF, may_stand_together
from printkit.makeup.page.offers import FillerOffer, Offer, StoryOffer
from printkit.makeup.page.round import may_run_round
from printkit.makeup.tiling.board import Area, Fixed, Piece, Placed, Shape, Tiling, free_areas
from printkit.makeup.tiling.craft import alike_pairs, apart, broken, score
from printkit.makeup.tiling.solver import WORK, solve
from printkit.model.edition import Place

_ROUNDS = 12
"""Times that a page is searched for anew because a shape does not hold what arithmetic promised."""

_FILLER = ""
"""What is called so among the offers of a page fills it up; no story is."""

_LEAST_TOGETHER, _MOST_TOGETHER = 2, 3
"""Briefs that share a rectangle where the page closes no other way."""

_MOST_ROUND = 3
"""Stories that are tried round an advertisement."""

_FEW = 6
"""Stories of a page that is searched in every way before it is left marred: that takes little."""

_MANY = 12
"""Stories over which a page has ways enough, and the search too many."""

_SETS = 3000
"""Sets of stories of one number that are weighed when some have to go."""

_OF_MANY = ((60, False, WORK), (None, False, 6 * WORK))
"""What is tried where a page of so many cannot close, once each: seconds are spent on every search."""

_MARRING = ("gutter", "through")
"""Rules for the sake of which stories leave the widths that they like, though the page closes."""

_TRIED_SETS = 3
"""Sets that are taken out to see whether the others close the page."""

_NEAREST: Sequence[tuple[int | None, bool, float]] = ((8, True, WORK), (24, False, WORK), (None, False, 6 * WORK))
"""Where a page cannot close: lines amiss that a story may have, whether the craft's rules count, the work for it.

A page that is far off is not made better by craft, and found sooner without.
"""

_NEAR, _FAR = (0.88, 1.12), ((24, False, WORK), (60, False, WORK), (None, False, 6 * WORK))
"""Shares of the page that its copy may take and be called near, and what is tried where it is not."""


class Automatic(Entries):
    """A page whose stories look for their places."""

    @property
    def share(self) -> float:
        """The share of the free cells that the stories take as they are, each in its cheapest shape."""
        return sum(self.sizes().values()) / max(1, self.free)

    @property
    def free(self) -> int:
        """The cells that are free for stories."""
        ads = (offer.piece() for offer in self._offers.values() if offer.story.ad)
        return sum(self.board.free) - sum(_natural(ad) for ad in ads if ad.shapes)

    def sizes(self) -> dict[str, int]:
        """Return the cells that each story takes: in its cheapest shape; where it closes in none, in the nearest to that."""
        sizes = {}
        for story in self._stories:
            offer = self._offers[story.id]
            piece = offer.piece()
            if piece.shapes:
                sizes[story.id] = _natural(piece)
                continue
            near = offer.piece(None, elastic=True).shapes
            sizes[story.id] = _with_amiss(offer, near) if near else -(-len(story.article.text) // self._text_cells)
        return sizes

    def characters(self, cells: float) -> int:
        """Return the characters of copy that fill so many cells."""
        return round(cells) * self._text_cells

    def to_take_out(self, least: float, most: float) -> tuple[str, ...]:
        """Return the least important stories without which the others close the page.

        Where no such set is found, they take a share of it between two.
        """
        sets = [*islice(self._sets(least, most), _TRIED_SETS)]
        return next((names for names in sets if self._closes_without(names)), sets[0])

    def _closes_without(self, names: Sequence[str]) -> bool:
        kept = self._offers
        self._offers = {name: offer for name, offer in kept.items() if name not in names}
        try:
            return bool(self._stories) and self._closed((), strict=False) is not None
        finally:
            self._offers = kept

    def _sets(self, least: float, most: float) -> Iterator[tuple[str, ...]]:
        """Yield sets of stories without which the others take a share of the page between two, the least important first."""
        free = max(1, self.free)
        sizes = {name: cells / free for name, cells in self.sizes().items()}
        levels = {story.id: story.level for story in self._stories}
        all_of_them = sum(sizes.values())
        if larger := tuple(name for name, share in sizes.items() if share > most):
            yield larger  # than the whole page: without it there is still a page to fill
            return
        # The least important first, of one level what the page lists last: where no set leaves such a share, the first that leaves less.
        names = [*reversed(sizes)]
        fit: list[tuple[int, tuple[str, ...]]] = []
        for count in range(1, len(names)):
            if fit and count > min(fit)[0]:
                break  # each is of some importance: more of them are of more than these
            fit += [
                (sum(6 - levels[name] for name in taken), taken)
                for taken in islice(combinations(names, count), _SETS)
                if least <= all_of_them - sum(sizes[name] for name in taken) <= most
            ]
        if fit:
            yield from (taken for _, taken in sorted(fit, key=lambda one: one[0]))
            return
        yield next(
            (tuple(names[:n]) for n in range(1, len(names)) if all_of_them - sum(sizes[m] for m in names[:n]) <= most),
            tuple(names[:-1]),
        )

    def lay_out(self, other_than: Sequence[Tiling] = ()) -> Laid | None:
        """Return the best page that closes; None where none is found."""
        found: list[Laid] = []
        for off in OFF_WIDTHS:
            self._widen(off)
            if off == OFF_WIDTHS[-1] and len(self._offers) > (_FEW if found else _MANY):
                break  # the widest are for pages of few stories that close no other way
            for strict in (True, False) if self._is_bound else (True,):
                if laid := self._closed(other_than, strict=strict):
                    found.append(laid)
                    break
            if found and not self._is_marred(found[-1]):
                break  # else other widths may do better
        best = min(found, key=self._score, default=None)
        if best and self._is_marred(best) and len(self._offers) <= _FEW:
            # Of few stories there are few pages: one may run round an advertisement.
            found += [laid for way in self._rounds() if (laid := self._round(way, other_than))]
            found += [laid for laid in (self._in_fewer(other_than),) if laid]
        if found:
            return self._parted(min(found, key=self._score), other_than)
        for briefs in self._stacks():
            with self.stacked([briefs]):
                if laid := self._closed(other_than, strict=False):
                    return laid
        if found := [laid for way in self._rounds() if (laid := self._round(way, other_than))]:
            return min(found, key=self._score)
        if laid := self._in_fewer(other_than):
            return laid
        if self._filler:
            self._offers[_FILLER] = self._filler
            try:
                return self._closed(other_than, strict=False)
            finally:
                del self._offers[_FILLER]
        return None

    def _is_marred(self, laid: Laid) -> bool:
        marred = (self._offer(placed).mars(placed.area) for placed in laid.tiling)
        return any(broken(self.board, laid.tiling)[rule] for rule in _MARRING) or any(marred)

    def _score(self, laid: Laid) -> int:
        return score(self.board, laid.tiling, self.weights) + PARTED * len(laid.forms)

    def _parted(self, laid: Laid, other_than: Sequence[Tiling]) -> Laid:
        """Return a page, or the same with one of two like heads side by side (碰题) on a tint or set upright, if that is better."""
        alike = alike_pairs(self.board, laid.tiling)
        tried = [laid]
        for story in forms_to_part(self._offers, alike):
            with self.formed(story):
                found = self._closed(other_than, strict=False)
            tried += [found] if found else []
        return min(tried, key=self._score)

    def _stacks(self) -> Iterator[tuple[str, ...]]:
        """Yield briefs that may share a rectangle: the two shortest, then as many as make a column of them."""
        stories = [offer.story for offer in self._offers.values() if type(offer) is StoryOffer]
        short = [one for one in stories if one.level == BRIEF and may_stand_together(one)]
        short.sort(key=lambda one: (len(one.article.text), one.id))
        for count in range(_LEAST_TOGETHER, min(_MOST_TOGETHER, len(short)) + 1):
            names = {one.id for one in short[:count]}
            yield tuple(name for name in self._offers if name in names)

    def _rounds(self) -> Iterator[tuple[str, Area]]:
        """Yield stories with the advertisements round which they may run, the longest first."""
        for ad in self._ads:
            stories = [o.story for o in self._offers.values() if type(o) is StoryOffer and may_run_round(o.story)]
            stories.sort(key=lambda one: (-len(one.article.text), one.id))
            yield from ((one.id, ad) for one in stories[:_MOST_ROUND])

    def _round(self, way: tuple[str, Area], other_than: Sequence[Tiling]) -> Laid | None:
        with self.rounded([way]):
            return self._closed(other_than, strict=False)

    def _in_fewer(self, other_than: Sequence[Tiling]) -> Laid | None:
        with self.in_fewer():
            return self._closed(other_than, strict=False)

    def filled_up(self) -> Laid:
        """Return a page that waits for no story, with a picture of the house where a rectangle of its size is free."""
        filler, free = self._filler, free_areas(self.board)
        found = [filler.filler(area) for area in free if filler] if len(free) == 1 else []
        return Laid((), {}, fillers=tuple(story for story in found if story))

    @property
    def _is_bound(self) -> bool:
        """Whether something that would be wished for might keep the page from closing."""
        return any(offer.story.ad or offer.story.related for offer in self._offers.values())

    def _closed(self, other_than: Sequence[Tiling], *, strict: bool) -> Laid | None:
        for _ in range(_ROUNDS):
            found = solve(self.board, self.pieces(), self.weights, other_than=other_than, strict=strict).tiling
            if found is None:
                return None
            wrong = [placed for placed in found if not self.closes(placed)]
            if not wrong:
                return self._laid(found)
            self._forbid(wrong)
        return None

    def nearest(self) -> Laid | None:
        """Return the page with the least amiss; None where even so there is no room for every story."""
        laid = None
        is_near = _NEAR[0] <= self.share <= _NEAR[1]
        is_many = len(self._offers) > _MANY
        for most, crafted, work in _OF_MANY if is_many else _NEAREST if is_near else _FAR:
            for _ in range(1 if is_many else _ROUNDS):
                pieces = self._near_pieces(most)
                found = solve(self.board, pieces, self.weights, crafted=crafted, strict=False, work=work).tiling
                if found is None:
                    break
                laid = self._laid(found)
                wrong = [p for p in found if p.piece.name not in laid.amiss and not self.closes(p)]
                if not wrong:
                    return laid
                self._forbid(wrong)
            if laid and is_many:
                break  # what does not close there is told when it is made up
        return laid

    def _near_pieces(self, most: int | None) -> tuple[Piece, ...]:
        """Return what is to be placed, so many lines amiss; of many stories without the widths that none found a page with."""
        pieces = self.pieces(most, elastic=True)
        if len(pieces) <= _MANY:
            return pieces
        off = OFF_WIDTHS[0]
        near = [
            tuple(s for s in piece.shapes if offer.likes[0] - off <= s.columns <= offer.likes[1] + off)
            for piece, offer in zip(pieces, self._offers.values(), strict=True)
        ]
        return tuple(replace(piece, shapes=shapes or piece.shapes) for piece, shapes in zip(pieces, near, strict=True))

    def pieces(self, most: int | None = 0, *, elastic: bool = False) -> tuple[Piece, ...]:
        """Return what is to be placed, the most important first; the arguments are those of `Offer.piece`."""
        return tuple(offer.piece(most, elastic=elastic) for offer in self._offers.values())

    def among(self, standing: Sequence[Placed]) -> Laid | None:
        """Return the best page that closes with some stories standing already; None where none is found."""
        here = {one.piece.name: one for one in standing}
        fixed = (Fixed(one.area, one.piece if one.piece.is_story else None, one.shape.head) for one in standing)
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
            self._forbid(wrong)
        return None

    def closes(self, placed: Placed) -> bool:
        """Set a story in its place, and say whether it closes without an error in its headline."""
        return self._offer(placed).closes(placed.area)

    def _offer(self, placed: Placed) -> Offer:
        is_filler = self._filler and placed.piece.fills_up
        return self._filler if is_filler and self._filler else self._offers[placed.piece.name]

    def _forbid(self, wrong: Sequence[Placed]) -> None:
        for placed in wrong:
            self._offer(placed).forbid(placed.area)

    def _laid(self, tiling: Tiling) -> Laid:
        places, amiss, forms = {}, {}, dict(self._forms)
        fillers = []
        for placed in tiling:
            offer, a = self._offer(placed), placed.area
            if isinstance(offer, FillerOffer):
                fillers.append(offer.filler(a))
                continue
            places[offer.story.anchor] = Place(a.column + 1, a.row + 1, a.columns, a.rows, offer.story.where)
            if form := offer.form(a):
                forms[offer.story.anchor] = form
            if (lines := offer.amiss(a)) is not None:
                amiss[offer.story.id] = lines
        places.update({one: places[first] for one, first in self._together.items() if first in places})
        standing = [Fixed(placed.area, placed.piece) for placed in tiling if placed.piece.is_story]
        return Laid(
            tiling,
            places,
            amiss,
            tuple(apart([*standing, *(one for one in self.board.fixed if one.piece)])),
            tuple(story for story in fillers if story),
            dict(self._together),
            forms,
        )


def _with_amiss(offer: Offer, near: Sequence[Shape]) -> int:
    """Return the cells that a story takes which closes in no shape: those of the nearest, with what is far over or short in it."""
    shape = min(near, key=lambda s: s.cost)
    cells = shape.columns * shape.rows
    lines = offer.amiss(Area(0, 0, shape.columns, shape.rows)) or 0
    return cells + lines if abs(lines) * _FEW_LINES > cells else cells


_FEW_LINES = 10
"""Lines over or short that are a smaller part of a story than this are what a search for its place may settle."""


def _natural(piece: Piece) -> int:
    """Return the cells that a piece takes in its cheapest shape."""
    shape = min(piece.shapes, key=lambda s: s.cost)
    return shape.columns * shape.rows
