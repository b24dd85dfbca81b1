"""How text is to look, as `render.measure` read it from the CSS. Lengths are mpt unless said otherwise."""

from dataclasses import dataclass, replace
from typing import Literal

Prohibition = Literal["none", "basic", "gb", "strict"]
Punctuation = Literal["quanjiao", "kaiming", "banjiao", "hangmobanjiao"]
Manner = Literal["even", "tight"]
Align = Literal["justify", "start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Composition:
    """The house's choices for composing text; the defaults are the rulebook's. Gaps are thousandths of an em.

    `None` for a gap means that the default of `compose` holds. `para_start` says whether an opening
    mark after the first-line indent gives up its blank (W7).
    """

    prohibition: Prohibition = "gb"
    punctuation: Punctuation = "quanjiao"
    gap_latin: int = 125
    gap_digit: int = 0
    hanging: bool = False
    para_start: Literal["trim", "keep"] = "trim"
    spacing: Manner = "even"
    """``even`` keeps the marks' blanks and opens gaps a little; ``tight`` squeezes marks first (4.1)."""
    half_digits: bool = False
    """Digits at exactly half an em (H6)."""
    interpunct: int = 500
    """The box of the interpunct: 500 (fixed, GB 5.1.7) up to 1000, the rest its two blanks (W6)."""
    least_blank: int = 0
    """What ，、；： always keep of their blank, 0 to 500, which freezes it. A line that needs more than all but
    250 of it pays for that dearly in any case (S5)."""
    stop_blank: int | None = None
    """The same of 。．？！ (S7: many styles freeze it); None for what `least_blank` says."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one file: what WeasyPrint resolves a family and weight to. `index` as HarfBuzz counts."""

    family: str
    weight: int
    file: str
    index: int


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The type of one role at one level.

    `chain` holds the present faces of the declared families in order; `strong` and `kai` those of
    runs in 黑体 and 楷体. `indent` is the first line's, in thousandths of an em. `steps` are the
    sizes and leadings that CSS allows for the role, largest first; never empty for headings.
    """

    role: str
    size: int
    leading: int
    chain: tuple[Face, ...] = ()
    strong: tuple[Face, ...] = ()
    kai: tuple[Face, ...] = ()
    align: Align = "justify"
    indent: int = 0
    letter_spacing: int = 0
    hanging_indent: int = 0
    """Indent of every line but the first, in thousandths of an em (lists, interviews; P9)."""
    composition: Composition = Composition()
    steps: tuple[tuple[int, int], ...] = ()
    stretch: int = 100
    """Height of a character to its width, per cent: over 100 it is narrower than `size`, its height (长字), under 100
    wider (扁字)."""

    @property
    def em(self) -> int:
        """Width of a Han, mpt: of stretched type not its height, which is `size`."""
        return self.size * 100 // self.stretch

    @property
    def nominal(self) -> int:
        """The size by which type is called, mpt: stretched type only ever loses width (长字) or height (扁字)."""
        return max(self.size, self.em)

    def stretched(self, stretch: int) -> "TextStyle":
        """Return the style with its characters stretched (变形): 长字 lose width, 扁字 height, and with it leading."""
        high = min(stretch, 100)
        steps = tuple((size * high // 100, leading * high // 100) for size, leading in self.steps)
        size, leading = self.size * high // 100, self.leading * high // 100
        return replace(self, size=size, leading=leading, steps=steps, stretch=stretch)
