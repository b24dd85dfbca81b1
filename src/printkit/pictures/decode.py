"""A picture file as upright pixels without alpha, and the profile that says what its numbers mean.

JPEG, PNG, WebP, TIFF, and the first page of a PDF; SVG stays what it is, since pages draw it as vectors.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef
from printkit.pictures.sizes import BROKEN_HINT, FORMATS, strictly

PDF = b"%PDF-"
FINER = 2
"""How much finer than needed a JPEG is read, so that the filter that makes it small has something to work on."""
WHITE = (255, 255, 255)
_DEEP_GREY = ("I;16", "I;16B", "I;16L", "I;16N", "I")
"""What Pillow makes of grey with 16 bits."""

Profile = ImageCms.ImageCmsProfile


class DecodeError(Exception):
    """The bytes are no picture, or one that ends too early."""


def undecodable(file: Path, where: SourceRef | None, error: DecodeError) -> InputError:
    """Return the error of a run that needs a picture which cannot be read to its end."""
    message = Say(f"{file.name} cannot be read to its end: {error}", f"{file.name} 读不完整：{error}")
    return InputError([Diagnostic("pictures.cannot-decode", message, hint=BROKEN_HINT, where=where)])


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as it is seen: mode ``L``, ``RGB`` or ``CMYK``; `profile` is None where none is embedded or it is broken."""

    image: Image.Image
    profile: Profile | None
    lossless: bool
    """Whether the file kept every pixel as drawn, as artwork wants it; a photograph from a camera did not."""


def decode(data: bytes, least: tuple[int, int]) -> Decoded:
    """Read a picture.

    Args:
        data: the file.
        least: width and height in pixels that are needed of the whole picture; a JPEG may be read smaller than it is,
            but not smaller than this, and a PDF is drawn to cover it.

    Raises:
        DecodeError: it cannot be read to its end.
    """
    try:
        with strictly():
            if data.startswith(PDF):
                return Decoded(_drawn(data, least), None, lossless=True)
            return _decoded(data, least)
    except MemoryError:  # over the run's limit, which is told as that
        raise
    except Exception as error:  # Pillow's decoders raise nearly anything on a broken file.
        raise DecodeError(str(error)) from error


def has_broken_profile(path: Path) -> bool:
    """Say whether a picture has an embedded profile that cannot be used for its colours."""
    try:
        with strictly(), Image.open(path, formats=FORMATS) as image:
            embedded = image.info.get("icc_profile")
            return bool(embedded and _profile(embedded, image.mode) is None)
    except Exception:  # noqa: BLE001  # what is no picture has no profile; `source` tells what it is
        return False


def _decoded(data: bytes, least: tuple[int, int]) -> Decoded:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        embedded, kind, mode = opened.info.get("icc_profile"), opened.format, opened.mode
        if kind == "JPEG":
            longest = FINER * max(least)  # the picture may lie on its side
            opened.draft(None, (longest, longest))
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        plain = _without_alpha(opened)  # the picture itself where it can be: of the largest a copy is half a gigabyte
    return Decoded(plain, _profile(embedded, mode) if embedded else None, lossless=kind != "JPEG")


def _without_alpha(image: Image.Image) -> Image.Image:
    """Return a picture on white paper, in one of the three modes."""
    if "A" in image.mode or "transparency" in image.info:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        paper = Image.new("RGB", image.size, WHITE)
        paper.paste(image, mask=image)
        return paper
    if image.mode in _DEEP_GREY:
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


_SPACES = {"L": "GRAY", "LA": "GRAY", "1": "GRAY", "I": "GRAY", "CMYK": "CMYK"}
"""The colour space that a profile must have for a mode, where it is not RGB."""


def _profile(embedded: bytes, mode: str) -> Profile | None:
    """Return an embedded profile, or None where it cannot be read or is one for other colours."""
    try:
        profile = Profile(io.BytesIO(embedded))
        space = profile.profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError):
        return None
    wanted = "GRAY" if mode in _DEEP_GREY else _SPACES.get(mode, "RGB")
    return profile if space == wanted else None


def _drawn(data: bytes, least: tuple[int, int]) -> Image.Image:
    """Draw a PDF's first page, trimmed as `ads` measures it and `pdf.ads` places it, large enough for what is needed."""
    from printkit.pictures.page_picture import drawn_page  # loads PDFium, which photographs need not

    return drawn_page(data, lambda width, height: max(least[0] / width, least[1] / height), trimmed=True)
