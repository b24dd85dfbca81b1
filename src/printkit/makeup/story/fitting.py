"""How a story can fill a frame: every choice of the ladder by arithmetic, the best of them set and checked.

A choice's room and length are known without setting it, so the choices are ranked by what they leave over or white and
by their cost; the best are then set, for only the flow knows what headings leave at a column's foot.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from printkit.makeup.flow import (
    Block,
    Flowed,
    Region,
    flow,
    widows,
)
from printkit.makeup.frames import Frame
from printkit.makeup.ladder import WIDOW, Choice, Ladder
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import article_blocks, body_of, source_of
from printkit.makeup.story.boxes import box_floats
from printkit.makeup.story.closing import PER_COLUMN, Paragraphs
from printkit.makeup.story.floats import Float, crop_range, note_float, picture_float, picture_lines
from printkit.makeup.story.heads import Head
from printkit.makeup.story.tables import table_floats, wide_tables
from printkit.makeup.story.vertical import story_head
from printkit.model.article import Article, Picture
from printkit.model.geometry import StoryStyle
from printkit.model.page import Step

_LEAST_LEG = 2
"""A column under a headline or a picture with fewer free lines than this holds no text."""

_PORTRAIT_SPREAD = 2
"""Lines that every portrait of a page of statements may grow by, so that the page closes."""

_PICTURE_SHARE = 600
"""Most of a slot's height under the headline that a picture takes whose columns make-up chooses, in thousandths."""

_TRIES = 24
"""Choices that are set and checked; arithmetic alone settles all but stories with many headings."""

_ROUNDS = 4
"""Times that the lines won or lost are set right by what the flow leaves at columns' feet."""


@dataclass(slots=True)
class Filled:
    """A story set by one choice."""

    choice: Choice
    head: Head
    floats: list[Float]
    regions: Sequence[Region]
    flowed: Flowed
    blocks: Sequence[Block]
    shares: Mapping[int, int]
    """Lines won (or lost, negative) in paragraphs, by block."""
    outside: int = 0
    """Lines by which headline, note and pictures alone reach below the frame."""
    cost: int = 0
    steps: tuple[Step, ...] = ()

    @property
    def room(self) -> int:
        """Lines of all regions."""
        return sum(r.end - r.start for r in self.regions)

    @property
    def white(self) -> int:
        """Lines of room that hold nothing."""
        return self.room - self.flowed.used

    @property
    def missing(self) -> int:
        """Lines to win (or to lose, negative) so that the story fills its room."""
        return -self.flowed.over_lines if self.flowed.over_lines else self.white

    @property
    def rank(self) -> tuple[int, int]:
        """What makes one filling better than another: little over or white, then little change."""
        return amiss(self.flowed.over_lines + self.outside, self.white), self.cost


def amiss(over: int, white: int) -> int:
    """Weigh lines over against lines of white: a line over cannot be printed, but is sooner cut than four are written."""
    return 4 * over + white


