"""Fonts made for a test: small ones, of triangles, in which U+4E00 is glyph 1 and so on."""

from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

COUNT = 40


def draw(pen: Any, number: int) -> None:
    """Each glyph is a triangle of its own."""
    pen.moveTo((10, 0))
    pen.lineTo((500, 700 + number))
    pen.lineTo((900 - number, 20))
    pen.closePath()


def finish(builder: FontBuilder, names: list[str], path: Path) -> Path:
    """Give a font the tables that every font has."""
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made"})
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    builder.save(path)
    return path


def write_truetype(path: Path, count: int = COUNT) -> Path:
    """Write a TrueType font: glyph n is the character U+4E00 + n − 1."""
    names = [".notdef", *(f"g{n}" for n in range(1, count))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x4E00 + n - 1: names[n] for n in range(1, count)})
    glyphs = {}
    for number, name in enumerate(names):
        pen = TTGlyphPen(None)
        draw(pen, number)
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    return finish(builder, names, path)
