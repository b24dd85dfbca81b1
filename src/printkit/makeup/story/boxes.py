"""Boxes inside a story (附文): 链接, 编后, 资料, 相关, each undivided, with the word for what it is over its headline and text.

A box stands at the foot of the last columns, at the top of the last one, or in the text; text runs round it as round a
picture. One over several columns has as many of its own inside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from printkit.compose import findings
from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.flow import Block, Region, SolidBlock, TextBlock, balanced, depth_of
from printkit.makeup.frames import Frame
from printkit.makeup.setting import SUBHEAD_LINES, Setter, heading_paragraph
from printkit.makeup.story.floats import Float, free_text, shifted
from printkit.makeup.story.paragraphs import KEEP, set_paragraphs
from printkit.model.article import BOX_TEXTS, StoryBox
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.lines import ComposedLine
from printkit.model.page import Box, Ornament, TextBox
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run


@dataclass(frozen=True, slots=True)
class _Framed:
    """A box as set at a width: its boxes from its top left corner, and the whole lines that it takes with its white."""

    boxes: tuple[Box, ...]
    lines: int


def box_blocks(boxes: Sequence[tuple[int, StoryBox]], styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set boxes, each with its number in the story, as blocks of a column that are never divided."""
    blocks: list[Block] = []
    for number, box in boxes:
        framed = _framed(box, number, 1, styles, frame, setter)
        blocks.append(SolidBlock(framed.lines, framed.boxes))
    return blocks


def box_floats(
    boxes: Sequence[StoryBox],
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    above: Sequence[Float],
    below: Sequence[Float],
    line: int,
) -> list[Float]:
    """Place the boxes that text runs round: at the foot from the right, or in the last column under what stands there.

    Args:
        boxes: the story's boxes.
        styles: the story's type.
        frame: the story's frame.
        setter: the composer.
        above: what stands at the story's top already.
        below: what stands at its foot.
        line: the first line under the headline.
    """
    tops, feet = list(above), list(below)
    placed: list[Float] = []
    right = frame.columns
    for number, box in sorted(enumerate(boxes), key=lambda item: item[1].place != "side"):
        if box.place == "inside":
            continue
        columns = 1 if box.place == "side" else _columns(box, number, styles, frame, setter)
        framed = _framed(box, number, columns, styles, frame, setter)
        # Boxes stand side by side at the foot; one for which there is no room beside the others goes over them.
        edge = frame.columns if box.place == "side" or columns > right else right
        # Its edge stands where the Han of the first or the last line do; a line of white parts it from the text.
        to_han = frame.leading // 2 - frame.white
        moved = tuple(shifted(b, 0, -to_han if box.place == "side" else to_han) for b in framed.boxes)
        one = Float(edge - columns, columns, line, framed.lines, moved)
        start = max([line, *(other.line + other.lines for other in tops if _beside(one, other))])
        foot = min([frame.lines, *(other.line for other in feet if _beside(one, other))])
        over = max(0, start + one.lines - foot)
        told = (_too_tall(box, over),) if over else ()
        if box.place == "side":
            tops.append(one := replace(one, line=start, told=told))
        else:
            right = one.column
            feet.append(one := replace(one, line=max(start, foot - one.lines), told=told))
        placed.append(one)
    return placed


