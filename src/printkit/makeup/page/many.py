"""A slot that takes several stories, one under the other: they flow as one through its columns.

On an automatic page briefs that stand together in one rectangle (简讯) fill it: by lines won or lost in their paragraphs, and by
a line more between some of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.flow import Block, Flowed, Region, SolidBlock, balanced, flow
from printkit.makeup.frames import Frame, story_frame
from printkit.makeup.ladder import Ladder
from printkit.makeup.lint.places import bbox_of
from printkit.makeup.lint.white import place_of, white_runs
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import article_blocks
from printkit.makeup.story.boxes import box_blocks, box_lines, lost_boxes
from printkit.makeup.story.closing import PER_COLUMN, Paragraphs
from printkit.makeup.story.fill import count, loose_lines, overset_mark, placed_boxes, tell_fit
from printkit.makeup.story.filled import amiss
from printkit.makeup.story.floats import picture_float, picture_lines
from printkit.makeup.story.heads import set_head
from printkit.makeup.story.paragraphs import KEEP
from printkit.model.article import HEADINGS
from printkit.model.edition import FIRST_PART, Story
from printkit.model.geometry import NO_SLOT, PageGeometry, Rect, Slot, StoryStyle
from printkit.model.page import Box, MadeUpStory, Ornament, PageWhite, Step, TextBox

_LEAST_STORY = 2
"""Lines of text from which on white takes one story more."""

TOGETHER = 10
"""Cost of briefs that stand in one rectangle of an automatic page, in tenths."""

BRIEF = 5
"""The level of stories that share a rectangle."""


def may_stand_together(story: Story) -> bool:
    """Say whether a story may stand in one rectangle of an automatic page with others: it has no box, and goes nowhere else."""
    alone = story.ad or story.jump or story.group or story.related or story.part != FIRST_PART
    return not alone and story.frame == "none" and not story.article.notices and not story.article.floating


def fill_many(
    stories: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> list[tuple[MadeUpStory, list[Diagnostic]]]:
    """Make up the stories of one slot, each with what there is to tell of it.

    Between two stories stand the lines that the style asks for, with a rule in their middle; what room is left stays
    white at the foot, where another brief may go. In a place of an automatic page they fill it if they can.
    """
    first = stories[0]
    frame = story_frame(slot, geometry, geometry.style(first, slot.name))
    told: list[list[Diagnostic]] = []
    groups: list[list[Block]] = []
    heads: list[tuple[Step, ...]] = []
    for owner, story in enumerate(stories):
        styles = geometry.style(story, slot.name)
        head = set_head(story.article, styles, frame.measure, frame.leading, setter)
        told.append(list(head.diagnostics))
        heads.append(head.steps)
        blocks: list[Block] = [SolidBlock(head.lines, head.boxes, keep=KEEP)] if head.lines else []
        styles = replace(styles, table_columns=1)  # stories that share columns have nothing across them
        blocks.extend(article_blocks(story.article, styles, frame, setter))
        blocks = _with_pictures(blocks, story, styles, frame, setter)
        # Nor boxes: each stands in its story's own column, after the text.
        after = [(number, box) for number, box in enumerate(story.article.boxes) if box.place != "inside"]
        blocks.extend(box_blocks(after, styles, frame, setter))
        groups.append([replace(block, owner=owner) for block in blocks])
    if first.placement.at or slot.name == NO_SLOT:
        flowed, steps = _filling(groups, frame, geometry.style(first, slot.name), setter)
        heads[0] = (*heads[0], Step("in one rectangle with others", TOGETHER), *steps)
    else:
        flowed = _one_after_another(groups, frame, geometry.style(first, slot.name).story_space)
    made = []
    for owner, story in enumerate(stories):
        mine = _of(flowed, owner)
        boxes: list[Box] = [box for placed in mine.placed for box in placed_boxes(placed, frame)]
        # The room of one story in a shared slot is what it takes: white after the last one is the slot's.
        fit = count(mine, mine.used, frame, heads[owner])
        if fit.over_lines:
            boxes.append(overset_mark(frame, fit))
        insets = geometry.style(story, slot.name).frame
        one = MadeUpStory(story, frame.rect, insets, frame.columns, tuple(boxes), fit, _parts(mine, frame))
        lost = [*lost_boxes(mine.over, story.article.boxes, frame), *box_lines(boxes)]
        made.append((one, [*told[owner], *lost, *tell_fit(story, mine, fit), *loose_lines(mine)]))
    return made


def _with_pictures(blocks: list[Block], story: Story, styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Put a story's pictures over one column each: those of the `head` first, those of the `foot` last, the others between.

    No headline stands on a picture here: its column is too narrow for that.
    """
    first: list[Block] = []
    after_head: list[Block] = []
    last: list[Block] = []
    for index, picture in enumerate(story.article.floating):
        lines = picture_lines(picture, frame.measure, frame)
        made = picture_float(picture, styles, frame, setter, (0, 1, 0), lines, f"f{index}")
        # A line of white parts it from the text, over it or under it.
        if picture.place == "foot":
            last += [SolidBlock(1, gap=True), SolidBlock(made.lines, made.boxes)]
        else:
            pictures = first if picture.place == "head" else after_head
            pictures += [SolidBlock(made.lines, made.boxes, keep=KEEP), SolidBlock(1, gap=True)]
    has_head = bool(blocks) and isinstance(blocks[0], SolidBlock) and bool(story.article.headings)
    return [*first, *blocks[:has_head], *after_head, *blocks[has_head:], *last]


