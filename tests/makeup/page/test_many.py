"""Stories that share a slot: packed, a rule in the white between them, what is left at the slot's foot."""

from itertools import pairwise
from typing import Any

import pytest

from printkit.makeup.page.many import fill_many, may_stand_together
from printkit.model.article import PicturePlace
from printkit.model.edition import Group
from printkit.model.geometry import NO_SLOT
from printkit.model.page import MadeUpStory
from tests.support.setting import (
    EM,
    LEADING,
    article,
    copy,
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


def test_briefs_fill_a_rectangle_of_an_automatic_page() -> None:
    stories = [story(article(*copy(130, seed), headline=f"第{seed}条"), f"n{seed}", level=5) for seed in (3, 5, 8)]
    closed = 0
    for lines in range(38, 50):
        place = slot(columns=1, width=14, lines=lines, many=True, name=NO_SLOT, ladder=("lines", "space"))
        made = [one for one, _ in fill_many(stories, place, geometry(place), setter())]
        used = sum(one.fit.lines for one in made)
        if used == lines and not any(one.fit.over_lines for one in made):
            closed += 1
            assert made[-1].parts[-1].bottom == made[0].rect.bottom
            assert "in one rectangle with others" in {step.text for step in made[0].fit.steps}
    assert closed >= 3, "white between them and lines of their paragraphs are what they can give"


@pytest.mark.parametrize(
    ("changes", "may"),
    [({}, True), ({"frame": "tint"}, False), ({"related": ("b",)}, False), ({"group": Group("g", None)}, False)],
)
def test_what_may_stand_together(changes: dict[str, Any], may: bool) -> None:
    assert may_stand_together(story(article("一句话。", headline="短"), **changes)) is may
