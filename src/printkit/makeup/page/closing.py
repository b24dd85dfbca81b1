"""What would close a page that is not full to the line: how many characters of which paragraph.

In: an automatic page as made up. Out: one finding of the page, with advice for every story that is over or short in its
place. A number is given only after the story was set with so many characters less or more, and closed.
"""

from collections.abc import Iterator, Mapping, Sequence

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import story_frame
from printkit.makeup.lint.advice import lengthened, shortened, with_paragraph
from printkit.makeup.setting import Setter
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory
from printkit.model.text import Kind, Paragraph

_RANGE = 12
"""Characters over the least that are tried, so that the advice leaves a choice."""

_TRIED = 5
"""Paragraphs that are tried, those first in which the fewest characters have to go or come."""

_LONGEST = 150
"""Characters of one paragraph over which no cut or addition is worth its advice: the story is the wrong one."""


def closing_findings(made: MadeUpPage, setter: Setter) -> list[Diagnostic]:
    """Tell of an automatic page that is not full to the line, and what would close it."""
    if made.is_closed:
        return []
    over, white = made.over_lines, made.under_lines
    hints = [hint for one in made.stories if not one.story.ad and (hint := _advice(one, made.geometry, setter))]
    message = Say(
        f"the page is not full to the line: {over} line(s) over, {white} white",
        f"版面没有拼满：溢出 {over} 行，空白 {white} 行",
    )
    hint = Say("; ".join(h.en for h in hints), "；".join(h.zh for h in hints)) if hints else _OTHERWISE
    return [Diagnostic("makeup.page-not-closed", message, Severity.ERROR, hint)]


_OTHERWISE = Say(
    "give its stories other lengths, levels or pictures, or take one to another page",
    "请调整稿件的长短、级别或图片，或把一篇移到别的版",
)


def _advice(made: MadeUpStory, geometry: PageGeometry, setter: Setter) -> Say | None:
    """Return what closes a story in its place; None where it closes, or where no paragraph alone does."""
    fit, story = made.fit, made.story
    lines = fit.over_lines - fit.under_lines
    if not lines:
        return None
    for paragraph, least in _candidates(made, lines):
        count = next(
            (n for n in range(least, least + _RANGE) if _closes(story, paragraph, n, lines, geometry, setter)), 0
        )
        if count:
            most = count
            while most < count + _RANGE and _closes(story, paragraph, most + 1, lines, geometry, setter):
                most += 1
            place = story.article.paragraphs.index(paragraph) + 1
            span = f"{count}–{most}" if most > count else f"{count}"
            verb = ("cut", "删") if lines > 0 else ("add", "补")
            return Say(
                f"“{story.id}” paragraph {place}: {verb[0]} {span} characters",
                f"“{story.id}”第 {place} 段{verb[1]} {span} 字",
            )
    return None


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
    return sorted(found, key=lambda pair: pair[1])[:_TRIED]


def _tails(made: MadeUpStory) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield for each paragraph of the body the characters of its last line and of its fullest."""
    for box in made.boxes:
        lines: Sequence[str] = [line.text for line in getattr(box, "lines", ())]
        if getattr(box, "role", "") == "body" and lines:
            yield str(box.paragraph.where), (len(lines[-1]), max(map(len, lines)))  # type: ignore[union-attr]


def _closes(story: Story, paragraph: Paragraph, count: int, lines: int, geometry: PageGeometry, setter: Setter) -> bool:
    """Set a story with so many characters less or more in a paragraph, and say whether it closes wherever they go."""
    changed = list((shortened if lines > 0 else lengthened)(paragraph, count))
    return bool(changed) and all(
        _is_full(story, with_paragraph(story.article, paragraph, one), geometry, setter) for one in changed
    )


def _is_full(story: Story, article: Article, geometry: PageGeometry, setter: Setter) -> bool:
    styles = geometry.style(story)
    frame = story_frame(geometry.slots[story.slot], geometry, styles)
    return not Fitting(article, styles, frame, setter).best().rank[0]
