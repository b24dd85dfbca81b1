"""What a file is held against: the profile and its thresholds, each of which a paper can set."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Profile(StrEnum):
    """What a file is for."""

    NEWSPAPER = "newspaper"
    WEB = "web"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds of the rules. Defaults are a Chinese newspaper's on cold-set presses (docs/preflight.md has the sources).

    Ink is in percent, distances on the page in mm, type and rules in points.
    """

    profile: Profile = Profile.NEWSPAPER
    page_size: tuple[float, float] | None = None
    """Width and height of the trimmed page; None where only likeness of the pages can be asked."""
    page_tolerance: float = 0.5
    bleed: float = 3.0
    """What must stand over the trim where anything touches it; 0 for papers printed without bleed."""
    safe: float = 3.0
    """How near to the trim live matter may come."""
    margins: tuple[float, float, float, float] | None = None
    """Top, right, bottom and left margin of the type area, outside which no text may stand; None where unknown."""

    tac: float = 220.0
    """Total ink that warns (ISO 12647-3:2013)."""
    tac_error: float = 20.0
    """From so much above `tac` it is an error."""
    tac_area: float = 15.0
    """mm²; smaller spots of ink dry."""
    tone_least: float = 3.0
    tone_most: float = 95.0
    """Screen tints between these print as tints: lighter ones vanish, darker ones fill in."""

    ppi: float = 200.0
    """What pictures should have: under three quarters warns, under half errs, as 150 and 100 stand to 200."""
    ppi_most: float = 600.0
    line_art_ppi: float = 600.0
    line_art_target: float = 1000.0
    lpi: float = 101.6
    """The press's screen: 40 lines a cm."""

    least_text: float = 6.0
    tinted_text: float = 8.0
    inks_text_error: float = 8.0
    inks_text_warning: float = 10.0
    reversed_error: float = 6.0
    reversed_warning: float = 8.0
    reversed_on_inks: float = 10.0

    rule_error: float = 0.25
    rule_warning: float = 0.5
    inks_rule: float = 1.5
    reversed_rule: float = 1.0

    fonts: tuple[str, ...] | None = None
    """Families or PostScript names that may be used; None where no list is given."""

    @property
    def ppi_error(self) -> float:
        """Pictures coarser than this are an error."""
        return self.ppi / 2

    @property
    def ppi_warning(self) -> float:
        """Pictures coarser than this warn."""
        return self.ppi * 3 / 4


_SCREEN_PPI = 150.0
"""What pictures of the web and archive files are made at."""
_SIZES = {"tabloid": (270.0, 390.0), "broadsheet": (390.0, 540.0), "四开": (270.0, 390.0), "对开": (390.0, 540.0)}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)(?:\s*mm)?", re.ASCII)


def settings_for(
    profile: Profile,
    *,
    tac: float | None = None,
    ppi: float | None = None,
    bleed: float | None = None,
    page_size: tuple[float, float] | None = None,
    fonts: tuple[str, ...] | None = None,
) -> Settings:
    """Return a profile's settings with what the paper or the command line sets otherwise; units as in `Settings`."""
    usual = Settings(profile=profile, page_size=page_size, fonts=fonts)
    if profile is not Profile.NEWSPAPER:
        usual = replace(usual, ppi=_SCREEN_PPI)
    given: dict[str, Any] = {"tac": tac, "ppi": ppi, "bleed": bleed}
    return replace(usual, **{name: value for name, value in given.items() if value is not None})


def parse_size(text: str) -> tuple[float, float]:
    """Read a page size as mm: ``tabloid``, ``对开``, ``270x390``.

    Raises:
        ValueError: the text is no size.
    """
    if text in _SIZES:
        return _SIZES[text]
    found = _SIZE.fullmatch(text.strip())
    if not found or not float(found[1]) or not float(found[2]):
        raise ValueError(f"not a page size: {text!r}")
    return float(found[1]), float(found[2])
