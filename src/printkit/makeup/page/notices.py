"""A slot of notices and classifieds (启事): packed in its columns from top to foot, none divided, thin rules between.

In: a story of notices and its slot. Out: the story made up. A notice stands in the first column that has room for it, so
that few lines stay white; where the white of every column is little, it is shared out between its notices, and the slot is
full. Notices for which there is no room are told by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from printkit.compose import findings
from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import Frame, story_frame, typed_frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import overset_mark, within
from printkit.makeup.story.floats import free_text, shifted
from printkit.makeup.story.heads import set_head
from printkit.makeup.story.notices import RULE, SetNotice, set_notice
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect, Slot, StoryStyle
from printkit.model.page import Box, Fit, MadeUpStory, Ornament, TextBox
from printkit.model.text import Paragraph, Run

MARK = "广告"
"""What stands over notices that are paid for (报纸出版管理规定, Article 38)."""

_LEAST_GAP = 600
"""White with the rule between two notices where they are many, in thousandths of their leading; else it is a line."""

_NAMED = 5
"""Notices without room that are told by name; the others are counted."""


@dataclass(frozen=True, slots=True)
class _Packing:
    """Which notices stand in each column, by their numbers, and which found no room.

    `gap` is the white between two, `white` the rest of each column, mpt.
    """

    columns: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    white: tuple[int, ...]
    gap: int
    leading: int

    @property
    def is_full(self) -> bool:
        """Whether the gaps can take each column's white and be no wider than two lines."""
        most = 2 * self.leading - self.gap
        return all(
            white < self.leading or white <= most * (len(column) - 1)
            for column, white in zip(self.columns, self.white, strict=True)
        )

    @property
    def rank(self) -> tuple[int, bool, int]:
        """What makes one packing better than another: few left over, a full slot, then even columns."""
        return len(self.left), not self.is_full, max(self.white)

    @property
    def white_lines(self) -> int:
        """Lines that stay white; none where the gaps take them."""
        return 0 if self.is_full else sum(white // self.leading for white in self.white)


def fill_notices(
    story: Story, slot: Slot, geometry: PageGeometry, setter: Setter
) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Make up a story of notices in its slot, with what there is to tell of it."""
    styles = geometry.style(story, slot.name)
    frame = story_frame(slot, geometry, styles)
    text = styles.roles["notice-text"]
    columns = typed_frame(slot, geometry, styles, text.size, text.leading)
    head = set_head(story.article, styles, frame.width(frame.columns), frame.leading, setter)
    boxes: list[Box] = [shifted(box, frame.xs[0], 0) for box in head.boxes]
    top = head.lines * frame.leading
    if styles.notice_mark == "ad":
        boxes.append(_mark(story, styles, frame, top, setter))
        top = boxes[-1].rect.bottom
    items = [set_notice(one, n, styles, columns.measure, setter) for n, one in enumerate(story.article.notices)]
    room = max(0, frame.rect.height - top)
    packing = _packed([item.height for item in items], columns.columns, room, text.leading)
    boxes, _ = within(boxes, frame)  # a head higher than its slot leaves no room, which is told
    boxes += _placed(items, packing, columns, top)
    if styles.column_rules == "all":
        boxes += _column_rules(columns, top, room)
    fit = _fit(items, packing, columns, room)
    if fit.over_lines:
        boxes.append(overset_mark(frame, fit))
    made = MadeUpStory(story, frame.rect, styles.frame, columns.columns, tuple(boxes), fit, (frame.rect,))
    told = [*head.diagnostics, *_told(story, slot, items, packing, fit)]
    stand = (box for box in boxes if isinstance(box, TextBox) and box.role == "notice-text")
    told += [found for box in stand for found in findings(box.lines, box.paragraph.where)]
    return made, told


def _mark(story: Story, styles: StoryStyle, frame: Frame, top: int, setter: Setter) -> TextBox:
    style = styles.roles["notice-mark"]
    paragraph = Paragraph((Run(MARK),), where=story.article.where)
    width = frame.width(frame.columns)
    lines = setter.short(paragraph, style, width, 1)
    return free_text("notice-mark", "notice-mark", paragraph, style, lines, frame.xs[0], top, width)


# --- packing -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Room:
    """What notices are packed into: columns of some height, a gap between two notices, in a leading; mpt."""

    heights: Sequence[int]
    columns: int
    height: int
    gap: int
    leading: int

    def to(self, depth: int, order: Sequence[int], *, even: bool = False) -> _Packing:
        """Put each notice in turn into the first column in which it ends over a depth; for `even` ones into the emptiest."""
        stand: list[list[int]] = [[] for _ in range(self.columns)]
        feet = [0] * self.columns
        left = []
        for number in order:
            ends = [foot + (self.gap if foot else 0) + self.heights[number] for foot in feet]
            places = sorted(range(self.columns), key=ends.__getitem__) if even else range(self.columns)
            column = next((place for place in places if ends[place] <= depth), None)
            if column is None:
                left.append(number)
                continue
            stand[column].append(number)
            feet[column] = ends[column]
        white = tuple(self.height - foot for foot in feet)
        columns = tuple(tuple(sorted(column)) for column in stand)
        return _Packing(columns, tuple(sorted(left)), white, self.gap, self.leading)

    def least(self, order: Sequence[int]) -> list[_Packing]:
        """Pack notices to the whole height, and to less and less of it while all find room."""
        tried = [self.to(self.height, order)]
        low, high = max(self.heights), self.height
        while not tried[-1].left and high - low > self.leading:
            middle = (low + high) // 2
            packing = self.to(middle, order)
            low, high = (middle, high) if packing.left else (low, middle)
            tried += [] if packing.left else [packing]
        return tried


def _packed(heights: Sequence[int], columns: int, height: int, leading: int) -> _Packing:
    """Pack notices: in their order, the highest first, or evenly, with a line between two, else with `_LEAST_GAP`.

    Of equal packings the first is taken.
    """
    written = tuple(range(len(heights)))
    highest_first = tuple(sorted(written, key=lambda number: -heights[number]))
    tried: list[_Packing] = []
    for gap in (leading, leading * _LEAST_GAP // 1000):
        room = _Room(heights, columns, height, gap, leading)
        tried += [*room.least(written), room.to(height, written, even=True)]
        tried += [*room.least(highest_first), room.to(height, highest_first, even=True)]
        best = min(tried, key=lambda packing: packing.rank)
        if not best.left:
            break
    return best


def _placed(items: Sequence[SetNotice], packing: _Packing, frame: Frame, top: int) -> list[Box]:
    """Return the boxes of the notices in the order of the copy, each with the rule over it."""
    found: dict[int, list[Box]] = {}
    for x, column, white in zip(frame.xs, packing.columns, packing.white, strict=True):
        gaps = max(1, len(column) - 1)
        y = top
        for place, number in enumerate(column):
            more = white * place // gaps - white * (place - 1) // gaps if packing.is_full and place else 0
            gap = packing.gap + more if place else 0
            rule = [Ornament(Rect(x, y + gap // 2, frame.measure, 0), RULE)] if place else []
            y += gap
            found[number] = [*rule, *(shifted(box, x, y) for box in items[number].boxes)]
            y += items[number].height
    return [box for number in sorted(found) for box in found[number]]


def _column_rules(frame: Frame, top: int, room: int) -> list[Box]:
    middles = (x + frame.measure + frame.gutter // 2 for x in frame.xs[:-1])
    return [Ornament(Rect(x, top, 0, room), "column-rule") for x in middles]


# --- what there is to tell -----------------------------------------------------------------------------------


def _fit(items: Sequence[SetNotice], packing: _Packing, frame: Frame, room: int) -> Fit:
    over = sum(-(-items[number].height // packing.leading) for number in packing.left)
    capacity = room // packing.leading * frame.columns
    return Fit(
        lines=capacity - packing.white_lines + over,
        characters=sum(item.characters for item in items),
        capacity_lines=capacity,
        over_lines=over,
        over_characters=sum(items[number].characters for number in packing.left),
        under_lines=0 if over else packing.white_lines,
        under_characters=0 if over else packing.white_lines * frame.measure // frame.size,
    )


def _told(story: Story, slot: Slot, items: Sequence[SetNotice], packing: _Packing, fit: Fit) -> list[Diagnostic]:
    """Tell once of the notices that found no room, else once of the white."""
    if packing.left:
        left = [items[number].notice for number in packing.left]
        names = [f"“{notice.name}”" for notice in left[:_NAMED]]
        more = len(left) - len(names)
        and_more = Say(f" and {more} more", f"等 {len(left)} 条") if more else Say("", "")
        return [
            Diagnostic(
                "makeup.notices-left-over",
                Say(
                    f"{len(left)} of {len(items)} notices find no room: {', '.join(names)}{and_more.en}",
                    f"启事共 {len(items)} 条，有 {len(left)} 条排不下：{'、'.join(names)}{and_more.zh}",
                ),
                Severity.ERROR,
                Say(
                    "give them more room or another page, or take some out",
                    "请换更大的版位，或移到别的版面，或减少几条",
                ),
                left[0].where,
            )
        ]
    if not fit.under_lines:
        return []
    return [
        Diagnostic(
            "makeup.underset",
            Say(
                f"slot “{slot.name}” is short by {fit.under_lines} line(s)",
                f"版位“{slot.name}”缺 {fit.under_lines} 行",
            ),
            Severity.WARNING,
            Say(
                f"add notices of about {fit.under_characters} characters, or give them less room",
                f"请再加约 {fit.under_characters} 字的启事，或换较小的版位",
            ),
            story.article.where,
        )
    ]
