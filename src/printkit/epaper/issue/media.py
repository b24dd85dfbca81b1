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
SHARE_WIDTH = 1200
"""Of the picture shown where a story is shared: what the large cards of social networks ask for."""
TILE_RESOLUTION = 256
"""Pixels per inch of a page drawn in pieces: a Han of 9 pt has 32, which a phone held close shows as 11 of its own."""
_TILE_SIDE = 960
"""At most, of a piece: a phone's glass takes four to nine, and each is 30 to 60 KB."""
_TILE = "webp 50 2"
"""Quality and effort of a piece; more effort saves a twentieth and takes twice as long."""
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

    def made(self, stem: str) -> tuple[SitePicture, dict[str, bytes]]:
        """Make the picture's files below ``media/``; of two widths that would show the same pixels only one.

        Raises:
            InputError: the picture cannot be read to its end.
        """
        files: dict[str, bytes] = {}
        sources: dict[str, list[Source]] = {"webp": [], "jpg": []}
        size = (0, 0)
        for largest in STORY_WIDTHS:
            before, names = size, {kind: f"media/{stem}-{largest}.{kind}" for kind in sources}
            made = {kind: self._file(largest, kind) for kind in sources}
            size = _size(made["jpg"])
            if size == before:
                break
            for kind, name in names.items():
                files[name] = made[kind]
                sources[kind].append(Source(name, size[0]))
        picture = SitePicture(tuple(sources["webp"]), tuple(sources["jpg"]), *size, self.shot.alt)
        return picture, files

    def shared(self) -> bytes:
        """Return the picture as it is shown where the story is shared."""
        return self._file(SHARE_WIDTH, "jpg")

    def _file(self, largest: int, kind: str) -> bytes:
        settings = f"site {largest} {kind} {_PHOTOGRAPH[kind]}"

        def make() -> bytes:
            return _saved(whole_in_srgb(self.data, largest, default_profile()), kind, _PHOTOGRAPH[kind])

        try:
            return self.cache.get(self.data, settings, make)
        except DecodeError as error:
            raise undecodable(self.shot.file, self.shot.where, error) from error


def page_pictures(number: str, pdf: bytes, cache: PictureCache) -> tuple[SitePicture, SitePicture, Mapping[str, bytes]]:
    """Draw a page of PDF: its picture for reading, its thumbnail, and the files of both.

    The file's own text is drawn, so the pictures show what the PDF shows.
    """
    files: dict[str, bytes] = {}
    drawn = lru_cache(lambda width: drawn_page(pdf, lambda wide, _: width / wide))
    for width, kind in product((THUMBNAIL_WIDTH, *PICTURE_WIDTHS), _PAGE):
        settings = f"page {width} {kind} {_PAGE[kind]}"
        files[page_picture(number, width, kind)] = cache.get(pdf, settings, partial(_page_file, drawn, width, kind))
    return _page_picture(number, PICTURE_WIDTHS, files), _page_picture(number, (THUMBNAIL_WIDTH,), files), files


def page_tiles(number: str, pdf: bytes, cache: PictureCache) -> tuple[Tiles, Mapping[str, bytes]]:
    """Draw a page in pieces as large as its type asks for, whatever its size, and return them and their files."""
    drawn = lru_cache(lambda: drawn_page(pdf, lambda _wide, _high: TILE_RESOLUTION / 72))
    size = cache.get(pdf, f"tiles {TILE_RESOLUTION}", lambda: b"%d %d" % drawn().size)
    width, height = map(int, size.split())
    columns, rows = -(-width // _TILE_SIDE), -(-height // _TILE_SIDE)
    wide, high = -(-width // columns), -(-height // rows)
    files: dict[str, bytes] = {}

    def piece(left: int, top: int) -> bytes:
        out = io.BytesIO()
        box = (left, top, min(left + wide, width), min(top + high, height))
        drawn().crop(box).save(out, "WEBP", quality=50, method=2)
        return out.getvalue()

    for row, column in product(range(rows), range(columns)):
        settings = f"tile {TILE_RESOLUTION} {_TILE_SIDE} {_TILE} {row} {column}"
        files[page_tile(number, row, column)] = cache.get(pdf, settings, partial(piece, column * wide, row * high))
    named = tuple(tuple(page_tile(number, row, column) for column in range(columns)) for row in range(rows))
    return Tiles(width, height, (wide, high), named), files


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
        image.save(out, "WEBP", quality=quality, method=4)
    else:
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
