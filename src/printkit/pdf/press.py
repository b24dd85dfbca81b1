"""The finishing pass for the press: a drawn page becomes PDF/X-4 (ISO 15930-7), one page a file.

In: the bytes of one joined page, drawn on a sheet with room for bleed and marks. Out: its boxes, inks, marks,
output intent and metadata as presses take them; the same bytes for the same input: no clock, ids by content.
"""

import hashlib
import io
import uuid
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from printkit.gate import read_file
from printkit.pdf.inks import named, set_inks
from printkit.pdf.marks import Frame, marks
from printkit.pdf.part import Facts, Half, Press, sheet_margin
from printkit.pdf.separation import Separation

VERSION = "PDF/X-4"

_FOR_SCREENS = ("/Outlines", "/PageMode", "/Names", "/Dests", "/PageLabels", "/OpenAction", "/AcroForm", "/Threads",
                "/StructTreeRoot", "/MarkInfo", "/AA", "/URI")  # fmt: skip
"""What serves readers at a screen and has no place in a press file."""


@dataclass(frozen=True, slots=True)
class PressPage:
    """A finished page, and the RGB colours (``#b5121b``) that were found in it and turned into inks."""

    data: bytes
    converted: tuple[str, ...]


def finished(
    data: bytes,
    press: Press,
    facts: Facts,
    slug: str,
    faces: Sequence[tuple[str, int]],
    kept: Collection[str] = (),
    half: Half = "both",
) -> PressPage:
    """Finish one page for the press.

    Args:
        data: the joined file of one page, its sheet `sheet_margin` wider than the trimmed page on each side.
        press: what the press asks for.
        facts: what the file says of itself.
        slug: the line of text under the page.
        faces: fonts that may set the slug, by file and index.
        kept: names of forms with another's own artwork, whose inks are left as they are.
        half: which page of a spread's sheet the file is of; what stands over the fold is its bleed there.
    """
    separation = Separation(press.profile, press.ink_limit)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (page,) = pdf.pages
        middle = (float(page.mediabox[2]) - 2 * sheet_margin(press.bleed) / 1000) / 2
        body = set_inks(pdf, page, separation, kept)
        if half != "both":
            body = _half(pdf, page, body, middle, 0 if half == "left" else middle)
        frame = _set_boxes(page, press)
        _all_plates(pdf, page)
        drawn = marks(frame, slug, faces)
        clip = _numbers(frame.left - frame.bleed, frame.foot - frame.bleed, *_bleed_size(frame))
        page.obj.Contents = pdf.make_stream(
            f"q {clip} re W n\n".encode()
            + body
            + f"\nQ\nq /PressMarks gs /AllPlates CS 1 SCN /AllPlates cs 1 scn\n{drawn}\nQ\n".encode()
        )
        for key in _FOR_SCREENS:
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.Root.OutputIntents = Array([_output_intent(pdf, press)])
        _describe(pdf, facts, hashlib.sha256(data + slug.encode()).digest())
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            force_version="1.6",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
            compress_streams=True,
            fix_metadata_version=False,
        )
    return PressPage(buffer.getvalue(), tuple(sorted(_hex(rgb) for rgb in separation.seen)))


def _half(pdf: pikepdf.Pdf, page: Any, body: bytes, width: float, shift: float) -> bytes:
    """Cut the sheet to one page: what is drawn becomes a form, with which its patterns move, too."""
    left, foot, right, top = (float(edge) for edge in page.mediabox)
    form = pdf.make_stream(body)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox, form.Matrix = (
        _box(left, foot, right, top),
        pikepdf.Object.parse(f"[1 0 0 1 {_numbers(-shift)} 0]".encode()),
    )
    form.Resources = page.obj.Resources
    page.obj.Resources = Dictionary(XObject=Dictionary(Sheet=form))
    page.obj.MediaBox = _box(left, foot, right - width, top)
    return b"/Sheet Do"


