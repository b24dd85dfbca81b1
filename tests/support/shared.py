"""What a session builds once for all its workers: whoever comes first makes it, and from then on it is only read."""

from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


class Shared:
    """A folder that the workers of a session have in common."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it may not be there yet."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def cache(self) -> Path:
        """The cache of what fixtures of many tests make."""
        return self._folder / "cache"

    def made(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of that name, after `make` has filled it for the first who asks; the others wait for it."""
        place, done = self._folder / name, self._folder / f"{name}.done"
        with FileLock(self._folder / f"{name}.lock"):
            if not done.exists():
                make(place)
                done.touch()
        return place
