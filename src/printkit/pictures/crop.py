"""Which part of a picture its box shows, and how many pixels of it are worth keeping.

Follows CSS `object-fit: cover` with `object-position` (CSS Images 3, 5.5 and 4.1), so that a picture cut here stands as
the page's CSS would have cut it.
"""

import math

from PIL import Image, ImageChops

POINTS_PER_INCH = 72
FEWER_THAN_NEEDED = 3.0
"""Pillow may halve a picture in whole steps down to this many times the size wanted before it filters."""
SPOT = 4
"""Pixels a side. JPEG writes colours with noise that vanishes in the mean of such a spot."""
UNSEEN = 10
"""Levels of 255 between two channels. A camera's grey and JPEG's noise stay below; sepia and a faded flag do not."""


def wanted_pixels(size_pt: tuple[float, float], ppi: float) -> tuple[int, int]:
    """Return how many pixels a box of a size in points takes at a fineness."""
    width, height = (max(1, math.ceil(side * ppi / POINTS_PER_INCH - 0.001)) for side in size_pt)
    return width, height


def cut(image: Image.Image, size_pt: tuple[float, float], focus: tuple[float, float], ppi: float) -> Image.Image:
    """Return what a box shows of a picture, at most as fine as asked; pixels are never invented.

    A box of no height takes the picture's own ratio.
    """
    width, height = image.size
    size_pt = size_pt if size_pt[1] else (size_pt[0], size_pt[0] * height / width)
    shown = min(width, height * size_pt[0] / size_pt[1]), min(height, width * size_pt[1] / size_pt[0])
    left, top = ((whole - part) * at for whole, part, at in zip(image.size, shown, focus, strict=True))
    box = (left, top, left + shown[0], top + shown[1])
    wanted = wanted_pixels(size_pt, ppi)
    if wanted[0] < shown[0]:
        return image.resize(wanted, Image.Resampling.LANCZOS, box, FEWER_THAN_NEEDED)
    kept = max(1, round(shown[0])), max(1, round(shown[1]))
    if kept == image.size:
        return image
    return image.resize(kept, Image.Resampling.BICUBIC, box)


def is_colourless(image: Image.Image) -> bool:
    """Say whether an RGB picture is black and white: no spot of `SPOT` pixels a side has a colour that is seen."""
    small = image.reduce(SPOT) if min(image.size) >= 2 * SPOT else image
    red, green, blue = small.split()
    pairs = ((red, green), (green, blue), (red, blue))
    return not any(any(ImageChops.difference(*pair).histogram()[UNSEEN + 1 :]) for pair in pairs)
