"""The first page of a PDF as a picture, for advertisements: what a browser of pictures can show, at press resolution."""

import base64
from io import BytesIO
from pathlib import Path

import pypdfium2

PPI = 300
"""Pixels per inch at the size used: what newspapers ask of artwork with lettering."""


def page_picture(file: Path, width: int) -> str:
    """Return the first page of a PDF as a ``data:`` address, at `PPI` for a width in mpt."""
    document = pypdfium2.PdfDocument(file)
    try:
        page = document[0]
        pixels = max(1, round(width * PPI / 72_000))
        picture = page.render(scale=pixels / page.get_width(), fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")
    finally:
        document.close()
    data = BytesIO()
    picture.save(data, "PNG", compress_level=1)  # WeasyPrint compresses it again
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode("ascii")
