"""A process that is begun before it is known what for: what comes of its steps, and that none is needed."""

import os
import signal

import pytest

from printkit.limits import DEFAULT
from printkit.pipeline.ahead import Step, asked, begun
from printkit.pipeline.jobs import Ended

LOADED: list[str] = []


def step(name: str) -> Step:
    return Step(name, lambda: LOADED.append(name), lambda values: (values, tuple(LOADED), os.getpid()))


def test_each_step_loads_what_it_needs_and_answers() -> None:
    with begun([step("read"), step("draw")], DEFAULT):
        assert asked("draw", "") is None, "reading comes first"
        read = asked("read", "a" * 2_000_000)
        assert asked("read", "other") is None, "it is at work already"
        assert asked("draw", "not its turn") is None
        assert read
        values, loaded, other = read()
        assert (len(values), loaded) == (2_000_000, ("read",))
        draw = asked("draw", "page")
        assert draw
        assert draw() == ("page", ("read", "draw"), other)
        assert other != os.getpid()
        assert asked("draw", "page") is None, "it has done all"
    assert LOADED == []
    assert asked("read", "") is None
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_a_process_that_dies_and_a_fault_of_ours_are_told() -> None:
    def died(_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)  # which no handler hears that another test left

    def wrong(_: object) -> None:
        raise ZeroDivisionError("ours")

    with begun([Step("read", int, wrong), Step("draw", int, died)], DEFAULT):
        read = asked("read", 0)
        assert read
        with pytest.raises(ZeroDivisionError, match="ours"):
            read()
        draw = asked("draw", 0)
        assert draw
        assert draw() == Ended(signal.SIGKILL)
        assert asked("draw", 0) is None


def test_nobody_waits_for_a_process_that_is_not_needed() -> None:
    loading, told = os.pipe()

    def endless() -> None:
        os.write(told, os.getpid().to_bytes(4, "big"))
        signal.pause()

    with begun([Step("read", endless, str)], DEFAULT):
        other = int.from_bytes(os.read(loading, 4), "big")
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)
    for end in (loading, told):
        os.close(end)
