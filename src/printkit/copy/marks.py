"""What may be changed in copy without asking: marks, quotes, digits and blanks that are typed wrongly, never words.

In: a paragraph's text. Out: `Change`s that do not overlap. The rules follow GB/T 15834-2011 (4.8 quotation marks, the forms
of 。，；：？！) and GB/T 15835-2011 (5.1.7: digits are half-width). Addresses of the web and of mail are never touched. There is
no NFKC: it would make ① 1 and ㎡ m2.
"""

import re
import unicodedata
from collections.abc import Iterator

from printkit.copy.spans import Change

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han, with radicals and 々〆〇, as they stand in a class of an expression."""

_CLOSERS = "”’》〉）】〕」』％‰℃"
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[\w/=&#-]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
"""An address of the web or of mail, whose marks are its own."""
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
"""Half-width marks, and what they are in Chinese."""
_HALF_MARK = re.compile(
    rf"""(?<=[{HAN}{_CLOSERS}"＂])(?:[,;:?!]|\.(?![A-Za-z.]))   # after Han, also where a straight quote is between
       | [,;?!](?=["“‘（《]?[{HAN}])                             # before Han: 85%,其中""",
    re.VERBOSE,
)
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_CONTROL = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF)))
WHITE = " \t\n\r\u3000\xa0\xad" + _UNSEEN + _CONTROL
"""What nobody sees, at the ends of a line."""
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_FORMS = ((re.compile("⋯⋯"), "……", "ellipsis-form"), (re.compile("──"), "——", "dash-form"))


def safe_changes(text: str) -> tuple[Change, ...]:
    """Return every change that needs no question, in order."""
    kept = [found.span() for found in ADDRESS.finditer(text)]
    found = [
        change
        for change in _all_changes(text)
        if not any(start < change.end and change.start < end for start, end in kept)
    ]
    return tuple(sorted(found))


def _all_changes(text: str) -> Iterator[Change]:
    yield from _half_marks(text)
    yield from straight_quotes(text)
    yield from _blanks(text)
    for one in re.finditer("[０-９]", text):
        yield Change(*one.span(), chr(ord(one[0]) - 0xFEE0), "fullwidth-digits")
    for pattern, now, code in _FORMS:
        for one in pattern.finditer(text):
            yield Change(*one.span(), now, code)
    for one in _RADICAL.finditer(text):  # text out of a PDF has ⽂ for 文
        if (plain := unicodedata.normalize("NFKC", one[0])) != one[0]:
            yield Change(*one.span(), plain, "radical")


def _half_marks(text: str) -> Iterator[Change]:
    """Full-width marks beside Han; a blank that was typed after one goes with it."""
    for one in _HALF_MARK.finditer(text):
        after = text[one.end() :].rstrip(WHITE)
        yield Change(one.start(), one.end() + len(after) - len(after.lstrip(" ")), FULL[one[0]], "half-mark")


def straight_quotes(text: str) -> Iterator[Change]:
    """Curly quotes for straight ones, by turns, where their number in the paragraph is even (GB/T 15834, 4.8)."""
    for marks, pair in (('"＂', "“”"), ("'＇", "‘’")):
        found = [
            index
            for index, char in enumerate(text)
            if char in marks and not (marks[0] == "'" and _is_apostrophe(text, index))
        ]
        if found and len(found) % 2 == 0 and (marks[0] == '"' or re.search(f"[{HAN}]", text)):
            for turn, index in enumerate(found):
                yield Change(index, index + 1, pair[turn % 2], "straight-quotes")


def odd_quotes(text: str) -> tuple[int, ...]:
    """Return where straight double quotes stand that have no partner in the paragraph."""
    found = tuple(index for index, char in enumerate(text) if char in '"＂')
    return found if len(found) % 2 else ()


def _is_apostrophe(text: str, index: int) -> bool:
    """Tell an apostrophe (``it's``, ``'90``) and the sign of feet and minutes from a quote."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return (before.isascii() and before.isalnum() and index > 0) or (after.isdigit())


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
