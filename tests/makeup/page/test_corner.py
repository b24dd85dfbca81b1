"""A story round another one in the lower corner of its place (穿插): together they have sizes that neither closes alone."""

from dataclasses import replace

from printkit.diagnostics import SourceRef
from printkit.makeup.page.assign import place_faults
from printkit.makeup.page.corner import CornerOffer, pairs_of
from printkit.makeup.page.offers import ROUND, StoryOffer
from printkit.makeup.tiling.board import Area, Board, Fixed
from printkit.makeup.tiling.craft import WEIGHTS
from printkit.model.edition import Place, Placement, Story
from printkit.model.geometry import NO_SLOT
from tests.support.setting import article, copy, geometry, picture, setter, slot, story

_ROOM = slot(name=NO_SLOT, ladder=("lines", "space"))
_GIVEN = geometry(_ROOM), 60, setter(), WEIGHTS
_LONG = replace(story(article(*copy(700, 7), headline="车间里的课堂"), "long", NO_SLOT), level=3)
_BRIEF = replace(story(article(*copy(120, 1), headline="渡口"), "brief", NO_SLOT), level=5)


def offer(one: Story) -> StoryOffer:
    made = StoryOffer(one, *_GIVEN)
    made.widen(1)
    return made


def test_together_they_close_in_sizes_of_their_own() -> None:
    plain, brief = offer(_LONG), offer(_BRIEF)
    both = CornerOffer(_LONG, *_GIVEN, brief)
    both.widen(1)
    own = {(shape.columns, shape.rows) for shape in brief.piece().shapes}
    shapes = both.piece().shapes
    assert len({(shape.columns, shape.rows) for shape in shapes}) == len(shapes) > len(plain.piece().shapes)
    for shape in shapes[:: len(shapes) // 4]:
        area = Area(1, 2, shape.columns, shape.rows)
        inner, corner = both.within(area)
        assert inner is brief
        assert (corner.right, corner.foot) == (area.right, area.foot)
        assert (corner.columns, corner.rows) in own
        assert corner.columns < area.columns
        assert shape.cost >= ROUND
        assert both.closes(area)
        assert both.amiss(area) is None
    both.forbid(area)
    assert (area.columns, area.rows) not in {(shape.columns, shape.rows) for shape in both.piece().shapes}


def test_briefs_and_pictures_stand_in_the_corner_of_text_the_longest_first() -> None:
    shown = replace(story(article(headline="渡口", pictures=(picture(),)), "shown", NO_SLOT), level=4)
    bare = replace(story(article(pictures=(picture(),)), "bare", NO_SLOT), level=4)
    longer = replace(story(article(*copy(900, 5), headline="码头"), "longer", NO_SLOT), level=2)
    illustrated = replace(_LONG, id="illustrated", article=replace(_LONG.article, pictures=(picture(),)))
    offers = [StoryOffer(one, *_GIVEN) for one in (longer, illustrated, _LONG, shown, bare, _BRIEF)]
    pairs = [("longer", "shown"), ("long", "shown"), ("longer", "brief"), ("long", "brief")]
    assert [*pairs_of(offers)] == pairs, "a picture without a headline would be read as the story's own"


def test_what_stands_in_a_corner_takes_no_cell_of_the_page() -> None:
    board = Board(5, 60, (Fixed(Area(0, 0, 3, 40)), Fixed(Area(2, 25, 1, 15))))
    assert board.taken == (Area(0, 0, 3, 40),)
    assert board.free == (20, 20, 20, 60, 60)


def test_a_place_in_a_lower_corner_alone_is_not_taken_by_the_story_round_it() -> None:
    def standing(one: Story, column: int, row: int, columns: int, rows: int) -> Story:
        at = Place(column, row, columns, rows, SourceRef("edition.yaml", 1))
        return replace(one, placement=Placement(one.id, at))

    grid, long = _GIVEN[0].grid, standing(_LONG, 1, 1, 3, 30)
    assert not place_faults([long, standing(_BRIEF, 3, 16, 1, 15)], grid)
    assert place_faults([long, standing(_BRIEF, 3, 10, 1, 15)], grid)
