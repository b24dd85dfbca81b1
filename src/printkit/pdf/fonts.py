"""The union of what the pages draw: one font file per face, however many pages use it.

Pages show glyphs by their number in the whole font; its subset numbers them anew, and the CMap of the Type0 font
leads from one to the other, so that no content stream is rewritten.

Three levels, so that a conflict never changes a page: FontFile and FontDescriptor once per (file, index);
CIDFont with its widths once per set of agreeing widths; Type0 with its ToUnicode once per set of agreeing texts.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.fonts import subset as subsets
from printkit.model.font_use import FontUse


@dataclass(slots=True)
class _Group:
    """Uses that agree: merged values and the pages' keys that stand for them."""

    values: dict[int, Any] = field(default_factory=dict)
    font: Any = None


def _agreeing(groups: list[_Group], values: Mapping[int, Any]) -> _Group:
    """Return the first group that nothing contradicts, with the values taken in; else a new one."""
    for group in groups:
        if all(group.values.get(gid, value) == value for gid, value in values.items()):
            group.values.update(values)
            return group
    groups.append(_Group(dict(values)))
    return groups[-1]


def make_ready(uses: Iterable[FontUse]) -> None:
    """Make faces ready for several files: each file's subset is taken from one of all that is drawn with a face."""
    glyphs: dict[tuple[str, int], set[int]] = {}
    for use in uses:
        glyphs.setdefault(use.source, set()).update(use.to_unicode)
    for source, wanted in glyphs.items():
        if wanted:
            subsets.make_ready(*source, wanted)


def embed(pdf: pikepdf.Pdf, uses: Sequence[tuple[Any, Sequence[FontUse]]]) -> None:
    """Embed every face once.

    Args:
        pdf: the file whose pages were drawn without fonts.
        uses: for each drawn page its font resources (the Font dictionary of the page) and what it draws.
    """
    by_face: dict[tuple[str, int], list[tuple[Any, FontUse]]] = {}
    for resources, fonts in uses:
        for use in fonts:
            if f"/{use.hash}" in resources:
                by_face.setdefault(use.source, []).append((resources, use))
    for (file, index), members in sorted(by_face.items(), key=lambda item: item[0]):
        _embed_face(pdf, file, index, members)


def _embed_face(pdf: pikepdf.Pdf, file: str, index: int, members: Sequence[tuple[Any, FontUse]]) -> None:
    glyphs = {gid for _, use in members for gid in use.to_unicode}
    if not glyphs:
        return
    embedded = subsets.subset(file, index, glyphs)
    encoding = _encoding(pdf, {gid: embedded.numbers[gid] for gid in glyphs})
    old = members[0][0][f"/{members[0][1].hash}"]
    descriptor = _descriptor(pdf, embedded.data, old, [use for _, use in members])
    width_groups: list[_Group] = []
    text_groups: dict[int, list[_Group]] = {}
    places = []
    for resources, use in members:
        widths = _agreeing(width_groups, use.widths)
        texts = _agreeing(text_groups.setdefault(id(widths), []), use.to_unicode)
        places.append((resources, use, widths, texts))
    base = old.BaseFont
    subtype = Name.CIDFontType0 if embedded.data[:4] == b"OTTO" else Name.CIDFontType2
    for resources, use, widths, texts in places:
        if widths.font is None:
            by_number = {embedded.numbers[gid]: width for gid, width in widths.values.items() if gid in glyphs}
            widths.font = _cid_font(pdf, base, subtype, by_number, descriptor)
        if texts.font is None:
            texts.font = _type0(pdf, base, encoding, widths.font, texts.values)
        resources[f"/{use.hash}"] = texts.font


@lru_cache(maxsize=64)
def _compressed(data: bytes) -> bytes:
    """Return data as a stream has it: of a page that is made again and again most fonts are as they were."""
    return zlib.compress(data, 6)


