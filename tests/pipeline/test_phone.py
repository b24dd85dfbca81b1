"""Pictures for WeChat: their sizes, that nothing of a story is lost, that the code leads to it."""

import io
from collections.abc import Mapping

import pytest
import zxingcpp
from PIL import Image

from printkit.model.lines import ComposedLine
from printkit.pipeline.phone import StoryForPhones, _jpeg, _over, _uncomposed, for_phones
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


def test_the_foot_stands_under_the_story() -> None:
    story, foot = Image.new("RGB", (40, 90), "teal"), Image.new("RGB", (40, 30), "navy")
    both = _over(story, foot)
    assert both.size == (40, 90 + 24 + 30)
    assert [both.getpixel((20, y)) for y in (0, 89, 90, 113, 114, 143)] == [
        *[(0, 128, 128)] * 2, *[(255, 255, 255)] * 2, *[(0, 0, 128)] * 2
    ]  # fmt: skip


def test_the_same_picture_has_the_same_bytes() -> None:
    page = Image.new("RGB", (40, 90), "teal")
    assert _jpeg(page) == _jpeg(page)


def test_the_marks_of_a_card_are_as_wide_as_text_has_them() -> None:
    line = ComposedLine(("工", "）", "——", "Aa"), (40_000, 20_000, 80_000, 44_000), (0,) * 4, (0,) * 4, 0, 6, 456_000)
    assert _uncomposed(line, 40_000) == 40_000 + 40_000 + 80_000 + 44_000
