"""Faked issues: facts and files as a built issue hands them to the site's folder, without building one."""

import datetime
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.generator import text as text_of
from printkit.epaper import names
from printkit.epaper.folder import sitemap
from printkit.epaper.folder.disk import Marker, write_marker
from printkit.epaper.folder.register import Entry, entry_of, write_entries, write_manifest, write_years, year_of
from printkit.epaper.folder.search_index import shard_lines
from printkit.epaper.folder.topics import line_of
from printkit.epaper.issue.facts import Issue, PageFacts, StoryFacts, write_facts
from printkit.epaper.issue.handover import SiteAbout, SiteFiles
from printkit.model.paper import SiteFoot
from printkit.output.manifest import recorded
from printkit.render.templates import LAYOUTS
from printkit.render.templates import render as rendered

PAPER = "春台工会报"
ADDRESS = "https://paper.example.org/"
ASSETS = {
    "css": "assets/site-000000000000.css",
    "js": "assets/site-000000000000.js",
    "svg": "assets/site-000000000000.svg",
    "early": "assets/early-000000000000.js",
}
CONTENTS = {
    **{path: b"<svg/>" if path.endswith("svg") else b"" for path in ASSETS.values()},
    names.FAVICON: b"icon",
    names.TOUCH_ICON: b"icon",
}


def about(address: str = ADDRESS, paper: str = PAPER, assets: Mapping[str, bytes] = CONTENTS) -> SiteAbout:
    """Return what holds for the faked site."""
    linked = ASSETS | {path.rpartition(".")[2]: path for path in assets if path not in CONTENTS}

    def render(template: str, root: str, **values: Any) -> bytes:
        given = {
            "root": root,
            "assets": linked,
            "paper": PAPER,
            "language": "zh-CN",
            "foot": SiteFoot(),
            "feeds": bool(address),
            "worker": "",
        }
        return rendered((LAYOUTS,), f"site/{template}", given | values).encode()

    return SiteAbout(paper, address, "zh-CN", render, assets)


def story(name: str, page: str, text: str, headline: str = "", **facts: Any) -> StoryFacts:
    """Return a story's facts, their content hash made of them."""
    headline = headline or text[:12]
    digest = hashlib.sha256(repr((headline, text, sorted(facts.items()))).encode()).hexdigest()
    return StoryFacts(name, headline, (page,), digest, text, **facts)


def issue_of(date: datetime.date, number: str, stories: tuple[StoryFacts, ...]) -> Issue:
    """Return an issue of some stories, with the pages that they name."""
    pages = tuple(
        PageFacts(page, "要闻", tuple(s.id for s in stories if s.pages[0] == page), 765.0, 1105.0)
        for page in dict.fromkeys(s.pages[0] for s in stories)
    )
    return Issue(PAPER, date, number, pages, stories)


