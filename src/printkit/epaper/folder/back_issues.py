"""Pages made of facts alone: the ways to the newest issue, the calendar of each year, and the page for what is not there.

In go the entries of a register, out come names in the site's folder and bytes. Every page works without JavaScript.
"""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit

from printkit.epaper import names
from printkit.epaper.folder.register import Entry, Year, year_of
from printkit.epaper.folder.search_terms import simplified_script
from printkit.epaper.issue.facts import Issue
from printkit.epaper.issue.handover import SiteAbout
from printkit.epaper.scripts import script_value
from printkit.model.edition import date_words, issue_words
from printkit.output.manifest import Recorded
from printkit.render.calendar import weekday
from printkit.render.templates import STYLES


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar on which an issue came out."""

    day: int
    href: str
    number: str
    revised: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The front page of an issue as a small picture: its JPEG and WebP in two widths, as ``srcset`` has them."""

    href: str
    label: str
    src: str
    jpg: str
    webp: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: weeks from Monday on. Other days are their number alone, 0 beside the month."""

    month: int
    weeks: tuple[tuple[Day | int, ...], ...]
    covers: tuple[Cover, ...]
    """One an issue."""


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An issue in the list by number."""

    href: str
    number: str
    date: str
    pages: int
    revised: str = ""


# --- ways to an issue ----------------------------------------------------------------------------------


def front_of(issue: Issue, about: SiteAbout) -> bytes:
    """Return the page of an issue's folder, which leads to its first page's view."""
    return about.render(
        "lead.html",
        "../../../",
        href=names.page_view(issue.pages[0].number),
        canonical="",
        what=_issue_text(issue),
    )


def _issue_text(issue: Issue | Entry) -> str:
    return f"{date_words(issue.date)} {issue_words(issue.number)}".strip()


def withdrawn(issue: Issue, what: str, day: str, path: str, about: SiteAbout) -> bytes:
    """Return the page at the address of a view that a correction took away.

    Args:
        issue: the issue as it now is.
        what: ``这篇稿件`` or ``这一版``.
        day: the correction's date.
        path: the view's name in the issue's folder.
        about: the site.
    """
    up = "../" * path.count("/")
    return about.render(
        "withdrawn.html",
        "../../../" + up,
        href=up + names.page_view(issue.pages[0].number),
        what=what,
        issue_text=_issue_text(issue),
        day=date_words(datetime.date.fromisoformat(day)),
    )


def fronts(newest: Entry, about: SiteAbout) -> Iterator[tuple[str, bytes]]:
    """Yield the pages that lead to the newest issue, the site's own last."""
    what = f"最新一期：{_issue_text(newest)}"
    for name, root in ((names.LATEST, "../"), (names.FRONT, "")):
        canonical = about.address + newest.first if about.address else ""
        yield name, about.render("lead.html", root, href=root + newest.first, canonical=canonical, what=what)


# --- calendar ----------------------------------------------------------------------------------------


def years_page(
    newest: tuple[Entry, ...], years: Mapping[int, Year], about: SiteAbout, *, has_topics: bool = True
) -> bytes:
    """Return the calendar of the newest year, whose issues are given, and the list of all years, the newest first."""
    told = [
        {
            "year": year,
            "href": f"{year:04}.html",
            "issues": found.issues,
            "first": issue_words(found.numbers[0]),
            "last": issue_words(found.numbers[1]),
        }
        for year, found in sorted(years.items(), reverse=True)
    ]
    year = max(years)
    return about.render(
        "archive.html",
        "../",
        years=told,
        year=year,
        months=_months(year, newest),
        topics=f"../{names.year_topics(year)}" if has_topics else "",
        sheet=asset("archive.css").name,
    )


def year_page(
    year: int, entries: tuple[Entry, ...], years: Mapping[int, Year], about: SiteAbout, *, has_topics: bool = True
) -> bytes:
    """Return the calendar of a year and its issues by number; years of an older printkit have no page of topics."""
    before, after = neighbours(year, years)
    issues = [
        ListedIssue(
            f"../{names.issue_folder(entry.date)}/{names.FRONT}",
            issue_words(entry.number),
            f"{entry.date.month}月{entry.date.day}日 {weekday(entry.date)}",
            entry.pages,
            date_words(datetime.date.fromisoformat(entry.changed)) if entry.revised else "",
        )
        for entry in reversed(entries)
    ]
    return about.render(
        "year.html",
        "../",
        year=year,
        months=_months(year, entries),
        topics=f"../{names.year_topics(year)}" if has_topics else "",
        issues=issues,
        before=f"{before:04}.html" if before else "",
        after=f"{after:04}.html" if after else "",
        before_year=before,
        after_year=after,
        sheet=asset("archive.css").name,
    )


