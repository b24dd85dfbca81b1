"""Pictures once made, kept in a `Store` by the file's bytes, the settings and the versions of the libraries."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import __version__, features

from printkit import __version__ as own_version
from printkit.store import Store, cache_folder

LARGEST = 512 * 1024 * 1024
"""Bytes that the folder may hold: about a month of a daily paper's pictures. The longest unused go first."""
_MAKER = "2"
"""Counts up when the same picture, settings and libraries would give other bytes than before."""


def default_folder() -> Path:
    """Return the user's cache folder for pictures."""
    return cache_folder() / "pictures"


@dataclass(slots=True, unsafe_hash=True)
class PictureCache:
    """Keeps made pictures in a folder, or nothing at all where it is None; two of one folder are equal."""

    folder: Path | None
    """It is made at the first picture."""
    hits: int = field(default=0, init=False, compare=False, repr=False)
    misses: int = field(default=0, init=False, compare=False, repr=False)

    def get(self, data: bytes, settings: str, make: Callable[[], bytes]) -> bytes:
        """Return what was made of a file's bytes with some settings; make it where it is not there."""
        if self.folder is None:
            self.misses += 1
            return make()
        store = Store(self.folder)
        key = hashlib.sha256(f"{_versions()}\0{settings}\0".encode() + hashlib.sha256(data).digest()).hexdigest()
        kept = store.read(key)
        if kept is not None:
            self.hits += 1
            return kept
        self.misses += 1
        made = make()
        store.write(key, made)
        return made

    def trim(self, largest: int = LARGEST) -> None:
        """Remove the longest unused entries until the folder holds no more than `largest` bytes."""
        if self.folder and self.misses:
            Store(self.folder).trim(largest)


def _versions() -> str:
    import pypdfium2  # it takes longer to load than any picture that is kept

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
