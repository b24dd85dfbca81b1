"""The gate for files: what others' names and links lead to is read here, or not at all.

It says, too, whether files are as they were.

In: a path, and the folders that hold what may be read. Out: the file's content. Links are resolved before folders are compared;
what is no ordinary file (a pipe, a device, a socket) is never waited for; what is too large is not read.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LARGEST = 256 * 1024 * 1024
"""Bytes of a file. The largest advertisements of a broadsheet page in 300 ppi, not compressed, have 90 million."""

State = frozenset[tuple[Path, tuple[int, int]]]
"""Files, each with what changes when it is written."""

PAPER = "paper.yaml"
_FARTHEST = 6
"""Folders above a file in which its paper is looked for."""


def paper_folder(path: Path) -> Path | None:
    """Return the folder of the paper that a file belongs to: the nearest above it with a paper.yaml."""
    above = path.absolute().parents[:_FARTHEST]
    return next((folder.resolve() for folder in above if (folder / PAPER).is_file()), None)


def real(path: Path) -> Path:
    """Return the path that links lead to; of a ring of links, which is no file, a path in it."""
    return Path(os.path.realpath(path))


def see_way(path: Path, folder: Path | None = None) -> None:
    """See that no link leads a path out of the folder that has it by its name: a given one, else the paper's, if it is in one.

    Raises:
        OSError: one does.
    """
    inside = real(folder) if folder else paper_folder(Path(os.path.normpath(path.absolute())))
    if inside and not real(path).is_relative_to(inside):
        raise OSError(errno.EACCES, f"{path} leads out of {folder or inside} by a link", str(path))


@contextmanager
def not_deep(folder: Path) -> Iterator[None]:
    """Tell a folder whose folders lie deeper in one another than can be gone through.

    Raises:
        OSError: they do.
    """
    try:
        yield
    except RecursionError as error:
        raise OSError(
            errno.ENAMETOOLONG, f"the folders in {folder} lie too deep in one another", str(folder)
        ) from error


def read_file(path: Path, folders: Sequence[Path] = (), largest: int = LARGEST) -> bytes:
    """Return the content of an ordinary file; with `folders`, resolved, of one that lies in one of them.

    Raises:
        OSError: there is none, it lies elsewhere, it is no ordinary file, or it is larger than `largest` bytes.
    """
    place = real(path)
    if folders and not any(place.is_relative_to(folder) for folder in folders):
        raise OSError(errno.EACCES, "it lies outside the paper's folder, or the site's", str(path))
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        opened = os.fdopen(handle, "rb")
    except OSError as error:  # a folder
        os.close(handle)
        raise OSError(error.errno, error.strerror, str(path)) from error  # which names the handle
    with opened as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        data = file.read(largest + 1) if found.st_size <= largest else b""
    if len(data) > largest or found.st_size > largest:
        raise OSError(errno.EFBIG, f"it is larger than {largest >> 20} MiB", str(path))
    return data


def as_they_are(files: Iterable[Path]) -> State:
    """Return files with what changes when they are written; zeros of one that is not there, and of a folder: it is no content."""

    def state(path: Path) -> tuple[int, int]:
        try:
            told = path.stat()
        except OSError:
            return 0, 0
        return (told.st_size, told.st_mtime_ns) if stat.S_ISREG(told.st_mode) else (0, 0)

    return frozenset((path, state(path)) for path in files)
