"""Pictures once made, kept on disk by what they were made from.

The name of an entry is the SHA-256 of the file's bytes, the settings and the versions of the libraries, so nothing ever
goes stale and nothing needs a lock: writers put a whole file in place by a rename, and two that make the same entry write
the same bytes. An entry begins with the SHA-256 of its content; one that is damaged counts as missing. A folder that
cannot be written makes builds slower, never wrong.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
import pypdfium2
from PIL import __version__, features

from printkit import __version__ as own_version

LARGEST = 512 * 1024 * 1024
"""Bytes that the folder may hold: about a month of a daily paper's pictures. The longest unused go first."""
_DIGEST = 32
_MAKER = "1"
"""Counts up when the same picture, settings and libraries would give other bytes than before."""


def user_folder() -> Path:
    """Return printkit's part of the user's cache folder."""
    return platformdirs.user_cache_path("printkit", appauthor=False)


def default_folder() -> Path:
    """Return the user's cache folder for pictures; `XDG_CACHE_HOME` moves it."""
    return user_folder() / "pictures"


@dataclass(slots=True, unsafe_hash=True)
class PictureCache:
    """Keeps made pictures in a folder, or nothing at all where it is None; two of one folder are equal."""

    folder: Path | None
    """It is made at the first picture."""
    hits: int = field(default=0, init=False, compare=False)
    misses: int = field(default=0, init=False, compare=False)

    def get(self, data: bytes, settings: str, make: Callable[[], bytes]) -> bytes:
        """Return what was made of a file's bytes with some settings; make it where it is not there."""
        if self.folder is None:
            self.misses += 1
            return make()
        key = hashlib.sha256(f"{_versions()}\0{settings}\0".encode() + hashlib.sha256(data).digest()).hexdigest()
        place = self.folder / key[:2] / key
        kept = read_entry(place)
        if kept is not None:
            self.hits += 1
            return kept
        self.misses += 1
        made = make()
        with contextlib.suppress(OSError):
            write_entry(place, made)
        return made

    def trim(self, largest: int = LARGEST) -> None:
        """Remove the longest unused entries until the folder holds no more than `largest` bytes."""
        if self.folder is None or not self.misses:
            return
        with contextlib.suppress(OSError):
            entries = [
                (found.st_mtime_ns, found.st_size, path) for path in self.folder.glob("*/*") for found in [path.stat()]
            ]
            total = sum(size for _, size, _ in entries)
            for _, size, path in sorted(entries):
                if total <= largest:
                    break
                path.unlink(missing_ok=True)
                total -= size


def _versions() -> str:
    libraries = (features.version(name) for name in ("jpg", "zlib", "webp", "libtiff"))
    parts = (
        own_version,
        _MAKER,
        __version__,
        features.version("littlecms2"),
        pypdfium2.version.PYPDFIUM_INFO,
        *libraries,
    )
    return "/".join(str(part) for part in parts)


def read_entry(place: Path) -> bytes | None:
    """Return the content of an entry; None where there is none, or it is damaged."""
    try:
        stored = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    digest, content = stored[:_DIGEST], stored[_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def write_entry(place: Path, content: bytes) -> None:
    """Put a whole entry in place, by a rename.

    Raises:
        OSError: the folder cannot be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".making-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
