"""待用稿: the articles of an edition's folder that no page uses, for the desk to place.

In: an edition as read. Out: the other articles, by file. They are read as YAML alone: a fault of theirs is told once they are placed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from printkit.model.edition import Edition
from printkit.source import nodes
from printkit.source.article_keys import ArticleKeys
from printkit.source.document import ALL_KEYS, names_of
from printkit.source.edits import meaning, value_at
from printkit.source.faults import Faults
from printkit.source.load import read_nodes

_MOST = 400
"""Files that are looked into: a folder of an issue has some dozens."""


@dataclass(frozen=True, slots=True)
class Spare:
    """An article without a page: its file as the edition would name it, its headline and how long its copy is."""

    file: str
    title: str
    characters: int


def spare_articles(edition: Edition) -> tuple[Spare, ...]:
    """Return the articles of the edition's folder that none of its pages, nor its pool, uses."""
    folder = edition.path.resolve().parent
    used = {story.article.path.resolve() for page in edition.pages for story in page.stories}
    used |= {wish.story.article.path.resolve() for wish in edition.pool}
    files = (file for file in _files(folder) if file.resolve() not in used)
    found = (_spare(file, file.stat().st_mtime_ns) for file in files if file.is_file())
    return tuple(
        Spare(f"{file.relative_to(folder).as_posix()}", title, size) for file, title, size in filter(None, found)
    )


def _files(folder: Path) -> Iterator[Path]:
    found = sorted(path for path in folder.rglob("*.yaml") if not any(part.startswith(".") for part in path.parts[1:]))
    yield from (path for path in found[:_MOST] if not path.is_symlink())


@lru_cache(maxsize=1024)
def _spare(file: Path, _changed: int) -> tuple[Path, str, int] | None:
    root = read_nodes(file, ALL_KEYS, Faults(file.parent))
    known = names_of(ArticleKeys)
    if root is None or not {known.get(key) for key in root.entries} & {"headline", "body", "pictures", "notices"}:
        return None
    headline, body = (value_at(root, ArticleKeys, (name,)) for name in ("headline", "body"))
    title = meaning(headline) if headline is not None else file.stem
    text = str(body) if isinstance(body, nodes.Scalar) else ""
    return file, " ".join(title) if isinstance(title, list) else str(title), sum(not c.isspace() for c in text)
