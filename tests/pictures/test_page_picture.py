"""A page as a picture: the one that is made for somebody who waits shows the same as the other."""

import io

import pikepdf
from PIL import Image

from printkit.pictures.page_picture import drawn_page, page_png


def test_the_quick_picture_has_the_same_pixels() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(210, 297))
    page.Contents = pdf.make_stream(b"1 0 0 rg 20 30 90 120 re f 0 0.4 1 rg 10 200 m 200 280 l 150 20 l f")
    data = io.BytesIO()
    pdf.save(data)
    for width in (333, 70):
        found = Image.open(io.BytesIO(page_png(data.getvalue(), width)))
        found.load()
        assert (found.format, found.mode, found.width) == ("PNG", "RGB", width)
        wanted = drawn_page(data.getvalue(), lambda wide, _, width=width: width / wide)  # type: ignore[misc]
        assert found.tobytes() == wanted.tobytes()
