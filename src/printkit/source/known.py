"""Articles as a process that lives on has read them: taken again while every file that was read for them is as it was.

In: articles of an edition in which nothing was found wrong, and the files of each. Out: those whose files still stand.
"""

from collections.abc import Mapping
from pathlib import Path

from printkit.gate import State, as_they_are
from printkit.model.article import Article

Key = tuple[Path, bool, Path]
"""An article's file, whether it leads a group, and the folder that its files are named from."""

Known = dict[Key, tuple[Article, State]]
"""Articles, and the files that were read for each as they were then."""

_SETTLED = 20_000_000
"""Nanoseconds before reading began by which a file was written that is believed: clocks of file systems go in steps."""


def known_article(known: Known, key: Key) -> tuple[Article, frozenset[Path]] | None:
    """Return an article, and the files that were read for it, if they are as they were."""
    article, state = known.get(key, (None, frozenset()))
    files = frozenset(path for path, _ in state)
    return (article, files) if article and state == as_they_are(files) else None


def learn(known: Known, articles: Mapping[Key, tuple[Article | None, frozenset[Path]]], began: int) -> None:
    """Know the articles of an edition that was read from an instant on, in nanoseconds, and these alone."""
    told = {key: (article, as_they_are(files)) for key, (article, files) in articles.items() if article}
    known.clear()
    for key, (article, state) in told.items():
        if all(written < began - _SETTLED for _, (_, written) in state):
            known[key] = article, state
