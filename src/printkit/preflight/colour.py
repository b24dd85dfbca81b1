"""Colour spaces and what they put on the plates (ISO 32000-1, 8.6)."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from pikepdf import Array

_DEVICE = {"/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3, "/DeviceCMYK": 4, "/CMYK": 4}
_LONG = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK", "/I": "Indexed"}
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
TRACE = 0.005
"""Less of an ink than this is none: half a percent prints no dot and is the rounding of eight bits."""
BLACK = 0.9
"""From this much black on a text is a black text, however it is made."""


class Inks(NamedTuple):
    """Shares of the four process inks, 0 to 1."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def plates(self) -> int:
        """How many of the inks print."""
        return sum(ink > TRACE for ink in self)

    @property
    def total(self) -> float:
        """Sum of the inks; 4 is all."""
        return sum(self)

    @property
    def is_white(self) -> bool:
        """Nothing prints: the paper shows."""
        return self.plates == 0

    @property
    def is_solid(self) -> bool:
        """What prints is printed full: no screen frays its edge."""
        return all(ink <= TRACE or ink >= 1 - TRACE for ink in self)


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: its kind as PDF names it, its components, its inks' names, what lies under it."""

    kind: str
    components: int
    colorants: tuple[str, ...] = ()
    base: "Space | None" = None

    @property
    def is_registration(self) -> bool:
        """Separation /All: prints on every plate, for marks only."""
        return self.kind == "Separation" and self.colorants == ("All",)

    @property
    def ground(self) -> "Space":
        """The space that an Indexed one takes its colours from; else itself."""
        return self.base if self.kind == "Indexed" and self.base else self


GREY = Space("DeviceGray", 1)
RGB = Space("DeviceRGB", 3)
CMYK = Space("DeviceCMYK", 4)
PATTERN = Space("Pattern", 0)
UNKNOWN = Space("unknown", 0)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as the page sets it."""

    space: Space = GREY
    values: tuple[float, ...] = (0.0,)

    @property
    def inks(self) -> Inks | None:
        """What comes on the plates; None where a conversion decides it (RGB, Lab, patterns, several spots).

        A spot ink counts as black: it is one plate of that share.
        """
        space, values = self.space, self.values
        if len(values) != space.components or not values:
            return None
        if space.components == 4 and space.kind in ("DeviceCMYK", "ICCBased"):
            return Inks(*values)
        if space.components == 1 and space.kind in ("DeviceGray", "CalGray", "ICCBased"):
            return Inks(0, 0, 0, 1 - values[0])
        if space.is_registration:
            return Inks(*values * 4)
        if space.kind == "Separation":
            at = _PROCESS.index(space.colorants[0]) if space.colorants[0] in _PROCESS else 3
            return Inks(*(values[0] if i == at else 0.0 for i in range(4)))
        return None

    @property
    def is_white(self) -> bool:
        """Nothing prints, in whatever space."""
        if self.inks is not None:
            return self.inks.is_white
        return self.space.components == 3 and self.space.kind != "Lab" and min(self.values, default=0) > 1 - TRACE

    @property
    def text(self) -> str:
        """The colour for people: ``C20 M30 Y0 K100``, or space and numbers."""
        if self.space.kind == "DeviceCMYK" and self.inks:
            return " ".join(f"{name}{value * 100:.0f}" for name, value in zip("CMYK", self.inks, strict=True))
        return " ".join([self.space.kind, *(f"{value:g}" for value in self.values)])


def read_space(value: Any, resources: Any = None, depth: int = 0) -> Space:
    """Read a colour space: a name, a name of the resources, or an array."""
    if depth > 4 or value is None:  # Indexed over Separation over ICCBased is the deepest that has sense
        return UNKNOWN
    if isinstance(value, Array):
        return _family(value, resources, depth)
    name = str(value)
    if name in _DEVICE:
        return Space(_LONG.get(name, name[1:]), _DEVICE[name])
    if name == "/Pattern":
        return PATTERN
    named = resources.get("/ColorSpace", {}).get(name) if resources is not None else None
    return read_space(named, resources, depth + 1)


def _family(value: Any, resources: Any, depth: int) -> Space:
    """Read an array: family first, then its parameters (8.6.5 to 8.6.6)."""
    kind = str(value[0])
    kind = _LONG.get(kind, kind[1:])
    if kind == "ICCBased":
        return Space(kind, int(value[1].get("/N", 0)))
    if kind == "Indexed":
        return Space(kind, 1, base=read_space(value[1], resources, depth + 1))
    if kind == "Separation":
        return Space(kind, 1, (str(value[1])[1:],), read_space(value[2], resources, depth + 1))
    if kind == "DeviceN":
        names = tuple(str(name)[1:] for name in value[1])
        return Space(kind, len(names), names, read_space(value[2], resources, depth + 1))
    if f"/{kind}" in _DEVICE:
        return Space(kind, _DEVICE[f"/{kind}"])
    if kind == "Pattern":
        return PATTERN
    return Space(kind, {"CalGray": 1, "CalRGB": 3, "Lab": 3}.get(kind, 0))


PAPER_BLACK = Colour()
"""What a page begins with: black in DeviceGray (8.4.1)."""


def start_of(space: Space) -> Colour:
    """Return the colour that a space begins with (8.6.8): black, or full ink."""
    if space.components == 4:
        return Colour(space, (0.0, 0.0, 0.0, 1.0))
    full = 1.0 if space.kind in ("Separation", "DeviceN") else 0.0
    return Colour(space, (full,) * space.components)
