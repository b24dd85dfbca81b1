"""Work in processes that are begun anew: they know nothing of this one, and end with it, however it ends.

In: a function of a module and what it is given, all of which can be pickled. Out: what it returned, or what ended its process.
Whole editions are built so, whose memory goes with the process; and pages, on systems that have no fork.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from printkit.diagnostics import ExitCode
from printkit.limits import share_place
from printkit.pipeline.jobs import Ended

T = TypeVar("T")
V = TypeVar("V")


class Worker:
    """A process that does one piece of work after the other; it is begun with the first."""

    def __init__(self) -> None:
        """Begin with no process."""
        self._process: subprocess.Popen[bytes] | None = None

    def done(self, work: Callable[[], T]) -> T | Ended:
        """Have a piece of work done and wait for it; the next one has another process where this one was ended.

        Raises:
            Exception: what the work raised.
        """
        self._process = process = self._process or _begun()
        told: tuple[Any, Exception | None]
        try:
            with suppress(BrokenPipeError):
                pickle.dump(pickle.dumps(work), process.stdin)  # type: ignore[arg-type]
                process.stdin.flush()  # type: ignore[union-attr]  # and left open: it ends with us
            told = pickle.load(process.stdout)  # type: ignore[arg-type]  # of our own process
        except (EOFError, pickle.UnpicklingError):
            self.end()
            return Ended(max(0, -process.returncode))
        if told[1]:
            raise told[1]
        return told[0]  # type: ignore[no-any-return]  # of the work, through a pipe

    def end(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process:
            process.kill()
            with process:
                pass


def _begun() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", f"from {__name__} import answer; answer()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for who waits, and ends it
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def spawned_out(
    work: Callable[[V], T], values: Sequence[V], jobs: int, begun: Callable[[int], None]
) -> Iterator[T | Ended]:
    """Yield what `work` returns for each of some values, in order; what ended a process that died of it.

    Args:
        work: a function that can be pickled.
        values: so can these.
        jobs: how many processes work; this one waits for them.
        begun: is told of pieces when they have their turn.
    """
    workers = [Worker() for _ in range(min(jobs, len(values)))]
    free: SimpleQueue[Worker] = SimpleQueue()

    def done(value: V) -> T | Ended:
        worker = free.get()
        try:
            return worker.done(partial(work, value))
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(max(1, len(workers)))
    try:
        for worker in workers:
            free.put(worker)
        for number, made in enumerate(pool.map(done, values)):
            begun(number)
            yield made
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()


def answer() -> None:
    """Do the work that standard input asks for, a piece after the other; what comes of it goes to standard output.

    Standard input stays open as long as somebody waits: where it ends, so does this process.
    """
    gc.disable()
    share_place()  # the kernel may end this process: somebody tells of it
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    asked: SimpleQueue[bytes] = SimpleQueue()

    def hear() -> None:
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                asked.put(pickle.load(sys.stdin.buffer))  # of the process that began this one
        os._exit(int(ExitCode.INTERNAL))

    Thread(target=hear, daemon=True).start()
    while True:
        said.write(_answer(asked.get()))
        said.flush()
        gc.collect()


def _answer(asked: bytes) -> bytes:
    try:
        told: tuple[Any, Exception | None] = pickle.loads(asked)(), None
    except Exception as error:  # noqa: BLE001  # a fault of ours: who waits raises it
        told = None, error
    return pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
