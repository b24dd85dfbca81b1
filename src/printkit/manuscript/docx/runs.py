"""The runs of a Word paragraph as lines: what is inserted, in a field, a link or a ruby; symbols, breaks and pictures.

Whatever is left out becomes a note: nothing is dropped in silence.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from printkit.copy.marks import lowered, raised
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Embedded, Note
from printkit.manuscript.docx import symbols
from printkit.manuscript.docx.line import Line
from printkit.manuscript.docx.package import Package, R, W
from printkit.manuscript.docx.styles import Properties, Styles, run_properties

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_THROUGH = {f"{W}{name}" for name in ("smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir")}
_GONE = {f"{W}del", f"{W}moveFrom"}
_DATES = ("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "EDITTIME")
_UNPRINTED = ("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "INDEX")
_AUTOMATIC_ALT = re.compile(r"(?:图片|图像|图形)?[\s_]*[A-Za-z0-9_ -]*(?:\.[A-Za-z]{2,4})?|.*[\\/].*")
"""What Word writes for a picture that nobody has described: a number, or the file's name."""


@dataclass(slots=True)
class _Field:
    code: str = ""
    is_result: bool = False

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()

    @property
    def link(self) -> str | None:
        found = re.search(r'HYPERLINK\s+"([^"]+)"', self.code)
        return found[1] if found else None


