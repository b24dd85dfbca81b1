"""RGB colours as the inks of one press."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from printkit.gate import read_file

BLACK = (0.0, 0.0, 0.0, 1.0)
_NEUTRAL = 8 / 255
"""RGB channels no further apart than this are grey: printed with black alone, which needs no register."""
_DARK = 0.2
"""A grey below this is meant as black: #333 and darker."""

Ink = tuple[float, float, float, float]


@dataclass(slots=True)
class Separation:
    """Turns RGB into the inks of one press, colour by colour; `seen` is every colour that it was asked for."""

    profile: Path
    ink_limit: int
    seen: dict[tuple[float, ...], Ink] = field(default_factory=dict)
    _transform: Any = None

    def ink(self, rgb: tuple[float, float, float]) -> Ink:
        """Return cyan, magenta, yellow and black, 0 to 1: greys by black alone, else by the profile, perceptually."""
        if rgb not in self.seen:
            self.seen[rgb] = grey_ink(rgb[1]) if max(rgb) - min(rgb) <= _NEUTRAL else self._by_profile(rgb)
        return self.seen[rgb]

    def _by_profile(self, rgb: tuple[float, float, float]) -> Ink:
        if self._transform is None:
            press = ImageCms.getOpenProfile(io.BytesIO(read_file(self.profile)))
            self._transform = ImageCms.buildTransform(
                ImageCms.createProfile("sRGB"), press, "RGB", "CMYK", renderingIntent=ImageCms.Intent.PERCEPTUAL
            )
        red, green, blue = (round(255 * channel) for channel in rgb)
        pixel = ImageCms.applyTransform(Image.new("RGB", (1, 1), (red, green, blue)), self._transform)
        assert pixel is not None, "not in place"
        c, m, y, k = (part / 255 for part in pixel.tobytes())
        room = self.ink_limit / 100 - k
        scale = min(1.0, room / (c + m + y)) if c + m + y else 1.0
        return c * scale, m * scale, y * scale, k


def grey_ink(lightness: float) -> Ink:
    """Return the black of a grey."""
    return BLACK if lightness < _DARK else (0.0, 0.0, 0.0, 1 - lightness)
