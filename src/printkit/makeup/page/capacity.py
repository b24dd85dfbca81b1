"""How much a slot takes (约稿单): characters for each level of headline, with and without a picture, before anything is written.

The headline block is that of a usual story (`HEADLINE`, `DECK`, `BYLINE`), the picture one of 3 : 2. Characters a line and
what paragraphs can win or lose are measured on paragraphs of newspaper length, set in the slot's own columns; what
pictures and white can give is the ladder's.
"""

from dataclasses import dataclass
from pathlib import Path

from printkit.diagnostics import SourceRef
from printkit.makeup.flow import TextBlock
from printkit.makeup.frames import Frame, story_frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.closing import Paragraphs
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article, Byline, Lines, Picture
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Slot, StoryStyle
from printkit.model.text import Paragraph, Run

_WHERE = SourceRef("capacity")
HEADLINE = "职工夜校开进车间里"
DECK = "六门课程由班组自己点单"
DECKED_LEVEL = 3
"""The last level whose story is counted with a deck."""

_COPY = (
    "晚上七点，机修车间的灯还亮着。二十多名青年职工围在一台旧铣床旁边，听老师傅讲怎样凭声音判断轴承的磨损；讲到要紧处，"
    "他把手搭在机壳上，说：“你们也来摸一摸。”这是区总工会今年办起的职工夜校，课程由班组点单，教室就设在工段里，"
    "三个月来开了四十六堂课，听课的有九百多人次，有人还带来了自己画的图纸，请大家一起挑毛病。"
)
_LENGTHS = range(58, len(_COPY), 11)
"""Paragraphs of a newspaper: so many characters, from a short one to a long one."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters: as the slot stands, and the least and most that the ladder brings to its last line."""

    characters: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a slot takes at one level; `pictured` is None where a picture leaves no room for text."""

    level: int
    plain: Span
    pictured: Span | None


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a measure makes of copy: characters a line, and lines won and lost a line, in thousandths."""

    density: int
    won: int
    lost: int


def usual_story(*, level: int, pictured: bool) -> Article:
    """Return the story that a slot is counted with: headings of a usual length and no text."""
    picture = Picture(Path("picture"), (900, 600), _WHERE, _COPY[:20], "某某 摄")
    return Article(
        Path("capacity"),
        _WHERE,
        headline=Lines((HEADLINE,), _WHERE),
        deck=Lines((DECK,), _WHERE) if level <= DECKED_LEVEL else None,
        byline=(Byline("本报记者", "某某"),) if level <= DECKED_LEVEL else (),
        body=(Paragraph((Run(_COPY),), where=_WHERE),),
        pictures=(picture,) if pictured else (),
    )


def capacity_of(slot: Slot, story: Story, geometry: PageGeometry, setter: Setter) -> Capacity:
    """Count what a slot takes for a story of its level, frame and look.

    Args:
        slot: the slot.
        story: gives level, frame and look.
        geometry: the slot's page.
        setter: the composer.
    """
    level = story.level
    styles = geometry.style(story, slot.name)
    drawn = story_frame(slot, geometry, styles)
    copy = _measured(styles, drawn, setter)
    plain = _span(Fitting(usual_story(level=level, pictured=False), styles, drawn, setter), copy)
    pictured = _span(Fitting(usual_story(level=level, pictured=True), styles, drawn, setter), copy)
    return Capacity(level, plain or Span(0, 0, 0), pictured)


def _measured(styles: StoryStyle, frame: Frame, setter: Setter) -> _Copy:
    """Set paragraphs of newspaper length in a frame's columns and count."""
    style = styles.roles["body"]
    blocks = [
        TextBlock(p, style, setter.lines(p, style, frame.measure), "body", f"p{n}", whole_measure=True)
        for n, p in enumerate(Paragraph((Run(_COPY[:length]),)) for length in _LENGTHS)
    ]
    lines = sum(len(block.lines) for block in blocks)
    changes = Paragraphs(blocks, frame.measure, setter, 1, lines).costs()
    return _Copy(1000 * sum(_LENGTHS) // lines, 1000 * max(changes) // lines, -1000 * min(changes) // lines)


def _span(fitting: Fitting, copy: _Copy) -> Span | None:
    """Return the characters that a fitting's frame takes; None when headings and pictures fill it."""
    plain = fitting.plain()
    if plain.outside or not plain.room:
        return None
    taken = [fitting.taken(choice) for choice in fitting.choices()]
    usual = fitting.taken(plain.choice)
    least, most = plain.room + usual - max(taken), plain.room + usual - min(taken)
    if fitting.ladder.allows("lines"):
        # Of lines won at the foot of a story only so many are worth it (`closing.PER_COLUMN`).
        least -= min(least * copy.won // 1000, fitting.most_lines)
        most += min(most * copy.lost // 1000, fitting.most_lines)
    return Span(*(max(0, lines) * copy.density // 1000 for lines in (plain.room, least, most)))
