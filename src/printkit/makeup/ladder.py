"""What make-up may change so that a story fills its rectangle: the rungs, their order and what each costs.

The house gives the order (`--ladder`); a rung it does not name is not used. Costs are in tenths, after what was
measured on made-up pages (makeup.md 3: a picture's line .4, a line of white 1.2, an optional deck 1, a headline
one step smaller 2.5): the cheapest stands first, and a house that orders otherwise hands the same costs out in its
own order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from printkit.model.geometry import LADDER, Rung
from printkit.model.page import Step

_COSTS: Mapping[Rung, int] = {
    "lines": 4,
    "picture": 4,
    "sections": 5,
    "portraits": 6,
    "optional": 10,
    "space": 12,
    "headline": 25,
}
"""One unit of each rung: a line, a line of a picture, a part left out, a step of the headline."""

assert tuple(_COSTS) == LADDER

WIDOW = 8
"""A column that opens with the short last line of a paragraph: dearer than a line won, cheaper than white."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What make-up chooses for a story beside the lines of its paragraphs.

    Lines given to every picture, portrait and section gap, lines of white at the headline, steps down of the
    headline, and how many of the parts that the article calls optional are left out.
    """

    picture: int = 0
    section: int = 0
    portrait: int = 0
    left_out: int = 0
    space: int = 0
    headline: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs that a style allows, with their costs."""

    costs: Mapping[Rung, int]

    @classmethod
    def of(cls, order: Sequence[Rung]) -> "Ladder":
        """Return the ladder of an order of rungs, the first one the cheapest."""
        return cls(dict(zip(order, sorted(_COSTS.values()), strict=False)))

    def allows(self, rung: Rung) -> bool:
        """Say whether the style allows a rung."""
        return rung in self.costs

    def cost(self, choice: Choice) -> int:
        """Return what a choice costs; a second line of white costs as much again as it looks worse (makeup.md 3)."""
        return sum(step.cost for step in self.steps(choice, ()))

    def steps(self, choice: Choice, optional: Sequence[str]) -> tuple[Step, ...]:
        """Write a choice down, a step for every rung used."""
        costs = self.costs.get
        space = choice.space * choice.space
        names = ", ".join(optional[: choice.left_out])
        found = (
            (choice.picture, f"picture {choice.picture:+d} line(s)", abs(choice.picture) * costs("picture", 0)),
            (
                choice.section,
                f"white before sections {choice.section:+d} line(s)",
                choice.section * costs("sections", 0),
            ),
            (choice.portrait, f"portraits {choice.portrait:+d} line(s)", choice.portrait * costs("portraits", 0)),
            (choice.left_out, f"left out: {names}", choice.left_out * costs("optional", 0)),
            (choice.space, f"headline space {choice.space:+d} line(s)", space * costs("space", 0)),
            (choice.headline, "headline one step smaller", choice.headline * costs("headline", 0)),
        )
        return tuple(Step(text, cost) for amount, text, cost in found if amount)
