"""Articles written as .docx in the manners of those who send copy, for what reads them back."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image

from printkit.model.article import Article, Byline, Picture
from printkit.model.text import Kind, Paragraph, Run

MANNERS = ("wps", "word", "plain")
"""Centred and sized as WPS writers do; by Word's styles; with nothing but bold type, the text in one paragraph of breaks."""


def as_word(article: Article, manner: str) -> bytes:
    """Write an article in a manner."""
    return _Writer(manner).written(article)


def byline_text(byline: Iterable[Byline]) -> str:
    """Write a byline as authors do: a role, then its names."""
    parts: list[str] = []
    role = None
    for one in byline:
        if one.role != role and one.role:
            parts.append(one.role)
        role = one.role
        parts.append(one.name if len(one.name) > 2 else "　".join(one.name))
    return " ".join(parts)


class _Writer:
    def __init__(self, manner: str) -> None:
        self.manner = manner
        self.document: Any = Document()
        self.document.styles["Normal"].font.size = Pt(16 if manner == "wps" else 12)
        self._open: Any = None

    def written(self, article: Article) -> bytes:
        """Write the whole of it."""
        self._front(article)
        if article.editor_note:
            for index, note in enumerate(article.editor_note):
                self._text((Run("编者按：" if not index else ""), *note.runs))
        signed = f"（{byline_text(article.byline)}）" if article.dateline and article.byline else ""
        opening = article.dateline + signed
        for index, paragraph in enumerate(article.body):
            self._paragraph(paragraph, opening if not index else "")
        for section in article.sections:
            self._line(f"{section.title} {section.name}", bold=True)
            for paragraph in section.body:
                self._paragraph(paragraph)
        for picture in article.pictures:
            self._picture(picture)
        if article.source:
            self._line(f"来源：{article.source}")
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _front(self, article: Article) -> None:
        word = self.manner == "word"
        for line in article.kicker.lines if article.kicker else ():
            self._head(line, size=16)
        if article.headline:
            self._breaking(article.headline.lines, "Title" if word else "", size=22, bold=not word)
        dash = "——" if self.manner != "word" else ""
        for line in article.deck.lines if article.deck else ():
            self._head(dash + line, "Subtitle" if word else "", size=16)
        if article.byline and not article.dateline:
            self._head(("□" if self.manner == "wps" else "") + byline_text(article.byline), size=0)

    def _head(self, text: str, style: str = "", *, size: int, bold: bool = False) -> None:
        self._breaking((text,), style, size=size, bold=bold)

    def _breaking(self, lines: tuple[str, ...], style: str, *, size: int, bold: bool) -> None:
        if self.manner == "plain":
            self._line(" ".join(lines), bold=bold)
            return
        paragraph = self.document.add_paragraph(style=style or None)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for index, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.bold = bold or None
            if size and not style:
                run.font.size = Pt(size)
            if index + 1 < len(lines):
                run.add_break()

    def _line(self, text: str, *, bold: bool = False) -> None:
        self._text((Run(text, strong=bold),), indent="")

    def _text(self, runs: Iterable[Run], indent: str = "　　", style: str | None = None) -> None:
        """Write a paragraph; in the plain manner all of them are lines of one."""
        if self.manner == "plain":
            if self._open is None:
                self._open = self.document.add_paragraph()
            else:
                self._open.add_run().add_break()
            paragraph = self._open
        else:
            paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(indent if self.manner != "word" else "")
        for run in runs:
            written = paragraph.add_run(run.text)
            written.bold = run.strong or None
            if run.emphasis:
                dots = OxmlElement("w:em")
                dots.set(qn("w:val"), "dot")
                written._r.get_or_add_rPr().append(dots)

    def _paragraph(self, paragraph: Paragraph, opening: str = "") -> None:
        word = self.manner == "word"
        match paragraph.kind:
            case Kind.TABLE if paragraph.table:
                self._open = None
                rows = (paragraph.table.head, *paragraph.table.rows)
                table = self.document.add_table(len(rows), len(rows[0]))
                for row, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        table.cell(row, column).text = cell.text
            case Kind.SUBHEAD:
                runs = (Run(paragraph.text, strong=not word),)
                self._text(runs, style="Heading 2" if word else None)
            case Kind.LIST_ITEM:
                self._text(
                    (Run("● "), *paragraph.runs) if not word else paragraph.runs, style="List Bullet" if word else None
                )
            case _:
                for index, line in enumerate(paragraph.lines):
                    self._text((Run(opening if not index else ""), *line.runs))

    def _picture(self, picture: Picture) -> None:
        self._open = None
        holder = self.document.add_paragraph()
        holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for index, _ in enumerate(picture.shots):
            file = io.BytesIO()
            Image.new("RGB", (8, 6), (index * 40, 90, colour_of(picture.caption))).save(file, "PNG")
            file.seek(0)
            holder.add_run().add_picture(file)
        caption = self.document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.add_run(" ".join(filter(None, (picture.caption, picture.credit))))
        self._open = None


def colour_of(text: str) -> int:
    """Return a colour of its own for a text, the same in every process."""
    return sum(map(ord, text)) % 256


_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}


def word_of(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Write a .docx whose body, lists and further styles are given as XML, with Word's usual prefixes."""
    document: Any = Document()
    _fill(document.element.body, body, before=document.element.body[-1])
    if numbering:
        lists = document.part.numbering_part.element
        for child in list(lists):
            lists.remove(child)
        _fill(lists, numbering)
    _fill(document.part.styles.element, styles)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _fill(element: Any, xml: str, before: Any = None) -> None:
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
    for child in list(parse_xml(f"<all {names}>{xml}</all>")):
        if before is None:
            element.append(child)
        else:
            before.addprevious(child)


def paragraph(text: str, ppr: str = "", rpr: str = "") -> str:
    """Return a paragraph of one run as XML."""
    run = f'<w:r><w:rPr>{rpr}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{ppr}</w:pPr>{run}</w:p>"


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a package with its files changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return file.getvalue()
