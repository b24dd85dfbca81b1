"""Processes begun anew, and a cluster, that are none: for tests of what is asked of one."""

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from printkit.commands import executor
from printkit.pipeline.spawned import Worker


class Cluster(Executor):
    """A scheduler whose workers, if it has any, do what is asked of them at once, the last first, and in this process."""

    def __init__(self, *, works: bool) -> None:
        self._asked: list[tuple[Callable[[], object], Future[Any]]] = []
        self._works = works

    def submit(self, do: Callable[..., Any], /, *given: Any, **named: Any) -> "Future[Any]":
        work, future = pickle.loads(pickle.dumps(given[0])), Future[Any]()
        self._asked.insert(0, (work, future))
        return future

    def work(self) -> bool:
        """Do one piece, if there is somebody; say whether there is."""
        if self._works:
            work, future = self._asked.pop(0)
            future.set_result(pickle.loads(pickle.dumps(work())))
        return self._works


def reached(monkeypatch: pytest.MonkeyPatch, *, works: bool) -> tuple[object, ...]:
    """Have a scheduler answer; who looks whether it has workers lets one work. Return the option that asks for it."""
    cluster = Cluster(works=works)
    monkeypatch.setattr(executor, "_dask", lambda _: (cluster, cluster.work, lambda: None))
    monkeypatch.setattr(executor, "_patience", lambda: 0)
    return ("--executor", "dask://127.0.0.1:1")


def done_here(worker: Worker, work: Callable[[], Any]) -> Any:
    """Do what another process would, with what it would be given and would give back."""
    return pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(work))()))
