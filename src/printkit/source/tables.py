"""Pipe tables of the copy cut into cells (GitHub Flavored Markdown, 4.10).

In come the lines of a table with their places, out come its rows as raw text, which `markup` reads for inline
marks. Unlike GFM, a row with too few or too many cells is a fault: nothing is filled up or dropped.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from printkit.diagnostics import Say, SourceRef
from printkit.model.text import ColumnAlign

_CELL = re.compile(r"(?:\\.|[^|])*")
"""A cell as written: up to the next ``|`` that no backslash stands before."""

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?|\|[ \t]*:?-+:?[ \t]*\|?")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line as written, and the line's place."""

    cells: tuple[str, ...]
    where: SourceRef


@dataclass(frozen=True, slots=True)
class Grid:
    """A table cut into cells; rows that do not have as many cells as the head are left out, and told."""

    head: Row
    rows: tuple[Row, ...]
    aligns: tuple[ColumnAlign, ...]


def begins(line: str, following: str) -> bool:
    """Tell whether a line is a table's head: a ``|`` that counts in it, and a line of dashes and ``|`` under it."""
    return "|" in line and _RULE.fullmatch(following) is not None and (line[0] == "|" or len(_cells(line)) > 1)


def cut(lines: Sequence[tuple[str, SourceRef]], tell: Callable[[str, SourceRef, Say, Say], None]) -> Grid:
    """Cut a table's lines into cells and tell of rows that do not fit its head."""
    head, rule, *rows = (Row(_cells(text), where) for text, where in lines)
    found = []
    for row in (rule, *rows):
        if len(row.cells) != len(head.cells):
            message = Say(
                f"this row of the table has {len(row.cells)} cell(s), its head {len(head.cells)}",
                f"表格的这一行有 {len(row.cells)} 格，表头有 {len(head.cells)} 格",
            )
            hint = Say(
                "give every row as many cells, an empty line after the table, and write a | of the text as `\\|`",
                "各行格数要相同；表格后空一行；文字里的竖线写作“\\|”",
            )
            tell("table", row.where, message, hint)
        elif row is not rule:
            found.append(row)
    if not rows:
        message = Say("the table has no row under its head", "表格只有表头，没有内容")
        tell("table", head.where, message, Say("add a row, or take the table out", "请补上内容，或去掉表格"))
    return Grid(head, tuple(found), tuple(_align(cell.strip()) for cell in rule.cells))


def _cells(line: str) -> tuple[str, ...]:
    """Cut a line at its ``|``; one at its start and one at its end are the table's edges."""
    cells = []
    at = 1 if line.startswith("|") else 0
    while at < len(line):
        found = _CELL.match(line, at)
        assert found is not None, "the pattern matches an empty text"
        cells.append(found[0])
        at = found.end() + 1
    return tuple(cells) or ("",)


def _align(cell: str) -> ColumnAlign:
    """Read ``:--``, ``--:`` and ``:-:``; bare dashes leave it to the style."""
    match cell[:1] == ":", cell[-1:] == ":":
        case True, True:
            return "center"
        case True, False:
            return "start"
        case False, True:
            return "end"
        case _:
            return "auto"
