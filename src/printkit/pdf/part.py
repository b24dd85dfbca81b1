"""What goes into files: drawn pages, and what a file says of itself; who only has these need not load what makes files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from printkit.model.font_use import FontUse
from printkit.model.tags import PageKid
from printkit.pdf.marks import ROOM


@dataclass(frozen=True, slots=True)
class PagePart:
    """One drawn page: its PDF without fonts, what its fonts must hold, and its label."""

    pdf: bytes
    fonts: Sequence[FontUse]
    label: str
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Left and top of what links may go to, by the name after `STORY_LINK`: points from the page's top left corner."""
    tags: Sequence[PageKid] = ()
    """What the page says, in order."""
    ads: Mapping[str, Path] = field(default_factory=dict)
    """The advertisements that stand in the page as PDF, by the names of their forms."""
    drawings: Mapping[str, Path] = field(default_factory=dict)
    """The stories' pictures that do, likewise."""
    digest: str = field(default="", compare=False)
    """Stands for all of it, where it is known: of two parts that have the same one file can be the other's."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself. `date` is a PDF date in UTC (``D:20240110000000Z``)."""

    title: str
    author: str
    language: str
    keywords: tuple[str, ...]
    date: str
    producer: str


Half = Literal["both", "left", "right"]
"""What of a sheet a file is of: all of it, or one page of a spread (跨版)."""


@dataclass(frozen=True, slots=True)
class Press:
    """What the press asks for: its profile, the condition that the profile names, bleed (mpt), total ink (percent)."""

    profile: Path
    condition: str
    bleed: int
    ink_limit: int


def sheet_margin(bleed: int) -> int:
    """Return the white round the trimmed page on the sheet that a press page is drawn on; mpt."""
    return bleed + ROOM
