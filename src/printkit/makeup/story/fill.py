"""One story in one rectangle: headline block, floats, columns of lines, and how the length fits.

What needs no desk was chosen by `fitting`: how many lines pictures, gaps and paragraphs take, which headline stands.
Text that finds no room is counted and told, with a red mark on the page; nothing of it is dropped in silence.
"""

from collections.abc import Sequence
from dataclasses import replace

from printkit.compose import findings
from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.makeup.flow import (
    Block,
    Flowed,
    Placed,
    SolidBlock,
    TableBlock,
    TextBlock,
    balanced,
)
from printkit.makeup.frames import Frame, stands_at_top, story_frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.boxes import box_lines, lost_boxes
from printkit.makeup.story.filled import Filled
from printkit.makeup.story.fitting import Fitting
from printkit.makeup.story.floats import Float, shifted, too_tall
from printkit.makeup.story.heads import shared
from printkit.makeup.story.tables import piece, row_of, row_place
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect, Slot, StoryStyle
from printkit.model.page import Box, Fit, MadeUpStory, Ornament, Step, TextBox


def fill(story: Story, slot: Slot, geometry: PageGeometry, setter: Setter) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Make up a story in its slot.

    Returns:
        The story with its boxes, and what there is to tell of it.
    """
    styles = geometry.style(story, slot.name)
    frame = story_frame(slot, geometry, styles)
    at_top = not story.is_member and stands_at_top(slot, geometry.grid)
    best = Fitting(story.article, styles, frame, setter, at_top=at_top).best()
    if not best.flowed.opened:  # else every column ends at its foot
        best.flowed = balanced(best.blocks, best.regions)
    return finish(story, styles, frame, best)


def finish(story: Story, styles: StoryStyle, frame: Frame, filled: Filled) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Turn a filling into boxes, count it, and tell what is over or under."""
    boxes: list[Box] = [shifted(b, frame.xs[0], 0) for b in filled.head.boxes]
    top, *_, foot = styles.head_gaps
    if filled.head.lines:
        boxes = [shifted(b, 0, shared([top, foot], filled.choice.space * frame.leading)[0]) for b in boxes]
    for item in filled.floats:
        boxes.extend(shifted(b, frame.xs[item.column], frame.top(item.line)) for b in item.boxes)
    boxes, lost = within(boxes, frame)
    if styles.column_rules == "all":
        boxes.extend(column_rules(frame, filled))
    for placed in filled.flowed.placed:
        boxes.extend(placed_boxes(placed, frame))
    fit = count(filled.flowed, filled.room, frame, filled.steps)
    if filled.outside:
        # A box that reaches below with its white alone hides no character, and is over all the same.
        lost = lost or filled.outside * frame.measure // frame.size
        fit = replace(
            fit,
            lines=fit.lines + filled.outside,
            characters=fit.characters + lost,
            over_lines=fit.over_lines + filled.outside,
            over_characters=fit.over_characters + lost,
            under_lines=0,
            under_characters=0,
        )
    if fit.over_lines:
        boxes.append(overset_mark(frame, fit))
    made = MadeUpStory(story, frame.rect, styles.frame, frame.columns, tuple(boxes), fit, frame.parts)
    tall = too_tall(filled.floats, filled.blocks, frame)
    return made, [*filled.head.diagnostics, *tall, *box_lines(boxes), *_tell(story, filled, fit, frame)]


