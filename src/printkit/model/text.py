"""Copy as paragraphs of marked runs: what `source` reads and `compose` sets."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from printkit.diagnostics import SourceRef


class Kind(StrEnum):
    """What a paragraph of the body is."""

    BODY = "body"
    SUBHEAD = "subhead"
    QUOTATION = "quotation"
    LIST_ITEM = "list-item"
    TABLE = "table"
    VERSE = "verse"
    SIGN = "sign"
    FLUSH = "flush"
    CENTRE = "centre"


LINED = frozenset({Kind.VERSE, Kind.SIGN, Kind.FLUSH, Kind.CENTRE})
"""Paragraphs whose lines are the copy's own; each line but the last ends its last run with a line end."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner.

    `strong` is set in 黑体, `emphasis` gets 着重号, `link` is an address, `kai` is set in 楷体,
    `superior` is a raised note mark, `small` is one step smaller, `ruby` is pinyin over the run,
    `proper_name` gets 专名号 and `work_title` 书名号甲.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    kai: bool = False
    superior: bool = False
    small: bool = False
    ruby: str | None = None
    proper_name: bool = False
    work_title: bool = False


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs with neighbours of one manner joined, and none that is empty."""
    parts: list[Run] = []
    for run in runs:
        if parts and run.text and replace(parts[-1], text=run.text) == run:
            parts[-1] = replace(run, text=parts[-1].text + run.text)
        elif run.text:
            parts.append(run)
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the copy; `where` is its first line in the file. One of kind `TABLE` has a table and no runs.

    One of verse is a stanza.
    """

    runs: tuple[Run, ...]
    kind: Kind = Kind.BODY
    where: SourceRef | None = field(default=None, compare=False)
    table: "Table | None" = None
    is_rest: bool = False
    """Whether its beginning stands in the story's other part, at the end."""

    @property
    def text(self) -> str:
        """The copy of the paragraph without its marks; of a table, cells parted by tabs and rows by line ends.

        Line ends also part the lines of the kinds in `LINED`.
        """
        if self.table:
            return "\n".join("\t".join(cell.text for cell in row) for row in (self.table.head, *self.table.rows))
        return "".join(run.text for run in self.runs)

    @property
    def lines(self) -> "tuple[Paragraph, ...]":
        """The lines that the copy gives it, each as a paragraph, with no line end; one of running text is one line."""
        lines: list[list[Run]] = [[]]
        for run in self.runs:
            lines[-1].append(replace(run, text=run.text.removesuffix("\n")))
            if run.text.endswith("\n"):
                lines.append([])
        return tuple(replace(self, runs=tuple(runs)) for runs in lines)


ColumnAlign = Literal["auto", "start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the copy: every row has as many cells as the head, and as there are `aligns`.

    A cell is a paragraph; an empty one has no text. ``auto`` leaves a column's alignment to the style.
    """

    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    aligns: tuple[ColumnAlign, ...]


def plain(text: str, where: SourceRef | None = None) -> Paragraph:
    """Make a paragraph of one unmarked run."""
    return Paragraph((Run(text),), where=where)


def plain_lines(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return copy as plain text: a line a paragraph, a line a row of a table."""
    return [line for paragraph in paragraphs for line in paragraph.text.split("\n") if line.strip()]
