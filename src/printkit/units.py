"""Lengths: integer thousandths of a point (mpt) inside the core, CSS text at its borders.

Integers make equal lengths equal, results repeatable and values fit for a cache
(CSS 2.1, 4.3.2: 1in = 72pt = 96px = 25.4mm).
"""

import re

PX = 750
"""One CSS pixel in mpt."""

INCH = 72_000
"""One inch in mpt."""

MM = INCH / 25.4
"""One millimetre in mpt."""

_PER_UNIT = {"pt": 1000.0, "px": float(PX), "mm": MM, "cm": 10 * MM, "in": float(INCH), "pc": 12000.0}
LONGEST = 10**9
"""mpt that no length of a page reaches: 350 m."""

_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*(pt|px|mm|cm|in|pc|em)\s*", re.ASCII)


class LengthError(ValueError):
    """A length is endless, or no number."""


def from_px(px: float) -> int:
    """Convert CSS pixels (1/96 in) to mpt, rounded to the nearest.

    Raises:
        LengthError: it is no number, or one that no page has room for.
    """
    if not abs(px) * PX <= LONGEST:  # so that what is no number fails, too
        raise LengthError(f"{px:g}px is no length")
    return round(px * PX)


def parse_length(text: str, em: int | None = None) -> int:
    """Read a CSS length such as ``270mm`` or ``2em`` as mpt.

    Args:
        text: number and unit; the units of CSS 2.1 that do not depend on a screen, and ``em``.
        em: mpt of one em; without it ``em`` is refused.

    Raises:
        ValueError: the text is no such length.
    """
    found = _LENGTH.fullmatch(text)
    if not found or (found[2] == "em" and em is None):
        raise ValueError(f"not a length: {text!r}")
    length = float(found[1]) * (float(em or 0) if found[2] == "em" else _PER_UNIT[found[2]])
    if abs(length) > LONGEST:
        raise LengthError(f"longer than any page: {text!r}")
    return round(length)


def css(mpt: int) -> str:
    """Write a length for CSS, in points: ``9000`` is ``9pt``, ``11900`` is ``11.9pt``."""
    return f"{mpt / 1000:.3f}".rstrip("0").rstrip(".") + "pt"