class Fitting:
    """One story, one frame: every choice's room and length by arithmetic, the best of them set."""

    def __init__(self, article: Article, styles: StoryStyle, frame: Frame, setter: Setter) -> None:
        """Take the story's copy, its type, its frame and the composer."""
        self.article = article
        self.styles = styles
        self.frame = frame
        self.setter = setter
        self.ladder = Ladder.of(styles.ladder)
        self._heads: dict[tuple[int, int], Head] = {}
        self._texts: dict[tuple[int, int, int], Paragraphs] = {}
        plain = self.head(Choice())
        head = 0 if plain.is_vertical else plain.lines
        self._pictures = [
            (columns, picture_lines(picture, width, frame), *crop_range(picture, width, frame, styles.picture_crop))
            for picture in article.floating
            for columns in (_picture_columns(article, picture, styles, frame, head),)
            for width in (frame.width(columns),)
        ]
        self._less = max((natural - least for _, natural, least, _ in self._pictures), default=0)

    @property
    def most_lines(self) -> int:
        """Lines that paragraphs may win or lose in all."""
        return PER_COLUMN * self.frame.columns if self.ladder.allows("lines") else 0

    def best(self) -> Filled:
        """Set the story by the best choice."""
        plain = self.plain()
        if plain.rank == (0, 0):
            return plain
        best: Filled | None = None
        for bound, choice in self._ranked(plain)[:_TRIES]:
            if best is not None and best.rank <= (0, bound):
                break
            tried = self._settled(choice)
            if best is None or tried.rank < best.rank:
                best = tried
        best = best or plain
        return best if not best.rank[0] or best.outside else self._nudged(best)

    def _ranked(self, plain: Filled) -> list[tuple[int, Choice]]:
        """Return the choices, those first that leave least over or white, then the cheaper, each with its least cost."""
        known = self._measured(plain)
        cells = known.room + self.taken(known.choice)
        needs = {choice: cells - self.taken(choice) - self.text(choice).length for choice in self.choices()}
        # Paragraphs are asked for the nearest choices first: asking for all of them costs as much as composing.
        near = self._weighed({c: need for c, need in needs.items() if abs(need) <= self.frame.columns})
        ranked = near if near and near[0][0] == 0 else self._weighed(needs)
        return [(cost, choice) for _, cost, _, choice in ranked]

    def _measured(self, plain: Filled) -> Filled:
        """Return a filling whose room tells that of every other: the plain one, unless its pictures hide what they take.

        Those that reach below the frame do, or that leave a line under them in which no text begins; with the lowest
        pictures that is not so, or the story has no room in any case.
        """
        legs = free_regions(self.frame, plain.head.tops(self.frame.columns, plain.choice.space), plain.floats, least=1)
        if self._less and (plain.outside or sum(leg.end - leg.start for leg in legs) > plain.room):
            lowest = self._set(Choice(picture=-self._less), {})
            return plain if lowest.outside else lowest
        return plain

    def _weighed(self, needs: Mapping[Choice, int]) -> list[tuple[int, int, int, Choice]]:
        """Return choices with the lines that each leaves amiss and what it costs, sorted by these."""
        weighed = []
        for number, (choice, need) in enumerate(needs.items()):
            text = self.text(choice)
            won = text.nearest(need)
            cost = self.ladder.cost(choice) + (text.cost(won) or 0)
            weighed.append((amiss(max(0, won - need), max(0, need - won)), cost, number, choice))
        return sorted(weighed, key=lambda item: item[:3])

    def choices(self) -> Iterator[Choice]:
        """Offer every choice that the style, the article and the pictures' crop allow."""
        article, styles, allows = self.article, self.styles, self.ladder.allows
        more = max((most - natural for _, natural, _, most in self._pictures), default=0)
        sections = len(article.sections) > 1 and allows("sections")
        portraits = allows("portraits") and any(s.portrait for s in article.sections)
        yield from (
            Choice(*chosen)
            for chosen in product(
                range(-self._less, more + 1) if allows("picture") else (0,),
                range(styles.section_space[1] - styles.section_space[0] + 1) if sections else (0,),
                range(_PORTRAIT_SPREAD + 1) if portraits else (0,),
                range(len(article.optional) + 1) if allows("optional") else (0,),
                range(styles.headline_space[1] - styles.headline_space[0] + 1) if allows("space") else (0,),
                (0, 1) if allows("headline") else (0,),
            )
            if not chosen[5] or self.head(Choice(*chosen)).step_off
        )

    def head(self, choice: Choice) -> Head:
        """Return the headline block of a choice."""
        key = choice.headline, choice.left_out
        if key not in self._heads:
            self._heads[key] = story_head(
                self.article,
                self.styles,
                self.frame,
                self.setter,
                step_off=choice.headline,
                leave_out=frozenset(self.article.optional[: choice.left_out]),
            )
        return self._heads[key]

    def text(self, choice: Choice) -> Paragraphs:
        """Return the blocks of a choice, with what their paragraphs can win and lose."""
        form = choice.portrait, choice.section, choice.left_out
        if form not in self._texts:
            styles = self.styles
            least, most = styles.section_space
            sized = replace(
                styles,
                portrait_lines=styles.portrait_lines + choice.portrait,
                section_space=(least + choice.section, most),
            )
            left_out = frozenset(self.article.optional[: choice.left_out])
            blocks = article_blocks(self.article, sized, self.frame, self.setter, leave_out=left_out)
            unit = self.ladder.costs.get("lines", 0)
            self._texts[form] = Paragraphs(blocks, self.frame.measure, self.setter, unit, self.most_lines)
        return self._texts[form]

    def taken(self, choice: Choice) -> int:
        """Return the cells (a line of a column) that headline and pictures of a choice take, captions left out."""
        heads = sum(min(top, self.frame.lines) for top in self._tops(choice))
        return heads + sum(columns * lines for columns, lines in self._picture_lines(choice))

    def deepest(self, choice: Choice) -> int:
        """Return the lines that headline and pictures of a choice take one under the other, captions left out."""
        head, pictures = max(self._tops(choice)), sum(lines for _, lines in self._picture_lines(choice))
        return max(head, pictures) if self.head(choice).is_vertical else head + pictures

    def _tops(self, choice: Choice) -> list[int]:
        return self.head(choice).tops(self.frame.columns, choice.space)

    def _picture_lines(self, choice: Choice) -> Iterator[tuple[int, int]]:
        for columns, natural, least, most in self._pictures:
            yield columns, min(max(natural + choice.picture, least), most)

    def _settled(self, choice: Choice) -> Filled:
        """Set a choice, with the lines won or lost that the flow asks for."""
        text = self.text(choice)
        tried = self._set(choice, {})
        best = tried
        won, seen = 0, {0}
        for _ in range(_ROUNDS):
            won = text.nearest(won + tried.missing)
            if won in seen or not best.rank[0]:
                break
            seen.add(won)
            tried = self._set(choice, text.shares(won))
            best = min(best, tried, key=lambda filled: filled.rank)
        return best

    def _nudged(self, best: Filled) -> Filled:
        """Win or lose a line in one paragraph after the other while that brings a story nearer to its foot.

        What a heading leaves at a column's foot depends on which paragraphs change, not only on how many lines.
        """
        text = self.text(best.choice)
        for _ in range(_ROUNDS):
            before = best.rank[0]
            for shares in text.others(best.shares) if abs(best.missing) <= self.most_lines else ():
                tried = self._set(best.choice, shares)
                if tried.rank[0] < before:
                    best = tried
                    break
            if best.rank[0] in (0, before):
                break
        return best

    def plain(self) -> Filled:
        """Set the story by the plainest choice."""
        return self.chosen(Choice())

    def chosen(self, choice: Choice) -> Filled:
        """Set the story by a choice, with no line won or lost in its paragraphs."""
        return self._set(choice, {})

    def _set(self, choice: Choice, shares: Mapping[int, int]) -> Filled:
        """Set the story by one choice and some lines won or lost in paragraphs."""
        article, styles, frame, setter = self.article, self.styles, self.frame, self.setter
        head, text = self.head(choice), self.text(choice)
        blocks = text.with_shares(shares)
        top = head.tops(frame.columns, choice.space)
        start, has_text = 0 if head.is_vertical else max(top), bool(blocks)
        floats = _floats(article, styles, frame, setter, start, choice, has_text=has_text)
        if head.is_vertical and any(f.line < max(top) and head.covers(f.column, f.columns) for f in floats):
            floats = _floats(article, styles, frame, setter, max(top), choice, has_text=has_text)
        regions = free_regions(frame, top, floats)
        foot = max([head.lines, *(each.foot(frame.leading) for each in floats)])
        flowed = flow(blocks, regions)
        steps = [*self.ladder.steps(choice, article.optional)]
        if shares:
            steps.append(Step(f"paragraphs {sum(shares.values()):+d} line(s)", text.share_cost(shares)))
        cost = sum(step.cost for step in steps) + WIDOW * widows(flowed)
        outside = max(0, foot - frame.lines)
        return Filled(choice, head, floats, regions, flowed, blocks, shares, outside, cost, (*head.steps, *steps))


