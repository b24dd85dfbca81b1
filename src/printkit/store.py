"""What was once made, kept on disk by what it was made from.

The name of an entry is a SHA-256 of everything that decided its content, so nothing ever goes stale and nothing needs a
lock: writers put a whole file in place by a rename, and two that make the same entry write the same. An entry begins with
the SHA-256 of its content; one that is damaged counts as missing. A folder that cannot be written makes builds slower,
never wrong.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from printkit.gate import read_file

_DIGEST = 32
_LARGEST = 1 << 30
"""Bytes of an entry."""


def cache_folder() -> Path:
    """Return the user's cache folder for printkit; `XDG_CACHE_HOME` moves it."""
    return Path(platformdirs.user_cache_path("printkit", appauthor=False))


@dataclass(frozen=True, slots=True)
class Store:
    """Keeps bytes in a folder, which is made at the first of them."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """Return what is kept under a name; None where nothing whole is."""
        place = self._place(key)
        try:
            stored = read_file(place, largest=_LARGEST)
            os.utime(place)
        except OSError:
            return None
        digest, content = stored[:_DIGEST], stored[_DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else None

    def has(self, key: str) -> bool:
        """Say whether something is kept under a name, as it seems."""
        return os.path.exists(self._place(key))  # noqa: PTH110  # a folder that may not be looked into is no fault

    def write(self, key: str, content: bytes) -> None:
        """Keep bytes under a name, where the folder can be written."""
        import tempfile  # needs what no reader needs

        place = self._place(key)
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=".making-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest())
                    file.write(content)
                Path(name).replace(place)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def size(self) -> tuple[int, int]:
        """Return how many entries there are, and their bytes."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def trim(self, largest: int) -> None:
        """Remove the longest unused entries until the folder holds no more than `largest` bytes."""
        with contextlib.suppress(OSError):
            entries = sorted(self._entries())
            total = sum(size for _, size, _ in entries)
            for _, size, path in entries:
                if total <= largest:
                    break
                path.unlink(missing_ok=True)
                total -= size

    def clear(self) -> None:
        """Remove every entry."""
        self.trim(0)

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(FileNotFoundError):  # another run has removed it
                found = path.stat()
                yield found.st_mtime_ns, found.st_size, path
