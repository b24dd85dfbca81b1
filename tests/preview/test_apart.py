"""Commands beside the desk's work: pages are made meanwhile, faults come back, and none outlives the desk."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say
from printkit.pipeline.jobs import Ended
from printkit.pipeline.run import Progress
from printkit.pipeline.spawned import Worker
from printkit.preview.apart import Apart
from printkit.preview.desk import Desk
from tests.support.cluster import done_here

FAULT = Diagnostic("source.empty", Say("nothing", "空"))


class Gate:
    """Lets a command in another process go on when it is told to."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()

    def passed(self) -> None:
        os.read(self._out, 1)

    def open(self) -> None:
        os.write(self._in, b".")


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Apart, list[tuple[object, ...]], threading.Event]]:
    """A desk at work on nothing, what was told of progress, and that something was."""
    told: list[tuple[object, ...]] = []
    began = threading.Event()

    def progress(*far: object) -> None:
        told.append(far)
        began.set()

    desk = Desk(tmp_path / "edition.yaml")
    thread = threading.Thread(target=desk.work.run)
    thread.start()
    yield Apart(desk, progress, threading.Lock()), told, began
    desk.work.end()
    thread.join()


def test_pages_are_made_while_a_command_is_at_work(
    apart: tuple[Apart, list[tuple[object, ...]], threading.Event],
) -> None:
    beside, told, began = apart
    gate = Gate()

    def command(progress: Progress) -> int:
        progress("draw", 0, 2)
        gate.passed()
        progress("draw", 2, 2)
        return os.getpid()

    with ThreadPoolExecutor() as pool:
        done = pool.submit(lambda: beside.done(command))
        began.wait()
        assert beside.desk.work.ask(lambda: "made").result() == "made"
        gate.open()
        assert done.result() != os.getpid()
    assert told == [("draw", 0, 2), ("draw", 2, 2), ("", 1, 1)]


def _refuses(progress: Progress) -> None:
    raise InputError([FAULT])


def _errs(progress: Progress) -> None:
    raise ValueError("ours")


def _dies(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _loops(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGXCPU)


@pytest.mark.parametrize(
    ("command", "code"),
    [(_refuses, FAULT.code), (_errs, "internal.error"), (_dies, "internal.ended"), (_loops, "limits.time")],
)
def test_what_a_command_falls_over_is_told(
    apart: tuple[Apart, object, object], command: Callable[[Progress], None], code: str
) -> None:
    with pytest.raises(PrintkitError) as told:
        apart[0].done(command)
    assert [one.code for one in told.value.diagnostics] == [code]


def test_where_there_is_no_fork_a_command_has_a_process_begun_anew(
    apart: tuple[Apart, object, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(Worker, "done", done_here)
    assert apart[0].done(callable) is True, "it is given whom to tell how far it is, who tells nobody"
    for command, code in ((_refuses, FAULT.code), (_errs, "internal.error")):
        with pytest.raises(PrintkitError) as told:
            apart[0].done(command)
        assert [one.code for one in told.value.diagnostics] == [code]
    monkeypatch.setattr(Worker, "done", lambda *_: Ended(signal.SIGXCPU))
    with pytest.raises(PrintkitError) as told:
        apart[0].done(_loops)
    assert [one.code for one in told.value.diagnostics] == ["limits.time"]


def test_a_command_ends_with_the_desk_and_nobody_waits_for_one_not_begun(
    apart: tuple[Apart, object, threading.Event],
) -> None:
    beside, _, began = apart
    gate = Gate()

    def waits(progress: Progress) -> None:
        progress("draw", 0, 1)
        gate.passed()

    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(lambda: beside.done(waits))
        began.wait()
        beside.end()
        assert isinstance(waiting.exception(), PrintkitError)
    other = Desk(beside.desk.path)
    asked = other.work.ask(lambda: 1)
    other.work.close()
    assert asked.cancelled()
    assert other.work.ask(lambda: 1).cancelled()
