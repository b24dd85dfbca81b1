"""What changes outside an issue's folder when it is added: search, calendar, feeds, site map, manifest, newest issue.

All of it is made of facts, of the issue's own month and year, so that the length of the archive does not matter, and
doing it twice is doing it once. The order is that of links: what a page leads to is in place before the page.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from printkit.epaper import names
from printkit.epaper.folder import back_issues, feeds, offline, search_index, sitemap, topics
from printkit.epaper.folder.dated_lines import with_line
from printkit.epaper.folder.disk import Marker, SiteFolder, write_marker
from printkit.epaper.folder.neighbours import ways
from printkit.epaper.folder.register import (
    Entry,
    Year,
    entry_of,
    read_entries,
    read_years,
    with_entry,
    write_entries,
    write_years,
    year_of,
)
from printkit.epaper.folder.search_terms import SHARDS
from printkit.epaper.issue.facts import Issue, read_facts
from printkit.epaper.issue.handover import SiteAbout
from printkit.output.manifest import Recorded, json_bytes, recorded


def try_lists(folder: SiteFolder, date: datetime.date, about: SiteAbout) -> None:
    """Read once what `publish` reads, so that a broken list is told of before anything is written.

    Raises:
        ValueError: a list of the site is broken, or of a later printkit.
        OSError: the disk refuses.
    """
    years = _years(folder, date.year)
    for year in {date.year, *years} if date.year not in years else {date.year, max(years)}:
        _listed(folder, year, years)
    for shard in range(SHARDS):
        folder.read(names.search_shard(date, shard))
    topics.check(folder, date.year)
    if about.address:
        folder.read(names.year_sitemap(date.year))
        issues = _issues(folder, years)
        feeds.newest_stories(issues, about)
        if folder.before.address != about.address:
            for _ in issues:  # the rest, whose addresses change as well
                pass


def publish(folder: SiteFolder, issue: Issue, about: SiteAbout, manifest: Recorded, pack: Recorded | None) -> None:
    """Make the site know an issue whose files are in place.

    Raises:
        ValueError: a list of the site is broken, or of a later printkit.
        OSError: the disk refuses.
    """
    for name, data in about.assets.items():  # of this run: an issue staged by a killed one brought that one's
        folder.write(name, data)
    for asset in map(back_issues.asset, back_issues.ASSETS):
        folder.write(asset.name, asset.data)
    year = issue.date.year
    entry = entry_of(issue, manifest, pack)
    years = _years(folder, year)
    entries = with_entry(_listed(folder, year, years), entry)
    listed = write_entries(year, entries)
    is_new = year not in years
    years[year] = year_of(year, entries, recorded(names.year_facts(year), listed))
    leading = dict(ways(entry, years, lambda one: entries if one == year else _listed(folder, one, years), about))
    for name in names.ways_from(issue.date):  # before anything leads to the issue, whose views lead to these
        folder.write(name, leading.pop(name))
    _write_search(folder, issue, years, about)
    topics.write_topics(folder, issue, about, lambda: _issues_of(folder, entries))
    for name, data in leading.items():
        folder.write(name, data)
    folder.write(names.year_facts(year), listed)
    _write_calendar(folder, year, entries, years, about, neighbours=is_new)
    folder.write(names.MISSING, back_issues.missing_page(about))
    folder.write(names.ROBOTS, back_issues.robots(about))
    _write_addresses(folder, issue, years, about)
    folder.write(names.MANIFEST, write_years(about.paper, about.address, years))
    newest = _newest(folder, years)
    folder.write(names.LATEST_FACTS, _latest(newest, about))
    for name, page in back_issues.fronts(newest, about):
        folder.write(name, page)
    if about.offline:
        folder.write(names.WORKER, offline.worker(list(_newest_issues(folder, years)), about))
    elif folder.read(names.WORKER):  # browsers that have it ask for it again
        folder.write(names.WORKER, offline.worker((), about))
    folder.write(names.MARKER, write_marker(Marker(about.paper, about.address)))


def _write_search(folder: SiteFolder, issue: Issue, years: Mapping[int, Year], about: SiteAbout) -> None:
    """Write the stories' texts, then the month's index that leads to them, then the list of months."""
    texts = dict(search_index.story_scripts(issue))
    for name, data in texts.items():
        folder.write(name, data)
    for shard, line in enumerate(search_index.shard_lines(issue)):
        name = names.search_shard(issue.date, shard)
        folder.write(name, with_line(folder.read(name), issue.date, line).encode())
    left: list[str] = []  # of an issue that had more stories before its correction
    while (folder.out / (name := names.search_story(issue.date, len(texts) + len(left)))).exists():
        left.append(name)
    for name in reversed(left):  # the last first: a killed run leaves no gap behind which more would be overlooked
        folder.remove(name)
    months = [month for year in years.values() for month in year.months]
    folder.write(names.MONTHS_SCRIPT, search_index.months_script(months))
    folder.write(names.SEARCH, back_issues.search_page(about))


def _write_calendar(
    folder: SiteFolder,
    year: int,
    entries: tuple[Entry, ...],
    years: Mapping[int, Year],
    about: SiteAbout,
    *,
    neighbours: bool,
) -> None:
    """Write the year's calendar, those of the years beside a new one, which link to it, and the list of years."""
    folder.write(names.year_script(year), back_issues.year_script(year, entries))
    folder.write(names.year_view(year), back_issues.year_page(year, entries, years, about))
    if neighbours:
        for other in back_issues.neighbours(year, years):
            if other is not None:
                theirs = _listed(folder, other, years)
                has_topics = topics.has_page(folder, other)
                page = back_issues.year_page(other, theirs, years, about, has_topics=has_topics)
                folder.write(names.year_view(other), page)
    folder.write(names.YEARS_SCRIPT, back_issues.years_script(years))
    newest = max(years)
    shown = entries if year == newest else _listed(folder, newest, years)
    page = back_issues.years_page(shown, years, about, has_topics=topics.has_page(folder, newest))
    folder.write(names.YEARS, page)


