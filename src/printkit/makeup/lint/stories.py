"""What a desk sees on a made-up page: a heading broken inside a word, short lines at a column's edge, white left.

In: a page's stories as they stand. Out: findings with their boxes. Pictures and rules have lints
of their own (`pictures`, `rules`).
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.makeup.flow import RUNNING
from printkit.makeup.frames import Frame
from printkit.makeup.lint.advice import length_advice
from printkit.makeup.lint.places import bbox_of, on_page
from printkit.makeup.lint.white import White, place_of, white_runs
from printkit.makeup.setting import Setter
from printkit.model.article import HEADINGS, Article
from printkit.model.geometry import StoryStyle
from printkit.model.page import MadeUpStory, PictureBox, TextBox
from printkit.model.text import LINED, Kind

_BROKEN_LIKE_HEADINGS = (*HEADINGS, "subhead")
"""Roles of what is broken like a heading, where words end."""

_SHORT = 2
"""A last line of which so many do not fill the measure is short (孤行)."""

_REACH = 4
"""Lines under a paragraph within which what follows it stands, the white before a section's heading included."""

LEAST_INSIDE = 3
"""Lines of white inside a column that no heading asks for: two part a headline or a section from what is over it."""


Trial = Callable[[Article], MadeUpStory]
"""Makes a story up again in its place with another copy."""


def lint_story(made: MadeUpStory, setter: Setter, trial: Trial) -> list[Diagnostic]:
    """Tell of the headings and the paragraphs of a story; `trial` holds advice against the page before it is given."""
    return [*_headings(made, setter), *_column_edges(made, trial)]


# --- headings ----------------------------------------------------------------------------------------------


def _headings(made: MadeUpStory, setter: Setter) -> Iterator[Diagnostic]:
    """Tell of headings that end a line inside a word or a name."""
    for box in made.boxes:
        if isinstance(box, TextBox) and box.role in _BROKEN_LIKE_HEADINGS and len(box.lines) > 1:
            heading = made.story.article.headings.get(box.role)
            for number, word in _broken_words(box, setter):
                yield Diagnostic(
                    "makeup.headline-breaks-word",
                    Say(f"line {number} ends inside “{word}”", f"第 {number} 行在“{word}”当中断开"),
                    Severity.WARNING,
                    _hint(box.role, word, given=heading is not None and heading.given),
                    made.where(box),
                    bbox=bbox_of(on_page(box, made)),
                )


def _hint(role: str, word: str, *, given: bool) -> Say:
    if given:
        return Say(f"end the line before or after “{word}”", f"请在“{word}”之前或之后断行")
    if role in HEADINGS:
        return Say(
            f"give the break yourself: a list of lines under `{role}`",
            f"请自己断行：{HEADINGS[role]}（{role}）下逐行写",
        )
    return Say("shorten it", "请缩短")


def _broken_words(box: TextBox, setter: Setter) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that ends inside a word, from 1, and the word."""
    text = box.paragraph.text
    spans = _words(text, setter)
    ends = [line.end for line in box.lines[:-1]]
    edges = [0, *ends, len(text)]
    for number, at in enumerate(ends, 1):
        start, end = next(((s, e) for s, e in spans if s < at < e), (at, at))
        if start == end or not _is_word(text[start:end], setter):
            continue
        before = _words(text[edges[number - 1] : at], setter)
        after = _words(text[at : edges[number + 1]], setter)
        # A piece that belongs to a word of its own line was not torn off: 职工 ends 职工|会, whatever 工会 says.
        if before[-1][1] - before[-1][0] <= at - start and after[0][1] <= end - at:
            yield number, text[start:end]


def _is_word(text: str, setter: Setter) -> bool:
    """Say whether a text is a word beyond doubt: Latin, or one that the dictionary or the paper's names have."""
    return (text.isascii() and text.isalnum()) or setter.knows(text)


def _words(text: str, setter: Setter) -> list[tuple[int, int]]:
    """Return where each word of a text begins and ends."""
    return list(pairwise(accumulate(map(len, setter.words(text)), initial=0)))


