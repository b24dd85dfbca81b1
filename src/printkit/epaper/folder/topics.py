"""Pages of all stories of a column (版名), an author or a keyword, by year, and the page that lists these.

They are counted from a file a year that has a line an issue (``topic/2024.jsonl``), and have a line an issue themselves, so
that adding an issue writes its own lines and looks at no other issue's stories. Where a site of an older printkit has no such
file yet, the year's is made of the facts of its issues, once; other years wait until an issue of theirs is added or corrected.
"""

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from printkit.epaper import names
from printkit.epaper.folder.back_issues import asset, neighbours
from printkit.epaper.folder.dated_lines import with_line
from printkit.epaper.folder.disk import SiteFolder
from printkit.epaper.issue.facts import Issue
from printkit.epaper.issue.handover import SiteAbout
from printkit.epaper.issue.related import TOPIC_WORDS, Topic, home_of, topics_of
from printkit.model.edition import date_words, issue_words, page_label

Key = tuple[str, str]
"""A column, an author or a keyword: its `Topic` and what it is called."""

_LINE = re.compile(r"^<!--(\d{4}-\d\d-\d\d)-->.*$", re.MULTILINE)
"""What a topic's page has of an issue."""
_LINES = "<!--issues-->"
"""Where these lines stand, as the template is rendered."""


@dataclass(frozen=True)
class TopicYear:
    """The issues of a year by their days, as their lines tell them: `number`, and `stories` with their `topics`."""

    year: int
    days: Mapping[str, Mapping[str, Any]]

    @cached_property
    def counts(self) -> Counter[Key]:
        """How many stories each topic has."""
        stories = (story for day in self.days.values() for story in day["stories"])
        return Counter((kind, called) for story in stories for kind, called in story["topics"])

    def topics_on(self, day: str) -> set[Key]:
        """Return the topics of an issue's stories."""
        stories = self.days[day]["stories"] if day in self.days else ()
        return {(kind, called) for story in stories for kind, called in story["topics"]}


def write_topics(folder: SiteFolder, issue: Issue, about: SiteAbout, others: Callable[[], Iterable[Issue]]) -> None:
    """Write the pages that an issue has a part in; `others` are the facts of its year's issues, for a site without them.

    The list of the year is written last: a run that was killed finds what it has to do once more.

    Raises:
        ValueError: the list of a year is broken.
        OSError: the disk refuses.
    """
    year, day = issue.date.year, issue.date.isoformat()
    text = folder.read(names.year_topic_facts(year))
    before = _read(text, year)
    if not text:
        for known in others():
            text = with_line(text, known.date, line_of(known))
    line = line_of(issue)
    known_days = before.days or _read(text, year).days
    text = with_line(text, issue.date, line)
    now = TopicYear(year, {**known_days, day: json.loads(line)})
    touched = before.topics_on(day) | (now.topics_on(day) if before.days else now.counts.keys())
    writer = _Writer(folder, about, {year: now})
    for key in sorted(
        touched & now.counts.keys(), key=lambda one: (one in before.counts, one)
    ):  # what nothing leads to first
        writer.page(key, year, [day] if before.days else now.days)
    for key in sorted(key for key in touched if (key in now.counts) != (key in before.counts)):
        for other in writer.beside(key, year):
            writer.page(key, other, ())
    writer.overview(year)
    if not before.days:
        for beside in neighbours(year, writer.years):
            if beside is not None:
                writer.overview(beside)
    for key in touched - now.counts.keys():
        folder.remove(names.topic(*key, f"{year:04}"))
    folder.write(names.year_topic_facts(year), text.encode())


def check(folder: SiteFolder, year: int) -> None:
    """Read the list of a year, and in a new one those beside it, which its topics are sought in.

    Raises:
        ValueError: one is broken.
    """
    if _read(folder.read(names.year_topic_facts(year)), year).days:
        return
    for other in neighbours(year, _years(folder)):
        if other is not None:
            _read(folder.read(names.year_topic_facts(other)), other)


def has_page(folder: SiteFolder, year: int) -> bool:
    """Tell whether there is the page of a year's topics: a year of an older printkit has none."""
    return (folder.out / names.year_topics(year)).is_file()


def line_of(issue: Issue) -> str:
    """Return what the list of its year has of an issue."""
    stories = []
    for story in issue.stories:
        if topics := topics_of(story, issue):
            home = home_of(story, issue)
            listed = {"id": story.id, "headline": story.headline, "byline": story.byline}
            stories.append({**listed, "page": page_label(home.number, home.name), "topics": topics})
    return json.dumps({"date": issue.date.isoformat(), "number": issue.number, "stories": stories}, ensure_ascii=False)


_OF_STORIES = ("id", "headline", "byline", "page")


@lru_cache(1)  # what was tried before anything was written is read once more then
def _read(text: str, year: int) -> TopicYear:
    try:
        days = [json.loads(line) for line in text.split("\n") if line]  # JSON leaves other line ends in its texts
        read = TopicYear(year, {day["date"]: day for day in days})
        for day in days:
            datetime.date.fromisoformat(day["date"])
            told = [day["number"], *(story[name] for story in day["stories"] for name in _OF_STORIES)]
            "".join([*told, *(called for _, called in read.topics_on(day["date"]))]).encode()
        strange = {kind for kind, _ in read.counts} - set(Topic)  # found here, and not when pages are half written
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{names.year_topic_facts(year)}: {error!r}") from error
    if strange:
        raise ValueError(f"{names.year_topic_facts(year)}: no kinds of topics: {sorted(strange)}")
    return read


