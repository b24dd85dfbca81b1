"""Font files: whether printkit can use them, and what is told of one that it cannot.

In: a file of the system or the paper. Out: its face, as HarfBuzz has it.
"""

from itertools import islice

import uharfbuzz as hb

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef

_SOME = 500
"""Characters, the first of a font, of which one at least must have a glyph that shows something."""

NO_FONT = Say("it is no font, or broken", "不是字体文件，或已损坏")


def opened(file: str, index: int) -> hb.Face:
    """Open one face of a font.

    Raises:
        InputError: the file is not there any more.
    """
    try:
        return hb.Face(hb.Blob.from_file_path(file), index & 0xFFFF)
    except hb.HarfBuzzError as error:
        raise broken(file) from error


def broken(file: str) -> InputError:
    """Return the error of a font in which a table is broken that nothing before had to read."""
    message = Say(f"a font cannot be embedded: {file}", f"字体无法嵌入：{file}")
    hint = Say(
        "it is broken: take it out of `@font-face`, or install it anew",
        "字体文件已损坏：请从 @font-face 去掉，或重新安装",
    )
    return InputError([Diagnostic("fonts.broken", message, hint=hint, where=SourceRef(file))])


def why_not(data: bytes) -> Say | None:
    """Say why the content of a file is no font for a page; None where it is one."""
    if data[:3] == b"wOF":
        return Say("it is packed for browsers (WOFF): give the TTF or OTF", "这是网页用的 WOFF：请给 TTF 或 OTF")
    font = hb.Font(hb.Face(hb.Blob(data)))
    some = (font.get_nominal_glyph(char) for char in islice(font.face.unicodes, _SOME))
    if any(ink.width and ink.height for gid in some if gid and (ink := font.get_glyph_extents(gid))):
        return None
    return NO_FONT