def _set_boxes(page: Any, press: Press) -> Frame:
    """Give the page its boxes from the sheet inward, its origin at 0, 0; drop what only screens use."""
    left, foot, right, top = (float(edge) for edge in page.mediabox)
    assert left == foot == 0, "WeasyPrint's sheet begins at the origin"
    margin, bleed = sheet_margin(press.bleed) / 1000, press.bleed / 1000
    frame = Frame(margin, margin, right - margin, top - margin, bleed)
    page.obj.MediaBox = _box(0, 0, right, top)
    page.obj.BleedBox = _box(frame.left - bleed, frame.foot - bleed, frame.right + bleed, frame.top + bleed)
    page.obj.TrimBox = _box(frame.left, frame.foot, frame.right, frame.top)
    for key in ("/CropBox", "/ArtBox", "/Annots", "/StructParents", "/Tabs", "/B", "/AA"):
        if key in page.obj:
            del page.obj[key]
    group = page.obj.get("/Group", Dictionary())
    if group.get("/CS") == Name.DeviceRGB:
        group.CS = Name.DeviceCMYK
    return frame


def _bleed_size(frame: Frame) -> tuple[float, float]:
    return frame.right - frame.left + 2 * frame.bleed, frame.top - frame.foot + 2 * frame.bleed


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _box(*edges: float) -> Any:
    return pikepdf.Object.parse(f"[{_numbers(*edges)}]".encode())


def _all_plates(pdf: pikepdf.Pdf, page: Any) -> None:
    """Add the separation that every plate carries, and a graphics state without overprint for the marks."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 1]), N=1)
    resources = page.obj.Resources
    spaces = named(resources, "/ColorSpace")
    spaces["/AllPlates"] = pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))
    states = named(resources, "/ExtGState")
    states["/PressMarks"] = Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0)


def _output_intent(pdf: pikepdf.Pdf, press: Press) -> Any:
    profile = pikepdf.Stream(pdf, zlib.compress(read_file(press.profile), 6))
    profile.Filter = Name.FlateDecode
    profile.N = 4
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFX,
            OutputConditionIdentifier=String(press.condition),
            OutputCondition=String(f"{press.condition}, total ink {press.ink_limit} %"),
            Info=String(press.condition),
            DestOutputProfile=pdf.make_indirect(profile),
        )
    )


def _describe(pdf: pikepdf.Pdf, facts: Facts, digest: bytes) -> None:
    """Write Info and XMP, which say the same; ids come from the content."""
    info = pdf.docinfo
    info.Title, info.Author = String(facts.title), String(facts.author)
    info.Creator = info.Producer = String(facts.producer)
    info.CreationDate = info.ModDate = String(facts.date)
    info.Trapped = Name("/False")
    info.GTS_PDFXVersion = String(VERSION)
    if facts.keywords:
        info.Keywords = String(", ".join(facts.keywords))
    packet = _xmp(facts, str(uuid.UUID(bytes=digest[:16], version=5)), str(uuid.UUID(bytes=digest[16:], version=5)))
    stream = pikepdf.Stream(pdf, packet.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)


def _xmp(facts: Facts, document: str, instance: str) -> str:
    """Write the XMP packet (ISO 16684-1) with what ISO 15930-7, 6.5 asks for."""
    day = facts.date
    assert day.endswith("Z"), "an edition's date is told in UTC"
    date = f"{day[2:6]}-{day[6:8]}-{day[8:10]}T{day[10:12]}:{day[12:14]}:{day[14:16]}Z"
    words = "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in facts.keywords)
    keywords = f"<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>" if words else ""
    keywords += f"<pdf:Keywords>{escape(', '.join(facts.keywords))}</pdf:Keywords>" if words else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">'
        "<dc:format>application/pdf</dc:format>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(facts.title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{escape(facts.author)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{escape(facts.language)}</rdf:li></rdf:Bag></dc:language>{keywords}"
        f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>"
        f"<xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>{escape(facts.producer)}</xmp:CreatorTool>"
        f"<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>"
        f"<pdf:Producer>{escape(facts.producer)}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>"
        f"<pdfxid:GTS_PDFXVersion>{VERSION}</pdfxid:GTS_PDFXVersion>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )


def _hex(rgb: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in rgb)
