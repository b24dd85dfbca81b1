"""One story in one rectangle: headline block, floats, columns of lines, and how the length fits.

The choices that need no desk are tried in order, the least change first: a picture some lines higher or
lower within the crop that the style allows, then one line more round the headline. Text that finds no
room is counted and told, with a red mark on the page; nothing of it is dropped in silence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printkit.compose import findings
from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.makeup.blocks import article_blocks
from printkit.makeup.closing import close
from printkit.makeup.floats import Float, crop_range, moved, note_float, picture_float, picture_lines
from printkit.makeup.flow import Block, Flowed, Placed, Region, SolidBlock, TextBlock, balanced, flow
from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.heads import Head, set_head
from printkit.makeup.setting import Setter
from printkit.model.edition import Article, Story
from printkit.model.geometry import PageGeometry, Rect, Slot, StoryStyle
from printkit.model.page import Box, Fit, MadeUpStory, Ornament, TextBox

_LEAST_LEG = 2
"""A column under a headline or a picture with fewer free lines than this holds no text."""


_PORTRAIT_SPREAD = 2
"""Lines that every portrait of a page of statements may grow by, so that the page closes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What make-up may choose for a story: lines given to pictures and portraits, lines added at headlines."""

    picture: int = 0
    space: int = 0
    portrait: int = 0
    section: int = 0

    @property
    def takes_room(self) -> bool:
        """Say whether the choice leaves the text no more room than the plainest one."""
        return self.picture >= 0

    @property
    def cost(self) -> int:
        """How far the choice is from the story as it would stand alone (makeup.md 3: .4 a picture row, 1.2 a line)."""
        return 4 * abs(self.picture) + 12 * self.space + 6 * self.portrait + 5 * self.section


@dataclass(slots=True)
class Filled:
    """A story set by one choice."""

    choice: Choice
    head: Head
    floats: list[Float]
    blocks: Sequence[Block]
    regions: Sequence[Region]
    flowed: Flowed
    room: int
    won: int = 0
    """Lines won (or lost, negative) in paragraphs."""
    outside: int = 0
    """Lines by which headline, note and pictures alone reach below the frame."""

    @property
    def white(self) -> int:
        """Lines of room that hold nothing."""
        return self.room - self.flowed.used

    @property
    def rank(self) -> tuple[int, int, int]:
        """What makes one filling better than another: nothing over, little white, little change."""
        return self.flowed.over_lines + self.outside, self.white, self.choice.cost


def fill(story: Story, slot: Slot, geometry: PageGeometry, setter: Setter) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Make up a story in its slot.

    Returns:
        The story with its boxes, and what there is to tell of it.
    """
    styles = slot.styles[story.level, story.frame]
    frame = frame_of(slot, geometry, styles.frame)
    article = story.article
    across = min(styles.headline_columns or frame.columns, frame.columns)
    head = set_head(article, styles, frame.width(across), frame.leading, setter)
    blocks: dict[tuple[int, int], list[Block]] = {}
    best: Filled | None = None
    for choice in _choices(article, styles, frame):
        if best is not None and best.flowed.over_lines and choice.takes_room:
            continue  # what is over already is no less so with less room
        form = choice.portrait, choice.section
        if form not in blocks:
            least, most = styles.section_space
            sized = replace(
                styles,
                portrait_lines=styles.portrait_lines + choice.portrait,
                section_space=(least + choice.section, most),
            )
            blocks[form] = article_blocks(article, sized, frame, setter)
        filled = _fill(article, styles, frame, setter, head, blocks[form], choice)
        if best is None or filled.rank < best.rank:
            best = filled
        if best.rank[:2] == (0, 0):
            break
    assert best is not None
    best.blocks, best.won = close(best.blocks, best.regions, best.room, frame.measure, setter)
    best.flowed = balanced(best.blocks, best.regions)
    return _finish(story, slot, styles, frame, best)


def _choices(article: Article, styles: StoryStyle, frame: Frame) -> Iterator[Choice]:
    """Offer choices, the least change first."""
    spread = 0
    for picture in article.pictures:
        width = frame.width(_picture_columns(article, picture.columns, styles, frame))
        least, most = crop_range(picture, width, frame, styles.picture_crop)
        natural = picture_lines(picture, width, frame)
        spread = max(spread, natural - least, most - natural)
    spaces = range(styles.headline_space[1] - styles.headline_space[0] + 1)
    portraits = range(_PORTRAIT_SPREAD + 1) if any(s.portrait for s in article.sections) else (0,)
    gaps = range(styles.section_space[1] - styles.section_space[0] + 1) if len(article.sections) > 1 else (0,)
    offers = [Choice(p, s, q, g) for p in range(-spread, spread + 1) for s in spaces for q in portraits for g in gaps]
    yield from sorted(offers, key=lambda c: (c.cost, c.picture, c.portrait))


