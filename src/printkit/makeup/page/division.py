"""How a slot is divided among the members of a group (组合报道): whole columns side by side under their common head.

In: the head and its members, the slot as measured. Out: divisions, those first at which the members close best by the
arithmetic of their envelopes. All strips of columns are as high as the head leaves; only where there are more members than
columns do some stand under one another in a strip.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, pairwise

from printkit.makeup.frames import Frame, story_frame
from printkit.makeup.ladder import Choice
from printkit.makeup.page.looks import LEAST_MEASURE
from printkit.makeup.setting import Setter
from printkit.makeup.story.envelope import Fill, envelope
from printkit.makeup.story.filled import amiss
from printkit.makeup.story.fitting import Fitting
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect, Slot, StoryStyle

LEAST_LINES = 6
"""Lines of a member at least, its head and three lines of text: less is no story of its own."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one member has of a slot: its columns, and its lines from the slot's top."""

    column: int
    columns: int
    line: int
    lines: int


@dataclass(frozen=True, slots=True)
class Division:
    """A slot divided: how the common head is set, its lines, and the share of each member in order."""

    choice: Choice
    head: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """Members under one another in some columns: their heights, and what is amiss with these."""

    amiss: int
    cost: int
    heights: tuple[int, ...]


def head_styles(head: Story, slot: Slot, geometry: PageGeometry) -> StoryStyle:
    """Return the type of a common head: its editors' note stands over all columns."""
    styles = geometry.style(head, slot.name)
    return replace(styles, editor_note_columns=story_frame(slot, geometry, styles).columns)


def share_slot(slot: Slot, frame: Frame, share: Share) -> Slot:
    """Return a share as a slot of its own, on the columns and lines of the frame that it is a part of."""
    x, y = frame.rect.x + frame.xs[share.column], frame.rect.y + frame.top(share.line)
    rect = Rect(x, y, frame.width(share.columns, share.column), share.lines * frame.leading)
    return replace(slot, rect=rect, columns=share.columns)


def least_columns(member: Story, slot: Slot, frame: Frame, geometry: PageGeometry) -> int:
    """Return the fewest columns of a group in which a member's lines are long enough and its look can be had; 0 for none."""
    styles = geometry.style(member, slot.name)
    asked = member.look.head_columns.number if member.look.head_columns else 1
    for columns in range(1, frame.columns + 1):
        inner = story_frame(share_slot(slot, frame, Share(0, columns, 0, frame.lines)), geometry, styles)
        if inner.measure >= LEAST_MEASURE * inner.size and asked <= inner.columns:
            return columns
    return 0


