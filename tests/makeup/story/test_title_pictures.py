"""Pictures of a headline: over it (题图), under it (压图标题), and what is told of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from printkit.diagnostics import Diagnostic, Severity, SourceRef
from printkit.makeup.page.make_up import make_up
from printkit.model.article import Article, Byline, Lines, Picture, PicturePlace, Safe
from printkit.model.page import MadeUpStory, TextBox
from tests.support.setting import (
    EM,
    LEADING,
    article,
    context,
    geometry,
    picture,
    pictures,
    setter,
    shown,
    slot,
    story,
    texts,
)

SENTENCE = "工会把服务送到车间，大家都说好；“娘家人”来了。"
WHITE = (LEADING - EM) // 2
AREA = SourceRef("lead.yaml", 50)
DARK = Safe(0.1, 0.1, 0.6, 0.5, AREA, 0.01, 0.05)
WIDTH = 40 * EM
HEADINGS = ("kicker", "headline", "deck")


def titled(place: PicturePlace, headline: str = "夜校开进车间里", **changes: object) -> Article:
    """A story with a picture of its headline."""
    safe = DARK if place == "under" else None
    shot = replace(picture(900, 600, place=place, safe=safe, caption="夜课"), **changes)  # type: ignore[arg-type]  # keywords of the dataclass
    kicker, deck = (Lines((text,), SourceRef("lead.yaml", 3)) for text in ("引题在此", "副题也在此"))
    made = article(*[SENTENCE * 3] * 9, headline=headline, pictures=(shot,), byline=(Byline("本报记者", "甲某某"),))
    return replace(made, kicker=kicker, deck=deck)


def made(copy: Article, lines: int = 90, **changes: object) -> tuple[MadeUpStory, list[Diagnostic]]:
    place = slot(lines=lines, **changes)  # type: ignore[arg-type]  # keywords of slot
    one = story(copy)
    found, told = make_up(context(), geometry(place), {"lead": [one]}, [one.anchor], setter())
    return found.stories[0], list(told)


def heads(found: MadeUpStory) -> list[TextBox]:
    return texts(found, *HEADINGS)


def test_a_picture_at_the_head_spans_its_story_over_the_headline() -> None:
    found, _ = made(titled("head"))
    [box] = pictures(found)
    assert (box.rect.x, box.rect.y, box.rect.width) == (0, WHITE, WIDTH)
    [caption] = texts(found, "caption")
    assert all(head.rect.y >= caption.rect.bottom for head in heads(found))
    assert min(text.rect.y for text in texts(found, "body")) >= max(head.rect.bottom for head in heads(found))
    assert "".join(shown(texts(found, "body"))) == SENTENCE * 27
    order = [box.role for box in found.boxes if box.role in (*HEADINGS, "picture", "body")]
    assert order[:4] == [*HEADINGS, "picture"], "read first, seen second"


@pytest.mark.parametrize(("side", "first"), [("left", 0), ("right", 1), (None, 0)])
def test_a_head_of_fewer_columns_takes_its_headline_along(side: str | None, first: int) -> None:
    found, _ = made(titled("head", columns=2, side=side))
    [box] = pictures(found)
    assert box.rect.x == first * 14 * EM
    assert box.rect.width == 26 * EM
    for head in heads(found):
        assert (head.rect.x, head.rect.width) == (box.rect.x, box.rect.width)
    beside = [text for text in texts(found, "body") if text.rect.x == (0 if first else 28 * EM)]
    assert min(text.rect.y for text in beside) == 0, "the column beside it begins at the top"


def test_the_ladder_changes_a_head_picture_and_its_headline_stays_under_it() -> None:
    for lines in range(60, 90, 5):
        found, _ = made(titled("head"), lines, picture_crop=0.3)
        [box] = pictures(found)
        assert min(head.rect.y for head in heads(found)) >= box.rect.bottom
        columns = {text.rect.x for text in texts(found, "body")}
        assert len(columns) == 3


def test_a_vertical_headline_stands_under_its_head_picture() -> None:
    found, _ = made(titled("head"), headline_direction="vertical")
    [box] = pictures(found)
    assert all(head.rect.y >= box.rect.bottom for head in texts(found, "headline"))
    assert texts(found, "headline")[0].turns


def test_a_headline_stands_on_its_picture_in_the_safe_area_and_the_byline_signs_the_text() -> None:
    found, told = made(titled("under"), picture_crop=0)
    [box] = pictures(found)
    area = box.rect
    for head in heads(found):
        assert head.on_picture == "white"
        assert head.rect.x == area.x + round(0.1 * area.width)
        assert head.rect.width == pytest.approx(0.6 * area.width, abs=2000)
        assert head.rect.y + (head.pitch - head.style.size) // 2 >= area.y + 0.1 * area.height - 2
        assert head.rect.bottom - (head.pitch - head.style.size) // 2 <= area.y + 0.6 * area.height + 2
    assert min(text.rect.y for text in texts(found, "body")) >= texts(found, "caption")[0].rect.bottom + LEADING
    [byline] = texts(found, "byline")
    assert not byline.on_picture
    assert byline.rect.y > area.bottom
    assert not {"makeup.headline-contrast", "makeup.headline-too-long"} & {d.code for d in told}


def test_what_is_cut_off_moves_the_safe_area_with_the_picture() -> None:
    safe = replace(DARK, left=0, width=1)
    found, _ = made(titled("under", safe=safe), 46, picture_crop=0.4)
    [box] = pictures(found)
    for head in heads(found):
        assert head.rect.x == box.rect.x + EM, "type never touches the picture's edge"
        assert head.rect.right == box.rect.right - EM


@pytest.mark.parametrize(
    ("darkest", "lightest", "tone", "is_told"),
    [(0, 0.1, "white", False), (0.4, 0.9, "ink", False), (0.1, 0.9, "ink", True), (0.02, 0.5, "white", True)],
)
def test_white_or_ink_by_the_picture_and_a_weak_contrast_is_told(
    darkest: float, lightest: float, tone: str, is_told: bool
) -> None:
    safe = replace(DARK, darkest=darkest, lightest=lightest)
    found, told = made(titled("under", safe=safe))
    assert {head.on_picture for head in heads(found)} == {tone}
    found_told = [d for d in told if d.code == "makeup.headline-contrast"]
    assert bool(found_told) is is_told
    assert all(d.where == AREA and d.severity is Severity.WARNING for d in found_told)


def test_a_headline_too_long_for_its_area_is_told_at_the_area() -> None:
    safe = replace(DARK, width=0.2, height=0.06)
    found, told = made(titled("under", "夜校开进车间里，班长把新课表贴在门口讲给大家听", safe=safe))
    at_area = [d for d in told if d.code == "makeup.headline-too-long" and d.where == AREA]
    assert [d.severity for d in at_area] == [Severity.ERROR]
    assert "".join(shown(texts(found, "headline"))) == "夜校开进车间里，班长把新课表贴在门口讲给大家听"


def test_a_picture_without_text_has_its_headline_on_it_and_its_byline_too() -> None:
    found, _ = made(replace(titled("under"), body=()), 50)
    assert {box.on_picture for box in texts(found, *HEADINGS, "byline")} == {"white"}


def test_a_title_picture_too_tall_for_its_slot_is_told() -> None:
    for place in ("head", "under"):
        _, told = made(titled(place), 12)
        assert "makeup.picture-too-tall" in {d.code for d in told}


def test_only_the_first_place_of_a_headline_counts_first() -> None:
    first = Picture(Path("a.jpg"), (300, 200), AREA)
    last = replace(first, place="head")
    assert article("", pictures=(first, last)).floating == (last, first)
