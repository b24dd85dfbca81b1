"""What the page shows of each picture box: the address of a picture made for the screen, or for the press.

Each class is a `render.picture_maker.PictureMaker`. PDF keeps its vectors: `pdf.ads` places it; so does SVG, which the page
draws itself. For the press an advertisement in SVG, whose inks it does not name, becomes a picture, and so does a drawing in
PDF with colours that cannot become inks one by one.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from printkit.gate import read_file
from printkit.model.page import PictureBox
from printkit.pictures.cache import PictureCache
from printkit.pictures.decode import DecodeError, undecodable
from printkit.pictures.press import PressSettings, for_press
from printkit.pictures.screen import for_screen

SCREEN_PPI = 150
"""Of pictures in the web file: twice what a page wants that fills a screen, and four times less than print's bytes."""
ARTWORK_PPI = 300
"""Of advertisements and mastheads that must become pictures: what newspapers ask of artwork with lettering."""
ARTWORK = ("ad", "masthead")
"""The roles of boxes whose pictures have lettering in them."""


@dataclass(frozen=True, slots=True)
class ScreenPictures:
    """Makes pictures for reading on screens; `cmyk` tells what CMYK without a profile looks like."""

    cache: PictureCache
    cmyk: Path | None = None
    ppi: int = SCREEN_PPI

    def uri(self, box: PictureBox) -> str:
        """Return the address of a box's picture.

        Raises:
            InputError: the picture cannot be read to its end.
        """
        suffix = box.file.suffix.lower()
        if suffix == ".svg" or box.role == "masthead" or suffix == ".pdf":
            return box.file.as_uri()  # a masthead may stand on a tint, which shines through it
        ppi = ARTWORK_PPI if box.role in ARTWORK else self.ppi
        settings = f"screen {_points(box)} {box.focus} {ppi} {_digest(self.cmyk)}"
        return _made(box, self.cache, settings, lambda data: for_screen(data, _points(box), box.focus, ppi, self.cmyk))


@dataclass(frozen=True, slots=True)
class PressPictures:
    """Makes pictures in the inks of a press."""

    cache: PictureCache
    settings: PressSettings
    svg_page: Callable[[PictureBox], bytes]
    """Draws an SVG as a PDF of one page; `render.draw` knows how."""
    keeps_vectors: Callable[[Path], bool]
    """Says whether all colours of a PDF are inks or can become some; `pdf.ad_check` knows."""

    def uri(self, box: PictureBox) -> str:
        """Return the address of a box's picture.

        Raises:
            InputError: the picture cannot be read to its end.
        """
        suffix = box.file.suffix.lower()
        # The finishing pass gives vectors their inks; those of an advertisement are its own.
        if suffix == ".svg" and box.role != "ad":
            return box.file.as_uri()
        if suffix == ".pdf" and (box.role == "ad" or self.keeps_vectors(box.file)):
            return box.file.as_uri()
        press = self.settings
        if box.role in ARTWORK or box.is_drawing:
            press = replace(press, ppi=max(ARTWORK_PPI, press.ppi))
        settings = f"press {_points(box)} {box.focus} {press.tac} {press.ppi} {_digest(press.profile)}"

        def make(data: bytes) -> bytes:
            drawn = self.svg_page(box) if suffix == ".svg" else data
            return for_press(drawn, _points(box), box.focus, press)

        return _made(box, self.cache, settings, make)


def _made(box: PictureBox, cache: PictureCache, settings: str, make: Callable[[bytes], bytes]) -> str:
    data = read_file(box.file)
    try:
        picture = cache.get(data, settings, lambda: make(data))
    except DecodeError as error:
        raise undecodable(box.file, box.where, error) from error
    kind = "jpeg" if picture.startswith(b"\xff\xd8") else "png"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"


def _points(box: PictureBox) -> tuple[float, float]:
    return box.rect.width / 1000, box.rect.height / 1000


def _digest(profile: Path | None) -> str:
    return hashlib.sha256(read_file(profile)).hexdigest() if profile else ""