def _years(folder: SiteFolder) -> list[int]:
    return [int(path.stem) for path in (folder.out / "topic").glob("[0-9][0-9][0-9][0-9].jsonl")]


@dataclass(slots=True)
class _Writer:
    """Writes pages of one site; `read` has the years that were read."""

    folder: SiteFolder
    about: SiteAbout
    read: dict[int, TopicYear]
    own: int = field(init=False)

    def __post_init__(self) -> None:
        (self.own,) = self.read

    @property
    def years(self) -> list[int]:
        """The years with topics."""
        return sorted({*_years(self.folder), self.own})

    def page(self, key: Key, year: int, days: Iterable[str]) -> None:
        """Write a topic's stories of a year, the newest issue first: those of some days anew, the others as they stand."""
        told, name = self._year(year), names.topic(*key, f"{year:04}")
        lines = {found[1]: found[0] for found in _LINE.finditer(self.folder.read(name))}
        for day in days:
            lines.pop(day, None)
            if line := issue_line(key, day, told, self.about):
                lines[day] = line
        page = topic_page(key, told, neighbours(year, self._years_of(key)), self.about)
        listed = "\n".join(lines[day] for day in sorted(lines, reverse=True))
        self.folder.write(name, page.replace(_LINES.encode(), listed.encode()))

    def overview(self, year: int) -> None:
        """Write the list of a year's topics."""
        page = topics_page(self._year(year), neighbours(year, self.years), self.about)
        self.folder.write(names.year_topics(year), page)

    def beside(self, key: Key, year: int) -> Iterator[int]:
        """Yield the years of a topic beside one."""
        yield from (other for other in neighbours(year, self._years_of(key)) if other is not None)

    def _year(self, year: int) -> TopicYear:
        if year not in self.read:
            self.read[year] = _read(self.folder.read(names.year_topic_facts(year)), year)
        return self.read[year]

    def _years_of(self, key: Key) -> set[int]:
        pattern = names.topic(*key, "[0-9][0-9][0-9][0-9]")
        found = {int(path.stem.rpartition("-")[2]) for path in self.folder.out.glob(pattern)}
        return found | {self.own} if key in self.read[self.own].counts else found - {self.own}


# --- pages ---------------------------------------------------------------------------------------------


def issue_line(key: Key, day: str, year: TopicYear, about: SiteAbout) -> str:
    """Return a topic's stories of an issue as the line of its page; nothing where it has none."""
    kind, called = key
    date, told = datetime.date.fromisoformat(day), year.days[day]
    folder = f"../../{names.issue_folder(date)}/"
    stories = [
        {
            "href": folder + quote(names.story_view(story["id"])),
            "headline": story["headline"],
            "byline": story["byline"] if kind != Topic.AUTHOR else "",
            "page": story["page"] if kind != Topic.COLUMN else "",
        }
        for story in told["stories"]
        if [kind, called] in story["topics"]
    ]
    if not stories:
        return ""
    html = about.render(
        "topic-issue.html",
        "../../",
        date=date_words(date),
        day=day,
        number=issue_words(told["number"]),
        href=folder + names.FRONT,
        stories=stories,
    ).decode()
    return f"<!--{day}-->" + "".join(line.strip() for line in html.splitlines())


def topic_page(key: Key, year: TopicYear, beside: tuple[int | None, int | None], about: SiteAbout) -> bytes:
    """Return the page of a topic's stories of a year, with a mark in the place of their lines."""
    kind, called = key
    return about.render(
        "topic.html",
        "../../",
        word=TOPIC_WORDS[Topic(kind)],
        called=called,
        year=year.year,
        overview=f"../{year.year:04}.html",
        count=year.counts[key],
        issues=Markup(_LINES),
        **_turn(beside, lambda other: quote(names.topic(kind, called, f"{other:04}").rpartition("/")[2])),
        sheet=asset("archive.css").name,
    )


def topics_page(year: TopicYear, beside: tuple[int | None, int | None], about: SiteAbout) -> bytes:
    """Return the list of a year's columns, authors and keywords, those with the most stories first."""
    counted = sorted(year.counts.items(), key=lambda item: (-item[1], item[0]))
    groups = [
        {
            "word": word,
            "topics": [
                {
                    "label": called,
                    "count": count,
                    "href": "../" + quote(names.topic(kind, called, f"{year.year:04}")),
                }
                for (kind, called), count in counted
                if kind == group
            ],
        }
        for group, word in TOPIC_WORDS.items()
    ]
    return about.render(
        "topics.html",
        "../",
        year=year.year,
        groups=groups,
        **_turn(beside, lambda other: f"{other:04}.html"),
        sheet=asset("archive.css").name,
    )


def _turn(beside: tuple[int | None, int | None], href: Callable[[int], str]) -> dict[str, object]:
    before, after = beside
    return {
        "before_year": before,
        "after_year": after,
        "before": "" if before is None else href(before),
        "after": "" if after is None else href(after),
    }


def try_templates(about: SiteAbout) -> None:
    """Render each page once, so that a paper's own template that fails is told of before anything is written."""
    key = (Topic.AUTHOR, "甲某")
    story = {"id": "one", "headline": "标题", "byline": "甲某", "page": "01版：要闻", "topics": [list(key)]}
    year = TopicYear(2024, {"2024-01-10": {"number": "1", "stories": [story]}})
    issue_line(key, "2024-01-10", year, about)
    topic_page(key, year, (2023, None), about)
    topics_page(year, (None, 2025), about)
