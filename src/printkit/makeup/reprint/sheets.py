"""A story set anew on pages of its own (剪报): as many as it takes, full to the foot, the last one's columns of one length.

In: a story, whole, and the sheets that it may be set on, by their numbers of columns. Out: its pages. The copy flows
through the columns of all pages as through those of one, so that a page may end after any line, and a table goes on
under its head. Pictures stand across columns at a page's head, no larger than lets the story keep to the fewest pages.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from printkit.diagnostics import Diagnostic
from printkit.makeup.flow import Block, Flowed, Placed, Region, balanced, depth_of, flow, widows
from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.ladder import Choice
from printkit.makeup.reprint.places import Rows, along_text, shares_of_text
from printkit.makeup.reprint.tables import with_tables_in_parts
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import article_blocks
from printkit.makeup.story.boxes import box_text
from printkit.makeup.story.closing import PER_COLUMN, Paragraphs
from printkit.makeup.story.fill import finish
from printkit.makeup.story.filled import Filled
from printkit.makeup.story.float_places import free_regions
from printkit.makeup.story.floats import Float, note_float, picture_float, picture_lines, shifted
from printkit.makeup.story.heads import Head
from printkit.makeup.story.notices import notice_text
from printkit.makeup.story.tables import columns_of
from printkit.makeup.story.vertical import story_head
from printkit.model.article import Article, Picture
from printkit.model.edition import Placement, Story
from printkit.model.geometry import PageGeometry, Slot, StoryStyle
from printkit.model.page import MadeUpStory

FIRST, NEXT = "first", "next"
"""The slots of a reprint's layout: a story's first page has its head over it, the others have more room."""

_SHORT = 220
"""Characters of text up to which a story stands in one column: in two they would be a few lines each."""

_SHARES = (550, 450, 360, 280)
"""Most of a page's lines that a picture takes, in thousandths, the largest first."""

_MOST_PAGES = 400
"""A longer story has a piece that no page takes: it is told as over."""

_LINE_UNIT = 4

_TRIES = 40
"""Paragraphs that are changed one by one where no number of lines in all makes the last columns even."""

_HEADING = 2
"""Lines that a heading leaves white at a column's foot when it goes on to the next: they are no fault."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A reprint's page as measured, and the number of its columns."""

    geometry: PageGeometry
    columns: int
    step: tuple[int, int] | None = None
    """Size and leading of the body, where they are not the style's own."""
    in_text: bool = False
    """Whether pictures stand where the reading comes to them (长图), not at a page's head."""

    def slot(self, name: str) -> Slot:
        """Return a slot with the sheet's columns."""
        return replace(self.geometry.slots[name], columns=self.columns)

    def frame(self, name: str) -> Frame:
        """Return what a story fills on its first page, or on each other one."""
        grid = replace(self.geometry.grid, columns=self.columns)
        slot = self.slot(name)
        insets = next(iter(self.geometry.styles.values())).frame
        return frame_of(slot, replace(self.geometry, grid=grid), insets)


@dataclass(frozen=True, slots=True)
class Reprint:
    """A story on its pages: on which sheet, what stands on each, what there is to tell."""

    sheet: Sheet
    pages: tuple[MadeUpStory, ...]
    told: tuple[Diagnostic, ...] = ()


def set_reprint(story: Story, sheet_of: Callable[[int], Sheet], most: int, setter: Setter) -> Reprint:
    """Set a story on the sheet with the fewest columns on which it keeps to one page, else to the fewest pages.

    Args:
        story: the story, whole; its level gives the type.
        sheet_of: returns the sheet with a number of columns; a sheet that is not wanted is not asked for.
        most: the most columns that there are.
        setter: the composer.
    """
    found: list[_Set] = []
    # Of several pictures some may stand side by side.
    in_one = _length(story.article) <= _SHORT and len(story.article.floating) < 2
    for columns in () if in_one else range(2, most + 1):
        sheet = sheet_of(columns)
        if _too_narrow(story, sheet, setter):
            break
        found.append(_best_on(story, sheet, setter))
        if found[-1].count == 1:
            break
    if not found:
        sheet = sheet_of(1)
        styles, frame = sheet.geometry.style(story, FIRST), sheet.frame(FIRST)
        found = [_best_on(with_tables_in_parts(story, styles, setter, frame.width(1)), sheet, setter)]
    return min(found, key=lambda made: made.count).finished()


def _length(article: Article) -> int:
    """Count the characters of a story's text."""
    return sum(len(paragraph.text) for paragraph in (*article.paragraphs, *article.boxed))


def _too_narrow(story: Story, sheet: Sheet, setter: Setter) -> bool:
    """Say whether a table of a story needs more than a column of a sheet."""
    frame = sheet.frame(FIRST)
    styles = replace(sheet.geometry.style(story, FIRST), table_columns=0)
    return any(columns_of(paragraph, styles, frame, setter) > 1 for paragraph in story.article.paragraphs)


