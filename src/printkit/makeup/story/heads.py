"""The headline block: kicker, headline, deck and byline on whole lines of the body's grid.

In: an article, the styles of its level and a width. Out: text boxes from the block's top and its height
in lines. Of the steps that CSS lists, the one is taken at which the headline fills its width best for its size
(composition.md D2, D5; the text that follows returns to the grid).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from printkit.compose import ends_after_mark
from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import HAN_TOP
from printkit.makeup.setting import Setter, flat, heading_paragraph
from printkit.makeup.story.bylines import BYLINE_MARK, byline_place, set_byline
from printkit.makeup.story.wrap import Inset
from printkit.model.article import HEADINGS, Article, Lines
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.lines import ComposedLine
from printkit.model.page import Step, TextBox
from printkit.model.style import TextStyle

AIR = 400
"""White between two parts of a vertical block, in thousandths of the smaller part's size."""

# What a heading costs at one of its steps in some number of lines, in thousandths of its width. The figures are
# ours, set so that on the samples' pages the choice is the one a desk would make.

SIZE_LOST = 1500
"""Cost of the whole size: a step a tenth smaller costs as much as a longest line a seventh of the width shorter."""

GOOD_FILL = 850
"""Share of the width from which on the longest line is long enough."""

SHORT_LINE = 450
"""Share of the width under which a line looks lost."""

LOST_LINE = 600
"""Cost of having such a line."""

EXTRA_LINE = 60
"""Cost of each line after the first: it takes room from the text and parts the heading's words."""

AFTER_MARK = 500
"""Cost of a line that ends one or two characters after a mark: the phrase that begins there is cut at once."""

ORPHAN = 100_000
"""Cost of a last line of one character: taken only where nothing else fits."""


