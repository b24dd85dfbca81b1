"""The body of a .docx as blocks: paragraphs and tables in order, text boxes before the paragraph that they hang on.

In: the bytes of a file. Out: a `Manuscript`. Tracked changes are accepted (ECMA-376 part 1, 17.13.5): what was inserted or moved to
a place stands there, what was deleted or moved away is gone, and a paragraph whose mark was deleted goes on in the next.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block, Manuscript, Note, table_blocks
from printkit.manuscript.docx.line import Line
from printkit.manuscript.docx.numbering import BULLET, Numbering
from printkit.manuscript.docx.package import Package, W
from printkit.manuscript.docx.runs import RunReader, text_in
from printkit.manuscript.docx.styles import TITLE, Properties, Styles, paragraph_properties
from printkit.model.text import Kind, Run, joined

_THROUGH = {f"{W}{name}" for name in ("ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag")}
_PICTURED = {f"{W}drawing", f"{W}pict", f"{W}object", f"{W}tbl"}


def read_docx(name: str, data: bytes) -> Manuscript:
    """Read a .docx.

    Raises:
        InputError: it cannot be opened, or goes beyond the bounds of `docx.package`.
    """
    return _Body(Package(name, data)).read()


class _Body:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._numbers = Numbering(package.numbering)
        self._notes: list[Note] = []
        self._blocks: list[Block] = []
        self._runs = RunReader(package, self._styles, self._notes, self._read_box)
        self._number = 0
        self._open: tuple[list[Line], Properties, str] | None = None
        """A paragraph whose mark was deleted: the next one goes on with it."""

    def read(self) -> Manuscript:
        """Read the document."""
        self._walk(self._package.document.find(f"{W}body"), boxed=False)
        self._notes.extend(self._runs.comments_left())
        if self._package.has_macros:
            self._notes.append(Note("macros", self._here))
        margins = dict.fromkeys(" ".join(text_in(root).split()) for root in self._package.margins())
        for text in margins:
            if re.sub(r"[\d\s第共页/\-—·]", "", text):
                self._notes.append(Note("header-left-out", SourceRef(self._package.name), text))
        return Manuscript(self._package.name, tuple(_from_nought(self._blocks)), tuple(self._notes))

    @property
    def _here(self) -> SourceRef:
        return SourceRef(self._package.name, max(self._number, 1))

    def _walk(self, element: Any, *, boxed: bool) -> None:
        for child in element:
            if child.tag == f"{W}p":
                self._read_paragraph(child, boxed=boxed)
            elif child.tag == f"{W}tbl":
                self._read_table(child)
            elif child.tag in _THROUGH:
                self._walk(child, boxed=boxed)

    def _read_box(self, content: Any) -> None:
        """Read a text box; its blocks stand before the paragraph that is being read."""
        here, self._open = self._open, None
        self._notes.append(Note("text-box", self._here, text_in(content)[:20]))
        start = len(self._blocks)
        self._walk(content, boxed=False)
        self._blocks[start:] = [replace(block, framed=True) for block in self._blocks[start:]]
        self._open = here

    def _read_paragraph(self, element: Any, *, boxed: bool) -> None:
        self._number += 1
        lines, looks, label = self._lines(element)
        if self._open is not None:
            (before, looks, label), self._open = self._open, None
            if before[-1].text.strip() and lines[0].text.strip():
                self._notes.append(Note("paragraphs-joined", self._here, before[-1].text[-8:], lines[0].text[:8]))
            before[-1].runs += lines[0].runs
            before[-1].sizes += lines[0].sizes
            before[-1].faces += lines[0].faces
            before[-1].light += lines[0].light
            before[-1].pictures += lines[0].pictures
            lines = [*before, *lines[1:]]
        mark = element.find(f"{W}pPr/{W}rPr/{W}del")
        if mark is not None:
            if any(line.text.strip() for line in lines):  # an empty one just goes
                self._open = lines, looks, label
            return
        self._emit(lines, looks, label, boxed=boxed)
        ended = element.find(f"{W}pPr/{W}sectPr")
        if ended is not None:
            kind = ended.find(f"{W}type")
            self._runs.begins_anew |= kind is None or kind.get(f"{W}val") not in ("continuous", "nextColumn")

    def _emit(self, lines: list[Line], looks: Properties, label: str, *, boxed: bool) -> None:
        if looks.begins_page:
            lines[0].begins_anew = True
        kind = None
        if label and lines[0].text.strip():
            code = "bullets" if label == BULLET else "numbers-written-out"
            self._notes.append(Note(code, self._here, now="" if label == BULLET else label))
            kind = Kind.LIST_ITEM if label == BULLET else None
            if kind is None:
                first = lines[0].runs[0]
                lines[0].runs.insert(0, replace(first, text=label, emphasis=False, link=None))
        for index, line in enumerate(lines):
            found = line.blocks(looks, self._here, breaks=1 if index else 0, boxed=boxed)
            self._blocks += [replace(one, kind=kind) if kind and not index and one.is_text else one for one in found]

    def _lines(self, element: Any) -> tuple[list[Line], Properties, str]:
        """Read a paragraph: its lines, how it looks, and the number or bullet before it."""
        ppr = element.find(f"{W}pPr")
        style = ppr.find(f"{W}pStyle") if ppr is not None else None
        looks = self._styles.paragraph(style.get(f"{W}val") if style is not None else None)
        if ppr is not None:
            looks = paragraph_properties(ppr).over(looks)
        lines = self._runs.lines(element, looks, self._here)
        label = ""
        if looks.number not in (None, "0") and any(line.text.strip() for line in lines):
            label = self._numbers.next(looks.number or "", looks.depth or 0)
        return lines, looks, label

    def _read_table(self, element: Any) -> None:
        rows = [row for row in _rows(element) if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(row.iterchildren(f"{W}tc")) for row in rows]
        is_box = len(cells) == 1 and len(cells[0]) == 1
        if is_box or any(inner.tag in _PICTURED for row in cells for cell in row for inner in cell.iter()):
            for row in cells:
                for cell in row:
                    self._walk(cell, boxed=is_box)
            return
        self._number += 1
        self._add_table([self._row(row) for row in cells])

    def _row(self, cells: Iterable[Any]) -> list[tuple[str, tuple[Run, ...]]]:
        """Return the cells of a row, each with how it is merged: ``down``, ``across`` or not."""
        found: list[tuple[str, tuple[Run, ...]]] = []
        for cell in cells:
            down = cell.find(f"{W}tcPr/{W}vMerge")
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            goes_on = down is not None and down.get(f"{W}val") in (None, "continue")
            found.append(("down" if goes_on else "", self._cell(cell)))
            wide = int(span.get(f"{W}val") or 1) if span is not None else 1
            found += [("across", ())] * (wide - 1)
        return found

    def _cell(self, element: Any) -> tuple[Run, ...]:
        runs: list[Run] = []
        for paragraph in element.iter(f"{W}p"):
            lines, _, label = self._lines(paragraph)
            for line in lines:
                if line.text.strip():
                    runs += [Run(" ")] if runs else []
                    runs += [Run(label)] if label and label != BULLET else []
                    runs += line.runs
                    label = ""
        return joined(replace(run, strong=False) for run in runs)

    def _add_table(self, rows: list[list[tuple[str, tuple[Run, ...]]]]) -> None:
        if not rows or not any(runs for row in rows for _, runs in row):
            return
        if merged := sum(1 for row in rows for how, _ in row if how):
            self._notes.append(Note("merged-cells", self._here, now=str(merged)))
        grid: list[list[tuple[Run, ...]]] = []
        for row in rows:
            above = grid[-1] if grid else []
            grid.append(
                [above[at] if how == "down" and at < len(above) else runs for at, (how, runs) in enumerate(row)]
            )
        self._blocks += table_blocks(self._here, grid, self._notes)


def _from_nought(blocks: list[Block]) -> list[Block]:
    """Return blocks whose highest level is 0: Heading 1 is a headline only where nothing is set in Title."""
    if not any(block.look.level == TITLE for block in blocks):
        return blocks
    return [
        replace(block, look=replace(block.look, level=block.look.level + 1)) if block.look.level is not None else block
        for block in blocks
    ]


def _rows(table: Any) -> Iterable[Any]:
    """Yield the rows of a table, those in content controls too."""
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in _THROUGH:
            yield from _rows(child)
