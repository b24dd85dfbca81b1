"""A story's own look (样貌): what its entry asks for otherwise than the styles of its slot, level and frame have it.

It is written as custom properties on the story's own element, so that CSS stays the one truth of how things look.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from printkit.diagnostics import SourceRef

Direction = Literal["horizontal", "vertical"]
Side = Literal["left", "right"]
HeadAlign = Literal["start", "center", "justify"]
BylinePlace = Literal["head", "tail", "dateline"]

LEAST_STRETCH, MOST_STRETCH = 80, 120
"""Height of a headline's character to its width, per cent: beyond these the strokes of a face are spoilt."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A number of columns; only where it is measured does it show whether there are as many."""

    number: int
    where: SourceRef = field(compare=False)


@dataclass(frozen=True, slots=True)
class StoryLook:
    """What a story asks for; None leaves a thing as the styles have it.

    `head_columns` are those that the headline block covers, `columns` the story's text columns (分栏); `stretch` is the
    height of the headline's characters to their width, per cent; an `uncropped` story has its pictures whole.
    """

    direction: Direction | None = None
    side: Side | None = None
    align: HeadAlign | None = None
    head_columns: Columns | None = None
    stretch: int | None = None
    byline: BylinePlace | None = None
    columns: Columns | None = None
    uncropped: bool = False
    where: SourceRef | None = field(default=None, compare=False)

    @property
    def css(self) -> str:
        """The look as declarations, each with its semicolon; empty where nothing is asked for."""
        given = {
            "--headline-direction": self.direction,
            "--headline-side": self.side,
            "--headline-align": self.align,
            "--headline-columns": self.head_columns and self.head_columns.number,
            "--headline-stretch": self.stretch and f"{self.stretch}%",
            "--byline": self.byline,
            "--text-columns": self.columns and self.columns.number,
            "--picture-crop": 0 if self.uncropped else None,
        }
        return "".join(f"{name}:{value};" for name, value in given.items() if value is not None)

    @property
    def elsewhere(self) -> "StoryLook":
        """The look of the part that goes on elsewhere: there is another place, with a headline of its own."""
        return replace(self, direction=None, side=None, align=None, head_columns=None, stretch=None, columns=None)


NO_LOOK = StoryLook()
