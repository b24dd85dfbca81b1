"""Press profiles: what printkit's own says, how it separates colours, and what is refused."""

import struct
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from printkit.colour.profiles import BadProfileError, default_profile, profile_facts


def test_the_default_profile_names_itself_as_modelled() -> None:
    facts = profile_facts(default_profile())
    assert (facts.condition, facts.colour_space, facts.connection_space) == (
        "printkit newsprint (modelled)",
        "CMYK",
        "Lab",
    )
    assert facts.modelled
    assert facts.copyright.startswith("CC0")
    assert default_profile().read_bytes()[24:36] == struct.pack(">6H", 2024, 1, 1, 0, 0, 0)  # no day of its making
    assert default_profile().stat().st_size < 200_000


@pytest.mark.parametrize(
    ("inks", "lab"),
    [
        ((0, 0, 0, 0), (82, 0, 3)),
        ((100, 0, 0, 0), (57, -23, -27)),
        ((0, 100, 0, 0), (54, 44, -2)),
        ((0, 0, 100, 0), (78, -3, 58)),
        ((0, 0, 0, 100), (36, 1, 4)),
        ((0, 100, 100, 0), (52, 41, 25)),
        ((100, 0, 100, 0), (53, -34, 17)),
        ((100, 100, 0, 0), (41, 7, -22)),
    ],
)
def test_solids_have_the_colours_of_the_aims(inks: tuple[int, ...], lab: tuple[int, ...]) -> None:
    to_lab = ImageCms.buildTransform(
        ImageCms.getOpenProfile(str(default_profile())),
        ImageCms.createProfile("LAB"),
        "CMYK",
        "LAB",
        renderingIntent=ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
    )
    patch = Image.new("CMYK", (1, 1), tuple(round(ink * 2.55) for ink in inks))
    shown = ImageCms.applyTransform(patch, to_lab)
    assert shown is not None
    light, a, b = shown.tobytes()
    found = light / 2.55, (a + 128) % 256 - 128, (b + 128) % 256 - 128
    assert sum((x - y) ** 2 for x, y in zip(found, lab, strict=True)) ** 0.5 < 1.5


def test_perceptual_separations_stay_under_the_total_ink() -> None:
    levels = range(0, 256, 17)
    cube = Image.new("RGB", (256, 16))
    cube.putdata(list(product(levels, repeat=3)))
    to_inks = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.getOpenProfile(str(default_profile())), "RGB", "CMYK"
    )
    inks = ImageCms.applyTransform(cube, to_inks)
    assert inks is not None
    data = inks.tobytes()
    assert max(sum(data[i : i + 4]) for i in range(0, len(data), 4)) / 2.55 <= 220
    white = ImageCms.applyTransform(Image.new("RGB", (1, 1), "white"), to_inks)
    assert white is not None
    assert white.getpixel((0, 0)) == (0, 0, 0, 0)


def edited(change: Callable[[bytearray], object]) -> bytes:
    data = bytearray(default_profile().read_bytes())
    change(data)
    return bytes(data)


def hollow(tag: bytes) -> bytes:
    """Return the profile with a tag that holds nothing that is known."""

    def change(data: bytearray) -> None:
        start = struct.unpack_from(">I", data, data.index(tag, 132) + 4)[0]
        data[start : start + 4] = b"none"

    return edited(change)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no ICC profile"),
        (b"GIF89a" + bytes(500), "no ICC profile"),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), "for RGB, not for CMYK"),
        (edited(lambda data: data.__setitem__(slice(12, 16), b"link")), "class “link”"),
        (default_profile().read_bytes()[:9000], "damaged"),
        (default_profile().read_bytes()[:128], "damaged"),
        (edited(lambda data: data.__setitem__(slice(128, 132), b"\xff\xff\xff\xff")), "damaged"),
        (edited(lambda data: data.__setitem__(slice(132, 400), bytes(268))), "damaged"),
        (hollow(b"B2A0"), "damaged"),
        (hollow(b"A2B0"), "damaged"),
    ],
)
def test_what_no_press_can_use_is_refused(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "press.icc"
    path.write_bytes(data)
    with pytest.raises(BadProfileError, match=told) as caught:
        profile_facts(path)
    assert caught.value.hint.zh


def test_a_missing_profile_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadProfileError, match=r"no profile none\.icc"):
        profile_facts(tmp_path / "none.icc")


def test_a_presss_own_profile_is_named_as_it_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "own.icc"
    name, own = b"printkit newsprint (modelled)", b"Weidu Press newsprint 2024   "
    path.write_bytes(default_profile().read_bytes().replace(name, own))
    facts = profile_facts(path)
    assert (facts.condition, facts.modelled) == ("Weidu Press newsprint 2024", False)
