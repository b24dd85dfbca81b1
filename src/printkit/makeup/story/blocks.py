"""The copy of a story as blocks that flow: paragraphs set to the column, section headings with portraits."""

from collections.abc import Sequence
from dataclasses import replace

from printkit.makeup.flow import Block, SolidBlock, TextBlock
from printkit.makeup.frames import Frame
from printkit.makeup.setting import SUBHEAD_LINES, Setter
from printkit.makeup.story.boxes import box_blocks
from printkit.makeup.story.bylines import byline_place, dateline_text, set_byline
from printkit.makeup.story.floats import grid_text
from printkit.makeup.story.notices import notice_blocks
from printkit.makeup.story.paragraphs import KEEP, text_block
from printkit.makeup.story.pull_quote import middle, pull_quote
from printkit.makeup.story.tables import SOURCE_KEY, columns_of, set_table
from printkit.makeup.story.wrap import Inset, inset, portrait_inset, run_beside
from printkit.model.article import STORY_LINK, Article, JumpLine, Picture, Section
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.page import Box, PictureBox
from printkit.model.text import LINED, Kind, Paragraph, Run

PORTRAIT_SHARE = 460
"""Most of a column that a portrait takes, in thousandths: name and title stand beside it."""


GOES_ON, CAME_FROM = "jump", "jump-from"
"""Roles of the lines 下转 and 上接."""


def article_blocks(
    article: Article,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    leave_out: frozenset[str] = frozenset(),
    head: Inset | None = None,
) -> list[Block]:
    """Set the body with its wrapped pictures, then the sections, to the frame's measure.

    The lines that say where a part belongs (`jump_to`) stand before and after them.
    `leave_out` names parts that make-up does without to close the page: ``pull_quote``; `head` is what the body's
    beginning leaves free for a vertical headline beside it.
    """
    body = body_of(article, styles)
    before = len(body) - len(article.body)
    wraps = [
        (picture.paragraph - 1 + before, inset(picture, styles, frame, setter, f"w{index}"))
        for index, picture in enumerate(article.pictures)
        if picture.place == "wrap"
    ]
    blocks = body_blocks(body, styles, frame, setter, "p", [*([(0, head)] if head else []), *wraps])
    signed = article.byline and byline_place(article, styles) == "tail"
    if signed and not article.sections:
        blocks = _signed(blocks, article, styles, frame, setter)
    blocks += notice_blocks(article.notices, styles, frame, setter)
    paragraph = source_of(article)
    if paragraph and not (body and columns_of(body[-1], styles, frame, setter) > 1):
        style = styles.roles["credit"]
        lines = setter.short(paragraph, style, frame.measure, 3)
        blocks.append(TextBlock(paragraph, style, lines, "credit", SOURCE_KEY))
    for index, section in enumerate(article.sections):
        blocks.extend(section_blocks(section, styles, frame, setter, f"s{index}"))
    if article.pull_quote and "pull_quote" not in leave_out:
        quote = pull_quote(article.pull_quote, styles.roles["pull-quote"], frame, setter)
        place = middle(blocks)
        blocks[place:place] = quote
    if inside := [(number, box) for number, box in enumerate(article.boxes) if box.place == "inside"]:
        place = middle(blocks)
        blocks[place:place] = box_blocks(inside, styles, frame, setter)
    if signed and article.sections:
        blocks = _signed(blocks, article, styles, frame, setter)
    came_from = _jump_block(article.came_from, CAME_FROM, styles, frame, setter)
    if came_from and not (isinstance(blocks[0], SolidBlock) and blocks[0].gap):
        came_from.append(SolidBlock(1, gap=True))
    return [*came_from, *blocks, *_jump_block(article.goes_on, GOES_ON, styles, frame, setter)]


def source_of(article: Article) -> Paragraph | None:
    """Return the line that names the copy's source; under a table over several columns it leaves the text with it."""
    return Paragraph((Run(article.source),), where=article.where) if article.source else None


