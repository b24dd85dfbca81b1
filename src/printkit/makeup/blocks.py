"""The copy of a story as blocks that flow: paragraphs set to the column, section headings with portraits."""

from dataclasses import replace

from printkit.makeup.floats import grid_text
from printkit.makeup.flow import Block, SolidBlock, TextBlock
from printkit.makeup.frames import Frame
from printkit.makeup.heads import byline_place, byline_text
from printkit.makeup.setting import SUBHEAD_LINES, Measure, Setter
from printkit.makeup.tables import columns_of, set_table
from printkit.model.edition import Article, Section
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.page import Box, PictureBox
from printkit.model.text import Kind, Paragraph, Run

KEEP = 2
"""Lines of text that stay with the heading above them (composition.md D4)."""

PORTRAIT_SHARE = 460
"""Most of a column that a portrait takes, in thousandths: name and title stand beside it."""

LIST_MARK = "●"


def article_blocks(article: Article, styles: StoryStyle, frame: Frame, setter: Setter, owner: int = 0) -> list[Block]:
    """Set the body, then the sections, to the frame's measure."""
    blocks = body_blocks(body_of(article, styles), styles, frame, setter, "p", owner)
    signed = article.byline and byline_place(article, styles) == "tail"
    if signed and not article.sections:
        blocks = _signed(blocks, article, styles, frame, setter, owner)
    if article.source:
        paragraph = Paragraph((Run(article.source),), where=article.where)
        style = styles.roles["credit"]
        lines = setter.short(paragraph, style, frame.measure, 3)
        blocks.append(TextBlock(paragraph, style, lines, "credit", "src", owner))
    for index, section in enumerate(article.sections):
        blocks.extend(section_blocks(section, styles, frame, setter, f"s{index}", owner))
    return _signed(blocks, article, styles, frame, setter, owner) if signed and article.sections else blocks


def body_of(article: Article, styles: StoryStyle) -> tuple[Paragraph, ...]:
    """Return the body with the 电头 run in before the first paragraph, in 黑体 and parted by one em.

    With it stands the byline, where the style asks for that.
    """
    if not article.dateline or not article.body:
        return article.body
    first = article.body[0]
    dateline = article.dateline
    if article.byline and byline_place(article, styles) == "dateline":
        # After 本报讯 it is 记者 alone: the paper is named already.
        names = byline_text(article.byline)
        dateline += f"（{names.removeprefix('本报') if dateline.startswith('本报') else names}）"
    if first.table:
        return (Paragraph((Run(dateline, strong=True),), where=article.where), *article.body)
    runs = (Run(dateline, strong=True), Run("\u3000"), *first.runs)
    return (replace(first, runs=runs), *article.body[1:])


def _signed(
    blocks: list[Block], article: Article, styles: StoryStyle, frame: Frame, setter: Setter, owner: int
) -> list[Block]:
    """Set the byline after the text, flush right: on the last line where it leaves room, else on lines of its own."""
    paragraph = Paragraph((Run(f"（{byline_text(article.byline)}）"),), where=article.where)
    style = replace(styles.roles["byline"], align="end")
    lines = setter.short(paragraph, style, frame.measure, 3)
    tail = TextBlock(paragraph, style, lines, "byline", "byline", owner)
    last = blocks[-1] if blocks else None
    if isinstance(last, TextBlock) and last.role == "body" and len(lines) == 1:
        end = last.lines[-1].x + last.lines[-1].width if last.lines else 0
        if end + frame.size <= lines[0].x:
            # The paragraph keeps its lines: with one more or less there might be no room for the byline.
            return [*blocks[:-1], replace(last, tail=tail, whole_measure=False)]
    return [*blocks, tail]