def even_division(
    head: Story, members: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> Division | None:
    """Divide a slot as evenly as its columns allow, before anything is written; None where there is no room."""
    divider = _Divider(head, members, slot, geometry, setter)
    choice, lines = divider.heads()[0]
    rest = divider.frame.lines - lines
    for runs in divider.runs():
        heights = tuple(_even(rest - divider.space * (len(run) - 1), len(run)) for run in runs)
        if min(min(each) for each in heights) >= LEAST_LINES:
            return next(
                (Division(choice, lines, divider.shares(lines, w, heights)) for w in divider.widths(runs)), None
            )
    return None


def divisions(
    head: Story, members: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> list[Division]:
    """Return the ways to divide a slot, those first that leave least over or white, then the cheaper, then the more even."""
    divider = _Divider(head, members, slot, geometry, setter)
    ladder = divider.fitting.ladder
    found: list[tuple[int, int, Division]] = []
    usual = len(next(divider.runs()))
    for choice, lines in divider.heads():
        for runs in divider.runs():
            for widths in divider.widths(runs):
                strips = [
                    divider.strip(run, width, divider.frame.lines - lines)
                    for run, width in zip(runs, widths, strict=True)
                ]
                if any(strip is None for strip in strips):
                    continue
                standing = [strip for strip in strips if strip]
                if len(runs) < usual and any(strip.amiss for strip in standing):
                    continue
                shares = divider.shares(lines, widths, [strip.heights for strip in standing])
                cost = ladder.cost(choice) + sum(strip.cost for strip in standing)
                found.append((sum(strip.amiss for strip in standing), cost, Division(choice, lines, shares)))
    return [division for _, _, division in sorted(found, key=lambda one: one[:2])]


class _Divider:
    """One group in one slot."""

    def __init__(
        self, head: Story, members: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
    ) -> None:
        styles = head_styles(head, slot, geometry)
        self.frame = story_frame(slot, geometry, styles)
        self.fitting = Fitting(head.article, styles, self.frame, setter)
        self.space = styles.story_space
        self._members = members
        self._slot = slot
        self._geometry = geometry
        self._setter = setter
        self._least = [max(1, least_columns(one, slot, self.frame, geometry)) for one in members]
        self._envelopes: dict[tuple[int, int], Mapping[int, Fill]] = {}
        self._needs: dict[tuple[int, int, int], tuple[int, int]] = {}
        self._strips: dict[tuple[range, int, int], _Strip | None] = {}

    def heads(self) -> list[tuple[Choice, int]]:
        """Return the ways to set the common head with the lines that each takes, of each height the cheapest."""
        found: dict[int, Choice] = {}
        for choice in sorted(self.fitting.choices(), key=self.fitting.ladder.cost):
            filled = self.fitting.chosen(choice)
            tops = filled.head.tops(self.frame.columns, choice.space)
            found.setdefault(max([*tops, *(each.line + each.lines for each in filled.floats)]), choice)
        return [(choice, lines) for lines, choice in found.items()]

    def runs(self) -> Iterator[tuple[range, ...]]:
        """Yield the members as they may share strips of columns, in their order: one each, or as few as can be.

        On an automatic page they may share fewer strips, too, one under the other, if the page closes so.
        """
        count, columns = len(self._members), self.frame.columns
        most = count if sum(self._least) <= columns else min(count, max(1, columns // max(self._least)))
        least = most if not self.fitting.styles.forms else 1
        for strips in range(most, least - 1, -1):
            for cut in self._cuts(count, strips, even=strips == most):
                yield tuple(range(start, end) for start, end in pairwise([0, *cut, count]))

    def _cuts(self, count: int, strips: int, *, even: bool) -> Iterator[tuple[int, ...]]:
        """Yield the places at which so many members are cut into strips, all as full as one another where they are `even`."""
        if not even:
            yield from combinations(range(1, count), strips - 1)
            return
        each, more = divmod(count, strips)
        for fuller in combinations(range(strips), more):
            yield tuple(accumulate(each + (strip in fuller) for strip in range(strips - 1)))

    def widths(self, runs: Sequence[range]) -> Iterator[tuple[int, ...]]:
        """Yield the columns that strips may have, the most even first and of these the widest at the left."""
        columns, least = self.frame.columns, [max(self._least[number] for number in run) for run in runs]
        cuts = combinations(range(1, columns), len(runs) - 1)
        every = [tuple(b - a for a, b in pairwise([0, *cut, columns])) for cut in cuts]
        every = [each for each in every if all(a >= b for a, b in zip(each, least, strict=True))]
        yield from sorted(every, key=lambda each: (max(each) - min(each), [-width for width in each]))

    def strip(self, run: range, columns: int, lines: int) -> _Strip | None:
        """Return the best heights of the members of a strip; None where it is too low for them."""
        key = run, columns, lines
        if key not in self._strips:
            self._strips[key] = self._best_strip(run, columns, lines - self.space * (len(run) - 1))
        return self._strips[key]

    def _best_strip(self, run: range, columns: int, room: int) -> _Strip | None:
        if room < LEAST_LINES * len(run):
            return None
        ways = {0: _Strip(0, 0, ())}
        for place, member in enumerate(run):
            after = LEAST_LINES * (len(run) - place - 1)
            grown: dict[int, _Strip] = {}
            for used, way in ways.items():
                # The last one has all that is left.
                least = LEAST_LINES if after else room - used
                for height in range(least, room - after - used + 1):
                    wrong, cost = self._need(member, columns, height)
                    one = _Strip(way.amiss + wrong, way.cost + cost, (*way.heights, height))
                    known = grown.get(used + height)
                    if known is None or (one.amiss, one.cost) < (known.amiss, known.cost):
                        grown[used + height] = one
            ways = grown
        return ways[room]

    def _need(self, member: int, columns: int, lines: int) -> tuple[int, int]:
        """Return what a member would have over or white in some columns and lines, weighed, and what it costs there.

        The weight is squared: one story far over is worse than two a little.
        """
        key = member, columns, lines
        if key not in self._needs:
            self._needs[key] = self._measured(member, columns, lines)
        return self._needs[key]

    def _measured(self, member: int, columns: int, lines: int) -> tuple[int, int]:
        story = self._members[member]
        styles = self._geometry.style(story, self._slot.name)
        share = share_slot(self._slot, self.frame, Share(0, columns, 0, lines))
        frame = story_frame(share, self._geometry, styles)
        if (member, columns) not in self._envelopes:
            self._envelopes[member, columns] = envelope(story.article, styles, frame, self._setter)
        heights = self._envelopes[member, columns]
        if not heights:  # a picture alone has no text that could be counted
            wrong, cost = Fitting(story.article, styles, frame, self._setter).best().rank
            return wrong**2, cost
        wrong, height = min((amiss(max(0, h - frame.lines), max(0, frame.lines - h)), h) for h in heights)
        return (wrong * frame.columns) ** 2, heights[height].cost

    def shares(self, head: int, widths: Sequence[int], heights: Sequence[Sequence[int]]) -> tuple[Share, ...]:
        """Return the share of each member, strip by strip from the left and each from its top."""
        found = []
        column = 0
        for columns, lines in zip(widths, heights, strict=True):
            line = head
            for height in lines:
                found.append(Share(column, columns, line, height))
                line += height + self.space
            column += columns
        return tuple(found)


def _even(lines: int, count: int) -> tuple[int, ...]:
    """Share lines out, the first a line more where they do not come out even."""
    each, more = divmod(lines, count)
    return tuple(each + (place < more) for place in range(count))