def neighbours(year: int, years: Iterable[int]) -> tuple[int | None, int | None]:
    """Return the years with issues before and after one."""
    before = max((other for other in years if other < year), default=None)
    return before, min((other for other in years if other > year), default=None)


@lru_cache(1)  # the newest year's stand on its own page and on that of all years
def _months(year: int, entries: tuple[Entry, ...]) -> tuple[Month, ...]:
    """Return the months that have issues, the newest first."""
    issues = {entry.date: entry for entry in entries}
    weeks_of = calendar.Calendar(firstweekday=calendar.MONDAY).monthdayscalendar
    return tuple(
        Month(
            month,
            tuple(tuple(_day(year, month, day, issues) for day in week) for week in weeks_of(year, month)),
            tuple(_cover(entry) for entry in reversed(entries) if entry.date.month == month),
        )
        for month in sorted({date.month for date in issues}, reverse=True)
    )


def _cover(entry: Entry) -> Cover:
    folder, _, view = entry.first.rpartition("/")
    number = view.removesuffix(".html")

    def sources(kind: str) -> str:
        widths = (names.THUMBNAIL_WIDTH, names.PICTURE_WIDTHS[0])
        return ", ".join(f"../{folder}/{_picture(number, w, kind)} {w}w" for w in widths)

    src = f"../{folder}/{_picture(number, names.THUMBNAIL_WIDTH, 'jpg')}"
    label = f"{entry.date.month}月{entry.date.day}日 {issue_words(entry.number)}".strip()
    return Cover(f"../{quote(entry.first)}", label, src, sources("jpg"), sources("webp"))


@lru_cache(64)  # most front pages have one number
def _picture(number: str, width: int, kind: str) -> str:
    return quote(names.page_picture(number, width, kind))


def _day(year: int, month: int, day: int, issues: Mapping[datetime.date, Entry]) -> Day | int:
    entry = issues.get(datetime.date(year, month, day)) if day else None
    if entry is None:
        return day
    return Day(
        day, f"../{names.issue_folder(entry.date)}/{names.FRONT}", issue_words(entry.number), bool(entry.revised)
    )


def year_script(year: int, entries: Sequence[Entry]) -> bytes:
    """Return the days of a year as 404.html's script loads them."""
    days = [[entry.date.isoformat(), entry.number] for entry in entries]
    return f"printkitIssues.year({year},{script_value(days)});\n".encode()


def years_script(years: Mapping[int, Year]) -> bytes:
    """Return the list of years as 404.html's script loads it."""
    return f"printkitIssues.years({script_value(sorted(years))});\n".encode()


# --- search, what is not there, and what the server is told ----------------------------------------------


def search_page(about: SiteAbout) -> bytes:
    """Return the page of search."""
    return about.render(
        "search.html",
        "../",
        folding=asset(SIMPLIFIED).name,
        script=asset("search.js").name,
        sheet=asset("archive.css").name,
    )


def missing_page(about: SiteAbout) -> bytes:
    """Return the page that a server shows for an address that is not there.

    It is shown at any depth, so that its links start at the site's place on its server.
    """
    place = urlsplit(about.address).path or "/"
    return about.render("missing.html", place, script=asset("missing.js").name, sheet=asset("archive.css").name)


def robots(about: SiteAbout) -> bytes:
    """Return robots.txt, which hides nothing."""
    told = "User-agent: *\nDisallow:\n"
    return (told + (f"Sitemap: {about.address}{names.SITEMAP}\n" if about.address else "")).encode()


def try_templates(about: SiteAbout) -> None:
    """Render each page once, so that a paper's own template that fails is told of before anything is written."""
    day, record = datetime.date(2024, 1, 10), Recorded("", 0, "")
    entry = Entry(day, "1", 1, 1, "2024/01/10/01.html", record, revised=("2024-01-12",))
    years = {2024: year_of(2024, (entry,), record)}
    years_page((entry,), years, about)
    year_page(2024, (entry,), years, about)
    search_page(about)
    missing_page(about)
    dict(fronts(entry, about))


@dataclass(frozen=True, slots=True)
class Asset:
    """A script or style sheet of these pages; its name has its hash, so that it never changes under its address."""

    name: str
    data: bytes


@cache
def asset(file: str) -> Asset:
    """Return a file of ``styles/``, or the table of characters that search folds, under its name below the site."""
    data = simplified_script() if file == SIMPLIFIED else (STYLES / file).read_bytes()
    stem, _, suffix = file.rpartition(".")
    return Asset(names.asset(stem, suffix, data), data)


SIMPLIFIED = "simplified.js"
ASSETS = ("archive.css", "search.js", SIMPLIFIED, "missing.js")
"""What the pages of this module link to, beside what every page does."""
