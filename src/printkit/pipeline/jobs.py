"""The same work on many pieces, shared out to forked processes; what comes back is the same for any number of them.

In: a function and how many pieces it is for. Out: for each piece what the function returned. The processes are forked for
one round of work, so that they know all that was made before it; they take numbers from one pipe and leave what they made
in files that the parent reads at the end; the parent works too. After some pieces others relieve them, which share all with the
parent again: whoever uses a value writes to it, and has it alone from then on. Or one other process does some work aside.
"""

import contextlib
import gc
import io
import mmap
import os
import pickle
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import IO, Any, TypeVar

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, SourceRef
from printkit.limits import DEFAULT, Limits, hold_files, noted_place, of_signal, share_place, shared_page

T = TypeVar("T")

_WIDTH = 4
"""Bytes of a number in the pipe."""

_SHIFT, _SHIFTS = 16, 8
"""Pieces after which a worker is relieved, about; and how often at most, if they are not too many for one pipe."""

_PAGE = Say("page", "本版")

_ROOM = 10_000
"""Pieces whose numbers are in the pipe at once: it holds 64 KiB, and nobody reads before all are in."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What is left of a piece whose worker died of it: the signal that ended it, and the file that it was at, if that is known."""

    signal: int
    at: SourceRef | None = None

    def told(self, limits: Limits, where: SourceRef | None, what: Say = _PAGE) -> PrintkitError:
        """Tell what ended it, at the file that it was at, else at the place of the piece; `what` the piece is."""
        if over := of_signal(limits, self.signal, self.at or where):
            return InputError([over])
        message = Say(f"the process that made this {what.en} was ended from outside", f"制作{what.zh}的进程被外部终止")
        hint = Say("was there too little memory? `--jobs 1` takes the least", "是否内存不足？`--jobs 1` 占用最少")
        return PrintkitError([Diagnostic("internal.worker-ended", message, hint=hint)])


