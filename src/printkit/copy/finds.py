"""What a copy desk tells and never changes: private numbers, a Latin word among Han, a paragraph that stands twice.

In: texts. Out: spans. The check digit of an identity number is that of GB 11643-1999 (ISO 7064, MOD 11-2).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from printkit.copy.marks import HAN

_MOBILE = re.compile(r"(?<![\d-])1[3-9]\d(?:[ -]?\d{4}){2}(?![\d-])")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LATIN_WORD = re.compile(rf"(?<=[{HAN}]) ([a-z]{{2,12}}) (?=[{HAN}])")
_FOREIGN = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")

_GRAM = 8
"""Characters of a piece by which two paragraphs are compared; eight in a row are hardly alike by chance."""


def private_numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of mobile numbers and of identity numbers whose check digit is right."""
    return tuple(sorted((*identities(text), *mobiles(text))))


def masked(text: str) -> str:
    """Return a text with no more of its private numbers than their ends: a report goes from hand to hand."""
    for start, end in reversed(private_numbers(text)):
        text = f"{text[: start + 3]}…{text[end - 2 :]}"
    return text


def identities(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of identity numbers whose check digit is right."""
    return tuple(found.span() for found in _IDENTITY.finditer(text) if _is_identity(found[0]))


def mobiles(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of mobile numbers."""
    return tuple(found.span() for found in _MOBILE.finditer(text))


def _is_identity(number: str) -> bool:
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return "10X98765432"[rest] == number[-1].upper()


def latin_words(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of small Latin words that stand between blanks among Han: ``水平 and 能力``."""
    return tuple(found.span(1) for found in _LATIN_WORD.finditer(text))


def without_meaning(text: str) -> tuple[tuple[int, int], ...]:
    """Return where characters of private use or replacement characters stand: no font knows them."""
    return tuple(found.span() for found in _FOREIGN.finditer(text))


def repeated(paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of paragraphs, by their numbers in the sequence, of which one stands nearly whole in the other."""
    holders: dict[str, list[int]] = {}
    sizes: dict[int, int] = {}
    for index, text in enumerate(paragraphs):
        if len(text) < 5 * _GRAM:
            continue
        pieces = {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}
        sizes[index] = len(pieces)
        shared = Counter(before for piece in pieces for before in holders.get(piece, ()))
        for before, count in sorted(shared.items()):
            if count >= 0.8 * min(len(pieces), sizes[before]):
                yield before, index
        for piece in pieces:
            known = holders.setdefault(piece, [])
            if len(known) < _MOST_HOLDERS:
                known.append(index)


_MOST_HOLDERS = 4
"""Paragraphs that are remembered of a piece: a phrase that stands everywhere tells nothing, and would take the square of time."""
