"""The copy desk's own: what it has silenced and why, the house's names and words."""

from dataclasses import dataclass, field

from printkit.diagnostics import SourceRef


@dataclass(frozen=True, slots=True)
class Silence:
    """A rule that is not to be told (`lint`), everywhere or at one text, with the reason for it."""

    rule: str
    reason: str
    where: SourceRef = field(compare=False)
    text: str = ""
    """What the rule is silent about; empty for all that it finds there."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class HouseName:
    """A person of desk/names.yaml. `order` is that in which leaders are named, 0 where it is of no matter."""

    name: str
    title: str = ""
    order: int = 0
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseTerm:
    """A word of desk/terms.yaml: what the house says and never says, why, and since which day."""

    say: str
    never: tuple[str, ...]
    why: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class DeskLists:
    """The house's lists."""

    names: tuple[HouseName, ...] = ()
    terms: tuple[HouseTerm, ...] = ()
