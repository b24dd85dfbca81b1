"""Work done one piece after the other in one thread, what somebody waits for first.

The pipeline is not made for two threads, and a limit of time is heard in the main one alone: so all that makes or writes is asked
for here, and whoever asks may wait for its future.
"""

from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from itertools import count
from queue import PriorityQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Urgency(IntEnum):
    """Whose turn it is: what is asked for by a key or the mouse, a file that changed, a page, what ends a round, the end."""

    ASKED = 0
    CHANGED = 1
    PAGE = 2
    LAST = 3
    END = -1


class Work:
    """A queue of pieces of work; `run` does them."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._queue: PriorityQueue[tuple[Urgency, int, Callable[[], Any], Future[Any]]] = PriorityQueue()
        self._turn = count()
        self._is_ended = False
        self._is_closed = False

    def ask(self, do: Callable[[], T], urgency: Urgency = Urgency.ASKED) -> "Future[T]":
        """Ask for a piece of work; what it returns or raises is its future's."""
        future: Future[T] = Future()
        if self._is_closed:
            future.cancel()
            return future
        self._queue.put((urgency, next(self._turn), do, future))
        return future

    def run(self) -> None:
        """Do what is asked for until `end`."""
        while not self._is_ended:
            self._do_next()

    def run_all(self) -> None:
        """Do what is asked for, and what that asks for, until nothing is left."""
        while not self._queue.empty():
            self._do_next()

    def end(self) -> None:
        """Have `run` return after the piece that it is at."""

        def end() -> None:
            self._is_ended = True

        self.ask(end, Urgency.END)

    def stop(self) -> None:
        """Have `run` return after the piece that it is at; a signal's handler may call it, in the middle of anything."""
        self._is_ended = True

    def close(self) -> None:
        """Let nobody wait for what is not done any more: it is cancelled."""
        self._is_closed = True
        while not self._queue.empty():
            self._queue.get()[3].cancel()

    def _do_next(self) -> None:
        _, _, do, future = self._queue.get()
        if not future.set_running_or_notify_cancel():  # whoever asked is gone
            return
        try:
            future.set_result(do())
        except Exception as error:  # noqa: BLE001  # whoever asked is told
            future.set_exception(error)
