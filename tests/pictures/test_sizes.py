"""Pictures: size, turning, and every way in which a file is no picture."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from printkit.pictures.sizes import BadPictureError, read_pixels, svg_size


def _save(path: Path, size: tuple[int, int] = (300, 200), **options: object) -> Path:
    picture = Image.effect_noise(size, 80).convert("RGB")
    picture.save(path, **options)  # type: ignore[arg-type] # Pillow types each option apart.
    return path


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_size(tmp_path: Path, suffix: str) -> None:
    assert read_pixels(_save(tmp_path / f"a.{suffix}")) == (300, 200)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.99])
def test_cut_short(tmp_path: Path, suffix: str, share: float) -> None:
    path = _save(tmp_path / f"a.{suffix}")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadPictureError):
        read_pixels(path)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_turned_by_exif(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    assert read_pixels(_save(tmp_path / f"a.{suffix}", exif=exif)) == (200, 300)


def test_jpeg_with_data_behind_its_end(tmp_path: Path) -> None:
    path = _save(tmp_path / "a.jpg")
    path.write_bytes(path.read_bytes() + b"trailer" * 50)
    assert read_pixels(path) == (300, 200)


def test_png_with_a_wrong_byte(tmp_path: Path) -> None:
    path = _save(tmp_path / "a.png")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(BadPictureError, match="broken"):
        read_pixels(path)


@pytest.mark.parametrize("side", [12_700, 20_000, 60_000])
def test_bomb_of_pixels(tmp_path: Path, side: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))
    with pytest.raises(BadPictureError, match="160 million"):
        read_pixels(path)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"%PDF-1.7", b"<svg/>", "文字".encode(), b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
)
def test_no_picture(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with pytest.raises(BadPictureError):
        read_pixels(path)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 40 30"', (40_000, 30_000)),
        ('viewBox="-1,-1, 4.5,3" width="9cm"', (4_500, 3_000)),
        ('width="90mm" height="60mm"', (90_000, 60_000)),
        ('width="100%" height="60mm"', (0, 60_000)),
        ('viewBox="0 0 4 1.2.3"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_size_of_an_svg(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    assert svg_size(path) == size


def test_svg(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text('<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
    svg_size(path)
    for text in ("<svg>", "", "<html/>", "报头"):
        path.write_text(text)
        with pytest.raises(BadPictureError):
            svg_size(path)


@pytest.mark.parametrize(
    ("size", "told"),
    [((1, 1), "only 1 × 1"), ((900, 1), "only 900 × 1"), ((30_000, 40), "30,000 × 40"), ((40, 20_001), "40 × 20,001")],
)
def test_sides_that_no_page_can_use(size: tuple[int, int], told: str, tmp_path: Path) -> None:
    Image.new("L", size).save(tmp_path / "a.png")
    with pytest.raises(BadPictureError, match=told):
        read_pixels(tmp_path / "a.png")
    for usable in ((2, 2), (20_000, 8)):
        Image.new("L", usable).save(tmp_path / "a.png")
        assert read_pixels(tmp_path / "a.png") == usable