def within(boxes: Sequence[Box], frame: Frame) -> tuple[list[Box], int]:
    """Leave out the lines of text that would stand below the frame, and cut what CSS draws to it.

    Of a table whole rows are left out: a row of which one cell finds no room has lost its meaning; so does the frame of a
    box none of whose lines stands.

    Returns:
        The boxes, and the characters left out: they are over like any text that finds no room.
    """
    foot = frame.rect.height
    lowest = foot + frame.leading // 2
    parted = {row_of(box) for box in boxes if box.rect.bottom > lowest} - {""}
    kept: list[Box] = []
    lost = 0
    for box in boxes:
        rect = box.rect
        is_parted = row_of(box) in parted
        if rect.bottom <= lowest and not is_parted:
            kept.append(box)
            continue
        height = max(0, foot - rect.y)
        if isinstance(box, TextBox):
            stand = 0 if is_parted else min(len(box.lines), height // box.pitch)
            lost += sum(not c.isspace() for line in box.lines[stand:] for c in line.text)
            cut = replace(box, lines=box.lines[:stand], rect=replace(rect, height=stand * box.pitch))
            kept.extend([cut] if stand else [])
        elif height:
            kept.append(replace(box, rect=replace(rect, height=height)))
    texts = [box.rect for box in kept if isinstance(box, TextBox)]
    return [box for box in kept if not _is_bare(box, texts)], lost


def _is_bare(box: Box, texts: Sequence[Rect]) -> bool:
    """Say whether a box's frame is left without a word of what it was for: its rules would tell nobody anything."""
    rect = box.rect
    return (
        isinstance(box, Ornament)
        and box.role.startswith("story-box")
        and not any(rect.y <= text.y < rect.bottom and rect.x <= text.x < rect.right for text in texts)
    )


def placed_boxes(placed: Placed, frame: Frame) -> list[Box]:
    """Return the boxes of a placed piece, from the frame's top left corner."""
    x, y = frame.xs[placed.column], frame.top(placed.line)
    block = placed.block
    if isinstance(block, SolidBlock):
        return [shifted(b, x, y) for b in block.boxes]
    if isinstance(block, TableBlock):
        return [shifted(b, x, y) for b in piece(block, placed.first, placed.last, frame.leading)]
    lines = block.lines[placed.first : placed.last]
    rect = Rect(x, y - placed.rise, frame.measure, len(lines) * frame.leading)
    boxes: list[Box] = [
        TextBox(rect, block.role, block.key, block.paragraph, block.style, lines, frame.leading, frame.baseline)
    ]
    if block.tail and placed.last == len(block.lines):
        last = replace(placed, block=block.tail, line=placed.line + len(lines) - 1, first=0, last=1)
        boxes.extend(placed_boxes(last, frame))
    return boxes


def column_rules(frame: Frame, filled: Filled) -> list[Box]:
    """Return the rules (栏线) in the gutters, beside text and never beside a picture that spans the gutter."""
    if frame.columns < 2:
        return []
    rules: list[Box] = []
    foot = max((p.line + p.height for p in filled.flowed.placed), default=0)
    across = [0] * (frame.columns - 1)
    for gutter in range(frame.columns - 1):
        text = [p for p in filled.flowed.placed if p.column in (gutter, gutter + 1)]
        if not text:
            continue
        across[gutter] = min(p.line for p in text)
        if filled.head.is_vertical and filled.head.covers(gutter, 2):
            # No rule parts a vertical headline from its text.
            across[gutter] = max(across[gutter], *filled.head.tops(frame.columns, filled.choice.space))
        taken = sorted((f.line, f.line + f.lines) for f in filled.floats if _is_beside(gutter, f))
        start = across[gutter]
        x = frame.xs[gutter] + frame.measure + frame.gutter // 2
        for first, last in [*taken, (foot, foot)]:
            if min(first, foot) > start:
                top, height = frame.picture(start, min(first, foot) - start)
                rules.append(Ornament(Rect(x, top, 0, height), "column-rule"))
            start = max(start, last)
    return rules


def _is_beside(gutter: int, item: Float) -> bool:
    """Say whether something stands across the gutter after a column; beside an advertisement there is no rule either."""
    edge = 0 if item.boxes else 1
    return item.column - edge <= gutter < item.column + item.columns - 1 + edge


def overset_mark(frame: Frame, fit: Fit) -> Ornament:
    """Return the red mark under the last column; it hides no line that stands."""
    width = min(8 * frame.size, frame.measure)
    right = frame.xs[-1] + frame.measure
    text = f"溢文 {fit.over_characters} 字"
    return Ornament(Rect(right - width, frame.rect.height, width, frame.leading), "overset", text)


def characters(block: Block, first: int = 0) -> int:
    """Count the characters of a block from a line or row on, without blanks; a head counts with its table's first row."""
    if isinstance(block, TableBlock):
        return sum(map(characters, block.rows[first:])) + (0 if first else characters(block.head))
    if isinstance(block, SolidBlock):
        texts = (line.text for box in block.boxes if isinstance(box, TextBox) for line in box.lines)
        return sum(not c.isspace() for text in texts for c in text)
    own = sum(not c.isspace() for line in block.lines[first:] for c in line.text)
    return own + (characters(block.tail) if block.tail else 0)


def count(flowed: Flowed, room: int, frame: Frame, steps: tuple[Step, ...]) -> Fit:
    """Count lines and characters: what stands, what is over, what is left."""
    over_lines = flowed.over_lines
    under = 0 if over_lines else max(0, room - flowed.used)
    stands = sum(
        characters(p.block, p.first) - characters(p.block, p.last)
        if isinstance(p.block, TableBlock)
        else sum(not c.isspace() for _, lines in p.running for line in lines for c in line.text)
        for p in flowed.placed
    )
    stands += sum(
        characters(p.block.tail)
        for p in flowed.placed
        if isinstance(p.block, TextBlock) and p.block.tail and p.last == len(p.block.lines)
    )
    # A portrait has lines and no characters: as many are told as would stand there.
    over = sum(characters(block, first) for block, first in flowed.over) or over_lines * frame.measure // frame.size
    return Fit(
        lines=flowed.used + over_lines,
        characters=stands + over,
        capacity_lines=room,
        over_lines=over_lines,
        over_characters=over,
        under_lines=under,
        under_characters=under * frame.measure // frame.size,
        steps=steps,
    )


def where_over(flowed: Flowed, default: SourceRef) -> SourceRef:
    """Return the file and line of the first paragraph that found no room."""
    for block, first in flowed.over:
        where = row_place(block, first) if isinstance(block, TableBlock) else None
        where = block.paragraph.where if isinstance(block, TextBlock) else where
        if where:
            return where
    return default


def _tell(story: Story, filled: Filled, fit: Fit, frame: Frame) -> list[Diagnostic]:
    across = [found for item in filled.floats for found in item.told]
    across += lost_boxes(filled.flowed.over, story.article.boxes, frame)
    note = story.article.editor_note
    if note and not filled.flowed.over and any(f.foot(frame.leading) > frame.lines for f in filled.floats[:1]):
        return [*across, _overset(fit, note[0].where, Say("shorten the editors' note", "请缩短编者按"))]
    return across + tell_fit(story, filled.flowed, fit) + loose_lines(filled.flowed)


def tell_fit(story: Story, flowed: Flowed, fit: Fit) -> list[Diagnostic]:
    """Tell what is over or under length, in lines and characters, at the article's file and line."""
    if fit.over_lines:
        hint = Say("cut the copy, or give the story more room", "请删稿，或给这篇稿子更大的版位")
        found = _overset(fit, where_over(flowed, story.article.where), hint)
        return [_of_picture_alone(found, fit) if _has_no_text(story) else found]
    if fit.under_lines:
        lines, chars = fit.under_lines, fit.under_characters
        return [
            Diagnostic(
                "makeup.underset",
                Say(f"short by {chars} characters ({lines} lines)", f"缺文：补 {chars} 字（{lines} 行）"),
                Severity.WARNING,
                _LARGER_PICTURE
                if _has_no_text(story)
                else Say("add copy, or give the story less room", "请补稿，或给这篇稿子较小的版位"),
                story.article.where,
            )
        ]
    return []


_LARGER_PICTURE = Say(
    "set the picture over more columns, give it text, or give it less room",
    "请让图片多占几栏，或配些文字，或换较小的版位",
)


def _has_no_text(story: Story) -> bool:
    """Say whether a story is its pictures with their captions alone."""
    article = story.article
    return bool(article.pictures) and not any((article.body, article.sections, article.editor_note))


def _of_picture_alone(found: Diagnostic, fit: Fit) -> Diagnostic:
    """Tell of a picture alone by its lines: there is no copy to cut."""
    return replace(
        found,
        message=Say(f"over by {fit.over_lines} lines", f"溢出 {fit.over_lines} 行"),
        hint=Say(
            "set the picture over fewer columns (`columns`), crop it more (--picture-crop), or give it more room",
            "请让图片少占几栏（占栏 columns）、多裁一些（--picture-crop），或换更大的版位",
        ),
    )


def _overset(fit: Fit, where: SourceRef | None, hint: Say) -> Diagnostic:
    lines, chars = fit.over_lines, fit.over_characters
    say = Say(f"over by {chars} characters ({lines} lines)", f"溢文：删 {chars} 字（{lines} 行）")
    return Diagnostic("makeup.overset", say, Severity.ERROR, hint, where)


def loose_lines(flowed: Flowed) -> list[Diagnostic]:
    """Tell of lines that no step could bring to the measure, of marks that had to part, and of tables' own faults."""
    told: list[Diagnostic] = []
    for placed in flowed.placed:
        for paragraph, lines in placed.running:
            told.extend(findings(lines, paragraph.where))
        if isinstance(placed.block, TableBlock) and placed.first == 0:
            told.extend(placed.block.told)
    return told
