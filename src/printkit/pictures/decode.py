"""A picture file as upright pixels without alpha, and the profile that says what its numbers mean.

JPEG, PNG, WebP, TIFF, and the first page of a PDF; SVG stays what it is, since pages draw it as vectors.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms, ImageMath, ImageOps

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef
from printkit.pictures.sizes import BROKEN_HINT, FORMATS, strictly

PDF = b"%PDF-"
FINER = 2
"""How much finer than needed a JPEG is read, so that the filter that makes it small has something to work on."""
_DEEP_GREY = ("I;16", "I;16B", "I;16L", "I;16N", "I")
"""What Pillow makes of grey with 16 bits."""
_GREY = (*_DEEP_GREY, "1", "L", "LA", "La", "F")

Profile = ImageCms.ImageCmsProfile


class DecodeError(Exception):
    """The bytes are no picture, one that ends too early, or one that takes more memory than there may be."""

    @property
    def is_over_memory(self) -> bool:
        """Whether memory alone was lacking."""
        return isinstance(self.__cause__, MemoryError)


def undecodable(file: Path, where: SourceRef | None, error: DecodeError) -> InputError:
    """Return the error of a run that needs a picture which cannot be read to its end, or not within the run's limits."""
    if error.is_over_memory:
        message = Say(f"{file.name} takes more memory than a page may have", f"处理 {file.name} 所需内存超过限度")
        hint = Say("make it smaller; PRINTKIT_MEMORY allows more", "请缩小图片；可用 PRINTKIT_MEMORY 放宽")
        return InputError([Diagnostic("limits.memory", message, hint=hint, where=where)])
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
    except Exception as error:  # Pillow's decoders raise nearly anything on a broken file.
        raise DecodeError(str(error)) from error


def has_broken_profile(path: Path) -> bool:
    """Say whether a picture has an embedded profile that cannot be used for its colours."""
    try:
        with strictly(), Image.open(path, formats=FORMATS) as image:
            embedded = image.info.get("icc_profile")
            return bool(embedded and _profile(embedded, _plain_mode(image)) is None)
    except Exception:  # noqa: BLE001  # what is no picture has no profile; `source` tells what it is
        return False


def _decoded(data: bytes, least: tuple[int, int]) -> Decoded:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        embedded, kind = opened.info.get("icc_profile"), opened.format
        if kind == "JPEG":
            longest = FINER * max(least)  # the picture may lie on its side
            opened.draft(None, (longest, longest))
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        plain = _without_alpha(opened)  # the picture itself where it can be: of the largest a copy is half a gigabyte
    return Decoded(plain, _profile(embedded, plain.mode) if embedded else None, lossless=kind != "JPEG")


def _plain_mode(image: Image.Image) -> str:
    """Return in which of the three modes a picture is read."""
    return "CMYK" if image.mode == "CMYK" else "L" if image.mode in _GREY else "RGB"


def _without_alpha(image: Image.Image) -> Image.Image:
    """Return a picture on white paper, in one of the three modes."""
    mode = _plain_mode(image)
    if image.mode in _DEEP_GREY:
        levels = image.convert("I")
        plain = levels.point(lambda value: value * (1 / 257)).convert(mode)
        if (clear := image.info.get("transparency")) is not None:
            plain.paste(
                255, mask=ImageMath.lambda_eval(lambda of: of["convert"]((of["i"] == clear) * 255, "L"), i=levels)
            )
        return plain
    if "A" in image.mode or "transparency" in image.info:
        with_alpha = "LA" if mode == "L" else "RGBA"
        image = image if image.mode == with_alpha else image.convert(with_alpha)
        paper = Image.new(mode, image.size, "white")
        paper.paste(image, mask=image.getchannel("A") if mode == "L" else image)
        return paper
    return image if image.mode == mode else image.convert(mode)


_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
"""The colour space that a profile must have for a mode."""


def _profile(embedded: bytes, mode: str) -> Profile | None:
    """Return an embedded profile, or None where it cannot be read, is one for other colours, or does not say what they are."""
    try:
        profile = Profile(io.BytesIO(embedded))
        if profile.profile.xcolor_space.strip() != _SPACES[mode]:
            return None
        to_srgb(profile, mode)
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile


@lru_cache(maxsize=2)  # that an embedded one can be made is seen before it is used
def to_srgb(profile: Profile, mode: str) -> ImageCms.ImageCmsTransform:
    """Return what converts a mode's pixels from a profile to sRGB, perceptually.

    Raises:
        PyCMSError: the profile does not say how.
    """
    return ImageCms.buildTransform(profile, srgb(), mode, "RGB", renderingIntent=ImageCms.Intent.PERCEPTUAL)


@lru_cache(maxsize=1)
def srgb() -> Profile:
    """Return the profile of sRGB."""
    return Profile(ImageCms.createProfile("sRGB"))


def _drawn(data: bytes, least: tuple[int, int]) -> Image.Image:
    """Draw a PDF's first page, trimmed as `ads` measures it and `pdf.ads` places it, large enough for what is needed."""
    from printkit.pictures.page_picture import drawn_page  # loads PDFium, which photographs need not

    return drawn_page(data, lambda width, height: max(least[0] / width, least[1] / height), trimmed=True)
