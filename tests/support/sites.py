"""Small sites for tests: issues of a few stories, and what a visitor would find."""

import datetime
import html
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.issues import about, files_of, issue_of, story
from printkit.epaper.folder.tree import Added, add, revisions_for
from printkit.epaper.issue.facts import StoryFacts
from printkit.epaper.issue.handover import SiteFiles

TODAY = datetime.date(2024, 2, 1)
DAY = datetime.date(2024, 1, 10)

LEAD = story(
    "lead", "1", "职工代表大会在临水码头召开。\n代表们讨论了高温津贴。", "临水码头开了 职代会", deck="副题一行"
)
HOSTILE = story(
    "<b>&“x”", "1", "</script><img src=x onerror=alert(1)>\u2028 ＡＢＣ１２３", '"><script>alert(1)</script>'
)
SECOND = story("二 版", "2", "食堂师傅请来老师傅讲绝活，" + "w" * 300)


def made_of(date: datetime.date = DAY, number: str = "1234", *stories: StoryFacts) -> SiteFiles:
    """Return an issue of some stories as the pages hand it over."""
    return files_of(issue_of(date, number, stories or (LEAD, HOSTILE, SECOND)), page_bytes=64)


def put(
    out: Path, made: SiteFiles, *, correct: bool = False, today: datetime.date = TODAY, address: str | None = None
) -> Added:
    """Add an issue as the pipeline does."""
    site = about() if address is None else about(address)
    revisions_for(out, made.issue, site, correct=correct, today=today)
    return add(out, made, site, correct=correct, today=today)


def tree_of(out: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


_LINK = re.compile(r'(?:href|src)="([^"]*)"|url=([^"]*)"')


def broken_links(out: Path, start: str = "index.html") -> list[str]:
    """Follow all links from a page and return those that lead to nothing."""
    seen: set[str] = set()
    waiting, broken = [start], []
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if not (out / name).is_file():
            broken.append(name)
            continue
        if not name.endswith(".html"):
            continue
        for groups in _LINK.findall((out / name).read_text(encoding="utf-8")):
            parts = urlsplit(html.unescape(groups[0] or groups[1]))
            if parts.scheme or parts.netloc or not parts.path:
                continue
            place = parts.path[1:] if parts.path.startswith("/") else (Path(name).parent / parts.path).as_posix()
            waiting.append((out / unquote(place)).resolve().relative_to(out.resolve()).as_posix())
    return broken
