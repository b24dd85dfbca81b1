"""Ways from an issue to those before and after it, which are known only when they are added.

An issue's own views never change for that: they lead to ``archive/DATE/next.html``, which leads on, and load
``archive/DATE/issues.js``, by which the site's script puts the next issue's own address in its place. So the ways stand
without JavaScript too, issues may come in any order, and adding one writes three small files for it and for each of the two
beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from printkit.epaper import names
from printkit.epaper.folder.register import Entry
from printkit.epaper.issue.handover import SiteAbout
from printkit.epaper.scripts import script_value
from printkit.model.edition import date_words, issue_words

_ROOT = "../../"
"""The way from ``archive/DATE/`` to the site's folder."""

Listed = Callable[[int], Sequence[Entry]]
"""Gives the issues of a year, the oldest first."""


def ways(entry: Entry, years: Mapping[int, object], listed: Listed, about: SiteAbout) -> Iterator[tuple[str, bytes]]:
    """Yield what leads from an issue and from those beside it to their neighbours."""
    row = _row(entry, years, listed)
    for before, here, after in zip(row, row[1:], row[2:], strict=False):
        if here is not None:
            yield from _of(here, before, after, about)


def _row(entry: Entry, years: Mapping[int, object], listed: Listed) -> list[Entry | None]:
    """Return an issue with the two before and the two after it."""
    own = entry.date.year
    earlier = (e for y in sorted((y for y in years if y <= own), reverse=True) for e in reversed(listed(y)))
    later = (e for y in sorted(y for y in years if y >= own) for e in listed(y))
    before = list(islice((e for e in earlier if e.date < entry.date), 2))
    after = list(islice((e for e in later if e.date > entry.date), 2))
    return [*[None] * (2 - len(before)), *reversed(before), entry, *after, *[None] * (2 - len(after))]


def _of(here: Entry, before: Entry | None, after: Entry | None, about: SiteAbout) -> Iterator[tuple[str, bytes]]:
    sides = (
        (names.previous_issue(here.date), before, "上一期", "本站最早的一期"),
        (names.next_issue(here.date), after, "下一期", "最新的一期"),
    )
    for name, entry, word, edge in sides:
        yield name, lead(entry, word, f"{_text(here)}是{edge}", about)
    told = {way: [entry.first, _text(entry)] if entry else None for way, entry in (("prev", before), ("next", after))}
    yield names.neighbours_script(here.date), f"printkitIssue({script_value(told)});\n".encode()


def lead(entry: Entry | None, word: str, edge: str, about: SiteAbout) -> bytes:
    """Return the page that leads to an issue; where there is none, one that says so."""
    if entry is None:
        return about.render("edge.html", _ROOT, what=edge)
    return about.render("lead.html", _ROOT, href=_ROOT + entry.first, canonical="", what=f"{word}：{_text(entry)}")


def _text(entry: Entry) -> str:
    return f"{date_words(entry.date)} {issue_words(entry.number)}".strip()
