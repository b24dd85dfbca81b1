"""Markdown (.md) as blocks, read by markdown-it as CommonMark with tables (GFM 4.10)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from printkit.copy.marks import HAN
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block, Embedded, Look, Manuscript, Note, table_blocks
from printkit.manuscript.files import local_picture
from printkit.manuscript.refused import check_size
from printkit.model.text import ColumnAlign, Kind, Run, joined

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)


def read_markdown(name: str, text: str, encoding: str, folder: Path) -> Manuscript:
    """Read a Markdown text; its pictures are looked for in its folder."""
    check_size(name, len(text))  # the parser is slow
    return _Reader(name, folder).read(text.replace("\r\n", "\n"), encoding)


@dataclass(slots=True)
class _Rows:
    rows: list[list[tuple[Run, ...]]] = field(default_factory=list)
    cells: list[tuple[Run, ...]] = field(default_factory=list)
    aligns: list[ColumnAlign] = field(default_factory=list)


class _Reader:
    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._folder = folder
        self._blocks: list[Block] = []
        self._notes: list[Note] = []

    def read(self, text: str, encoding: str) -> Manuscript:
        """Read a text."""
        skipped = 0
        if found := _FRONT_MATTER.match(text):
            skipped = found[0].count("\n")
            self._notes.append(Note("front-matter", SourceRef(self._name), found[0].strip("-\n ")[:40]))
            text = text[found.end() :]
        kinds: list[Kind] = []
        level: int | None = None
        table: _Rows | None = None
        row = 0
        parser = MarkdownIt("commonmark").enable("table")
        for token in parser.parse(text):
            row = (token.map[0] if token.map else row - 1 - skipped) + 1 + skipped
            where = SourceRef(self._name, row)
            match token.type:
                case "heading_open":
                    level = int(token.tag[1]) - 1
                case "heading_close":
                    level = None
                case "blockquote_open":
                    kinds.append(Kind.QUOTATION)
                case "list_item_open":
                    kinds.append(Kind.LIST_ITEM if token.markup in "-*+" else Kind.BODY)
                case "blockquote_close" | "list_item_close":
                    kinds.pop()
                case "table_open":
                    table = _Rows()
                case "tr_close" if table:
                    table.rows.append(table.cells)
                    table.cells = []
                case "th_open" if table:
                    style = str(token.attrs.get("style", ""))
                    found_align = re.search("left|right|center", style)
                    aligns: dict[str, ColumnAlign] = {"left": "start", "right": "end", "center": "center"}
                    table.aligns.append(aligns[found_align[0]] if found_align else "auto")
                case "table_close" if table:
                    self._blocks += table_blocks(where, table.rows, self._notes, table.aligns)
                    table = None
                case "inline" if table:
                    lines, _ = self._lines(token.children or [], where)
                    table.cells.append(joined(run for line in lines for run in line))
                case "inline":
                    self._add(token.children or [], where, Look(level=level), kinds[-1] if kinds else Kind.BODY)
                case "fence" | "code_block":
                    for line in token.content.splitlines():
                        self._blocks.append(Block(where, (Run(line),)))
                case "html_block":
                    self._notes.append(Note("html", where, token.content.strip()[:30]))
                case "hr":
                    self._blocks.append(Block(where, (Run("———"),)))
        return Manuscript(self._name, tuple(self._blocks), tuple(self._notes), encoding)

    def _add(self, tokens: Sequence[Token], where: SourceRef, look: Look, kind: Kind) -> None:
        lines, pictures = self._lines(tokens, where)
        for index, line in enumerate(lines):
            runs = joined(line)
            if not "".join(run.text for run in runs).strip():
                continue
            bold = bool(runs) and all(run.strong for run in runs if run.text.strip())
            if bold:
                runs = joined(replace(run, strong=False) for run in runs)
            place = replace(where, line=where.line + index)
            self._blocks.append(Block(place, runs, replace(look, bold=bold), kind if not index else Kind.BODY))
        for picture in pictures:
            self._blocks.append(Block(where, pictures=(picture,)))

    def _lines(self, tokens: Sequence[Token], where: SourceRef) -> tuple[list[list[Run]], list[Embedded]]:
        """Return the lines of a paragraph, parted by hard breaks, and the pictures in it."""
        lines: list[list[Run]] = [[]]
        pictures: list[Embedded] = []
        manner = Run("")
        for at, token in enumerate(tokens):
            match token.type:
                case "text" | "code_inline" | "text_special":
                    lines[-1].append(replace(manner, text=token.content))
                case "softbreak":
                    before = next((run.text for run in reversed(lines[-1]) if run.text), "")
                    after = tokens[at + 1].content if at + 1 < len(tokens) else ""
                    is_tight = re.match(rf"[{HAN}，。；：、！？”）]", before[-1:]) or re.match(rf"[{HAN}“（]", after)
                    lines[-1].append(replace(manner, text="" if is_tight else " "))
                case "hardbreak":
                    lines.append([])
                case "strong_open" | "strong_close":
                    manner = replace(manner, strong=token.nesting > 0)
                case "em_open" | "em_close":
                    manner = replace(manner, emphasis=token.nesting > 0)
                case "link_open" | "link_close":
                    manner = replace(manner, link=str(token.attrs.get("href")) if token.nesting > 0 else None)
                case "image":
                    found = local_picture(str(token.attrs.get("src", "")), self._folder, token.content)
                    pictures += [found] if isinstance(found, Embedded) else []
                    self._notes += [] if isinstance(found, Embedded) else [replace(found, where=where)]
                case "html_inline":
                    self._notes.append(Note("html", where, token.content))
        return lines, pictures
