"""Checks finished PDFs as a press, a screen reader or an archive would: the file alone goes in, a `Report` comes out.

`preflight()` is the whole of it. `run.py` reads as its summary; a rule is one file in `checks/`.
"""

from printkit.preflight.check import Check, Finding, NotChecked
from printkit.preflight.places import Places, StoryPlace, find_places, places_of
from printkit.preflight.registry import CHECKS, checks_of
from printkit.preflight.run import Outcome, Report, preflight
from printkit.preflight.settings import Profile, Settings, parse_size, settings_for

__all__ = [
    "CHECKS", "Check", "Finding", "NotChecked", "Outcome", "Places", "Profile", "Report", "Settings", "StoryPlace",
    "checks_of", "find_places", "parse_size", "places_of", "preflight", "settings_for",
]  # fmt: skip
