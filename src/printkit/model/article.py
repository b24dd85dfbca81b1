"""An article: its parts, their order, and what it is called. Whoever needs to know what a story consists of asks here."""

from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path
from typing import Literal

from printkit.diagnostics import SourceRef
from printkit.model.desk import Silence
from printkit.model.text import Paragraph, plain_lines

HEADINGS = {"kicker": "引题", "headline": "主标题", "deck": "副题"}
"""The roles of an article's headings in the order in which they are read, with their names in Chinese."""

PicturePlace = Literal["lead", "inside", "foot", "wrap", "head", "under"]
TITLE_PLACES: tuple[PicturePlace, ...] = ("head", "under")
"""The places of a picture that belongs to its headline; a story has one at most."""
PictureSide = Literal["left", "center", "right"]

_TITLE = 36
"""Characters of a title that is taken from a caption or from the text of a story without a headline."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A heading as written: one text, or a list of lines that the editor broke (`given`)."""

    lines: tuple[str, ...]
    where: SourceRef = field(compare=False)
    given: bool = False

    @property
    def text(self) -> str:
        """The lines as one, a blank where the editor broke them: two lines are two clauses, and no mark parts them."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote a story: ``本报记者`` and a name; the role may be empty."""

    role: str
    name: str


VECTORS = frozenset({".svg", ".pdf"})
"""Endings of drawings: they are sharp at every size, and never cropped."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture file: what it shows, and the point that cropping keeps; `where` is its name in the article.

    `pixels` are of a drawing thousandths of its own unit: only their ratio counts.
    """

    file: Path
    pixels: tuple[int, int]
    where: SourceRef = field(compare=False)
    alt: str = ""
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Safe:
    """The part of a picture that a headline may stand on (压题区), in fractions of the picture, and how light it is there.

    `darkest` and `lightest` are relative luminances (WCAG 2.1), 0 for black to 1 for white, of all but its small spots.
    """

    left: float
    top: float
    width: float
    height: float
    where: SourceRef = field(compare=False)
    darkest: float = 0
    lightest: float = 1


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
    place: PicturePlace = "lead"
    """``lead`` (at the top of the story), ``inside`` (in the columns), ``foot``, ``wrap`` (text beside it in a column),
    ``head`` (over the headline) or ``under`` (the headline stands on it, in `safe`)."""
    side: PictureSide | None = None
    """Where in its row, or in its column, it stands; None leaves that to the style."""
    paragraph: int = 1
    """The paragraph of the body, from 1, beside which a wrapped picture begins."""
    whole: bool = False
    """Never cropped (``crop: none``): it keeps its ratio, and what its place has more is white under it or beside it."""
    group: tuple[Shot, ...] = ()
    """The further pictures that share its caption."""
    safe: Safe | None = None
    contour: tuple[tuple[float, float], ...] = ()
    """Of one that was cut out (抠图) the left and right end of bands of equal height, in fractions; text follows them."""
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


BoxKind = Literal["link", "after", "data", "related"]

BOX_NAMES: dict[BoxKind, str] = {"link": "链接", "after": "编后", "data": "资料", "related": "相关"}
"""What a box (附文) is, with the word that stands over it."""

BOX_TEXTS = tuple(f"{kind}-text" for kind in BOX_NAMES)
"""Roles of the text of boxes, by kind."""

BOX_ROLES = ("box-name", "box-headline", *BOX_TEXTS)
"""Roles of what stands in boxes."""


@dataclass(frozen=True, slots=True)
class StoryBox:
    """A box inside a story (附文): what it is, its headline and its text."""

    kind: BoxKind
    body: tuple[Paragraph, ...]
    where: SourceRef = field(compare=False)
    headline: Lines | None = None
    place: Literal["foot", "side", "inside"] = "foot"
    """``foot`` (at the foot of the last columns), ``side`` (in the last column, at its top) or ``inside`` (in the text)."""

    @property
    def name(self) -> str:
        """The word that stands over it."""
        return BOX_NAMES[self.kind]

    @property
    def role(self) -> str:
        """The role of its text."""
        return f"{self.kind}-text"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice or classified (启事): what it is called, and its text."""

    body: tuple[Paragraph, ...]
    where: SourceRef = field(compare=False)
    title: str = ""

    @property
    def name(self) -> str:
        """What it is called where it is told of: its title, else how its text begins."""
        return self.title or plain_lines(self.body)[0][:_NAME]


_NAME = 10
"""Characters of a notice's text that stand for its title."""

