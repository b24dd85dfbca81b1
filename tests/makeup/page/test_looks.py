"""A story's own look on its page: what it finds in the geometry, its text columns, stretched type, what has no room."""

from dataclasses import replace
from itertools import pairwise

import pytest

from printkit.diagnostics import SourceRef
from printkit.makeup.frames import story_frame
from printkit.makeup.jump.split import second_parts
from printkit.makeup.page.looks import look_faults
from printkit.makeup.story.fill import fill
from printkit.makeup.story.heads import set_head
from printkit.model.edition import Edition, Jump, Page
from printkit.model.geometry import PageGeometry, StoryStyle
from printkit.model.story_look import NO_LOOK, Columns, StoryLook
from tests.support.setting import EM, LEADING, article, geometry, setter, slot, story, styles, texts, visible

COPY = "工会干部走进车间，" * 60
AT = SourceRef("edition.yaml", 9, 20, "pages[0].stories[0].look.columns")
WIDTH = 40 * EM


def looked(look: StoryLook, *, many: bool = False, **type_of: object) -> tuple[PageGeometry, StoryStyle]:
    """A page of one slot of three columns, where stories of some look have a type of their own."""
    place = slot(many=many)
    own = styles(**type_of)
    page = geometry(place)
    return replace(page, styles={**page.styles, ("lead", 3, "none", look.css): own}), own


def test_a_look_is_declarations_and_none_is_empty() -> None:
    whole = StoryLook("vertical", "right", "start", Columns(2, AT), 110, "tail", Columns(3, AT), uncropped=True)
    assert whole.css == (
        "--headline-direction:vertical;--headline-side:right;--headline-align:start;--headline-columns:2;"
        "--headline-stretch:110%;--byline:tail;--text-columns:3;--picture-crop:0;"
    )
    assert NO_LOOK.css == ""


def test_a_story_has_the_type_of_its_own_look() -> None:
    look = StoryLook(byline="tail")
    page, own = looked(look, byline="tail")
    assert page.style(story(article(COPY), look=look)) is own
    assert page.style(story(article(COPY))) is not own


@pytest.mark.parametrize(("columns", "measure"), [(1, 40), (2, 19), (3, 12), (4, 8)])
def test_text_stands_in_the_columns_of_the_look(columns: int, measure: int) -> None:
    look = StoryLook(columns=Columns(columns, AT))
    page, _ = looked(look, text_columns=columns)
    told = story(article(COPY), look=look)
    assert look_faults({"lead": (told,)}, page) == []
    made, _ = fill(told, page.slots["lead"], page, setter())
    assert made.columns == columns
    body = texts(made, "body")
    assert {box.rect.width for box in body} == {measure * EM}
    assert max(box.rect.right for box in body) <= WIDTH
    edges = sorted({box.rect.x for box in body})
    assert all(b - a >= (measure + 2) * EM for a, b in pairwise(edges)), "the page's gutter at least"
    assert visible("".join(line.text for box in body for line in box.lines)) == visible(COPY)


def test_columns_of_fewer_than_eight_characters_are_told_at_their_key() -> None:
    look = StoryLook(columns=Columns(5, AT))
    page, _ = looked(look, text_columns=5)
    [fault] = look_faults({"lead": (story(article(COPY), look=look),)}, page)
    assert (fault.code, fault.where) == ("makeup.columns-narrow", AT)
    assert "5 text columns leave 6 characters" in fault.message.en
    assert fault.hint
    assert "4 at most" in fault.hint.en


def test_a_headline_over_more_columns_than_there_are_is_told_at_its_key() -> None:
    look = StoryLook(head_columns=Columns(4, AT))
    page, _ = looked(look, headline_columns=4)
    [fault] = look_faults({"lead": (story(article(COPY), look=look),)}, page)
    assert (fault.code, fault.where) == ("makeup.head-columns", AT)
    wider, _ = looked(look, headline_columns=4, text_columns=4)
    assert look_faults({"lead": (story(article(COPY), look=look),)}, wider) == []


def test_stories_that_share_a_slot_share_its_columns() -> None:
    look = StoryLook("vertical", head_columns=Columns(1, AT), columns=Columns(2, AT), byline="tail", where=AT)
    page, _ = looked(look, many=True)
    faults = look_faults({"lead": (story(article(COPY)), story(article(COPY), "b", look=look))}, page)
    assert [fault.code for fault in faults] == ["makeup.look-shared-slot"] * 3
    assert look_faults({"lead": (story(article(COPY), look=StoryLook(byline="tail", stretch=90)),)}, page) == []


@pytest.mark.parametrize(
    ("stretch", "em", "high"), [(110, 27272, 30000), (120, 25000, 30000), (90, 30000, 27000), (80, 30000, 24000)]
)
def test_stretched_characters_lose_width_or_height_and_keep_their_name(stretch: int, em: int, high: int) -> None:
    copy = article(COPY, headline="职工夜校开课")
    usual = styles()
    own = replace(usual, roles={**usual.roles, "headline": usual.roles["headline"].stretched(stretch)})
    before, after = (set_head(copy, type_of, WIDTH, LEADING, setter()) for type_of in (usual, own))
    [box] = after.boxes
    assert set(box.lines[0].advances) == {em}
    assert (box.style.size, box.style.em) == (high, em)
    assert after.steps == before.steps, "called by its nominal size"
    assert box.lines[0].x == (WIDTH - 6 * em) // 2
    ink = box.rect.y + box.baseline - high * 880 // 1000
    assert 0 <= ink <= after.lines * LEADING - high, "inside its lines by its own height"
    assert after.lines <= before.lines


def test_long_characters_stand_larger_where_room_is_short() -> None:
    copy = article(COPY, headline="职工夜校开课啦")
    usual = styles(headline_lines=1)
    width = 7 * 28_000
    sizes = []
    for stretch in (100, 110):
        own = replace(usual, roles={**usual.roles, "headline": usual.roles["headline"].stretched(stretch)})
        sizes.append(set_head(copy, own, width, LEADING, setter()).boxes[0].style.nominal)
    assert sizes == [24_000, 30_000]


def test_the_part_that_goes_on_keeps_only_byline_and_whole_pictures() -> None:
    look = StoryLook("vertical", "right", None, Columns(1, AT), None, "tail", Columns(2, AT), uncropped=True)
    told = story(article(COPY), look=look, jump=Jump("2", AT))
    pages = (Page("1", "own", AT, (told,)), Page("2", "own", AT))
    edition = Edition(told.article.path, AT, None, None, pages)  # type: ignore[arg-type]  # neither paper nor date is asked for
    [second] = second_parts(edition)["2"]
    assert second.look.css == "--byline:tail;--picture-crop:0;"


def test_a_frame_takes_the_columns_of_its_type() -> None:
    place = slot(text_columns=2)
    assert story_frame(place, geometry(place), place.type).columns == 2
