"""Advertisements in their places: whole, in the middle, told when the ratio is off."""

from pathlib import Path

import pytest

from printkit.makeup.page.ads import fill_ad
from printkit.makeup.page.assign import assign
from printkit.makeup.page.make_up import make_up
from printkit.makeup.setting import Setter
from printkit.model.edition import Ad, Story
from printkit.model.page import Ornament, PictureBox
from tests.support.setting import EM, LEADING, WHERE, article, context, geometry, slot, story


def ad(size: tuple[int, int] = (40, 12), file: str | None = "a.pdf", slot: str = "lead") -> Story:
    made = Ad(WHERE, Path(file) if file else None, size, "银行")
    return story(article(), "ad", slot, ad=made)


PLACE = slot(width=40, lines=11)


@pytest.mark.parametrize("size", [(40, 12), (400, 100), (100, 400), (1, 1)])
def test_an_ad_stands_whole_in_the_middle_of_its_place(size: tuple[int, int]) -> None:
    made, _ = fill_ad(ad(size), PLACE, geometry(PLACE))
    [box] = made.boxes
    assert isinstance(box, PictureBox)
    top, height = (LEADING - EM) // 2, 11 * LEADING - (LEADING - EM)
    rect = box.rect
    assert abs(rect.width * size[1] - rect.height * size[0]) <= max(size) * 2
    assert abs(rect.x + rect.width / 2 - 20 * EM) <= 1
    assert abs(rect.y + rect.height / 2 - (top + height / 2)) <= 1
    assert rect.width == 40 * EM or rect.height == height
    assert made.parts == (made.rect,)


@pytest.mark.parametrize(("size", "told"), [((360_000, 129_000), 0), ((368_000, 129_000), 0), ((372_000, 129_000), 1)])
def test_a_ratio_that_is_off_is_told_with_the_size_to_ask_for(size: tuple[int, int], told: int) -> None:
    _, found = fill_ad(ad(size), PLACE, geometry(PLACE))
    assert [d.code for d in found] == ["makeup.ad-ratio"] * told
    if told:
        assert found[0].hint
        assert "127 × 46 mm" in found[0].hint.en


def test_a_place_kept_free_is_ruled_and_says_so() -> None:
    made, told = fill_ad(ad((0, 0), None), PLACE, geometry(PLACE))
    [box] = made.boxes
    assert isinstance(box, Ornament)
    assert (box.role, box.text, box.rect.width) == ("ad reserved", "广告位", 40 * EM)
    assert not told


def test_ads_and_stories_each_keep_to_their_slots() -> None:
    slots = {"lead": False, "ad": False, "briefs": True}
    unplaced = (ad(slot=""), story(article("文。"), "a", slot=""), story(article("文。"), "b", slot=""))
    given = assign(context(), unplaced, slots)
    assert [(s.id, s.slot) for s in given.stories] == [("ad", "ad"), ("a", "lead"), ("b", "briefs")]
    [fault] = assign(context(), [ad(slot=""), ad(slot="")], slots).faults
    assert fault.code == "layout.no-free-slot"
    [fault] = assign(context(), [ad(slot="briefs")], slots).faults
    assert fault.code == "layout.ad-among-stories"


def test_a_page_of_an_ad_is_closed(unused: Setter) -> None:
    made, _ = make_up(context(), geometry(PLACE), {"lead": (ad(),)}, ["ad"], unused)
    assert (made.over_lines, made.under_lines) == (0, 0)


@pytest.fixture
def unused() -> Setter:
    """A composer that has nothing to do."""

    def no_metrics(style: object) -> None:
        raise AssertionError("an advertisement has no text")

    return Setter(no_metrics)  # type: ignore[arg-type]  # it is never called