def cores() -> int:
    """Return how many processes of this machine may work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(
    work: Callable[[int], T], count: int, jobs: int, begun: Callable[[int], None], limits: Limits = DEFAULT
) -> Iterator[T | Ended]:
    """Yield what `work` returns for each of the numbers below `count`, in order; what ended a worker that died of it.

    Args:
        work: returns what can be pickled.
        count: of the pieces.
        jobs: how many processes work, this one among them; where there is no fork, or one piece, this one alone does.
        begun: is told of pieces when this process begins them.
        limits: what the kernel holds each worker to.
    """
    if min(jobs, count) < 2 or not hasattr(os, "fork"):
        with _left_alone():
            for number in range(count):
                begun(number)
                yield work(number)
        return
    with _round(work, count, jobs, begun, limits) as found:
        number = 0
        for done, value in found:
            yield from (Ended(signal.SIGKILL) for _ in range(number, done))  # nobody came to begin them
            yield value
            number = done + 1
        yield from (Ended(signal.SIGKILL) for _ in range(number, count))


@contextlib.contextmanager
def aside(work: Callable[[], T], limits: Limits = DEFAULT) -> Iterator[Callable[[], T | Ended]]:
    """Have another process do some work; offer what waits for it and returns, or raises, what came of it.

    Where there is no fork the work is done when it is waited for.
    """
    if not hasattr(os, "fork"):
        yield work
        return
    number = pipe_of([0])
    out, into = os.pipe()
    ended: list[Ended] = []

    def begun(_: int) -> T:
        os.close(out)  # what is written breaks off when nobody reads it any more
        return work()

    with os.fdopen(out, "rb") as answer, os.fdopen(into, "wb") as kept:
        pid = forked(begun, number, kept, limits)
        os.close(number)
        kept.close()

        def waited() -> T | Ended:
            told = answer.read()
            ended.append(waited_for(pid))
            found: dict[int, T | Ended] = dict(_read(io.BytesIO(told), ended[0]))
            return found.get(0, Ended(signal.SIGKILL))

        try:
            yield waited
        finally:
            if not ended:
                os.kill(pid, signal.SIGKILL)
                waited_for(pid)


@contextlib.contextmanager
def _round(
    work: Callable[[int], T], count: int, jobs: int, begun: Callable[[int], None], limits: Limits
) -> Iterator[Iterator[tuple[int, T | Ended]]]:
    """Offer what came of some pieces, by their numbers and in their order; what others made is read when it is asked for."""
    workers: dict[int, IO[bytes]] = {}
    ended: set[int] = set()
    found: dict[int, T | Ended] = {}
    pieces = min(max(_SHIFT * jobs, -(-count // _SHIFTS)), _ROOM)
    try:
        with _left_alone() as is_ours:
            for start in range(0, count, pieces):
                if is_ours and start:
                    gc.collect()
                    gc.freeze()
                shift = range(start, min(start + pieces, count))
                with _open(pipe_of(shift)) as numbers:
                    for _ in range(min(jobs, len(shift)) - 1):
                        kept: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed when all is read
                        workers[forked(work, numbers, kept, limits)] = kept
                    for number in _taken(numbers):
                        begun(number)
                        found[number] = work(number)
        made: list[Iterator[tuple[int, T | Ended]]] = [((number, found.pop(number)) for number in sorted(found))]
        for pid, kept in workers.items():
            made.append(_read(kept, waited_for(pid)))
            ended.add(pid)
        yield merge(*made, key=itemgetter(0))
    except BaseException:
        for pid in workers.keys() - ended:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                waited_for(pid)
        raise
    finally:
        for kept in workers.values():
            kept.close()


@contextlib.contextmanager
def _open(pipe: int) -> Iterator[int]:
    try:
        yield pipe
    finally:
        os.close(pipe)


_LEFT: list[bool] = []
"""Whether all that there was is left alone already: Python counts it one by one, for 30 ms where there is much."""


@contextlib.contextmanager
def _left_alone() -> Iterator[bool]:
    """Let all that there is be, where pieces of work look for garbage: only among what is new is there any.

    Who looks at an object writes to it, too, and no process would share it any more. Who called may have done so already.
    """
    if not gc.isenabled() and not _LEFT and gc.get_freeze_count():
        _LEFT.append(True)  # for good
    is_ours = not gc.isenabled() and not _LEFT
    if is_ours:
        gc.freeze()
        _LEFT.append(True)
    try:
        yield is_ours
    finally:
        if is_ours:
            _LEFT.clear()
            gc.unfreeze()


def pipe_of(numbers: Iterable[int]) -> int:
    """Return the end of a pipe that some numbers are taken from."""
    out, into = os.pipe()
    os.write(into, b"".join(number.to_bytes(_WIDTH, "big") for number in numbers))
    os.close(into)
    return out


def _taken(numbers: int) -> Iterator[int]:
    """Take numbers from the pipe, which others read too, until it is empty."""
    while number := os.read(numbers, _WIDTH):
        yield int.from_bytes(number, "big")


_PLACES: dict[int, mmap.mmap] = {}
"""Where each worker notes what it is at."""


def waited_for(pid: int) -> Ended:
    """Wait for a worker to end; return what ended it, no signal (0) where it had done everything."""
    place = _PLACES.pop(pid, None)
    return Ended(os.WTERMSIG(os.waitpid(pid, 0)[1]), noted_place(place) if place else None)


def forked(work: Callable[[int], Any], numbers: int, kept: IO[bytes], limits: Limits) -> int:
    """Begin a worker and return its process; it ends with its parent, after the piece that it is at."""
    parent, place = os.getpid(), shared_page()
    with warnings.catch_warnings():
        # Threads of whoever called (a test's, a server's) are not the worker's: it uses nothing that they may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        _PLACES[pid] = place
        return pid
    try:
        hold_files(limits)
        share_place(place)  # the parent waits for it and tells what the kernel ended, whoever called
        for number in _taken(numbers):
            if os.getppid() != parent:
                break
            pickle.dump((number, None, None), kept, pickle.HIGHEST_PROTOCOL)
            kept.flush()
            told: tuple[int, Any, Exception | None]
            try:
                told = number, work(number), None
            except Exception as error:  # noqa: BLE001  # a fault of ours: the parent raises it
                told = number, None, error
            pickle.dump(told, kept, pickle.HIGHEST_PROTOCOL)
            kept.flush()
    finally:
        os._exit(0)


def _read(kept: IO[bytes], ended: Ended) -> Iterator[tuple[int, Any]]:
    """Read what a worker left: what came of each piece, in order, and of one that it died of what ended it.

    Raises:
        Exception: what its work raised.
    """
    kept.seek(0)
    begun: list[int] = []
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            begun.append(pickle.load(kept)[0])  # of our own process, in a file without a name
            number, value, error = pickle.load(kept)
            if error:
                raise error
            begun.clear()
            yield number, value
    yield from ((number, ended) for number in begun)
