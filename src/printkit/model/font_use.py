"""What a drawn page needs of a font: `render` draws with it, `pdf.fonts` embeds it once for the whole file."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FontUse:
    """The glyphs that a page draws with one face; lengths are thousandths of an em."""

    hash: str
    """Key of the font in the page's resources."""
    source: tuple[str, int]
    """File and index of the face."""
    widths: Mapping[int, int]
    to_unicode: Mapping[int, str]
    ascent: int
    descent: int
    flags: int
