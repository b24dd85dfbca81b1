"""Custom properties of a style as values: what `measure` finds on a box, read without WeasyPrint.

WeasyPrint keeps a custom property as a list of tinycss2 tokens, inherited but never computed: ``2em`` stays a
token, so lengths here are multiplied out by the em that the caller gives.
"""

import math
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from printkit.model.style import Composition
from printkit.units import parse_length

Tokens = Sequence[Any] | None
"""None for a value that CSS calls invalid, such as a `var()` of nothing: as if it were not written."""
Costs = tuple[tuple[str, int], ...]
"""Words with their costs."""
_Choice = TypeVar("_Choice", bound=str)
_Default = TypeVar("_Default", bound=int | None)


GRID = "grid"
"""The probe beside those of the roles whose size and leading are the body's grid."""


_MOST = 1000
"""No count that a style gives (columns, lines) is larger."""


class StyleError(ValueError):
    """A custom property holds what it cannot mean; the text says which and why."""


def css_name(field: str) -> str:
    """Name the custom property of a field."""
    return f"--{field.replace('_', '-')}"


def css_text(tokens: Tokens) -> str:
    """Write a property's tokens back as text, one blank between them."""
    return " ".join(token.serialize().strip() for token in tokens or () if token.serialize().strip())


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(_MOST)) and int(text) <= _MOST


def number(name: str, tokens: Tokens, default: float) -> float:
    """Read one number."""
    text = css_text(tokens)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise StyleError(f"{name}: {text!r} is no number")
    return value


def whole(name: str, tokens: Tokens, default: int, least: int = 0) -> int:
    """Read one whole number, not under `least`."""
    value = number(name, tokens, default)
    if value != int(value) or not least <= value <= _MOST:
        raise StyleError(f"{name}: {css_text(tokens)!r} is no whole number from {least} to {_MOST}")
    return int(value)


def crop(name: str, tokens: Tokens, default: float) -> float:
    """Read a share that something is left of when it is taken."""
    value = number(name, tokens, default)
    if not 0 <= value < 1:
        raise StyleError(f"{name}: {css_text(tokens)!r} is no share from 0 to under 1")
    return value


def share(name: str, tokens: Tokens, default: float) -> float:
    """Read a share, more than nothing and less than the whole."""
    value = number(name, tokens, default)
    if not 0 < value < 1:
        raise StyleError(f"{name}: {css_text(tokens)!r} is no share between 0 and 1")
    return value


def percent(name: str, tokens: Tokens, default: int, least: int, most: int) -> int:
    """Read a whole percentage between two bounds."""
    text = css_text(tokens)
    if not text:
        return default
    if not text.endswith("%") or not _is_count(text[:-1]) or not least <= int(text[:-1]) <= most:
        raise StyleError(f"{name}: {text!r} is no whole percentage from {least}% to {most}%")
    return int(text[:-1])


def pair(name: str, tokens: Tokens, default: tuple[int, int]) -> tuple[int, int]:
    """Read one or two whole numbers, least and most; one alone is both."""
    parts = css_text(tokens).split()
    if not parts:
        return default
    if len(parts) > 2 or not all(map(_is_count, parts)) or int(parts[0]) > int(parts[-1]):
        raise StyleError(f"{name}: {css_text(tokens)!r} is not a least and a most number of lines")
    return int(parts[0]), int(parts[-1])


def shares(name: str, tokens: Tokens, default: tuple[int, ...]) -> tuple[int, ...]:
    """Read as many numbers as the default has, none below 0, as thousandths."""
    parts = css_text(tokens).split()
    if not parts:
        return default
    try:
        found = tuple(round(1000 * float(part)) for part in parts)
    except (ValueError, OverflowError):
        found = ()
    if len(found) != len(default) or not 0 <= min(found) <= max(found) <= 1000 * _MOST:
        raise StyleError(f"{name}: {css_text(tokens)!r} is not {len(default)} numbers from 0")
    return found


def words(name: str, tokens: Tokens, default: tuple[_Choice, ...]) -> tuple[_Choice, ...]:
    """Read some of the words that the default lists, each once, in the order written; ``none`` is no word."""
    found = css_text(tokens).split()
    if not found or found == ["none"]:
        return () if found else default
    if wrong := [word for word in found if word not in default] or [w for w in found if found.count(w) > 1]:
        raise StyleError(f"{name}: {wrong[0]!r} is not one of {', '.join(default)}, or stands twice")
    return tuple(next(known for known in default if known == word) for word in found)


