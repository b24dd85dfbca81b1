"""What looks for its place on a page that lays itself out, and in which ways it may do so for a while.

In: a page's geometry and its stories. Out: an offer for each that has no place; briefs together, stories round advertisements
or in another form while one of these ways is tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from printkit.makeup.page.corner import CornerOffer
from printkit.makeup.page.fewer import FewerOffer, may_have_fewer
from printkit.makeup.page.judged import board_of, weights_of
from printkit.makeup.page.many import may_stand_together
from printkit.makeup.page.offers import AdOffer, FillerOffer, JumpOffer, Offer, RoundOffer, StoryOffer
from printkit.makeup.page.round import may_run_round
from printkit.makeup.page.trials import TrialOffer
from printkit.makeup.setting import Setter
from printkit.makeup.tiling.board import Area
from printkit.model.edition import Story
from printkit.model.geometry import NO_SLOT, PageGeometry
from printkit.model.story_look import NO_LOOK, StoryLook

OFF_WIDTHS = (1, 2, 3)
"""Columns by which a story may leave the widths that its level likes, and where no page closes so."""

PARTED = 150
"""Cost of a story that is given a form of its own to part it from its neighbour, in hundredths."""

_LEAST_TINTED, _LEAST_UPRIGHT = 2, 3
"""The most important levels that are set on a tint, or get an upright headline, to part them."""

_UPRIGHT = StoryLook(direction="vertical")


def formed(story: Story) -> tuple[Story, ...]:
    """Return a story in the forms that part it from neighbours like it (碰题): on a tint, with its headline upright (竖题)."""
    plain = story.frame == "none" and story.look == NO_LOOK and story.level >= _LEAST_TINTED
    if not plain or story.ad or story.group or story.jump or story.article.notices or story.article.title_picture:
        return ()
    return replace(story, frame="tint"), *(replace(story, look=_UPRIGHT),) * (story.level >= _LEAST_UPRIGHT)


def forms_to_part(offers: Mapping[str, Offer], alike: Sequence[tuple[str, str]]) -> Iterator[Story]:
    """Yield the less important story of the first pair of like heads, in each form that parts it."""
    for pair in alike[:1]:
        stories = [offers[name].story for name in pair if type(offers.get(name)) is StoryOffer]
        yield from (one for story in sorted(stories, key=lambda s: -s.level)[:1] for one in formed(story))


class Entries:
    """The entries of a page that look for their places."""

    def __init__(
        self,
        geometry: PageGeometry,
        stories: Sequence[Story],
        setter: Setter,
        fillers: Sequence[Story] = (),
        *,
        outer: int = 0,
    ) -> None:
        """Take the page as measured for its stories without a place (`NO_SLOT`), all its stories, and the composer.

        `fillers` are what may fill it up, `outer` is its outer side: 0 the left, 1 the right.
        """
        self.board = replace(board_of(geometry, stories), outer=outer)
        self.weights = weights_of(geometry)
        rows = self.board.rows
        given = geometry, rows, setter, self.weights
        waiting = sorted((s for s in stories if not s.slot), key=lambda s: (bool(s.ad), s.level))
        self._offers: dict[str, Offer] = {}
        for story in waiting:
            together = [s for s in stories if story.group and s.group and s.group.id == story.id]
            if story.ad:
                self._offers[story.id] = AdOffer(story, geometry, rows)
            elif together or story.article.notices:
                self._offers.setdefault(story.id, TrialOffer(together or [story], *given))
            elif not story.is_member:
                self._offers[story.id] = JumpOffer(story, *given) if story.jump else StoryOffer(story, *given)
        for offer in [*self._offers.values()][:1]:
            offer.leads = offer.story.level == 1
        self._filler = FillerOffer(fillers, geometry, rows) if fillers else None
        self._given = given
        self._together: dict[str, str] = {}
        self._forms: dict[str, Story] = {}
        places = [story.placement.at for story in stories if story.ad]
        areas = [Area(at.column - 1, at.row - 1, at.columns, at.rows) for at in places if at]
        self._ads = [one.area for one in self.board.fixed if one.area in areas]
        """The areas of advertisements that have their places."""
        self._text_cells = max(1, geometry.grid.column // geometry.grid.size)
        self._widen(OFF_WIDTHS[0])

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What looks for its place, the most important first."""
        return tuple(self._offers.values())

    @property
    def _stories(self) -> list[Story]:
        return [offer.story for offer in self._offers.values() if not offer.story.ad]

    @contextmanager
    def stacked(self, stacks: Sequence[Sequence[str]]) -> Iterator[None]:
        """Have some briefs, by their ids, share rectangles for a while: one under the other in the order given."""
        kept, together = self._offers, self._together
        self._offers, self._together = dict(kept), dict(together)
        for first, *others in stacks:
            stories = [self._offers[name].story for name in (first, *others)]
            self._offers[first] = TrialOffer(stories, *self._given)
            self._offers[first].widen(OFF_WIDTHS[0])
            for one in stories[1:]:
                del self._offers[one.id]
                self._together[one.anchor] = stories[0].anchor
        try:
            yield
        finally:
            self._offers, self._together = kept, together

    @contextmanager
    def rounded(self, ways: Sequence[tuple[str, Area]]) -> Iterator[None]:
        """Have some stories, by their ids, run round advertisements for a while."""
        kept, board = self._offers, self.board
        self._offers = dict(kept)
        for name, ad in ways:
            self._offers[name] = RoundOffer(kept[name].story, *self._given, ad)
            self._offers[name].leads = kept[name].leads
            self._offers[name].widen(OFF_WIDTHS[-1])
            self.board = replace(self.board, fixed=tuple(one for one in self.board.fixed if one.area != ad))
        try:
            yield
        finally:
            self._offers, self.board = kept, board

    @contextmanager
    def cornered(self, one: str, other: str) -> Iterator[None]:
        """Have a story run round another one for a while, which stands in its lower corner; both by their ids."""
        kept = self._offers
        both = CornerOffer(kept[one].story, *self._given, kept[other])
        both.leads = kept[one].leads
        both.widen(OFF_WIDTHS[-1])
        self._offers = {**kept, one: both}
        del self._offers[other]
        try:
            yield
        finally:
            self._offers = kept

    def rounds_in(self, areas: Mapping[str, Area]) -> list[tuple[str, Area]]:
        """Return the stories that ran round an advertisement, with it, which may do so again."""
        return [
            (name, ad)
            for name, offer in self._offers.items()
            for ad in self._ads
            if name in areas and areas[name].meets(ad) and type(offer) is StoryOffer and may_run_round(offer.story)
        ][:1]

    def stacks_in(self, areas: Mapping[str, Area]) -> list[list[str]]:
        """Return the briefs that stood in one rectangle and may do so again."""
        found: dict[Area, list[str]] = {}
        for name, offer in self._offers.items():
            if name in areas and may_stand_together(offer.story):
                found.setdefault(areas[name], []).append(name)
        return [names for names in found.values() if len(names) > 1]

    @contextmanager
    def formed(self, story: Story) -> Iterator[None]:
        """Have a story stand in another form for a while, if its type was measured in it."""
        kept, forms = self._offers, self._forms
        geometry = self._given[0]
        if (NO_SLOT, story.level, story.frame, story.look.css) in geometry.styles:
            self._offers = {**kept, story.id: StoryOffer(story, *self._given)}
            self._offers[story.id].widen(OFF_WIDTHS[0])
            self._forms = {**forms, story.anchor: story}
        try:
            yield
        finally:
            self._offers, self._forms = kept, forms

    @contextmanager
    def in_fewer(self) -> Iterator[None]:
        """Have stories stand in a column fewer than their places have for a while, where they close so alone."""
        kept = self._offers
        self._offers = dict(kept)
        for name, offer in kept.items():
            if may_have_fewer(offer):
                self._offers[name] = FewerOffer(offer.story, *self._given)
                self._offers[name].leads = offer.leads
                self._offers[name].widen(OFF_WIDTHS[-1])
        try:
            yield
        finally:
            self._offers = kept

    def _widen(self, off: int) -> None:
        """Let stories leave the widths that their levels like by some columns."""
        for offer in self._offers.values():
            offer.widen(off)
