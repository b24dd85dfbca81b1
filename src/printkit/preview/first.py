"""The edition as another process reads it while this one loads what makes its pages: what reads is loaded there alone.

In: the edition's file. Out: the edition as it was read, if it is still so; whatever is wrong with it is told by the desk, which reads
it then.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from printkit.diagnostics import Diagnostic, PrintkitError
from printkit.limits import Limits
from printkit.pipeline.jobs import Ended, aside

if TYPE_CHECKING:  # the process that reads loads it before all else
    from printkit.model.edition import Edition

State = frozenset[tuple[Path, tuple[int, int]]]
"""Files, each with what changes when it is written."""


@dataclass(frozen=True, slots=True)
class First:
    """An edition as it was read when the desk began."""

    edition: "Edition"
    warnings: tuple[Diagnostic, ...]
    files: State
    began: int
    """When reading began, in nanoseconds."""

    @property
    def stands(self) -> bool:
        """Whether all files are as they were read."""
        return self.files == as_they_are(path for path, _ in self.files) and all(
            written < self.began for _, (_, written) in self.files
        )


FirstReader = Callable[[], First | None]


def not_read() -> None:
    """Return nothing: the edition is still to be read."""


@contextmanager
def read_aside(path: Path) -> Iterator[FirstReader]:
    """Have another process read an edition; offer what waits for it. No other thread may have begun yet."""
    if not hasattr(os, "fork"):
        yield not_read
        return
    limits = Limits.of_user()
    with aside(lambda: _read(path, limits), limits) as waited:

        def first() -> First | None:
            found = waited()
            return None if isinstance(found, Ended) else found

        yield first


def _read(path: Path, limits: Limits) -> First | None:
    """Read an edition; return None where that fails, for whatever reason."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk ends it
    from printkit.pipeline.reading import read

    began = time.time_ns()
    try:
        found, files = read(path, limits)
    except Exception:  # noqa: BLE001  # the desk reads it again, and tells what is wrong
        return None
    return None if isinstance(found, PrintkitError) else First(*found, as_they_are(files), began)


def as_they_are(files: Iterable[Path]) -> State:
    """Return files with what changes when they are written; zeros of one that is not there, and of a folder: it is no content."""

    def state(path: Path) -> tuple[int, int]:
        try:
            told = path.stat()
        except OSError:
            return 0, 0
        return (told.st_size, told.st_mtime_ns) if S_ISREG(told.st_mode) else (0, 0)

    return frozenset((path, state(path)) for path in files)
