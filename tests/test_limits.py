"""Limits of a piece of work where the system has no timer."""

import contextlib
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


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="without a timer there is no signal to swallow")
@pytest.mark.parametrize("after", [None, InputError([])])
def test_a_library_that_swallows_the_timer_is_told_all_the_same(after: InputError | None) -> None:
    """WeasyPrint leaves a drawing out whatever it is interrupted by, and the page would come out without it."""

    def swallowed() -> None:
        with held(Limits(seconds=100)):
            with contextlib.suppress(BaseException):
                signal.raise_signal(signal.SIGPROF)
            if after:
                raise after

    with pytest.raises(InputError) as told:
        swallowed()
    assert [one.code for one in told.value.diagnostics] == ["limits.time"]
