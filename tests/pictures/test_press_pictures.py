"""Pictures for the press, their colours and ink measured back from the JPEGs that were made."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from printkit.colour.profiles import default_profile
from printkit.pictures.decode import DecodeError
from printkit.pictures.press import PressSettings, for_press
from tests.support.shots import CENTRE, PRESS, colours, encoded, hollow_profile, most_ink, opened, swapped_profile

SIZE = (72.0, 48.0)
"""One inch wide: 200 pixels."""


def test_colours_become_the_presss_inks_with_no_more_than_its_paper_takes() -> None:
    made = opened(for_press(encoded(colours()), SIZE, CENTRE, PRESS))
    assert (made.format, made.mode, made.size) == ("JPEG", "CMYK", (200, 134))
    assert most_ink(made) <= 220
    assert "icc_profile" not in made.info


@pytest.mark.parametrize("tac", [180, 200, 240])
def test_ink_stays_under_any_limit_and_black_is_kept(tac: int) -> None:
    heavy = Image.new("CMYK", (60, 40), (230, 220, 210, 200))
    ImageDraw.Draw(heavy).rectangle((0, 0, 29, 39), fill=(255, 255, 0, 0))
    made = opened(for_press(encoded(heavy, "TIFF"), SIZE, CENTRE, PressSettings(default_profile(), tac)))
    assert most_ink(made) <= tac
    dark, light = made.getpixel((50, 20)), made.getpixel((10, 20))
    assert isinstance(dark, tuple)
    assert isinstance(light, tuple)
    assert abs(dark[3] - 200) <= 3
    assert dark[0] > dark[1] > dark[2]  # in the shares that the picture had
    assert (light[0] >= 253) == (tac > 200)


def test_white_is_bare_paper_and_black_is_mostly_black_ink() -> None:
    image = Image.new("RGB", (40, 40), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 19, 39), fill="black")
    ImageDraw.Draw(image).rectangle((20, 30, 39, 39), fill="red")
    made = opened(for_press(encoded(image), (100, 100), CENTRE, PRESS))
    black, white = made.getpixel((5, 5)), made.getpixel((35, 10))
    assert isinstance(black, tuple)
    assert isinstance(white, tuple)
    assert max(white) <= 3
    assert 85 <= black[3] / 2.55 <= 97
    assert max(black[:3]) / 2.55 < 60


@pytest.mark.parametrize("kind", ["L", "RGB"])
def test_a_black_and_white_photograph_stays_black_alone(kind: str) -> None:
    grey = Image.linear_gradient("L").convert(kind)
    made = opened(for_press(encoded(grey, "JPEG"), (72, 72), CENTRE, PRESS))
    assert (made.mode, made.format) == ("L", "JPEG")
    levels = made.histogram()
    assert levels[255]
    assert not any(levels[: round(255 * 0.05) - 2])  # no more than 95 % of black in a photograph


def test_a_spot_of_colour_keeps_a_picture_coloured_and_sepia_is_a_colour() -> None:
    spotted = Image.new("RGB", (200, 200), (120, 120, 120))
    ImageDraw.Draw(spotted).rectangle((100, 100, 111, 111), fill=(200, 30, 30))
    sepia = Image.new("RGB", (200, 200), (150, 130, 100))
    for image in (spotted, sepia):
        assert opened(for_press(encoded(image), SIZE, CENTRE, PRESS)).mode == "CMYK"


def test_black_of_a_cmyk_picture_alone_is_grey() -> None:
    image = Image.new("CMYK", (40, 40), (0, 0, 0, 128))
    made = opened(for_press(encoded(image, "TIFF"), SIZE, CENTRE, PRESS))
    assert made.mode == "L"
    assert made.getpixel((5, 5)) == 127


def test_cmyk_without_a_profile_keeps_its_inks() -> None:
    image = Image.new("CMYK", (40, 40), (100, 60, 20, 10))
    for kind in ("TIFF", "JPEG"):
        made = opened(for_press(encoded(image, kind), SIZE, CENTRE, PRESS)).getpixel((20, 20))
        assert isinstance(made, tuple)
        assert max(abs(a - b) for a, b in zip(made, (100, 60, 20, 10), strict=True)) <= 2


def test_an_embedded_profile_says_what_colours_mean() -> None:
    green = Image.new("RGB", (40, 40), (0, 255, 0))
    plain = opened(for_press(encoded(green), SIZE, CENTRE, PRESS)).getpixel((20, 20))
    told = opened(for_press(encoded(green, icc_profile=swapped_profile()), SIZE, CENTRE, PRESS)).getpixel((20, 20))
    red = opened(for_press(encoded(Image.new("RGB", (40, 40), "red")), SIZE, CENTRE, PRESS)).getpixel((20, 20))
    assert told == red != plain


@pytest.mark.parametrize("profile", [b"no profile", hollow_profile()])
def test_a_broken_profile_is_passed_over(profile: bytes) -> None:
    image = colours()
    assert for_press(encoded(image, icc_profile=profile), SIZE, CENTRE, PRESS) == for_press(
        encoded(image), SIZE, CENTRE, PRESS
    )


def test_a_pdf_is_drawn_trimmed(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(120, 80))
    document.pages[0].TrimBox = pikepdf.Array([10, 10, 110, 70])
    document.pages[0].contents_add(b"1 0 0 rg 0 0 120 80 re f 1 1 0 rg 10 10 50 60 re f")
    document.save(tmp_path / "a.pdf")
    made = opened(for_press((tmp_path / "a.pdf").read_bytes(), (100, 60), CENTRE, PRESS))
    assert made.size == (278, 167)
    left, right = made.getpixel((2, 80)), made.getpixel((275, 80))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[1] < 40 < 200 < left[2]  # yellow
    assert right[1] > 200  # red


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_what_ends_too_early_is_refused(kind: str) -> None:
    with pytest.raises(DecodeError):
        for_press(encoded(Image.effect_noise((200, 200), 80), kind)[:2000], SIZE, CENTRE, PRESS)


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = encoded(colours(), "JPEG")
    assert for_press(data, SIZE, CENTRE, PRESS) == for_press(data, SIZE, CENTRE, PRESS)
