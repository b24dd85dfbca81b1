"""One run at a time in a folder: a lock that the system itself opens when its holder ends, however it ends.

In: the lock's file. Out: a block in which no other run holds it. The lock is flock(2)'s and goes with the open file, so
that the file of a killed holder is only a name; what stands in it, the holder's process, is for people to read.
"""

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from printkit.gate import read_file

try:
    import fcntl
except ImportError:  # a system without: as on those disks below
    fcntl = None  # type: ignore[assignment]

_CANNOT = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.EBADF})
"""What some network disks answer, which have no locks: there a run goes on alone with its luck, as it always did."""


_LONGEST = 100
"""Bytes of a lock's file."""
_TRIES = 100
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class Holder:
    """The run at work, as far as it could tell: its process, and since when by the clock (``23:40``)."""

    process: str = "?"
    since: str = "?"


@contextlib.contextmanager
def alone(path: Path, waiting: Callable[[Holder], None]) -> Iterator[None]:
    """Hold a lock for a block; its folder is made, and goes again with the lock's file if nothing was put there.

    Args:
        path: the lock's file.
        waiting: told who holds the lock. When it returns, the lock is waited for; what it raises ends the wait.

    Raises:
        OSError: the folder cannot be made, or takes no file.
    """
    made: list[Path] = []
    try:
        handle = _taken(path, waiting, made)
        try:
            with contextlib.suppress(OSError):  # a full disk, or a file of another user: the lock holds without it
                if os.fstat(handle).st_nlink == 1:  # else another name's content would be lost
                    os.ftruncate(handle, 0)
                    os.write(handle, f"{os.getpid()}\n".encode())
            yield
        finally:
            if fcntl is None:  # such systems remove no file that is open, and the name is no lock there
                os.close(handle)
                path.unlink(missing_ok=True)
            else:
                try:
                    path.unlink(missing_ok=True)
                finally:
                    os.close(handle)
    finally:
        for folder in made:
            with contextlib.suppress(OSError):  # it holds something now
                folder.rmdir()


def _taken(path: Path, waiting: Callable[[Holder], None], made: list[Path]) -> int:
    """Return the open file of the lock, held; the folders that it took are added to `made`, the innermost first."""
    left = _TRIES
    while True:
        missing = [folder for folder in path.parents if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        made[:0] = (folder for folder in missing if folder not in made)
        try:
            handle = _opened(path)
        except FileNotFoundError:
            left -= 1
            if not left:  # a folder that takes no file, such as those that a system makes of its own state
                raise
            continue  # another run has just taken the folder away again
        try:
            _lock(handle, path, waiting)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass  # as below
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # its holder removed the file, as one does who is done: the lock is that of another file now


def _opened(path: Path) -> int:
    if path.is_symlink():  # no run's: whatever it leads to stays
        path.unlink(missing_ok=True)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
    except PermissionError as refused:
        try:
            return os.open(path, os.O_RDONLY | _NO_LINK)  # left by another user's run; to lock it, reading is enough
        except FileNotFoundError:
            if os.access(path.parent, os.W_OK):
                raise  # that run has just taken it away
            raise refused from None  # there is none, and none may be made here


def _lock(handle: int, path: Path, waiting: Callable[[Holder], None]) -> None:
    if fcntl is None:
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting(_holder(path))
            fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def _holder(path: Path) -> Holder:
    try:
        process = read_file(path, largest=_LONGEST).decode().strip()
        return Holder(process or "?", time.strftime("%H:%M", time.localtime(path.stat().st_mtime)))
    except (OSError, ValueError):
        return Holder()
