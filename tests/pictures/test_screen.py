"""Pictures for the screen: their size, what is cut away, how they stand, and how they are stored."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from printkit.colour.profiles import default_profile
from printkit.diagnostics import InputError
from printkit.pdf.ads import place_ads
from printkit.pictures.decode import DecodeError, has_broken_profile, undecodable
from printkit.pictures.screen import for_screen
from tests.support.shots import CENTRE, colours, encoded, grey_profile, hollow_profile, opened, swapped_profile, write

RED, BLUE = (220, 20, 20), (20, 20, 220)


def halves(width: int, height: int) -> Image.Image:
    """A picture that is red at the left and blue at the right."""
    image = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill=BLUE)
    return image


def near(found: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


def test_a_picture_is_no_finer_than_asked_and_never_made_larger() -> None:
    data = encoded(colours(1200, 800), "JPEG")
    assert opened(for_screen(data, (144, 96), CENTRE, 150)).size == (300, 200)
    assert opened(for_screen(data, (1440, 960), CENTRE, 150)).size == (1200, 800)
    assert len(for_screen(data, (144, 96), CENTRE, 150)) < len(data) / 4


@pytest.mark.parametrize(
    ("focus", "ends"),
    [((0.0, 0.5), (RED, RED)), ((1.0, 0.5), (BLUE, BLUE)), ((0.5, 0.5), (RED, BLUE))],
)
def test_what_the_box_does_not_show_is_cut_away_round_the_focus(
    focus: tuple[float, float], ends: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> None:
    made = opened(for_screen(encoded(halves(400, 100), "JPEG", quality=95), (100, 100), focus, 36)).convert("RGB")
    assert made.size == (50, 50)
    assert near(made.getpixel((3, 25)), ends[0])
    assert near(made.getpixel((46, 25)), ends[1])


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "WEBP", "PNG"])
def test_a_picture_stands_as_its_camera_was_held(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise: left comes to the top
    made = opened(for_screen(encoded(halves(160, 80), kind, exif=exif), (80, 160), CENTRE, 72)).convert("RGB")
    assert made.size == (80, 160)
    assert near(made.getpixel((40, 20)), RED)
    assert near(made.getpixel((40, 140)), BLUE)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    if mode == "P":
        image = Image.new("P", (40, 40), 0)
        image.putpalette([9, 9, 9, 0, 0, 0])
        ImageDraw.Draw(image).rectangle((0, 0, 19, 39), fill=1)
        data = encoded(image, transparency=0)
    else:
        image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        ImageDraw.Draw(image).rectangle((0, 0, 19, 39), fill=(0, 0, 0, 255))
        data = encoded(image.convert(mode))
    made = opened(for_screen(data, (40, 40), CENTRE, 72))
    assert made.convert("L").getpixel((30, 20)) == 255
    assert made.convert("L").getpixel((5, 20)) == 0


def test_a_picture_of_any_size_is_held_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        pytest.fail("of a picture of 150 megapixels each copy is 600 MB")

    monkeypatch.setattr(Image.Image, "copy", refused)
    exif = Image.Exif()
    exif[0x0112] = 6
    for image in (halves(160, 80), halves(160, 80).convert("RGBA")):
        for_screen(encoded(image, exif=exif), (40, 80), CENTRE, 72)


def test_flat_art_stays_png_and_a_photograph_becomes_jpeg() -> None:
    flat = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(flat).rectangle((20, 20, 200, 150), fill="red")
    made = opened(for_screen(encoded(flat), (300, 200), CENTRE, 150))
    assert made.format == "PNG"
    assert made.convert("RGB").getpixel((100, 100)) == (255, 0, 0)
    noisy = Image.merge("RGB", [Image.effect_noise((300, 200), 60) for _ in range(3)])
    assert opened(for_screen(encoded(noisy), (300, 200), CENTRE, 150)).format == "JPEG"


def test_grey_stays_grey() -> None:
    for mode in ("L", "RGB", "1"):
        grey = Image.linear_gradient("L").convert(mode)
        assert opened(for_screen(encoded(grey, "PNG"), (72, 72), CENTRE, 150)).mode == "L"


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    deep = Image.new("I;16", (40, 40), 32_896)
    assert opened(for_screen(encoded(deep, "PNG"), (40, 40), CENTRE, 72)).getpixel((20, 20)) == 128


def test_inks_are_shown_as_they_print() -> None:
    data = encoded(Image.new("CMYK", (40, 40), (255, 0, 0, 0)), "TIFF")
    shown = opened(for_screen(data, (40, 40), CENTRE, 72, default_profile())).convert("RGB").getpixel((20, 20))
    assert isinstance(shown, tuple)
    assert shown[0] < shown[1] < shown[2] < 240  # newsprint's cyan, not the screen's


def test_an_embedded_profile_is_honoured_and_not_carried_along() -> None:
    data = encoded(Image.new("RGB", (40, 40), (0, 255, 0)), icc_profile=swapped_profile())
    made = opened(for_screen(data, (40, 40), CENTRE, 72))
    assert near(made.convert("RGB").getpixel((20, 20)), (255, 0, 0))
    assert not {"icc_profile", "exif", "comment"} & set(made.info)


def test_sixteen_bits_of_grey_with_a_clear_tone_stand_on_white() -> None:
    deep = Image.new("I;16", (40, 40), 1000)
    deep.paste(32_896, (20, 0, 40, 40))
    made = opened(for_screen(encoded(deep, transparency=1000), (40, 40), CENTRE, 72))
    assert [made.getpixel((x, 20)) for x in (5, 35)] == [255, 128]


@pytest.mark.parametrize("mode", ["L", "LA", "1", "I;16"])
def test_grey_with_a_profile_of_grey_and_a_clear_ground_is_grey(mode: str, tmp_path: Path) -> None:
    image = Image.new("L", (40, 40), 255).convert(mode)
    options: dict[str, Any] = {} if mode == "LA" else {"transparency": 0}
    path = write(tmp_path / "a.png", encoded(image, icc_profile=grey_profile(), **options))
    assert opened(for_screen(path.read_bytes(), (40, 40), CENTRE, 72)).mode == "L"
    assert not has_broken_profile(path)


@pytest.mark.parametrize("profile", [hollow_profile(), grey_profile(), b"no profile"])
def test_a_profile_of_no_use_is_passed_over_and_told(profile: bytes, tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encoded(colours(), icc_profile=profile))
    assert for_screen(path.read_bytes(), (72, 48), CENTRE, 72) == for_screen(encoded(colours()), (72, 48), CENTRE, 72)
    assert has_broken_profile(path)


def test_a_picture_that_wants_too_much_memory_is_told_as_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def too_much(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Image, "open", too_much)
    with pytest.raises(DecodeError) as caught:
        for_screen(b"", (72, 48), CENTRE, 72)
    [told] = undecodable(Path("a.png"), None, caught.value).diagnostics
    assert told.code == "limits.memory"
    with pikepdf.new() as out:
        page = out.add_blank_page()
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(ad0=out.make_stream(b"")))
        path = tmp_path / "a.pdf"
        out.save(path)
        monkeypatch.setattr("printkit.pictures.decode._drawn", too_much)
        with pytest.raises(InputError) as refused:
            place_ads(out, [{"ad0": path}], [path])
    assert [(one.code, "a.pdf" in one.message.en) for one in refused.value.diagnostics] == [("limits.memory", True)]


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = encoded(colours(), "PNG")
    assert for_screen(data, (50, 50), CENTRE, 72) == for_screen(data, (50, 50), CENTRE, 72)
