"""Limits of a piece of work where the system has no timer."""

import signal

import pytest

from printkit.diagnostics import InputError, SourceRef
from printkit.limits import Limits, held


def test_a_thread_is_the_timer_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("setitimer", "getitimer"):
        monkeypatch.delattr(signal, name)
    before = signal.getsignal(signal.SIGTERM)
    place = SourceRef("articles/甲.yaml", 7)

    def endless() -> None:
        with held(Limits(seconds=0), where=place):
            with held(Limits(seconds=100), where=place):  # the outermost one counts
                pass
            while True:
                pass

    with pytest.raises(InputError) as told:
        endless()
    assert [(one.code, one.where) for one in told.value.diagnostics] == [("limits.time", place)]
    with held(Limits(seconds=100)):
        pass
    assert signal.getsignal(signal.SIGTERM) is before