def _one_after_another(groups: Sequence[Sequence[Block]], frame: Frame, space: int) -> Flowed:
    """Flow the stories with some lines between them, a rule in their middle; their columns end together."""
    return balanced(_in_order(groups, frame, space), _regions(frame))


def _in_order(groups: Sequence[Sequence[Block]], frame: Frame, space: int, wider: int = 0) -> list[Block]:
    """Return the blocks of stories with some lines between each two, and one more between the first of them."""
    blocks: list[Block] = []
    for index, group in enumerate(groups):
        if index:
            lines = space + (index <= wider)
            rule = Ornament(Rect(0, lines * frame.leading // 2, frame.measure, 0), "story-rule")
            blocks.append(SolidBlock(lines, (rule,), index, gap=True))
        blocks.extend(group)
    return blocks


def _regions(frame: Frame) -> list[Region]:
    return [Region(column, 0, frame.lines) for column in range(frame.columns)]


def _filling(
    groups: Sequence[Sequence[Block]], frame: Frame, styles: StoryStyle, setter: Setter
) -> tuple[Flowed, tuple[Step, ...]]:
    """Flow the stories so that they fill their columns, or come as near to it as they can, with the steps to that."""
    ladder, room = Ladder.of(styles.ladder, styles.forms), frame.lines * frame.columns
    tried: list[tuple[tuple[int, int], Flowed, tuple[Step, ...]]] = []
    for wider in range(len(groups) if ladder.allows("space") else 1):
        most = PER_COLUMN * frame.columns if ladder.allows("lines") else 0
        blocks = _in_order(groups, frame, styles.story_space, wider)
        text = Paragraphs(blocks, frame.measure, setter, ladder.costs.get("lines", 0), most)
        won, before = 0, {-most - 1}
        while won not in before:
            before.add(won)
            shares = text.shares(won)
            flowed = flow(text.with_shares(shares), _regions(frame))
            steps = [Step(f"white between stories {wider:+d} line(s)", wider * ladder.costs.get("space", 0))] * bool(
                wider
            )
            steps += [Step(f"paragraphs {won:+d} line(s)", text.share_cost(shares))] * bool(shares)
            missing = -flowed.over_lines or room - flowed.used
            rank = amiss(max(0, -missing), max(0, missing)), sum(step.cost for step in steps)
            tried.append((rank, flowed, tuple(steps)))
            won = text.nearest(won + missing)
    rank, flowed, steps_taken = min(tried, key=lambda one: one[0])
    if rank[0] and not flowed.over:
        return _one_after_another(groups, frame, styles.story_space), ()
    return flowed, steps_taken


def white_after(stories: Sequence[MadeUpStory], slot: Slot, frame: Frame) -> tuple[PageWhite, ...]:
    """Return the white that the stories of one slot leave after the last of them, column by column."""
    if any(story.fit.over_lines for story in stories):
        return ()
    feet = [white for white in white_runs(stories, frame) if white.at_foot]
    # Where the last column is full, white over it is what a heading asked for that stands at the next one's top.
    if not feet or feet[-1].column < frame.columns - 1:
        return ()
    return tuple(PageWhite(place_of(white, frame), 1, white.lines, slot.name) for white in feet)


def tell_white(white: Sequence[PageWhite], stories: Sequence[MadeUpStory], frame: Frame, space: int) -> Diagnostic:
    """Tell once of the white that a slot's stories leave, and what would fill it: one more of them, or a few words."""
    slot, lines = white[0].slot, sum(one.lines for one in white)
    head = min(
        sum(len(b.lines) for b in story.boxes if isinstance(b, TextBox) and b.role in HEADINGS) for story in stories
    )
    # The lines with the rule part it from the story before it.
    room = (lines - space - head) * frame.measure // frame.size
    chars = lines * frame.measure // frame.size
    more = Say(f"add a story of about {room} characters", f"请再加一条约 {room} 字的")
    longer = Say(f"lengthen one of its stories by about {chars} characters", f"请给其中一条补约 {chars} 字")
    return Diagnostic(
        "makeup.underset",
        Say(f"slot “{slot}” is short by {lines} line(s)", f"版位“{slot}”缺 {lines} 行"),
        Severity.WARNING,
        more if lines - space - head >= _LEAST_STORY else longer,
        stories[-1].story.where,
        slot=slot,
        bbox=bbox_of(white[-1].rect),
    )


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
