"""Work in processes begun anew: a piece after the other, in order, and what dies."""

import operator
import os
import signal
from functools import partial

import pytest

from printkit.pipeline.jobs import Ended
from printkit.pipeline.spawned import Worker, spawned_out
from tests.support.cluster import done_here


def test_a_process_does_one_piece_after_the_other_until_it_is_ended() -> None:
    worker = Worker()
    other = worker.done(os.getpid)
    assert other != os.getpid()
    with pytest.raises(ZeroDivisionError):
        worker.done(partial(operator.truediv, 1, 0))
    assert worker.done(partial(print, "is no answer")) is None
    assert worker.done(os.getpid) == other
    assert worker.done(partial(signal.raise_signal, signal.SIGKILL)) == Ended(signal.SIGKILL)
    worker.end()
    with pytest.raises(ProcessLookupError):
        os.kill(int(str(other)), 0)


def test_pieces_come_in_order_and_who_stops_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "done", done_here)
    told: list[int] = []
    assert list(spawned_out(abs, [-3, -1, -2], 2, told.append)) == [3, 1, 2]
    assert told == [0, 1, 2]
    some = spawned_out(abs, [-3, -1], 2, told.append)
    assert next(some) == 3
    some.close()  # type: ignore[attr-defined]  # a generator is
