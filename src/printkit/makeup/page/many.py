"""A slot that takes several stories, one under the other: they flow as one through its columns."""

from collections.abc import Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic
from printkit.makeup.flow import Block, Flowed, Region, SolidBlock, flow
from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import article_blocks
from printkit.makeup.story.fill import count, loose_lines, overset_mark, placed_boxes, tell_fit
from printkit.makeup.story.heads import set_head
from printkit.makeup.story.paragraphs import KEEP
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect, Slot
from printkit.model.page import Box, MadeUpStory, Ornament, Step


def fill_many(
    stories: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> list[tuple[MadeUpStory, list[Diagnostic]]]:
    """Make up the stories of one slot, each with what there is to tell of it.

    Between two stories stand the lines that the style asks for, with a rule in their middle; what room is left stays
    white at the foot, where another brief may go.
    """
    first = stories[0]
    frame = frame_of(slot, geometry, geometry.style(first, slot.name).frame)
    told: list[list[Diagnostic]] = []
    groups: list[list[Block]] = []
    heads: list[tuple[Step, ...]] = []
    for owner, story in enumerate(stories):
        styles = geometry.style(story, slot.name)
        head = set_head(story.article, styles, frame.measure, frame.leading, setter)
        told.append(list(head.diagnostics))
        heads.append(head.steps)
        blocks: list[Block] = []
        if head.lines:
            blocks.append(SolidBlock(head.lines, head.boxes, owner, keep=KEEP))
        styles = replace(styles, table_columns=1)  # stories that share columns have nothing across them
        blocks.extend(article_blocks(story.article, styles, frame, setter, owner))
        groups.append(blocks)
    flowed = _one_after_another(groups, frame, geometry.style(first, slot.name).story_space)
    made = []
    for owner, story in enumerate(stories):
        mine = _of(flowed, owner)
        boxes: list[Box] = [box for placed in mine.placed for box in placed_boxes(placed, frame)]
        # The room of one story in a shared slot is what it takes; only the last one has white after it.
        room = mine.used + (
            frame.columns * frame.lines - flowed.used - flowed.wasted if owner == len(stories) - 1 else 0
        )
        fit = count(mine, room, frame, heads[owner])
        if fit.over_lines:
            boxes.append(overset_mark(frame, fit))
        insets = geometry.style(story, slot.name).frame
        one = MadeUpStory(story, frame.rect, insets, frame.columns, tuple(boxes), fit, _parts(mine, frame))
        made.append((one, [*told[owner], *tell_fit(story, mine, fit), *loose_lines(mine)]))
    return made


def _one_after_another(groups: Sequence[Sequence[Block]], frame: Frame, space: int) -> Flowed:
    """Flow the stories with some lines between them, a rule in their middle."""
    rule = Ornament(Rect(0, space * frame.leading // 2, frame.measure, 0), "story-rule")
    blocks: list[Block] = []
    for index, group in enumerate(groups):
        if index:
            blocks.append(SolidBlock(space, (rule,), index, gap=True))
        blocks.extend(group)
    return flow(blocks, [Region(column, 0, frame.lines) for column in range(frame.columns)])


def _of(flowed: Flowed, owner: int) -> Flowed:
    """Return one story's share of a flow."""
    return Flowed([p for p in flowed.placed if p.block.owner == owner], [o for o in flowed.over if o[0].owner == owner])


def _parts(mine: Flowed, frame: Frame) -> tuple[Rect, ...]:
    """Return the rectangles that a story covers, one a column, in page coordinates."""
    parts = []
    for column in sorted({p.column for p in mine.placed}):
        pieces = [p for p in mine.placed if p.column == column]
        top = min(p.line for p in pieces)
        foot = max(p.line + p.height for p in pieces)
        parts.append(
            Rect(
                frame.rect.x + frame.xs[column],
                frame.rect.y + frame.top(top),
                frame.measure,
                (foot - top) * frame.leading,
            )
        )
    return tuple(parts)
