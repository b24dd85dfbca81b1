"""Tables: cells composed, columns by content in steps of half an em, rows of whole lines of the grid.

In: a paragraph that holds a table, the story's type, a width. Out: a `TableBlock` that flows through the columns,
or a float where the style asks for a table over several of them. Words give way before figures: where the cells
do not all fit on one line, the widest columns of text are narrowed and their cells wrap; a number never does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from printkit.compose import findings
from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.makeup.flow import SolidBlock, TableBlock
from printkit.makeup.frames import Frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.floats import Float, grid_text, shifted
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.page import Box, Ornament, TextBox
from printkit.model.style import Align, TextStyle
from printkit.model.text import ColumnAlign, Kind, Paragraph, Table

GAPS = (1000, 500)
"""White between two columns in thousandths of an em: an em, or half of it rather than that a cell wraps."""

WORDS = (4, 2, 1)
"""Em that a cell of text keeps: a name of four Han stays whole as long as may be, then columns of two em, then of one."""

HAN_OF_NUMBER = 3
"""Most Han of a cell that holds a figure and does not wrap: 12元/份, 8月12日, 第3名."""

_ROOM_FOR_TABLE = Say(
    "make the cells shorter, or let the table span more columns (--table-columns)",
    "请缩短格内文字，或让表格占更多栏（--table-columns）",
)

SOURCE_KEY = "src"
"""Key of the line that names the copy's source; it is set like a picture's credit."""

MARK_WIDTH = 10
"""Em of the red mark under a table that is cut."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Columns as they are to be set: widths (mpt), the white between two, and that at the table's edges."""

    widths: tuple[int, ...]
    gap: int
    edge: int
    cut: int = 0
    """Columns for which there is no room."""
    narrow: bool = False
    """Cells wrap in a column of less than two em."""

    @property
    def xs(self) -> tuple[int, ...]:
        """The columns' left edges."""
        return tuple(accumulate((width + self.gap for width in self.widths[:-1]), initial=self.edge))


# --- the width of columns ------------------------------------------------------------------------------


def columns_of(paragraph: Paragraph, styles: StoryStyle, frame: Frame, setter: Setter) -> int:
    """Return how many columns of the frame a table spans: as the style says, else as few as hold it without wrapping.

    A paragraph that is no table stands in one.
    """
    if paragraph.table is None:
        return 1
    if styles.table_columns:
        return min(styles.table_columns, frame.columns)
    style = styles.roles["table"]
    gap = style.size * GAPS[0] // 1000
    natural = [max(widths) for widths in _naturals(paragraph.table, styles, setter)]
    needed = sum(natural) + gap * (len(natural) - 1) + 2 * _edge(styles)
    return next((n for n in range(1, frame.columns) if frame.width(n) >= needed), frame.columns)


def _edge(styles: StoryStyle) -> int:
    """Return the white inside the rules at a table's sides."""
    return styles.roles["table"].size // 2 if styles.table_rules == "grid" else 0


