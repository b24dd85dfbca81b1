"""What a disk does to a run: at one of its steps the process is killed, or from one on the disk is full.

A step is whatever changes a file or a folder below a place: made, opened for writing, written to, renamed, removed. Each run is
a forked process, whose steps are counted by an audit hook and by what it writes to; the kill is the system's own (SIGKILL),
the file that is being written stays torn, and nothing depends on how long anything takes.
"""

import builtins
import errno
import io
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_CHANGES = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """Steps below a place, and what happens at one of them."""

    def __init__(
        self, place: Path, *, killed_at: int = -1, full_from: int = -1, meets: tuple[int, int] | None = None
    ) -> None:
        """Count from 0; -1 is never. At the first step of two that meet, each waits for the other's."""
        self._meets = meets
        self._place = f"{place}{os.sep}"
        self._killed_at, self._full_from = killed_at, full_from
        self.steps = 0

    def _step(self, tear: Callable[[], object] = lambda: None) -> None:
        number, self.steps = self.steps, self.steps + 1
        if number == 0 and self._meets:
            os.write(self._meets[1], b".")
            os.read(self._meets[0], 1)
        if number == self._killed_at:
            tear()
            os.kill(os.getpid(), signal.SIGKILL)
        if 0 <= self._full_from <= number:
            tear()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        """Count an event of the system's; what only takes away is possible on a full disk, too."""
        changes = args[2] & _WRITES if event == "open" else event in _CHANGES
        if not changes or not isinstance(args[0], str | os.PathLike):
            return
        if os.fspath(args[0]).startswith(self._place):
            if event in ("os.remove", "os.rmdir", "os.rename") and self._full_from >= 0:
                return
            self._step()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Count what is written to files below the place."""
        real = io.open

        def opened(file: Any, mode: str = "r", *args: Any, **given: Any) -> Any:
            made = real(file, mode, *args, **given)
            is_ours = isinstance(file, str | os.PathLike) and os.fspath(file).startswith(self._place)
            return _Written(made, self._step) if is_ours and set(mode) & set("wax+") else made

        io.open = builtins.open = opened
        try:
            yield
        finally:
            io.open = builtins.open = real


class _Written:
    """A file each of whose writes is a step; half of it stands there where that fails."""

    def __init__(self, file: Any, step: Callable[[Callable[[], object]], None]) -> None:
        self._file, self._step = file, step

    def write(self, data: Any) -> Any:
        def tear() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        self._step(tear)
        return self._file.write(data)

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def on(disk: Disk, work: Callable[[], Any]) -> tuple[Any, int]:
    """Do some work in a process of its own on a disk; return what came of it (None where it was killed) and its steps."""
    return _ended(*_begun(disk, work))


def at_once(place: Path, *works: Callable[[], Any]) -> list[Any]:
    """Do two pieces of work in processes of their own, neither of which changes anything before the other is about to."""
    first, second = os.pipe(), os.pipe()
    ends = (first[0], second[1]), (second[0], first[1])
    begun = [_begun(Disk(place, meets=meets), work) for meets, work in zip(ends, works, strict=True)]
    made = [_ended(*one)[0] for one in begun]
    for end in (*first, *second):
        os.close(end)
    return made


def _begun(disk: Disk, work: Callable[[], Any]) -> tuple[int, int]:
    out, into = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(out)
            sys.addaudithook(disk.hook)
            with disk.writing():
                made = work()
            with os.fdopen(into, "wb") as told:
                pickle.dump((made, disk.steps), told)
        except BaseException as error:  # noqa: BLE001  # told by the parent
            with os.fdopen(into, "wb") as told:
                pickle.dump((error, disk.steps), told)
        finally:
            os._exit(0)
    os.close(into)
    return pid, out


def _ended(pid: int, out: int) -> tuple[Any, int]:
    with os.fdopen(out, "rb") as told:
        data = told.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None, -1
    made, steps = pickle.loads(data)  # of our own process
    if isinstance(made, BaseException):
        raise made
    return made, steps
