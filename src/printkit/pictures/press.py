"""Pictures for the press: CMYK or grey JPEG in the press's own inks, no more ink than its paper takes.

Perceptual intent, as newspapers ask: their gamut is far smaller than a screen's.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms, ImageMath

from printkit.pictures.crop import cut, is_colourless, wanted_pixels
from printkit.pictures.decode import Decoded, Profile, decode, srgb, to_srgb

QUALITY = 92
"""JPEG quality of what is printed: at newspaper screens no block is seen."""
MOST_BLACK = 0.95
"""Share of black in the shadows of a grey photograph: newspapers ask for no more in photographs, as the screen closes
(preflight rule 6)."""
RIPPLE = 3
"""Per cent of ink by which JPEG may go over at an edge; taken off the limit beforehand."""
NO_INK = 2
"""Levels of 255 up to which C, M and Y together with black count as a black and white picture."""


@dataclass(frozen=True, slots=True)
class PressSettings:
    """What a press asks: its ICC profile, the most ink in per cent (`tac`), and pixels per inch at the size printed."""

    profile: Path
    tac: int = 220
    ppi: int = 200


def for_press(data: bytes, size_pt: tuple[float, float], focus: tuple[float, float], settings: PressSettings) -> bytes:
    """Return a picture file cut to a box in points as a JPEG in CMYK, or in grey where it has no colours.

    An embedded profile is honoured; RGB without one is sRGB, CMYK without one is taken for the press's own.

    Raises:
        DecodeError: the picture cannot be read to its end.
    """
    found = decode(data, wanted_pixels(size_pt, settings.ppi))
    inks = inked(found, cut(found.image, size_pt, focus, settings.ppi), settings)
    out = io.BytesIO()
    inks.info.clear()  # nothing of the old file goes into the new
    inks.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def inked(found: Decoded, image: Image.Image, settings: PressSettings) -> Image.Image:
    """Return a picture, cut from what was decoded, in CMYK, or in grey where it has no colours."""
    return _grey(image, found) if _is_grey(image) else _limited(_separated(image, found, settings), settings.tac)


def _is_grey(image: Image.Image) -> bool:
    if image.mode == "CMYK":
        return all(not any(image.getchannel(ink).histogram()[NO_INK + 1 :]) for ink in "CMY")
    return image.mode == "L" or is_colourless(image)


def _grey(image: Image.Image, found: Decoded) -> Image.Image:
    """Return a picture as tones of black alone."""
    if image.mode == "CMYK":
        return image.getchannel("K").point(lambda ink: 255 - ink)
    if found.profile:
        image = in_srgb(image, found.profile)
    return image.convert("L").point(lambda level: round(255 - (255 - level) * MOST_BLACK))


def in_srgb(image: Image.Image, profile: Profile) -> Image.Image:
    """Convert a picture from its own profile to sRGB, perceptually."""
    return _applied(image, to_srgb(profile, image.mode))


def _separated(image: Image.Image, found: Decoded, settings: PressSettings) -> Image.Image:
    """Return a picture in the press's inks."""
    press = opened_profile(settings.profile)
    if image.mode == "CMYK" and (found.profile is None or found.profile.tobytes() == press.tobytes()):
        return image
    transform = ImageCms.buildTransform(
        found.profile or srgb(), press, image.mode, "CMYK", renderingIntent=ImageCms.Intent.PERCEPTUAL
    )
    return _applied(image, transform)


def _applied(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None, "only a transform in place returns nothing"
    return converted


def _limited(inks: Image.Image, tac: int) -> Image.Image:
    """Take cyan, magenta and yellow back where all inks together are more than the paper takes; black stays."""
    most = (tac - RIPPLE) * 255 / 100
    cyan, magenta, yellow, black = inks.split()
    share = ImageMath.lambda_eval(
        lambda of: of["min"](
            (most - of["float"](of["k"])) / of["max"](of["float"](of["c"]) + of["m"] + of["y"], 1.0), 1.0
        ),
        c=cyan, m=magenta, y=yellow, k=black,
    )  # fmt: skip
    lowest, _ = share.getextrema()
    if lowest >= 1:
        return inks
    less = (
        ImageMath.lambda_eval(lambda of: of["convert"](of["ink"] * of["share"], "L"), ink=ink, share=share)
        for ink in (cyan, magenta, yellow)
    )
    return Image.merge("CMYK", (*less, black))


@lru_cache(maxsize=4)
def opened_profile(profile: Path) -> Profile:
    """Open a profile file; one that a run uses for every picture is read once."""
    return ImageCms.getOpenProfile(str(profile))
