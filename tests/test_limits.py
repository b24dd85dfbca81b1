"""Limits of a piece of work: at which file they are told, and where the system has no timer."""

import contextlib
import signal

import pytest

from printkit.diagnostics import InputError, SourceRef
from printkit.limits import Limits, OverTimeError, at, held

EDITION, NEAR = SourceRef("edition.yaml", 1), SourceRef("ads/甲.pdf")


@pytest.mark.parametrize(("error", "code"), [(OverTimeError, "limits.time"), (MemoryError, "limits.memory")])
def test_the_nearest_place_is_told(error: type[BaseException], code: str) -> None:
    def work(*, is_near: bool) -> None:
        with held(Limits(), where=EDITION):
            with at(NEAR):
                if is_near:
                    raise error
            with at(None):
                raise error

    for is_near, where in ((True, NEAR), (False, EDITION)):
        with pytest.raises(InputError) as told:
            work(is_near=is_near)
        assert [(one.code, one.where) for one in told.value.diagnostics] == [(code, where)]


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


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="without a timer the outermost counts")
def test_a_page_has_its_own_time_within_its_editions() -> None:
    place = SourceRef("layouts/甲/page.html.j2", 3)

    def endless() -> None:
        with held(Limits(seconds=1), where=place):
            while True:
                pass

    with held(Limits(seconds=100)):
        with pytest.raises(InputError) as told:
            endless()
        assert 0 < signal.getitimer(signal.ITIMER_PROF)[0] < 99.5, "the edition's time goes on"
        with held(Limits(seconds=1000)):
            assert signal.getitimer(signal.ITIMER_PROF)[0] < 99.5, "no page has more than its edition"
    assert [(one.code, one.where) for one in told.value.diagnostics] == [("limits.time", place)]
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
