"""What a page of a reprint (剪报, 大字版, 长图) shows round its story: the name `reprint` in its layout's template."""

from dataclasses import dataclass

REPRINT_LAYOUT, LARGE_LAYOUT, PHONE_LAYOUT = "reprint", "reprint-large", "reprint-phone"
REPRINT_LAYOUTS = frozenset({REPRINT_LAYOUT, LARGE_LAYOUT, PHONE_LAYOUT})
"""Layouts of reprints: no newspaper page takes them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a story stands on a page of the newspaper, as a small picture shows it.

    `picture` is the address of the page's picture; `width` and `height` are the page's in points, and `outlines` the
    story's polygons in them, as the ``points`` of SVG.
    """

    words: str
    """The page as its picture's caption names it: ``第01版 要闻``."""
    picture: str
    width: str
    height: str
    outlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A story's title as a picture (头图): the lines of its headline, their size in mpt, and its picture's address or none."""

    lines: tuple[str, ...]
    size: int
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ReprintPage:
    """One page of a reprint. `number` of `pages` counts from 1; `address` and `code` are empty where there is no site."""

    title: str
    words: str
    """Where the story stood in print: ``第01版 要闻``."""
    number: int = 1
    pages: int = 1
    spots: tuple[Spot, ...] = ()
    address: str = ""
    """Where the story stands on the site."""
    code: str = ""
    """The address of a picture of the QR code that leads there."""
    cards: tuple[Card, ...] = ()
    """On the first page of a long picture the wide card and the square one."""
