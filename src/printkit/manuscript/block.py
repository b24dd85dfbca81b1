"""A manuscript as its readers give it: blocks with their look and place, and notes of what they met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from printkit.diagnostics import SourceRef
from printkit.model.text import ColumnAlign, Kind, Paragraph, Run, Table, joined


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks in the manuscript: what tells a headline from the text.

    `size` is in half-points, 0 where the file does not say; `level` is that of a heading, from 0.
    """

    size: int = 0
    bold: bool = False
    centred: bool = False
    right: bool = False
    level: int | None = None
    face: str = ""
    """The typeface of its Han, where the file says it."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture that a manuscript brings: its bytes, the ending of their kind, and what it shows."""

    data: bytes = field(repr=False)
    suffix: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a manuscript: a paragraph, a table or a row of pictures. `where` counts paragraphs as lines.

    `breaks` is how many soft line breaks (Shift+Enter, ``<br>``) stand right before it.
    """

    where: SourceRef
    runs: tuple[Run, ...] = ()
    look: Look = Look()
    kind: Kind = Kind.BODY
    table: Table | None = None
    pictures: tuple[Embedded, ...] = ()
    breaks: int = 0
    boxed: bool = False
    """Whether it is all that a table holds."""
    framed: bool = False
    """Whether it stands in a text box."""
    begins_anew: bool = False
    """Whether a page break, or a line of stars, stands before it."""

    @property
    def text(self) -> str:
        """Its text without marks."""
        return "".join(run.text for run in self.runs)

    @property
    def is_text(self) -> bool:
        """Whether it is a line of text, rather than a table or a picture."""
        return not self.table and not self.pictures


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was changed, left out, or is to be looked at; `told` has the words of its code.

    `was` is what stood in the manuscript, `now` what stands in the article, `by` who did it.
    """

    code: str
    where: SourceRef
    was: str = ""
    now: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file as read: its blocks in order and what its reader has to tell; `encoding` is that of a text."""

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    encoding: str = ""


def table_blocks(
    where: SourceRef,
    rows: Sequence[Sequence[tuple[Run, ...]]],
    notes: list[Note],
    aligns: Sequence[ColumnAlign] = (),
) -> tuple[Block, ...]:
    """Return rows of cells as a table, the first as its head; one row alone has none, and is text."""
    width = max(map(len, rows), default=0)
    filled = [tuple(Paragraph(runs) for runs in (*row, *[()] * (width - len(row)))) for row in rows]
    if len(filled) > 1:
        usual: tuple[ColumnAlign, ...] = ("auto",)
        table = Table(filled[0], tuple(filled[1:]), tuple(aligns) or usual * width)
        return (Block(where, kind=Kind.TABLE, table=table),)
    if filled:
        notes.append(Note("row-to-text", where))
    return tuple(Block(where, cell.runs) for row in filled for cell in row if cell.runs)


def cut(runs: Iterable[Run], start: int, end: int | None = None) -> tuple[Run, ...]:
    """Return the runs of a stretch of their joined text."""
    parts: list[Run] = []
    at = 0
    for run in runs:
        stop = len(run.text) if end is None else max(end - at, 0)
        parts.append(replace(run, text=run.text[max(start - at, 0) : stop]))
        at += len(run.text)
    return joined(parts)
