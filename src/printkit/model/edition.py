"""One issue of a paper with its pages and stories, as `source` hands it on: checked, complete, frozen.

Every value that a later stage may complain of carries its `SourceRef`, so that a finding of
make-up is told at the article's file and line.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from printkit.diagnostics import Say, SourceRef
from printkit.model.article import Article, Lines
from printkit.model.paper import Paper
from printkit.model.story_look import NO_LOOK, StoryLook


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page grid (`at`): columns and rows count from 1; rows are lines of the body."""

    column: int
    row: int
    columns: int
    rows: int
    where: SourceRef = field(compare=False)


_AD_PPI = 300
"""Pixels an inch at which pictures of advertisements are made for newspapers, one as another."""


@dataclass(frozen=True, slots=True)
class Ad:
    """An advertisement. `file` is None where a place is only kept free; `size` is width and height in any one unit."""

    where: SourceRef = field(compare=False)
    file: Path | None = None
    size: tuple[int, int] = (0, 0)
    alt: str = ""
    fills_up: bool = False
    """Whether the page itself took it, from the paper's fillers (补白)."""
    cells: tuple[int, int] = (0, 0)
    """The columns and rows that it was booked with; 0 where its place or its ratio decides."""

    @property
    def printed_width(self) -> int:
        """The width at which it was made to be printed, mpt: a PDF's own, a picture's of 300 pixels an inch; 0 for any."""
        suffix = self.file.suffix.lower() if self.file and not self.fills_up else ".svg"
        return 0 if suffix == ".svg" else self.size[0] if suffix == ".pdf" else self.size[0] * 72_000 // _AD_PPI


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the rest of a story goes (`jump_to`): a page by its number, a slot of it or the first free one."""

    page: str
    where: SourceRef = field(compare=False)
    slot: str | None = None


FIRST_PART, SECOND_PART = 1, 2


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a part of a story stands on its page: in a slot, on an automatic page in a rectangle of the grid (`at`).

    As the edition asks for it `slot` may be empty: the first free one is meant. Once the page's stories are assigned it
    never is: on an automatic page a story's slot is called after it.
    """

    slot: str = ""
    at: Place | None = None
    part: int = FIRST_PART
    """`SECOND_PART` of what stands on the page that the story goes on to; both have one id."""
    is_found: bool = False
    """Whether the page itself found the place, on which nobody has looked yet."""
    where: SourceRef | None = field(default=None, compare=False)
    """The value of `slot`, or the entry where none is given."""


@dataclass(frozen=True, slots=True)
class Group:
    """Stories under one common head (组合报道): `id` is the head's, which is a story of headings alone."""

    id: str
    headline: Lines | None
    """What the head says; None where nothing is written yet."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article with its place in the edition. `where` is the entry in the edition file.

    Of an advertisement `ad` is set and the article is empty.
    """

    id: str
    article: Article
    where: SourceRef = field(compare=False)
    placement: Placement = Placement()
    level: int = 3
    frame: str = "none"
    look: StoryLook = NO_LOOK
    ad: Ad | None = None
    jump: Jump | None = None
    index: bool = False
    """Listed in the front page's index."""
    corner: str = ""
    """What stands in the rule of its frame (角题): as it is placed on its page, its kicker."""
    group: Group | None = None
    """Of a common head and of its members, which follow it: what they stand in together, in one slot."""
    related: tuple[str, ...] = ()
    """The ids of stories that it is to touch on an automatic page (`with`)."""

    @property
    def anchor(self) -> str:
        """What links and the page's HTML call this part; no id has a full stop, so it is no other story's."""
        return self.id if self.part == FIRST_PART else f"{self.id}.{self.part}"

    @property
    def part(self) -> int:
        """Which part of the story this is."""
        return self.placement.part

    @property
    def is_common_head(self) -> bool:
        """Whether it is the head over a group's members, with no text of its own."""
        return self.group is not None and self.group.id == self.id

    @property
    def is_member(self) -> bool:
        """Whether it stands under a common head."""
        return self.group is not None and self.group.id != self.id

    @property
    def slot(self) -> str:
        """The slot that it stands in."""
        return self.placement.slot

    @property
    def title(self) -> str:
        """What bookmarks call it: its headline, else its first caption, else its id; an advertisement by its text."""
        return self.ad.alt if self.ad else self.article.title or self.id

    @property
    def short_title(self) -> str:
        """What lists call it: its headline, else how its first caption or its text begins, else its id."""
        return self.article.short_title or self.id

    @property
    def index_title(self) -> str:
        """What the index calls it: its headline with blanks between the lines, else its kicker, else its title."""
        heading = self.article.headline or self.article.kicker
        return heading.text if heading else self.title


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the edition, or two facing ones made as one sheet (跨版).

    `number` is as printed (``1`` or ``A01``), of a spread both (``4-5``); `duty` keeps the order written.
    """

    number: str
    layout: str
    where: SourceRef = field(compare=False)
    stories: tuple[Story, ...] = ()
    name: str = ""
    duty: Mapping[str, str] = field(default_factory=dict)
    layout_where: SourceRef | None = field(default=None, compare=False)
    """The value of `layout`."""


def pages_wished(wish: "Wish", pages: Sequence[Page]) -> tuple[int, ...]:
    """Return the places, among the pages of an edition, of those on which a story may stand as it wishes."""
    first = next((i for i, page in enumerate(pages) if _is_called(page, wish.not_before)), 0)
    named = [i for i, page in enumerate(pages) if not wish.page or _is_called(page, wish.page)]
    if not named:
        named = [i for i, page in enumerate(pages) if page.name == wish.page]
    return tuple(i for i in named if i >= first)


def _is_called(page: Page, number: str) -> bool:
    return same_number(number) in map(same_number, numbers_of(page.number))


def same_number(number: str) -> str:
    """Return what two page numbers share that would be the same file on some disks: `1` and `01`, `a1` and `A1`."""
    return number.casefold().lstrip("0")


SPREAD_MARK = "-"
"""Between the two numbers of a spread; no number of one page has it."""


def numbers_of(number: str) -> tuple[str, ...]:
    """Return the numbers that a page is printed under: its own, or a spread's two."""
    return tuple(number.split(SPREAD_MARK))


