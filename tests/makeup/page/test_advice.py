"""What would close a page: a number of characters after which the story, set anew, closes; found with little setting."""

import re
from dataclasses import replace

import pytest

from printkit.diagnostics import SourceRef
from printkit.makeup.page.closing import closing_findings
from printkit.makeup.page.make_up import make_up
from printkit.model.article import Article, Section
from printkit.model.edition import Placement
from printkit.model.page import MadeUpPage
from printkit.model.text import Paragraph, Run
from tests.support.setting import WHERE, article, context, copy, geometry, paragraphs, setter, slot, story

_PAGE = geometry(slot(width=43, lines=24, ladder=("lines",)))
_WORDS = copy(900, 7)


def sections(*texts: str) -> Article:
    """A story of two sections."""
    first, second = (Section(WHERE, part, name) for name, part in zip("甲乙", halves(*texts), strict=True))
    return replace(article(), sections=(first, second))


def halves(*texts: str) -> tuple[tuple[Paragraph, ...], ...]:
    every = paragraphs(*texts)
    return every[: len(every) // 2], every[len(every) // 2 :]


def page_of(copy: Article, placement: Placement | None = None) -> MadeUpPage:
    one = story(copy) if placement is None else replace(story(copy), placement=placement)
    made, _ = make_up(context(), _PAGE, {"lead": [one]}, ["lead"], setter(), auto=True)
    return made


def is_full(made: MadeUpPage) -> bool:
    return not (made.over_lines or made.stories[0].fit.under_lines)


def text_of(count: int) -> str:
    return "字" * (count - 1) + "。"


def changed(copy: Article, advice: str, place: int) -> Article:
    """The copy after the advice was followed with the least or the most that it names, characters going from the paragraphs' ends."""
    every = list(copy.paragraphs)
    lines = [one.where.line for one in every if one.where]
    for kind, name, verb, *span in re.findall(r"paragraph (at line )?(\d+): (cut|add) (\d+)(?:–(\d+))?", advice):
        number, count = (lines.index(int(name)) if kind else int(name) - 1), int(span[place] or span[0])
        text = every[number].text
        if verb == "add":
            text = f"{text[:-1]}{'字' * count}{text[-1]}"
        while verb == "cut" and count:
            text, count = text[:-2] + text[-1], count - text[-2].isalnum()
        every[number] = replace(every[number], runs=(Run(text),))
    gone = {int(n) for out in re.findall("take out paragraphs? ([0-9, ]+)", advice) for n in re.findall(r"\d+", out)}
    every = [one for number, one in enumerate(every, 1) if number not in gone]
    for span in re.findall(r"add a paragraph of (\d+)(?:–(\d+))?", advice):
        every.append(Paragraph((Run(text_of(int(span[place] or span[0]))),), where=SourceRef("lead.yaml", 90)))
    if not copy.sections:
        return replace(copy, body=tuple(every))
    first = len(copy.sections[0].body)
    parts = every[:first], every[first:]
    return replace(copy, sections=tuple(replace(s, body=tuple(p)) for s, p in zip(copy.sections, parts, strict=True)))


_COPY: dict[str, Article] = {
    "a line over": article(*copy(940, 7)),
    "some lines over": article(*copy(1100, 7)),
    "many lines over": article(*copy(1250, 7)),
    "some lines short": article(*copy(760, 7)),
    "many lines short": article(*copy(600, 7)),
    "sections over": sections(*copy(1100, 7)),
    "sections short": sections(*copy(600, 7)),
    "a subhead": replace(article(*_WORDS), body=(*paragraphs(*_WORDS[:3]), *paragraphs("先说一说", *_WORDS[3:]))),
}


@pytest.mark.parametrize("copy", _COPY.values(), ids=_COPY.keys())
def test_the_least_and_the_most_that_is_advised_close_the_page(copy: Article) -> None:
    made = page_of(copy)
    assert not is_full(made), "there is something to advise"
    [told] = closing_findings(made, setter())
    assert told.hint
    for place in (0, 1):
        better = changed(copy, told.hint.en, place)
        assert better != copy, told.hint.en
        assert is_full(page_of(better)), told.hint.en
