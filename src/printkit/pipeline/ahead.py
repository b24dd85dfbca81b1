"""A process that is begun before it is known what for: it loads what a run will need while the run finds out.

In: what it will do, step by step. Out: in the run, for each step when its turn has come, what hands its values over and
waits for what came of them. Where no process was begun there is no such thing, and the run does the work itself.
"""

import contextlib
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from printkit.limits import Limits
from printkit.pipeline.jobs import Ended, forked, pipe_of

try:
    import fcntl
except ImportError:  # a system without, which has no fork either: nothing is begun
    fcntl = None  # type: ignore[assignment]

READ, DRAW = "read", "draw"
"""What may be done so: an edition is read, then one page is drawn."""

_LARGE = 2**20
"""Bytes of an answer that the process need not wait with until somebody takes them: an edition of many pages."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with the values that are handed over, and what is loaded for it before."""

    name: str
    ready: Callable[[], object]
    work: Callable[[Any], object]


@dataclass(slots=True)
class _Process:
    pid: int
    given: IO[bytes]
    answers: IO[bytes]
    steps: list[str]
    """Those whose answers nobody has taken."""
    is_asked: bool = False
    """Whether the first of them has been given its values."""

    def ask(self, values: object) -> None:
        self.is_asked = True
        with contextlib.suppress(BrokenPipeError):  # it has ended: so it comes to nothing
            pickle.dump(values, self.given, pickle.HIGHEST_PROTOCOL)
            self.given.flush()

    def hand(self, values: object) -> Any:
        if not self.is_asked:
            self.ask(values)
        del self.steps[0]
        self.is_asked = False
        try:
            pickle.load(self.answers)  # of our own process: that it has begun
            _, value, error = pickle.load(self.answers)
        except (EOFError, pickle.UnpicklingError):
            return Ended(self.end())
        if error:
            raise error
        return value

    def end(self) -> int:
        """End it, if it has not; return the signal that ended it."""
        self.steps.clear()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            return os.WTERMSIG(os.waitpid(self.pid, 0)[1]) or signal.SIGKILL
        return signal.SIGKILL


_begun: list[_Process] = []


def helper(name: str) -> Callable[[object], Any] | None:
    """Return what hands over the values of a step, waits, and returns what came of them or `Ended`; None where nobody helps."""
    return _begun[0].hand if _begun and _begun[0].steps[:1] == [name] else None


def ask(name: str, values: object) -> None:
    """Let a step be begun, if somebody helps; its `helper` is to be given the same values."""
    if helper(name):
        _begun[0].ask(values)


@contextlib.contextmanager
def begun(steps: Sequence[Step], limits: Limits) -> Iterator[None]:
    """Have a process make itself ready for some steps, one after the other, as long as the block lasts.

    Args:
        steps: what it does; a step that is never asked for keeps the later ones from being done.
        limits: what the kernel holds the process to.
    """
    asked, ask = os.pipe()
    answers, into = os.pipe()
    with contextlib.suppress(AttributeError, OSError):  # Linux's alone, and up to what the system allows
        fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, _LARGE)  # type: ignore[attr-defined,unused-ignore]

    def work(number: int) -> object:
        if not number:
            os.close(ask)  # it ends when nobody can ask any more
            os.close(answers)
        steps[number].ready()
        return steps[number].work(pickle.load(told))  # of our own process

    numbers = pipe_of(range(len(steps)))
    with os.fdopen(asked, "rb") as told, os.fdopen(into, "wb") as kept:
        process = forked(work, numbers, kept, limits)
    os.close(numbers)
    with os.fdopen(ask, "wb") as given, os.fdopen(answers, "rb") as taken:
        _begun[:] = [_Process(process, given, taken, [step.name for step in steps])]
        try:
            yield
        finally:
            _begun.pop().end()
            with contextlib.suppress(BrokenPipeError):
                given.close()