def is_spread(number: str) -> bool:
    """Say whether a number is that of two facing pages."""
    return SPREAD_MARK in number


def page_stem(number: str) -> str:
    """Return a page's number so that names with it sort: ``01``, ``A01``, ``04-05``."""
    return SPREAD_MARK.join(one.zfill(2) if one.isdigit() else one for one in numbers_of(number))


def page_label(number: str, name: str) -> str:
    """Return what a page is called in bookmarks and lists: ``01版：要闻``, ``04、05版：特刊``."""
    stem = "、".join(numbers_of(page_stem(number)))
    return f"{stem}版：{name}" if name else f"{stem}版"


def issue_words(number: str) -> str:
    """Write an issue's number: ``第1234期``; empty where it has none."""
    return f"第{number}期" if number else ""


def date_words(date: datetime.date) -> str:
    """Write a date as readers do: ``2024年1月10日``."""
    return f"{date.year}年{date.month}月{date.day}日"


def page_words(number: str) -> str:
    """Name a page as lines that send the reader there do: ``第3版``, ``A03版``, ``第4、5版``."""
    numbers = numbers_of(number)
    shown = "、".join(numbers)
    return f"第{shown}版" if all(one.isdigit() for one in numbers) else f"{shown}版"


@dataclass(frozen=True, slots=True)
class Wish:
    """A story of the pool, which has no page yet, and what it wishes of the one that it finds."""

    story: Story
    page: str = ""
    """The number or the name of the page that it has to stand on."""
    not_before: str = ""
    """The number of the first page that it may stand on."""
    beside: str = ""
    """The id of the story with which it shares its page."""
    page_where: SourceRef | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Allotted:
    """Where a story of the pool has gone, and why: None where no page has room for it."""

    story: Story
    page: str | None
    why: Say


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a story said when it was printed, and what it says since (更正); `now` is empty where it was taken out."""

    story: str
    was: str
    now: str = ""

    @property
    def words(self) -> str:
        """How a paper says so."""
        return f"“{self.was}”应为“{self.now}”" if self.now else f"“{self.was}”应删去"


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue: the paper, its date and its pages in order. `path` is the edition file."""

    path: Path
    where: SourceRef = field(compare=False)
    paper: Paper
    date: datetime.date
    pages: tuple[Page, ...]
    issue: str = ""
    is_red: bool = False
    """Whether the front page's name and its lead headline are red (套红)."""
    pool: tuple[Wish, ...] = ()
    """Stories that look for a page; a stage gives them to `pages` and tells in `allotted` why."""
    allotted: tuple[Allotted, ...] = ()
    corrections: tuple[Mistake, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the paper and the copy give, so that no headline breaks inside one.

        In one order, wherever the stories stand: what a story of the pool was set with is what its page is set with.
        """
        stories = [*(story for page in self.pages for story in page.stories), *(wish.story for wish in self.pool)]
        given = {self.paper.name, *self.paper.names, *(name for story in stories for name in story.article.names)}
        return tuple(sorted(name for name in given if len(name) > 1))

    def mistakes(self, story: str) -> tuple[Mistake, ...]:
        """Return what was wrong in a story."""
        return tuple(one for one in self.corrections if one.story == story)


def standing_alone(edition: Edition) -> tuple[Story, ...]:
    """Return the stories as each is read by itself: a member with its common head over it, the head not once more."""
    return tuple(
        replace(story, article=story.article.under(story.group.headline))
        if story.group and story.group.headline
        else story
        for story in stories_of(edition)
        if not story.is_common_head
    )


def stories_of(edition: Edition) -> tuple[Story, ...]:
    """Return the stories of an edition in its order, whole, without advertisements."""
    return tuple(story for page in edition.pages for story in page.stories if not story.ad)
