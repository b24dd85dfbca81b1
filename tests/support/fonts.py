"""Fonts made for a test: small ones, of triangles, in which U+4E00 is glyph 1 and so on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict, PrivateDict, buildOrder, topDictOperators
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
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


def begin(names: list[str], *, is_truetype: bool) -> FontBuilder:
    """Begin a font: glyph n is the character U+4E00 + n − 1."""
    builder = FontBuilder(1000, isTTF=is_truetype)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x4E00 + n: name for n, name in enumerate(names[1:])})
    return builder


def drawn(names: list[str], new_pen: Callable[[], Any], taken: str) -> dict[str, Any]:
    """Draw every glyph with a pen of its own; return what is `taken` from each."""
    glyphs = {}
    for number, name in enumerate(names):
        pen = new_pen()
        draw(pen, number)
        glyphs[name] = getattr(pen, taken)()
    return glyphs


def write_truetype(path: Path) -> Path:
    """Write a TrueType font."""
    names = [".notdef", *(f"g{n}" for n in range(1, COUNT))]
    builder = begin(names, is_truetype=True)
    builder.setupGlyf(drawn(names, lambda: TTGlyphPen(None), "glyph"))
    return finish(builder, names, path)


def write_cid_keyed(path: Path) -> Path:
    """Write a CFF font keyed as Adobe-GB1 whose glyph n is CID 3n + 7, as Fandol's differ."""
    names = [".notdef", *(f"cid{3 * n + 7:05d}" for n in range(1, COUNT))]
    builder = begin(names, is_truetype=False)
    strings = drawn(names, lambda: T2CharStringPen(1000, None), "getCharString")
    builder.setupCFF("Made", {"FullName": "Made"}, strings, {})
    font = builder.font
    table = font["CFF "].cff
    top = table.topDictIndex[0]
    top.ROS = ("Adobe", "GB1", 0)
    top.CIDCount = 3 * COUNT + 100
    top.FDSelect = select = FDSelect()
    select.format = 3
    select.gidArray = [0] * COUNT
    top.FDArray = array = FDArrayIndex()
    array.strings = None
    array.GlobalSubrs = top.GlobalSubrs
    inner = FontDict()
    inner.FontName = "Made"
    inner.Private = top.Private if hasattr(top, "Private") else PrivateDict()
    array.append(inner)
    charstrings = top.CharStrings
    charstrings.fdArray, charstrings.fdSelect = array, select
    if hasattr(charstrings, "private"):
        del charstrings.private
    top.rawDict.pop("Private", None)
    if hasattr(top, "Private"):
        del top.Private
    top.order = ["ROS", *[name for name in buildOrder(topDictOperators) if name not in ("ROS", "Private")]]
    return finish(builder, names, path)
