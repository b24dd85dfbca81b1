"""By how many characters a paragraph is to be cut or lengthened so that what is told of its last line goes.

In: the story, the paragraph, and what sets the story anew with another copy. Out: the advice in words. A number is given
only when the story, set with so many characters less or more, closes and has no short line anew: an editor who follows it
is not told the next number.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from printkit.diagnostics import Say
from printkit.model.article import Article
from printkit.model.text import Paragraph

IsGood = Callable[[Article], bool]
"""Says whether the story closes with a copy, without the finding and without one like it elsewhere."""

_MORE = 3
"""Numbers over the least that are tried: which line a paragraph gains depends on where its words stand."""

_FILLER = "字"


def length_advice(article: Article, paragraph: Paragraph, least: tuple[int, int], is_good: IsGood) -> Say:
    """Return what to do with a paragraph's length.

    Args:
        article: the story's copy.
        paragraph: one of its paragraphs as it was set, perhaps with a dateline or a list's mark before it.
        least: the characters that have to go at least, and those that have to come.
        is_good: sets the story with another copy.
    """
    written = next((one for one in article.paragraphs if one.where and one.where == paragraph.where), None)
    cut = written and _first(least[0], shortened, article, written, is_good)
    add = written and _first(least[1], lengthened, article, written, is_good)
    if cut and add:
        return Say(f"cut {cut} or add {add} characters in this paragraph", f"本段删 {cut} 字，或补 {add} 字")
    if cut:
        return Say(f"cut {cut} characters in this paragraph", f"本段删 {cut} 字")
    if add:
        return Say(f"add {add} characters in this paragraph", f"本段补 {add} 字")
    return Say("make this paragraph shorter or longer by a line", "请将本段改短或改长一行")


def _first(
    least: int,
    changed: Callable[[Paragraph, int], Iterator[Paragraph]],
    article: Article,
    paragraph: Paragraph,
    is_good: IsGood,
) -> int:
    """Return the first number of characters with which the story is good, wherever they go or come; 0 for none."""
    for count in range(least, least + _MORE + 1):
        tried = list(changed(paragraph, count))
        if tried and all(is_good(with_paragraph(article, paragraph, one)) for one in tried):
            return count
    return 0


def with_paragraph(article: Article, paragraph: Paragraph, changed: Paragraph) -> Article:
    """Return the article with another paragraph in the place of one, which its place in the file names."""

    def copy(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        return tuple(replace(one, runs=changed.runs) if one.where == paragraph.where else one for one in paragraphs)

    sections = tuple(replace(section, body=copy(section.body)) for section in article.sections)
    return replace(article, body=copy(article.body), sections=sections)


def shortened(paragraph: Paragraph, count: int) -> Iterator[Paragraph]:
    """Yield the paragraph without so many characters at its end and in its middle; marks between them go, too."""
    places = _characters(paragraph)
    if len(places) > count:
        for first in {(len(places) - count) // 2, len(places) - count}:
            yield _replaced(paragraph, places[first], places[first + count - 1] + 1, "")


def lengthened(paragraph: Paragraph, count: int) -> Iterator[Paragraph]:
    """Yield the paragraph with so many characters more near its end and in its middle."""
    places = _characters(paragraph)
    for place in {places[len(places) // 2], places[-1]} if places else ():
        yield _replaced(paragraph, place, place, _FILLER * count)


def _characters(paragraph: Paragraph) -> list[int]:
    """Return the places of the characters that are no mark."""
    return [place for place, char in enumerate(paragraph.text) if char.isalnum()]


def _replaced(paragraph: Paragraph, start: int, end: int, text: str) -> Paragraph:
    """Return a paragraph with other text from one place to another; a run that loses all of it goes."""
    runs, at = [], 0
    for run in paragraph.runs:
        first, last = max(0, start - at), max(0, end - at)
        own = text if at <= start < at + len(run.text) else ""
        runs.append(replace(run, text=run.text[:first] + own + run.text[last:]))
        at += len(run.text)
    return replace(paragraph, runs=tuple(run for run in runs if run.text))