def _write_addresses(folder: SiteFolder, issue: Issue, years: Mapping[int, Year], about: SiteAbout) -> None:
    """Write feeds and site maps, which need the site's address; without one there are none."""
    if not about.address:
        for name in (names.ATOM_FEED, names.JSON_FEED, names.SITEMAP, *map(names.year_sitemap, years)):
            folder.remove(name)
        return
    newest = feeds.newest_stories(_issues(folder, years), about)
    folder.write(names.ATOM_FEED, feeds.atom(newest, about))
    folder.write(names.JSON_FEED, feeds.json_feed(newest, about))
    if folder.before.address != about.address:  # every address is another one
        for year in years:
            folder.remove(names.year_sitemap(year))
            for each in _issues(folder, {year: years[year]}):
                _write_sitemap(folder, each, about)
    _write_sitemap(folder, issue, about)
    folder.write(names.SITEMAP, sitemap.index(years, about))


def _write_sitemap(folder: SiteFolder, issue: Issue, about: SiteAbout) -> None:
    name = names.year_sitemap(issue.date.year)
    folder.write(name, sitemap.with_issue(folder.read(name), issue, about))


def _issues(folder: SiteFolder, years: Mapping[int, Year]) -> Iterator[Issue]:
    """Yield the facts of the site's issues, the newest first, each read when it is asked for."""
    for year in sorted(years, reverse=True):
        yield from _issues_of(folder, reversed(_listed(folder, year, years)))


def _issues_of(folder: SiteFolder, entries: Iterable[Entry]) -> Iterator[Issue]:
    for entry in entries:
        facts = folder.out / names.issue_folder(entry.date) / names.ISSUE_FACTS
        try:
            yield read_facts(facts)
        except FileNotFoundError as error:
            listed = names.year_facts(entry.date.year)
            raise ValueError(f"{facts}: not there, though {listed} lists the issue") from error


def _years(folder: SiteFolder, year: int) -> dict[int, Year]:
    """Return the years that the site has; it has none but a year to be added before its manifest is written."""
    path = folder.out / names.MANIFEST
    years = read_years(path)
    own = folder.out / names.year_facts(year)
    others = [other for other in own.parent.glob("[0-9]*.json") if other != own]
    if others and not years:
        raise ValueError(f"{path}: not there or empty, though there is {others[0]}")
    return years


def _listed(folder: SiteFolder, year: int, years: Mapping[int, Year]) -> tuple[Entry, ...]:
    """Return the issues of a year; a year that the site knows has some."""
    path = folder.out / names.year_facts(year)
    entries = read_entries(path)
    if year in years and not entries:
        raise ValueError(f"{path}: not there or empty, though {names.MANIFEST} has the year")
    return entries


def _newest(folder: SiteFolder, years: Mapping[int, Year]) -> Entry:
    return _listed(folder, max(years), years)[-1]


def _newest_issues(folder: SiteFolder, years: Mapping[int, Year]) -> Iterator[Entry]:
    entries = (one for year in sorted(years, reverse=True) for one in reversed(_listed(folder, year, years)))
    return islice(entries, offline.ISSUES)


def _latest(newest: Entry, about: SiteAbout) -> bytes:
    """Return where the newest issue's files are, for scripts: the addresses never change, only which they are."""
    path = names.issue_folder(newest.date)
    told: dict[str, Any] = {
        "date": newest.date.isoformat(),
        "number": newest.number,
        "folder": f"{path}/",
        "first": newest.first,
        "edition": f"{path}/{names.edition_pdf(newest.date)}",
        "manifest": asdict(newest.manifest),
        "pack": asdict(newest.pack) if newest.pack else None,
        "address": about.address,
    }
    return json_bytes(told)
