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
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeVar

from printkit.diagnostics import Diagnostic, PrintkitError, Say, fault_of_ours
from printkit.limits import hold_files, of_signal, share_place
from printkit.pipeline.run import Progress
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

    def done(self, command: Callable[[Progress], T]) -> T:
        """Have a command done while pages are made; return what it returns, which can be pickled.

        Raises:
            PrintkitError: what it raised, and what ended its process.
            CancelledError: the desk is closing.
        """
        pid, told = self.desk.work.ask(lambda: self._forked(command)).result()
        try:
            with told:
                is_done, value = self._heard(told)
        finally:
            status = os.waitpid(pid, 0)[1]
            self._running.discard(pid)
            self.progress("", 1, 1)  # whatever stage it was at
        if not is_done:
            raise PrintkitError([self._ended(os.waitstatus_to_exitcode(status))])
        if isinstance(value, PrintkitError):
            raise value
        return value  # type: ignore[no-any-return]  # of the command, through a pipe

    def end(self) -> None:
        """End every command that is still at work."""
        for pid in tuple(self._running):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _forked(self, command: Callable[[Progress], object]) -> tuple[int, BinaryIO]:
        """Begin a process; return it and the pipe on which it tells. The other end is held by no later one."""
        ours, theirs = os.pipe()
        desk = os.getpid()
        self.desk.helping.close()
        with self.quiet, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads: the server's, none of which it uses
            pid = os.fork()
        if pid:
            os.close(theirs)
            self._running.add(pid)
            return pid, os.fdopen(ours, "rb")
        try:
            os.close(ours)
            self._work(command, theirs, desk)
        finally:
            os._exit(0)

    def _work(self, command: Callable[[Progress], object], pipe: int, desk: int) -> None:
        gc.freeze()
        gc.disable()  # as for the command itself (`cli`)
        os.nice(_BEHIND)
        threading.Thread(target=_end_with, args=(desk,), daemon=True).start()
        limits = self.desk.run.limits
        hold_files(limits)
        share_place()
        with os.fdopen(pipe, "wb") as out:

            def tell(*told: object) -> None:
                out.write(pickle.dumps(told, pickle.HIGHEST_PROTOCOL))
                out.flush()

            value: object
            try:
                value = command(lambda *far: tell(False, far))
            except PrintkitError as error:
                value = error
            except Exception as error:  # noqa: BLE001  # the desk goes on; the page says what happened
                value = PrintkitError([fault_of_ours(error)])
            tell(True, value)

    def _heard(self, told: BinaryIO) -> tuple[bool, Any]:
        """Pass on how far it is, until it tells what it came to; it may have ended before."""
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            while True:
                is_done, value = pickle.load(told)  # of our own process
                if is_done:
                    return True, value
                self.progress(*value)
        return False, None

    def _ended(self, code: int) -> Diagnostic:
        if over := of_signal(self.desk.run.limits, -code):
            return over
        message = Say("the command was ended from outside", "命令被外部终止")
        hint = Say("was there too little memory? nothing is half-written", "是否内存不足？没有写出不完整的文件")
        return Diagnostic("internal.ended", message, hint=hint)


def _end_with(desk: int) -> None:
    """End this process when the desk's is gone, however that ended."""
    while os.getppid() == desk:
        time.sleep(_LOOK)
    os._exit(1)
