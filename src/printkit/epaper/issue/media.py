"""Pictures of the site: the stories' own and the pages' own, in several widths, as WebP and as JPEG.

The bytes decide: the same file gives the same pictures, and a picture once made comes from the cache.
"""

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import product

from PIL import Image

from printkit.colour.profiles import default_profile
from printkit.epaper.names import PICTURE_WIDTHS, THUMBNAIL_WIDTH, page_picture, page_tile
from printkit.gate import read_file
from printkit.model.article import Shot
from printkit.model.page import PictureBox
from printkit.pictures.cache import PictureCache
from printkit.pictures.decode import DecodeError, decode, undecodable
from printkit.pictures.page_picture import drawn_page
from printkit.pictures.screen import whole_in_srgb

STORY_WIDTHS = (640, 1280)
"""Longest sides of a story's pictures in pixels: a phone, and all that a column of reading takes on fine screens."""
TILE_RESOLUTION = 256
"""Pixels per inch of a page drawn in pieces: a Han of 9 pt has 32, which a phone held close shows as 11 of its own."""
_TILE_SIDE = 960
"""At most, of a piece: a phone's glass takes four to nine, and each is 30 to 60 KB."""
_EFFORT = 2
"""Of WebP: 4 saves a thirtieth and takes twice as long."""
_PHOTOGRAPH = {"webp": 74, "jpg": 80}
_PAGE = {"webp": 50, "jpg": 62}
"""Quality by kind. A page is text all over: at these it is read well at its width, and 960 px stay under 200 KB."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a picture, named from the issue's folder, and its width in pixels."""

    path: str
    width: int


@dataclass(frozen=True, slots=True)
class SitePicture:
    """A picture in all its files, the smallest first; width and height are those of the largest."""

    webp: tuple[Source, ...]
    jpg: tuple[Source, ...]
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A page drawn large, in pieces of one size but for the last of each row and column; their names, row by row."""

    width: int
    height: int
    side: tuple[int, int]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageInPictures:
    """A page's picture for reading, its thumbnail, its pieces, and the files of all of them."""

    pictures: tuple[SitePicture, SitePicture]
    tiles: Tiles
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class StoryShot:
    """A picture file of a story, read once and in memory while this is kept."""

    shot: Shot
    cache: PictureCache

    @cached_property
    def _file_bytes(self) -> bytes:
        return read_file(self.shot.file)

    @cached_property
    def data(self) -> bytes:
        """What the picture is decoded from: an SVG as a page of PDF, so that none of its script reaches a reader."""
        if self.shot.file.suffix.lower() != ".svg":
            return self._file_bytes
        from printkit.model.geometry import Rect
        from printkit.render.draw import svg_page  # loads WeasyPrint

        return svg_page(PictureBox(Rect(0, 0, 400_000, 0), self.shot.file, ""))

    @property
    def digest(self) -> str:
        """SHA-256 of the file as the editor gave it."""
        return hashlib.sha256(self._file_bytes).hexdigest()

    def check(self) -> None:
        """Read the picture to its end, as small as its format allows.

        Raises:
            InputError: it ends too early, or is none.
        """
        try:
            decode(self.data, (1, 1))
        except DecodeError as error:
            raise undecodable(self.shot.file, self.shot.where, error) from error

    def made(self, stem: str, shared: str = "") -> tuple[SitePicture, dict[str, bytes]]:
        """Make the picture's files below ``media/``; of two widths that would show the same pixels only one.

        Args:
            stem: how its files are called.
            shared: another name of its largest JPEG, which is shown wherever the story is shared.

        Raises:
            InputError: the picture cannot be read to its end.
        """
        jpegs = [self._file(largest, "jpg") for largest in STORY_WIDTHS]
        sizes = [_size(jpeg) for jpeg in jpegs]
        files: dict[str, bytes] = {}
        sources: dict[str, list[Source]] = {"webp": [], "jpg": []}
        for largest, jpeg, size in zip(STORY_WIDTHS, jpegs, sizes, strict=True):
            if files and size == sizes[0]:
                break
            at = {kind: f"media/{stem}-{largest}.{kind}" for kind in sources}
            files |= {at["webp"]: self._file(largest, "webp"), at["jpg"]: jpeg}
            if shared and size == sizes[-1]:
                files[shared] = jpeg  # under a name of its own: addresses that were passed on stay
            for kind, name in at.items():
                sources[kind].append(Source(name, size[0]))
        picture = SitePicture(tuple(sources["webp"]), tuple(sources["jpg"]), *sizes[-1], self.shot.alt)
        return picture, files

    @cached_property
    def _whole(self) -> Image.Image:
        """The picture as large as it is shown at all: smaller ones are made of it."""
        return whole_in_srgb(self.data, STORY_WIDTHS[-1], default_profile())

    @cached_property
    def _small(self) -> Image.Image:
        image = self._whole.copy()
        image.thumbnail((STORY_WIDTHS[0], STORY_WIDTHS[0]), Image.Resampling.LANCZOS)
        return image

    def _file(self, largest: int, kind: str) -> bytes:
        def make() -> bytes:
            return _saved(self._small if largest < STORY_WIDTHS[-1] else self._whole, kind, _PHOTOGRAPH[kind])

        try:
            return self.cache.get(self.data, f"site {largest} {kind} {_PHOTOGRAPH[kind]} {_EFFORT}", make)
        except DecodeError as error:
            raise undecodable(self.shot.file, self.shot.where, error) from error


