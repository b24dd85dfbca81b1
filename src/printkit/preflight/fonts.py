"""Fonts as a content stream uses them: codes to glyphs and widths, and the program that is embedded.

In goes a font dictionary, out comes a `Font` (ISO 32000-1, 9.6 to 9.10). Programs are opened by fontTools when a rule
asks for one.
"""

import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Dictionary, Stream

_SUBSET = re.compile(r"[A-Z]{6}\+")
_CODE_SPACE = re.compile(rb"begincodespacerange(.*?)(?:endcodespacerange|\Z)", re.DOTALL)
_CID_CHARS = re.compile(rb"begincidchar(.*?)(?:endcidchar|\Z)", re.DOTALL)
_CID_RANGES = re.compile(rb"begincidrange(.*?)(?:endcidrange|\Z)", re.DOTALL)
_MOST_CODES = 1 << 20
"""Codes that the ranges of a font name in all: more than Unicode has."""
_WIDE = 1000.0
"""Width of a glyph that the font gives none for (9.7.4.3), thousandths of an em."""


@dataclass(slots=True)
class Encoding:
    """How bytes become CIDs: bytes a code, and the CIDs where they are not the codes themselves."""

    size: int = 1
    cids: dict[int, int] | None = None
    vertical: bool = False

    def cid(self, code: int) -> int:
        """Return the CID of a code; what the map leaves out is .notdef."""
        return code if self.cids is None else self.cids.get(code, 0)


@dataclass
class Font:
    """One font of a page. `name` has no subset tag; widths are in thousandths of an em."""

    name: str
    kind: str
    is_subset: bool
    obj: Any
    descriptor: Any
    encoding: Encoding
    widths: dict[int, float] = field(default_factory=dict)
    default_width: float = _WIDE
    unit: float = 0.001
    """Size of a unit of width in text space; Type 3 fonts have their own."""

    @property
    def is_composite(self) -> bool:
        """Type0: codes of several bytes, glyphs by CID."""
        return self.kind == "/Type0"

    @property
    def program_key(self) -> str | None:
        """Key of the embedded program in the descriptor; None where nothing is embedded."""
        if self.descriptor is None:
            return None
        return next((key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in self.descriptor), None)

    @property
    def is_embedded(self) -> bool:
        """The file carries the glyphs itself; those of Type 3 are content streams."""
        return self.kind == "/Type3" or self.program_key is not None

    @property
    def has_to_unicode(self) -> bool:
        """Text can be copied: there is a ToUnicode, or a simple font's names tell."""
        return "/ToUnicode" in self.obj or not (self.is_composite or self.kind == "/Type3")

    def codes(self, data: bytes) -> tuple[int, ...]:
        """Split a shown string into codes."""
        size = self.encoding.size
        return tuple(int.from_bytes(data[i : i + size], "big") for i in range(0, len(data), size))

    def width(self, code: int) -> float:
        """Return the advance of a code in ems."""
        key = self.encoding.cid(code) if self.is_composite else code
        return self.widths.get(key, self.default_width) * self.unit

    def shows_nothing(self, code: int) -> bool:
        """Tell whether a code gives .notdef, the box or blank of a missing character."""
        if not self.is_composite:
            return code in self._empty_codes
        cid = self.encoding.cid(code)
        if self._gids is not None:
            return cid >= len(self._gids) or self._gids[cid] == 0
        return cid == 0 or (self.glyph_count is not None and cid >= self.glyph_count)

    @cached_property
    def _empty_codes(self) -> frozenset[int]:
        """Codes that the simple font's own encoding gives to .notdef."""
        found, code = set(), 0
        encoding = self.obj.get("/Encoding")
        differences = encoding.get("/Differences", ()) if isinstance(encoding, Dictionary) else ()
        for item in differences:
            if isinstance(item, int):
                code = item
                continue
            if str(item) == "/.notdef":
                found.add(code)
            code += 1
        return frozenset(found)

    @cached_property
    def _gids(self) -> tuple[int, ...] | None:
        """Glyph ids by CID, where a TrueType font has a table of its own."""
        table = self.obj.DescendantFonts[0].get("/CIDToGIDMap")
        if not isinstance(table, Stream):
            return None
        data = table.read_bytes()
        return tuple(int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data) - 1, 2))

    @cached_property
    def glyph_count(self) -> int | None:
        """Glyphs of the embedded program; None where it holds none of its own or cannot be read."""
        if (cff := self.cff) is not None:
            return len(cff.charset)
        if self.program_key != "/FontFile2":
            return None
        try:
            return int(TTFont(io.BytesIO(self.program), lazy=True)["maxp"].numGlyphs)
        except (TTLibError, KeyError, AssertionError):
            return None

    @cached_property
    def program(self) -> bytes:
        """The embedded program's bytes."""
        assert self.descriptor is not None
        return bytes(self.descriptor[self.program_key].read_bytes())

    @cached_property
    def cff(self) -> Any:
        """The CFF font's Top DICT, as it stands alone or inside OpenType; None where there is no CFF.

        Raises:
            ValueError: the program cannot be read.
        """
        if self.program_key != "/FontFile3":
            return None
        data = self.program
        try:
            if data[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
                data = TTFont(io.BytesIO(data), lazy=True).reader["CFF "]
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(data), None)
            return fonts[0]
        except KeyError:
            return None
        except Exception as error:  # fontTools raises struct.error, AssertionError and more for broken tables
            raise ValueError(f"{self.name}: {error}") from error


