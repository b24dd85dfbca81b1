"""A paper, one issue of it, and its articles, as `source` hands them on: checked, complete, frozen.

Every value that a later stage may complain of carries its `SourceRef`, so that a finding of
make-up is told at the article's file and line.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from printkit.diagnostics import SourceRef
from printkit.model.style import Composition
from printkit.model.text import Paragraph


@dataclass(frozen=True, slots=True)
class Lines:
    """A heading as written: one text, or a list of lines that the editor broke (`given`)."""

    lines: tuple[str, ...]
    where: SourceRef = field(compare=False)
    given: bool = False

    @property
    def text(self) -> str:
        """The lines joined, as a reader speaks them."""
        return "".join(self.lines)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote a story: ``本报记者`` and a name; the role may be empty."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture file: what it shows, and the point that cropping keeps; `where` is its name in the article."""

    file: Path
    pixels: tuple[int, int]
    where: SourceRef = field(compare=False)
    alt: str = ""
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article, or a group with one caption. `pixels` is width and height after turning by EXIF."""

    file: Path
    pixels: tuple[int, int]
    where: SourceRef = field(compare=False)
    caption: str = ""
    credit: str = ""
    alt: str = ""
    columns: int | None = None
    focus: tuple[float, float] = (0.5, 0.5)
    place: str = "lead"
    """``lead`` (at the top of the story), ``inside`` (in the columns) or ``wrap`` (text beside it in a column)."""
    paragraph: int = 1
    """The paragraph of the body, from 1, beside which a wrapped picture begins."""
    group: tuple[Shot, ...] = ()
    """The further pictures that share its caption."""
    caption_where: SourceRef | None = field(default=None, compare=False)

    @property
    def shots(self) -> tuple[Shot, ...]:
        """Every file of the entry in order."""
        return (Shot(self.file, self.pixels, self.where, self.alt, self.focus), *self.group)


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of a story: a portrait, a name and a title as its heading, and its text."""

    where: SourceRef = field(compare=False)
    body: tuple[Paragraph, ...]
    name: str = ""
    title: str = ""
    portrait: Picture | None = None
    headline: Lines | None = None


STORY_LINK = "story:"
"""Scheme of a link to a story of the same edition, before its `anchor`; `pdf.join` makes it a place in the file."""


@dataclass(frozen=True, slots=True)
class JumpLine:
    """What stands where a story leaves its page or comes back: ``（下转第3版）``, ``（上接第1版）``.

    `page` is the number of the page that it names, `target` the other part as links name it (`Story.anchor`).
    """

    text: str
    page: str
    target: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article file. `path` is the file; `where` its first line.

    Of a story that is divided each part is an article of its own: `goes_on` ends the first, `came_from` begins
    the second.
    """

    path: Path
    where: SourceRef = field(compare=False)
    headline: Lines | None = None
    kicker: Lines | None = None
    deck: Lines | None = None
    brief: bool = False
    byline: tuple[Byline, ...] = ()
    dateline: str = ""
    editor_note: tuple[Paragraph, ...] = ()
    body: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    pictures: tuple[Picture, ...] = ()
    source: str = ""
    keywords: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    """What make-up may leave out to close the page, in this order: ``kicker``, ``deck``, ``pull_quote``."""
    pull_quote: Paragraph | None = None
    jump_headline: Lines | None = None
    """The headline over the part on the other page."""
    came_from: JumpLine | None = None
    goes_on: JumpLine | None = None

    @property
    def floating(self) -> tuple[Picture, ...]:
        """The pictures that stand across columns, with no text of their column beside them."""
        return tuple(p for p in self.pictures if p.place != "wrap")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page grid (`at`): columns and rows count from 1; rows are lines of the body."""

    column: int
    row: int
    columns: int
    rows: int
    where: SourceRef = field(compare=False)


