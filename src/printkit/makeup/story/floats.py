"""What stands across columns and text runs round: pictures with their captions, the box of an editor's note.

Every float takes whole lines of the grid. A picture's height may give or take lines as far as the style
allows it to be cropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.flow import Block, SolidBlock
from printkit.makeup.frames import HAN_TOP, Frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.own_lines import note_lines
from printkit.makeup.story.pictures import own_height, picture_boxes
from printkit.model.article import Picture
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.lines import ComposedLine
from printkit.model.page import Box, Ornament, PictureBox, TextBox
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run

_HAIR = 0.05
"""Share of a line that is no line more: a picture that is never cropped becomes so much smaller instead."""

_CENTRED = 3
"""Lines of a caption that are centred under a narrow picture; a longer one is set like text."""


@dataclass(frozen=True, slots=True)
class Float:
    """Boxes that take some columns and lines; boxes are placed from the float's top left corner.

    One without boxes keeps its place free for what is not the story's.
    """

    column: int
    columns: int
    line: int
    lines: int
    boxes: tuple[Box, ...]
    told: tuple[Diagnostic, ...] = ()

    def foot(self, leading: int) -> int:
        """Return the line of its story under its lowest box."""
        return self.line + -(-max((box.rect.bottom for box in self.boxes), default=0) // leading)


def picture_lines(picture: Picture, width: int, frame: Frame) -> int:
    """Return the whole lines that come nearest to a picture's own ratio, or a group's, at a width.

    One that is never cropped takes the lines that it stands in.
    """
    height, white = own_height(picture, width, frame)
    lines = (height + white + 2 * frame.white) / frame.leading
    return max(2, ceil(lines - _HAIR) if picture.whole else round(lines))


def crop_range(picture: Picture, width: int, frame: Frame, crop: float) -> tuple[int, int]:
    """Return the least and most lines of a picture of which at most the share `crop` of a side is cut.

    One that is never cropped becomes so much narrower instead, and never wider than its columns.
    """
    height, white = own_height(picture, width, frame)
    white += 2 * frame.white
    natural = picture_lines(picture, width, frame)
    least = -(-(height * (1 - crop) + white) // frame.leading)
    most = (height / (1 - crop) + white) // frame.leading
    return min(natural, max(2, int(least))), natural if picture.whole else max(natural, int(most))


def caption_boxes(
    picture: Picture, styles: StoryStyle, width: int, frame: Frame, setter: Setter, key: str
) -> tuple[tuple[TextBox, ...], int]:
    """Set caption and credit under a picture: the credit flush right on the caption's last line, or alone.

    Returns:
        Boxes from the caption's first line, and the lines of the grid they take.
    """
    boxes: list[TextBox] = []
    lines = 0
    last_width = 0
    if picture.caption:
        style = styles.roles["caption"]
        paragraph = Paragraph((Run(picture.caption),), where=picture.caption_where or picture.where)
        set_lines = _caption_lines(paragraph, style, width, frame, setter)
        boxes.append(grid_text(frame, "caption", f"{key}c", paragraph, style, set_lines, 0, 0, width))
        lines = len(set_lines)
        last_width = (set_lines[-1].x + set_lines[-1].width) if set_lines else 0
    if picture.credit:
        style = styles.roles["credit"]
        paragraph = Paragraph((Run(picture.credit),), where=picture.where)
        credit = setter.short(paragraph, style, width, 3)
        widest = max((line.width for line in credit), default=0)
        line = max(lines - 1, 0) if len(credit) == 1 and last_width + widest + style.size <= width else lines
        boxes.append(grid_text(frame, "credit", f"{key}r", paragraph, style, credit, 0, line, width))
        lines = max(lines, line + len(credit))
    return tuple(boxes), lines


def _caption_lines(
    paragraph: Paragraph, style: TextStyle, width: int, frame: Frame, setter: Setter
) -> tuple[ComposedLine, ...]:
    """Set a caption to its picture's width; under a picture narrower than the column a short one is centred.

    Lines of five or six Han with both edges flush would open wide gaps.
    """
    if width < frame.measure:
        centred = setter.heading((paragraph.text,), False, replace(style, align="center"), width, _CENTRED)
        if centred is not None:
            return centred
    return setter.lines(paragraph, style, width)


def grid_text(
    frame: Frame,
    role: str,
    key: str,
    paragraph: Paragraph,
    style: TextStyle,
    lines: tuple[ComposedLine, ...],
    x: int,
    line: int,
    width: int,
) -> TextBox:
    """Place composed lines on the grid: every line's baseline is the body's, whatever its size."""
    return TextBox(
        Rect(x, frame.top(line), width, len(lines) * frame.leading),
        role,
        key,
        paragraph,
        style,
        lines,
        frame.leading,
        frame.baseline,
    )


def free_text(
    role: str,
    key: str,
    paragraph: Paragraph,
    style: TextStyle,
    lines: tuple[ComposedLine, ...],
    x: int,
    y: int,
    width: int,
) -> TextBox:
    """Place composed lines off the grid, in their own leading."""
    baseline = (style.leading - style.size) // 2 + style.size * HAN_TOP // 1000
    rect = Rect(x, y, width, len(lines) * style.leading)
    return TextBox(rect, role, key, paragraph, style, lines, style.leading, baseline)


def shifted(box: Box, x: int, y: int) -> Box:
    """Return a box moved right and down."""
    rect = Rect(box.rect.x + x, box.rect.y + y, box.rect.width, box.rect.height)
    return replace(box, rect=rect)


def picture_float(
    picture: Picture,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    place: tuple[int, int, int],
    lines: int,
    key: str,
) -> Float:
    """Set a picture with its caption at a column and line.

    Args:
        picture: the picture.
        styles: the story's type.
        frame: the story's frame.
        setter: the composer.
        place: first column, number of columns, first line.
        lines: the picture's own lines, without the caption.
        key: names the picture in its story.
    """
    column, columns, line = place
    width = frame.width(columns, column)
    captions, caption_lines = caption_boxes(picture, styles, width, frame, setter, key)
    if not styles.picture_crop:
        picture = replace(picture, whole=True)
    boxes = list(picture_boxes(picture, width, lines, frame, styles.caption_space if captions else 0))
    boxes.extend(shifted(box, 0, frame.top(lines)) for box in captions)
    return Float(column, columns, line, lines + caption_lines, tuple(boxes))


def note_float(paragraphs: tuple[Paragraph, ...], styles: StoryStyle, frame: Frame, setter: Setter, line: int) -> Float:
    """Set an editor's note in its box at the head of the first columns."""
    style = styles.roles["editor-note"]
    columns = min(styles.editor_note_columns, frame.columns)
    width = frame.width(columns)
    padding = min(styles.note_padding, width // 6)
    measure = max(style.size, (width - 2 * padding) // style.size * style.size)
    texts = [note_lines(p, style, setter, measure) for p in paragraphs]
    height = sum(len(t) for t in texts) * style.leading
    lines = -(-(height + 2 * padding) // frame.leading)
    top, box_height = frame.picture(0, lines)
    boxes: list[Box] = [Ornament(Rect(0, top, width, box_height), "note-box")]
    y = top + (box_height - height) // 2
    x = (width - measure) // 2
    baseline = (style.leading - style.size) // 2 + style.size * HAN_TOP // 1000
    for index, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        rect = Rect(x, y, measure, len(text) * style.leading)
        boxes.append(TextBox(rect, "editor-note", f"n{index}", paragraph, style, text, style.leading, baseline))
        y += rect.height
    # One line of white parts the box from the text under it.
    return Float(0, columns, line, lines + 1, tuple(boxes))


_FEWER_COLUMNS = Say(
    "set it over fewer columns, or give the story more room", "请让图片少占几栏，或给这篇稿子更大的版位"
)
_MORE_CROP = Say(
    "it stands in one column: let it be cropped more (--picture-crop), or give the story more room",
    "图片已只占一栏：请允许多裁一些（--picture-crop），或给这篇稿子更大的版位",
)


def too_tall(floats: Iterable[Float], blocks: Iterable[Block], frame: Frame) -> list[Diagnostic]:
    """Tell of pictures that reach below their slot, in whole lines."""
    standing = [(one.boxes, one.line, one.columns) for one in floats]
    wrapped = [(block.boxes, 0, 1) for block in blocks if isinstance(block, SolidBlock)]
    told = []
    for boxes, line, columns in (*standing, *wrapped):
        shots = [box for box in boxes if isinstance(box, PictureBox)]
        foot = line + -(-max((box.rect.bottom for box in boxes), default=0) // frame.leading)
        if shots and foot > frame.lines:
            over = foot - frame.lines
            told.append(
                Diagnostic(
                    "makeup.picture-too-tall",
                    Say(
                        f"the picture with its caption reaches {over} line(s) below its slot",
                        f"图片连图注超出版位 {over} 行",
                    ),
                    Severity.ERROR,
                    _FEWER_COLUMNS if columns > 1 else _MORE_CROP,
                    shots[0].where,
                )
            )
    return told
