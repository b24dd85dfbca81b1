"""One subset of a face for all pages that use it, by uharfbuzz.

In: a font file, the index of the face and glyph ids. Out: the bytes to embed, its glyphs numbered anew without gaps,
and the new number of each. Kept numbers would cost 60 to 100 KB a face, in offsets of glyphs that are not there.
TrueType Chinese, which HarfBuzz 6 cannot subset, comes out right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import uharfbuzz as hb

from printkit.fonts.files import broken, opened

_DROPPED = ["BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG_", "GDEF", "STAT", "VDMX", "VORG", "gasp", "hdmx", "kern", "meta", "name", "vhea", "vmtx"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subset:
    """The file to embed, and the number of each glyph in it by its number in the whole font."""

    data: bytes
    numbers: Mapping[int, int]


_LITTLE = 400
"""Glyphs: a page has some thousand."""

_READY: dict[tuple[str, int], tuple[Subset, hb.Face, set[int]]] = {}
"""By file and face the subset that was made ready last, it as a face, and the glyphs that it was asked for."""


def make_ready(file: str, index: int, glyphs: set[int]) -> None:
    """Make a subset that those of fewer glyphs are taken from: the same bytes as from the whole font, in a tenth of the time.

    One that lacks little takes it in, so that a page which changes word by word finds nearly always all that it needs.

    Raises:
        InputError: the font is broken.
    """
    before = _READY[file, index][0].numbers.keys() if (file, index) in _READY else set()
    if glyphs <= before:
        return
    lacked = len(glyphs - before)
    wanted = glyphs | before if lacked <= _LITTLE else glyphs
    made = _made(file, opened(file, index), wanted)
    _READY[file, index] = made, hb.Face(hb.Blob(made.data)), wanted


def subset(file: str, index: int, glyphs: set[int]) -> Subset:
    """Return a font with only the given glyphs, those they are made of, and .notdef.

    A CID-keyed CFF names each glyph by its own number: where CID and number differ, as in Fandol (Adobe-GB1),
    presses' renderers draw other glyphs than PDFium, or none.

    Raises:
        InputError: the font is broken.
    """
    ready = _READY.get((file, index))
    if ready is None or not glyphs <= ready[0].numbers.keys():
        return _made(file, opened(file, index), glyphs)
    whole, face, asked = ready
    if glyphs == asked:
        return whole
    made = _made(file, face, {whole.numbers[gid] for gid in glyphs})
    return Subset(made.data, {gid: made.numbers[at] for gid, at in whole.numbers.items() if at in made.numbers})


def forget_subsets() -> None:
    """Forget what was made ready: a font has changed."""
    _READY.clear()


def _made(file: str, face: hb.Face, glyphs: set[int]) -> Subset:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.replace("_", " ").encode(), "big") for tag in _DROPPED)
    flags = hb.SubsetFlags
    wanted.flags = (
        flags.DESUBROUTINIZE | flags.PASSTHROUGH_UNRECOGNIZED | flags.NO_HINTING | flags.NOTDEF_OUTLINE
        | flags.CFF_IDENTITY_CHARSET
    )  # fmt: skip
    plan = hb.SubsetPlan(face, wanted)
    numbers = dict(plan.old_to_new_glyph_mapping)
    if not glyphs <= numbers.keys():
        raise broken(file)  # it has no such glyph, though it names it
    try:
        return Subset(plan.execute().blob.data, numbers)
    except RuntimeError as error:  # tables that are broken, which nothing before it had to read
        raise broken(file) from error
