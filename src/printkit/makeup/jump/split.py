"""Stories that go on in another slot or on another page (转版): where to divide them, and the two parts.

In: a story that names where it goes on, both slots as measured, the composer. Out: two stories with one id, the
first ending with the line 下转, the second beginning with the line 上接. The copy is divided at the end of a
sentence or paragraph so that the first part ends on its slot's last line; at least `LEAST_LINES` stand on each
side. Joined in order, the copy of the parts is the story's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.flow import Block, SolidBlock, TextBlock, depth_of
from printkit.makeup.frames import Frame, story_frame
from printkit.makeup.jump.cuts import BODY, Cut, cuts, divide
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import article_blocks, body_of
from printkit.makeup.story.bylines import byline_place
from printkit.makeup.story.fill import fill
from printkit.model.article import TITLE_PLACES, Article, JumpLine, Picture
from printkit.model.edition import SECOND_PART, Edition, Jump, Page, Placement, Story, numbers_of, page_words
from printkit.model.geometry import PageGeometry, Slot, StoryStyle
from printkit.model.lines import ComposedLine
from printkit.model.page import Fit, TextBox
from printkit.model.text import LINED, Paragraph

LEAST_LINES = 5
"""Lines of text that stand on each side at least (issue 4, point 8)."""

_TRIES = 16
"""Places to divide that are tried in full, the most promising first."""

_PARAGRAPH_END = 2
"""Lines by which the end of a paragraph may lie farther from the slot's end and still be tried first."""

_LEAST_LEVEL = 5

_LAST_BOX = "after"
"""The kind of the boxes that go with the end of a story; the others stay with its head."""

_COPY_ROLES = frozenset({"body", "quotation", *LINED})


