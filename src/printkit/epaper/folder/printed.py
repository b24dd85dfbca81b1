"""What earlier issues have printed: an index beside the site's folder, by which a story is found that is about to be printed again.

In: the site's folder. Out: for some text the issue and the story that have most of it. The index (SQLite) holds a sixteenth of the
runs of ten characters of every story (`copydesk.shingles`); issues that are new or have changed are read when it is opened, so that
nothing has to keep it up, and without it, it is made anew.
"""

import contextlib
import datetime
import errno
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from printkit.copydesk.shingles import shingles
from printkit.diagnostics import Diagnostic, InputError, Say, UsageError, shown_path
from printkit.epaper import names
from printkit.epaper.issue.facts import read_facts

_SHARE = 0.8
"""Of a story's runs so many are in another that is the same."""
_FORMAT = 1
_TABLES = (
    "create table if not exists issues (date text primary key, stamp text)",
    "create table if not exists stories (number integer primary key, date text, id text)",
    "create table if not exists runs (hash integer, story integer, primary key (hash, story)) without rowid",
    "create index if not exists of_date on stories (date)",
    "create index if not exists of_story on runs (story)",
)


class PrintedStories:
    """The stories that a site has."""

    def __init__(self, site: Path) -> None:
        """Open the index of a site, and bring it up to what the site has.

        Raises:
            UsageError: there is no such site, or the index cannot be written beside it.
            InputError: an issue of it cannot be read.
        """
        if not (site / names.MARKER).is_file():
            message = Say(f"{shown_path(site)} is no site's folder", f"{shown_path(site)} 不是网站文件夹")
            hint = Say("name the folder that `printkit site -o` writes", "请写 printkit site -o 所写的文件夹")
            raise UsageError([Diagnostic("usage.not-a-site", message, hint=hint)])
        self._site = site
        self._file = site.resolve().with_name(f"{site.resolve().name}.printed-{_FORMAT}.sqlite")
        with self._blamed():
            self._index = self._opened()

    @contextlib.contextmanager
    def _blamed(self) -> Iterator[None]:
        """Tell an index that cannot be used, or that is none of ours."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            message = Say(
                f"the index {shown_path(self._file)} cannot be used: {error}",
                f"索引 {shown_path(self._file)} 不能用：{error}",
            )
            hint = Say("delete it: it is made anew; its folder must be writable", "请删去，会重新建；所在文件夹须可写")
            raise UsageError([Diagnostic("usage.bad-index", message, hint=hint)]) from error

    def _opened(self) -> sqlite3.Connection:
        for kept in ("", "-journal", "-wal", "-shm"):  # SQLite's own names for what it has beside it
            file = self._file.with_name(self._file.name + kept)
            if file.is_symlink() or (file.exists() and not file.is_file()):
                raise OSError(errno.EINVAL, "it is no ordinary file", str(file))
        index = sqlite3.connect(self._file)
        with contextlib.suppress(sqlite3.OperationalError):
            index.execute("pragma synchronous = off")  # what is lost is made anew
        for table in _TABLES:
            index.execute(table)
        known = dict(index.execute("select date, stamp from issues"))
        there = dict(self._issues())
        with index:
            for date in known.keys() - there.keys():
                _forget(index, date)
            for date, stamp in there.items():
                if known.get(date) != stamp:
                    _forget(index, date)
                    self._learn(index, date, stamp)
        return index

    def _issues(self) -> Iterator[tuple[str, str]]:
        """Yield the day of every issue of the site, and what its facts' file is known by."""
        for path in sorted(self._site.glob(f"[0-9]*/[0-9]*/[0-9]*/{names.ISSUE_FACTS}")):
            facts = path.stat()
            yield "-".join(path.parts[-4:-1]), f"{facts.st_mtime_ns} {facts.st_size}"

    def _learn(self, index: sqlite3.Connection, date: str, stamp: str) -> None:
        try:
            issue = read_facts(self._site / date.replace("-", "/") / names.ISSUE_FACTS)
        except (ValueError, OSError) as error:
            message = Say(f"an issue of the site cannot be read: {error}", f"网站上的一期读不出：{error}")
            hint = Say("add it again with `printkit site --correct`", "请用 printkit site --correct 重新加入")
            raise InputError([Diagnostic("site.bad-issue", message, hint=hint)]) from error
        for story in issue.stories:
            row = index.execute("insert into stories (date, id) values (?, ?)", (date, story.id))
            pairs = ((one, row.lastrowid) for one in shingles(story.text))
            index.executemany("insert into runs (hash, story) values (?, ?)", pairs)
        index.execute("insert into issues (date, stamp) values (?, ?)", (date, stamp))

    def asked(self, texts: Sequence[str], date: datetime.date | None = None) -> str:
        """Return the issue and story that have most of some paragraphs, empty where none has; an issue of `date` is none."""
        own = shingles("\n".join(texts))
        times: Counter[int] = Counter()
        with self._blamed():
            for one in own:
                times.update(row[0] for row in self._index.execute("select story from runs where hash = ?", (one,)))
            for number, count in times.most_common(3):
                if count < _SHARE * len(own):
                    return ""
                [(day, name)] = self._index.execute("select date, id from stories where number = ?", (number,))
                if date is None or day != date.isoformat():
                    return f"{day} {name}"
        return ""

    def close(self) -> None:
        """Let the file go."""
        self._index.close()


def _forget(index: sqlite3.Connection, date: str) -> None:
    index.execute("delete from runs where story in (select number from stories where date = ?)", (date,))
    index.execute("delete from stories where date = ?", (date,))
    index.execute("delete from issues where date = ?", (date,))
