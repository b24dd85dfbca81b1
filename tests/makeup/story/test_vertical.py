"""Vertical headlines: where they stand, what their column keeps for text, when they give way to a horizontal one."""

from dataclasses import replace

import pytest

from printkit.compose.metrics import FixedMetrics
from printkit.makeup.frames import frame_of
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill
from printkit.makeup.story.vertical import LEAST_UNDER, story_head
from printkit.model.article import Article, Lines
from printkit.model.geometry import Insets, Rect
from printkit.model.page import MadeUpStory, TextBox
from tests.support.setting import (
    LEADING,
    WHERE,
    article,
    geometry,
    ornaments,
    pictures,
    setter,
    slot,
    story,
    styles,
    texts,
    visible,
)
from tests.support.setting import picture as picture_of

COPY = "工会干部走进车间，" * 90


def made(copy: Article, **changes: object) -> MadeUpStory:
    """Fill a slot of three columns of twelve em and forty lines."""
    place = slot(**{"headline_direction": "vertical", "headline_space": (1, 2), **changes})  # type: ignore[arg-type]
    return fill(story(copy), place, geometry(place), setter())[0]


def head_boxes(story: MadeUpStory) -> list[TextBox]:
    return texts(story, "kicker", "headline", "deck", "byline")


def test_a_vertical_headline_stands_beside_its_text() -> None:
    copy = article(COPY, headline="车间里的课堂")
    story = made(copy)
    head = texts(story, "headline")[0]
    assert head.turns
    assert [line.text for line in head.lines] == ["车间里的课堂"] or len(head.lines) == 2
    first = [box for box in texts(story, "body") if box.rect.x < story.rect.width // 3]
    others = [box for box in texts(story, "body") if box.rect.x > story.rect.width // 3]
    assert min(box.rect.y for box in others) == 0, "text stands beside the headline from the first line"
    assert min(box.rect.y for box in first) >= head.rect.bottom, "and under it in its own column"
    assert visible("".join(line.text for box in texts(story, "body") for line in box.lines)) == visible(COPY)


def test_kicker_headline_and_deck_run_from_right_to_left_and_do_not_meet() -> None:
    copy = article(COPY, headline="车间里的课堂", kicker=Lines(("引题在右",), WHERE), deck=Lines(("副题在左",), WHERE))
    boxes = head_boxes(made(copy))
    assert [box.role for box in boxes] == ["kicker", "headline", "deck"]
    inks = [
        (box.rect.x + (box.pitch - box.style.size) // 2, box.rect.right - (box.pitch - box.style.size) // 2)
        for box in boxes
    ]
    assert inks[0][0] > inks[1][1]
    assert inks[1][0] > inks[2][1]
    width = 12 * 9000
    assert abs((inks[2][0] + inks[0][1]) // 2 - width // 2) <= 1, "the block is centred in its column"
    assert len({box.rect.y for box in boxes}) == len({box.rect.height for box in boxes}) == 1


def test_the_side_is_the_styles() -> None:
    copy = article(COPY, headline="车间里的课堂")
    left, right = (texts(made(copy, headline_side=side), "headline")[0].rect for side in ("left", "right"))
    assert left.right < 12 * 9000 + 9000
    assert right.x > 2 * 12 * 9000


def test_the_headline_takes_the_whole_column_where_too_little_is_left_under_it() -> None:
    copy = article(COPY, headline="工会干部走进车间送清凉")
    place = slot(lines=33, headline_direction="vertical", headline_lines=1)
    frame = frame_of(place, geometry(place), Insets())
    one_line = styles(headline_direction="vertical", headline_lines=1)
    head = story_head(copy, one_line, frame, setter())
    assert head.lines == frame.lines
    tall = slot(lines=60, headline_direction="vertical", headline_lines=1)
    head = story_head(copy, one_line, frame_of(tall, geometry(tall), Insets()), setter())
    assert 60 - head.lines >= LEAST_UNDER
    assert head.tops(3) == [head.lines, 0, 0]


def test_the_byline_stands_horizontal_under_the_block() -> None:
    from printkit.model.article import Byline

    copy = article(COPY, headline="车间里的课堂", byline=(Byline("本报记者", "甲"),))
    boxes = head_boxes(made(copy))
    assert [box.role for box in boxes] == ["headline", "byline"]
    assert not boxes[1].turns
    assert boxes[1].rect.y > boxes[0].rect.bottom


def test_pictures_stand_at_the_top_of_the_columns_beside_it() -> None:
    copy = article(COPY, headline="车间里的课堂", pictures=(picture_of(),))
    story = made(copy)
    picture = pictures(story)[0].rect
    head = texts(story, "headline")[0].rect
    assert picture.y < LEADING
    assert picture.x > head.right
    wide = made(replace(copy, pictures=(picture_of(columns=3),)))
    assert pictures(wide)[0].rect.y >= texts(wide, "headline")[0].rect.bottom


def test_no_column_rule_runs_along_the_headline() -> None:
    story = made(article(COPY, headline="车间里的课堂"), column_rules="all")
    foot = texts(story, "headline")[0].rect.bottom
    rules = sorted(ornaments(story, "column-rule"), key=lambda rule: rule.rect.x)
    assert rules[0].rect.y >= foot
    assert rules[1].rect.y < LEADING


def test_one_that_does_not_fit_stands_horizontal_and_is_told() -> None:
    copy = article(COPY, headline="工" * 60)
    place = slot(lines=20, headline_direction="vertical", headline_lines=1)
    head = story_head(copy, styles(headline_direction="vertical", headline_lines=3),
                      frame_of(place, geometry(place), Insets()), setter())  # fmt: skip
    assert not head.is_vertical
    assert "makeup.headline-not-vertical" in [d.code for d in head.diagnostics]
    assert head.columns == 3


def test_a_step_under_the_best_may_be_asked_for() -> None:
    copy = article(COPY, headline="车间里的课堂", deck=Lines(("副题",), WHERE))
    place = slot(headline_direction="vertical")
    frame = frame_of(place, geometry(place), Insets())
    upright = styles(headline_direction="vertical")
    make = Setter(lambda style: FixedMetrics(style.size))
    best = story_head(copy, upright, frame, make)
    under = story_head(copy, upright, frame, make, step_off=1, leave_out=frozenset({"deck"}))
    assert under.step_off == 1
    assert [box.role for box in under.boxes] == ["headline"]
    assert under.boxes[0].style.size < best.boxes[0].style.size


def narrow(copy: Article, **changes: object) -> tuple[Rect, list[TextBox]]:
    """Fill one column of twelve em; return where the headline's glyphs stand, and the text."""
    story = made(copy, width=12, columns=1, **changes)
    [head] = texts(story, "headline")
    white = (head.pitch - head.style.size) // 2
    return replace(head.rect, x=head.rect.x + white, width=head.rect.width - 2 * white), texts(story, "body")


def ends(box: TextBox) -> tuple[int, int]:
    """Where the lines of a box begin and end, at the utmost."""
    edges = [(box.rect.x + line.x, box.rect.x + line.x + line.width) for line in box.lines]
    return min(a for a, _ in edges), max(b for _, b in edges)


@pytest.mark.parametrize("side", ["left", "right"])
def test_text_of_one_column_runs_beside_a_narrow_headline(side: str) -> None:
    copy = article(COPY[:360], headline="车间里的课堂")
    head, body = narrow(copy, headline_side=side, headline_lines=1)
    beside = [box for box in body if box.rect.y < head.bottom]
    under = [box for box in body if box.rect.y >= head.bottom]
    assert min(box.rect.y for box in beside) == 0
    assert all(ends(box)[0] > head.right if side == "left" else ends(box)[1] < head.x for box in beside)
    assert under
    assert max(ends(box)[1] for box in under) - min(ends(box)[0] for box in under) == 12 * 9000, "then over its column"
    assert visible("".join(line.text for box in body for line in box.lines)) == visible(COPY[:360])


def test_the_headline_stands_over_text_that_is_too_short_for_it() -> None:
    copy = article("只有一句话的简讯。", headline="车间里的课堂")
    head, body = narrow(copy, headline_lines=1)
    assert min(box.rect.y for box in body) >= head.bottom


def test_white_between_headline_and_text_is_a_rung_of_the_ladder() -> None:
    copy = article(COPY[:360], headline="车间里的课堂")
    given = styles(headline_direction="vertical", headline_lines=1)
    place = slot(width=12, columns=1)
    frame = frame_of(place, geometry(place), Insets())
    found = [story_head(copy, given, frame, setter(), beside=more).beside for more in (0, 1)]
    assert [set(free.measures) for free in found if free] == [{8 * 9000}, {7 * 9000}]
