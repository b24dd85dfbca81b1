"""Pictures for WeChat: their sizes, that nothing of a story is lost, that the code leads to it."""

import io
from collections.abc import Mapping

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from printkit.pipeline.phone import StoryForPhones, _jpeg, _long_cut, for_phones
from printkit.pipeline.run import Run
from tests.support.issues import MadeIssue

LONG, WITH_PICTURE, BRIEF = "summer-notes", "contest", "brief-chess"
MOST_PIXELS, MOST_BYTES = 10_000, 5_000_000


@pytest.fixture(scope="module")
def phones(tabloid_issue: MadeIssue) -> Mapping[str, StoryForPhones]:
    """Three stories of the tabloid: of several parts, with a picture, a brief one."""
    wanted = (LONG, WITH_PICTURE, BRIEF)
    made, findings = for_phones(Run(), tabloid_issue.edition, tabloid_issue.pages, stories=wanted)
    assert not findings
    return made


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_long_pictures_are_of_the_width_and_no_longer_than_phones_show(phones: Mapping[str, StoryForPhones]) -> None:
    parts = [part for one in phones.values() for part in one.parts]
    assert all(opened(part).format == "JPEG" and opened(part).width == 1080 for part in parts)
    assert all(opened(part).height <= MOST_PIXELS and len(part) < MOST_BYTES for part in parts)
    assert len(phones[LONG].parts) > 1 == len(phones[WITH_PICTURE].parts)
    assert opened(phones[BRIEF].parts[0]).height < 2000  # no white to the foot of a page


def test_cards_have_the_sizes_of_the_editor(phones: Mapping[str, StoryForPhones]) -> None:
    assert {opened(one.card).size for one in phones.values()} == {(900, 383)}
    assert {opened(one.square).size for one in phones.values()} == {(900, 900)}


def test_a_card_shows_the_picture_or_the_colour_of_the_paper(phones: Mapping[str, StoryForPhones]) -> None:
    red, green, blue = opened(phones[BRIEF].card).resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    assert red > 2 * max(green, blue)
    assert max(opened(phones[WITH_PICTURE].card).resize((1, 1)).getpixel((0, 0))) < 160  # type: ignore[arg-type]


def test_the_code_stands_on_the_last_part_and_leads_to_the_story(phones: Mapping[str, StoryForPhones]) -> None:
    for story, one in phones.items():
        *earlier, last = [zxingcpp.read_barcodes(opened(part)) for part in one.parts]
        assert not any(earlier)
        assert [code.text for code in last] == [f"https://lanting.example.org/2024/08/09/story/{story}.html"]


@pytest.mark.parametrize("white", [0, 30, 900])
def test_only_white_is_cut_out(white: int) -> None:
    page = Image.new("RGB", (40, 300 + white), "white")
    draw = ImageDraw.Draw(page)
    for row in (*range(3, 200, 9), *range(240 + white, 300 + white, 7)):
        draw.line((0, row, 40, row), (row % 251, 0, 90))
    cut = _long_cut(page)
    assert cut.height == min(page.height, 300 - 47 + 56)  # of the 47 rows of white, and more, 56 are left
    inked = [[image.crop((0, y, 40, y + 1)).tobytes() for y in range(image.height)] for image in (page, cut)]
    blank = Image.new("RGB", (40, 1), "white").tobytes()
    assert [row for row in inked[0] if row != blank] == [row for row in inked[1] if row != blank]
    assert not ImageChops.difference(page.crop((0, 0, 40, 150)), cut.crop((0, 0, 40, 150))).getbbox()


def test_the_same_picture_has_the_same_bytes() -> None:
    page = Image.new("RGB", (40, 90), "teal")
    assert _jpeg(page) == _jpeg(page)
