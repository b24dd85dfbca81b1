"""Spreads (跨版): two facing pages made as one sheet, which only the middle sheet of a section of the paper has.

In: the numbers of the pages in the edition's order. Out: what is wrong with those of two pages. Sheets of four pages lie in
one another: of eight pages, 4 and 5 stand on one side of the innermost; a section (叠) that has letters of its own, as
``B01``, is folded by itself.
"""

from collections.abc import Iterator, Sequence

from printkit.diagnostics import Say
from printkit.model.edition import is_spread, numbers_of, page_words

_SHEET = 4
"""Pages of a sheet that is folded once."""


def spread_faults(numbers: Sequence[str]) -> Iterator[tuple[int, Say, Say]]:
    """Yield the place in the list, the message and the hint for each spread whose pages do not face as one sheet."""
    sections: dict[str, list[str]] = {}
    for one in (one for number in numbers for one in numbers_of(number)):
        sections.setdefault(_letters(one), []).append(one)
    sections = {letters: sorted(found, key=lambda one: (len(one), one)) for letters, found in sections.items()}
    places = {one: place for section in sections.values() for place, one in reversed(list(enumerate(section)))}
    for index, number in enumerate(numbers):
        if not is_spread(number):
            continue
        left, right = numbers_of(number)
        section = sections[_letters(left)]
        half = len(section) // 2
        message = Say(
            f"pages {left} and {right} are not the middle of a sheet",
            f"第 {left} 版和第 {right} 版不在同一张纸的同一面，不能跨版",
        )
        if not _follows(left, right):
            hint = Say("a spread is two pages that follow one another: `[4, 5]`", "跨版是相连的两个版：[4, 5]")
            yield index, message, hint
        elif len(section) % _SHEET:
            hint = Say(
                f"the section has {len(section)} pages; only a multiple of {_SHEET} has a middle sheet",
                f"本叠共 {len(section)} 版；版数是 {_SHEET} 的倍数才有中间一张",
            )
            yield index, message, hint
        elif places[left] != half - 1:
            middle = tuple(section[half - 1 : half + 1])
            words = page_words("-".join(middle))
            hint = Say(
                f"of {len(section)} pages, {middle[0]} and {middle[1]} face on one sheet",
                f"共 {len(section)} 版，中间一张是{words}",
            )
            yield index, message, hint


def _letters(number: str) -> str:
    """Return what a section's page numbers begin with."""
    return number.rstrip("0123456789")


def _follows(left: str, right: str) -> bool:
    """Say whether the right number is the next one after the left."""
    letters = _letters(left)
    digits, others = left[len(letters) :], right[len(letters) :]
    return right.startswith(letters) and digits.isdigit() and others.isdigit() and int(others) == int(digits) + 1
