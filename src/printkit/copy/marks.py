"""What nobody sees in copy and what only looks like Han, mended without asking; raised and lowered characters.

In: a paragraph's text. Out: `Change`s that do not overlap. There is no NFKC: it would make ① 1 and ㎡ m2. Marks, quotes and digits
are the copy desk's (`copydesk.rules`).
"""

import re
import unicodedata
from collections.abc import Iterator

from printkit.copy.spans import Change

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han, with radicals and 々〆〇, as they stand in a class of an expression."""

ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[\w/=&#-]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
"""An address of the web or of mail, whose marks are its own."""
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_CONTROL = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF)))
WHITE = " \t\n\r\u3000\xa0\xad" + _UNSEEN + _CONTROL
"""What nobody sees, at the ends of a line."""
_RADICAL = re.compile("[\u2e80-\u2fdf]")


def unseen_changes(text: str) -> Iterator[Change]:
    """Yield changes of blanks and of radicals."""
    yield from _blanks(text)
    for one in _RADICAL.finditer(text):  # text out of a PDF has ⽂ for 文
        if (plain := unicodedata.normalize("NFKC", one[0])) != one[0]:
            yield Change(*one.span(), plain, "radical")


def _blanks(text: str) -> Iterator[Change]:
    """Blanks that nobody sees, or that stand for others; a no-break one between two Han is a trace of setting."""
    start, end = len(text) - len(text.lstrip(WHITE)), len(text.rstrip(WHITE))
    if start < end:
        if start:
            yield Change(0, start, "", "indent")
        if end < len(text):
            yield Change(end, len(text), "", "end-blank")
    for index in range(start, end):
        char = text[index]
        if char == "\xa0":
            between = re.fullmatch(f"[{HAN}]\xa0[{HAN}]", text[index - 1 : index + 2])
            yield Change(index, index + 1, "" if between else " ", "nbsp")
        elif char == "\t":
            yield Change(index, index + 1, " ", "tab")
        elif char == "\xad":
            yield Change(index, index + 1, "", "soft-hyphen")
        elif char in _UNSEEN:
            yield Change(index, index + 1, "", "zero-width")
        elif char in _CONTROL:
            yield Change(index, index + 1, "", "control")


_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def raised(text: str) -> str | None:
    """Return a text in raised characters (m²); None where Unicode has not all of them."""
    return _in(text, _RAISED)


def lowered(text: str) -> str | None:
    """Return a text in lowered characters (H₂O); None where Unicode has not all of them."""
    return _in(text, _LOWERED)


def _in(text: str, characters: dict[str, str]) -> str | None:
    return "".join(characters[char] for char in text) if all(char in characters for char in text) else None