def costs(name: str, tokens: Tokens, default: Costs, known: Collection[str], unit: int = 10) -> Costs:
    """Read some of the known words, each with its cost after it, times `unit`; ``none`` is no word."""
    found = css_text(tokens).split()
    if not found or found == ["none"]:
        return () if found else default
    pairs = list(zip(found[::2], found[1::2], strict=False))
    try:
        read = tuple((word, round(unit * float(cost))) for word, cost in pairs if word in known)
    except (ValueError, OverflowError):
        read = ()
    if len(read) * 2 != len(found) or len(dict(read)) < len(read) or min((cost for _, cost in read), default=0) < 0:
        raise StyleError(f"{name}: {css_text(tokens)!r} is not some of {', '.join(known)}, each with its cost")
    return read


def length(name: str, tokens: Tokens, em: int, default: int) -> int:
    """Read one length in mpt."""
    text = css_text(tokens)
    if not text:
        return default
    if text == "0":
        return 0
    try:
        return parse_length(text, em)
    except ValueError:
        raise StyleError(f"{name}: {text!r} is no length") from None


def steps(name: str, tokens: Tokens, em: int, leading: Callable[[int], int]) -> tuple[tuple[int, int], ...]:
    """Read sizes such as ``48pt 42pt`` or ``9pt/12pt``, largest first; a size alone takes `leading` of it."""
    text = css_text(tokens).replace(" / ", "/").replace("/ ", "/").replace(" /", "/")
    found = []
    for part in text.split():
        size, slash, lead = part.partition("/")
        try:
            points = parse_length(size, em)
            found.append((points, parse_length(lead, points) if slash else leading(points)))
        except ValueError:
            raise StyleError(f"{name}: {part!r} is neither a size nor size/leading") from None
    if any(size <= 0 or lead <= 0 for size, lead in found):
        raise StyleError(f"{name}: a size of nothing cannot be set")
    return tuple(sorted(found, reverse=True))


def one_of(name: str, tokens: Tokens, *words: str) -> str:
    """Read one of some words; the first is the default."""
    return _one_of(name, css_text(tokens), words, words[0])


def _one_of(name: str, text: str, words: Sequence[str], default: str) -> str:
    if text and text not in words:
        raise StyleError(f"{name}: {text!r} is none of {', '.join(words)}")
    return text or default


def _share(name: str, text: str, default: _Default, least: int = 0, most: int = 500) -> int | _Default:
    """Read ``1/8em``, ``0.125em`` or ``0`` as thousandths of an em."""
    if not text:
        return default
    try:
        value = text.removesuffix("em").strip()
        upper, slash, lower = value.partition("/")
        share = round(1000 * (float(upper) / float(lower) if slash else float(upper)))
    except (ValueError, ArithmeticError):
        raise StyleError(f"{name}: {text!r} is no share of an em") from None
    if not least <= share <= most:
        raise StyleError(f"{name}: {text!r} is not between {least / 1000:g} and {most / 1000:g}em")
    return share


def composition(get: Callable[[str], Tokens], house: Composition) -> Composition:
    """Read a role's own choices for composing; what it leaves open is the paper's.

    ``--han-latin-gap`` takes one gap for Latin, or two for Latin and digits.
    """

    def word(name: str, *words: str) -> Any:
        return _one_of(css_name(name), css_text(get(name)), words, getattr(house, name))

    def flag(name: str) -> bool:
        default = "true" if getattr(house, name) else "false"
        return _one_of(css_name(name), css_text(get(name)), ("false", "true"), default) == "true"

    def share(name: str, least: int = 0, most: int = 500) -> Any:
        return _share(css_name(name), css_text(get(name)), getattr(house, name), least, most)

    gaps = css_text(get("han_latin_gap")).replace(" / ", "/").split()
    return Composition(
        prohibition=word("prohibition", "none", "basic", "gb", "strict"),
        punctuation=word("punctuation", "quanjiao", "kaiming", "banjiao", "hangmobanjiao"),
        gap_latin=_share("--han-latin-gap", gaps[0] if gaps else "", house.gap_latin),
        gap_digit=_share("--han-latin-gap", gaps[1] if len(gaps) > 1 else "", house.gap_digit),
        hanging=flag("hanging"),
        para_start=word("para_start", "trim", "keep"),
        spacing=word("spacing", "even", "tight"),
        half_digits=flag("half_digits"),
        interpunct=share("interpunct", 500, 1000),
        least_blank=share("least_blank"),
        stop_blank=share("stop_blank"),
    )
