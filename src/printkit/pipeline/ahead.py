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
from printkit.pipeline.jobs import Ended, forked, pipe_of, waited_for

try:
    import fcntl
except ImportError:  # a system without, which has no fork either: nothing is begun
    fcntl = None  # type: ignore[assignment]

READ, MEASURE, DRAW = "read", "measure", "draw"
"""What may be done so: an edition is read, then one page is measured, then drawn."""

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
    values: object = None
    """What the first of them was given."""

    def ask(self, values: object) -> None:
        self.values = values
        with contextlib.suppress(BrokenPipeError):  # it has ended: so it comes to nothing
            pickle.dump(values, self.given, pickle.HIGHEST_PROTOCOL)
            self.given.flush()

    def wait(self) -> Any:
        del self.steps[0]
        self.values = None
        try:
            pickle.load(self.answers)  # of our own process: that it has begun
            _, value, error = pickle.load(self.answers)
        except (EOFError, pickle.UnpicklingError):
            return self.end()
        if error:
            raise error
        return value

    def end(self) -> Ended:
        """End it, if it has not; return what ended it."""
        self.steps.clear()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            if (ended := waited_for(self.pid)).signal:
                return ended
        return Ended(signal.SIGKILL)


_begun: list[_Process] = []


def asked(name: str, values: object) -> Callable[[], Any] | None:
    """Let a step be done with some values; return what waits for it and returns what came of it or `Ended`.

    None where nobody helps, or where it has been begun with other values whose answer nobody has taken.
    """
    process = _begun[0] if _begun else None
    if process is None or process.steps[:1] != [name] or process.values not in (None, values):
        return None
    if process.values is None:
        process.ask(values)
    return process.wait


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
