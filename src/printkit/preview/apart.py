"""A command of the desk in a process of its own, forked with all that is loaded: pages are made meanwhile.

In: a command, and who is told how far it is. Out: what it returned, or the fault that it raised. It is forked in the thread of
work, between two pieces; nothing that another thread may hold is used in it.
"""

import contextlib
import gc
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO, TypeVar

from printkit.diagnostics import Diagnostic, PrintkitError, Say, fault_of_ours
from printkit.limits import of_signal
from printkit.pipeline.jobs import Ended, forked, pipe_of, waited_for
from printkit.pipeline.run import Progress, no_progress
from printkit.pipeline.spawned import Worker
from printkit.preview.desk import Desk

T = TypeVar("T")

_BEHIND = 10
"""By how much its turn comes after the desk's own (nice): whoever saves does not wait for a build."""
_LOOK = 0.5
"""Seconds between two looks whether the desk is still there."""


@dataclass(slots=True)
class Apart:
    """Runs commands beside one desk's work."""

    desk: Desk
    progress: Progress
    quiet: "threading.Lock"
    """Held by whoever draws with PDFium: a process is not forked in the middle of that."""
    _running: set[int] = field(default_factory=set)
    _anew: set[Worker] = field(default_factory=set)

    def done(self, command: Callable[[Progress], T]) -> T:
        """Have a command done while pages are made; return what it returns, which can be pickled.

        Raises:
            PrintkitError: what it raised, and what ended its process.
            CancelledError: the desk is closing.
        """
        if not hasattr(os, "fork"):
            return self._done_anew(command)
        pid, told = self.desk.work.ask(lambda: self._forked(command)).result()
        try:
            with told:
                is_done, value, error = self._heard(told)
        finally:
            ended = waited_for(pid)
            self._running.discard(pid)
            self.progress("", 1, 1)  # whatever stage it was at
        if not is_done:
            raise PrintkitError([self._ended(ended)])
        if error:
            raise error
        return value  # type: ignore[no-any-return]  # of the command, through a pipe

    def end(self) -> None:
        """End every command that is still at work."""
        for pid in tuple(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for worker in tuple(self._anew):
            worker.end()

    def _done_anew(self, command: Callable[[Progress], T]) -> T:
        """Have a command done in a process that is begun anew; how far it is nobody hears."""
        worker = Worker()
        self._anew.add(worker)
        try:
            value = worker.done(partial(_done, command, no_progress))
        finally:
            worker.end()
            self._anew.discard(worker)
        if isinstance(value, Ended):
            raise PrintkitError([self._ended(value)])
        return value

    def _forked(self, command: Callable[[Progress], object]) -> tuple[int, BinaryIO]:
        """Begin a process; return it and the pipe on which it tells. The other end is held by no later one."""
        ours, theirs = os.pipe()
        numbers, desk = pipe_of([0]), os.getpid()
        self.desk.helping.close()
        with self.quiet, os.fdopen(theirs, "wb") as out:
            pid = forked(lambda _: _work(command, ours, out, desk), numbers, out, self.desk.run.limits)
        os.close(numbers)
        self._running.add(pid)
        return pid, os.fdopen(ours, "rb")

    def _heard(self, told: BinaryIO) -> tuple[bool, Any, Exception | None]:
        """Pass on how far it is, until it tells what it came to; it may have ended before."""
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            pickle.load(told)  # of our own process: that it has begun
            while True:
                number, value, error = pickle.load(told)
                if number is not None:
                    return True, value, error
                self.progress(*value)
        return False, None, None

    def _ended(self, ended: Ended) -> Diagnostic:
        if over := of_signal(self.desk.run.limits, ended.signal, ended.at):
            return over
        message = Say("the command was ended from outside", "命令被外部终止")
        hint = Say("was there too little memory? nothing is half-written", "是否内存不足？没有写出不完整的文件")
        return Diagnostic("internal.ended", message, hint=hint)


def _work(command: Callable[[Progress], T], ours: int, out: BinaryIO, desk: int) -> T:
    """Do a command in the process that was forked for it."""
    os.close(ours)
    gc.freeze()
    gc.disable()  # as for the command itself (`cli`)
    os.nice(_BEHIND)
    threading.Thread(target=_end_with, args=(desk,), daemon=True).start()

    def tell(*far: object) -> None:
        pickle.dump((None, far, None), out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    return _done(command, tell)


def _done(command: Callable[[Progress], T], progress: Progress) -> T:
    try:
        return command(progress)
    except PrintkitError:
        raise
    except Exception as error:  # the desk goes on; the page says what happened
        raise PrintkitError([fault_of_ours(error)]) from error


def _end_with(desk: int) -> None:
    """End this process when the desk's is gone, however that ended."""
    while os.getppid() == desk:
        time.sleep(_LOOK)
    os._exit(1)
