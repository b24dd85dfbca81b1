"""The index of what was printed: made from the site, kept up with it, asked for a story."""

import contextlib
import datetime
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.issues import issue_of, story
from printkit.diagnostics import InputError, UsageError
from printkit.epaper import names
from printkit.epaper.folder.printed import PrintedStories
from printkit.epaper.issue.facts import Issue, write_facts

OLD = "他们在海拔四千米的高原上一干就是三年，把线路架到了最后一个村，村里的灯从此亮了。" * 4
NEW = "青岚河综合整治工程通过竣工验收，全长十二公里，历时两年零三个月，沿线新建了九公里步道。" * 4
DAY = datetime.date(2026, 11, 20)


def put(site: Path, issue: Issue) -> None:
    folder = site / names.issue_folder(issue.date)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / names.ISSUE_FACTS).write_bytes(write_facts(issue))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    place = tmp_path / "public"
    put(place, issue_of(DAY, "1", (story("lead", "1", OLD),)))
    (place / names.MARKER).write_text("{}", encoding="utf-8")
    return place


def asked(site: Path, text: str, date: datetime.date | None = None) -> str:
    index = PrintedStories(site)
    try:
        return index.asked([text], date)
    finally:
        index.close()


def test_a_story_of_an_earlier_issue_is_found_and_one_of_the_same_day_is_not(site: Path) -> None:
    assert asked(site, OLD) == asked(site, "前面加了一句。" + OLD) == "2026-11-20 lead"
    assert asked(site, OLD, DAY) == ""
    assert asked(site, NEW) == ""
    assert [path.name for path in site.parent.iterdir() if path != site] == ["public.printed-1.sqlite"]


def test_the_index_goes_with_the_site(site: Path) -> None:
    assert asked(site, NEW) == ""
    put(site, issue_of(DAY + datetime.timedelta(7), "2", (story("river", "1", NEW),)))
    assert asked(site, NEW) == "2026-11-27 river"
    put(site, replace(issue_of(DAY, "1", (story("lead", "1", NEW + OLD[:15]),)), number="更正"))
    assert asked(site, OLD) == ""


def test_what_is_no_site_and_an_index_that_is_none(site: Path) -> None:
    with pytest.raises(UsageError, match="no site's folder"):
        PrintedStories(site.parent)
    site.with_name("public.printed-1.sqlite").write_bytes(b"no index" * 200)
    with pytest.raises(UsageError, match="delete it"):
        PrintedStories(site)


def _empty(path: Path) -> None:
    """Make an index whose tables have what ours never have."""
    with contextlib.closing(sqlite3.connect(path)) as index, index:
        index.execute("create table issues (date, stamp)")
        index.execute("create table stories (number, date, id)")
        index.execute("create table runs (hash, story)")
        index.execute("create trigger t after insert on stories begin delete from stories; end")


BESIDE: dict[str, Callable[[Path], object]] = {
    "a link": lambda path: path.symlink_to(path.with_name("elsewhere")),
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "another's tables": _empty,
}


@pytest.mark.parametrize("kind", BESIDE)
@pytest.mark.parametrize("name", ["public.printed-1.sqlite", "public.printed-1.sqlite-journal"])
def test_what_somebody_else_has_put_beside_a_site_is_told(name: str, kind: str, site: Path) -> None:
    if kind == "another's tables" and name.endswith("journal"):
        return
    BESIDE[kind](site.with_name(name))
    with pytest.raises(UsageError, match="delete it"):
        asked(site, OLD)
    assert not site.with_name("elsewhere").exists()


@pytest.mark.parametrize("day", ["2026/99/01", "2026/11/21"])
def test_an_issue_that_is_none_is_told(day: str, site: Path) -> None:
    (site / day / names.ISSUE_FACTS).mkdir(parents=True)
    with pytest.raises(InputError, match=r"issue\.json"):
        asked(site, OLD)
