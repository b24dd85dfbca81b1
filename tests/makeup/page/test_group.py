"""A group (组合报道) in its slot: a common head over all columns, members in the division at which they close best."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from printkit.diagnostics import InputError, SourceRef
from printkit.makeup.frames import story_frame
from printkit.makeup.page.assign import assign
from printkit.makeup.page.group import even_shares, fill_group, group_faults
from printkit.makeup.page.make_up import make_up
from printkit.model.edition import Group, Story
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, MadeUpStory
from printkit.model.story_look import Columns, StoryLook
from tests.support.setting import (
    EM,
    LEADING,
    TypedSlot,
    article,
    context,
    copy,
    geometry,
    ornaments,
    setter,
    slot,
    story,
    styles,
    texts,
    visible,
)

COMMON = article(headline="一条老街的三副新面孔")
WIDE = slot(width=63, lines=40, columns=5)
"""Five columns of eleven characters."""


def group(*lengths: int) -> list[Story]:
    """A common head and members with copy of some lengths."""
    together = Group("head", COMMON.headline)
    members = [
        story(article(*copy(length, seed), headline=f"第{seed}幅面孔"), f"m{seed}", group=together)
        for seed, length in enumerate(lengths, 1)
    ]
    return [story(COMMON, "head", group=together, level=1), *members]


def filled(stories: Sequence[Story], place: TypedSlot = WIDE) -> list[MadeUpStory]:
    return [made for made, _ in fill_group(stories, place, geometry(place), setter())]


def rects(made: Sequence[MadeUpStory]) -> list[Rect]:
    return [one.parts[0] for one in made]


def columns_of(made: Sequence[MadeUpStory]) -> list[int]:
    return [one.columns for one in made]


def test_members_stand_side_by_side_under_the_head_down_to_the_foot() -> None:
    made = filled(group(700, 700, 300))
    head, *members = rects(made)
    assert head.width == WIDE.rect.width
    assert [one.rect.y for one in made[1:]] == [head.bottom] * 3
    assert {one.bottom for one in members} == {WIDE.rect.bottom}
    assert members[0].x == WIDE.rect.x
    assert all(a.right < b.x for a, b in pairwise(members))
    assert sum(columns_of(made)[1:]) == 5
    assert [box.role for box in texts(made[0])] == ["headline"]


@pytest.mark.parametrize(("lengths", "wanted"), [((900, 450, 400), [3, 1, 1]), ((400, 450, 1100), [1, 1, 3]),
                                                  ((760, 760, 300), [2, 2, 1])])  # fmt: skip
def test_the_longer_a_member_the_more_columns_it_has(lengths: tuple[int, ...], wanted: list[int]) -> None:
    assert columns_of(filled(group(*lengths)))[1:] == wanted


def test_members_cut_to_their_shares_close_to_the_line() -> None:
    lengths = [650, 640, 330]
    for _ in range(6):
        made = filled(group(*lengths))[1:]
        lengths = [
            length - one.fit.over_characters + one.fit.under_characters
            for length, one in zip(lengths, made, strict=True)
        ]
    assert [(one.fit.over_lines, one.fit.under_lines) for one in made] == [(0, 0)] * 3


def test_the_common_head_gives_white_where_that_closes_the_members() -> None:
    """Lengths that close a line lower: the style lets the head have a line more."""
    lengths = [650, 640, 330]
    for _ in range(6):
        lower = slot(width=63, lines=39, columns=5, ladder=("space",))
        made = filled(group(*lengths), lower)[1:]
        lengths = [n - one.fit.over_characters + one.fit.under_characters for n, one in zip(lengths, made, strict=True)]
    loose = slot(width=63, lines=40, columns=5, ladder=("space",), headline_space=(1, 2))
    head, *members = filled(group(*lengths), loose)
    assert [(one.fit.over_lines, one.fit.under_lines) for one in members] == [(0, 0)] * 3
    assert any("headline" in step.text or "white" in step.text for step in head.fit.steps)
    assert members[0].parts[0].height == made[0].parts[0].height


def test_every_word_stands_once_and_every_fit_is_told_apart() -> None:
    stories = group(200, 2000, 100)
    made, told = make_up(context(), geometry(WIDE), {"lead": stories}, [s.anchor for s in stories], setter())
    for one in made.stories[1:]:
        shown = "".join(line.text for box in texts(one, "body") for line in box.lines)
        assert visible("".join(p.text for p in one.story.article.body)).startswith(visible(shown))
        assert one.fit.lines
    by_story = {found.story: found for found in told if found.code in ("makeup.overset", "makeup.underset")}
    assert set(by_story) == {"m1", "m2", "m3"}
    assert by_story["m2"].code == "makeup.overset"
    assert by_story["m2"].bbox != by_story["m1"].bbox
    assert all(found.slot == "lead" for found in by_story.values())


def test_more_members_than_columns_stand_under_one_another() -> None:
    place = slot(width=24, lines=60, columns=2)
    made = filled(group(150, 200, 250, 180), place)
    head, *members = rects(made)
    assert columns_of(made)[1:] == [1, 1, 1, 1]
    left, right = members[:2], members[2:]
    for upper, lower in (left, right):
        assert upper.x == lower.x
        assert lower.y == upper.bottom + LEADING
        assert lower.bottom == place.rect.bottom
        assert upper.y == head.bottom
    assert left[0].x < right[0].x


def test_rules_stand_between_members_and_never_through_them() -> None:
    place = slot(width=24, lines=60, columns=2)
    for stories, where in ((group(700, 700, 300), WIDE), (group(150, 200, 250, 180), place)):
        made = filled(stories, where)
        head, *members = made
        side, below = ornaments(head, "member-rule-side"), ornaments(head, "member-rule-below")
        assert len(side) == (2 if where is WIDE else 1)
        assert len(below) == (0 if where is WIDE else 2)
        for rule in (*side, *below):
            x, y = head.rect.x + rule.rect.x, head.rect.y + rule.rect.y
            for one in rects(members):
                assert not (one.x < x + rule.rect.width and x < one.right and one.y < y + rule.rect.height and y < one.bottom) \
                    or x in (one.x, one.right)  # fmt: skip


def test_a_boxed_member_needs_no_rule() -> None:
    stories = group(700, 700, 300)
    stories[3] = replace(stories[3], frame="box")
    head, *_ = filled(stories)
    assert len(ornaments(head, "member-rule-side")) == 1


def test_a_group_is_closed_when_all_its_members_are() -> None:
    stories = group(200, 2000, 100)
    made, _ = make_up(context(), geometry(WIDE), {"lead": stories}, [s.anchor for s in stories], setter())
    assert isinstance(made, MadeUpPage)
    assert made.over_lines == made.stories[2].fit.over_lines
    assert made.under_lines == made.stories[1].fit.under_lines + made.stories[3].fit.under_lines
    assert made.white == ()


def test_a_slot_too_low_for_all_is_refused_at_the_entry() -> None:
    low = slot(width=63, lines=8, columns=5)
    with pytest.raises(InputError) as caught:
        filled(group(100, 100, 100), low)
    [fault] = caught.value.diagnostics
    assert fault.code == "makeup.group-crowded"
    assert fault.where == SourceRef("edition.yaml", 7)
    head, *members = group(100, 100)
    with pytest.raises(InputError):
        even_shares(head, members, low, geometry(low), setter())


@pytest.mark.parametrize("count", [2, 3, 7, 12, 20])
def test_no_two_of_many_members_overlap(count: int) -> None:
    members = rects(filled(group(*[60] * count)))[1:]
    assert len(members) == count
    for number, one in enumerate(members):
        for other in members[number + 1 :]:
            assert one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def test_columns_too_narrow_for_a_member_are_told() -> None:
    narrow = slot(width=5 * 7 + 4 * 2, lines=40, columns=5)
    told = group_faults({"lead": group(100, 100)}, geometry(narrow))
    assert [fault.code for fault in told] == ["makeup.columns-narrow"] * 2
    assert "7 characters a line" in told[0].message.en
    assert group_faults({"lead": group(100, 100)}, geometry(WIDE)) == []
    look = StoryLook(columns=Columns(9, SourceRef("edition.yaml", 9)))
    page = geometry(WIDE)
    page = replace(page, styles={**page.styles, ("lead", 3, "none", look.css): styles(text_columns=9)})
    head, first, second = group(100, 100)
    [fault] = group_faults({"lead": [head, replace(first, look=look), second]}, page)
    assert (fault.code, fault.where) == ("makeup.columns-narrow", SourceRef("edition.yaml", 9))


def test_a_headline_over_more_columns_than_the_group_has_is_told() -> None:
    look = StoryLook(head_columns=Columns(6, SourceRef("edition.yaml", 9)))
    page = geometry(WIDE)
    page = replace(page, styles={**page.styles, ("lead", 3, "none", look.css): styles(headline_columns=6)})
    head, first, second = group(100, 100)
    [fault] = group_faults({"lead": [head, replace(first, look=look), second]}, page)
    assert (fault.code, fault.where) == ("makeup.head-columns", SourceRef("edition.yaml", 9))


def test_a_member_whose_look_asks_for_columns_gets_them() -> None:
    look = StoryLook(columns=Columns(2, SourceRef("edition.yaml", 9)))
    page = geometry(WIDE)
    page = replace(page, styles={**page.styles, ("lead", 3, "none", look.css): styles(text_columns=2)})
    head, first, second = group(100, 900)
    made = [one for one, _ in fill_group([head, replace(first, look=look), second], WIDE, page, setter())]
    assert columns_of(made)[1] == 2
    frame = story_frame(made[1].slot(page), page, page.style(made[1].story))
    assert frame.measure >= 8 * EM


def test_shares_before_anything_is_written_are_even() -> None:
    stories = [replace(one, article=article()) for one in group(0, 0, 0)]
    head, *members = stories
    shares = even_shares(replace(head, article=COMMON), members, WIDE, geometry(WIDE), setter())
    assert [share.columns for share in shares] == [2, 2, 1]
    assert len({(share.rect.y, share.rect.height) for share in shares}) == 1


def test_a_group_goes_into_a_slot_of_its_own() -> None:
    head = replace(group(100, 100)[0], placement=replace(group(100, 100)[0].placement, slot=""))
    slots = {"briefs": True, "second": False}
    [given] = assign(context(), [head], slots).stories
    assert given.slot == "second"
    named = replace(head, placement=replace(head.placement, slot="briefs"))
    [fault] = assign(context(), [named], slots).faults
    assert fault.code == "layout.group-among-stories"
    [fault] = assign(context(), [head], {"briefs": True}).faults
    assert fault.code == "layout.no-free-slot"
