"""What would close a page that is not full to the line: how many characters of which paragraph.

In: an automatic page as made up. Out: one finding of the page, with advice for every story that is over or short in its
place. A number is given only after the story was set with so many characters less or more, and closed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import stands_at_top, story_frame
from printkit.makeup.lint.advice import lengthened, shortened, with_paragraph
from printkit.makeup.setting import Setter
from printkit.makeup.story.fitting import Fitting
from printkit.model.article import Article
from printkit.model.edition import FIRST_PART, Story
from printkit.model.geometry import PageGeometry
from printkit.model.page import MadeUpPage, MadeUpStory
from printkit.model.text import Kind, Paragraph, Run

_RANGE = 12
"""Characters over the least that are tried, so that the advice leaves a choice."""

_PROBES = (0, 1, 2, 4, 7, 11)
"""Characters over the least with which a paragraph is tried: what does not close with these does so with none between."""

_TRIED, _TRIED_LAST = 5, 2
"""Paragraphs that are tried, those first in which the fewest characters have to go or come; and with every number of lines last."""

_LONGEST = 150
"""Characters that one paragraph should not give or take alone."""

_INDENT = 2
"""Characters by which a paragraph is set in."""

_LINES_EACH = 3
"""Whole lines that each of several paragraphs gives or takes."""

_ROUNDS = 6
"""Times that a new paragraph's length is set right by what stays white or runs over."""

_MOST_NEW, _MOST_PARTS = 600, 8
"""Characters that a new paragraph has at most, and paragraphs that are changed at most; what lacks more lacks a story."""

_MOST_AMISS = 6
"""Stories that are told one by one; where more are over or short, some have to go or come first."""

_WORK = 60_000
"""Characters that are set in search of the advice for a page; what is not found with them is told roughly."""

_Parts = Sequence[tuple[Paragraph, tuple[int, int]]]
"""Paragraphs, each with the least and the most characters that go or come."""


