"""What a drawn page says and in which order: `render` reads it off the page, `pdf.reading` puts it together.

Marked content of a page has a number (MCID) of its own; an element groups some of it under a standard structure
type (ISO 32000-1, 14.8.4). Rectangles are mpt from the page's top left corner.
"""

from dataclasses import dataclass

from printkit.model.geometry import Rect
from printkit.model.page import TextBox


@dataclass(frozen=True, slots=True)
class Marked:
    """Marked content of the page: its number, and its text as far as that is known."""

    number: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A link annotation of the page, by the number that stands in it (/StructParent)."""

    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Composed text at its place; what stands in it are its stretches: plain text, links, list marks, rubies."""

    box: TextBox
    rect: Rect
    kids: "tuple[PageKid, ...]"


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the page under a standard structure type.

    `alt` and `rect` are those of a Figure; `story` (an anchor) and `title` those of an Art.
    """

    tag: str
    kids: "tuple[PageKid, ...]"
    alt: str = ""
    rect: Rect | None = None
    story: str = ""
    title: str = ""
    span: int = 1
    """Columns that a cell of a layout's own table spans."""


PageKid = Marked | LinkArea | Piece | Element
