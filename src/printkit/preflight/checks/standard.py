"""The file says which standard it keeps, and has what that standard asks of a file as a whole."""

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Dictionary

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Profile, Settings

_PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_PDFA_PART = "{http://www.aiim.org/pdfa/ns/id/}part"
_PDFA_LEVEL = "{http://www.aiim.org/pdfa/ns/id/}conformance"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"
_NEWEST_X4 = (1, 6)


@rule(
    "standard",
    number=2,
    title=Say("standard, Info and ID", "标准、Info 与 ID"),
    rationale=Say(
        "A workflow sorts files by what they say they are; one that says nothing is treated as an office file.",
        "印前流程按文件自报的标准分流；什么都没标的，按办公文件处理。",
    ),
    source="ISO 15930-7; ISO 19005-2, 6.6.4; ISO 14289-1, 5",
    profiles=EVERY,
)
def check(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look for the identification in XMP, and for a press file at Info, ID and version."""
    metadata = document.metadata
    if settings.profile is Profile.NEWSPAPER:
        return (*_x4(document, metadata), *_info(document))
    if settings.profile is Profile.ARCHIVE:
        return (*_pdfa(metadata), *_ua(metadata))
    return tuple(_ua(metadata))


def _x4(document: Document, metadata: Any) -> Iterator[Finding]:
    said = str(metadata.get(_PDFX, ""))
    if said != "PDF/X-4":
        found = said or "—"
        yield error(
            f"the XMP does not say PDF/X-4 (GTS_PDFXVersion: {found})",
            f"XMP 未标明 PDF/X-4（GTS_PDFXVersion：{found}）",
        )
    version = tuple(int(n) for n in document.pdf.pdf_version.split("."))
    if version > _NEWEST_X4:
        number = document.pdf.pdf_version
        yield error(f"PDF {number}; PDF/X-4 allows 1.6 at most", f"PDF {number}；PDF/X-4 最高到 1.6")
    if "/ID" not in document.pdf.trailer:
        yield error("the file has no ID", "文件没有 ID")


def _info(document: Document) -> Iterator[Finding]:
    info = document.pdf.trailer.get("/Info", Dictionary())
    for key in ("Title", "CreationDate", "ModDate"):
        if not str(info.get(f"/{key}", "")):
            yield error(f"Info has no {key}", f"Info 缺 {key}")
    if str(info.get("/Trapped", "")).lstrip("/") not in ("True", "False"):
        yield error("Info does not say whether the file is trapped", "Info 未标明是否已做陷印（Trapped）")


def _pdfa(metadata: Any) -> Iterator[Finding]:
    part, level = str(metadata.get(_PDFA_PART, "")), str(metadata.get(_PDFA_LEVEL, ""))
    if (part, level) != ("2", "A"):
        found = part + level or "—"
        yield error(f"the XMP does not say PDF/A-2a ({found})", f"XMP 未标明 PDF/A-2a（{found}）")


def _ua(metadata: Any) -> Iterator[Finding]:
    if str(metadata.get(_PDFUA, "")) != "1":
        yield error("the XMP does not say PDF/UA-1", "XMP 未标明 PDF/UA-1")