# --- the edges of columns --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _LastLine:
    """The box that ends a paragraph: its last line, and whether that opens a column."""

    box: TextBox
    opens: bool

    @property
    def han(self) -> int:
        """Characters of the line, marks left out."""
        return sum(c.isalnum() for c in self.box.lines[-1].text)

    @property
    def least(self) -> tuple[int, int]:
        """Characters without which the line is gone, and those with which it is half full."""
        line = self.box.lines[-1]
        return max(1, self.han), max(1, (line.measure // _SHORT - line.width) // self.box.style.size + 1)


def _column_edges(made: MadeUpStory, trial: Trial) -> Iterator[Diagnostic]:
    """Tell of short last lines that open a column (孤行), and of last lines of one Han at a column's edge (孤字)."""
    edges = list(_edges(made))
    for code, say, last in edges:
        paragraph = last.box.paragraph
        known = {other.box.paragraph.where for *_, other in edges} - {paragraph.where}

        def is_good(copy: Article, known: AbstractSet[SourceRef | None] = known) -> bool:
            tried = trial(copy)
            closes = not tried.fit.over_lines and not tried.fit.under_lines
            return closes and {other.box.paragraph.where for *_, other in _edges(tried)} <= known

        hint = length_advice(made.story.article, paragraph, last.least, is_good)
        yield _at_edge(code, say, hint, last, made)


def _edges(made: MadeUpStory) -> Iterator[tuple[str, Say, _LastLine]]:
    """Yield the code and the words for each last line that stands badly.

    A story that is over or short has to be changed in any case, and its lines then fall otherwise.
    """
    if made.fit.over_lines or made.fit.under_lines:
        return
    for last in _last_lines(made):
        line = last.box.lines[-1]
        if last.han == 1 and (last.opens or _closes(last.box, made)):
            edge = ("top", "首") if last.opens else ("foot", "尾")
            say = Say(f"one Han stands alone at the {edge[0]} of a column", f"栏{edge[1]}孤字：“{line.text}”独占一行")
            yield "makeup.runt", say, last
        elif last.opens and _SHORT * line.width < line.measure:
            say = Say(
                f"a column opens with a paragraph's last {last.han} characters", f"栏首孤行：只有段末 {last.han} 字"
            )
            yield "makeup.widow", say, last


def _last_lines(made: MadeUpStory) -> Iterator[_LastLine]:
    running = [box for box in made.boxes if isinstance(box, TextBox) and box.role in RUNNING - {"subhead", *LINED}]
    for _, group in groupby(running, key=lambda box: box.key):
        pieces = list(group)
        box = pieces[-1]
        if not box.lines:
            continue
        before = pieces[-2] if len(pieces) > 1 else None
        # Under a picture that text stands beside, a paragraph goes on in its own column.
        opens = before is not None and len(box.lines) == 1 and before.rect.bottom != box.rect.y
        yield _LastLine(box, opens)


def _closes(box: TextBox, made: MadeUpStory) -> bool:
    """Say whether nothing of the text follows under a box in its column: a picture across columns ends a column, too."""
    foot, reach = box.rect.bottom, _REACH * box.pitch
    return not any(
        foot <= other.rect.y < foot + reach and other.rect.x < box.rect.right and box.rect.x < other.rect.right
        for other in made.boxes
        if not isinstance(other, PictureBox) or other.role != "picture"
    )


def _at_edge(code: str, say: Say, hint: Say, last: _LastLine, made: MadeUpStory) -> Diagnostic:
    box = last.box
    bbox = bbox_of(on_page(box, made))
    bbox = (bbox[0], bbox[3] - box.pitch / 1000, bbox[2], bbox[3])
    where = box.paragraph.where or made.story.article.where
    return Diagnostic(code, say, Severity.WARNING, hint, where, bbox=bbox)


# --- white ---------------------------------------------------------------------------------------------------


def white_left(stories: Sequence[MadeUpStory], styles: StoryStyle, frame: Frame) -> list[Diagnostic]:
    """Tell of white in a slot's columns that its stories do not ask for and that is not told as `makeup.underset`."""
    if any(story.fit.under_lines for story in stories):
        return []
    asked = _asked(stories, styles)
    runs = [white for white in white_runs(stories, frame) if white.at_foot or white.lines >= _least_inside(styles)]
    if not runs:
        return []
    beyond = any(not white.at_foot or white.lines > asked for white in runs)
    over = any(story.fit.over_lines for story in stories)
    words = [_in_words(white) for white in runs]
    largest = max(runs, key=lambda white: white.lines)
    return [
        Diagnostic(
            "makeup.white-left",
            Say(f"white is left: {'; '.join(w.en for w in words)}", f"留白：{'；'.join(w.zh for w in words)}"),
            # A story that is over is told as an error already, and the white before a heading that opens the next
            # column is no fault: both are only for the report.
            Severity.WARNING if beyond and not over else Severity.INFO,
            Say(
                "place its pictures or headings otherwise, or give it another number of lines",
                "请换图片或小标题的位置，或改版位的行数",
            ),
            stories[-1].story.article.where,
            bbox=bbox_of(place_of(largest, frame)),
        )
    ]


def _asked(stories: Sequence[MadeUpStory], styles: StoryStyle) -> int:
    """Return the lines at a column's foot that are the white before a heading or a table in the next column."""
    articles = [story.story.article for story in stories]
    kinds = {paragraph.kind for article in articles for paragraph in article.body}
    return max(
        styles.section_space[1] if any(article.sections for article in articles) else 0,
        styles.subhead_space + styles.subhead_lines - 1 if Kind.SUBHEAD in kinds else 0,
        1 if Kind.TABLE in kinds else 0,
    )


def _least_inside(styles: StoryStyle) -> int:
    """Return the lines from which on white inside a column is more than a heading of the style asks for."""
    subhead = styles.subhead_space + styles.subhead_lines
    return max(LEAST_INSIDE, styles.headline_space[1] + 1, styles.section_space[1] + 1, subhead)


def _in_words(white: White) -> Say:
    lines, column = white.lines, white.column + 1
    if white.at_foot:
        return Say(f"{lines} line(s) at the foot of column {column}", f"第 {column} 栏栏尾 {lines} 行")
    return Say(f"{lines} lines inside column {column}", f"第 {column} 栏中间 {lines} 行")