def closing_findings(made: MadeUpPage, setter: Setter) -> list[Diagnostic]:
    """Tell of an automatic page that is not full to the line, and what would close it.

    It is an error where the page laid itself out: where all stands as an editor placed it, white may be meant.
    """
    if made.is_closed or not made.stories:
        return []
    over, white = made.over_lines, made.under_lines
    amiss = [one for one in made.stories if not one.story.ad and one.fit.over_lines != one.fit.under_lines]
    few = amiss if len(amiss) <= _MOST_AMISS else []
    hints = [_advice(one, _Trial(one.story, made.geometry, setter, _WORK // len(few))) for one in few]
    message = Say(
        f"the page is not full to the line: {over} line(s) over, {white} white",
        f"版面没有拼满：溢出 {over} 行，空白 {white} 行",
    )
    hint = Say("; ".join(h.en for h in hints), "；".join(h.zh for h in hints)) if hints else _OTHERWISE
    if len(amiss) > len(few):
        hint = Say(
            f"{len(amiss)} stories are over or short: take some out or add some, then look again",
            f"有 {len(amiss)} 篇溢文或不足：请先撤下或增加几篇，再看",
        )
    found = any(one.story.placement.is_found for one in made.stories)
    return [Diagnostic("makeup.page-not-closed", message, Severity.ERROR if found else Severity.WARNING, hint)]


_OTHERWISE = Say(
    "give its stories other lengths, levels or pictures, or take one to another page",
    "请调整稿件的长短、级别或图片，或把一篇移到别的版",
)


def _advice(made: MadeUpStory, tried: "_Trial") -> Say:
    """Return what closes a story in its place. What nothing that was tried closes is told roughly."""
    lines, name = made.fit.over_lines - made.fit.under_lines, made.story.id
    # Many lines are sooner written as a paragraph more, or cut with whole paragraphs, than in several that stay.
    if lines < -2 * _LINES_EACH and (wanted := tried.new_paragraph(lines)):
        return _new(name, wanted)
    if parts := _in_one(made, tried, lines):
        return _told(made.story, parts, lines)
    if lines > 2 * _LINES_EACH and (found := _with_less(made, tried, lines)):
        return _told(made.story, found[1], lines, found[0])
    if parts := _in_several(made, tried, lines):
        return _told(made.story, parts, lines)
    if -2 * _LINES_EACH <= lines < 0 and (wanted := tried.new_paragraph(lines)):
        return _new(name, wanted)
    characters = made.fit.over_characters or made.fit.under_characters
    if lines > 0:
        return Say(
            f"“{name}”: cut about {characters} characters, or take it to another page",
            f"“{name}”删约 {characters} 字，或移到别的版",
        )
    return Say(f"“{name}”: add about {characters} characters", f"“{name}”补约 {characters} 字")


def _in_one(made: MadeUpStory, tried: "_Trial", lines: int) -> _Parts:
    """Return one paragraph in which some lines go or come; none where none of those tried closes the story."""
    for paragraph, least in _candidates(made, lines)[:_TRIED]:
        if span := tried.span(made.story.article, paragraph, least, lines):
            return ((paragraph, span),)
    return ()


def _with_less(made: MadeUpStory, tried: "_Trial", lines: int) -> tuple[Sequence[Paragraph], _Parts] | None:
    """Return last paragraphs without which a story closes, and one in which some characters have to go beside.

    What matters least stands last in a news story, and an editor cuts it from there.
    """
    article, left, gone = made.story.article, lines, list[Paragraph]()
    high = Counter({where: count for where, (_, _, count) in _tails(made)})
    for paragraph in reversed(article.body[1:]):
        if left <= 0 or not tried.may_go_on or len(gone) >= len(made.story.article.body) // 2:
            break
        where = str(paragraph.where)
        if paragraph.kind is not Kind.BODY or not 0 < high[where] <= left:
            continue
        article = replace(article, body=tuple(one for one in article.body if str(one.where) != where))
        gone.append(paragraph)
        left = tried.amiss(article)
    if gone and not left:
        return gone, ()
    known = {str(one.where) for one in gone}
    for paragraph, least in _candidates(made, left) if gone and left > 0 else ():
        if str(paragraph.where) not in known and (span := tried.span(article, paragraph, least, left)):
            return gone, ((paragraph, span),)
    return None


def _in_several(made: MadeUpStory, tried: "_Trial", lines: int) -> _Parts:
    """Return paragraphs of which each gives or takes some whole lines, and the last what is left.

    Tables and headings may ask for other numbers of lines than are amiss: what they leave at columns' feet changes. So the story
    is set after each, and the last paragraph is tried with every number of lines.
    """
    article, left = made.story.article, lines
    sign = 1 if lines > 0 else -1
    given: list[tuple[Paragraph, tuple[int, int]]] = []
    free = list(_candidates(made, sign * _LINES_EACH))
    while left * sign > _LINES_EACH and free and len(given) < _MOST_PARTS and tried.may_go_on:
        paragraph, least = free.pop(0)
        changed = tried.changed(article, paragraph, least, sign)
        after = tried.amiss(changed)
        if after == 0 and (span := tried.span(article, paragraph, least, sign)):
            return (*given, (paragraph, span))
        if after * sign <= 0:
            break  # it gives more than is asked for: others are tried with less
        article, left = changed, after
        given.append((paragraph, (least, least)))
    if left * sign > 2 * _LINES_EACH:
        return ()
    known = {str(paragraph.where) for paragraph, _ in given}
    for count in sorted(range(1, _LINES_EACH + 2), key=lambda n: abs(n - left * sign)):
        others = [one for one in _candidates(made, sign * count) if str(one[0].where) not in known]
        for paragraph, least in others[:_TRIED_LAST]:
            if span := tried.span(article, paragraph, least, sign):
                return (*given, (paragraph, span))
    return ()


def _told(story: Story, parts: _Parts, lines: int, gone: Sequence[Paragraph] = ()) -> Say:
    """Name the paragraphs that have to go, and those to cut or lengthen."""
    en, zh = ("cut", "删") if lines > 0 else ("add", "补")
    words = []
    if gone:
        name = _name(story, *reversed(gone))
        words.append(Say(f"take out {name.en}", f"删去{name.zh}"))
    for paragraph, (least, most) in parts:
        name, span = _name(story, paragraph), f"{least}–{most}" if most > least else f"{least}"
        words.append(Say(f"{name.en}: {en} {span} characters", f"{name.zh}{zh} {span} 字"))
    return Say(
        f"“{story.id}” " + ", ".join(one.en for one in words), f"“{story.id}”" + "，".join(one.zh for one in words)
    )


def _name(story: Story, *paragraphs: Paragraph) -> Say:
    """Name paragraphs by their numbers; those of sections, and of what goes on from another page, by their lines in the file."""
    many, where = "s" * (len(paragraphs) > 1), [one.where for one in paragraphs if one.where]
    if story.article.sections or story.part != FIRST_PART:
        lines = [str(one.line) for one in where]
        return Say(f"paragraph{many} at line{many} {', '.join(lines)}", f"第 {'、'.join(lines)} 行起的段落")
    places = [str(one.where) for one in story.article.paragraphs]
    numbers = [str(places.index(str(one)) + 1) for one in where]
    return Say(f"paragraph{many} {', '.join(numbers)}", f"第 {'、'.join(numbers)} 段")


def _new(name: str, wanted: tuple[int, int]) -> Say:
    count = f"{wanted[0]}–{wanted[1]}" if wanted[1] > wanted[0] else f"{wanted[0]}"
    return Say(f"“{name}”: add a paragraph of {count} characters at its end", f"“{name}”末尾补一段，{count} 字")


class _Trial:
    """A story whose copy is changed until it closes in its place."""

    def __init__(self, story: Story, geometry: PageGeometry, setter: Setter, work: int) -> None:
        self._article = story.article
        self._styles = geometry.style(story)
        slot = geometry.slots[story.slot]
        self._frame = story_frame(slot, geometry, self._styles)
        self._at_top = stands_at_top(slot, geometry.grid)
        self._setter = setter
        self._work = work

    @property
    def may_go_on(self) -> bool:
        """Whether there is work left for another trial."""
        return self._work > 0

    def amiss(self, article: Article) -> int:
        """Set the story with another copy, and return the lines over, below 0 those that stay white; 0 where it closes."""
        self._work -= len(article.text)
        best = Fitting(article, self._styles, self._frame, self._setter, at_top=self._at_top).best()
        return 0 if not best.rank[0] else best.outside or -best.missing

    def changed(self, article: Article, paragraph: Paragraph, count: int, sign: int) -> Article:
        """Return the copy with so many characters less in a paragraph, or more where the sign is below 0."""
        changed = next((shortened if sign > 0 else lengthened)(paragraph, count), paragraph)
        return with_paragraph(article, paragraph, changed)

    def new_paragraph(self, lines: int) -> tuple[int, int] | None:
        """Return from how many characters to how many a paragraph more, at the story's end, closes it."""
        line = self._frame.measure // self._frame.size
        count = -lines * line - _INDENT - line // 2
        for _ in range(_ROUNDS):
            article = self._with_more(count) if 1 < count <= _MOST_NEW and self.may_go_on else None
            if article is None:
                return None
            if not (over := self.amiss(article)):
                break
            count -= over * line
        else:
            return None
        least = most = count
        while count - least < _RANGE // 2 and least > 2 and self._closes_with(least - 1):
            least -= 1
        while most - least < _RANGE and self._closes_with(most + 1):
            most += 1
        return least, most

    def _closes_with(self, count: int) -> bool:
        article = self._with_more(count)
        return self.may_go_on and article is not None and not self.amiss(article)

    def _with_more(self, count: int) -> Article | None:
        """Return the copy with a paragraph of so many characters more, of the last section where it has some."""
        article = self._article
        body = article.sections[-1].body if article.sections else article.body
        if not body or body[-1].kind is not Kind.BODY:
            return None
        longer = (*body, replace(body[-1], runs=(Run("字" * (count - 1) + "。"),), where=None))
        if article.sections:
            return replace(article, sections=(*article.sections[:-1], replace(article.sections[-1], body=longer)))
        return replace(article, body=longer)

    def span(self, article: Article, paragraph: Paragraph, least: int, sign: int) -> tuple[int, int] | None:
        """Return from how many characters to how many, taken or added, the story closes wherever they go."""
        probes = (least + more for more in _PROBES)
        count = next((n for n in probes if self._closes(article, paragraph, n, sign)), 0)
        if not count:
            return None
        most = count
        while most < count + _RANGE and self._closes(article, paragraph, most + 1, sign):
            most += 1
        return count, most

    def _closes(self, article: Article, paragraph: Paragraph, count: int, sign: int) -> bool:
        changed = list((shortened if sign > 0 else lengthened)(paragraph, count)) if self.may_go_on else []
        return bool(changed) and not any(self.amiss(with_paragraph(article, paragraph, one)) for one in changed)


def _candidates(made: MadeUpStory, lines: int) -> list[tuple[Paragraph, int]]:
    """Return paragraphs with the characters that have to go from each, or come, at least; the fewest first."""
    found = []
    tails: Mapping[str, tuple[int, int, int]] = dict(_tails(made))
    for paragraph in made.story.article.paragraphs:
        where = str(paragraph.where)
        if paragraph.kind is not Kind.BODY or where not in tails:
            continue
        tail, full, _ = tails[where]
        least = tail + (lines - 1) * full if lines > 0 else full - tail + 1 + (-lines - 1) * full
        if least <= _LONGEST and (lines < 0 or len(paragraph.text) > least + full):
            found.append((paragraph, max(1, least)))
    return sorted(found, key=lambda pair: pair[1])


def _tails(made: MadeUpStory) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield for each paragraph of the body the characters of its last line and of its fullest, and its lines."""
    for box in made.boxes:
        lines: Sequence[str] = [line.text for line in getattr(box, "lines", ())]
        if getattr(box, "role", "") == "body" and lines:
            yield str(box.paragraph.where), (len(lines[-1]), max(map(len, lines)), len(lines))  # type: ignore[union-attr]
