"""Text beside a picture in one column (绕排): the lines beside it are one solid block, what follows flows on.

In: a picture with its caption as an `Inset`, and the paragraphs from where it begins. Out: blocks. A paragraph
that reaches under the picture is composed once, its first lines at the narrow measure and the rest at the
column's, and keeps its key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from printkit.makeup.flow import Block, SolidBlock, TextBlock
from printkit.makeup.frames import Frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.floats import caption_boxes, crop_range, grid_text, picture_lines, shifted
from printkit.makeup.story.own_lines import Column
from printkit.makeup.story.paragraphs import text_block
from printkit.makeup.story.pictures import picture_boxes
from printkit.model.article import Picture
from printkit.model.geometry import StoryStyle
from printkit.model.page import Box, PictureBox
from printkit.model.text import Kind, Paragraph

LEAST_TEXT = 5
"""Em of text beside a picture under which lines fall apart: the picture then stands above the text."""

_GAP = 750
"""White between a picture and the text beside it, in thousandths of an em."""


@dataclass(frozen=True, slots=True)
class Inset:
    """A picture at a side of a column, `depth` lines with its caption.

    `measures` are those of the lines of text beside it, none where no text fits there; each line ends at the column's end,
    or begins at its beginning where the picture stands `at_right`.
    """

    boxes: tuple[Box, ...]
    depth: int
    measures: tuple[int, ...]
    at_right: bool


def sides(frame: Frame, wish: int) -> tuple[int, int] | None:
    """Return the widths of a picture about as wide as wished and of the text beside it, which is whole em.

    None where the text would have less than `LEAST_TEXT` em.
    """
    em = frame.size
    text = (frame.measure - wish - em // 2) // em * em
    return (frame.measure - text - em * _GAP // 1000, text) if text >= LEAST_TEXT * em else None


def inset(picture: Picture, styles: StoryStyle, frame: Frame, setter: Setter, key: str) -> Inset:
    """Set a wrapped picture with caption and credit under it; over the whole column where no text fits beside it."""
    widths = sides(frame, round(frame.measure * styles.wrap_share))
    width, measure = widths or (frame.measure, 0)
    lines = picture_lines(picture, width, frame)
    captions, caption_lines = caption_boxes(picture, styles, width, frame, setter, key)
    space = styles.caption_space if captions else 0
    boxes = [
        *picture_boxes(picture, width, lines, frame, space),
        *(shifted(box, 0, frame.top(lines)) for box in captions),
    ]
    made = _at_side(boxes, lines + caption_lines, width, measure, picture.side or styles.wrap_side, frame)
    return _outlined(made, picture.contour, lines, frame) if picture.contour and measure else made


def portrait_inset(portrait: Picture, styles: StoryStyle, frame: Frame, name: str) -> Inset | None:
    """Set the portrait of a section beside its text, about as high as the style has it; None where none fits beside it."""
    wide, high = portrait.pixels
    _, height = frame.picture(0, styles.portrait_lines)
    widths = sides(frame, min(height * wide // high, round(frame.measure * styles.wrap_share)))
    if widths is None:
        return None
    least, most = crop_range(portrait, widths[0], frame, styles.picture_crop)
    lines = min(max(styles.portrait_lines, least), most)
    boxes = [
        replace(box, role="portrait", alt=box.alt or name)
        for box in picture_boxes(portrait, widths[0], lines, frame)
        if isinstance(box, PictureBox)
    ]
    return _at_side(boxes, lines, *widths, styles.wrap_side, frame)


def _at_side(boxes: Sequence[Box], depth: int, width: int, measure: int, side: str, frame: Frame) -> Inset:
    """Put a picture at a side of its column."""
    right = side == "right" and measure > 0
    shift = frame.measure - width if right else 0
    measures = (measure,) * depth if measure else ()
    return Inset(tuple(shifted(box, shift, 0) for box in boxes), depth, measures, right)


def _outlined(beside: Inset, contour: Sequence[tuple[float, float]], lines: int, frame: Frame) -> Inset:
    """Let each line of text reach as near to what was cut out as whole em let it; never nearer over the caption."""
    [shot] = (box for box in beside.boxes if isinstance(box, PictureBox))
    em, rect = frame.size, shot.rect
    near = em * _GAP // 1000
    measures = list(beside.measures)
    for line in range(lines):
        # A figure keeps as much from the line over it and under it as from that beside it.
        top, foot = (frame.top(line) + frame.white - near // 2, frame.top(line) + frame.white + em + near // 2)
        bands = [
            ends
            for index, ends in enumerate(contour)
            if rect.y + rect.height * (index + 1) // len(contour) > top
            and rect.y + rect.height * index // len(contour) < foot
        ]
        seen = [ends for ends in bands if ends[0] < ends[1]]
        left = rect.x + round(rect.width * min((ends[0] for ends in seen), default=0))
        right = rect.x + round(rect.width * max((ends[1] for ends in seen), default=0))
        free = left - near if beside.at_right else frame.measure - right - near
        free = free if seen else frame.measure
        measures[line] = max(measures[line], free // em * em)
    return replace(beside, measures=tuple(measures))


def run_beside(
    beside: Inset,
    paragraphs: Sequence[Paragraph],
    names: Sequence[str],
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
) -> tuple[list[Block], int]:
    """Run paragraphs beside a picture.

    Returns:
        The picture with the lines beside it, then the rest of the last of these paragraphs; and how many paragraphs
        were taken. Those after them are the caller's.
    """
    boxes = list(beside.boxes)
    last: TextBlock | None = None
    used, taken, stand = 0, 0, 0
    depth = len(beside.measures)
    while used < depth and taken < len(paragraphs) and not _is_of_table(paragraphs[taken : taken + 2]):
        column = Column(frame.measure, beside.measures[used:])
        last = text_block(paragraphs[taken], styles, frame, setter, names[taken], column)
        stand = min(len(last.lines), depth - used)
        boxes.append(_lines_beside(last, stand, beside, used, frame))
        used += stand
        taken += 1
        used += [p.kind for p in paragraphs[taken - 1 : taken + 1]] == [Kind.VERSE, Kind.VERSE]  # white parts stanzas
    rest = last.lines[stand:] if last else ()
    # A subhead as the last line beside the picture keeps to the text under it.
    keep = last.keep if last and not rest else 0
    blocks: list[Block] = [SolidBlock(beside.depth, tuple(boxes), keep=keep)]
    if last and rest:
        blocks.append(replace(last, lines=rest, whole_measure=False))
    return blocks, taken


def _is_of_table(paragraphs: Sequence[Paragraph]) -> bool:
    """Say whether a table comes next, or a subhead that is its title: tables take the whole column."""
    kinds = [paragraph.kind for paragraph in paragraphs]
    return kinds[0] is Kind.TABLE or kinds == [Kind.SUBHEAD, Kind.TABLE]


def _lines_beside(block: TextBlock, stand: int, beside: Inset, line: int, frame: Frame) -> Box:
    """Place the lines of a block beside a picture, at the column's edge away from it."""
    measures = beside.measures[line : line + stand]
    width = max(measures, default=beside.measures[0])
    lines = block.lines[:stand]
    if not beside.at_right:
        lines = tuple(
            replace(one, x=one.x + width - measure) if measure < width else one
            for one, measure in zip(lines, measures, strict=True)
        )
    x = 0 if beside.at_right else frame.measure - width
    return grid_text(frame, block.role, block.key, block.paragraph, block.style, lines, x, line, width)