def box_text(boxes: Sequence[StoryBox], styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set boxes as text that follows a story's own and is divided like it: in a reprint every line finds its room."""
    blocks: list[Block] = []
    for number, box in enumerate(boxes):
        y, heads = 0, []
        for role, paragraph, style, lines in _heads(box, styles, frame.measure, setter):
            heads.append(free_text(role, _key(number, role), paragraph, style, lines, 0, y, frame.measure))
            y = heads[-1].rect.bottom
        rule = Ornament(Rect(0, frame.leading // 2, frame.measure, 0), "story-rule")
        blocks.append(SolidBlock(1, (rule,), gap=True))
        blocks.append(SolidBlock(-(-y // frame.leading), tuple(heads), keep=KEEP))
        blocks += set_paragraphs(box.body, box.role, styles, frame, setter, f"box{number}")
    return blocks


def lost_boxes(over: Iterable[tuple[Block, int]], boxes: Sequence[StoryBox], frame: Frame) -> list[Diagnostic]:
    """Tell of the boxes in the text that no column has room for."""
    told = []
    for block, _ in over:
        if isinstance(block, SolidBlock) and any(isinstance(b, TextBox) and b.role == "box-name" for b in block.boxes):
            where = next(b.paragraph.where for b in block.boxes if isinstance(b, TextBox))
            box = next(one for one in boxes if one.where == where)
            told.append(_too_tall(box, max(1, block.height - frame.lines)))
    return told


def box_lines(boxes: Iterable[Box]) -> list[Diagnostic]:
    """Tell of the lines in boxes that no step could bring to the measure."""
    texts = (box for box in boxes if isinstance(box, TextBox) and box.role in BOX_TEXTS)
    return [found for box in texts for found in findings(box.lines, box.paragraph.where)]


def _columns(box: StoryBox, number: int, styles: StoryStyle, frame: Frame, setter: Setter) -> int:
    """Return the columns of a box at the foot: those of the style, else the fewest in which it is no higher than wide."""
    if styles.box_columns:
        return min(styles.box_columns, frame.columns)
    for columns in range(1, frame.columns):
        high = _framed(box, number, columns, styles, frame, setter).lines * frame.leading
        if high <= frame.width(columns):
            return columns
    return frame.columns


def _beside(one: Float, other: Float) -> bool:
    """Say whether two have a column in common."""
    return one.column < other.column + other.columns and other.column < one.column + one.columns


def _framed(box: StoryBox, number: int, columns: int, styles: StoryStyle, frame: Frame, setter: Setter) -> _Framed:
    """Set a box over some columns: half a line of white over it and under it, its words in the middle of its frame."""
    style = styles.roles[box.role]
    width = frame.width(columns)
    padding = min(styles.box_padding, width // 6)
    gutter = 2 * style.size
    measure = (width - 2 * padding - (columns - 1) * gutter) // columns
    measure = max(style.size, measure // style.size * style.size)
    inner = columns * measure + (columns - 1) * gutter
    x = (width - inner) // 2
    xs = tuple(x + index * (measure + gutter) for index in range(columns))
    own = Frame(Rect(0, 0, width, 0), xs, measure, 0, style.leading, style.size)
    heads = _heads(box, styles, inner, setter)
    blocks = set_paragraphs(box.body, box.role, styles, own, setter, f"box{number}")
    depth = sum(map(depth_of, blocks))
    flowed = balanced(blocks, [Region(column, 0, depth) for column in range(columns)])
    text = max((piece.line + piece.height for piece in flowed.placed), default=0) * style.leading
    height = sum(len(lines) * head.leading for _, _, head, lines in heads) + text
    # The first line's and the last one's own leading does not count.
    lines = -(-(height - (style.leading - style.size) + 2 * padding) // frame.leading) + 1
    top, high = frame.leading // 2, (lines - 1) * frame.leading
    boxes: list[Box] = [Ornament(Rect(0, top, width, high), f"story-box box-{box.kind}")]
    y = top + (high - height) // 2
    for role, paragraph, head, set_lines in heads:
        boxes.append(free_text(role, _key(number, role), paragraph, head, set_lines, x, y, inner))
        y = boxes[-1].rect.bottom
    for piece in flowed.placed:
        if isinstance(piece.block, TextBlock):
            block = piece.block
            lines_here = block.lines[piece.first : piece.last]
            at = xs[piece.column], y + piece.line * style.leading
            boxes.append(free_text(block.role, block.key, block.paragraph, block.style, lines_here, *at, measure))
    return _Framed(tuple(boxes), lines)


def _heads(
    box: StoryBox, styles: StoryStyle, width: int, setter: Setter
) -> list[tuple[str, Paragraph, TextStyle, tuple[ComposedLine, ...]]]:
    """Set the word for what a box is, and its headline."""
    name = Paragraph((Run(box.name),), where=box.where)
    style = styles.roles["box-name"]
    heads = [("box-name", name, style, setter.short(name, style, width, 1))]
    if box.headline:
        style, given = styles.roles["box-headline"], box.headline
        paragraph = replace(heading_paragraph(given.lines), where=given.where)
        lines = setter.heading(given.lines, given.given, style, width, max(SUBHEAD_LINES, len(given.lines)))
        heads.append(("box-headline", paragraph, style, lines or setter.lines(paragraph, style, width)))
    return heads


def _key(number: int, role: str) -> str:
    return f"box{number}{role.removeprefix('box-')[0]}"


def _too_tall(box: StoryBox, over: int) -> Diagnostic:
    return Diagnostic(
        "makeup.box-too-tall",
        Say(f"the box “{box.name}” is {over} line(s) too high for its place", f"附文“{box.name}”高出位置 {over} 行"),
        Severity.ERROR,
        Say(
            "shorten it, or give it more columns (--box-columns) or the story more room",
            "请缩短附文，或让它多占几栏（--box-columns），或给这篇稿子更大的版位",
        ),
        box.where,
    )