class RunReader:
    """Reads paragraphs of one document; fields and comments may reach from one to the next."""

    def __init__(self, package: Package, styles: Styles, notes: list[Note], read_box: Callable[[Any], None]) -> None:
        """Take what holds for the document; `read_box` is given each text box."""
        self._package = package
        self._styles = styles
        self._notes = notes
        self._read_box = read_box
        self._comments = package.notes("comment")
        self._footnotes = {kind: package.notes(kind) for kind in ("footnote", "endnote")}
        self._fields: list[_Field] = []
        self._links: list[str | None] = [None]
        self._lines: list[Line] = []
        self._looks = Properties()
        self._where = SourceRef(package.name)
        self.begins_anew = False

    def lines(self, paragraph: Any, looks: Properties, where: SourceRef) -> list[Line]:
        """Return the lines of a paragraph; the last is open where its mark was deleted."""
        outer = self._lines, self._looks, self._where
        lines = self._lines = [Line(begins_anew=self.begins_anew)]
        self._looks, self._where, self.begins_anew = looks, where, False
        self._read(paragraph)
        self._lines, self._looks, self._where = outer
        return lines

    def comments_left(self) -> Iterator[Note]:
        """Yield the comments that hang on nothing."""
        for comment in self._comments.values():
            yield Note("comment", SourceRef(self._package.name), _joined(comment), by=comment.get(f"{W}author") or "")

    def _tell(self, code: str, was: str = "", now: str = "", by: str = "") -> None:
        column = len(self._lines[-1].text) + 1 if self._lines else 1
        where = SourceRef(self._where.file, self._where.line, column)
        self._notes.append(Note(code, where, was, now, by))

    def _read(self, element: Any) -> None:
        for child in element:
            self._read_inline(child)

    def _read_inline(self, child: Any) -> None:
        tag = child.tag
        if tag == f"{W}r":
            self._read_run(child)
        elif tag in (f"{W}ins", f"{W}moveTo"):
            if text := text_in(child):
                self._tell("inserted" if tag == f"{W}ins" else "moved", now=text, by=child.get(f"{W}author") or "")
            self._read(child)
        elif tag in _GONE:
            if tag == f"{W}del" and (text := text_in(child, gone=True)):
                self._tell("deleted", text, by=child.get(f"{W}author") or "")
        elif tag == f"{W}hyperlink":
            found = self._package.target(child.get(f"{R}id") or "")
            self._read_linked(child, found[0] if found else None)
        elif tag == f"{W}fldSimple":
            field = _Field(child.get(f"{W}instr") or "", is_result=True)
            self._fields.append(field)
            self._begin_result(field, text_in(child))
            self._read_linked(child, field.link)
            self._fields.pop()
        elif tag in _THROUGH:
            self._read(child)
        elif tag == f"{_MC}AlternateContent":
            self._read_alternative(child)
        elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
            text = "".join(part.text or "" for part in child.iter(f"{_M}t"))
            self._tell("formula", text)
            self._add(text, self._looks)

    def _read_linked(self, element: Any, link: str | None) -> None:
        self._links.append(link or self._links[-1])
        self._read(element)
        self._links.pop()

    def _read_alternative(self, element: Any) -> None:
        """Read the first alternative that shows something; the others say the same for older programs."""
        for one in (*element.iterchildren(f"{_MC}Choice"), *element.iterchildren(f"{_MC}Fallback")):
            if any(part.tag in (f"{_A}blip", f"{W}txbxContent", f"{W}t", f"{_V}imagedata") for part in one.iter()):
                for child in one:
                    self._read_part(child, self._looks)
                return

    def _read_run(self, run: Any) -> None:
        rpr = run.find(f"{W}rPr")
        looks = self._looks
        if rpr is not None:
            style = rpr.find(f"{W}rStyle")
            if style is not None:
                looks = self._styles.own(style.get(f"{W}val")).over(looks)
            looks = run_properties(rpr).over(looks)
        if looks.hidden:
            if text := text_in(run):
                self._tell("hidden", text)
            return
        if looks.struck and (text := text_in(run)):
            self._tell("struck-kept", text)
        for child in run:
            self._read_part(child, looks)

    def _read_part(self, child: Any, looks: Properties) -> None:
        match child.tag.removeprefix(W) if isinstance(child.tag, str) else "":
            case "t":
                self._add_text(child.text or "", looks)
            case "tab" | "ptab":
                self._add("\t", looks)
            case "cr":
                self._break()
            case "br":
                if child.get(f"{W}type") == "page":
                    self._break()
                    self._lines[-1].begins_anew = True
                else:
                    self._break()
            case "noBreakHyphen":
                self._add("-", looks)
            case "softHyphen":
                self._add("\xad", looks)
            case "sym":
                code = child.get(f"{W}char") or ""
                is_code = re.fullmatch("(?![Dd][89A-Fa-f]..)[0-9A-Fa-f]{1,4}", code)  # no half of a character
                self._add_symbol(child.get(f"{W}font"), int(code, 16) if is_code else 0, looks)
            case "ruby":
                self._read_ruby(child)
            case "fldChar" | "instrText":
                self._read_field(child)
            case "footnoteReference" | "endnoteReference" as name:
                notes = self._footnotes[name.removesuffix("Reference")]
                if (note := notes.get(child.get(f"{W}id"))) is not None:
                    self._tell("note", _joined(note))
            case "commentReference":
                if (comment := self._comments.pop(child.get(f"{W}id"), None)) is not None:
                    self._tell("comment", _joined(comment), by=comment.get(f"{W}author") or "")
            case "drawing" | "pict":
                self._read_drawing(child)
            case "object":
                self._tell("object")
            case _ if child.tag == f"{_MC}AlternateContent":
                self._read_alternative(child)

    def _add_text(self, text: str, looks: Properties) -> None:
        if looks.raised in ("superscript", "subscript") and text.strip():
            code, written = (
                ("superscript", raised(text)) if looks.raised == "superscript" else ("subscript", lowered(text))
            )
            self._tell(code if written else "raised-kept", text, written or "")
            text = written or text
        if symbols.is_symbol_font(looks.font) and any("\uf000" <= char <= "\uf0ff" for char in text):
            for char in text:
                self._add_symbol(looks.font, ord(char), looks)
            return
        self._add(text, looks)

    def _add_symbol(self, font: str | None, code: int, looks: Properties) -> None:
        if not symbols.is_symbol_font(font) and not 0xF000 <= code <= 0xF0FF:
            self._add(chr(code) if code else "", looks)
            return
        shown = symbols.meant(font, code)
        self._tell("symbol" if shown else "symbol-unknown", f"{font} {code:04X}", shown or "〓")
        self._add(shown or "〓", looks)

    def _add(self, text: str, looks: Properties) -> None:
        if text and not any(field.name in _UNPRINTED or not field.is_result for field in self._fields):
            self._lines[-1].add(text, looks, self._links[-1])

    def _break(self) -> None:
        self._lines.append(Line())

    def _read_ruby(self, ruby: Any) -> None:
        base = ruby.find(f"{W}rubyBase")
        over = ruby.find(f"{W}rt")
        if base is not None:
            self._tell("ruby", f"{text_in(base)}({text_in(over) if over is not None else ''})", text_in(base))
            self._read(base)

    def _read_field(self, child: Any) -> None:
        if child.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].code += child.text or ""
            return
        match child.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(_Field())
                self._links.append(self._links[-1])
            case "separate" if self._fields:
                self._fields[-1].is_result = True
                self._links[-1] = self._fields[-1].link or self._links[-1]
                self._begin_result(self._fields[-1], _result_after(child))
            case "end" if self._fields:
                self._fields.pop()
                self._links.pop()

    def _begin_result(self, field: _Field, shown: str) -> None:
        if field.name in _DATES:
            self._tell("field-date", shown)
        elif field.name == "TOC":
            self._tell("contents")

    def _read_drawing(self, element: Any) -> None:
        """Take the pictures of a drawing, and have its text boxes read."""
        boxes = list(element.iter(f"{W}txbxContent"))
        found = Counter(part.tag for part in element.iter())
        about = next(element.iter(f"{_WP}docPr"), None)
        alt = (about.get("descr") or about.get("title") or "") if about is not None else ""
        for part in element.iter(f"{_A}blip", f"{_V}imagedata"):
            number = part.get(f"{R}embed") or part.get(f"{R}id") or ""
            self._take_picture(number, part.get(f"{R}link"), alt)
            crop = part.getparent().find(f"{_A}srcRect") if part.getparent() is not None else None
            if crop is not None and any(
                int(value or 0) > 0 for value in crop.attrib.values() if value.lstrip("-").isdigit()
            ):
                self._tell("picture-cropped")
        for box in boxes:
            self._read_box(box)
        if (
            not boxes
            and not found[f"{_A}blip"]
            and not found[f"{_V}imagedata"]
            and any("chart" in str(t) or "diagram" in str(t) for t in found)
        ):
            self._tell("object")

    def _take_picture(self, number: str, link: str | None, alt: str) -> None:
        found = self._package.target(number) or (self._package.target(link) if link else None)
        if found is None:
            self._tell("picture-missing", number or link or "")
        elif found[1] is None:
            self._tell("picture-remote", found[0])
        else:
            suffix = PurePosixPath(found[0]).suffix.lower()
            said = "" if _AUTOMATIC_ALT.fullmatch(alt) else alt.removesuffix("描述已自动生成").strip()
            self._lines[-1].pictures.append(Embedded(found[1], suffix, said))


def text_in(element: Any, *, gone: bool = False) -> str:
    """Return the text of an element without what was deleted from it; with `gone` just that."""
    parts = []
    for part in element.iter(f"{W}t", f"{W}delText"):
        is_gone = part.tag == f"{W}delText"
        if is_gone == gone:
            parts.append(part.text or "")
    return "".join(parts)


def _joined(note: Any) -> str:
    """Return the text of a comment or a footnote, its paragraphs parted by a blank."""
    return " ".join(filter(None, (text_in(paragraph).strip() for paragraph in note.iter(f"{W}p"))))


def _result_after(separator: Any) -> str:
    """Return the text of a field's result in its paragraph."""
    run = separator.getparent()
    parts = []
    for following in run.itersiblings():
        ends = following.find(f"{W}fldChar")
        if ends is not None and ends.get(f"{W}fldCharType") == "end":
            break
        parts.append(text_in(following))
    return "".join(parts)
