"""A finished page as a small picture: what it looks like, for a reader to find a place on it."""

import base64
import io

import pypdfium2


def page_jpeg(pdf: bytes, height: int) -> str:
    """Return the address of a picture of a file's first page, some pixels high."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        # Drawn larger and scaled down: grey text reads as text, not as noise.
        picture = page.render(scale=2 * height / page.get_height()).to_pil().convert("RGB")
    finally:
        document.close()
    small = picture.resize((round(picture.width * height / picture.height), height), reducing_gap=None)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"
