"""A finished file for the archive: PDF/A-2a (ISO 19005-2) and PDF/UA-1 in one.

In: the file for the screen, which is tagged and has its fonts embedded. Out: the same pages with an sRGB output
intent, what XMP must say of the two standards, and no picture that asks to be smoothed.
"""

import io
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms

SRGB = "sRGB IEC61966-2.1"

_CREATED = slice(24, 36)
"""Where an ICC profile's header has the time of its making (ICC.1:2022, 7.2.1)."""

_CREATED_THEN = b"\x07\xd0\x00\x01\x00\x01" + b"\x00" * 6
"""1 January 2000, so that the same input gives the same bytes."""

_UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/A asks that a schema outside of its own list be described (ISO 19005-2, 6.6.2.3)."""


@cache
def srgb_profile() -> bytes:
    """Return LittleCMS's sRGB profile, the same bytes at any time."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATED] = _CREATED_THEN
    return bytes(profile)


def archived(data: bytes) -> bytes:
    """Return a file made by `pdf.join` as PDF/A-2a that is PDF/UA-1, too."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        profile = pdf.make_stream(srgb_profile(), N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String(SRGB),
            Info=String(SRGB),
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "A"
        packet = pdf.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", _UA_SCHEMA.encode() + b"</rdf:RDF>")
        pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and "/Interpolate" in item:
                del item["/Interpolate"]
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()
