"""Pictures of a long picture (长图): where the reading comes to them, never behind a heading, on the next page where one is full."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

from printkit.makeup.flow import SolidBlock
from printkit.makeup.frames import Frame
from printkit.makeup.reprint.places import along_text, shares_of_text
from printkit.makeup.story.floats import Float
from printkit.model.article import Picture

FLOAT = Float(0, 1, 0, 10, ())
TEXT = [SolidBlock(5)] * 8


def frames(first: int, others: int) -> tuple[Frame, Frame]:
    return cast("tuple[Frame, Frame]", (SimpleNamespace(lines=first), SimpleNamespace(lines=others)))


def lines(pages: list[list[Float]]) -> list[list[int]]:
    return [[one.line for one in page] for page in pages]


def pictures(*places: str) -> list[Picture]:
    return [cast("Picture", SimpleNamespace(place=place)) for place in places]


def test_pictures_inside_are_spread_over_the_text_and_the_others_stand_at_its_ends() -> None:
    assert shares_of_text(pictures("lead", "inside", "foot", "inside")) == [0, 333, 1000, 666]


def test_a_picture_stands_between_two_blocks_behind_its_share_of_the_text() -> None:
    placed = along_text([(FLOAT, 0), (FLOAT, 500), (FLOAT, 1000)], TEXT, 4, frames(200, 200))
    assert lines(placed) == [[4, 34, 64]]  # head 4; picture 10; 20 of text; picture 10; 20 of text


def test_no_picture_parts_a_heading_from_its_text() -> None:
    heading = [*TEXT[:3], replace(TEXT[3], keep=2), *TEXT[4:]]
    assert lines(along_text([(FLOAT, 500)], heading, 0, frames(200, 200))) == [[25]]


def test_a_picture_that_finds_no_room_opens_the_next_page_and_text_fills_what_it_leaves() -> None:
    placed = along_text([(FLOAT, 500), (replace(FLOAT, lines=3), 800)], TEXT, 0, frames(25, 60))
    assert lines(placed) == [[], [0, 15]]  # under 20 of text 5 are left, which the text behind the picture fills first


def test_text_of_several_pages_is_counted_on() -> None:
    assert lines(along_text([(FLOAT, 1000)], TEXT, 0, frames(15, 20))) == [[], [], [5]]
