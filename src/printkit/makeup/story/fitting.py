"""How a story can fill a frame: every choice of the ladder by arithmetic, the best of them set and checked.

A choice's room and length are known without setting it, so the choices are ranked by what they leave over or white and
by their cost; the best are then set, for only the flow knows what headings leave at a column's foot.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product

from printkit.makeup.flow import (
    flow,
    widows,
)
from printkit.makeup.frames import Frame
from printkit.makeup.ladder import WIDOW, Choice, Ladder
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import article_blocks
from printkit.makeup.story.bylines import byline_place
from printkit.makeup.story.closing import PER_COLUMN, Paragraphs
from printkit.makeup.story.filled import Filled, amiss
from printkit.makeup.story.float_places import ANY_LINES, Shot, free_regions, picture_columns, story_floats
from printkit.makeup.story.floats import Float, caption_boxes, crop_range, picture_lines
from printkit.makeup.story.forms import Form, forms
from printkit.makeup.story.heads import Head
from printkit.makeup.story.opened import opened
from printkit.makeup.story.title_picture import title_columns, title_float, title_head
from printkit.makeup.story.vertical import story_head
from printkit.makeup.story.wrap import Inset
from printkit.model.article import Article, Picture
from printkit.model.geometry import StoryStyle
from printkit.model.page import Step

_PORTRAIT_SPREAD = 2
"""Lines that every portrait of a page of statements may grow by, so that the page closes."""

_TRIES = 24
"""Choices that are set and checked; arithmetic alone settles all but stories with many headings."""

_ROUNDS = 4
"""Times that the lines won or lost are set right by what the flow leaves at columns' feet."""


