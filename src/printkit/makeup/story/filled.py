"""A story set in its frame by one choice of the ladder: what stands, and how near it comes to filling its room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from printkit.makeup.flow import Block, Flowed, Region
from printkit.makeup.ladder import Choice
from printkit.makeup.story.floats import Float
from printkit.makeup.story.heads import Head
from printkit.model.page import Step


@dataclass(slots=True)
class Filled:
    """A story set by one choice."""

    choice: Choice
    head: Head
    floats: list[Float]
    regions: Sequence[Region]
    flowed: Flowed
    blocks: Sequence[Block]
    shares: Mapping[int, int]
    """Lines won (or lost, negative) in paragraphs, by block."""
    outside: int = 0
    """Lines by which headline, note and pictures alone reach below the frame."""
    cost: int = 0
    steps: tuple[Step, ...] = ()

    @property
    def room(self) -> int:
        """Lines of all regions."""
        return sum(r.end - r.start for r in self.regions)

    @property
    def white(self) -> int:
        """Lines of room that hold nothing."""
        return self.room - self.flowed.used

    @property
    def missing(self) -> int:
        """Lines to win (or to lose, negative) so that the story fills its room."""
        return -self.flowed.over_lines if self.flowed.over_lines else self.white

    @property
    def rank(self) -> tuple[int, int]:
        """What makes one filling better than another: little over or white, then little change."""
        return amiss(self.flowed.over_lines + self.outside, self.white), self.cost


def amiss(over: int, white: int) -> int:
    """Weigh lines over against lines of white: a line over cannot be printed, but is sooner cut than four are written."""
    return 4 * over + white