def _picture_columns(article: Article, picture: Picture, styles: StoryStyle, frame: Frame, head: int) -> int:
    """Return how many columns a picture takes: as asked, else as the style says (two of three or more), fewer in a low slot."""
    if picture.columns:
        return min(picture.columns, frame.columns)
    if not article.body and not article.sections:
        return frame.columns
    columns = min(
        styles.picture_columns or (frame.columns if frame.columns < 3 else (frame.columns + 1) // 2), frame.columns
    )
    room = (frame.lines - head) * _PICTURE_SHARE // 1000
    while columns > 1 and picture_lines(picture, frame.width(columns), frame) > room:
        columns -= 1
    return columns


def _floats(
    article: Article, styles: StoryStyle, frame: Frame, setter: Setter, line: int, choice: Choice, *, has_text: bool
) -> list[Float]:
    """Place the editor's note at the left and pictures from the side that the style names, those of one row side by side."""
    floats: list[Float] = []
    left = 0
    if article.editor_note:
        note = note_float(article.editor_note, styles, frame, setter, line)
        floats.append(note)
        left = note.columns
    taken = 0  # columns of the row
    row, row_foot = line, line
    for index, picture in enumerate(article.floating):
        columns = _picture_columns(article, picture, styles, frame, max(0, line - choice.space))
        beside = left if row == line else 0
        if taken and beside + taken + columns > frame.columns:
            taken, row = 0, row_foot
            beside = 0
        rest = max(0, frame.columns - taken - columns)
        column = rest if styles.picture_side == "right" else min(beside + taken, rest + taken)
        width = frame.width(columns, column)
        least, most = crop_range(picture, width, frame, styles.picture_crop)
        lines = min(max(picture_lines(picture, width, frame) + choice.picture, least), most)
        start = row
        if picture.place == "inside" and has_text:
            start = row + max(0, (frame.lines - row - lines) // 2)
        made = picture_float(picture, styles, frame, setter, (column, columns, start), lines, f"f{index}")
        if has_text and made.line + made.lines < frame.lines:
            made = replace(made, lines=made.lines + 1)  # a line of white parts the caption from the text
        floats.append(made)
        taken += columns
        row_foot = max(row_foot, start + made.lines)
    wide = wide_tables(body_of(article, styles), styles, frame, setter, source_of(article))
    floats += table_floats(wide, frame, floats, line, has_text=has_text)
    return floats + box_floats(article.boxes, styles, frame, setter, floats, line)


def free_regions(frame: Frame, top: Sequence[int], floats: Sequence[Float], least: int = _LEAST_LEG) -> list[Region]:
    """Return the free stretches of the columns of at least so many lines, in reading order."""
    regions = []
    for column in range(frame.columns):
        taken = sorted((f.line, f.line + f.lines) for f in floats if f.column <= column < f.column + f.columns)
        start = top[column]
        for first, last in [*taken, (frame.lines, frame.lines)]:
            end = min(first, frame.lines)  # what is too tall may push others below the frame
            if end - start >= least:
                regions.append(Region(column, start, end))
            start = max(start, last)
    return regions
