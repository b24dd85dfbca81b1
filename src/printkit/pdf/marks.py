"""Printer's marks round a press page: crop marks, registration marks and the slug line, on every plate.

All stand outside the bleed, in the separation ``/All``. The slug is drawn as outlines, so that the page's text and
fonts stay the page's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import uharfbuzz as hb

from printkit.units import MM

GAP, LENGTH = 2 * MM / 1000, 5 * MM / 1000
"""Points from the bleed to a mark, and the length of a mark."""

ROOM = round(10 * MM)
"""mpt that the marks take outside the bleed on each side, 3 mm of white to the sheet's edge among them."""

_LINE = 0.25
_SLUG = 7.0
"""Size of the slug line, points."""
_KAPPA = 0.5523
"""Length of the handles by which four cubic curves make a circle."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The trimmed page on its sheet, points from the sheet's left foot corner, and its bleed."""

    left: float
    foot: float
    right: float
    top: float
    bleed: float


def marks(frame: Frame, slug: str, faces: Sequence[tuple[str, int]]) -> str:
    """Return the operators that draw all marks; colour is set by who writes them.

    Args:
        frame: where the trimmed page stands.
        slug: the line under the page.
        faces: files and indexes of fonts for it, the first that has a character sets it.
    """
    far = frame.bleed + GAP
    lines: list[tuple[float, float, float, float]] = []
    for x, outward in ((frame.left, -1), (frame.right, 1)):
        for y, upward in ((frame.foot, -1), (frame.top, 1)):
            lines.append((x + outward * far, y, x + outward * (far + LENGTH), y))
            lines.append((x, y + upward * far, x, y + upward * (far + LENGTH)))
    centres = _registration_centres(frame, far + LENGTH / 2)
    half = LENGTH / 2
    for x, y in centres:
        lines += [(x - half, y, x + half, y), (x, y - half, x, y + half)]
    out = [f"{_LINE} w", *(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)]
    out += [_circle(x, y, half * 0.6) for x, y in centres]
    start = frame.left + GAP
    # To the registration mark in the middle of the foot, and not into it.
    room = (frame.right - frame.left) / 2 - GAP - LENGTH
    out.append(_outlines(slug, faces, start, frame.foot - far - _SLUG, room))
    return "\n".join(out)


def _registration_centres(frame: Frame, away: float) -> list[tuple[float, float]]:
    middle, waist = (frame.left + frame.right) / 2, (frame.foot + frame.top) / 2
    return [
        (frame.left - away, waist),
        (frame.right + away, waist),
        (middle, frame.foot - away),
        (middle, frame.top + away),
    ]


def _circle(x: float, y: float, r: float) -> str:
    k = r * _KAPPA
    return (
        f"{x + r:.3f} {y:.3f} m {x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c s"
    )


@dataclass(slots=True)
class _Outline:
    """Takes a glyph's outline from HarfBuzz (a fontTools pen) and writes it at its place and size."""

    x: float
    y: float
    scale: float
    out: list[str] = field(default_factory=list)
    _at: tuple[float, float] = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # the pen's own names
        self._write("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", point)

    def curveTo(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", one, two, end)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        handles = [
            (near[0] + 2 / 3 * (control[0] - near[0]), near[1] + 2 / 3 * (control[1] - near[1]))
            for near in (self._at, end)
        ]
        self._write("c", *handles, end)

    def closePath(self) -> None:  # noqa: N802
        self.out.append("h")

    def endPath(self) -> None:  # noqa: N802
        """Leave an open outline open: filling closes it."""

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        placed = (f"{self.x + x * self.scale:.3f} {self.y + y * self.scale:.3f}" for x, y in points)
        self.out.append(f"{' '.join(placed)} {operator}")


def _outlines(text: str, faces: Sequence[tuple[str, int]], x: float, y: float, room: float) -> str:
    """Draw a line of text as filled outlines, smaller where it would be wider than its room."""
    fonts = [hb.Font(hb.Face(hb.Blob.from_file_path(file), index & 0xFFFF)) for file, index in faces]
    glyphs = []
    width = 0.0
    for char in text:
        for font in fonts:
            glyph = font.get_nominal_glyph(ord(char))
            if glyph:
                glyphs.append((font, glyph, width))
                width += font.get_glyph_h_advance(glyph) / font.face.upem
                break
    size = min(_SLUG, room / width) if width else _SLUG
    pieces = []
    for font, glyph, at in glyphs:
        outline = _Outline(x + at * size, y, size / font.face.upem)
        font.draw_glyph_with_pen(glyph, outline)
        if outline.out:
            pieces.append("\n".join(outline.out) + "\nf")
    return "\n".join(pieces)
