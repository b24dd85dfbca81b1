"""Advertisements and pictures that come as PDF, placed in a drawn page as form objects: vectors, fonts and inks stay as they are.

`render.draw` leaves an empty form of one unit square where the advertisement stands, with its place in the order of
painting and of reading; here the first page of the file takes that place, its trimmed page fitted onto the square
(ISO 32000-1, 8.10). Marked content inside is taken out: it belongs to the structure of another file.
"""

import hashlib
import io
import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef
from printkit.gate import read_file
from printkit.limits import at
from printkit.pdf_bounds import opened
from printkit.pictures.ads import seen_box
from printkit.pictures.decode import DecodeError, undecodable
from printkit.pictures.screen import for_screen

_OF_OTHER_KINDS = (TypeError, AttributeError, ValueError, LookupError, ArithmeticError, RuntimeError)
"""What comes of an object that is of another kind than its place in the file asks for."""

_MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})


_LONGEST = 100
"""How many times as long as wide a page may be that becomes a picture."""

PICTURE_PPI = 300
"""Of an advertisement as a picture: what newspapers ask of artwork with lettering."""
_TAGGED = re.compile(r"/[A-Z]{6}\+(.+)")
"""The name of a subset of a font: six letters, a plus sign, the font's own name."""


def place_ads(out: pikepdf.Pdf, ads: Sequence[Mapping[str, Path]], as_pictures: Collection[Path] = ()) -> None:
    """Put the first page of each file where a page has an empty form of its name.

    Args:
        out: the joined pages.
        ads: of each page the files by the names of their forms.
        as_pictures: the files that become pictures in sRGB, as an archive wants them: nobody answers for what is inside an
            advertiser's file.
    """
    made: dict[Path, Any] = {}
    for page, files in zip(out.pages, ads, strict=True):
        for objects in _object_dictionaries(page.obj.get("/Resources", Dictionary())):
            for name, file in files.items():
                if f"/{name}" in objects:
                    if file not in made:
                        made[file] = out.make_indirect(_placed(out, file, as_picture=file in as_pictures))
                    objects[f"/{name}"] = made[file]


def _placed(out: pikepdf.Pdf, file: Path, *, as_picture: bool) -> Any:
    """Return a file as a picture or a form.

    Raises:
        InputError: its objects are not what PDF says they are, which pikepdf shows only where they are used; or as a
            picture it takes more memory than there may be.
    """
    where = SourceRef(str(file))
    try:
        with at(where), warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # content that does not end
            return ad_picture(out, file) if as_picture else ad_form(out, file)
    except (*_OF_OTHER_KINDS, DecodeError, OSError, UserWarning, pikepdf.PdfError) as error:
        if isinstance(error, DecodeError) and error.is_over_memory:
            raise undecodable(file, where, error) from error
        message = Say(f"{file.name} cannot be placed: {error}"[:300], f"{file.name} 无法置入版面：{error}"[:300])
        hint = Say(
            "ask for a new file: its boxes or resources are not as PDF has them",
            "请客户重发：文件的页框或资源不合 PDF 规定",
        )
        raise InputError([Diagnostic("pdf.unusable-file", message, hint=hint, where=where)]) from error


def ad_form(out: pikepdf.Pdf, file: Path) -> pikepdf.Object:
    """Return the first page of a PDF as a form of `out` that fills the unit square, turned as it is seen."""
    with opened(file) as source:
        source.flatten_annotations("print")
        form = out.copy_foreign(source.make_indirect(source.pages[0].as_form_xobject()))
    left, bottom, right, top = seen_box(form)
    fit = pikepdf.Matrix(1 / (right - left), 0, 0, 1 / (top - bottom), -left / (right - left), -bottom / (top - bottom))
    form.Matrix = Array((pikepdf.Matrix(form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))) @ fit).as_array())
    streams = [form, *_inner_forms(form)]
    for stream in streams:
        _take_marks_out(stream)
    fonts = [font for s in streams for font in s.get("/Resources", Dictionary()).get("/Font", Dictionary()).values()]
    _name_anew(fonts, read_file(file))
    return form


def ad_picture(out: pikepdf.Pdf, file: Path) -> pikepdf.Object:
    """Return the first page of a PDF as a picture of `out` in sRGB, at `PICTURE_PPI` for the size that it was made for."""
    with opened(file) as source:
        left, bottom, right, top = seen_box(source.pages[0].as_form_xobject())
    if max(right - left, top - bottom) > _LONGEST * min(right - left, top - bottom):
        raise ValueError("its page is a line")
    data = for_screen(read_file(file), (right - left, top - bottom), (0.5, 0.5), PICTURE_PPI)
    with Image.open(io.BytesIO(data)) as image:
        keys = {
            "Type": Name.XObject,
            "Subtype": Name.Image,
            "Width": image.width,
            "Height": image.height,
            "BitsPerComponent": 8,
            "ColorSpace": Name.DeviceGray if image.mode == "L" else Name.DeviceRGB,
        }
        if image.format == "JPEG":
            return out.make_stream(data, Filter=Name.DCTDecode, **keys)
        return out.make_stream((image if image.mode == "L" else image.convert("RGB")).tobytes(), **keys)


def _object_dictionaries(resources: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the XObject dictionary of a page, and those of the groups that WeasyPrint puts transparent parts into."""
    objects = resources.get("/XObject", Dictionary())
    yield objects
    if depth < _DEEPEST:
        for stream in list(objects.values()):
            if stream.get("/Subtype") == Name.Form and "/Resources" in stream:
                yield from _object_dictionaries(stream.Resources, depth + 1)


_DEEPEST = 20
"""Forms inside forms: as deep as any program writes, and an end where a file names itself."""


def _inner_forms(form: Any) -> Iterator[Any]:
    seen = set()
    for objects in _object_dictionaries(form.get("/Resources", Dictionary())):
        for stream in objects.values():
            if stream.get("/Subtype") == Name.Form and stream.objgen not in seen:
                seen.add(stream.objgen)
                yield stream


def _name_anew(fonts: Sequence[Any], file: bytes) -> None:
    """Give an advertisement's subsets of fonts tags of their own: those of two subsets must differ (9.6.4).

    Programs make tags of the font's name or by counting, so two files may well have the same.
    """
    anew: set[str] = set()
    for font in fonts:
        for part in (font, *font.get("/DescendantFonts", Array())):
            for owner, key in ((part, "/BaseFont"), (part.get("/FontDescriptor", Dictionary()), "/FontName")):
                tagged = _TAGGED.fullmatch(str(owner.get(key, "")))
                if tagged and tagged[0] not in anew:
                    digest = hashlib.sha256(tagged[0].encode() + hashlib.sha256(file).digest()).digest()
                    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
                    owner[key] = Name(f"/{tag}+{tagged[1]}")
                    anew.add(f"/{tag}+{tagged[1]}")


def _take_marks_out(form: Any) -> None:
    """Take marked content out of a form: its marks name structure and layers of the file that it comes from."""
    for key in ("/StructParents", "/StructParent", "/PieceInfo", "/Metadata", "/OC"):
        if key in form:
            del form[key]
    data = form.read_bytes()
    if not any(mark.encode() in data for mark in _MARKS):
        return
    kept = [item for item in pikepdf.parse_content_stream(form) if str(item.operator) not in _MARKS]
    form.write(pikepdf.unparse_content_stream(kept))
