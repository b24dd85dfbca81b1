"""Notices and classifieds (启事): each set undivided in its own small type, its title over its text.

Packed in columns they are `makeup.page.notices`'; here they are set, and made blocks for columns that others share.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from printkit.makeup.flow import Block, SolidBlock, TextBlock, depth_of
from printkit.makeup.frames import Frame
from printkit.makeup.setting import SUBHEAD_LINES, Setter
from printkit.makeup.story.floats import free_text
from printkit.makeup.story.paragraphs import KEEP, set_paragraphs
from printkit.model.article import Notice
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.page import Box, Ornament, TextBox
from printkit.model.text import Paragraph, Run

RULE = "notice-rule"


@dataclass(frozen=True, slots=True)
class SetNotice:
    """A notice as set: its boxes from its top left corner, and how high it is, mpt."""

    notice: Notice
    boxes: tuple[TextBox, ...]
    height: int

    @property
    def characters(self) -> int:
        """Its characters, without blanks."""
        return sum(not c.isspace() for box in self.boxes for line in box.lines for c in line.text)


def set_notice(notice: Notice, number: int, styles: StoryStyle, measure: int, setter: Setter) -> SetNotice:
    """Set a notice to a measure."""
    style = styles.roles["notice-text"]
    own = Frame(Rect(0, 0, measure, 0), (0,), measure, 0, style.leading, style.size)
    boxes: list[TextBox] = []
    y = 0
    for block in (*_title(notice, number, styles, measure, setter), *_text(notice, number, styles, own, setter)):
        if isinstance(block, TextBlock):
            text = free_text(block.role, block.key, block.paragraph, block.style, block.lines, 0, y, measure)
            boxes.append(text)
            y = text.rect.bottom
        else:
            y += depth_of(block) * style.leading
    return SetNotice(notice, tuple(boxes), y)


def notice_blocks(notices: Sequence[Notice], styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set notices as blocks of a column, none of them divided, with rules between."""
    blocks: list[Block] = []
    for number, notice in enumerate(notices):
        one = set_notice(notice, number, styles, frame.measure, setter)
        boxes: tuple[Box, ...] = one.boxes
        blocks += [*_rule(number, frame), SolidBlock(-(-one.height // frame.leading), boxes)]
    return blocks


def notice_text(notices: Sequence[Notice], styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set notices as text that columns and pages divide: in a reprint every line finds its room."""
    blocks: list[Block] = []
    for number, notice in enumerate(notices):
        title = _title(notice, number, styles, frame.measure, setter)
        blocks += [*_rule(number, frame), *title, *_text(notice, number, styles, frame, setter)]
    return blocks


def _rule(number: int, frame: Frame) -> list[Block]:
    """Return the line with a rule in its middle that parts a notice from the one before it."""
    rule = Ornament(Rect(0, frame.leading // 2, frame.measure, 0), RULE)
    return [SolidBlock(1, (rule,), gap=True)] if number else []


def _title(notice: Notice, number: int, styles: StoryStyle, measure: int, setter: Setter) -> list[TextBlock]:
    if not notice.title:
        return []
    style = styles.roles["notice-title"]
    paragraph = Paragraph((Run(notice.title),), where=notice.where)
    lines = setter.short(paragraph, style, measure, SUBHEAD_LINES)
    return [TextBlock(paragraph, style, lines, "notice-title", f"notice{number}t", keep=KEEP)]


def _text(notice: Notice, number: int, styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    return set_paragraphs(notice.body, "notice-text", styles, frame, setter, f"notice{number}")
