"""Pictures for the screen: sRGB, cut to their box, no finer than their use; JPEG, or PNG where flat art is smaller so."""

import io
from pathlib import Path

from PIL import Image

from printkit.pictures.crop import FEWER_THAN_NEEDED, cut, is_colourless, wanted_pixels
from printkit.pictures.decode import Decoded, decode
from printkit.pictures.press import in_srgb, opened_profile

QUALITY = 82
"""JPEG quality for reading on screens: half the bytes of 92, and no block seen at 150 ppi."""


def for_screen(
    data: bytes, size_pt: tuple[float, float], focus: tuple[float, float], ppi: int, cmyk: Path | None = None
) -> bytes:
    """Return a picture cut to a box in points as a JPEG or PNG in sRGB or grey; never more pixels than it has.

    Args:
        data: the picture's file.
        size_pt: width and height of its box in points.
        focus: the point that cropping keeps, from the left and from the top, 0 to 1.
        ppi: the most pixels per inch.
        cmyk: the ICC profile that tells what CMYK without a profile of its own looks like.

    Raises:
        DecodeError: the picture cannot be read to its end.
    """
    found = decode(data, wanted_pixels(size_pt, ppi))
    image = _shown(cut(found.image, size_pt, focus, ppi), found, cmyk)
    image.info.clear()  # nothing of the old file goes into the new
    jpeg = _saved(image, "JPEG", quality=QUALITY, optimize=True)
    if not found.lossless:
        return jpeg
    colours = image.getcolors(_PALETTE) if image.mode == "RGB" else None
    flat = image.quantize(_PALETTE, dither=Image.Dither.NONE) if colours else image
    return min(_saved(flat, "PNG", optimize=True), jpeg, key=len)


def whole_in_srgb(data: bytes, largest: int, cmyk: Path | None = None) -> Image.Image:
    """Return a whole picture in sRGB or grey, neither side longer than `largest` pixels; never more than it has.

    Raises:
        DecodeError: the picture cannot be read to its end.
    """
    found = decode(data, (largest, 1))
    image = found.image
    image.thumbnail((largest, largest), Image.Resampling.LANCZOS, FEWER_THAN_NEEDED)
    shown = _shown(image, found, cmyk)
    shown.info.clear()
    return shown


_PALETTE = 256
"""Colours that a PNG can name by one byte each."""


def in_srgb_or_grey(found: Decoded) -> Image.Image:
    """Return a whole picture as screens show it."""
    return _shown(found.image, found, None)


def _shown(image: Image.Image, found: Decoded, cmyk: Path | None) -> Image.Image:
    """Return a picture in sRGB, in grey where it has no colours."""
    profile = found.profile
    if profile is None and image.mode == "CMYK" and cmyk:
        profile = opened_profile(cmyk)
    if profile:
        image = in_srgb(image, profile)
    elif image.mode == "CMYK":
        image = image.convert("RGB")
    return image.convert("L") if image.mode == "RGB" and is_colourless(image) else image


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
