"""The headline block: kicker, headline, deck and byline on whole lines of the body's grid.

In: an article, the styles of its level and a width. Out: text boxes from the block's top and its height
in lines. The headline stands at the largest of its steps that fits (composition.md D2, D5; the text that
follows returns to the grid).
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import HAN_TOP
from printkit.makeup.setting import Setter, heading_paragraph
from printkit.model.edition import Article, Byline, Lines
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.lines import ComposedLine
from printkit.model.page import Step, TextBox
from printkit.model.style import TextStyle

_AIR = 350
"""White between two parts of the block, in thousandths of the smaller part's size."""


@dataclass(frozen=True, slots=True)
class Head:
    """A set headline block: boxes from its top left corner, whole lines, and what there is to tell."""

    boxes: tuple[TextBox, ...]
    lines: int
    steps: tuple[Step, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    step_off: int = 0
    """Steps that the headline stands below its best."""


@dataclass(frozen=True, slots=True)
class _Part:
    role: str
    style: TextStyle
    text: tuple[str, ...]
    lines: tuple[ComposedLine, ...]


def byline_text(bylines: tuple[Byline, ...]) -> str:
    """Write who wrote a story: each role once, its names after it (``□本报记者 甲 乙 通讯员 丙``)."""
    words: list[str] = []
    role = ""
    for byline in bylines:
        if byline.role and byline.role != role:
            words.append(byline.role)
        role = byline.role
        words.append(byline.name)
    return ("□" + " ".join(words)) if words else ""


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
        step_off: steps that the headline is to stand below its best.
        leave_out: parts that are not set.
    """
    parts: list[_Part] = []
    told: list[Diagnostic] = []
    chosen: list[Step] = []
    off = 0
    for role, heading in (("kicker", article.kicker), ("headline", article.headline), ("deck", article.deck)):
        if heading is None or role in leave_out:
            continue
        part, fitted = _fit(role, heading, styles, width, setter)
        if role == "headline" and step_off and fitted:
            sizes = [size for size, _ in part.style.steps]
            lower = part.style.steps[sizes.index(part.style.size) + step_off :]
            if lower:
                smaller = replace(styles, roles={**styles.roles, role: replace(styles.roles[role], steps=lower)})
                part, _ = _fit(role, heading, smaller, width, setter)
                off = step_off
        if not fitted:
            told.append(_too_long(role, heading))
        if heading.text.rstrip()[-1:] in "。，、；：":
            told.append(_ends_with_mark(role, heading))
        if role == "headline":
            chosen.append(Step(f"headline {part.style.size / 1000:g}pt, {len(part.lines)} line(s)"))
        parts.append(part)
    if text := byline_text(article.byline):
        style = styles.roles["byline"]
        lines = setter.short(heading_paragraph((text,)), style, width, 9)
        parts.append(_Part("byline", style, (text,), lines))
    if not parts:
        return Head((), 0)
    return replace(_stack(parts, width, leading, styles.headline_space[0], tuple(chosen), tuple(told)), step_off=off)


def _fit(role: str, heading: Lines, styles: StoryStyle, width: int, setter: Setter) -> tuple[_Part, bool]:
    """Set a heading at the largest of its steps that fits; at the smallest, in as many lines as it takes, if none does."""
    style = styles.roles[role]
    most = styles.headline_lines if role == "headline" else max(2, len(heading.lines))
    allowed = max(most, len(heading.lines)) if heading.given else most
    for step in style.steps:
        candidate = at_step(style, step)
        lines = setter.heading(heading.lines, heading.given, candidate, width, allowed)
        if lines is not None:
            return _Part(role, candidate, heading.lines, lines), True
    smallest = at_step(style, style.steps[-1])
    lines = setter.heading(("".join(heading.lines),), False, smallest, width, 200) or setter.lines(
        heading_paragraph(heading.lines), replace(smallest, indent=0), width
    )
    return _Part(role, smallest, heading.lines, lines), False


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
    names = {"kicker": "引题", "headline": "主题", "deck": "副题"}
    return Diagnostic(
        f"makeup.{role}-too-long",
        Say(
            f"the {role} does not fit at its smallest size: {len(heading.text)} characters",
            f"{names[role]}用最小字号也放不下：{len(heading.text)} 字",
        ),
        Severity.ERROR,
        Say("shorten it, or list a smaller size in the style's steps", "请缩短，或在样式的字号级中加更小的字号"),
        heading.where,
    )


def _stack(
    parts: list[_Part], width: int, leading: int, space: int, steps: tuple[Step, ...], told: tuple[Diagnostic, ...]
) -> Head:
    """Stack the parts, centred in whole lines of the body with the white that the style asks for."""
    gaps = [min(a.style.size, b.style.size) * _AIR // 1000 for a, b in pairwise(parts)]
    # A part's first and last lines carry no leading outside the Han, so heights are counted Han to Han.
    heights = [len(p.lines) * p.style.leading - (p.style.leading - p.style.size) for p in parts]
    total = sum(heights) + sum(gaps)
    lines = -(-total // leading) + space
    y = (lines * leading - total) // 2
    boxes = []
    for index, (part, height) in enumerate(zip(parts, heights, strict=True)):
        pitch = part.style.leading
        white = (pitch - part.style.size) // 2
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
        y += height + (gaps[index] if index < len(gaps) else 0)
    return Head(tuple(boxes), lines, steps, told)
