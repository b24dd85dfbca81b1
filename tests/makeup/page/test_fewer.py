"""A story in a column fewer than its place has (破栏): other sizes close, and it asks for its columns as an entry would."""

from dataclasses import replace

import pytest

from printkit.diagnostics import SourceRef
from printkit.makeup.page.fewer import FewerOffer, may_have_fewer
from printkit.makeup.page.laid import key_of
from printkit.makeup.page.offers import StoryOffer
from printkit.makeup.tiling.board import Area
from printkit.makeup.tiling.craft import WEIGHTS
from printkit.model.edition import SECOND_PART, Placement, Story
from printkit.model.geometry import NO_SLOT
from printkit.model.story_look import Columns, StoryLook
from printkit.model.text import Kind, Paragraph, Run
from tests.support.setting import article, copy, geometry, picture, setter, slot, story

_ROOM = slot(name=NO_SLOT, ladder=("lines", "space"), forms=(("fewer", 30),))
_STORY = replace(story(article(*copy(700, 7), headline="车间里的课堂"), slot=NO_SLOT), level=3)


def offer(kind: type[StoryOffer], one: Story = _STORY) -> StoryOffer:
    made = kind(one, geometry(_ROOM), 60, setter(), WEIGHTS)
    made.widen(1)
    return made


def test_other_sizes_close_and_are_asked_for_by_columns() -> None:
    plain = {(shape.columns, shape.rows): shape for shape in offer(StoryOffer).piece().shapes}
    broken = offer(FewerOffer)
    shapes = {(shape.columns, shape.rows): shape for shape in broken.piece().shapes}
    assert plain.items() <= shapes.items()
    more = shapes.keys() - plain.keys()
    assert more
    for columns, rows in sorted(more):
        area = Area(0, 0, columns, rows)
        form = broken.form(area)
        assert form
        assert key_of(form) == ("columns", columns - 1)
        assert broken.closes(area)
        assert shapes[columns, rows].cost >= 300
    assert not any(broken.form(Area(0, 0, *size)) for size in plain)
    broken.forbid(area)
    assert (area.columns, area.rows) not in {(shape.columns, shape.rows) for shape in broken.piece().shapes}


@pytest.mark.parametrize(
    ("direction", "characters", "is_set"),
    [("horizontal", 150, True), ("vertical", 500, True), ("vertical", 150, False)],
)
def test_an_upright_headline_never_stands_alone_over_one_wide_column(
    direction: str, characters: int, is_set: bool
) -> None:
    room = slot(name=NO_SLOT, ladder=("lines", "space"), forms=(("fewer", 30),), headline_direction=direction)
    one = replace(_STORY, article=article(*copy(characters, 1), headline="车间里的课堂开讲了"))
    made = FewerOffer(one, geometry(room), 60, setter(), WEIGHTS)
    made.take(2)
    areas = [Area(0, 0, shape.columns, shape.rows) for shape in made.piece().shapes]
    assert any(made.form(area) for area in areas) is is_set


_WHERE = SourceRef("edition.yaml", 3)
_NOT: dict[str, Story] = {
    "a lead": replace(_STORY, level=1),
    "a picture": replace(_STORY, article=replace(_STORY.article, pictures=(picture(),))),
    "a letter": replace(_STORY, article=replace(_STORY.article, body=(Paragraph((Run("敬礼"),), Kind.FLUSH),))),
    "columns of its own": replace(_STORY, look=StoryLook(columns=Columns(2, _WHERE))),
    "a headline over some columns": replace(_STORY, look=StoryLook(head_columns=Columns(2, _WHERE))),
    "what comes from another page": replace(_STORY, placement=Placement(NO_SLOT, part=SECOND_PART)),
}


@pytest.mark.parametrize("one", _NOT.values(), ids=_NOT.keys())
def test_what_keeps_its_columns(one: Story) -> None:
    assert may_have_fewer(StoryOffer(_STORY, geometry(_ROOM), 60, setter(), WEIGHTS))
    page = geometry(_ROOM)
    types = {**page.styles, (NO_SLOT, one.level, one.frame, one.look.css): _ROOM.type}
    assert not may_have_fewer(StoryOffer(one, replace(page, styles=types), 60, setter(), WEIGHTS))
