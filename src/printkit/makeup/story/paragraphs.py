"""A paragraph of any kind as a block of lines in a column, of which some lines at the top may be narrower."""

from collections.abc import Sequence
from dataclasses import replace

from printkit.compose import Measure
from printkit.makeup.flow import Block, SolidBlock, TextBlock
from printkit.makeup.frames import Frame
from printkit.makeup.setting import SUBHEAD_LINES, Setter
from printkit.makeup.story.own_lines import Column, own_lines
from printkit.model.geometry import StoryStyle
from printkit.model.text import LINED, Kind, Paragraph, Run

KEEP = 2
"""Lines of text that stay with the heading above them (composition.md D4)."""

LIST_MARK = "▪"

_WHOLE_STANZA = 6
"""Most lines of a stanza that no column's end divides."""

_INSET_FROM = 8
"""Em of measure over which a quotation stands one em in at both sides."""


def text_block(
    paragraph: Paragraph,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    key: str,
    column: Column | None = None,
) -> TextBlock:
    """Set one paragraph in a column, the frame's where none is given."""
    column = column or Column(frame.measure)
    em = frame.size
    match paragraph.kind:
        case Kind.SUBHEAD:
            style = styles.roles["subhead"]
            lines = setter.heading((paragraph.text,), False, style, column.width(0), SUBHEAD_LINES)
            if lines is None or len(lines) > column.depth > 0:
                lines = setter.lines(paragraph, style, column.plain)
            return TextBlock(paragraph, style, lines, "subhead", key, keep=KEEP)
        case Kind.QUOTATION:
            style = styles.roles["quotation"]
            lines = setter.lines(paragraph, style, _inset(em, column))
            return TextBlock(paragraph, style, lines, "quotation", key)
        case Kind.LIST_ITEM:
            style = replace(styles.roles["body"], indent=0)
            marked = replace(paragraph, runs=(Run(LIST_MARK), *paragraph.runs))
            lines = setter.lines(marked, style, _hanging(em, column))
            return TextBlock(marked, style, lines, "body", key)
        case kind if kind in LINED:
            style = styles.roles[kind]
            lines = own_lines(paragraph, style, setter, column)
            whole = kind in (Kind.SIGN, Kind.CENTRE) or (kind is Kind.VERSE and len(lines) <= _WHOLE_STANZA)
            # A flush line after others is the second of 此致 / 敬礼.
            tied = kind is Kind.SIGN or (kind is Kind.FLUSH and len(lines) == 1)
            return TextBlock(paragraph, style, lines, kind, key, whole=whole, tied=tied)
        case _:
            style = styles.roles["body"]
            lines = setter.lines(paragraph, style, column.plain)
            return TextBlock(paragraph, style, lines, "body", key, whole_measure=not column.depth)


def set_paragraphs(
    paragraphs: Sequence[Paragraph], role: str, styles: StoryStyle, frame: Frame, setter: Setter, key: str
) -> list[Block]:
    """Set paragraphs of every kind but tables in the type of one role, as boxes and notices have them; stanzas are parted."""
    text = styles.roles[role]
    kinds = ("subhead", "quotation", *LINED)
    typed = {
        kind: replace(style, size=text.size, leading=text.leading)
        for kind, style in styles.roles.items()
        if kind in kinds
    }
    inside = replace(styles, roles={**styles.roles, "body": text, **typed})
    blocks: list[Block] = []
    for index, paragraph in enumerate(paragraphs):
        if index and paragraph.kind is paragraphs[index - 1].kind is Kind.VERSE:
            blocks.append(SolidBlock(1, gap=True))
        block = text_block(paragraph, inside, frame, setter, f"{key}p{index}")
        blocks.append(replace(block, role=role, whole_measure=False))
    return blocks


def _inset(em: int, column: Column) -> Measure:
    """Return a measure that starts some way in on every line, where there is room for that."""

    def measure(line: int) -> tuple[int, int]:
        width = column.width(line)
        return (em, width - 2 * em) if width > _INSET_FROM * em else (0, width)

    return measure


def _hanging(em: int, column: Column) -> Measure:
    """Return a measure whose lines but the first start one em in, under the text of the list's mark."""

    def measure(line: int) -> tuple[int, int]:
        width = column.width(line)
        return (em, width - em) if line else (0, width)

    return measure