def _fill(
    article: Article,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    head: Head,
    blocks: Sequence[Block],
    choice: Choice,
) -> Filled:
    """Set a story by one choice."""
    across = min(styles.headline_columns or frame.columns, frame.columns)
    top = [head.lines + choice.space if c < across and head.lines else 0 for c in range(frame.columns)]
    floats = _floats(article, styles, frame, setter, max(top), choice, has_text=bool(blocks))
    regions = _regions(frame, top, floats)
    room = sum(r.end - r.start for r in regions)
    foot = max([head.lines, *(f.line + -(-max(b.rect.bottom for b in f.boxes) // frame.leading) for f in floats)])
    outside = max(0, foot - frame.lines)
    return Filled(choice, head, floats, blocks, regions, flow(blocks, regions), room, outside=outside)


def _picture_columns(article: Article, asked: int | None, styles: StoryStyle, frame: Frame) -> int:
    """Return how many columns a picture takes: as asked, as the style says, else two of three or more."""
    if not article.body and not article.sections:
        return frame.columns
    default = styles.picture_columns or (frame.columns if frame.columns < 3 else (frame.columns + 1) // 2)
    return min(asked or default, frame.columns)


def _floats(
    article: Article, styles: StoryStyle, frame: Frame, setter: Setter, line: int, choice: Choice, *, has_text: bool
) -> list[Float]:
    """Place the editor's note at the left and pictures at the right, those of one row side by side."""
    floats: list[Float] = []
    left = 0
    if article.editor_note:
        note = note_float(article.editor_note, styles, frame, setter, line)
        floats.append(note)
        left = note.columns
    right = frame.columns
    row, row_foot = line, line
    for index, picture in enumerate(article.pictures):
        columns = _picture_columns(article, picture.columns, styles, frame)
        if right - columns < (left if row == line else 0) and right < frame.columns:
            right, row = frame.columns, row_foot
        column = max(0, right - columns)
        width = frame.width(columns, column)
        least, most = crop_range(picture, width, frame, styles.picture_crop)
        lines = min(max(picture_lines(picture, width, frame) + choice.picture, least), most)
        start = row
        if picture.place == "inside" and has_text:
            start = row + max(0, (frame.lines - row - lines) // 2)
        made = picture_float(picture, styles, frame, setter, (column, columns, start), lines, f"f{index}")
        if has_text and made.line + made.lines < frame.lines:
            made = replace(made, lines=made.lines + 1)  # a line of white parts the caption from the text
        floats.append(made)
        right = column
        row_foot = max(row_foot, start + made.lines)
    return floats


def _regions(frame: Frame, top: Sequence[int], floats: Sequence[Float]) -> list[Region]:
    """Return the free stretches of the columns, in reading order."""
    regions = []
    for column in range(frame.columns):
        taken = sorted((f.line, f.line + f.lines) for f in floats if f.column <= column < f.column + f.columns)
        start = top[column]
        for first, last in [*taken, (frame.lines, frame.lines)]:
            if first - start >= _LEAST_LEG:
                regions.append(Region(column, start, first))
            start = max(start, last)
    return regions


def _finish(
    story: Story, slot: Slot, styles: StoryStyle, frame: Frame, filled: Filled
) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Turn a filling into boxes, count it, and tell what is over or under."""
    boxes: list[Box] = [moved(b, frame.xs[0], 0) for b in filled.head.boxes]
    shift = filled.choice.space * frame.leading // 2
    boxes = [moved(b, 0, shift) for b in boxes]
    for item in filled.floats:
        boxes.extend(moved(b, frame.xs[item.column], frame.top(item.line)) for b in item.boxes)
    boxes, lost = within(boxes, frame)
    boxes.extend(column_rules(frame, filled))
    for placed in filled.flowed.placed:
        boxes.extend(placed_boxes(placed, frame))
    fit = count(filled.flowed, filled.room, frame, (*filled.head.steps, *_steps(filled.choice, filled.won)))
    if filled.outside:
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
    made = MadeUpStory(story, slot.name, frame.rect, styles.frame, frame.columns, tuple(boxes), fit, (frame.rect,))
    return made, [*filled.head.diagnostics, *_tell(story, filled, fit)]


def _steps(choice: Choice, won: int) -> list[str]:
    told = [f"paragraphs {won:+d} line(s)"] if won else []
    if choice.picture:
        told.append(f"picture {choice.picture:+d} line(s)")
    if choice.portrait:
        told.append(f"portraits {choice.portrait:+d} line(s)")
    if choice.section:
        told.append(f"white before sections +{choice.section} line(s)")
    if choice.space:
        told.append(f"headline space +{choice.space} line(s)")
    return told


def within(boxes: Sequence[Box], frame: Frame) -> tuple[list[Box], int]:
    """Leave out the lines of text that would stand below the frame, and cut what CSS draws to it.

    Returns:
        The boxes, and the characters left out: they are over like any text that finds no room.
    """
    foot = frame.rect.height
    kept: list[Box] = []
    lost = 0
    for box in boxes:
        rect = box.rect
        if rect.bottom <= foot + frame.leading // 2:
            kept.append(box)
            continue
        height = max(0, foot - rect.y)
        if isinstance(box, TextBox):
            stand = min(len(box.lines), height // box.pitch)
            lost += sum(not c.isspace() for line in box.lines[stand:] for c in line.text)
            cut = replace(box, lines=box.lines[:stand], rect=replace(rect, height=stand * box.pitch))
            kept.extend([cut] if stand else [])
        elif height:
            kept.append(replace(box, rect=replace(rect, height=height)))
    return kept, lost


def placed_boxes(placed: Placed, frame: Frame) -> list[Box]:
    """Return the boxes of a placed piece, from the frame's top left corner."""
    x, y = frame.xs[placed.column], frame.top(placed.line)
    block = placed.block
    if isinstance(block, SolidBlock):
        return [moved(b, x, y) for b in block.boxes]
    lines = block.lines[placed.first : placed.last]
    rect = Rect(x, y, frame.measure, len(lines) * frame.leading)
    return [TextBox(rect, block.role, block.key, block.paragraph, block.style, lines, frame.leading, frame.baseline)]


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
        taken = sorted(
            (f.line, f.line + f.lines) for f in filled.floats if f.column <= gutter < f.column + f.columns - 1
        )
        start = across[gutter]
        x = frame.xs[gutter] + frame.measure + frame.gutter // 2
        for first, last in [*taken, (foot, foot)]:
            if first > start:
                top, height = frame.picture(start, first - start)
                rules.append(Ornament(Rect(x, top, 0, height), "column-rule"))
            start = max(start, last)
    return rules


def overset_mark(frame: Frame, fit: Fit) -> Ornament:
    """Return the red mark under the last column; it hides no line that stands."""
    width = min(8 * frame.size, frame.measure)
    right = frame.xs[-1] + frame.measure
    text = f"溢文 {fit.over_characters} 字"
    return Ornament(Rect(right - width, frame.rect.height, width, frame.leading), "overset", text)


def characters(block: Block, first: int = 0) -> int:
    """Count the characters of a block from a line on, without blanks."""
    if isinstance(block, SolidBlock):
        texts = (line.text for box in block.boxes if isinstance(box, TextBox) for line in box.lines)
        return sum(not c.isspace() for text in texts for c in text)
    return sum(not c.isspace() for line in block.lines[first:] for c in line.text)


def count(flowed: Flowed, room: int, frame: Frame, steps: tuple[str, ...]) -> Fit:
    """Count lines and characters: what stands, what is over, what is left."""
    over_lines = flowed.over_lines
    under = 0 if over_lines else max(0, room - flowed.used)
    stands = sum(
        sum(not c.isspace() for line in p.block.lines[p.first : p.last] for c in line.text)
        for p in flowed.placed
        if isinstance(p.block, TextBlock)
    )
    over = sum(characters(block, first) for block, first in flowed.over)
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
    for block, _ in flowed.over:
        if isinstance(block, TextBlock) and block.paragraph.where:
            return block.paragraph.where
    return default


def _tell(story: Story, filled: Filled, fit: Fit) -> list[Diagnostic]:
    return tell_fit(story, filled.flowed, fit) + loose_lines(story, filled.flowed)


def tell_fit(story: Story, flowed: Flowed, fit: Fit) -> list[Diagnostic]:
    """Tell what is over or under length, in lines and characters, at the article's file and line."""
    if fit.over_lines:
        lines, chars = fit.over_lines, fit.over_characters
        return [
            Diagnostic(
                "makeup.overset",
                Say(f"over by {chars} characters ({lines} lines)", f"溢文：删 {chars} 字（{lines} 行）"),
                Severity.ERROR,
                Say("cut the copy, or give the story more room", "请删稿，或给这篇稿子更大的版位"),
                where_over(flowed, story.article.where),
                story=story.id,
            )
        ]
    if fit.under_lines:
        lines, chars = fit.under_lines, fit.under_characters
        return [
            Diagnostic(
                "makeup.underset",
                Say(f"short by {chars} characters ({lines} lines)", f"缺文：补 {chars} 字（{lines} 行）"),
                Severity.WARNING,
                Say("add copy, or give the story less room", "请补稿，或给这篇稿子较小的版位"),
                story.article.where,
                story=story.id,
            )
        ]
    return []


def loose_lines(story: Story, flowed: Flowed) -> list[Diagnostic]:
    """Tell of lines that no step could bring to the measure, and of marks that had to part."""
    return [
        replace(found, story=story.id)
        for placed in flowed.placed
        if isinstance(placed.block, TextBlock)
        for found in findings(placed.block.lines[placed.first : placed.last], placed.block.paragraph.where)
    ]
