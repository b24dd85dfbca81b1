"""The rules in the order they are told."""

from printkit.preflight.check import Check
from printkit.preflight.checks import (
    black_text,
    boxes,
    cff_charset,
    colour_spaces,
    encryption,
    fonts_allowed,
    fonts_embedded,
    interactive,
    line_art_ppi,
    notdef,
    output_intent,
    page_size,
    picture_ppi,
    reading_order,
    reversed_text,
    safe_area,
    screen,
    small_text,
    standard,
    tags,
    thin_rules,
    to_unicode,
    tones,
    total_ink,
    transparency,
    white_overprint,
)
from printkit.preflight.settings import Profile

_ORDER = (
    page_size, boxes, standard, output_intent, encryption, interactive, colour_spaces, fonts_embedded, fonts_allowed,
    notdef, cff_charset, to_unicode, total_ink, tones, picture_ppi, line_art_ppi, black_text, white_overprint,
    reversed_text, small_text, thin_rules, transparency, safe_area, screen, tags, reading_order,
)  # fmt: skip

CHECKS: tuple[Check, ...] = tuple(module.check for module in _ORDER)


def checks_of(profile: Profile) -> tuple[Check, ...]:
    """Return the rules of a profile."""
    return tuple(check for check in CHECKS if profile in check.profiles)
