"""How light a part of a picture is: what a headline on it must stand out from."""

from pathlib import Path

from printkit.gate import read_file
from printkit.pictures.decode import decode
from printkit.pictures.screen import in_srgb_or_grey

_SAMPLE = 64
"""Pixels on the longer side of the part that is looked at: each is about as large as a headline's stroke."""
_SPOTS = 0.05
"""Share of the darkest and of the lightest pixels that do not count: a headline is read across such spots."""


def tones(path: Path, area: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the relative luminances (WCAG 2.1) of the darkest and the lightest of an area, its small spots left out.

    Args:
        path: the picture.
        area: left, top, width and height in fractions of the picture.

    Raises:
        DecodeError: the picture cannot be read to its end.
    """
    left, top, width, height = area
    least = round(_SAMPLE / width), round(_SAMPLE / height)
    found = decode(read_file(path), least)
    image = in_srgb_or_grey(found).convert("RGB")
    wide, high = image.size
    part = image.crop(
        (round(left * wide), round(top * high), round((left + width) * wide), round((top + height) * high))
    )
    part.thumbnail((_SAMPLE, _SAMPLE))
    pixels = zip(*(channel.tobytes() for channel in part.split()), strict=True)
    lights = sorted(
        0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue) for red, green, blue in pixels
    )
    skipped = int(len(lights) * _SPOTS)
    return lights[skipped], lights[-1 - skipped]


def _linear(level: int) -> float:
    share = level / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
