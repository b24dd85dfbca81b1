"""Picture files: their size as they will be seen, and whether they are whole.

In goes a path, out come pixels after turning by EXIF. Only headers, lengths and checksums are read; a JPEG is
decoded, small, only when it does not end as one should. A file that asks for more memory than a newspaper page
can use is refused by its header.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from PIL import ExifTags, Image, ImageFile, TiffImagePlugin, UnidentifiedImageError

from printkit.diagnostics import Say

LARGEST_PICTURE = 160_000_000
"""Pixels. A broadsheet page at 300 ppi has 29 million, the largest cameras 151; Pillow stops at 179."""

LONGEST_SIDE = 20_000
"""Pixels. A spread of two broadsheet pages at 600 ppi has 18,400; what is longer was not made for a page."""
SHORTEST_SIDE = 2
"""Pixels. A picture of one is a web page's counter that was saved by mistake."""

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
PICTURE_SUFFIXES = (".svg", ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")

_FORMATS_HINT = Say("save it as JPEG, PNG, WebP or TIFF", "请存为 JPEG、PNG、WebP 或 TIFF")
BROKEN_HINT = Say("copy the file again, or save it anew from a picture editor", "请重新复制文件，或用图片软件重新保存")


class BadPictureError(Exception):
    """The picture cannot be used."""

    def __init__(self, message: Say, hint: Say) -> None:
        """Keep what is wrong and the next step."""
        self.message = message
        self.hint = hint
        super().__init__(message.en)


def read_pixels(path: Path) -> tuple[int, int]:
    """Return width and height as the picture is seen.

    Raises:
        BadPictureError: it is no picture, broken, cut short, or too large.
    """
    try:
        with strictly():
            return _read(path)
    except Image.DecompressionBombError:
        raise _too_large() from None
    except UnidentifiedImageError:
        raise BadPictureError(*_unknown(path)) from None
    except BadPictureError:
        raise
    except Exception as error:  # Pillow's decoders raise nearly anything on a broken file.
        raise _broken() from error


@contextmanager
def strictly() -> Iterator[None]:
    """Let Pillow refuse what was cut short, which WeasyPrint's import forbids it, and warn of nothing."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large pictures and odd EXIF: the bounds here are our own
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def svg_size(path: Path) -> tuple[int, int]:
    """Make sure that a file is an SVG picture that can be parsed; return its width and height in any one unit.

    Returns:
        Width and height, nought where the file does not say.

    Raises:
        BadPictureError: it is no such picture.
    """
    roots: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: roots.append((name, attributes)) if not roots else None
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _broken() from error
    name, attributes = roots[0]
    if name.split(":")[-1] != "svg":
        raise BadPictureError(Say("this is XML, but no SVG picture", "这是 XML，但不是 SVG 图片"), BROKEN_HINT)
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [attributes.get(side, "") for side in ("width", "height")]
    numbers = [re.match(r"[0-9.]+(?!.*%)", side) for side in sides]
    try:
        wide, high = (round(float(found[0]) * 1000) if found else 0 for found in numbers)
    except ValueError:  # as `1.2.3`
        return 0, 0
    return wide, high


def _read(path: Path) -> tuple[int, int]:
    with Image.open(path, formats=FORMATS) as picture:
        width, height = picture.size
        _check_sides(width, height)
        turned = _orientation(picture) in (5, 6, 7, 8)
        if not _is_whole(picture, path):
            raise _broken()
    return (height, width) if turned else (width, height)


def _check_sides(width: int, height: int) -> None:
    """Refuse by its header what no page can use.

    Raises:
        BadPictureError: it has too many pixels, or too few.
    """
    if width * height > LARGEST_PICTURE:
        raise _too_large()
    if max(width, height) > LONGEST_SIDE:
        raise BadPictureError(
            Say(f"the picture is {width:,} × {height:,} pixels", f"图片有 {width}×{height} 像素"),
            Say(
                f"make it smaller: a page needs no side over {LONGEST_SIDE:,}",
                f"请缩小：版面上的图片每边不必超过 {LONGEST_SIDE} 像素",
            ),
        )
    if min(width, height) < SHORTEST_SIDE:
        raise BadPictureError(
            Say(f"the picture has only {width} × {height} pixels", f"图片只有 {width}×{height} 像素"),
            Say("look for the file that was meant", "请核对是不是这个文件"),
        )


def _orientation(picture: Image.Image) -> int:
    # Pillow has turned the size of a TIFF itself. Asking a PNG without EXIF for it would decode the whole
    # picture in search of a late chunk.
    if picture.format == "TIFF" or (picture.format == "PNG" and "exif" not in picture.info):
        return 1
    return int(picture.getexif().get(ExifTags.Base.Orientation, 1))


def _is_whole(picture: Image.Image, path: Path) -> bool:
    if picture.format == "JPEG":
        return _is_whole_jpeg(picture, path)
    if picture.format == "WEBP":
        with path.open("rb") as file:
            declared = int.from_bytes(file.read(12)[4:8], "little") + 8
        return path.stat().st_size >= declared
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        return _is_whole_tiff(picture, path.stat().st_size)
    picture.verify()  # PNG: every chunk is there and its checksum right.
    return True


def _is_whole_jpeg(picture: Image.Image, path: Path) -> bool:
    """A JPEG that was cut lacks its end marker; cameras that append data after it are the only reason to decode."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 64), 2)
        if file.read().rstrip(b"\0\r\n ").endswith(b"\xff\xd9"):
            return True
    picture.draft(picture.mode, (1, 1))
    picture.load()
    return True


def _is_whole_tiff(picture: TiffImagePlugin.TiffImageFile, size: int) -> bool:
    tags = picture.tag_v2
    for offsets, counts in ((273, 279), (324, 325)):
        if offsets in tags and counts in tags:
            ends = (start + length for start, length in zip(_all(tags[offsets]), _all(tags[counts]), strict=True))
            return all(end <= size for end in ends)
    return False


def _all(value: object) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (int(str(value)),)


def _too_large() -> BadPictureError:
    million = LARGEST_PICTURE // 1_000_000
    message = Say(f"the picture has more than {million} million pixels", f"图片超过 {million * 100} 万像素")
    return BadPictureError(
        message, Say("make it smaller: a page needs 30 million at most", "请缩小：一个版面最多用 3000 万像素")
    )


def _broken() -> BadPictureError:
    return BadPictureError(Say("the picture is broken or cut short", "图片已损坏或不完整"), BROKEN_HINT)


def _unknown(path: Path) -> tuple[Say, Say]:
    if path.stat().st_size == 0:
        return Say("the picture file is empty", "图片文件是空的"), BROKEN_HINT
    return Say("this is no picture that can be used", "这不是可用的图片"), _FORMATS_HINT
