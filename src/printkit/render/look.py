"""How one kind of file shows the pages: its inks, the white round the trimmed page, its pictures.

Every variant lays out the same page box of trim size; only what is told here may differ between them.
"""

from dataclasses import dataclass
from typing import Literal

from printkit.render.picture_maker import ORIGINALS, PictureMaker


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are drawn; equal looks give equal pages.

    `inks` is the class of the root element, under which styles give their ink names a value. `margin` is the white
    round the trimmed page, mpt, which bleed and printer's marks need.
    """

    inks: Literal["screen", "press"] = "screen"
    margin: int = 0
    pictures: PictureMaker = ORIGINALS


SCREEN = Look()
