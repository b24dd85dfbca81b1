"""What the site has: a file a year lists its issues, manifest.json the years, each with the hash of what it lists.

From manifest.json to a year's list, from there to an issue's manifest and pack, and from the manifest to each file,
every step is a SHA-256; so an office checks a copy of the archive without asking anyone. Adding an issue reads and
writes its own year alone.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.epaper import names
from printkit.epaper.declared import declared
from printkit.epaper.issue.facts import Issue
from printkit.gate import read_file, real
from printkit.output.manifest import Recorded, recorded

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue in its year's list. `pages` counts them; `revised` has the days of its corrections."""

    date: datetime.date
    number: str
    pages: int
    stories: int
    first: str
    """The first page's view, from the site's folder."""
    manifest: Recorded
    pack: Recorded | None = None
    revised: tuple[str, ...] = ()

    @property
    def changed(self) -> str:
        """The day on which the issue was last changed."""
        return max(self.revised, default=self.date.isoformat())


@dataclass(frozen=True, slots=True)
class Year:
    """A year in manifest.json. `numbers` are those of its first and its last issue, `newest` the last one's first page."""

    year: int
    issues: int
    first: datetime.date
    last: datetime.date
    numbers: tuple[str, str]
    newest: str
    months: tuple[str, ...]
    changed: str
    record: Recorded


def entry_of(issue: Issue, manifest: Recorded, pack: Recorded | None) -> Entry:
    """Return an issue's entry."""
    folder = names.issue_folder(issue.date)
    return Entry(
        date=issue.date,
        number=issue.number,
        pages=issue.page_count,
        stories=sum(not story.is_common_head for story in issue.stories),
        first=f"{folder}/{names.page_view(issue.pages[0].number)}",
        manifest=manifest,
        pack=pack,
        revised=tuple(revision.date for revision in issue.revisions),
    )


def with_entry(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """Return a year's issues with one put in or replaced, in the order of their dates."""
    return tuple(sorted((*(e for e in entries if e.date != entry.date), entry), key=lambda e: e.date))


def year_of(year: int, entries: tuple[Entry, ...], record: Recorded) -> Year:
    """Return what manifest.json tells of a year."""
    first, last = entries[0], entries[-1]
    return Year(
        year=year,
        issues=len(entries),
        first=first.date,
        last=last.date,
        numbers=(first.number, last.number),
        newest=last.first,
        months=tuple(dict.fromkeys(f"{entry.date:%Y-%m}" for entry in entries)),
        changed=max(entry.changed for entry in entries),
        record=record,
    )


# --- files ------------------------------------------------------------------------------------------


def write_entries(year: int, entries: tuple[Entry, ...]) -> bytes:
    """Return a year's list as its file holds it."""
    return _listing({"format": FORMAT, "year": year}, "issues", [_told_of(entry) for entry in entries])


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Read a year's list; a file that is not there has none.

    Raises:
        ValueError: it is not such a file, or one of a later version.
        OSError: it cannot be read.
    """
    with _blamed(path):
        told = _read(path)
        return tuple(_entry(entry) for entry in told["issues"]) if told else ()


def write_years(paper: str, address: str, years: Mapping[int, Year]) -> bytes:
    """Return the site's manifest.json."""
    newest = max(years)
    told = {
        "format": FORMAT,
        "paper": paper,
        "address": address,
        "newest": years[newest].last.isoformat(),
        "issues": sum(year.issues for year in years.values()),
    }
    return _listing(told, "years", [_told_of(years[year]) for year in sorted(years)])


def read_years(path: Path) -> dict[int, Year]:
    """Read the years of the site's manifest.json; none where there is no such file.

    Raises:
        ValueError: it is not such a file, or one of a later version.
        OSError: it cannot be read.
    """
    with _blamed(path):
        told = _read(path)
        return {year["year"]: _year(year) for year in told["years"]} if told else {}


def write_manifest(issue: Issue, files: Mapping[str, bytes]) -> bytes:
    """Return an issue's manifest.json: every file of its folder but itself."""
    told = {"format": FORMAT, "date": issue.date.isoformat(), "number": issue.number}
    return _listing(told, "files", [_told_of(recorded(path, files[path])) for path in sorted(files)])


def read_manifest(path: Path) -> dict[str, Recorded]:
    """Read which files an issue has.

    Raises:
        ValueError: it is not there, is not such a file, or is one of a later version.
        OSError: it cannot be read.
    """
    with _blamed(path):
        files = [declared(Recorded(**file)) for file in _read(path)["files"]]
        return {_inside(file.path): file for file in files}


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be done with an issue that is staged: lists get to know it, and files of its folder that are gone are removed."""

    date: datetime.date
    manifest: Recorded
    pack: Recorded | None
    gone: tuple[str, ...]


def note_of(told: Mapping[str, Any]) -> Note:
    """Return a note as a run has left it.

    Raises:
        ValueError: it is none.
    """
    with _blamed(Path("ready.json")):
        pack = Recorded(**told["pack"]) if told["pack"] else None
        date, manifest = datetime.date.fromisoformat(told["date"]), Recorded(**told["manifest"])
        return declared(Note(date, manifest, pack, tuple(map(_inside, told["gone"]))))


def _inside(path: str) -> str:
    """Return the path of a file in an issue's folder, by which it is read, replaced and taken away.

    Raises:
        ValueError: it leads out of the folder.
    """
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"{path!r:.40} leads out of the issue's folder")
    return path


@contextmanager
def _blamed(path: Path) -> Iterator[None]:
    """Make whatever is wrong inside a list one kind of error, which names the file."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path}: {error if isinstance(error, ValueError) else repr(error)}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(read_file(path, [real(path.parent)]))
    except FileNotFoundError:
        return {}
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError(f"not in format {FORMAT}")
    return told


def _entry(told: dict[str, Any]) -> Entry:
    pack = Recorded(**told["pack"]) if told["pack"] else None
    made = {
        "date": datetime.date.fromisoformat(told["date"]),
        "manifest": Recorded(**told["manifest"]),
        "pack": pack,
        "revised": tuple(told["revised"]),
    }
    return declared(Entry(**{**told, **made}))


def _year(told: dict[str, Any]) -> Year:
    dates = {key: datetime.date.fromisoformat(told[key]) for key in ("first", "last")}
    lists = {"months": tuple(told["months"]), "numbers": (told["numbers"][0], told["numbers"][1])}
    return declared(Year(**{**told, **dates, **lists, "record": Recorded(**told["record"])}))


def _told_of(listed: Entry | Year | Recorded) -> dict[str, Any]:
    """Return what is listed as JSON has it: `asdict` copies every text of a year."""
    told: dict[str, Any] = {}
    for name in listed.__dataclass_fields__:
        value = getattr(listed, name)
        if isinstance(value, datetime.date):
            value = value.isoformat()
        elif isinstance(value, Recorded):
            value = _told_of(value)
        told[name] = value
    return told


def _listing(told: dict[str, object], name: str, items: Sequence[object]) -> bytes:
    """Write a list, a line an item: people compare it, and json is ten times as fast without indents."""
    head = json.dumps(told, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{head}, "{name}": [\n{lines}\n]}}\n'.encode()