def read_font(obj: Any) -> Font:
    """Read a font dictionary of a page's resources."""
    kind = str(obj.get("/Subtype", ""))
    base = str(obj.get("/BaseFont", "/"))[1:] or str(obj.get("/Name", "/"))[1:]
    name = _SUBSET.sub("", base, count=1)
    is_subset = bool(_SUBSET.match(base))
    if kind == "/Type0":
        descendant = obj.DescendantFonts[0]
        font = Font(name, kind, is_subset, obj, descendant.get("/FontDescriptor"), _encoding(obj.get("/Encoding")))
        font.default_width = float(descendant.get("/DW", _WIDE))
        font.widths = _cid_widths(descendant.get("/W", ()))
        return font
    font = Font(name, kind, is_subset, obj, obj.get("/FontDescriptor"), Encoding())
    first = int(obj.get("/FirstChar", 0))
    font.widths = {first + i: float(width) for i, width in enumerate(obj.get("/Widths", ()))}
    font.default_width = float(font.descriptor.get("/MissingWidth", 0)) if font.descriptor is not None else 500.0
    if kind == "/Type3":
        font.unit = abs(float(obj.get("/FontMatrix", (0.001,))[0]))
    return font


def _encoding(value: Any) -> Encoding:
    """Read the encoding of a Type0 font; predefined CMaps of the Han countries are taken as two bytes a code."""
    if isinstance(value, Stream):
        return _cmap(value.read_bytes())
    return Encoding(2, None, vertical=str(value).endswith("V"))


def _cmap(data: bytes) -> Encoding:
    """Read an embedded CMap: the longest code's bytes and the CIDs (Adobe 5014)."""
    sizes = [len(code) // 2 for found in _CODE_SPACE.findall(data) for code in re.findall(rb"<(\w+)>", found)]
    cids = {}
    for found in _CID_CHARS.findall(data):
        for code, cid in re.findall(rb"<(\w+)>\s+(\d+)", found):
            cids[int(code, 16)] = int(cid)
    told = 0
    for found in _CID_RANGES.findall(data):
        for first, last, cid in re.findall(rb"<(\w+)>\s*<(\w+)>\s+(\d+)", found):
            start, end = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            if (told := told + max(0, end - start)) > _MOST_CODES:
                raise ValueError(f"a CMap of more than {_MOST_CODES:,} codes")
            cids.update({code: int(cid) + code - start for code in range(start, end + 1)})
    return Encoding(max(sizes, default=2) or 2, cids, vertical=b"/WMode 1" in data)


def _cid_widths(array: Any) -> dict[int, float]:
    """Read a W array: ``c [w …]`` and ``first last w`` (9.7.4.3)."""
    widths: dict[int, float] = {}
    items = list(array)
    at = told = 0
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            widths.update({first + i: float(width) for i, width in enumerate(items[at + 1])})
            at += 2
            continue
        if at + 2 >= len(items):
            break
        last = min(int(items[at + 1]), first + 0xFFFF)
        if (told := told + max(0, last - first)) > _MOST_CODES:
            raise ValueError(f"widths of more than {_MOST_CODES:,} glyphs")
        widths.update(dict.fromkeys(range(first, last + 1), float(items[at + 2])))
        at += 3
    return widths