@dataclass(frozen=True, slots=True)
class Head:
    """A set headline block: boxes from its top left corner, whole lines, and what there is to tell."""

    boxes: tuple[TextBox, ...]
    lines: int
    steps: tuple[Step, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    step_off: int = 0
    """How many steps smaller than its best size the headline stands."""
    first: int = 0
    columns: int = 0
    """The columns of its story that the block covers, and the first of them."""
    is_vertical: bool = False
    over: int = 0
    """Lines over the block that its picture takes."""
    beside: Inset | None = None
    """What the text of its one column leaves free at its side for the block, which then takes no lines of its own."""

    @property
    def is_wrong(self) -> bool:
        """Whether a heading of it cannot stand as it is."""
        return any(told.severity is Severity.ERROR for told in self.diagnostics)

    def tops(self, columns: int, space: int = 0) -> list[int]:
        """Return the lines that the block takes from each column, with some more round it."""
        taken = self.over + (self.lines + space if self.lines else 0)
        return [taken if self.covers(column) else 0 for column in range(columns)]

    def covers(self, column: int, columns: int = 1) -> bool:
        """Say whether the block stands in any of some columns."""
        return self.first < column + columns and column < self.first + self.columns


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a horizontal block, set."""

    role: str
    style: TextStyle
    text: tuple[str, ...]
    lines: tuple[ComposedLine, ...]


def at_step(style: TextStyle, step: tuple[int, int]) -> TextStyle:
    """Return a style at one of its steps."""
    return replace(style, size=step[0], leading=step[1])


def set_head(
    article: Article,
    styles: StoryStyle,
    width: int,
    leading: int,
    setter: Setter,
    *,
    step_off: int = 0,
    leave_out: frozenset[str] = frozenset(),
) -> Head:
    """Set the headline block of an article.

    Args:
        article: whose headings are set.
        styles: the type of its level.
        width: mpt that the block may fill.
        leading: the grid's, in mpt.
        setter: the composer.
        step_off: how many steps smaller than its best size the headline is to stand; where it does not fit there,
            it stands at its best, and `Head.step_off` says so.
        leave_out: parts that are not set: ``kicker``, ``deck``.
    """
    parts: list[Part] = []
    told: list[Diagnostic] = []
    chosen: list[Step] = []
    off = 0
    for role, heading in headings(article, leave_out):
        best, off_here = fit_heading(heading, styles, role, width, setter, step_off if role == "headline" else 0)
        if best is None:
            told.append(_too_long(role, heading))
            best = _at_smallest(role, heading, styles, width, setter)
        if role == "headline":
            off = off_here
            chosen.append(Step(f"headline {best.style.nominal / 1000:g}pt, {len(best.lines)} line(s)"))
        parts.append(Part(role, best.style, heading.lines, best.lines))
    if byline := byline_of(article, styles, width, setter):
        parts.append(byline)
    if not parts:
        return Head((), 0)
    head = _stack(parts, width, leading, styles)
    return replace(head, steps=tuple(chosen), diagnostics=(*told, *heading_marks(article, leave_out)), step_off=off)


def byline_of(article: Article, styles: StoryStyle, width: int, setter: Setter) -> Part | None:
    """Set the byline that stands in the headline block, if there is one."""
    if not article.byline or byline_place(article, styles) != "head":
        return None
    style = styles.roles["byline"]
    text, lines = set_byline(article, f"{BYLINE_MARK}{{}}", style, width, setter, 9)
    return Part("byline", style, (text,), lines)


def heading_marks(article: Article, leave_out: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Tell of headings that end with a mark that no heading ends with."""
    return tuple(
        _ends_with_mark(role, heading)
        for role, heading in headings(article, leave_out)
        if heading.text.rstrip()[-1:] in "。，、；："
    )


def headings(article: Article, leave_out: frozenset[str]) -> list[tuple[str, Lines]]:
    """Return the headings of an article that are set, by role."""
    return [(role, heading) for role, heading in article.headings.items() if role not in leave_out]


@dataclass(frozen=True, slots=True)
class FittedHeading:
    """A heading set at one of its steps, and what that costs."""

    style: TextStyle
    lines: tuple[ComposedLine, ...]
    cost: int


def most_lines(heading: Lines, styles: StoryStyle, role: str) -> int:
    """Return the most lines that a heading may have; those that the editor broke are always allowed."""
    most = styles.headline_lines if role == "headline" else max(2, len(heading.lines))
    return max(most, len(heading.lines)) if heading.given else most


def fit_heading(
    heading: Lines, styles: StoryStyle, role: str, width: int, setter: Setter, step_off: int = 0
) -> tuple[FittedHeading | None, int]:
    """Weigh the steps of a heading, each in every number of lines.

    Returns:
        The best, or that some steps smaller if it fits there, and how many steps smaller than the best it is; None
        where no step fits.
    """
    style = styles.roles[role]
    allowed = most_lines(heading, styles, role)
    best: FittedHeading | None = None
    place = 0
    for index, step in enumerate(style.steps):
        if best is not None and best.cost <= size_lost(style, step):
            break  # smaller sizes cost more, however well they fill
        found = _best_at(heading, style, step, width, setter, allowed)
        if found is not None and (best is None or found.cost < best.cost):
            best, place = found, index
    if best is not None and step_off and 0 <= place + step_off < len(style.steps):
        other = _best_at(heading, style, style.steps[place + step_off], width, setter, allowed)
        if other is not None:
            return other, step_off
    return best, 0


def size_lost(style: TextStyle, step: tuple[int, int]) -> int:
    """Return what a step costs for being smaller than the largest."""
    largest = style.steps[0][0]
    return SIZE_LOST * (largest - step[0]) // largest


def _best_at(
    heading: Lines, style: TextStyle, step: tuple[int, int], width: int, setter: Setter, allowed: int
) -> FittedHeading | None:
    """Set a heading at one step in the number of lines that costs least."""
    candidate = at_step(style, step)
    best: FittedHeading | None = None
    for count in range(1, 2 if heading.given else allowed + 1):
        least = size_lost(style, step) + EXTRA_LINE * (count - 1)
        if best is not None and best.cost <= least:
            break
        lines = setter.heading(
            heading.lines, heading.given, candidate, width, allowed if heading.given else count, least_lines=count
        )
        if lines is not None:
            cost = size_lost(style, step) + line_cost(lines, width)
            best = FittedHeading(candidate, lines, cost) if best is None or cost < best.cost else best
    return best


def line_cost(lines: tuple[ComposedLine, ...], width: int) -> int:
    """Return what the lines of a heading cost as they stand in a width (mpt), whatever their size."""
    if not lines:
        return 0
    shares = [1000 * line.width // width for line in lines]
    longest, shortest = max(shares), min(shares)
    cost = max(0, GOOD_FILL - longest) + (longest - shortest) + EXTRA_LINE * (len(lines) - 1)
    if shortest < SHORT_LINE:
        cost += LOST_LINE
    cost += AFTER_MARK * sum(ends_after_mark(line.text) for line in lines[:-1])
    if len(lines) > 1 and len(lines[-1].text.strip()) < 2:
        cost += ORPHAN
    return cost


def _at_smallest(role: str, heading: Lines, styles: StoryStyle, width: int, setter: Setter) -> FittedHeading:
    """Set a heading that fits nowhere at the smallest of its steps, in as many lines as it takes."""
    smallest = at_step(styles.roles[role], styles.roles[role].steps[-1])
    lines = setter.heading(("".join(heading.lines),), False, smallest, width, 200) or setter.lines(
        heading_paragraph(heading.lines), replace(flat(smallest), indent=0), width
    )
    return FittedHeading(smallest, lines, 0)


def _ends_with_mark(role: str, heading: Lines) -> Diagnostic:
    """Tell of a mark that no heading ends with (GB/T 15834 B.4; composition.md D5)."""
    mark = heading.text.rstrip()[-1:]
    return Diagnostic(
        "makeup.heading-mark",
        Say(f"a {role} does not end with “{mark}”", f"标题末尾不用“{mark}”"),
        Severity.WARNING,
        Say("take the mark out; only ？！…… may end a heading", "请删去；标题末尾只可用？！……"),
        heading.where,
    )


def _too_long(role: str, heading: Lines) -> Diagnostic:
    return Diagnostic(
        f"makeup.{role}-too-long",
        Say(
            f"the {role} does not fit at its smallest size: {sum(map(len, heading.lines))} characters",
            f"{HEADINGS[role]}用最小字号也放不下：{sum(map(len, heading.lines))} 字",
        ),
        Severity.ERROR,
        Say("shorten it, or list a smaller size in the style's steps", "请缩短，或在样式的字号级中加更小的字号"),
        heading.where,
    )


def _stack(parts: list[Part], width: int, leading: int, styles: StoryStyle) -> Head:
    """Stack the parts in whole lines of the body: what white is over is shared out to the gaps as the style has them."""
    top, between, byline, foot = styles.head_gaps
    # Han to Han: a part's first and last lines carry no leading outside them, and the text under them has some.
    inner = [
        byline * leading // 1000 if b.role == "byline" else between * min(a.style.size, b.style.size) // 1000
        for a, b in pairwise(parts)
    ]
    heights = [len(p.lines) * p.style.leading - (p.style.leading - p.style.size) for p in parts]
    set_lines = sum(heights) + sum(inner)
    outer = (top + foot) * leading // 1000
    lines = max(-(-set_lines // leading) + styles.headline_space[0], -(-(set_lines + outer) // leading))
    gaps = shared([top * leading // 1000, *inner, foot * leading // 1000], lines * leading - sum(heights))
    boxes = []
    y = 0
    for part, height, gap in zip(parts, heights, gaps, strict=False):
        pitch = part.style.leading
        white = (pitch - part.style.size) // 2
        y += gap
        boxes.append(
            TextBox(
                Rect(0, y - white, width, len(part.lines) * pitch),
                part.role,
                part.role,
                heading_paragraph(part.text),
                part.style,
                part.lines,
                pitch,
                white + part.style.size * HAN_TOP // 1000,
            )
        )
        y += height
    return Head(tuple(boxes), lines)


def shared(gaps: Sequence[int], white: int) -> list[int]:
    """Share white out to gaps: as much more, or less, to each as it is wide."""
    whole = sum(gaps)
    return [gap * white // whole for gap in gaps] if whole else [white // len(gaps) for _ in gaps]
