"""Vertical headlines (竖题): kicker, headline and deck in lines that run down beside their text.

In: an article, the styles of its level and the story's frame. Out: a `Head` of whole columns and whole lines at the
left or the right edge of the story. Kicker, headline and deck follow one another from right to left, each centred in
the block as CSS says; the byline stands under them, horizontal like the text (composition.md D5).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.flow import SolidBlock
from printkit.makeup.frames import HAN_TOP, Frame
from printkit.makeup.setting import Setter, heading_paragraph
from printkit.makeup.story.blocks import body_of
from printkit.makeup.story.heads import (
    AIR,
    EXTRA_LINE,
    GOOD_FILL,
    ORPHAN,
    Head,
    at_step,
    byline_of,
    heading_marks,
    headings,
    most_lines,
    set_head,
    size_lost,
)
from printkit.makeup.story.wrap import Inset, run_beside, sides
from printkit.model.article import Article, Lines
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.lines import VerticalLine
from printkit.model.page import Step, TextBox
from printkit.model.style import TextStyle

LEAST_UNDER = 5
"""Lines of text that a column under a vertical headline must hold; with less the headline takes the whole column."""

MOST_BESIDE = 3
"""Most vertical lines of a kicker or a deck."""


def story_head(
    article: Article,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    *,
    step_off: int = 0,
    leave_out: frozenset[str] = frozenset(),
    beside: int | None = None,
) -> Head:
    """Set the headline block of a story, horizontal or vertical as its style asks.

    Args:
        article: whose headings are set.
        styles: the type of its level.
        frame: the story's frame.
        setter: the composer.
        step_off: as for `set_head`.
        leave_out: as for `set_head`.
        beside: em of white more between a narrow vertical headline and the text of its one column, which may run beside
            it (`Head.beside`); None where it may not.
    """
    upright = styles.headline_direction == "vertical" and article.headline is not None
    if upright:
        found = _vertical_head(article, styles, frame, setter, step_off, leave_out, beside=beside)
        if found is not None:
            return found
    across = frame.columns if upright else min(styles.headline_columns or frame.columns, frame.columns)
    head = set_head(article, styles, frame.width(across), frame.leading, setter, step_off=step_off, leave_out=leave_out)
    told = (_not_vertical(article.headline),) if upright and article.headline else ()
    return replace(head, columns=across, diagnostics=(*head.diagnostics, *told))


@dataclass(frozen=True, slots=True)
class _Column:
    """One heading in vertical lines."""

    role: str
    style: TextStyle
    text: tuple[str, ...]
    lines: tuple[VerticalLine, ...]

    @property
    def width(self) -> int:
        """Width from the Han of its first line to the Han of its last, mpt."""
        return len(self.lines) * self.style.leading - (self.style.leading - self.style.size)

    @property
    def height(self) -> int:
        """Height of its tallest line, mpt."""
        return max((line.line.width for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class _Block:
    """The headings of a story side by side, from right to left, and what they cost."""

    columns: tuple[_Column, ...]
    cost: int

    @property
    def headline(self) -> _Column:
        """The headline among the headings."""
        return next(c for c in self.columns if c.role == "headline")

    @property
    def height(self) -> int:
        """Height of the tallest line, mpt."""
        return max(c.height for c in self.columns)


def _vertical_head(
    article: Article,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    step_off: int,
    leave_out: frozenset[str],
    *,
    beside: int | None,
) -> Head | None:
    """Set a vertical headline block; None where no step fits the columns that it may cover."""
    columns = min(styles.headline_columns or 1, max(1, frame.columns - 1))
    first = 0 if styles.headline_side == "left" else frame.columns - columns
    width = frame.width(columns, first)
    byline = byline_of(article, styles, width, setter)
    under = len(byline.lines) * byline.style.leading + byline.style.size if byline else 0
    height = (frame.lines - styles.headline_space[0]) * frame.leading - under
    steps = styles.roles["headline"].steps
    best: _Block | None = None
    place = 0
    for index in range(len(steps)):
        found = _block_at(article, styles, index, (width, height), setter, leave_out)
        if found is not None and (best is None or found.cost < best.cost):
            best, place = found, index
    if best is None:
        return None
    off = 0
    if step_off and 0 <= place + step_off < len(steps):
        other = _block_at(article, styles, place + step_off, (width, height), setter, leave_out)
        best, off = (other, step_off) if other is not None else (best, 0)
    free = None if beside is None or byline else _beside_text(article, styles, frame, setter, best, beside)
    x = frame.xs[first] - frame.xs[0]
    if free:
        lines, depth = 0, free.depth
        width = max(_total(best.columns), frame.measure - free.measures[0] - frame.size)
        x += frame.measure - width if free.at_right else 0
    else:
        lines = -(-(best.height + under) // frame.leading) + styles.headline_space[0]
        lines = depth = lines if frame.lines - lines >= LEAST_UNDER else frame.lines
    y = (depth * frame.leading - best.height - under) // 2
    boxes = list(_boxes(best, width, y))
    if byline:
        pitch = byline.style.leading
        rect = Rect(0, y + best.height + byline.style.size, width, len(byline.lines) * pitch)
        baseline = (pitch - byline.style.size) // 2 + byline.style.size * HAN_TOP // 1000
        paragraph = heading_paragraph(byline.text)
        boxes.append(TextBox(rect, "byline", "byline", paragraph, byline.style, byline.lines, pitch, baseline))
    headline = best.headline
    return Head(
        tuple(replace(box, rect=replace(box.rect, x=box.rect.x + x)) for box in boxes),
        lines,
        (Step(f"vertical headline {headline.style.size / 1000:g}pt, {len(headline.lines)} line(s)"),),
        heading_marks(article, leave_out),
        off,
        first,
        columns,
        is_vertical=True,
        beside=free,
    )


def _beside_text(
    article: Article, styles: StoryStyle, frame: Frame, setter: Setter, block: _Block, more: int
) -> Inset | None:
    """Return what a narrow block leaves of its column to the text; None where it is too wide, or the text too short for it."""
    widths = sides(frame, _total(block.columns) + more * frame.size)
    if not widths or 2 * widths[1] < frame.measure:
        return None
    body = body_of(article, styles)
    for white in (frame.size // 2, 0):  # none is needed under a headline that ends where its text does
        depth = -(-(block.height + white) // frame.leading)
        free = Inset((), depth, (widths[1],) * depth, styles.headline_side == "right")
        blocks, _ = run_beside(free, body, [""] * len(body), styles, frame, setter)
        boxes = (box for made in blocks if isinstance(made, SolidBlock) for box in made.boxes)
        if sum(len(box.lines) for box in boxes if isinstance(box, TextBox)) >= depth:
            return free
    return None


def _block_at(
    article: Article,
    styles: StoryStyle,
    index: int,
    room: tuple[int, int],
    setter: Setter,
    leave_out: frozenset[str],
) -> _Block | None:
    """Set the headings with the headline at one of its steps, in the number of lines that costs least."""
    assert article.headline is not None
    style = styles.roles["headline"]
    step = style.steps[index]
    candidate = at_step(style, step)
    heading = article.headline
    best: _Block | None = None
    counts = (len(heading.lines),) if heading.given else range(1, most_lines(heading, styles, "headline") + 1)
    for count in counts:
        lines = setter.vertical(heading.lines, heading.given, candidate, room[1], count)
        if not lines:
            continue
        column = _Column("headline", candidate, heading.lines, lines)
        block = _with_others(article, styles, column, room, setter, leave_out)
        if block is None:
            continue
        cost = size_lost(style, step) + _cost(block, room[0])
        if best is None or cost < best.cost:
            best = replace(block, cost=cost)
    return best


def _cost(block: _Block, width: int) -> int:
    """Return what a block costs by how it fills its width and how unequal the headline's lines are."""
    heights = [line.line.width for line in block.headline.lines]
    longest = max(heights)
    cost = max(0, GOOD_FILL - 1000 * _total(block.columns) // width) + EXTRA_LINE * (len(heights) - 1)
    cost += 1000 * (longest - min(heights)) // longest
    if len(heights) > 1 and len(block.headline.lines[-1].line.text.strip()) < 2:
        cost += ORPHAN
    return cost


def _with_others(
    article: Article,
    styles: StoryStyle,
    headline: _Column,
    room: tuple[int, int],
    setter: Setter,
    leave_out: frozenset[str],
) -> _Block | None:
    """Set kicker and deck beside a headline: no taller than it if they fit so, else as tall as there is room."""
    width, height = room
    for limit in (headline.height, height):
        columns: list[_Column] = []
        for role, heading in headings(article, leave_out):
            column = headline if role == "headline" else _beside(role, heading, styles, limit, setter)
            if column is not None:
                columns.append(column)
        if len(columns) == len(headings(article, leave_out)) and _total(columns) <= width:
            return _Block(tuple(columns), 0)
    return None


def _beside(role: str, heading: Lines, styles: StoryStyle, height: int, setter: Setter) -> _Column | None:
    """Set a kicker or deck in the fewest lines, at the largest step that allows them."""
    for count in range(1, MOST_BESIDE + 1):
        if heading.given and count != len(heading.lines):
            continue
        for step in styles.roles[role].steps:
            candidate = at_step(styles.roles[role], step)
            lines = setter.vertical(heading.lines, heading.given, candidate, height, count)
            if lines:
                return _Column(role, candidate, heading.lines, lines)
    return None


def _gaps(columns: tuple[_Column, ...] | list[_Column]) -> list[int]:
    return [min(a.style.size, b.style.size) * AIR // 1000 for a, b in pairwise(columns)]


def _total(columns: tuple[_Column, ...] | list[_Column]) -> int:
    """Return the width of headings side by side, mpt."""
    return sum(c.width for c in columns) + sum(_gaps(columns))


def _boxes(block: _Block, width: int, y: int) -> Iterator[TextBox]:
    """Place the headings from right to left, centred in the block's width."""
    right = width - (width - _total(block.columns)) // 2
    for column, gap in zip(block.columns, [*_gaps(block.columns), 0], strict=True):
        pitch = column.style.leading
        white = (pitch - column.style.size) // 2
        box_width = len(column.lines) * pitch
        lines = tuple(_aligned(line, column.style, block.height) for line in column.lines)
        yield TextBox(
            Rect(right + white - box_width, y, box_width, block.height),
            column.role,
            column.role,
            heading_paragraph(column.text),
            column.style,
            tuple(line.line for line in lines),
            pitch,
            0,
            tuple(line.turns for line in lines),
        )
        right -= column.width + gap


def _aligned(line: VerticalLine, style: TextStyle, height: int) -> VerticalLine:
    """Move a line down within the block's height as the style aligns it."""
    free = height - line.line.width
    x = {"start": 0, "end": free}.get(style.align, free // 2)
    return replace(line, line=replace(line.line, x=x))


def _not_vertical(heading: Lines) -> Diagnostic:
    return Diagnostic(
        "makeup.headline-not-vertical",
        Say("the headline does not fit as a vertical one and stands horizontal", "主标题放不成竖题，改排横题"),
        Severity.WARNING,
        Say(
            "shorten kicker, headline or deck, or give it more columns (--headline-columns)",
            "请缩短引题、主标题或副题，或给它更多栏（--headline-columns）",
        ),
        heading.where,
    )
