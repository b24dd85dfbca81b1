"""`printkit cache`: what earlier runs have left in the user's cache folder, and how to be rid of it."""

from dataclasses import dataclass
from pathlib import Path

from printkit.pipeline import memory
from printkit.pipeline.kept import largest
from printkit.store import Store, cache_folder


@dataclass(frozen=True, slots=True)
class Room:
    """One folder of the cache: what it is for, how many files it has, their bytes, and how many it may have."""

    name: str
    folder: str
    files: int
    bytes: int
    largest: int


def rooms() -> list[Room]:
    """Tell of each folder of the cache."""
    from printkit.pictures.cache import LARGEST  # loads what reads pictures

    limits = {"pages": largest(), "editions": largest(), "pictures": LARGEST, "places": memory.LARGEST}
    folders = {name: cache_folder() / name for name in limits}
    return [Room(name, str(folder), *Store(folder).size(), limits[name]) for name, folder in folders.items()]


def clear() -> None:
    """Remove everything that is kept; the next run makes it anew."""
    for room in rooms():
        Store(Path(room.folder)).clear()
