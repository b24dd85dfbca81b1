"""What would close a page that is not full to the line: how many characters of which paragraph.

In: an automatic page as made up. Out: one finding of the page, with advice for every story that is over or short in its
place. A number is given only after the story was set with so many characters less or more, and closed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import stands_at_top, story_frame
from printkit.makeup.lint.advice import lengthened, shortened, with_paragraph
from printkit.makeup.setting import Setter
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory
from printkit.model.text import Kind, Paragraph, Run

_RANGE = 12
"""Characters over the least that are tried, so that the advice leaves a choice."""

_TRIED = 5
"""Paragraphs that are tried, those first in which the fewest characters have to go or come."""

_OTHERWISE_LINES, _TRIED_OTHERWISE = (1, -1, 2, -2, 3, -3), 2
"""Lines more or less that are tried where the lines amiss alone close nothing, and in how many paragraphs."""

_LONGEST = 150
"""Characters that one paragraph should not give or take alone."""

_INDENT = 2
"""Characters by which a paragraph is set in."""

_LINES_EACH = 3
"""Whole lines that each of several paragraphs gives or takes."""


def closing_findings(made: MadeUpPage, setter: Setter) -> list[Diagnostic]:
    """Tell of an automatic page that is not full to the line, and what would close it.

    It is an error where the page laid itself out: where all stands as an editor placed it, white may be meant.
    """
    if made.is_closed or not made.stories:
        return []
    over, white = made.over_lines, made.under_lines
    hints = [hint for one in made.stories if not one.story.ad and (hint := _advice(one, made.geometry, setter))]
    message = Say(
        f"the page is not full to the line: {over} line(s) over, {white} white",
        f"版面没有拼满：溢出 {over} 行，空白 {white} 行",
    )
    hint = Say("; ".join(h.en for h in hints), "；".join(h.zh for h in hints)) if hints else _OTHERWISE
    found = any(one.story.placement.is_found for one in made.stories)
    return [Diagnostic("makeup.page-not-closed", message, Severity.ERROR if found else Severity.WARNING, hint)]


_OTHERWISE = Say(
    "give its stories other lengths, levels or pictures, or take one to another page",
    "请调整稿件的长短、级别或图片，或把一篇移到别的版",
)


def _advice(made: MadeUpStory, geometry: PageGeometry, setter: Setter) -> Say | None:
    """Return what closes a story in its place; None where it closes. What nothing that was tried closes is told roughly."""
    lines = made.fit.over_lines - made.fit.under_lines
    if not lines:
        return None
    story, tried = made.story, _Trial(made.story, geometry, setter)
    for paragraph, least in _candidates(made, lines)[:_TRIED]:
        if span := tried.span(paragraph, least, lines):
            return _told(story, ((paragraph, span),), lines)
    # More than one paragraph should give: some whole lines each, and the last what is left.
    parts: list[tuple[Paragraph, tuple[int, int]]] = []
    left, step = lines, _LINES_EACH if lines > 0 else -_LINES_EACH
    for paragraph, least in _candidates(made, step):
        if abs(left) <= _LINES_EACH:
            break
        tried.change(paragraph, least, step)
        parts.append((paragraph, (least, least)))
        left -= step
    changed = {str(paragraph.where) for paragraph, _ in parts}
    for paragraph, least in _candidates(made, left):
        if str(paragraph.where) not in changed and (span := tried.span(paragraph, least, left)):
            return _told(story, (*parts, (paragraph, span)), lines)
    # Tables and headings may ask for other numbers of lines than are amiss: what they leave at columns' feet changes.
    for other in (lines + step for step in _OTHERWISE_LINES if lines * (lines + step) > 0):
        for paragraph, least in _candidates(made, other)[:_TRIED_OTHERWISE]:
            if span := _Trial(story, geometry, setter).span(paragraph, least, other):
                return _told(story, ((paragraph, span),), lines)
    characters = made.fit.over_characters or made.fit.under_characters
    if lines < 0 and (wanted := _Trial(story, geometry, setter).new_paragraph(-lines)):
        count = f"{wanted[0]}–{wanted[1]}" if wanted[1] > wanted[0] else f"{wanted[0]}"
        return Say(f"“{story.id}”: add a paragraph of {count} characters", f"“{story.id}”补一段，{count} 字")
    if lines > 0:
        return Say(
            f"“{story.id}”: cut about {characters} characters, or take it to another page",
            f"“{story.id}”删约 {characters} 字，或移到别的版",
        )
    return Say(f"“{story.id}”: add about {characters} characters", f"“{story.id}”补约 {characters} 字")


def _told(story: Story, parts: Sequence[tuple[Paragraph, tuple[int, int]]], lines: int) -> Say:
    en, zh = ("cut", "删") if lines > 0 else ("add", "补")
    places = [str(one.where) for one in story.article.paragraphs]
    words = [
        (places.index(str(paragraph.where)) + 1, f"{least}–{most}" if most > least else f"{least}")
        for paragraph, (least, most) in parts
    ]
    return Say(
        f"“{story.id}” " + ", ".join(f"paragraph {place}: {en} {span} characters" for place, span in words),
        f"“{story.id}”" + "，".join(f"第 {place} 段{zh} {span} 字" for place, span in words),
    )


class _Trial:
    """A story whose copy is changed until it closes in its place."""

    def __init__(self, story: Story, geometry: PageGeometry, setter: Setter) -> None:
        self._article = story.article
        self._styles = geometry.style(story)
        slot = geometry.slots[story.slot]
        self._frame = story_frame(slot, geometry, self._styles)
        self._at_top = stands_at_top(slot, geometry.grid)
        self._setter = setter

    def change(self, paragraph: Paragraph, count: int, lines: int) -> None:
        """Take characters from a paragraph for good, or add them where `lines` is below 0."""
        changed = next((shortened if lines > 0 else lengthened)(paragraph, count), paragraph)
        self._article = with_paragraph(self._article, paragraph, changed)

    def new_paragraph(self, lines: int) -> tuple[int, int] | None:
        """Return from how many characters to how many a paragraph more, at the story's end, closes it."""
        body = self._article.body
        if not body or body[-1].kind is not Kind.BODY:
            return None
        line = self._frame.measure // self._frame.size
        last = replace(body[-1], where=None)

        def closes(count: int) -> bool:
            more = replace(last, runs=(Run("字" * (count - 1) + "。"),))
            return self._is_full(replace(self._article, body=(*body, more)))

        full = lines * line - _INDENT
        count = next((n for n in range(full - line // 2, full + 1) if n > 1 and closes(n)), 0)
        if not count:
            return None
        most = count
        while most < count + _RANGE and closes(most + 1):
            most += 1
        return count, most

    def span(self, paragraph: Paragraph, least: int, lines: int) -> tuple[int, int] | None:
        """Return from how many characters to how many, taken or added, the story closes wherever they go."""
        count = next((n for n in range(least, least + _RANGE) if self._closes(paragraph, n, lines)), 0)
        if not count:
            return None
        most = count
        while most < count + _RANGE and self._closes(paragraph, most + 1, lines):
            most += 1
        return count, most

    def _closes(self, paragraph: Paragraph, count: int, lines: int) -> bool:
        changed = list((shortened if lines > 0 else lengthened)(paragraph, count))
        return bool(changed) and all(self._is_full(with_paragraph(self._article, paragraph, one)) for one in changed)

    def _is_full(self, article: Article) -> bool:
        return not Fitting(article, self._styles, self._frame, self._setter, at_top=self._at_top).best().rank[0]


def _candidates(made: MadeUpStory, lines: int) -> list[tuple[Paragraph, int]]:
    """Return paragraphs with the characters that have to go from each, or come, at least; the fewest first."""
    found = []
    tails: Mapping[str, tuple[int, int]] = dict(_tails(made))
    for paragraph in made.story.article.paragraphs:
        where = str(paragraph.where)
        if paragraph.kind is not Kind.BODY or where not in tails:
            continue
        tail, full = tails[where]
        least = tail + (lines - 1) * full if lines > 0 else full - tail + 1 + (-lines - 1) * full
        if least <= _LONGEST and (lines < 0 or len(paragraph.text) > least + full):
            found.append((paragraph, max(1, least)))
    return sorted(found, key=lambda pair: pair[1])


def _tails(made: MadeUpStory) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield for each paragraph of the body the characters of its last line and of its fullest."""
    for box in made.boxes:
        lines: Sequence[str] = [line.text for line in getattr(box, "lines", ())]
        if getattr(box, "role", "") == "body" and lines:
            yield str(box.paragraph.where), (len(lines[-1]), max(map(len, lines)))  # type: ignore[union-attr]