class Fitting:
    """One story, one frame: every choice's room and length by arithmetic, the best of them set."""

    def __init__(
        self,
        article: Article,
        styles: StoryStyle,
        frame: Frame,
        setter: Setter,
        *,
        at_top: bool = False,
        known: "Fitting | None" = None,
    ) -> None:
        """Take the story's copy, its type, its frame, the composer, and whether it stands at its page's top.

        `known` is the story in a frame of these columns and any height: what it takes need not be reckoned anew.
        """
        self.article = article
        self._at_top = at_top
        self._title = title = article.title_picture
        if title and title.safe and byline_place(article, styles) == "head":
            styles = replace(styles, byline="tail")  # in its small type it is not read on a picture
        self.styles = styles
        self.frame = frame
        self.setter = setter
        self.ladder = Ladder.of(styles.ladder, styles.forms)
        self._titles: dict[int, Float] = {}
        self._heads: dict[tuple[int, int, int, int, bool, int | None], Head] = {}
        self._texts: dict[tuple[int, int, int, bool, Inset | None], Paragraphs] = {}
        self._shots: dict[int, list[Shot]] = {}
        self._hidden: dict[tuple[int, bool, bool, int], tuple[int, int]] = {}
        self._known = known
        if known is not None:
            self._texts = known._texts  # noqa: SLF001 of its own kind
            if self.styles.headline_direction == "horizontal" and title is None:
                self._heads = known._heads  # noqa: SLF001 likewise
        self._less = max((shot.natural - shot.least for shot in self._pictures(0)), default=0)

    @cached_property
    def _is_plain(self) -> bool:
        """Whether the text of a story in one column is all that stands there, and may run beside its vertical headline."""
        article, frame = self.article, self.frame
        if self.styles.headline_direction == "horizontal" or self._title:
            return False
        others = article.floating, article.editor_note, article.boxes, article.came_from, article.goes_on, frame.notch
        return frame.columns == 1 and not any(others) and not any(p.table for p in article.body)

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
        if self.ladder.forms:
            cells = self.frame.columns * self.frame.lines
            sizes = self.sizes if self._known is None else self._known.sizes
            rooms = {choice: cells - size for choice, size in sizes.items() if self._at_top or not choice.first}
        else:
            known = self._measured(plain)
            cells = known.room + self.taken(known.choice)
            rooms = {choice: cells - self.taken(choice) for choice in self.choices()}
        needs = {choice: room - self.text(choice).length for choice, room in rooms.items()}
        # Paragraphs are asked for the nearest choices first: asking for all of them costs as much as composing.
        near = self._weighed({c: need for c, need in needs.items() if abs(need) <= self.frame.columns})
        ranked = near if near and near[0][0] == 0 else self._weighed(needs)
        return [(cost, choice) for _, cost, _, choice in ranked]

    @cached_property
    def sizes(self) -> Mapping[Choice, int]:
        """The cells that each choice takes beside its text."""
        return {choice: self.hidden(choice)[0] + self.taken(choice) for choice in self.choices()}

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
        sections = len(article.sections) > 1 and allows("sections")
        portraits = allows("portraits") and any(s.portrait for s in article.sections)
        smaller = (1,) * allows("headline") + (2,) * ("smaller" in self.ladder.forms)
        for form in self._forms():
            shots = self._pictures(form[0])
            less = max((shot.natural - shot.least for shot in shots), default=0)
            more = max((shot.most - shot.natural for shot in shots), default=0)
            yield from (
                Choice(*chosen, *form)
                for chosen in product(
                    range(-less, more + 1) if allows("picture") else (0,),
                    range(styles.section_space[1] - styles.section_space[0] + 1) if sections else (0,),
                    range(_PORTRAIT_SPREAD + 1) if portraits else (0,),
                    range(len(article.optional) + 1) if allows("optional") else (0,),
                    range(styles.headline_space[1] - styles.headline_space[0] + 1) if allows("space") else (0,),
                    (0, *smaller),
                )
                if not chosen[5] or self.head(Choice(*chosen, *form)).step_off
            )

    def _forms(self) -> Iterator[Form]:
        asked = narrowest = 0
        shown = [picture for picture in self.article.floating if picture is not self._title]
        if shown and self.ladder.forms:
            asked = picture_columns(self.article, shown[0], self.styles, replace(self.frame, lines=ANY_LINES), 0)
            # In a low slot a picture is narrower unasked.
            narrowest = min(self._pictures(0)[0].columns, asked)
        given = self.article, self.styles, self.frame.columns, self.ladder.forms, shown
        return forms(*given, asked, narrowest, lambda choice: self.head(choice).is_wrong, at_top=self._at_top)

    def head(self, choice: Choice) -> Head:
        """Return the headline block of a choice."""
        title = self._title_float(choice)
        beside = choice.space if self._is_plain else None
        key = choice.headline, choice.left_out, title.lines if title else 0, self._beside(choice), choice.tail, beside
        if key not in self._heads:
            given = self.article, self._styled(choice), self.frame, self.setter
            off, leave_out = choice.headline, frozenset(self.article.optional[: choice.left_out])
            self._heads[key] = (
                title_head(*given, title, step_off=off, leave_out=leave_out)
                if title
                else story_head(*given, step_off=off, leave_out=leave_out, beside=beside)
            )
        return self._heads[key]

    def _beside(self, choice: Choice) -> int:
        """Return the columns that a headline covers beside its picture or its text; 0 for those that the style says."""
        return self.frame.columns - choice.columns if choice.beside else choice.first

    def _styled(self, choice: Choice) -> StoryStyle:
        """Return the story's type in the form of a choice."""
        if not (choice.beside or choice.tail or choice.first):
            return self.styles
        return replace(
            self.styles,
            byline="tail" if choice.tail else self.styles.byline,
            headline_columns=self._beside(choice) or self.styles.headline_columns,
        )

    def _pictures(self, columns: int) -> list[Shot]:
        """Return what the pictures take, over some columns or (0) over what article and style ask."""
        if columns not in self._shots:
            plain = self.head(Choice())
            head = plain.over + (0 if plain.is_vertical else plain.lines)
            self._shots[columns] = [
                self._shot(
                    picture,
                    title_columns(picture, self.frame)
                    if picture is self._title
                    else columns or picture_columns(self.article, picture, self.styles, self.frame, head),
                )
                for picture in self.article.floating
            ]
        return self._shots[columns]

    def _shot(self, picture: Picture, columns: int) -> Shot:
        frame, styles = self.frame, self.styles
        width = frame.width(columns)
        # Captions are the same for every choice where pictures keep their columns.
        under = caption_boxes(picture, styles, width, frame, self.setter, "")[1] + 1 if styles.forms else 0
        natural = picture_lines(picture, width, frame)
        return Shot(columns, natural, *crop_range(picture, width, frame, styles.picture_crop), under)

    def _title_float(self, choice: Choice) -> Float | None:
        """Return the picture over or under the headline, as high as a choice has it."""
        picture = self._title
        if picture is None:
            return None
        if choice.picture not in self._titles:
            has_text = self.article.body or self.article.sections
            white = bool(has_text if picture.safe else picture.caption or picture.credit)
            self._titles[choice.picture] = title_float(
                picture, self.styles, self.frame, self.setter, choice.picture, white=white
            )
        return self._titles[choice.picture]

    def text(self, choice: Choice) -> Paragraphs:
        """Return the blocks of a choice, with what their paragraphs can win and lose."""
        head = self.head(choice).beside if self._is_plain else None
        form = choice.portrait, choice.section, choice.left_out, choice.tail, head
        if form not in self._texts:
            styles = self._styled(choice)
            least, most = styles.section_space
            sized = replace(
                styles,
                portrait_lines=styles.portrait_lines + choice.portrait,
                section_space=(least + choice.section, most),
            )
            left_out = frozenset(self.article.optional[: choice.left_out])
            blocks = article_blocks(self.article, sized, self.frame, self.setter, left_out, head)
            unit = self.ladder.costs.get("lines", 0)
            self._texts[form] = Paragraphs(blocks, self.frame.measure, self.setter, unit, self.most_lines)
        return self._texts[form]

    def taken(self, choice: Choice) -> int:
        """Return the cells (a line of a column) that headline and pictures of a choice take, captions left out."""
        head = self.head(choice)
        heads = sum(min(top, self.frame.lines) for top in self._tops(choice))
        # The headline's own picture is counted with it, and here where it is wider.
        heads -= head.over * head.columns
        return heads + sum(columns * lines for columns, lines in self._picture_lines(choice))

    def deepest(self, choice: Choice) -> int:
        """Return the lines that headline and pictures of a choice take one under the other, captions left out."""
        head = max(self._tops(choice)) - self.head(choice).over
        pictures = sum(lines for _, lines in self._picture_lines(choice))
        return max(head, pictures) if choice.beside or self.head(choice).is_vertical else head + pictures

    def hidden(self, choice: Choice) -> tuple[int, int]:
        """Return what arithmetic leaves out (notes, tables, white under pictures): cells, and lines of the fullest column.

        It is the same for all choices of a form.
        """
        form = choice.columns, choice.beside, choice.tail, choice.first
        if form not in self._hidden:
            deep, top = replace(self.frame, lines=ANY_LINES), self._tops(choice)
            floats = self._placed_floats(choice, top, has_text=bool(self.text(choice).blocks))
            regions = free_regions(deep, top, floats)
            taken = [ANY_LINES - sum(r.end - r.start for r in regions if r.column == c) for c in range(deep.columns)]
            self._hidden[form] = sum(taken) - self.taken(choice), max(taken) - self.deepest(choice)
        return self._hidden[form]

    def _tops(self, choice: Choice) -> list[int]:
        return self.head(choice).tops(self.frame.columns, choice.space)

    def _picture_lines(self, choice: Choice) -> Iterator[tuple[int, int]]:
        for shot in self._pictures(choice.columns):
            yield shot.columns, min(max(shot.natural + choice.picture, shot.least), shot.most) + shot.under

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
        article, frame = self.article, self.frame
        head, text = self.head(choice), self.text(choice)
        blocks = text.with_shares(shares)
        top = head.tops(frame.columns, choice.space)
        floats = self._placed_floats(choice, top, has_text=bool(blocks))
        regions = free_regions(frame, top, floats)
        foot = max([head.over + head.lines, *(each.foot(frame.leading) for each in floats)])
        flowed = flow(blocks, regions)
        steps = [*self.ladder.steps(choice, article.optional)]
        if (unit := self.ladder.forms.get("subheads")) and (full := opened(flowed, regions, frame.leading)):
            flowed = full
            steps.append(Step(f"white before subheads {full.opened:+d} line(s)", full.opened * unit))
        if shares:
            steps.append(Step(f"paragraphs {sum(shares.values()):+d} line(s)", text.share_cost(shares)))
        cost = sum(step.cost for step in steps) + WIDOW * widows(flowed)
        outside = max(0, foot - frame.lines)
        return Filled(choice, head, floats, regions, flowed, blocks, shares, outside, cost, (*head.steps, *steps))

    def _placed_floats(self, choice: Choice, top: Sequence[int], *, has_text: bool) -> list[Float]:
        """Place what text runs round under the headline block of a choice, or beside it."""
        article, styles, frame, setter = self.article, self._styled(choice), self.frame, self.setter
        head = self.head(choice)
        start = 0 if choice.beside else head.over if head.is_vertical else max(top)
        floats = story_floats(article, styles, frame, setter, start, choice, has_text=has_text)
        if head.is_vertical and any(f.line < max(top) and head.covers(f.column, f.columns) for f in floats):
            floats = story_floats(article, styles, frame, setter, max(top), choice, has_text=has_text)
        title = self._title_float(choice)
        if (notch := frame.notch) is not None:
            floats.append(Float(notch.column, notch.columns, frame.lines - notch.lines, notch.lines, ()))
        return [title, *floats] if title else floats
