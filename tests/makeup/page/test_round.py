"""A story round an advertisement (L 形): two rectangles, its text running on from one into the other."""

from dataclasses import replace

import pytest

from printkit.diagnostics import SourceRef
from printkit.makeup.frames import story_frame
from printkit.makeup.page.round import corner_of, may_run_round, notch_of, parts_of
from printkit.makeup.story.envelope import Envelope
from printkit.makeup.story.fill import fill
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article
from printkit.model.edition import Place
from printkit.model.geometry import Notch
from printkit.model.page import MadeUpStory
from tests.support.setting import LEADING, article, copy, geometry, picture, setter, slot, story, styles, texts

COPY = article(*copy(900, 7), headline="车间里的课堂")
LADDER = ("lines", "space")


def place(column: int, row: int, columns: int, rows: int) -> Place:
    return Place(column, row, columns, rows, SourceRef("edition.yaml", 1))


@pytest.mark.parametrize(
    ("ad", "notch"),
    [
        ((4, 31, 2, 10), Notch(3, 2, 10)),
        ((1, 31, 2, 10), Notch(0, 2, 10)),
        ((2, 31, 2, 10), None),
        ((4, 30, 2, 10), None),
        ((1, 31, 5, 10), None),
        ((4, 3, 2, 38), None),
    ],
    ids=["at the right", "at the left", "in the middle", "not at its foot", "over all columns", "as high as the story"],
)
def test_only_what_stands_in_a_lower_corner_is_run_round(ad: tuple[int, ...], notch: Notch | None) -> None:
    assert notch_of(place(1, 1, 5, 40), [place(*ad)]) == notch


def test_its_two_rectangles_and_the_advertisement_are_the_whole_place() -> None:
    at, ad = place(1, 1, 5, 40), place(4, 31, 2, 10)
    assert parts_of(at, [ad]) == (place(1, 1, 5, 30), place(1, 31, 3, 10))
    assert parts_of(at, [place(1, 31, 2, 10)])[1] == place(3, 31, 3, 10)
    assert parts_of(at, []) == (at,)
    assert corner_of(at, [ad]) is ad


@pytest.mark.parametrize("column", [0, 1])
def test_its_columns_end_over_the_advertisement_and_beside_it_on_one_line(column: int) -> None:
    made = filled(COPY, Notch(column, 2, 9), 34)
    upper, lower = made.parts
    assert upper.height + lower.height == 34 * LEADING
    assert lower.width < upper.width
    feet = {box.rect.x: box.rect.bottom for box in texts(made, "body")}
    heights = [foot // LEADING for _, foot in sorted(feet.items())]
    assert max(heights) > 25
    assert [foot <= 25 for foot in heights] == [column <= n < column + 2 for n in range(3)]


def filled(copy: Article, notch: Notch, lines: int) -> MadeUpStory:
    room = replace(slot(lines=lines, ladder=LADDER), notch=notch)
    return fill(story(copy), room, geometry(room), setter())[0]


def test_it_closes_at_the_heights_that_are_promised() -> None:
    room = replace(slot(ladder=LADDER), notch=Notch(1, 2, 9))
    type_ = styles(ladder=LADDER)
    frame = story_frame(room, geometry(room), type_)
    heights = Envelope(COPY, type_, frame, setter()).exact
    assert heights
    for height in heights:
        best = Fitting(COPY, type_, replace(frame, lines=height), setter()).best()
        assert not best.rank[0], height


def test_what_runs_round_is_text_under_a_headline_alone() -> None:
    assert may_run_round(story(COPY))
    for other in (replace(COPY, pictures=(picture(),)), replace(COPY, body=())):
        assert not may_run_round(story(other))
    assert not may_run_round(story(COPY, frame="box"))
