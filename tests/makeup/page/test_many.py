"""Stories that share a slot: packed, a rule in the white between them, what is left at the slot's foot."""

from itertools import pairwise

import pytest

from printkit.makeup.page.many import fill_many
from printkit.model.article import PicturePlace
from printkit.model.page import MadeUpStory
from tests.support.setting import (
    EM,
    LEADING,
    article,
    geometry,
    ornaments,
    picture,
    pictures,
    setter,
    slot,
    story,
    texts,
)


def briefs(space: int) -> list[MadeUpStory]:
    """Three short stories in a column of forty lines."""
    place = slot(columns=1, width=14, lines=40, many=True, story_space=space)
    stories = [story(article("工会干部走进车间，把手册送到班组。" * 3, headline=f"第{n}条"), n) for n in "一二三"]
    return [made for made, _ in fill_many(stories, place, geometry(place), setter())]


def test_briefs_are_packed_and_the_white_stands_at_the_foot() -> None:
    for space in (1, 2):
        made = briefs(space)
        for upper, lower in pairwise(made):
            foot, top = upper.parts[0].bottom, texts(lower)[0].rect.y + lower.rect.y
            assert foot + space * LEADING <= top < foot + (space + 2) * LEADING
            rule = ornaments(lower, "story-rule")[0]
            assert rule.rect.y + lower.rect.y == foot + space * LEADING // 2
        assert [one.fit.under_lines for one in made] == [0, 0, 0], "the white is the slot's"
        assert made[-1].parts[-1].bottom < made[0].rect.bottom - 10 * LEADING


@pytest.mark.parametrize("place", ["lead", "inside", "head", "under", "foot"])
def test_a_picture_of_a_brief_stands_over_its_column_and_is_never_left_out(place: PicturePlace) -> None:
    room = slot(columns=1, width=14, lines=60, many=True)
    shot = picture(place=place, caption="夜课", columns=2)
    stories = [story(article("手册送到班组。" * 9, headline="夜校", pictures=(shot,)), n) for n in "一二"]
    for made, told in fill_many(stories, room, geometry(room), setter()):
        [box] = pictures(made)
        [headline], body = texts(made, "headline"), texts(made, "body")
        assert box.rect.width == 14 * EM
        assert not headline.on_picture
        tops = {"picture": box.rect.y, "headline": headline.rect.y, "body": body[0].rect.y}
        order = {"head": ["picture", "headline", "body"], "foot": ["headline", "body", "picture"]}
        assert sorted(tops, key=lambda part: tops[part]) == order.get(place, ["headline", "picture", "body"])
        [caption] = texts(made, "caption")
        assert caption.rect.y >= box.rect.bottom
        assert not [d for d in told if d.code == "makeup.overset"]