NOTICE_ROLES = ("notice-mark", "notice-title", "notice-text")
"""Roles of what stands among notices: 广告 over them, their titles, their text."""

CORNER_ROLE = "frame-title"
"""Role of a kicker that stands in the rule of its story's frame (角题): the layout sets it, not the composer."""

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
    boxes: tuple[StoryBox, ...] = ()
    notices: tuple[Notice, ...] = ()
    """Notices fill their story alone: with them it has headings and nothing else."""
    jump_headline: Lines | None = None
    """The headline over the part on the other page."""
    silences: tuple[Silence, ...] = field(default=(), repr=False)
    """What the copy desk does not tell of it; no page is made anew for them."""
    came_from: JumpLine | None = None
    goes_on: JumpLine | None = None

    @property
    def headings(self) -> dict[str, Lines]:
        """The headings that it has, by role and in the order in which they are read."""
        written = {role: getattr(self, role) for role in HEADINGS}
        return {role: heading for role, heading in written.items() if heading}

    def under(self, common: Lines) -> "Article":
        """Return it as it stands alone: its kicker (引题) begins with the head that it shares with others."""
        text = f"{common.text}\u3000{self.kicker.text}" if self.kicker else common.text
        return replace(self, kicker=Lines((text,), common.where))

    @property
    def title(self) -> str:
        """What it is called: its headline, else its first caption or notice; empty where it has none."""
        names = (*(p.caption for p in self.pictures), *(notice.name for notice in self.notices))
        return self.headline.text if self.headline else next(filter(None, names), "")

    @property
    def short_title(self) -> str:
        """What lists call it: its headline, else how its first caption or its text begins."""
        if self.headline:
            return self.headline.text
        captions = (picture.caption for picture in self.pictures)
        names = (*(section.name for section in self.sections), *(notice.name for notice in self.notices))
        text = next(filter(None, chain(captions, plain_lines(self.body), names)), "")
        sentence = text.partition("。")[0]
        return sentence if len(sentence) <= _TITLE else f"{sentence[:_TITLE]}…"

    def byline_text(self, between: str = " ") -> str:
        """Write who wrote it, ``本报记者 甲 乙 通讯员 丙``: a role that several share stands once."""
        groups = groupby(self.byline, key=lambda byline: byline.role)
        return between.join(
            " ".join(filter(None, [role, *(byline.name for byline in group)])) for role, group in groups
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The people that its keys name."""
        return (*(byline.name for byline in self.byline), *(section.name for section in self.sections))

    @property
    def texts(self) -> tuple[tuple[Paragraph, ...], ...]:
        """Its copy in order: the body, then the text of each section."""
        return (self.body, *(section.body for section in self.sections))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of its copy in order."""
        return tuple(chain.from_iterable(self.texts))

    @property
    def boxed(self) -> tuple[Paragraph, ...]:
        """The paragraphs of its boxes and notices in order: they stand beside its copy, or in its place."""
        bodies = (*(box.body for box in self.boxes), *(notice.body for notice in self.notices))
        return tuple(chain.from_iterable(bodies))

    @property
    def text(self) -> str:
        """All its text but its headings, a paragraph a line; boxes, notices and captions at the end."""
        lines = plain_lines(self.editor_note)
        body = plain_lines(self.body)
        lines += [f"{self.dateline}\u3000{body[0]}", *body[1:]] if self.dateline and body else body
        for section in self.sections:
            lines += [" ".join(word for word in (section.name, section.title) if word)]
            lines += [section.headline.text] if section.headline else []
            lines += plain_lines(section.body)
        for box in self.boxes:
            lines += [f"{box.name} {box.headline.text}" if box.headline else box.name, *plain_lines(box.body)]
        for notice in self.notices:
            lines += [notice.title, *plain_lines(notice.body)]
        lines += [picture.caption for picture in self.pictures]
        return "\n".join(filter(None, lines))

    @property
    def all_pictures(self) -> tuple[Picture, ...]:
        """The entries that have picture files: its pictures, then its sections' portraits."""
        return (*self.pictures, *(section.portrait for section in self.sections if section.portrait))

    @property
    def floating(self) -> tuple[Picture, ...]:
        """The pictures that stand across columns, with no text of their column beside them; the headline's own comes first."""
        across = (p for p in self.pictures if p.place != "wrap")
        return tuple(sorted(across, key=lambda picture: picture.place not in TITLE_PLACES))

    @property
    def title_picture(self) -> Picture | None:
        """The picture over or under its headline, if it has one."""
        return next((p for p in self.pictures if p.place in TITLE_PLACES), None)
