"""The parts of a .docx, opened with bounds: what is no Word file, locked, broken or built to explode is refused with its remedy."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from printkit.diagnostics import InputError, Say
from printkit.manuscript.refused import refusal, to_convert

MOST = 200 * 1024 * 1024
"""Bytes that a manuscript may have unpacked: 500 pages with pictures have a quarter of it."""
MOST_FILES = 5_000
MOST_XML = 60 * 1024 * 1024
"""Bytes of its largest part of XML; 500 pages of text have 5 MB."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAINS = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled(?:Template)?"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
"""Namespaces of Strict OOXML, which python-docx does not open, and those of Transitional."""


class Package:
    """A .docx that was opened."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open it.

        Raises:
            InputError: it is no .docx, or goes beyond the bounds.
        """
        from docx.opc.exceptions import PackageNotFoundError
        from docx.package import Package as WordPackage
        from lxml import etree

        self.name = name
        self.has_macros = False
        try:
            package = WordPackage.open(io.BytesIO(self._checked(data)))
            self._main: Any = package.main_document_part
            self.document: Any = self._main.element
            if self.document.find(f"{W}body") is None:
                raise _no_document(name)
        except (KeyError, AttributeError, ValueError, PackageNotFoundError) as error:
            raise _no_document(name) from error
        except etree.XMLSyntaxError as error:
            raise _broken(name, str(error)) from error

    def _checked(self, data: bytes) -> bytes:
        """Return the bytes of a package that python-docx opens."""
        if data.startswith(_OLE):
            locked = "EncryptedPackage".encode("utf-16-le") in data
            raise _locked(self.name) if locked else to_convert(self.name, "Word 97–2003 (.doc)")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                files = self._unpacked(packed)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise _broken(self.name, str(error)) if data.startswith(b"PK") else _no_document(self.name) from error
        if "mimetype" in files and b"opendocument" in files["mimetype"]:
            raise to_convert(self.name, "OpenDocument (.odt)")
        if "[Content_Types].xml" not in files:
            raise _no_document(self.name)
        return self._as_plain(data, files)

    def _unpacked(self, packed: zipfile.ZipFile) -> dict[str, bytes]:
        """Read every file, no further than the bounds, whatever the list of the package says of their sizes."""
        entries = packed.infolist()
        left = MOST
        if len(entries) > MOST_FILES:
            raise _too_large(self.name, Say(f"{MOST_FILES:,} files", f"{MOST_FILES:,} 个文件"))
        files = {}
        for entry in entries:
            if entry.flag_bits & 1:
                raise _locked(self.name)
            is_xml = entry.filename.lower().endswith((".xml", ".rels"))
            most = min(left, MOST_XML) if is_xml else left
            with packed.open(entry) as file:
                files[entry.filename] = file.read(most + 1)
            size = len(files[entry.filename])
            if size > most:
                bound = f"{(MOST_XML if is_xml and most == MOST_XML else MOST) >> 20} MiB"
                raise _too_large(self.name, Say(f"{bound} unpacked", f"{bound}（解压后）"))
            left -= size
            if is_xml and re.search(rb"<!(?:DOCTYPE|ENTITY)", files[entry.filename]):
                raise _entities(self.name)
        return files

    def _as_plain(self, data: bytes, files: dict[str, bytes]) -> bytes:
        """Return the package as plain Transitional OOXML without macros; written anew only where it is not."""
        kinds = files["[Content_Types].xml"]
        self.has_macros = b"macroEnabled" in kinds or any(n.lower().endswith("vbaproject.bin") for n in files)
        is_strict = b"purl.oclc.org/ooxml" in files.get("_rels/.rels", b"")
        if not is_strict and not _OTHER_MAINS.search(kinds):
            return data
        files["[Content_Types].xml"] = _OTHER_MAINS.sub(_MAIN.encode(), kinds)
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as packed:
            for file, content in files.items():
                if is_strict and file.endswith((".xml", ".rels")):
                    for strict, plain in _STRICT:
                        content = content.replace(strict, plain)  # each replaces in what the last left
                packed.writestr(file, content)
        return written.getvalue()

    @cached_property
    def styles(self) -> Any:
        """The styles' root, or None."""
        return self._related("/styles")

    @cached_property
    def numbering(self) -> Any:
        """The root of the lists' numbers, or None."""
        return self._related("/numbering")

    def notes(self, kind: str) -> dict[str, Any]:
        """Return the elements of comments, footnotes or endnotes by their numbers."""
        root = self._related(f"/{kind}s")
        found = root.findall(f"{W}{kind}") if root is not None else ()
        return {one.get(f"{W}id"): one for one in found if one.get(f"{W}type") in (None, "normal")}

    def margins(self) -> Iterator[Any]:
        """Yield the roots of headers and footers."""
        for relation in self._main.rels.values():
            if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
                yield self._root(relation.target_part)

    def target(self, number: str) -> tuple[str, bytes | None] | None:
        """Return the address and, where the file is in the package, the bytes of a relation; None where it leads nowhere."""
        relation = self._main.rels.get(number)
        if relation is None:
            return None
        if relation.is_external:
            return relation.target_ref, None
        return str(relation.target_part.partname), relation.target_part.blob

    def _root(self, part: Any) -> Any:
        """Return a part's element; python-docx parses only some kinds of them."""
        from docx.oxml.parser import parse_xml
        from lxml import etree

        try:
            return part.element if hasattr(part, "element") else parse_xml(part.blob)
        except etree.XMLSyntaxError as error:
            raise _broken(self.name, str(error)) from error

    def _related(self, ending: str) -> Any:
        for relation in self._main.rels.values():
            if relation.reltype.endswith(ending) and not relation.is_external:
                return self._root(relation.target_part)
        return None


def _no_document(name: str) -> InputError:
    message = Say("this is no Word document", "这不是 Word 文档")
    hint = Say("open it in Word or WPS and save it as .docx", "请用 Word 或 WPS 打开，另存为 .docx")
    return refusal("not-docx", name, message, hint)


def _broken(name: str, why: str) -> InputError:
    message = Say(f"the file is damaged ({why[:60]})", f"文件已损坏（{why[:60]}）")
    hint = Say("have it sent again, or open it in Word and save it anew", "请让对方重发，或用 Word 打开修复后另存")
    return refusal("damaged", name, message, hint)


def _locked(name: str) -> InputError:
    message = Say("the file is locked with a password", "文件加了密码")
    hint = Say("open it in Word or WPS, remove the password, save it", "请用 Word 或 WPS 打开，去掉密码后保存")
    return refusal("encrypted", name, message, hint)


def _entities(name: str) -> InputError:
    message = Say("its XML declares entities, which no Word file does", "文件的 XML 里定义了实体，Word 文件不会有")
    hint = Say("it may be meant to do harm: ask who sent it", "可能是恶意文件：请向发件人核实")
    return refusal("entities", name, message, hint)


def _too_large(name: str, bound: Say) -> InputError:
    message = Say(f"the file has more than {bound.en}, the limit", f"文件超过上限：{bound.zh}")
    hint = Say("if it is good, make its pictures smaller or part it", "如果文件没有问题，请压缩图片或分成几个文件")
    return refusal("too-large", name, message, hint)