def _best_on(story: Story, sheet: Sheet, setter: Setter) -> "_Set":
    """Set a story on a sheet with the largest pictures that cost it no page and leave no hole at a page's foot."""
    setting = _Setting(story, sheet, setter)
    best = setting.with_pictures(_SHARES[0])
    for share in _SHARES[1:] if story.article.floating else ():
        if best.count == 1 and not best.white:
            break
        tried = setting.with_pictures(share)
        if (tried.count, tried.white) < (best.count, best.white):
            best = tried
    return best


@dataclass(frozen=True, slots=True)
class _Set:
    """A story flowed over its pages; a column's number counts on over the pages."""

    story: Story
    sheet: Sheet
    styles: StoryStyle
    head: Head
    floats: Sequence[Sequence[Float]]
    regions: Sequence[Region]
    flowed: Flowed
    blocks: Sequence[Block]
    count: int

    @property
    def white(self) -> int:
        """Lines left white on the pages before the last, a line or two a column left out: headings leave as many."""
        columns = self.sheet.columns
        last = max((p.column // columns for p in self.flowed.placed), default=0) * columns
        room = Counter[int]()
        for region in self.regions:
            room[region.column] += region.end - region.start
        for piece in self.flowed.placed:
            room[piece.column] -= piece.height
        return sum(max(0, lines - _HEADING) for column, lines in room.items() if column < last)

    def finished(self) -> Reprint:
        """Return the pages with their boxes."""
        columns = self.sheet.columns
        pages, told = [], []
        for page in range(self.count):
            name = NEXT if page else FIRST
            mine = range(page * columns, (page + 1) * columns)
            placed = [replace(p, column=p.column - mine.start) for p in self.flowed.placed if p.column in mine]
            floats = list(self.floats[page]) if page < len(self.floats) else []
            is_last = page == self.count - 1
            filled = Filled(
                choice=Choice(),
                head=self.head if page == 0 else Head((), 0),
                floats=floats,
                regions=[replace(r, column=r.column - mine.start) for r in self.regions if r.column in mine],
                flowed=Flowed(placed, self.flowed.over if is_last else []),
                blocks=self.blocks,
                shares={},
                outside=_outside(floats, self.sheet.frame(name)),
                steps=self.head.steps if page == 0 else (),
            )
            made, found = finish(
                replace(self.story, placement=Placement(name)), self.styles, self.sheet.frame(name), filled
            )
            pages.append(made)
            told.extend(found)
        return Reprint(self.sheet, tuple(pages), tuple(told))


def _outside(floats: Sequence[Float], frame: Frame) -> int:
    """Return the lines by which a note that is longer than a page reaches below it."""
    feet = (one.line + -(-max(box.rect.bottom for box in one.boxes) // frame.leading) for one in floats)
    return max(0, max(feet, default=0) - frame.lines)


class _Setting:
    """One story on one sheet."""

    def __init__(self, story: Story, sheet: Sheet, setter: Setter) -> None:
        self._story = story
        self._article = story.article
        self._sheet = sheet
        self._setter = setter
        self._frames = sheet.frame(FIRST), sheet.frame(NEXT)
        # Tables flow with the text, so that a long one can go on; the note stands over all columns.
        styles = sheet.geometry.style(story, FIRST)
        self._styles = replace(styles, table_columns=1, editor_note_columns=sheet.columns)
        first = self._frames[0]
        self._head = story_head(self._article, self._styles, first, setter)
        copy = replace(self._article, boxes=(), notices=())
        self._text = Paragraphs(
            [
                *article_blocks(copy, self._styles, first, setter),
                *notice_text(self._article.notices, self._styles, first, setter),
                *box_text(self._article.boxes, self._styles, first, setter),
            ],
            first.measure,
            setter,
            _LINE_UNIT,
            PER_COLUMN * sheet.columns,
        )

    def with_pictures(self, share: int) -> _Set:
        """Set the story with pictures of at most some share of a page's lines, its last columns of one length."""
        floats = self._floats(share)
        best = self._flowed(self._text.blocks, floats)
        rank = self._rank(best)
        for shares in self._changes():
            if not rank[0]:
                break
            tried = self._flowed(self._text.with_shares(shares), floats)
            if tried.count <= best.count and (other := self._rank(tried)) < rank:
                best, rank = tried, other
        return best

    def _changes(self) -> Iterator[Mapping[int, int]]:
        """Yield lines won or lost in paragraphs so that the last columns may be of one length, the fewest first.

        What a heading leaves at a column's foot depends on which paragraphs change, not only on how many lines.
        """
        for lines in range(1, self._sheet.columns + 1):
            for change in (lines, -lines):
                if self._text.cost(change) is not None:
                    yield self._text.shares(change)
        yield from islice(self._text.others({}), _TRIES)

    def _rank(self, made: _Set) -> tuple[int, int]:
        """Return by how many lines the columns of the last page differ, and how many widows there are."""
        return unevenness(made.flowed.placed, made.regions, self._sheet.columns), widows(made.flowed)

    def _frame(self, page: int) -> Frame:
        return self._frames[1 if page else 0]

    # --- text -----------------------------------------------------------------------------------------

    def _flowed(self, blocks: Sequence[Block], floats: Sequence[Sequence[Float]]) -> _Set:
        """Run the text through as many pages as it takes, those of the pictures at least."""
        columns, count = self._sheet.columns, len(floats)
        regions = [region for page in range(count) for region in self._regions(page, floats)]
        flowed = flow(blocks, regions)
        while flowed.over and count < _MOST_PAGES:
            # By what is over at once: pages are never added one by one to a long story.
            room = self._frame(1).lines * columns
            more = max(1, flowed.over_lines // room)
            regions += [r for page in range(count, count + more) for r in self._regions(page, floats)]
            count += more
            left = flowed.over_lines
            flowed = flow(blocks, regions)
            if flowed.over_lines == left:
                break
        used = max((p.column // columns + 1 for p in flowed.placed), default=1)
        regions = [region for region in regions if region.column < used * columns]
        flowed = balanced(blocks, regions, (used - 1) * columns)
        count = max(used, len(floats))
        return _Set(self._story, self._sheet, self._styles, self._head, floats, regions, flowed, blocks, count)

    def _regions(self, page: int, floats: Sequence[Sequence[Float]]) -> list[Region]:
        """Return the free stretches of a page, its columns counted on from the page before."""
        columns = self._sheet.columns
        tops = self._head.tops(columns) if page == 0 else [0] * columns
        mine = floats[page] if page < len(floats) else ()
        return [replace(r, column=r.column + page * columns) for r in free_regions(self._frame(page), tops, mine)]

    # --- pictures -------------------------------------------------------------------------------------

    def _floats(self, share: int) -> list[list[Float]]:
        """Place the editor's note and the pictures, page by page, each row from the right."""
        blocks, pictures = self._text.blocks, self._article.floating
        made = [self._picture(one, index, share, has_text=bool(blocks)) for index, one in enumerate(pictures)]
        note = self._article.editor_note
        notes = [note_float(note, self._styles, self._frames[0], self._setter, 0)] if note else []
        if self._sheet.in_text:
            places = [*(0 for _ in notes), *shares_of_text(pictures)]
            return along_text(list(zip([*notes, *made], places, strict=True)), blocks, self._head.lines, self._frames)
        rows = Rows(self._sheet.columns, self._frames, self._head.lines, sum(map(depth_of, blocks)))
        for one in (*notes, *made):
            rows.add(one)
        return rows.pages

    def _picture(self, picture: Picture, index: int, share: int, *, has_text: bool) -> Float:
        """Set a picture as wide as its share of a page's height lets it be; one too high for a column is narrowed."""
        frame = self._frames[0]
        most = (self._frames[1].lines if has_text else frame.lines - self._head.lines) * (share if has_text else 850)
        most = max(6, most // 1000)
        columns = _spanned(picture, frame)
        while columns > 1 and picture_lines(picture, frame.width(columns), frame) > most:
            columns -= 1
        width = frame.width(columns)
        own, shift = frame, 0
        if (natural := picture_lines(picture, width, frame)) > most:
            narrow = max(6 * frame.size, width * most // natural // frame.size * frame.size)
            own, shift = replace(frame, xs=(0,), measure=narrow), (width - narrow) // 2
        place = (0, 1 if shift else columns, 0)
        lines = min(picture_lines(picture, own.width(place[1]), own), most)
        made = picture_float(picture, self._styles, own, self._setter, place, lines, f"f{index}")
        boxes = tuple(shifted(box, shift, 0) for box in made.boxes)
        return replace(made, columns=columns, boxes=boxes, lines=made.lines + has_text)


def _spanned(picture: Picture, frame: Frame) -> int:
    """Return the columns that a picture spans at its best: all of two, two of three, one where it stands upright."""
    wide, high = picture.pixels
    if len(picture.group) > 0 or frame.columns == 1:
        return frame.columns
    if wide * 10 < high * 9:
        return 1
    return frame.columns if wide > 2 * high else min(frame.columns, 2)


def unevenness(placed: Sequence[Placed], regions: Sequence[Region], columns: int) -> int:
    """Return by how many lines the feet of the last page's columns differ; under a picture that ends lower stands none."""
    last = max((piece.column // columns for piece in placed), default=0) * columns
    feet: dict[int, int] = {}
    for region in regions:
        if region.column >= last:
            feet.setdefault(region.column, region.start)
    for piece in placed:
        if piece.column >= last:
            feet[piece.column] = max(feet[piece.column], piece.line + piece.height)
    lowest = max((feet[piece.column] for piece in placed if piece.column >= last), default=0)
    reached = [foot for foot in feet.values() if foot <= lowest]
    return lowest - min(reached) if reached else 0