def body_blocks(
    paragraphs: tuple[Paragraph, ...], styles: StoryStyle, frame: Frame, setter: Setter, key: str, owner: int = 0
) -> list[Block]:
    """Set paragraphs of every kind to the frame's measure; tables that span columns are left to `wide_tables`."""
    blocks: list[Block] = []
    for index, paragraph in enumerate(paragraphs):
        name = f"{key}{index}"
        em = frame.size
        match paragraph.kind:
            case Kind.SUBHEAD:
                if index + 1 < len(paragraphs) and columns_of(paragraphs[index + 1], styles, frame, setter) > 1:
                    continue  # it is the title of a table that leaves the text, and leaves with it
                style = styles.roles["subhead"]
                lines = setter.subhead(paragraph, style, frame.measure)
                blocks.append(TextBlock(paragraph, style, lines, "subhead", name, owner, keep=KEEP))
            case Kind.QUOTATION:
                style = styles.roles["quotation"]
                measure = frame.measure - (2 * em if frame.measure > 8 * em else 0)
                side = (frame.measure - measure) // 2
                lines = setter.lines(paragraph, style, _inset(side, measure))
                blocks.append(TextBlock(paragraph, style, lines, "quotation", name, owner))
            case Kind.LIST_ITEM:
                style = replace(styles.roles["body"], indent=0)
                marked = replace(paragraph, runs=(Run(LIST_MARK, small=True), *paragraph.runs))
                full = frame.measure
                lines = setter.lines(marked, style, _hanging(em, full))
                blocks.append(TextBlock(marked, style, lines, "body", name, owner))
            case Kind.TABLE:
                if columns_of(paragraph, styles, frame, setter) == 1:
                    table = set_table(paragraph, styles, frame, setter, frame.measure, name, owner)
                    after_subhead = index > 0 and paragraphs[index - 1].kind is Kind.SUBHEAD
                    blocks.extend([] if after_subhead else [SolidBlock(1, gap=True, owner=owner, keep=KEEP)])
                    blocks.append(table)
                    if index + 1 < len(paragraphs) and paragraphs[index + 1].kind is not Kind.TABLE:
                        blocks.append(SolidBlock(1, gap=True, owner=owner))
            case _:
                style = styles.roles["body"]
                lines = setter.lines(paragraph, style, frame.measure)
                blocks.append(TextBlock(paragraph, style, lines, "body", name, owner, whole_measure=True))
    return blocks


def _inset(side: int, measure: int) -> Measure:
    """Return a measure that starts some way in on every line."""
    return lambda line: (side, measure)


def _hanging(em: int, measure: int) -> Measure:
    """Return a measure whose lines but the first start one em in, under the text of the list's mark."""
    return lambda line: (0, measure) if line == 0 else (em, measure - em)


def section_blocks(
    section: Section, styles: StoryStyle, frame: Frame, setter: Setter, key: str, owner: int = 0
) -> list[Block]:
    """Set one section: its heading with the portrait above the text, then the text."""
    blocks: list[Block] = []
    if section.name or section.title or section.portrait:
        blocks.append(SolidBlock(styles.section_space[0], gap=True, owner=owner))
        blocks.append(_section_head(section, styles, frame, setter, key, owner))
    if section.headline:
        style = styles.roles["subhead"]
        lines = setter.heading(section.headline.lines, section.headline.given, style, frame.measure, SUBHEAD_LINES)
        paragraph = Paragraph((Run(section.headline.text),), Kind.SUBHEAD, section.headline.where)
        if lines is None:
            lines = setter.lines(paragraph, style, frame.measure)
        blocks.append(TextBlock(paragraph, style, lines, "subhead", f"{key}h", owner, keep=KEEP))
    styles = replace(styles, table_columns=1)  # the parts flow through the columns, and so do their tables
    blocks.extend(body_blocks(section.body, styles, frame, setter, f"{key}p", owner))
    return blocks


def _section_head(
    section: Section, styles: StoryStyle, frame: Frame, setter: Setter, key: str, owner: int
) -> SolidBlock:
    """Set portrait, title and name: the portrait at the left, the words beside it, their last line at its foot."""
    boxes: list[Box] = []
    x, lines = 0, 0
    if section.portrait:
        wide, high = section.portrait.pixels
        widest = frame.measure * PORTRAIT_SHARE // 1000
        tallest = round(widest * high / wide / (1 - styles.picture_crop)) + 2 * frame.white
        lines = max(3, min(styles.portrait_lines, tallest // frame.leading))
        top, height = frame.picture(0, lines)
        width = min(height * wide // high, widest)
        alt = section.portrait.alt or section.name
        boxes.append(
            PictureBox(Rect(0, top, width, height), section.portrait.file, alt, section.portrait.focus, "portrait")
        )
        x = width + frame.size * 3 // 4
    measure = frame.measure - x
    texts = []
    for role, text in (("section-title", section.title), ("section-name", section.name)):
        if text:
            style = styles.roles[role]
            paragraph = Paragraph((Run(text),), where=section.where)
            set_lines = setter.heading((text,), False, style, measure, 12) or setter.lines(
                paragraph, replace(style, indent=0), measure
            )
            texts.append((role, paragraph, style, set_lines))
    depth = sum(len(t[3]) for t in texts)
    lines = max(lines, depth)
    line = lines - depth
    for role, paragraph, style, set_lines in texts:
        boxes.append(grid_text(frame, role, f"{key}{role[-1]}", paragraph, style, set_lines, x, line, measure))
        line += len(set_lines)
    return SolidBlock(lines, tuple(boxes), owner, keep=KEEP)
