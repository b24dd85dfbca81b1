"""Who works on whole editions: processes of this machine, or the workers of a dask cluster, which see the same files.

In: what is done with each edition, which can be pickled. Out: futures of `concurrent.futures`, as they are done. Each piece is
done in a process of its own, on whatever machine, whose memory goes with it.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar

from printkit import __version__
from printkit.diagnostics import Diagnostic, MissingPartError, Say, UsageError
from printkit.limits import given_number, is_foreign
from printkit.pipeline.jobs import Ended
from printkit.pipeline.spawned import Worker

T = TypeVar("T")

LOCAL, DASK = "local", "dask://"

_PATIENCE = 60
"""Seconds that a scheduler may take to answer, and be without any worker."""
_SCHEDULER = Say("is it running? `dask scheduler` prints its address", "它在运行吗？`dask scheduler` 会显示地址")

_running: set[Worker] = set()
"""The processes that make editions now."""


def done_apart(work: Callable[[], T], version: str) -> T | Ended:
    """Do some work in a process of its own, on whatever machine this runs.

    Raises:
        UsageError: this is no printkit of that version.
        Exception: what the work raised.
    """
    if version != __version__:
        raise UsageError([_other_version(version)])
    worker = Worker()
    _running.add(worker)
    try:
        return worker.done(work)
    finally:
        worker.end()
        _running.discard(worker)


@contextmanager
def executor(name: str, jobs: int) -> Iterator[tuple[Executor, Callable[[], bool]]]:
    """Offer what runs functions elsewhere, and says whether anybody is there; nothing that it began outlasts the block."""
    pool, has_workers, close = _local(jobs) if name == LOCAL else _dask(name)
    try:
        yield pool, has_workers
    finally:
        for worker in list(_running):
            worker.end()
        close()


_Pool = tuple[Executor, Callable[[], bool], Callable[[], None]]


def _local(jobs: int) -> _Pool:
    pool = ThreadPoolExecutor(jobs)
    return pool, lambda: True, lambda: pool.shutdown(cancel_futures=True)


def _dask(name: str) -> _Pool:
    try:
        from distributed import Client
    except ImportError as error:
        hint = Say('python -m pip install "printkit[cluster]"', 'python -m pip install "printkit[cluster]"')
        message = Say(
            f"{name} needs dask.distributed, which is not installed", f"{name} 需要 dask.distributed，尚未安装"
        )
        raise MissingPartError([Diagnostic("system.no-dask", message, hint=hint)]) from error
    for logger in ("distributed", "distributed.client"):  # what happens is told by edition
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    address = name.removeprefix(DASK)
    try:
        connect: Any = Client  # it has no types
        client = connect(f"tcp://{address}", timeout=_patience(), set_as_default=False)
    except (OSError, ValueError) as error:
        message = Say(f"no scheduler answers at {address}", f"{address} 没有调度器应答")
        raise UsageError([Diagnostic("usage.executor", message, hint=_SCHEDULER)]) from error
    except Exception as error:
        if not is_foreign(error):
            raise
        message = Say(f"what answers at {address} is no scheduler", f"{address} 应答的不是调度器")
        raise UsageError([Diagnostic("usage.executor", message, hint=_SCHEDULER)]) from error
    pool = client.get_executor(pure=False)  # what nobody waits for any more is not begun
    return pool, lambda: bool(client.scheduler_info()["workers"]), client.close


def completed(futures: set["Future[Any]"], has_workers: Callable[[], bool]) -> Iterator["Future[Any]"]:
    """Yield what is done, as soon as it is.

    Raises:
        UsageError: nothing is, for a while, and there is nobody who does it.
    """
    while futures:
        done, futures = wait(futures, _patience(), FIRST_COMPLETED)
        if not done and not has_workers():
            raise UsageError([_no_workers()])
        yield from done


def _patience() -> int:
    return given_number("PRINTKIT_PATIENCE", _PATIENCE)


def _no_workers() -> Diagnostic:
    message = Say(
        f"the scheduler has had no worker for {_patience()} s, and editions wait",
        f"调度器已有 {_patience()} 秒没有工作机，仍有期次在等",
    )
    hint = Say(
        "begin some (`dask worker ADDRESS`) and run the same again: what is done stays done; PRINTKIT_PATIENCE waits longer",
        "请启动工作机（`dask worker 地址`），再运行同一命令：已完成的不会重做；可用 PRINTKIT_PATIENCE 多等一会儿",
    )
    return Diagnostic("usage.executor", message, hint=hint)


def _other_version(asked: str) -> Diagnostic:
    return Diagnostic(
        "usage.executor",
        Say(
            f"a worker has printkit {__version__}, and {asked} asks",
            f"工作机上的 printkit 是 {__version__}，本机是 {asked}",
        ),
        hint=Say("install the same on all machines: the files would differ", "请在各机装同一版本，否则文件不一致"),
    )