def page_in_pictures(number: str, pdf: bytes, cache: PictureCache) -> PageInPictures:
    """Draw a page of PDF. The file's own text is drawn, so the pictures show what the PDF shows."""
    picture, thumbnail, drawn = _page_pictures(number, pdf, cache)
    tiles, pieces = _page_tiles(number, pdf, cache)
    return PageInPictures((picture, thumbnail), tiles, {**drawn, **pieces})


def _page_pictures(
    number: str, pdf: bytes, cache: PictureCache
) -> tuple[SitePicture, SitePicture, Mapping[str, bytes]]:
    """Draw a page for reading and as a thumbnail."""
    files: dict[str, bytes] = {}
    largest = PICTURE_WIDTHS[-1]

    @lru_cache
    def drawn(width: int) -> Image.Image:
        larger = next((one for one in PICTURE_WIDTHS if one > width), None)
        return _narrowed(drawn(larger), width) if larger else drawn_page(pdf, lambda wide, _: largest / wide)

    for width, kind in product((THUMBNAIL_WIDTH, *PICTURE_WIDTHS), _PAGE):
        settings = f"page {width} {kind} {_PAGE[kind]} {_EFFORT}"
        files[page_picture(number, width, kind)] = cache.get(pdf, settings, partial(_page_file, drawn, width, kind))
    return _page_picture(number, PICTURE_WIDTHS, files), _page_picture(number, (THUMBNAIL_WIDTH,), files), files


def _page_tiles(number: str, pdf: bytes, cache: PictureCache) -> tuple[Tiles, Mapping[str, bytes]]:
    """Draw a page in pieces as large as its type asks for, whatever its size."""
    drawn = lru_cache(lambda: drawn_page(pdf, lambda _wide, _high: TILE_RESOLUTION / 72))
    size = cache.get(pdf, f"tiles {TILE_RESOLUTION}", lambda: b"%d %d" % drawn().size)
    width, height = map(int, size.split())
    columns, rows = -(-width // _TILE_SIDE), -(-height // _TILE_SIDE)
    wide, high = -(-width // columns), -(-height // rows)
    files: dict[str, bytes] = {}

    def piece(left: int, top: int) -> bytes:
        box = (left, top, min(left + wide, width), min(top + high, height))
        return _saved(drawn().crop(box), "webp", _PAGE["webp"])

    for row, column in product(range(rows), range(columns)):
        settings = f"tile {TILE_RESOLUTION} {_TILE_SIDE} {_PAGE['webp']} {_EFFORT} {row} {column}"
        files[page_tile(number, row, column)] = cache.get(pdf, settings, partial(piece, column * wide, row * high))
    named = tuple(tuple(page_tile(number, row, column) for column in range(columns)) for row in range(rows))
    return Tiles(width, height, (wide, high), named), files


def _narrowed(whole: Image.Image, width: int) -> Image.Image:
    """Return a page's picture so many pixels wide: each pixel the mean of those it stands for, which leaves fine type the most.

    Of half the width it is a fifth of the work when Pillow reduces it in whole pixels.
    """
    size = width, round(whole.height * width / whole.width)
    return whole.resize(size, Image.Resampling.BOX, reducing_gap=None if whole.width % width else 1.0)


def _page_file(drawn: Callable[[int], Image.Image], width: int, kind: str) -> bytes:
    return _saved(drawn(width), kind, _PAGE[kind])


def _page_picture(number: str, widths: Sequence[int], files: Mapping[str, bytes]) -> SitePicture:
    sources = {kind: tuple(Source(page_picture(number, w, kind), w) for w in widths) for kind in _PAGE}
    width, height = _size(files[page_picture(number, widths[-1], "jpg")])
    return SitePicture(sources["webp"], sources["jpg"], width, height)


def _size(jpg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpg)) as image:
        return image.size


def _saved(image: Image.Image, kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    if kind == "webp":
        image.save(out, "WEBP", quality=quality, method=_EFFORT)
    else:
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
