"""Where the stories of an edition stood the last time, so that a small change leaves the others where they are.

In: an edition's file and what of it is meant (a page, the pool). Out: the last solutions, each with a digest of what it was found
for. They are kept beside the pictures' cache; a folder that cannot be written makes pages less steady, never wrong.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit import __version__
from printkit.store import Store, cache_folder

_KEPT = 8
"""Solutions of one page that are remembered: what is undone is found again."""

LARGEST = 8 * 2**20
"""Bytes that the folder may hold: some thousand pages, the last ones used."""


def places_folder() -> Path:
    """Return the user's cache folder for places."""
    return cache_folder() / "places"


@dataclass(frozen=True, slots=True)
class Solution:
    """Numbers by the stories' ids: a place, or a page; and the digest of what they were found for."""

    digest: str
    found: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Memory:
    """Solutions of earlier runs; None for a folder remembers nothing."""

    folder: Path | None = None
    may_keep: bool = True
    """Whether this run's solutions are remembered, too."""

    def recall(self, edition: Path, part: str) -> tuple[Solution, ...]:
        """Return the solutions of a part of an edition, the last one last; what is damaged is none."""
        data = Store(self.folder).read(_key(edition, part)) if self.folder else None
        with contextlib.suppress(ValueError, TypeError, AttributeError):
            return tuple(
                Solution(str(digest), {str(name): tuple(map(int, numbers)) for name, numbers in found.items()})
                for digest, found in json.loads(data or b"[]")
            )
        return ()

    def keep(self, edition: Path, part: str, solution: Solution) -> None:
        """Remember a solution as the last one."""
        if self.folder is None or not self.may_keep:
            return
        before = [one for one in self.recall(edition, part) if one.digest != solution.digest]
        kept = [(one.digest, one.found) for one in (*before, solution)][-_KEPT:]
        store = Store(self.folder)
        store.write(_key(edition, part), json.dumps(kept).encode())
        store.trim(LARGEST)


def _key(edition: Path, part: str) -> str:
    return hashlib.sha256(f"{os.path.realpath(edition)}\0{part}".encode()).hexdigest()


def digest_of(*what: object) -> str:
    """Return a digest of plain values, which name themselves wholly, and of the version that finds solutions for them."""
    return hashlib.sha256(repr((__version__, *what)).encode()).hexdigest()
