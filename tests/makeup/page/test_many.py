"""Stories that share a slot: packed, a rule in the white between them, what is left at the slot's foot."""

from itertools import pairwise

from printkit.makeup.page.many import fill_many
from printkit.model.page import MadeUpStory
from tests.support.setting import LEADING, article, geometry, ornaments, setter, slot, story, texts


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
