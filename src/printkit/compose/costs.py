"""The costs of optimum fit (rulebook A3) and the limits of spacing, each with its reason.

A line set naturally costs 0. The rulebook suggests 100·r³ for shrinking and for stretching alike; with
those numbers a column at 13 em never shrinks, because one character more or less over twelve gaps opens
them by 0.08 em only. The numbers here were tried on real pages at 11 to 17 em: 95 of 100 gaps between Han
stay under 0.06 em, the widest at 13 em is 0.125, and every third paragraph can still lose a line.
"""

from dataclasses import dataclass

STRETCH_WORDS = 30.0
"""Word spaces and Han-Latin gaps opened to their limit (E1, E2): seen less than gaps between Han."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a manner of spacing pays.

    `shrink` is for a line that uses all the shrinking it should use: r³, so that a little costs nothing.
    `shrink_hard` is on top of it for a line that uses all the blanks that S5 and S7 ask to keep. `stretch`
    is for gaps between Han at `GAP_LIMIT`: r², not cubed as A3 has it, so that many small gaps are worth
    avoiding too. `line` is taken off for every line but the last: what a paragraph may pay to stay
    as long as it is.
    """

    shrink: float
    shrink_hard: float
    stretch: float
    line: float


EVEN = Prices(shrink=30.0, shrink_hard=10.0, stretch=1600.0, line=500.0)
"""Marks keep their blanks: gaps of 0.04 em make them give way, because clreq shrinks before it
stretches; 0.05 em costs 64, 0.1 em 256. A paragraph keeps its lines unless that opens them by an eighth of an
em, for winning and losing lines is make-up's choice, and it needs paragraphs that can lose one."""

TIGHT = Prices(shrink=1.0, shrink_hard=10.0, stretch=2000.0, line=0.0)
"""Marks give way first (先挤进后推出): hardly a gap between Han opens, and no paragraph can lose a line more."""

PRICES = {"even": EVEN, "tight": TIGHT}

CONTRAST = 15.0
"""A shrunk line beside a stretched one (A3)."""

DASH_AT_START = 600.0
"""—— or …… at a line's start: allowed by GB, avoided by every editor (K1, A3)."""

DATE = 50.0
"""A break between a number and 年, 月, 日 or a measure word (U7, A3)."""

NAME = 65.0
"""A break inside a name with interpuncts (U11): a little worse than a divided date."""

LATIN_UNIT = 160.0
"""A typed space between a number and its unit (U4)."""

HYPHEN = 1000.0
"""A hyphen, or a break inside a web address (A3; U5, U6)."""

ESCAPE = 2000.0
"""A mark of a run of three or more at a line's start (K4, A3)."""

RUNT = 3000.0
"""A last line of one Han (P5): dearer than the loosest line that keeps the limits, cheaper than a short line."""

SHORT = 10_000.0
"""A line set short, and again for every em it lacks: worse than anything that reaches the measure."""

FORCED = 20_000.0
"""A break inside a word or a number that is longer than the measure (U3, U5)."""

OVERFULL = 1_000_000.0
"""A cluster wider than the measure: only so that absurd input is still set."""

GAP_LIMIT = 250
"""The most that E3 opens a gap, in thousandths of an em (rulebook, 11)."""

WORD_LEAST, WORD_MOST = 250, 500
"""Limits of a word space (S2, E1)."""

HAN_SPACE = 500
"""A typed space between two Han: half a character tells it from a justified gap [own]."""

LATIN_LEAST, LATIN_MOST = 125, 500
"""Limits of the gap between Han and Latin (S6, E2)."""

BLANK_KEPT = 250
"""What S5 and S7 leave of a mark's blank unless the line cannot be set otherwise (4.1)."""
