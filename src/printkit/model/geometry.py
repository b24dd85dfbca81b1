"""Where things are on a page, as `render.measure` read it from the CSS. All lengths are mpt.

Page coordinates start at the page's top left corner and go right and down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from printkit.model.edition import Story
from printkit.model.story_look import BylinePlace, Direction, Side
from printkit.model.style import TextStyle

Rung = Literal["lines", "picture", "sections", "portraits", "optional", "space", "headline"]

LADDER: tuple[Rung, ...] = ("lines", "picture", "sections", "portraits", "optional", "space", "headline")
"""What make-up may change to close a story, in the default order: the first is taken first (`--ladder`)."""

FORMS = ("narrower", "wider", "beside", "smaller", "tail", "first", "subheads", "fewer")
"""What make-up may do to a story's form on an automatic page (`--forms`): its pictures over fewer or over more columns than
asked (each a column), the picture beside the headline, the headline two steps smaller, the byline after the text; at the
page's top the headline over the first columns alone; a line of white before subheads; the text in a column fewer than its
place has (破栏)."""

TableRules = Literal["three", "rows", "grid"]
"""Rules of a table: over it, under its head and under it (三线表); also between rows; also between columns and beside it."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Bottom edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Insets:
    """What a frame takes on each side: border and padding."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """The page grid: `main` is the type area inside which stories stand; its top is the first line's top."""

    main: Rect
    columns: int
    gutter: int
    size: int
    leading: int
    steps: tuple[tuple[int, int], ...] = ()
    """Sizes and leadings that a page with `data-fit` may take for the body (`--body-steps`), largest first."""
    craft: tuple[tuple[str, int], ...] = ()
    """Rules of the craft that the style weighs otherwise on an automatic page (`--craft`), in hundredths."""

    @property
    def column(self) -> int:
        """Width of one column before it is drawn in to whole em."""
        return (self.main.width - (self.columns - 1) * self.gutter) // self.columns


@dataclass(frozen=True, slots=True)
class StoryStyle:
    """The type of a story in one slot at one level and frame; `roles` by role name.

    `headline_lines` is the most lines a headline may have; `headline_space` the least and most whole
    lines round it; `picture_crop` the share of a picture's side that may be cut.
    """

    roles: Mapping[str, TextStyle]
    frame: Insets = Insets()
    body: tuple[int, int] | None = None
    """Size and leading of the body where they are not the page's: the story stands on a grid of its own."""
    headline_lines: int = 2
    headline_space: tuple[int, int] = (1, 1)
    head_gaps: tuple[int, int, int, int] = (350, 400, 600, 650)
    """White over the headline block (of a line), between its headings (of the smaller one's em), over the byline and
    under the block (of a line), in thousandths; what white is over is shared out to them as wide as they are."""
    headline_columns: int = 0
    headline_direction: Direction = "horizontal"
    headline_side: Side = "left"
    """Where in its story a vertical headline stands."""
    byline: BylinePlace = "head"
    """Where a byline stands: in the headline block, after the text, or run in after the dateline."""
    picture_crop: float = 0.15
    picture_columns: int = 0
    picture_side: Literal["right", "left"] = "right"
    """From which side of its story pictures across columns are placed."""
    picture_place: Literal["top", "foot"] = "top"
    """Whether they stand at the head of their text or at its foot, where they name no place of their own."""
    portrait_lines: int = 6
    section_space: tuple[int, int] = (1, 2)
    """Least and most whole lines of white before a section's heading (`--section-space`)."""
    editor_note_columns: int = 1
    note_padding: int = 0
    """Padding of the box round an editor's note."""
    box_columns: int = 0
    """Columns that a box at the story's foot takes; 0 for as many as let it be no higher than it is wide."""
    box_padding: int = 0
    """White inside a box, mpt."""
    notice_mark: Literal["ad", "none"] = "ad"
    """Whether 广告 stands over notices."""
    ladder: tuple[Rung, ...] = LADDER
    forms: tuple[tuple[str, int], ...] = ()
    """Some of `FORMS`, each with its cost in tenths (`--forms`)."""
    least_picture_columns: int = 1
    """Fewest columns to which a picture is narrowed unless the page cannot close otherwise."""
    story_columns: tuple[int, int] = (1, 9)
    """Fewest and most columns that a story of this level likes to take on an automatic page (`--story-columns`)."""
    least_leg: int = 5
    """Lines that every column under headline and pictures holds at least on an automatic page (`--least-leg`)."""
    table_columns: int = 1
    """Columns of the story that a table spans; 0 for as many as its cells need to stand on one line."""
    table_rules: TableRules = "three"
    section_head_space: int = 0
    """Whole lines of white between a section's heading and its text."""
    portrait_place: str = "above"
    """``above`` the text of its section or ``beside`` it."""
    wrap_side: str = "left"
    """The side of the column, ``left`` or ``right``, at which a picture stands that text runs beside."""
    wrap_share: float = 0.42
    """The share of the column that such a picture takes."""
    caption_lines: int = 0
    """Most lines of a caption before it is told; 0 leaves it to the picture's height."""
    subhead_space: int = 0
    """Whole lines of white before a subhead."""
    text_columns: int = 0
    """Text columns of the story (破栏、变栏); 0 for its slot's."""
    subhead_lines: int = 1
    """Lines in which a subhead of one line stands, in their middle; at a column's top it takes one."""
    caption_space: int = 0
    """White between a picture and its caption beside that of the line, mpt: the picture is so much less high."""
    column_rules: Literal["none", "all"] = "none"
    """Whether rules stand between the columns of a story."""
    story_space: int = 1
    """Whole lines between two stories of one slot."""


@dataclass(frozen=True, slots=True)
class Notch:
    """What of a place's columns, from their foot up, is another's round which its story runs (L 形)."""

    column: int
    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a layout: the content box that CSS gives it, drawn to nothing yet.

    `columns` is `data-columns`, else None; `many` says that it takes several stories.
    """

    name: str
    rect: Rect
    columns: int | None = None
    many: bool = False
    notch: Notch | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the layout itself has in ``<main>``, such as a masthead or a slot's title; `name` is its class or its tag."""

    name: str
    rect: Rect


@dataclass(frozen=True, slots=True)
class DrawnRule:
    """What one element of a layout draws on its sides: `name` is its class, `stripes` are its borders in page coordinates."""

    name: str
    stripes: tuple[Rect, ...]


StyleKey = tuple[str, int, str, str]

NO_SLOT = ""
"""In a key of `PageGeometry.styles` the slot of stories that have no place yet."""


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """A page as the CSS lays it out with empty slots; `rules` are those of its ``rule-…`` elements and of its slots.

    `styles` has the type of stories by slot, level, frame and look (as CSS, `StoryLook.css`); an automatic page's also under `NO_SLOT`, so that a story
    can be measured before it has a place.
    """

    width: int
    height: int
    grid: Grid
    styles: Mapping[StyleKey, StoryStyle]
    slots: Mapping[str, Slot]
    rules: tuple[DrawnRule, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    """What else stands in ``<main>``, rules left out: no story stands there."""

    def style(self, story: Story, slot: str | None = None) -> StoryStyle:
        """Return the type of a story, in its own slot unless another is named."""
        return self.styles[story.slot if slot is None else slot, story.level, story.frame, story.look.css]