def _naturals(table: Table, styles: StoryStyle, setter: Setter) -> list[list[int]]:
    """Return the width of every cell on one line, by columns, in whole steps of half an em; an empty one has one."""
    half = max(1, styles.roles["table"].size // 2)
    rows = [(styles.roles["table-head"], table.head), *((styles.roles["table"], row) for row in table.rows)]
    widths = [[setter.prepare(cell, _cell_style(style)).natural_width for cell in row] for style, row in rows]
    return [[max(1, -(-width // half)) * half for width in column] for column in zip(*widths, strict=True)]


def _shape(table: Table, styles: StoryStyle, setter: Setter, width: int) -> _Shape:
    """Choose the columns' widths: all cells on one line if they fit, else the widest columns of text give way.

    Of the whites between columns the one is taken with which the table is lowest, then the wider one.
    """
    em = styles.roles["table"].size
    half, edge = max(1, em // 2), _edge(styles)
    naturals = _naturals(table, styles, setter)
    numbers = [[_is_number(row[c]) for row in (table.head, *table.rows)] for c in range(len(naturals))]
    widest = [max(widths) for widths in naturals]
    floors = [
        [
            max(wide if figure else min(wide, words * em) for wide, figure in zip(*column, strict=True))
            for column in zip(naturals, numbers, strict=True)
        ]
        for words in WORDS
    ]
    for least in (widest, *floors):
        fitting = []
        for share in GAPS:
            gap = em * share // 1000
            room = width - 2 * edge - gap * (len(least) - 1)
            if sum(least) <= room:
                fitting.append(_spread(_narrowed(widest, least, room, half), room, gap, edge, half))
        if fitting:
            shape = min(fitting, key=lambda shape: _height(naturals, shape.widths))
            narrow = any(w < 2 * em and w < wide for w, wide in zip(shape.widths, widest, strict=True))
            return replace(shape, narrow=narrow)
    return _cut(floors[-1], width - 2 * edge, em * GAPS[-1] // 1000, edge)


def fits(table: Table, styles: StoryStyle, setter: Setter, width: int) -> tuple[bool, bool]:
    """Say whether all columns of a table find room in a width, and whether none of them is less than two em wide."""
    shape = _shape(table, styles, setter, width)
    return not shape.cut, not shape.narrow


def _height(naturals: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    """Return about how many lines the rows take with columns of some widths."""
    lines = ([-(-cell // width) for cell in column] for column, width in zip(naturals, widths, strict=True))
    return sum(map(max, zip(*lines, strict=True)))


def _is_number(cell: Paragraph) -> bool:
    """Say whether a cell is a figure with perhaps its unit, which never wraps."""
    text = cell.text
    return any(c.isdigit() for c in text) and sum(c.isalpha() and not c.isascii() for c in text) <= HAN_OF_NUMBER


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int, half: int) -> list[int]:
    """Take half an em from the widest column that can give it until all fit."""
    found = list(widths)
    while sum(found) > room:
        at = max((i for i in range(len(found)) if found[i] > least[i]), key=lambda i: found[i])
        found[at] = max(least[at], found[at] - half)
    return found


def _spread(widths: Sequence[int], room: int, gap: int, edge: int, half: int) -> _Shape:
    """Share what a table leaves of its width out to the columns in steps of half an em, the rest to the gaps."""
    more = (room - sum(widths)) // len(widths) // half * half
    wider = tuple(width + more for width in widths)
    return _Shape(wider, gap + (room - sum(wider)) // max(1, len(wider) - 1), edge)


def _cut(widths: Sequence[int], room: int, gap: int, edge: int) -> _Shape:
    """Keep the columns from the left that fit; the first is kept whatever it takes, and wraps."""
    kept = [min(widths[0], room)]
    for width in widths[1:]:
        if sum(kept) + len(kept) * gap + width > room:
            break
        kept.append(width)
    return _Shape(tuple(kept), gap, edge, len(widths) - len(kept))


# --- cells -------------------------------------------------------------------------------------------


def set_table(
    paragraph: Paragraph, styles: StoryStyle, frame: Frame, setter: Setter, width: int, key: str
) -> TableBlock:
    """Set a table to a width.

    Cells are named after their table, row and column (``p3r2c1``); row 0 is the head. A table that needs more
    than its width is cut to the columns that fit, with a red mark under it, and told.
    """
    table = paragraph.table
    assert table is not None
    shape = _shape(table, styles, setter, width)
    rows = []
    for number, cells in enumerate((table.head, *table.rows)):
        role = "table" if number else "table-head"
        style = styles.roles[role]
        boxes = []
        for column, (x, measure) in enumerate(zip(shape.xs, shape.widths, strict=True)):
            cell = cells[column]
            lines = setter.lines(cell, _cell_style(style, _aligned(table, column, style, number)), measure)
            name = f"{key}r{number}c{column + 1}"
            boxes.append(grid_text(frame, role, name, cell, style, lines, x, 0, measure))
        height = max(1, *(len(box.lines) for box in boxes))
        rows.append(SolidBlock(height, tuple(box for box in boxes if box.lines)))
    told = [found for row in rows for box in row.boxes if isinstance(box, TextBox)
            for found in findings(box.lines, box.paragraph.where)]  # fmt: skip
    if shape.narrow:
        told.append(_too_narrow(paragraph))
    if shape.cut:
        told.append(_too_wide(paragraph, shape.cut))
        rows[-1] = _marked(rows[-1], shape.cut, frame, width)
    middles = [x - shape.gap // 2 for x in shape.xs[1:]]
    sides = (0, *middles, width) if styles.table_rules == "grid" else ()
    return TableBlock(rows[0], tuple(rows[1:]), width, sides, styles.table_rules != "three", told=tuple(told))


def _cell_style(style: TextStyle, align: Align = "start") -> TextStyle:
    return replace(style, align=align, indent=0)


def _aligned(table: Table, column: int, style: TextStyle, row: int) -> Align:
    """Return a cell's alignment: as its column's dashes say, else mostly figures at the right, words by the style."""
    asked: ColumnAlign = table.aligns[column]
    if asked != "auto":
        return asked
    cells = [row[column] for row in table.rows if row[column].text]
    if row and 2 * sum(map(_is_number, cells)) > len(cells):
        return "end"
    return style.align


def _marked(row: SolidBlock, cut: int, frame: Frame, width: int) -> SolidBlock:
    """Add the red mark of a table that is cut under its last row."""
    wide = min(width, MARK_WIDTH * frame.size)
    mark = Ornament(Rect(width - wide, frame.top(row.height), wide, frame.leading), "overset", f"表格太宽：缺 {cut} 栏")
    return replace(row, height=row.height + 1, boxes=(*row.boxes, mark))


def _too_narrow(paragraph: Paragraph) -> Diagnostic:
    return Diagnostic(
        "makeup.table-narrow",
        Say("the table has columns less than two em wide", "表格有的栏不足两字宽"),
        Severity.WARNING,
        _ROOM_FOR_TABLE,
        paragraph.where,
    )


def _too_wide(paragraph: Paragraph, cut: int) -> Diagnostic:
    assert paragraph.table is not None
    lost = sum(not c.isspace() for row in (paragraph.table.head, *paragraph.table.rows)
               for cell in row[-cut:] for c in cell.text)  # fmt: skip
    count = len(paragraph.table.aligns)
    return Diagnostic(
        "makeup.table-too-wide",
        Say(
            f"the last {cut} of the table's {count} columns ({lost} characters) find no room in its width",
            f"表格 {count} 栏，末 {cut} 栏（{lost} 字）排不下",
        ),
        Severity.ERROR,
        _ROOM_FOR_TABLE,
        paragraph.where,
    )


def row_place(block: TableBlock, row: int) -> SourceRef | None:
    """Return the file and line of a row."""
    boxes = block.rows[row].boxes or block.head.boxes
    return next((box.paragraph.where for box in boxes if isinstance(box, TextBox)), None)


def row_of(box: Box) -> str:
    """Return the name of the row in which a cell stands (``p3r2``), an empty text for what is no cell."""
    if not isinstance(box, TextBox) or box.role not in ("table", "table-head"):
        return ""
    return box.key.rpartition("c")[0]


# --- pieces ------------------------------------------------------------------------------------------


def piece(block: TableBlock, first: int, last: int, leading: int) -> list[Box]:
    """Return the boxes of some rows under the table's head, with the rules, from the piece's top left corner.

    The head of a later piece is the first one's again; its keys end with the row that it stands over (``p3r0c1+8``).
    """
    boxes: list[Box] = [Ornament(Rect(0, 0, block.width, 0), "table-top")]
    head = [replace(b, key=f"{b.key}+{first + 1}") if first and isinstance(b, TextBox) else b for b in block.head.boxes]
    boxes.extend(head)
    y = block.head.height * leading
    for number, row in enumerate(block.rows[first:last]):
        if block.ruled or number == 0:
            role = "table-rule" if number else "table-head-rule"
            boxes.append(Ornament(Rect(0, y, block.width, 0), role))
        boxes.extend(shifted(b, 0, y) for b in row.boxes)
        y += row.height * leading
    boxes.append(Ornament(Rect(0, y, block.width, 0), "table-foot"))
    boxes.extend(Ornament(Rect(x, 0, 0, y), "table-side") for x in block.sides)
    return boxes


@dataclass(frozen=True, slots=True)
class WideTable:
    """A table over several columns, with the boxes of its title and of its source, each from its own top left corner."""

    columns: int
    block: TableBlock
    title: tuple[TextBox, ...] = ()
    source: tuple[TextBox, ...] = ()


def wide_tables(
    paragraphs: Sequence[Paragraph], styles: StoryStyle, frame: Frame, setter: Setter, source: Paragraph | None = None
) -> list[WideTable]:
    """Set the tables of a body that span several columns; each comes with the number of its columns.

    A subhead just over a table is its title and goes with it; so does the copy's source under one that ends the body. Text
    that follows a table stands before it, and that is told.
    """
    spans = [columns_of(paragraph, styles, frame, setter) for paragraph in paragraphs]
    found = []
    for index, (paragraph, columns) in enumerate(zip(paragraphs, spans, strict=True)):
        if columns == 1:
            continue
        width = frame.width(columns, frame.columns - columns)
        table = set_table(paragraph, styles, frame, setter, width, f"p{index}")
        if (after := _first_text(paragraphs, spans, index + 1)) is not None:
            table = replace(table, told=(*table.told, _text_before(after, columns)))
        title: tuple[TextBox, ...] = ()
        if index and (before := paragraphs[index - 1]).kind is Kind.SUBHEAD:
            style = styles.roles["subhead"]
            lines = setter.subhead(before, style, width)
            title = (grid_text(frame, "subhead", f"p{index - 1}", before, style, lines, 0, 0, width),)
        named: tuple[TextBox, ...] = ()
        if source and index == len(paragraphs) - 1:
            style = styles.roles["credit"]
            lines = setter.short(source, style, width, 3)
            named = (grid_text(frame, "credit", SOURCE_KEY, source, style, lines, 0, 0, width),)
        found.append(WideTable(columns, table, title, named))
    return found


def _first_text(paragraphs: Sequence[Paragraph], spans: Sequence[int], first: int) -> Paragraph | None:
    """Return the first paragraph from `first` on that stays in the columns: neither a wide table nor its title."""
    for index in range(first, len(paragraphs)):
        is_title = paragraphs[index].kind is Kind.SUBHEAD and [*spans, 1][index + 1] > 1
        if spans[index] == 1 and not is_title:
            return paragraphs[index]
    return None


def _text_before(after: Paragraph, columns: int) -> Diagnostic:
    return Diagnostic(
        "makeup.text-before-table",
        Say(
            f"this text follows a table in the copy and stands before it: over {columns} columns it is at the story's foot",
            f"稿中这段在表格之后，版上却在表格之前：表格占 {columns} 栏，排在稿件下部",
        ),
        Severity.WARNING,
        Say(
            "end the copy with the table, or let it stand in one column (--table-columns: 1)",
            "请把表格移到文末，或让它只占一栏（--table-columns: 1）",
        ),
        after.where,
    )


def table_floats(
    tables: Sequence[WideTable], frame: Frame, above: Sequence[Float], line: int, *, has_text: bool
) -> list[Float]:
    """Place tables over several columns at the foot of the last ones, the last table lowest.

    A story without text has its tables at the top, under what stands there.

    Args:
        tables: the tables.
        frame: the story's frame.
        above: what stands at the story's top already.
        line: the first line under the headline.
        has_text: whether text flows round the tables.
    """
    made: list[Float] = []
    for table in tables:
        column = frame.columns - table.columns
        # A line of white parts the table from what is over it.
        title = 1 + sum(len(box.lines) for box in table.title)
        source = title + table.block.depth(0, len(table.block.rows))
        lines = source + sum(len(box.lines) for box in table.source)
        rows = piece(table.block, 0, len(table.block.rows), frame.leading)
        parts = ((table.title, 1), (rows, title), (table.source, source))
        boxes = tuple(shifted(box, 0, frame.top(at)) for part, at in parts for box in part)
        free = max([line, *(f.line + f.lines for f in above if f.column + f.columns > column)])
        made.append(Float(column, table.columns, free, lines, boxes, table.block.told))
    placed: list[Float] = []
    if not has_text:
        for one in made:
            placed.append(replace(one, line=max([one.line, *(over.line + over.lines for over in placed)])))
        return placed
    # Tables that have not all room reach below the story, where that is told, and never stand on one another.
    depths = accumulate(one.lines for one in reversed(made))
    foot = max([frame.lines, *(one.line + depth for one, depth in zip(reversed(made), depths, strict=True))])
    for one in reversed(made):
        foot -= one.lines
        placed.append(replace(one, line=foot))
    return placed