def files_of(issue: Issue, *, page_bytes: int = 60_000) -> SiteFiles:
    """Return an issue's files: views with links that work, PDFs and pictures of bytes that say nothing."""
    filler = hashlib.sha256(issue.date.isoformat().encode()).digest() * (page_bytes // 32)
    files: dict[str, bytes] = {names.edition_pdf(issue.date): b"%PDF edition" + filler}
    for page in issue.pages:
        links = "".join(f'<a href="{quote(names.story_view(name))}">{escape(name)}</a>' for name in page.stories)
        picture = names.page_picture(page.number, 960)
        pdf = names.page_pdf(issue.date, page.number)
        own = f'<img src="{picture}" alt=""><a href="{pdf}">PDF</a><link href="../../../{ASSETS["css"]}">'
        files[names.page_view(page.number)] = f"<title>{page.number}</title>{own}{links}".encode()
        files[picture] = b"RIFF" + filler
        files[names.page_picture(page.number, names.THUMBNAIL_WIDTH, "jpg")] = b"\xff\xd8" + filler[:64]
        files[pdf] = b"%PDF page" + filler
    for told in issue.stories:
        view = f'<h1>{escape(told.headline)}</h1><p>{escape(told.text)}</p><a href="../{names.page_view(told.pages[0])}">版</a>'
        files[names.story_view(told.id)] = view.encode()
        files[names.reprint_pdf(told.id)] = b"%PDF clip" + told.content.encode()
    shared = {
        **CONTENTS,
        names.pack(issue.date): b"PK" + filler + "".join(s.content for s in issue.stories).encode(),
    }
    return SiteFiles(issue, files, shared)


def dense_issue(date: datetime.date, number: int, pages: int = 8) -> SiteFiles:
    """Return an issue of so many dense pages: four stories and about 6,500 characters on each."""
    stories = []
    for page in range(1, pages + 1):
        paragraphs = list(text_of(f"{date}/{page}", 6500))
        step = max(1, len(paragraphs) // 4)
        for part in range(4):
            text = "\n".join(paragraphs[part * step : (part + 1) * step if part < 3 else None])
            stories.append(story(f"p{page}s{part + 1}", str(page), text))
    return files_of(issue_of(date, str(number), tuple(stories)), page_bytes=600_000)


def weekly(count: int, last: datetime.date) -> Iterator[datetime.date]:
    """Yield the days of so many issues, one a week, the oldest first."""
    for back in range(count - 1, -1, -1):
        yield last - datetime.timedelta(weeks=back)


def daily(count: int, last: datetime.date) -> Iterator[datetime.date]:
    """Yield the days of so many issues, one a day, the oldest first."""
    for back in range(count - 1, -1, -1):
        yield last - datetime.timedelta(days=back)


def write_archive(out: Path, dates: Iterable[datetime.date], made: SiteFiles) -> None:
    """Write a site of one issue's stories on many days, as so many runs of `add` would leave it, in seconds.

    Issues have their facts, first view and manifest; the rest is left out, since adding looks at no other issue's.
    """
    issues = [replace(made.issue, date=date, number=str(index + 1)) for index, date in enumerate(sorted(dates))]
    lines = shard_lines(made.issue)
    day = made.issue.date.isoformat()
    shards: dict[str, list[str]] = {}
    years: dict[int, tuple[Entry, ...]] = {}
    maps: dict[int, str] = {}
    topics: dict[int, str] = {}
    for issue in issues:
        files = {name: made.files[name] for name in (names.page_view("1"),)}
        files[names.ISSUE_FACTS] = write_facts(issue)
        files[names.MANIFEST] = write_manifest(issue, files)
        folder = names.issue_folder(issue.date)
        for name, data in files.items():
            _write(out / folder / name, data)
        manifest = recorded(f"{folder}/{names.MANIFEST}", files[names.MANIFEST])
        year = issue.date.year
        years[year] = (*years.get(year, ()), entry_of(issue, manifest, None))
        topics[year] = topics.get(year, "") + f"{line_of(issue)}\n"
        maps[year] = sitemap.with_issue(maps.get(year, ""), issue, about()).decode()
        for shard, line in enumerate(lines):
            name = names.search_shard(issue.date, shard)
            shards.setdefault(name, []).append(line.replace(day, issue.date.isoformat()) + "\n")
    for name, parts in shards.items():
        _write(out / name, "".join(parts).encode())
    told = {}
    for year, entries in years.items():
        data = write_entries(year, entries)
        _write(out / names.year_facts(year), data)
        _write(out / names.year_sitemap(year), maps[year].encode())
        _write(out / names.year_topic_facts(year), topics[year].encode())
        told[year] = year_of(year, entries, recorded(names.year_facts(year), data))
    _write(out / names.MANIFEST, write_years(PAPER, ADDRESS, told))
    _write(out / names.MARKER, write_marker(Marker(PAPER, ADDRESS)))


def write_facts_alone(out: Path, stories: int) -> None:
    """Write a site of so many stories, no text twice, with nothing of its issues but their facts."""
    _write(out / names.MARKER, write_marker(Marker(PAPER, ADDRESS)))
    for number, date in enumerate(weekly(-(-stories // _WEEK), datetime.date(2026, 5, 29))):
        told = (story(f"s{n}", "1", "\n".join(text_of(f"{date}/{n}", 800))) for n in range(_WEEK))
        issue = issue_of(date, str(number + 1), tuple(told))
        _write(out / names.issue_folder(date) / names.ISSUE_FACTS, write_facts(issue))


_WEEK = 32
"""Stories of an issue."""


@contextmanager
def undone(out: Path, date: datetime.date) -> Iterator[None]:
    """Take an issue out again that is added inside the block, so that adding can be timed more than once."""
    named = ("archive", "topic", "topic/column", "latest", "search", f"search/{date:%Y-%m}")
    folders = (out, *(out / name for name in named))
    before = {path: path.read_bytes() for folder in folders for path in folder.glob("*") if path.is_file()}
    yield
    for folder in folders:
        for path in folder.glob("*"):
            if path.is_file() and path not in before:
                path.unlink()
    for path, data in before.items():
        path.write_bytes(data)
    shutil.rmtree(out / names.issue_folder(date))
    shutil.rmtree(out / f"search/{date:%Y-%m}/{date:%d}")
    shutil.rmtree(out / f"archive/{date.isoformat()}")
    (out / names.pack(date)).unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