@dataclass(frozen=True, slots=True)
class Ad:
    """An advertisement. `file` is None where a place is only kept free; `size` is width and height in any one unit."""

    where: SourceRef = field(compare=False)
    file: Path | None = None
    size: tuple[int, int] = (0, 0)
    alt: str = ""


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
    where: SourceRef | None = field(default=None, compare=False)
    """The value of `slot`, or the entry where none is given."""


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
    ad: Ad | None = None
    jump: Jump | None = None
    index: bool = False
    """Listed in the front page's index."""

    @property
    def anchor(self) -> str:
        """What links and the page's HTML call this part; no id has a full stop, so it is no other story's."""
        return self.id if self.part == FIRST_PART else f"{self.id}.{self.part}"

    @property
    def part(self) -> int:
        """Which part of the story this is."""
        return self.placement.part

    @property
    def slot(self) -> str:
        """The slot that it stands in."""
        return self.placement.slot


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the edition. `number` is as printed (``1`` or ``A01``); `duty` keeps the order written."""

    number: str
    layout: str
    where: SourceRef = field(compare=False)
    stories: tuple[Story, ...] = ()
    name: str = ""
    duty: Mapping[str, str] = field(default_factory=dict)
    layout_where: SourceRef | None = field(default=None, compare=False)
    """The value of `layout`."""


def page_stem(number: str) -> str:
    """Return a page's number so that names with it sort: ``01``, ``A01``."""
    return number.zfill(2) if number.isdigit() else number


def page_label(number: str, name: str) -> str:
    """Return what a page is called in bookmarks and lists: ``01版：要闻``."""
    return f"{page_stem(number)}版：{name}" if name else f"{page_stem(number)}版"


def issue_words(number: str) -> str:
    """Write an issue's number: ``第1234期``; empty where it has none."""
    return f"第{number}期" if number else ""


def date_words(date: datetime.date) -> str:
    """Write a date as readers do: ``2024年1月10日``."""
    return f"{date.year}年{date.month}月{date.day}日"


def page_words(number: str) -> str:
    """Name a page as lines that send the reader there do: ``第3版``, ``A03版``."""
    return f"第{number}版" if number.isdigit() else f"{number}版"


@dataclass(frozen=True, slots=True)
class PressDemands:
    """What the press asks for (`print`). `profile` is None where the built-in newsprint profile serves."""

    profile: Path | None = None
    bleed: int = 8504
    """How far colour reaches over the trim, in mpt; 3 mm unless given."""
    ink_limit: int = 220
    """Most ink of the four plates together in percent (`tac`): ISO 12647-3:2013 for newsprint."""
    ppi: int = 200
    """Resolution of pictures, pixels per inch: twice the 40 lines per centimetre of newspaper screens."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A newspaper: what stays the same from issue to issue. Sizes are mpt; `folder` bounds every path."""

    folder: Path
    where: SourceRef = field(compare=False)
    name: str
    page_width: int
    page_height: int
    page_size: str
    """``tabloid``, ``broadsheet`` or ``custom``."""
    masthead: str = ""
    """The masthead as text; empty when there is a picture or the name serves."""
    masthead_file: Path | None = None
    subtitle: str = ""
    issn_cn: str = ""
    publisher: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    price: str = ""
    postal_code: str = ""
    printer: str = ""
    ad_licence: str = ""
    stylesheets: tuple[Path, ...] = ()
    composition: Composition = Composition()
    names: tuple[str, ...] = ()
    """Names and words that no headline breaks inside."""
    press: PressDemands = PressDemands()
    site_address: str = ""
    """Where the e-paper stands, with a slash at its end; empty where that is not known."""
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue: the paper, its date and its pages in order. `path` is the edition file."""

    path: Path
    where: SourceRef = field(compare=False)
    paper: Paper
    date: datetime.date
    pages: tuple[Page, ...]
    issue: str = ""


def stories_of(edition: Edition) -> tuple[Story, ...]:
    """Return the stories of an edition in its order, whole, without advertisements."""
    return tuple(story for page in edition.pages for story in page.stories if not story.ad)
