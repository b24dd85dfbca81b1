"""One subset of a face for all pages that use it, by uharfbuzz.

In: a font file, the index of the face and glyph ids. Out: the bytes to embed, glyph ids kept. The flags are
WeasyPrint's own; TrueType Chinese, which HarfBuzz 6 cannot subset, comes out right.
"""

import io

import uharfbuzz as hb
from fontTools.ttLib import TTFont

_DROPPED = ["BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG_", "GDEF", "STAT", "VDMX", "VORG", "gasp", "hdmx", "kern", "meta", "name", "vhea", "vmtx"]  # fmt: skip


def subset(file: str, index: int, glyphs: set[int]) -> bytes:
    """Return a font with only the given glyphs, their ids unchanged."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.replace("_", " ").encode(), "big") for tag in _DROPPED)
    flags = hb.SubsetFlags
    wanted.flags = (
        flags.RETAIN_GIDS | flags.DESUBROUTINIZE | flags.PASSTHROUGH_UNRECOGNIZED | flags.NO_HINTING
        | flags.NOTDEF_OUTLINE
    )  # fmt: skip
    data: bytes = hb.subset(hb.Face(hb.Blob.from_file_path(file), index & 0xFFFF), wanted).blob.data
    return with_identity_charset(data)


def with_identity_charset(font: bytes) -> bytes:
    """Make a CID-keyed CFF name each glyph by its own id.

    WeasyPrint writes glyph ids as CIDs. In Fandol (Adobe-GB1) the two differ for over a thousand characters,
    and presses' renderers then draw other glyphs or none. The charset is overwritten in place with
    format 2, one range from CID 1 (Adobe Technical Note 5176, 13).
    """
    if font[:4] != b"OTTO":
        return font
    opened = TTFont(io.BytesIO(font), lazy=True)
    top = opened["CFF "].cff.topDictIndex[0]
    ros = getattr(top, "ROS", None)
    offset = top.rawDict.get("charset", 0)
    if ros is None or ros[:2] == ("Adobe", "Identity") or offset <= 2:
        return font
    count: int = opened["maxp"].numGlyphs
    at: int = opened.reader.tables["CFF "].offset + offset
    return font[:at] + b"\x02\x00\x01" + (count - 2).to_bytes(2, "big") + font[at + 5 :]
