"""Made-up pages: every box of every story with its place. What `makeup` hands to `render`.

Boxes are placed from the top left corner of their story's rectangle, rectangles from the page's. All
lengths are mpt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from printkit.diagnostics import SourceRef
from printkit.model.article import VECTORS
from printkit.model.context import PageContext
from printkit.model.edition import Story
from printkit.model.geometry import Insets, PageGeometry, Rect, Slot
from printkit.model.lines import ComposedLine, Turn
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph

OnPicture = Literal["", "white", "ink"]
"""Whether text stands on a picture, and in which colour."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """Composed lines in one place; a paragraph over two columns has two.

    `key` names the paragraph in its story (``p3``); `pitch` is the distance of the lines, `baseline`
    that of the first from the box's top.
    """

    rect: Rect
    role: str
    key: str
    paragraph: Paragraph
    style: TextStyle
    lines: tuple[ComposedLine, ...]
    pitch: int
    baseline: int
    turns: tuple[tuple[Turn, ...], ...] = ()
    """Of a vertical heading how each cluster of each line stands; its lines run down, the first at the right."""
    on_picture: OnPicture = ""


@dataclass(frozen=True, slots=True)
class PictureBox:
    """A picture cut to its box; `focus` is the point of the picture that cropping keeps."""

    rect: Rect
    file: Path
    alt: str
    focus: tuple[float, float] = (0.5, 0.5)
    role: str = "picture"
    pixels: tuple[int, int] = (0, 0)
    where: SourceRef | None = field(default=None, compare=False)
    """Its name in the article."""

    @property
    def is_drawing(self) -> bool:
        """Whether it is of vectors (SVG, PDF)."""
        return self.file.suffix.lower() in VECTORS

    @property
    def cut_off(self) -> tuple[float, float, float, float]:
        """The shares of the picture that are cut off at its left, top, right and bottom; nothing of one without pixels."""
        wide, high = self.pixels
        if not wide or not high or not self.rect.width or not self.rect.height:
            return 0, 0, 0, 0
        scale = max(self.rect.width / wide, self.rect.height / high)
        across, down = 1 - self.rect.width / (wide * scale), 1 - self.rect.height / (high * scale)
        x, y = self.focus
        return across * x, down * y, across * (1 - x), down * (1 - y)


@dataclass(frozen=True, slots=True)
class Ornament:
    """A rule, a box or a mark that CSS draws: `role` is its class; `text` stands in it as ordinary text."""

    rect: Rect
    role: str
    text: str = ""


Box = TextBox | PictureBox | Ornament


@dataclass(frozen=True, slots=True)
class Step:
    """A step of make-up towards a full rectangle, in words, with its cost in tenths."""

    text: str
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a story's length meets its room: body lines and characters, and what is over or left.

    `steps` tells what was chosen to fit: the headline's step, whole lines round it, a picture's lines.
    """

    lines: int = 0
    characters: int = 0
    capacity_lines: int = 0
    over_lines: int = 0
    over_characters: int = 0
    under_lines: int = 0
    under_characters: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeUpStory:
    """A story on its page: the rectangle it fills inside its frame, its boxes in reading order, and its fit."""

    story: Story
    rect: Rect
    insets: Insets
    columns: int
    boxes: tuple[Box, ...]
    fit: Fit
    parts: tuple[Rect, ...] = ()
    """The rectangles that the story covers, in page coordinates."""
    share: Slot | None = None
    """Of a story in a group (组合报道) the part of their slot that it was given."""

    def slot(self, geometry: PageGeometry) -> Slot:
        """Return what it stands in: its slot, or its share of one."""
        return self.share or geometry.slots[self.story.slot]

    def where(self, box: TextBox) -> SourceRef | None:
        """Return where the words of a box stand in the article: a heading's at its key."""
        heading = self.story.article.headings.get(box.role)
        return heading.where if heading else box.paragraph.where


@dataclass(frozen=True, slots=True)
class PageWhite:
    """White of no story: a free rectangle of the grid, a slot without a story or what several leave of one, in columns."""

    rect: Rect
    columns: int
    rows: int
    slot: str = ""

    @property
    def lines(self) -> int:
        """The lines of copy that it would take."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class MadeUpPage:
    """A page ready to be drawn; `stories` in the order of the edition."""

    page: PageContext
    geometry: PageGeometry
    stories: tuple[MadeUpStory, ...]
    body_step: tuple[int, int] | None = None
    white: tuple[PageWhite, ...] = ()

    @property
    def over_lines(self) -> int:
        """Lines of all stories that found no room."""
        return sum(s.fit.over_lines for s in self.stories)

    @property
    def under_lines(self) -> int:
        """Lines of room that no story filled."""
        return sum(s.fit.under_lines for s in self.stories) + sum(white.lines for white in self.white)

    @property
    def room_lines(self) -> int:
        """Lines that stories could fill, pictures and headlines taken off."""
        return sum(s.fit.capacity_lines for s in self.stories) + sum(white.lines for white in self.white)

    @property
    def is_closed(self) -> bool:
        """Whether the page is full to the line."""
        return not self.over_lines and not self.under_lines

    @property
    def picture_boxes(self) -> tuple[PictureBox, ...]:
        """The pictures and advertisements on the page, in order."""
        return tuple(box for made in self.stories for box in made.boxes if isinstance(box, PictureBox))

    def pdfs(self, *, ads: bool) -> tuple[Path, ...]:
        """Return the PDF files that stand on the page, each once: advertisements, or the stories' pictures."""
        boxes = (box for box in self.picture_boxes if (box.role == "ad") is ads)
        return tuple(dict.fromkeys(box.file for box in boxes if box.file.suffix.lower() == ".pdf"))

    @property
    def by_slot(self) -> Mapping[str, tuple[MadeUpStory, ...]]:
        """The stories of each slot, in order."""
        slots: dict[str, tuple[MadeUpStory, ...]] = {}
        for made in self.stories:
            slots[made.story.slot] = (*slots.get(made.story.slot, ()), made)
        return slots
