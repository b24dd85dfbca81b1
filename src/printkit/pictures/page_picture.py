"""A finished page as a picture: what it looks like, for a reader to find a place on it or to read it."""

import base64
import io
import struct
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
from PIL import Image, ImageDraw

_SHEET, _EDGE = 900, 24
"""Height of a page on a sheet of several, and the white round each, in pixels."""

_SHARES = 4
"""In how many parts a picture is compressed at the same time: a file's bytes do not depend on the machine."""


def drawn_page(pdf: bytes, scale_of: Callable[[float, float], float], *, trimmed: bool = False) -> Image.Image:
    """Draw a file's first page on white, or what stands inside its trim; `scale_of` is given its size in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        if trimmed:
            page.set_cropbox(*page.get_trimbox())
            page = document[0]
        return in_rgb(page, scale_of(*page.get_size()))
    finally:
        document.close()


def in_rgb(
    page: pypdfium2.PdfPage, scale: float, crop: tuple[float, float, float, float] = (0, 0, 0, 0)
) -> Image.Image:
    """Draw a page on white, as a picture in RGB; `crop` is what is left out at its left, foot, right and top, in points.

    The bytes are asked for in this order: a third of the time that it takes to draw them and to turn them round.
    """
    bitmap = page.render(scale=scale, crop=crop, fill_color=(255, 255, 255, 255), rev_byteorder=True)
    image: Image.Image = bitmap.to_pil()
    return image if image.mode == "RGB" else image.convert("RGB")


def page_png(pdf: bytes, width: int) -> bytes:
    """Return a file's first page as PNG, so many pixels wide: for one who waits, in half of the time that Pillow takes.

    No row is filtered: of a page, most of it white, the filters that Pillow tries make a file that is no smaller.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=width / page.get_width(), fill_color=(255, 255, 255, 255), rev_byteorder=True)
        wide, pixels = 3 * bitmap.width, memoryview(bitmap.buffer).cast("B")
        rows = b"".join(b"\0" + pixels[at : at + wide] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        header = struct.pack(">2I5B", bitmap.width, bitmap.height, 8, 2, 0, 0, 0)
    finally:
        document.close()
    chunks = ((b"IHDR", header), (b"IDAT", _compressed(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _compressed(data: bytes) -> bytes:
    """Return data as zlib would compress it, each share by itself (RFC 1950): threads do so at the same time."""
    size = -(-len(data) // _SHARES)

    def share(number: int) -> bytes:
        engine = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        is_last = number == _SHARES - 1
        made = engine.compress(memoryview(data)[number * size : (number + 1) * size])
        return made + engine.flush(zlib.Z_FINISH if is_last else zlib.Z_FULL_FLUSH)

    with ThreadPoolExecutor(_SHARES) as threads:
        return b"\x78\x01" + b"".join(threads.map(share, range(_SHARES))) + struct.pack(">I", zlib.adler32(data))


def page_sheet(pdfs: Sequence[bytes]) -> bytes:
    """Return a picture, as PNG, of some files' first pages side by side, each with its number under it."""
    pages = [drawn_page(pdf, lambda _, high: _SHEET / high) for pdf in pdfs]
    width = sum(page.width for page in pages) + (len(pages) + 1) * _EDGE
    sheet = Image.new("RGB", (width, _SHEET + 3 * _EDGE), (216, 216, 216))
    draw, left = ImageDraw.Draw(sheet), _EDGE
    for number, page in enumerate(pages, 1):
        sheet.paste(page, (left, _EDGE))
        draw.text((left + page.width // 2, _SHEET + 2 * _EDGE), str(number), (0, 0, 0), anchor="mm", font_size=_EDGE)
        left += page.width + _EDGE
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def page_jpeg(pdf: bytes, height: int) -> str:
    """Return the address of a picture of a file's first page, some pixels high."""
    # Drawn larger and scaled down: grey text reads as text, not as noise.
    picture = drawn_page(pdf, lambda _, high: 2 * height / high)
    small = picture.resize((round(picture.width * height / picture.height), height), reducing_gap=None)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
