"""What a page is given for each picture box: made pictures, vectors where they may stay, a fault where nothing can be made."""

import base64
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from printkit.diagnostics import InputError, SourceRef
from printkit.model.geometry import Rect
from printkit.model.page import PictureBox
from printkit.pictures.cache import PictureCache
from printkit.pictures.makers import PressPictures, ScreenPictures
from printkit.pictures.sizes import read_pixels
from printkit.render.draw import svg_page
from printkit.render.picture_maker import PictureMaker
from tests.support.shots import PRESS, colours, encoded, hollow_png, opened, write

WHERE = SourceRef("articles/a.yaml", 5, 11, "pictures[0].file")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#f00"/></svg>'


def box(file: Path, role: str = "picture", width: int = 72_000, height: int = 48_000) -> PictureBox:
    return PictureBox(Rect(0, 0, width, height), file, "", role=role, where=WHERE)


def made(address: str) -> Image.Image:
    return opened(base64.b64decode(address.split(",", 1)[1]))


def makers() -> dict[str, PictureMaker]:
    nothing = PictureCache(None)
    return {
        "screen": ScreenPictures(nothing),
        "press": PressPictures(nothing, PRESS, svg_page, lambda _: True),
    }


def test_each_maker_gives_its_own_kind_of_picture(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jpg", encoded(colours(900, 600), "JPEG"))
    shown = {name: made(maker.uri(box(file))) for name, maker in makers().items()}
    assert {name: (image.mode, image.size) for name, image in shown.items()} == {
        "screen": ("RGB", (150, 100)),
        "press": ("CMYK", (200, 134)),
    }
    assert made(makers()["screen"].uri(box(file, "ad"))).size == (300, 200)  # lettering wants more


def test_an_ad_in_pdf_keeps_its_vectors(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(72, 48))
    document.save(tmp_path / "a.pdf")
    addresses = {name: maker.uri(box(tmp_path / "a.pdf", "ad")) for name, maker in makers().items()}
    assert addresses["screen"] == addresses["press"] == (tmp_path / "a.pdf").as_uri()


def test_svg_is_drawn_by_the_page_but_for_the_press(tmp_path: Path) -> None:
    file = write(tmp_path / "a.svg", SVG)
    assert makers()["screen"].uri(box(file, "ad")) == file.as_uri()
    # A masthead keeps its vectors, which the finishing pass gives their inks.
    assert makers()["press"].uri(box(file, "masthead", height=0)) == file.as_uri()
    inks = made(makers()["press"].uri(box(file, "ad")))
    assert inks.mode == "CMYK"
    red = inks.getpixel((inks.width // 2, inks.height // 2))
    assert isinstance(red, tuple)
    assert red[0] < 5
    assert min(red[1:3]) > 200


def test_what_is_kept_is_given_again(tmp_path: Path) -> None:
    file = write(tmp_path / "a.png", encoded(colours()))
    first = ScreenPictures(PictureCache(tmp_path / "cache")).uri(box(file))
    cache = PictureCache(tmp_path / "cache")
    assert ScreenPictures(cache).uri(box(file)) == first
    ScreenPictures(cache).uri(box(file, width=71_000))
    assert (cache.hits, cache.misses) == (1, 1)


def test_a_picture_broken_inside_is_told_at_its_line(tmp_path: Path) -> None:
    file = write(tmp_path / "a.png", hollow_png())
    assert read_pixels(file) == (300, 200)  # its header and checksums are right
    with pytest.raises(InputError) as caught:
        makers()["screen"].uri(box(file))
    [found] = caught.value.diagnostics
    assert (found.code, found.where) == ("pictures.cannot-decode", WHERE)
    assert io.StringIO(found.to_text()).readline().startswith("articles/a.yaml:5:11: pictures[0].file: error")
