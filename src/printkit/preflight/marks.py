"""What a page paints, as the rules see it: text, areas, lines, pictures, shadings, groups.

Every mark has the box it covers on the page, after clipping, and the state it is painted with.
"""

from dataclasses import dataclass
from typing import Any

from printkit.preflight.colour import PAPER_BLACK, Colour, Space
from printkit.preflight.fonts import Font
from printkit.preflight.geometry import Box


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark is painted: colour, overprint, transparency (ISO 32000-1, 8.6.7 and 11.3)."""

    colour: Colour = PAPER_BLACK
    overprint: bool = False
    overprint_mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    has_soft_mask: bool = False

    @property
    def is_transparent(self) -> bool:
        """What lies below shows through."""
        return self.alpha < 1 or self.blend not in ("Normal", "Compatible") or self.has_soft_mask


@dataclass(frozen=True, slots=True)
class Mark:
    """Something painted; `where` is its box on the page, in user space."""

    where: Box
    look: Look


@dataclass(frozen=True, slots=True)
class TextMark(Mark):
    """A shown string. `size` is in points on the page, `mcid` its marked content, if any."""

    font: Font
    size: float
    codes: tuple[int, ...]
    is_visible: bool = True
    mcid: int | None = None


@dataclass(frozen=True, slots=True)
class AreaMark(Mark):
    """A filled path; `parts` are the upright pieces it is made of where it is a rectangle or a frame of two."""

    parts: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class LineMark(Mark):
    """A stroked path; `width` is in points on the page, 0 for the thinnest line that the device can draw."""

    width: float


@dataclass(frozen=True, slots=True)
class PictureMark(Mark):
    """An image. `pixels` are its own, `ppi` the lower of both directions; a stencil is painted in the look's colour."""

    pixels: tuple[int, int]
    ppi: float
    bits: int
    space: Space
    is_stencil: bool
    obj: Any


@dataclass(frozen=True, slots=True)
class ShadeMark(Mark):
    """A shading, painted or as a pattern."""

    space: Space


@dataclass(frozen=True, slots=True)
class GroupMark(Mark):
    """A transparency group."""
