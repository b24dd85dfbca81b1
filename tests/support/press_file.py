"""A small press PDF made by hand, good in every rule, and the ways to spoil it.

The page is 340 × 440 pt of trim in a sheet of 400 × 500, with bleed, crop marks, an output intent, black text, reversed
text, a rule, a tint that bleeds and a CMYK picture.
"""

import io
import struct
from collections.abc import Callable
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

MM = 72 / 25.4
MEDIA = (0, 0, 400, 500)
TRIM = (30, 30, 370, 470)
BLEED = tuple(v + d * 3 * MM for v, d in zip(TRIM, (-1, -1, 1, 1), strict=True))
FONT = "Tiny"
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">'
    "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)
CROP = "/off gs /All CS 1 SCN 0.25 w 30 0 m 30 15 l 370 0 m 370 15 l 0 30 m 15 30 l 0 470 m 15 470 l S"


def text(
    size: float = 10, x: float = 60, y: float = 400, colour: str = "0 0 0 1 k", gs: str = "/on", codes: str = "00010002"
) -> str:
    """Operators that show two glyphs."""
    return f"\nq {gs} gs {colour} BT /F {size} Tf {x} {y} Td <{codes}> Tj ET Q"


def area(x: float, y: float, width: float, height: float, colour: str = "0 0 0 1 k", gs: str = "/off") -> str:
    """Operators that fill a rectangle."""
    return f"\nq {gs} gs {colour} {x} {y} {width} {height} re f Q"


def picture(name: str = "Photo", x: float = 60, y: float = 200, points: float = 36) -> str:
    """Operators that place a picture; `Photo` has 100 × 100 pixels, 200 an inch at 36 points."""
    return f"\nq /off gs {points} 0 0 {points} {x} {y} cm /{name} Do Q"


GOOD = "\n".join(
    (
        area(20, 20, 360, 40, "0.2 0 0 0 k"),
        text(),
        area(60, 300, 100, 30),
        text(12, 70, 310, "0 0 0 0 k", "/off"),
        area(60, 290, 200, 0.5),
        picture(),
        CROP,
    )
)


def truetype(glyphs: int = 4) -> bytes:
    """A font of squares."""
    names = [".notdef", *(f"g{i}" for i in range(1, glyphs))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x4E00 + i: name for i, name in enumerate(names[1:])})
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.save(out)
    return out.getvalue()


def icc_header(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """The header of an ICC profile; the rules read no further."""
    return struct.pack(">I4sI4s4s4s12s4s92s", 128, b"test", 0x04200000, kind, space, b"Lab ", b"", b"acsp", b"")


def cmyk_jpeg(colour: tuple[int, ...] = (40, 30, 20, 60), pixels: int = 100) -> bytes:
    """A flat CMYK picture as Adobe's JPEG, which is inverted: the Decode array must say so."""
    out = io.BytesIO()
    Image.new("CMYK", (pixels, pixels), tuple(colour)).save(out, "JPEG", quality=95)
    return out.getvalue()


def image(pdf: pikepdf.Pdf, data: bytes, space: Any, pixels: int = 100, bits: int = 8, **more: Any) -> Any:
    """An image XObject."""
    stream = Stream(pdf, data)
    for key, value in {
        "Type": Name.XObject, "Subtype": Name.Image, "Width": pixels, "Height": pixels, "ColorSpace": space,
        "BitsPerComponent": bits, **more,
    }.items():  # fmt: skip
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def jpeg_image(pdf: pikepdf.Pdf, colour: tuple[int, ...] = (40, 30, 20, 60), pixels: int = 100) -> Any:
    """A CMYK JPEG as WeasyPrint embeds it."""
    return image(
        pdf,
        cmyk_jpeg(colour, pixels),
        Name.DeviceCMYK,
        pixels,
        Filter=Name.DCTDecode,
        Decode=Array([1, 0, 1, 0, 1, 0, 1, 0]),
    )


def font(pdf: pikepdf.Pdf, **program: Any) -> Any:
    """A Type0 font over the squares, subset and embedded unless `program` says otherwise."""
    given = program or {"FontFile2": pdf.make_indirect(Stream(pdf, truetype()))}
    base = Name(f"/ABCDEF+{FONT}")
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=base, Flags=4, **given)
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, CIDToGIDMap=Name.Identity, DW=1000,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    to_unicode = b"1 beginbfchar <0001> <4e00> endbfchar"
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, to_unicode)),
        )
    )


def _resources(pdf: pikepdf.Pdf) -> Any:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Dictionary(
        Font=Dictionary(F=font(pdf)),
        XObject=Dictionary(Photo=jpeg_image(pdf)),
        ColorSpace=Dictionary(All=Array([Name.Separation, Name("/All"), Name.DeviceCMYK, tint])),
        ExtGState=Dictionary(
            on=Dictionary(OP=True, op=True, OPM=1),
            off=Dictionary(OP=False, op=False, OPM=0),
            half=Dictionary(ca=0.5),
        ),
    )


Change = Callable[[pikepdf.Pdf, Any], None]


def press_file(extra: str = "", change: Change | None = None, content: str = GOOD, pages: int = 1) -> bytes:
    """Make the good file, with operators added and one thing changed on its last page."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(400, 500)).obj
        page.Resources = _resources(pdf)
        page.TrimBox, page.BleedBox = Array(TRIM), Array([round(v, 3) for v in BLEED])
        page.Contents = pdf.make_indirect(Stream(pdf, f"{content}\n{extra}".encode()))
    profile = Stream(pdf, icc_header())
    profile.N = 4
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String("IFRA26S"),
        DestOutputProfile=pdf.make_indirect(profile),
    )  # fmt: skip
    pdf.Root.OutputIntents = Array([intent])
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    date = String("D:20241206000000+08'00'")
    pdf.docinfo = pdf.make_indirect(Dictionary(Title=String("试排"), CreationDate=date, ModDate=date))
    pdf.docinfo.Trapped = Name("/False")
    if change is not None:
        change(pdf, page)
    return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return a file's bytes as PDF 1.6, whatever pikepdf would rather write."""
    out = io.BytesIO()
    pdf.save(out, force_version="1.6", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