def _jump_block(line: JumpLine | None, role: str, styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set the line that says where a story goes on, or where it came from; it links to the other part."""
    if line is None:
        return []
    paragraph = Paragraph((Run(line.text, link=f"{STORY_LINK}{line.target}"),))
    style = styles.roles[role]
    lines = setter.short(paragraph, style, frame.measure, 2)
    return [TextBlock(paragraph, style, lines, role, role, keep=KEEP if role == CAME_FROM else 0)]


def body_of(article: Article, styles: StoryStyle) -> tuple[Paragraph, ...]:
    """Return the body with the 电头 run in before the first paragraph, in 黑体 and parted by one em.

    With it stands the byline, where the style asks for that.
    """
    if not article.dateline or not article.body:
        return article.body
    first = article.body[0]
    dateline = dateline_text(article, styles)
    if first.table or first.kind in LINED:
        return (Paragraph((Run(dateline, strong=True),), where=article.where), *article.body)
    runs = (Run(dateline, strong=True), Run("\u3000"), *first.runs)
    return (replace(first, runs=runs), *article.body[1:])


def _signed(blocks: list[Block], article: Article, styles: StoryStyle, frame: Frame, setter: Setter) -> list[Block]:
    """Set the byline after the text, flush right: on the last line where it leaves room, else on lines of its own."""
    style = replace(styles.roles["byline"], align="end")
    text, lines = set_byline(article, "（{}）", style, frame.measure, setter, 3)
    paragraph = Paragraph((Run(text),), where=article.where)
    tail = TextBlock(paragraph, style, lines, "byline", "byline")
    last = blocks[-1] if blocks else None
    if isinstance(last, TextBlock) and last.role == "body" and len(lines) == 1:
        end = last.lines[-1].x + last.lines[-1].width if last.lines else 0
        if end + frame.size <= lines[0].x:
            # The paragraph keeps its lines: with one more or less there might be no room for the byline.
            return [*blocks[:-1], replace(last, tail=tail, whole_measure=False)]
    return [*blocks, tail]


def body_blocks(
    paragraphs: tuple[Paragraph, ...],
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    key: str,
    wraps: Sequence[tuple[int, Inset]] = (),
) -> list[Block]:
    """Set paragraphs of every kind to the frame's measure, beside `wraps` from the paragraph that each names.

    A wrapped picture whose paragraph already stands beside another comes with the next one. Tables that span columns
    are left to `wide_tables`.
    """
    blocks: list[Block] = []
    waiting = sorted(wraps, key=lambda wrap: wrap[0])
    names = [f"{key}{index}" for index in range(len(paragraphs))]
    index = 0
    while index < len(paragraphs) or waiting:
        if waiting and (waiting[0][0] <= index or index >= len(paragraphs)):
            beside = waiting.pop(0)[1]
            made, taken = run_beside(beside, paragraphs[index:], names[index:], styles, frame, setter)
            blocks.extend(made)
            index += taken
            continue
        blocks.extend(_blocks_of(paragraphs, index, styles, frame, setter, names[index]))
        index += 1
    return blocks


def _blocks_of(
    paragraphs: tuple[Paragraph, ...],
    index: int,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    name: str,
) -> list[Block]:
    """Set one paragraph of a body; white parts a table from its text, and a subhead where the style says so."""
    paragraph = paragraphs[index]
    before = paragraphs[index - 1] if index else None
    after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
    if paragraph.kind is Kind.SUBHEAD:
        if after and columns_of(after, styles, frame, setter) > 1:
            return []  # it is the title of a table that leaves the text, and leaves with it
        return _with_white(text_block(paragraph, styles, frame, setter, name), styles, frame)
    if paragraph.kind is Kind.VERSE and before and before.kind is Kind.VERSE:
        return [SolidBlock(1, gap=True), text_block(paragraph, styles, frame, setter, name)]
    if paragraph.kind is not Kind.TABLE:
        return [text_block(paragraph, styles, frame, setter, name)]
    if columns_of(paragraph, styles, frame, setter) > 1:
        return []
    blocks: list[Block] = []
    if not before or before.kind is not Kind.SUBHEAD:
        blocks.append(SolidBlock(1, gap=True, keep=KEEP))
    blocks.append(set_table(paragraph, styles, frame, setter, frame.measure, name))
    if after and after.kind is not Kind.TABLE:
        blocks.append(SolidBlock(1, gap=True))
    return blocks


def _with_white(subhead: TextBlock, styles: StoryStyle, frame: Frame) -> list[Block]:
    """Put the white that its style asks for before a subhead, which stands in the middle of its lines."""
    more = styles.subhead_lines - 1
    white = SolidBlock(styles.subhead_space + more, gap=True)
    return [*([white] if white.height else []), replace(subhead, rise=more * frame.leading // 2)]


def section_blocks(section: Section, styles: StoryStyle, frame: Frame, setter: Setter, key: str) -> list[Block]:
    """Set one section: its heading with the portrait above the text or beside it, then the text."""
    blocks: list[Block] = []
    beside = None
    if section.portrait and section.body and styles.portrait_place == "beside":
        beside = portrait_inset(section.portrait, styles, frame, section.name)
    portrait = None if beside else section.portrait
    if section.name or section.title or section.portrait:
        over, under = _head_space(styles)
        blocks.append(SolidBlock(over, gap=True))
        if section.name or section.title or portrait:
            head = _section_head(section, portrait, styles, frame, setter, key)
            blocks.append(replace(head, height=head.height + under))
    if section.headline:
        style = styles.roles["subhead"]
        lines = setter.heading(section.headline.lines, section.headline.given, style, frame.measure, SUBHEAD_LINES)
        paragraph = Paragraph((Run("".join(section.headline.lines)),), Kind.SUBHEAD, section.headline.where)
        if lines is None:
            lines = setter.lines(paragraph, style, frame.measure)
        subhead = TextBlock(paragraph, style, lines, "subhead", f"{key}h", keep=KEEP)
        blocks.extend([subhead] if blocks else _with_white(subhead, styles, frame))
    styles = replace(styles, table_columns=1)  # the parts flow through the columns, and so do their tables
    wraps = [(0, beside)] if beside else []
    blocks.extend(body_blocks(section.body, styles, frame, setter, f"{key}p", wraps))
    return blocks


def _head_space(styles: StoryStyle) -> tuple[int, int]:
    """Share the white of a section's heading out: one line at least over it, of the others some under it."""
    space = styles.section_space[0]
    under = max(0, min(styles.section_head_space, space - 1))
    return space - under, under


def _section_head(
    section: Section,
    portrait: Picture | None,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    key: str,
) -> SolidBlock:
    """Set title and name, with a portrait at the left: the words stand at its middle, on the grid.

    Where one of their words finds no room beside it, they stand under it: no word and no name is broken.
    """
    boxes: list[Box] = []
    x, lines, under = 0, 0, False
    words = {role: text for role, text in (("section-title", section.title), ("section-name", section.name)) if text}
    if portrait:
        boxes, x, lines = _portrait_above(portrait, section.name, styles, frame)
        beside = frame.measure - x
        under = not all(setter.heading((text,), False, styles.roles[role], beside, 12) for role, text in words.items())
    measure = frame.measure - (0 if under else x)
    texts = []
    for role, text in words.items():
        style = styles.roles[role]
        paragraph = Paragraph((Run(text),), where=section.where)
        set_lines = setter.heading((text,), False, style, measure, 12) or setter.lines(
            paragraph, replace(style, indent=0), measure
        )
        texts.append((role, paragraph, style, set_lines))
    depth = sum(len(t[3]) for t in texts)
    line = lines if under else max(0, lines - depth) // 2
    x, lines = (0, lines + depth) if under else (x, max(lines, depth))
    for role, paragraph, style, set_lines in texts:
        boxes.append(grid_text(frame, role, f"{key}{role[-1]}", paragraph, style, set_lines, x, line, measure))
        line += len(set_lines)
    return SolidBlock(lines, tuple(boxes), keep=KEEP)


def _portrait_above(portrait: Picture, name: str, styles: StoryStyle, frame: Frame) -> tuple[list[Box], int, int]:
    """Set a portrait at the left of its heading.

    Returns:
        Its box, where the words beside it begin, and its lines.
    """
    wide, high = portrait.pixels
    widest = frame.measure * PORTRAIT_SHARE // 1000
    tallest = round(widest * high / wide / (1 - styles.picture_crop)) + 2 * frame.white
    lines = max(3, min(styles.portrait_lines, tallest // frame.leading))
    top, height = frame.picture(0, lines)
    width = min(height * wide // high, widest)
    box = PictureBox(
        Rect(0, top, width, height),
        portrait.file,
        portrait.alt or name,
        portrait.focus,
        "portrait",
        portrait.pixels,
        portrait.where,
    )
    return [box], width + frame.size * 3 // 4, lines
