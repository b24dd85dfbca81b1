"""Pages drawn apart as one file: names, outlines, labels and metadata that a plain join loses.

In: the drawn pages. Out: the bytes of one PDF, the same for the same input: no clock, a deterministic id.
"""

import hashlib
import io
import warnings
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from printkit.model.article import STORY_LINK
from printkit.pdf.ads import place_ads
from printkit.pdf.articles import write_articles
from printkit.pdf.fonts import embed, font_resources
from printkit.pdf.gradients import plain_gradients
from printkit.pdf.groups import drop_opaque_groups
from printkit.pdf.part import Facts, PagePart
from printkit.pdf.reading import reading_order
from printkit.pdf.tags import write_tags

pikepdf.models.PdfMetadata.register_xml_namespace("http://www.aiim.org/pdfua/ns/id/", "pdfuaid")


def join(parts: Sequence[PagePart], facts: Facts, as_pictures: Collection[Path] = ()) -> bytes:
    """Join drawn pages, embed each face once, and return the file; an archive wants some placed PDF as pictures."""
    out = pikepdf.new()
    sources = [pikepdf.open(io.BytesIO(part.pdf)) for part in parts]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pikepdf's PageCopyWarning: what it warns of is done below
        for source in sources:
            out.pages.extend(source.pages)
    _names(out, sources)
    _outlines(out, sources)
    _links(out, [part.places for part in parts])
    tags = [part.tags for part in parts]
    write_tags(out, reading_order(tags))
    write_articles(out, tags)
    embed(out, list(zip(font_resources(out.pages), [part.fonts for part in parts], strict=True)))
    _dedupe(out)
    plain_gradients(out)
    drop_opaque_groups(out)
    place_ads(out, [{**part.ads, **part.drawings} for part in parts], as_pictures)
    _catalog(out, facts, [part.label for part in parts])
    buffer = io.BytesIO()
    out.save(
        buffer,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        compress_streams=True,
    )
    return buffer.getvalue()


def _names(out: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf]) -> None:
    """Merge the pages' named destinations; PDF wants them sorted by bytes."""
    found: dict[bytes, Any] = {}
    for source in sources:
        names = source.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", Array())
        copied: list[Any] = list(out.copy_foreign(source.make_indirect(names))) if len(names) else []
        for key, value in zip(copied[::2], copied[1::2], strict=True):
            found.setdefault(bytes(key), value)
    if found:
        flat = Array()
        for key in sorted(found):
            flat.append(String(key))
            flat.append(found[key])
        out.Root.Names = Dictionary(Dests=Dictionary(Names=flat))


def _links(out: pikepdf.Pdf, places: Sequence[Mapping[str, tuple[float, float]]]) -> None:
    """Let links to stories go to their places; one whose story is not in this file is left out."""
    targets = {
        name: (page, place) for page, found in zip(out.pages, places, strict=True) for name, place in found.items()
    }
    for page in out.pages:
        kept = []
        for annotation in page.obj.get("/Annots", Array()):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if not address.startswith(STORY_LINK):
                kept.append(annotation)
                continue
            name = unquote(address.removeprefix(STORY_LINK))
            if name in targets:
                there, (left, top) = targets[name]
                height = float(there.mediabox[3])
                del annotation.A
                annotation.Dest = Array([there.obj, Name.XYZ, _short(left), _short(height - top), None])
                kept.append(annotation)
        if kept:
            page.obj.Annots = Array(kept)
        elif "/Annots" in page.obj:
            del page.obj.Annots


def _short(points: float) -> Decimal:
    """Return a length with two decimals, as far as a viewer scrolls."""
    return Decimal(f"{points:.2f}")


def _outlines(out: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf]) -> None:
    """Chain the pages' bookmarks under one root."""
    tops = []
    total = 0
    for source in sources:
        outlines = source.Root.get("/Outlines")
        if outlines is None or "/First" not in outlines:
            continue
        copied = out.copy_foreign(outlines)
        item: Any = copied.First
        while item is not None:
            tops.append(item)
            total += 1 + abs(int(item.get("/Count", 0)))
            item = item.get("/Next")
    if not tops:
        return
    root = out.make_indirect(Dictionary(Type=Name.Outlines, First=tops[0], Last=tops[-1], Count=total))
    for before, item, after in zip([None, *tops], tops, [*tops[1:], None], strict=False):
        item.Parent = root
        for key, other in (("/Prev", before), ("/Next", after)):
            if other is None:
                if key in item:
                    del item[key]
            else:
                item[key] = other
    out.Root.Outlines = root
    out.Root.PageMode = Name.UseOutlines


def _dedupe(out: pikepdf.Pdf) -> None:
    """Let equal pictures and profiles of several pages be one object."""
    first: dict[bytes, Any] = {}
    for page in out.pages:
        objects = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        for key in list(objects.keys()):
            stream = objects[key]
            if stream.get("/Subtype") != Name.Image:
                continue
            described = {k: v for k, v in stream.items() if k not in ("/Length", "/SMask")}
            digest = hashlib.sha256(stream.read_raw_bytes())
            digest.update(Dictionary(described).unparse())
            if "/SMask" in stream:
                digest.update(stream.SMask.read_raw_bytes())
            objects[key] = first.setdefault(digest.digest(), stream)


def _xmp_date(date: str) -> str:
    """Return a PDF date in UTC as XMP writes it: ``D:20240110000000Z`` is ``2024-01-10T00:00:00Z``."""
    d = date.removeprefix("D:")
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"


def _catalog(out: pikepdf.Pdf, facts: Facts, labels: Sequence[str]) -> None:
    root = out.Root
    root.Lang = String(facts.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if labels:
        numbers = Array()
        for index, label in enumerate(labels):
            numbers.append(index)
            numbers.append(Dictionary(P=String(label)))
        root.PageLabels = Dictionary(Nums=numbers)
    with out.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = facts.title
        metadata["dc:creator"] = [facts.author]
        metadata["dc:language"] = [facts.language]
        if facts.keywords:
            metadata["dc:subject"] = list(facts.keywords)
            metadata["pdf:Keywords"] = ", ".join(facts.keywords)
        metadata["pdf:Producer"] = facts.producer
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = _xmp_date(facts.date)
        metadata["pdfuaid:part"] = "1"
    info = out.docinfo
    info.Title = String(facts.title)
    info.Author = String(facts.author)
    info.Producer = String(facts.producer)
    info.CreationDate = String(facts.date)
    info.ModDate = String(facts.date)
    if facts.keywords:
        info.Keywords = String(", ".join(facts.keywords))