@dataclass(frozen=True, slots=True)
class Room:
    """A slot on its page as measured."""

    slot: Slot
    geometry: PageGeometry

    def style(self, story: Story) -> StoryStyle:
        """Return the type of a story here."""
        return self.geometry.style(story, self.slot.name)

    def frame(self, story: Story) -> Frame:
        """Return what a story fills here."""
        return story_frame(self.slot, self.geometry, self.style(story))


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a story. `second` is None where the story stands whole in its own slot; `told` says why."""

    first: Story
    second: Story | None
    told: tuple[Diagnostic, ...] = ()


# --- before measuring ----------------------------------------------------------------------------------


def second_parts(edition: Edition) -> Mapping[str, tuple[Story, ...]]:
    """Return what comes to each page from another slot or page, by the page's number.

    Until the stories are divided each second part holds the whole copy, so that its page is measured for all its
    roles. The order is that of the pages' numbers, whatever their order in the file.
    """
    found: dict[str, list[Story]] = {}
    for page in sorted(edition.pages, key=_order):
        for story in page.stories:
            if story.jump:
                found.setdefault(story.jump.page, []).append(_second_part(story, story.jump, page))
    return {number: tuple(stories) for number, stories in found.items()}


def _order(page: Page) -> tuple[int, str]:
    first = numbers_of(page.number)[0]
    return len(first), first


def _second_part(story: Story, jump: Jump, page: Page) -> Story:
    line = JumpLine(f"（上接{_words_on(jump.page, page.number)}）", page.number, story.anchor)
    article = story.article
    rest = replace(
        article,
        headline=article.jump_headline or article.headline,
        kicker=None,
        deck=None,
        dateline="",
        editor_note=(),
        pull_quote=None,
        boxes=tuple(box for box in article.boxes if box.kind == _LAST_BOX),
        came_from=line,
    )
    return replace(
        story,
        article=rest,
        where=jump.where,
        placement=Placement(jump.slot or "", part=SECOND_PART, where=jump.where),
        level=min(story.level + 1, _LEAST_LEVEL),
        frame="none",
        look=story.look.elsewhere,
        jump=None,
        index=False,
    )


def _words_on(page: str, other: str) -> str:
    """Name a page as a line on another one does, and as one of its own does."""
    return "本版" if page == other else page_words(other)


def jump_faults(slots: Mapping[str, bool], stories: Iterable[Story]) -> list[Diagnostic]:
    """Tell of stories that go on elsewhere though they share their slot: they have no end of the slot to fill."""
    return [
        Diagnostic(
            "layout.jump-from-many",
            Say(
                f"story “{story.id}” shares slot “{story.slot}” with others and cannot go on elsewhere",
                f"稿件“{story.id}”与别的稿件同在版位“{story.slot}”，不能转版",
            ),
            hint=Say("give it a slot of its own", "请给它单独的版位"),
            where=story.jump.where,
        )
        for story in stories
        if story.jump and slots.get(story.slot)
    ]


def automatic_page_fault(part: Story, page: Page) -> Diagnostic:
    """Tell of a story that is to go on in a slot of an automatic page, which has none, or on its own page."""
    return Diagnostic(
        "layout.jump-to-auto",
        Say(
            f"story “{part.id}” cannot go on there on page {page.number}: the page is automatic and has no slots",
            f"稿件“{part.id}”不能这样转到第 {page.number} 版：该版是自动版面，没有版位",
        ),
        hint=Say("name another page, and no slot of it", "请转到另一版，不写版位"),
        where=part.where,
    )


# --- dividing ------------------------------------------------------------------------------------------


def split(story: Story, second: Story, here: Room, there: Room, setter: Setter) -> Split:
    """Divide a story between its own slot and the one where it goes on.

    Args:
        story: the story, whole.
        second: its second part as `second_parts` gave it.
        here: the story's own slot.
        there: the slot of the second part.
        setter: the composer.

    Returns:
        The parts; the story whole where it fits its own slot, or where no place leaves enough on each side.
    """
    assert story.jump
    assert second.article.came_from
    whole, _ = fill(story, here.slot, here.geometry, setter)
    if not whole.fit.over_lines:
        return Split(story, None, (_not_needed(story),))
    words = _words_on(second.article.came_from.page, story.jump.page)
    line = JumpLine(f"（下转{words}）", story.jump.page, second.anchor)
    copy = story.article
    # A byline after the text ends the whole story; one at its head stays there.
    signed = byline_place(copy, here.style(story)) == "tail"
    boxes = tuple(box for box in copy.boxes if box.kind != _LAST_BOX)
    before = replace(copy, goes_on=line, byline=() if signed else copy.byline, boxes=boxes)
    after = replace(second.article, byline=copy.byline if signed else ())
    for kept in range(len(copy.floating), -1, -1):
        gone = copy.floating[kept:]
        parts = _Parts(
            replace(story, article=replace(before, pictures=tuple(p for p in copy.pictures if p not in gone))),
            replace(second, article=replace(after, pictures=tuple(map(_without_headline, gone)))),
        )
        best = _best(parts, here, there, whole.fit.capacity_lines, setter)
        if best:
            return Split(best.first, best.second)
    return Split(story, None, (_too_short(story),))


def split_here(story: Story, second: Story, here: Room, setter: Setter) -> Split:
    """Divide a story whose second part has no place yet, so that the first closes in its slot.

    What is divided off keeps the second part's level and look.
    """
    anywhere = replace(here, slot=replace(here.slot, many=True))
    parts = split(story, replace(second, level=story.level, frame=story.frame, look=story.look), here, anywhere, setter)
    return replace(parts, second=parts.second and replace(second, article=parts.second.article))


def first_part(story: Story, here: Room, setter: Setter) -> Story | None:
    """Return what stands in its own slot of a story whose second part is not known; None where it cannot be divided there."""
    rest = replace(story.article, came_from=JumpLine("", "", ""))
    parts = split_here(story, replace(story, article=rest, jump=None), here, setter)
    return parts.first if parts.second else None


def _without_headline(picture: Picture) -> Picture:
    """Return a picture as it stands away from the headline that it belonged to."""
    return replace(picture, place="lead", safe=None) if picture.place in TITLE_PLACES else picture


@dataclass(frozen=True, slots=True)
class _Parts:
    """Both parts of a story, each still with the whole copy, or divided at a cut."""

    first: Story
    second: Story

    def at(self, cut: Cut) -> "_Parts":
        before, after = divide(self.first.article, self.second.article, cut)
        return _Parts(replace(self.first, article=before), replace(self.second, article=after))


def _best(parts: _Parts, here: Room, there: Room, room: int, setter: Setter) -> _Parts | None:
    """Return the parts that fill both slots best, the first before the second, at the least cost of the ladder.

    None where no cut that fits leaves `LEAST_LINES` on each side.
    """
    styles = here.style(parts.first)
    blocks = article_blocks(parts.first.article, styles, here.frame(parts.first), setter)
    best: tuple[tuple[int, ...], _Parts] | None = None
    tries = 0
    for cut in _nearest_first(_Heights(parts.first.article, blocks, styles), room):
        divided = parts.at(cut)
        if _text_lines(divided.second, there, setter) < LEAST_LINES:
            continue
        tries += 1
        made, _ = fill(divided.first, here.slot, here.geometry, setter)
        rank = made.fit.under_lines, *_second_rank(divided.second, there, setter), _cost(made.fit)
        if not made.fit.over_lines and (best is None or rank < best[0]):
            best = rank, divided
        if (best and not any(best[0])) or tries == _TRIES:
            break
    return best[1] if best else None


def _second_rank(second: Story, there: Room, setter: Setter) -> tuple[int, int]:
    """Return lines over and lines of white of the second part; in a slot of many they are not its own."""
    if there.slot.many:
        return 0, 0
    made, _ = fill(second, there.slot, there.geometry, setter)
    return made.fit.over_lines, made.fit.under_lines


def _cost(fit: Fit) -> int:
    return sum(step.cost for step in fit.steps)


def _text_lines(story: Story, room: Room, setter: Setter) -> int:
    """Count the lines of copy of a part, without headings of portraits and without its jump line."""
    styles = room.style(story)
    article = replace(story.article, came_from=None, goes_on=None, source="", byline=())
    blocks = article_blocks(article, styles, room.frame(story), setter)
    return sum(_text_depth(block) for block in blocks)


def _text_depth(block: Block) -> int:
    """Count the lines of copy in a block, those beside a wrapped picture among them."""
    if isinstance(block, TextBlock):
        return len(block.lines)
    return sum(len(box.lines) for box in _copy_boxes(block))


def _copy_boxes(block: Block) -> list[TextBox]:
    """Return the copy that stands beside a wrapped picture."""
    if not isinstance(block, SolidBlock):
        return []
    return [box for box in block.boxes if isinstance(box, TextBox) and box.role in _COPY_ROLES]


def _nearest_first(heights: "_Heights", room: int) -> Iterator[Cut]:
    """Yield the cuts that leave enough before them, the one that fills the slot first; a paragraph's end has a start."""
    found: list[tuple[int, int, int, Cut]] = []
    for cut in cuts(heights.article):
        lines, text = heights.until(cut)
        if text >= LEAST_LINES:
            away = abs(lines + 1 - room) - (_PARAGRAPH_END if cut.ends_paragraph else 0)
            found.append((away, -lines, len(found), cut))
    yield from (item[-1] for item in sorted(found, key=lambda item: item[:-1]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A composed line of copy: where it starts in its paragraph, and the lines of the story and of its text up to its foot."""

    start: int
    lines: int
    text: int


class _Heights:
    """How many lines of a story stand up to a cut, by what the whole paragraphs take."""

    def __init__(self, article: Article, blocks: Sequence[Block], styles: StoryStyle) -> None:
        self.article = article
        self._before_body = len(body_of(article, styles)) - len(article.body)  # a dateline that stands over a table
        self._paragraphs: dict[str, Paragraph] = {}
        self._lines: dict[str, list[_Line]] = {}
        lines = text = 0
        for block in blocks:
            if isinstance(block, TextBlock):
                self._add(block.key, block.paragraph, block.lines, lines, text, beside=0)
            for box in _copy_boxes(block):
                # A line beside a wrapped picture costs the whole height of the picture.
                self._add(box.key, box.paragraph, box.lines, lines, text, beside=depth_of(block))
            lines += depth_of(block)
            text += _text_depth(block)

    def _add(
        self, key: str, paragraph: Paragraph, set_lines: Sequence[ComposedLine], lines: int, text: int, beside: int
    ) -> None:
        self._paragraphs[key] = paragraph
        found = self._lines.setdefault(key, [])
        for number, line in enumerate(set_lines, 1):
            found.append(_Line(line.start, lines + (beside or number), text + number))

    def until(self, cut: Cut) -> tuple[int, int]:
        """Return all lines up to a cut, and those of text among them."""
        in_body = cut.section == BODY
        key = f"p{cut.paragraph + self._before_body}" if in_body else f"s{cut.section}p{cut.paragraph}"
        copy = self.article.texts[cut.section - BODY][cut.paragraph]
        # A dateline or a list's mark stands before the copy.
        offset = cut.offset + len(self._paragraphs[key].text) - len(copy.text)
        last = [line for line in self._lines[key] if line.start < offset][-1]
        return last.lines, last.text


# --- what there is to tell -----------------------------------------------------------------------------


def _not_needed(story: Story) -> Diagnostic:
    assert story.jump
    return Diagnostic(
        "makeup.jump-not-needed",
        Say(
            f"story “{story.id}” fits its own slot; nothing goes on to page {story.jump.page}",
            f"稿件“{story.id}”在本版位排得下，没有内容转到第 {story.jump.page} 版",
        ),
        Severity.WARNING,
        Say("take `jump_to` out and give the other slot to a story", "请删去“转版”（jump_to），另给那个版位安排稿件"),
        story.jump.where,
        story=story.id,
    )


def _too_short(story: Story) -> Diagnostic:
    assert story.jump
    return Diagnostic(
        "makeup.jump-too-short",
        Say(
            f"story “{story.id}” cannot go on: no end of a sentence in its slot leaves {LEAST_LINES} lines on each side",
            f"稿件“{story.id}”无法转版：版位内没有一处句末能使前后各有 {LEAST_LINES} 行",
        ),
        Severity.ERROR,
        Say(
            "cut the copy so that it fits, or give it a smaller or larger slot",
            "请删到排得下，或换一个更小或更大的版位",
        ),
        story.jump.where,
        story=story.id,
    )
