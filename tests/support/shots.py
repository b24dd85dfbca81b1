"""Pictures for the tests of `pictures`, drawn here, and what is measured of what was made of them."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageMath

from printkit.colour.profiles import default_profile
from printkit.pictures.press import PressSettings

PRESS = PressSettings(default_profile(), tac=220, ppi=200)
CENTRE = (0.5, 0.5)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture read whole."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def colours(width: int = 240, height: int = 160) -> Image.Image:
    """A smooth picture with every hue, from white to black."""
    hue = Image.linear_gradient("L").rotate(90).resize((width, height))
    value = Image.linear_gradient("L").resize((width, height))
    full = Image.new("L", (width, height), 255)
    return Image.merge("HSV", (hue, full, value)).convert("RGB")


def most_ink(picture: Image.Image) -> float:
    """The most that C, M, Y and K come to in one pixel, in per cent."""
    c, m, y, k = picture.split()
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], c=c, m=m, y=y, k=k)
    return float(total.getextrema()[1]) / 2.55


def swapped_profile() -> bytes:
    """A profile that says red where sRGB says green: what honours it turns (0, 255, 0) into red."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = (srgb.index(tag, 128) for tag in (b"rXYZ", b"gXYZ"))
    srgb[red : red + 4], srgb[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(srgb)


def grey_profile() -> bytes:
    """A profile of grey, its tones as sRGB's."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"RGB XYZ", b"GRAYXYZ", 1).replace(b"rTRC", b"kTRC", 1)


def hollow_profile() -> bytes:
    """A profile of RGB that can be read and does not say what green is."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"gXYZ", b"gXXX", 1)


def write(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def hollow_png() -> bytes:
    """A PNG of 300 by 200 whose checksums are right and whose pixels cannot be unpacked."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 300, 200, 8, 0, 0, 0, 0)
    rows = b"no deflated rows"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