def _stream(pdf: pikepdf.Pdf, data: bytes, **entries: Any) -> Any:
    stream = pikepdf.Stream(pdf, _compressed(data))
    stream.Filter = Name.FlateDecode
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def _descriptor(pdf: pikepdf.Pdf, data: bytes, old: Any, uses: Sequence[FontUse]) -> Any:
    """Return the FontDescriptor of a subset; ascent, descent and flags are the widest of all uses."""
    described = old.DescendantFonts[0].FontDescriptor
    new = Dictionary(
        {key: value for key, value in described.items() if not key.startswith("/FontFile") and key != "/CIDSet"}
    )
    new.Ascent = max(u.ascent for u in uses)
    new.Descent = min(u.descent for u in uses)
    new.Flags = min(u.flags for u in uses)
    if data[:4] == b"OTTO":
        new.FontFile3 = _stream(pdf, data, Subtype=Name.OpenType)
    else:
        new.FontFile2 = _stream(pdf, data, Length1=len(data))
    return pdf.make_indirect(new)


def _cid_font(pdf: pikepdf.Pdf, base: Any, subtype: Any, widths: Mapping[int, int], descriptor: Any) -> Any:
    font = Dictionary(
        Type=Name.Font,
        Subtype=subtype,
        BaseFont=base,
        CIDSystemInfo=_identity(),
        FontDescriptor=descriptor,
    )
    if subtype == Name.CIDFontType2:
        font.CIDToGIDMap = Name.Identity
    # A pikepdf Array of thousands of numbers is slow; parsing text is not.
    font.W = pikepdf.Object.parse(f"[{_width_runs(widths)}]".encode())
    return pdf.make_indirect(font)


def _width_runs(widths: Mapping[int, int]) -> str:
    """Write widths as PDF's W array has them: consecutive glyphs together."""
    out: list[str] = []
    run: list[str] = []
    start = previous = -2
    for gid in sorted(widths):
        if gid != previous + 1 and run:
            out.append(f"{start} [{' '.join(run)}]")
            run = []
        if not run:
            start = gid
        run.append(str(widths[gid]))
        previous = gid
    if run:
        out.append(f"{start} [{' '.join(run)}]")
    return " ".join(out)


def _identity() -> Any:
    return Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)


def _encoding(pdf: pikepdf.Pdf, numbers: Mapping[int, int]) -> Any:
    """Return the CMap from glyph numbers of the whole font to those of its subset (ISO 32000-1, 9.7.5.4)."""
    runs: list[tuple[int, int]] = []
    for code in sorted(numbers):
        # A range stays within one first byte.
        if runs and code & 0xFF and runs[-1][1] == code - 1 and numbers[code] == numbers[code - 1] + 1:
            runs[-1] = runs[-1][0], code
        else:
            runs.append((code, code))
    blocks = _in_hundreds("cidrange", [f"<{a:04x}> <{b:04x}> {numbers[a]}" for a, b in runs])
    name = Name("/Printkit-Subset-H")
    text = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n/Supplement 0 def\nend def\n"
        f"/CMapName {name} def\n/CMapType 1 def\n/WMode 0 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{blocks}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
    return _stream(pdf, text.encode("ascii"), Type=Name.CMap, CMapName=name, CIDSystemInfo=_identity(), WMode=0)


def _in_hundreds(kind: str, entries: Sequence[str]) -> str:
    """Write the entries of a CMap, a hundred a block, as many as one may hold."""
    blocks = (entries[start : start + 100] for start in range(0, len(entries), 100))
    return "\n".join(f"{len(block)} begin{kind}\n" + "\n".join(block) + f"\nend{kind}" for block in blocks)


def _type0(pdf: pikepdf.Pdf, base: Any, encoding: Any, descendant: Any, texts: Mapping[int, str]) -> Any:
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=base,
        Encoding=encoding,
        DescendantFonts=Array([descendant]),
        ToUnicode=_stream(pdf, _cmap(texts).encode("ascii")),
    )
    return pdf.make_indirect(font)


def _cmap(texts: Mapping[int, str]) -> str:
    """Write a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    entries = [f"<{gid:04x}> <{text.encode('utf-16-be').hex()}>" for gid, text in sorted(texts.items()) if text]
    body = _in_hundreds("bfchar", entries)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def font_resources(pages: Iterable[Any]) -> list[Any]:
    """Return each page's Font dictionary, or an empty one."""
    return [page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()) for page in pages]
