"""The outline of a picture that was cut out (抠图): how far it reaches at its left and right, from top to foot."""

from pathlib import Path

from PIL import Image, ImageOps

from printkit.diagnostics import Say
from printkit.pictures.decode import DecodeError
from printkit.pictures.sizes import FORMATS, BadPictureError, strictly

BANDS = 96
"""Bands of equal height in which it is measured: five or more to a line of text, at the size of a column."""
_SEEN = 64
"""Alpha of 255 from which a pixel counts: less is the soft edge that every cutting-out leaves."""
_LARGEST = 1000
"""Pixels a side in which it is looked at."""


def contour(path: Path) -> tuple[tuple[float, float], ...]:
    """Return the left and right end of each band in fractions of the width; an empty band's right end is left of its left.

    Raises:
        BadPictureError: nothing is cut out.
        DecodeError: the picture cannot be read to its end.
    """
    try:
        with strictly(), Image.open(path, formats=FORMATS) as opened:
            opened.load()
            ImageOps.exif_transpose(opened, in_place=True)
            image = opened.convert("RGBA") if "transparency" in opened.info else opened
            alpha = image.getchannel("A") if image.mode in ("RGBA", "LA", "PA") else None
    except Exception as error:  # Pillow's decoders raise nearly anything on a broken file.
        raise DecodeError(str(error)) from error
    if alpha is None or not any(alpha.histogram()[:_SEEN]):
        raise BadPictureError(
            Say("nothing is cut out of this picture: it has no transparent part", "这张图没有抠：没有透明的部分"),
            Say("save it as PNG with a transparent ground, or leave `cutout` out", "请存为透明底的 PNG，或删去“抠图”"),
        )
    alpha.thumbnail((_LARGEST, _LARGEST))
    seen = alpha.point(lambda level: 255 * (level >= _SEEN))
    width, height = seen.size
    ends = []
    for band in range(BANDS):
        top = band * height // BANDS
        box = seen.crop((0, top, width, max(top + 1, (band + 1) * height // BANDS))).getbbox()
        ends.append((box[0] / width, box[2] / width) if box else (1.0, 0.0))
    return tuple(ends)
