"""Paragraphs whose lines are the copy's own (verse, letters, centred lines), in a column or an editor's note."""

from dataclasses import dataclass, replace

from printkit.compose import Measure
from printkit.makeup.setting import Setter
from printkit.model.lines import ComposedLine
from printkit.model.style import TextStyle
from printkit.model.text import LINED, Kind, Paragraph


@dataclass(frozen=True, slots=True)
class Column:
    """The measure of a column: those of its first lines beside a picture, then `whole`."""

    whole: int
    beside: tuple[int, ...] = ()

    @property
    def depth(self) -> int:
        """The lines beside the picture."""
        return len(self.beside)

    def width(self, line: int) -> int:
        """Return the measure of a line, from 0."""
        return self.beside[line] if line < self.depth else self.whole

    @property
    def plain(self) -> Measure:
        """The measure of a paragraph that fills the column."""
        return (lambda line: (0, self.width(line))) if self.depth else self.whole


def own_lines(paragraph: Paragraph, style: TextStyle, setter: Setter, column: Column) -> tuple[ComposedLine, ...]:
    """Set each line of the copy on lines of its own, every one with the style's indent; at its end for lines at the right.

    A line of verse that does not fit turns over one em further in.
    """
    right = style.em * style.indent // 1000 if style.align == "end" else 0
    style = replace(style, indent=0) if right else style
    if paragraph.kind is Kind.VERSE and style.align != "center":
        style = replace(style, hanging_indent=style.indent + 1000)
    composed: list[ComposedLine] = []
    run = start = 0
    parts = paragraph.lines
    for number, part in enumerate(parts, 1):
        measure = _less(right, column, len(composed)) if right or column.depth else column.whole
        # The lines refer to the runs and the text of the whole paragraph.
        composed += [
            replace(
                line, runs=tuple(index + run for index in line.runs), start=line.start + start, end=line.end + start
            )
            for line in setter.lines(part, style, measure)
        ]
        if number < len(parts):
            composed[-1] = _spoken(composed[-1])
        run, start = run + len(part.runs), start + len(part.text) + 1
    return tuple(composed)


def _spoken(line: ComposedLine) -> ComposedLine:
    """End a line with a blank of no width for the line end: whoever reads it aloud stops there."""
    if not line.clusters:
        return line
    return replace(
        line,
        clusters=(*line.clusters, " "),
        advances=(*line.advances, 0),
        shifts=(*line.shifts, 0),
        runs=(*line.runs, line.runs[-1]),
        end=line.end + 1,
    )


def _less(right: int, column: Column, first: int) -> Measure:
    """Return the measure of the lines from a first one on, with some white at the right."""
    return lambda line: (0, column.width(first + line) - right)


def note_lines(paragraph: Paragraph, style: TextStyle, setter: Setter, measure: int) -> tuple[ComposedLine, ...]:
    """Set a paragraph of an editor's note; the note is in one type, so that its kind tells but where its lines stand."""
    match paragraph.kind:
        case kind if kind not in LINED:
            return setter.lines(paragraph, style, measure)
        case Kind.SIGN:
            style = replace(style, align="end", indent=1000)
        case Kind.CENTRE:
            style = replace(style, align="center", indent=0)
        case Kind.FLUSH:
            style = replace(style, indent=0)
        case _:
            style = replace(style, align="start")
    return own_lines(paragraph, style, setter, Column(measure))
