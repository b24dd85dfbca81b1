"""The desk's first page, halves of it made by another process: while this one loads its part, that one reads, measures and draws.

In: the edition's file. Out: the edition as it was read, if it is still so; whatever is wrong with it is told by the desk, which reads
it then. The run finds the process where it measures the first page, and where it draws it (`pipeline.ahead`).
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.diagnostics import Diagnostic, PrintkitError
from printkit.gate import State, as_they_are
from printkit.limits import Limits
from printkit.pipeline import reading
from printkit.pipeline.ahead import DRAW, MEASURE, READ, Step, asked, begun
from printkit.pipeline.jobs import Ended, cores
from printkit.pipeline.kept import Kept, default_folder

if TYPE_CHECKING:  # the process that reads loads it before all else
    from printkit.model.edition import Edition


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


_OPENED = "opened"

FirstReader = Callable[[], First | None]


def not_read() -> None:
    """Return nothing: the edition is still to be read."""


@contextmanager
def helped(path: Path) -> Iterator[FirstReader]:
    """Have another process read an edition and help with its first page, where two may work; offer what waits for the edition.

    It is there as long as the block lasts: a process that is forked within would ask it, too. No other thread may have begun yet.
    """
    if cores() < 2 or not hasattr(os, "fork"):
        yield not_read
        return
    limits = Limits.of_user()

    def first() -> First | None:
        found = answer() if (answer := asked(READ, path)) else None
        return None if isinstance(found, Ended) else found

    steps = [Step(READ, reading.load, lambda path: _read(path, limits))]
    if not was_open(Kept(default_folder()), path):
        steps.extend(_of_first_page(limits))
    with begun(steps, limits):
        asked(READ, path)
        yield first


def _of_first_page(limits: Limits) -> tuple[Step, Step]:
    # What both processes need is loaded before they part.
    from printkit.pipeline.draw import drawn_apart, load
    from printkit.pipeline.measure import measured_apart

    return (
        Step(MEASURE, load, lambda values: measured_apart(values, limits)),
        Step(DRAW, load, lambda values: drawn_apart(values, limits)),
    )


def was_open(kept: Kept, path: Path) -> bool:
    """Say whether an edition was once at work here: most of its pages are kept, and what measures and draws is not loaded."""
    return kept.was_kept(kept.key(_OPENED, str(path)))


def keep_opened(kept: Kept, path: Path) -> None:
    """Keep in mind that an edition was at work here, and all its pages made."""
    kept.keep(kept.key(_OPENED, str(path)), True, frozenset())
    kept.settle()


def _read(path: Path, limits: Limits) -> First | None:
    """Read an edition; return None where that fails, for whatever reason."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the desk ends it
    began = time.time_ns()
    try:
        found, files = reading.read(path, limits)
    except Exception:  # noqa: BLE001  # the desk reads it again, and tells what is wrong
        return None
    return None if isinstance(found, PrintkitError) else First(*found, as_they_are(files), began)
