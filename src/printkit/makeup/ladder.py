"""What make-up may change so that a story fills its rectangle: the rungs, their order and what each costs.

The house gives the order (`--ladder`); a rung it does not name is not used. Costs are in tenths, after what was
measured on made-up pages (makeup.md 3: a picture's line .4, a line of white 1.2, an optional deck 1, a headline
one step smaller 2.5): the cheapest stands first, and a house that orders otherwise hands the same costs out in its
own order. Forms (`--forms`) change how a story looks and not only how much it takes: the style of automatic pages lists
them with their costs, that of slots none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    headline, and how many of the parts that the article calls optional are left out; the forms last.
    """

    picture: int = 0
    section: int = 0
    portrait: int = 0
    left_out: int = 0
    space: int = 0
    headline: int = 0
    columns: int = 0
    """Columns of the pictures; 0 for what the article or the style asks."""
    narrower: int = 0
    """By how many columns that is fewer than asked; below 0 by how many it is more."""
    beside: bool = False
    """Whether the picture stands beside the headline block (题左图右), which then covers the other columns alone."""
    tail: bool = False
    """Whether the byline stands after the text."""
    first: int = 0
    """Columns that the headline covers, the first ones, while the text of the others begins beside it; 0 for all."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs that a style allows, with their costs."""

    costs: Mapping[Rung, int]
    forms: Mapping[str, int] = field(default_factory=dict)
    """The forms that the style allows beside the rungs (`--forms`), with their costs."""

    @classmethod
    def of(cls, order: Sequence[Rung], forms: Sequence[tuple[str, int]] = ()) -> "Ladder":
        """Return the ladder of an order of rungs, the first one the cheapest, and of forms with their costs."""
        return cls(dict(zip(order, sorted(_COSTS.values()), strict=False)), dict(forms))

    def allows(self, rung: Rung) -> bool:
        """Say whether the style allows a rung."""
        return rung in self.costs

    def cost(self, choice: Choice) -> int:
        """Return what a choice costs; a second line of white costs as much again as it looks worse (makeup.md 3)."""
        return sum(step.cost for step in self.steps(choice, ()))

    def steps(self, choice: Choice, optional: Sequence[str]) -> tuple[Step, ...]:
        """Write a choice down, a step for every rung used."""
        costs, form = self.costs.get, self.forms.get
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
            (choice.headline == 1, "headline one step smaller", costs("headline", 0)),
            (choice.headline == 2, "headline two steps smaller", form("smaller", 0)),
            (
                choice.narrower,
                f"picture over {choice.columns} column(s)",
                max(choice.narrower * form("narrower", 0), -choice.narrower * form("wider", 0)),
            ),
            (choice.beside, "picture beside the headline", form("beside", 0)),
            (choice.tail, "byline after the text", form("tail", 0)),
            (choice.first, f"headline over the first {choice.first} column(s)", form("first", 0)),
        )
        return tuple(Step(text, cost) for amount, text, cost in found if amount)
