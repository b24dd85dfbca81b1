"""Many editions at once: the same bytes from each executor, none lost, and a stopped run that goes on where it stopped."""

import datetime
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from printkit.commands import editions as editions_command
from printkit.commands import executor
from printkit.commands.build import Options
from printkit.commands.editions import Told, build_each
from printkit.diagnostics import ExitCode, UsageError
from printkit.output.manifest import Recorded
from printkit.pipeline.run import no_progress
from tests.support.cluster import reached
from tests.support.papers import digest, run, write_paper, write_yaml

DAY = datetime.date(2024, 1, 10)
_QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _editions(folder: Path, count: int) -> list[Path]:
    """Write editions of one paper, a day each."""
    first = write_paper(folder, {"lead": {"headline": "厂里的灯亮了", "body": "工会的热水一直烧着；谁来，都有一杯。"}})
    page = {"number": "1", "layout": "feature", "stories": [{"article": "articles/lead.yaml", "level": 1}]}
    others = [
        write_yaml(folder / f"{day}.yaml", {"paper": "paper.yaml", "date": day, "pages": [page]})
        for day in ((DAY + datetime.timedelta(number)).isoformat() for number in range(1, count))
    ]
    return [first, *others]


def _files(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): digest(path) for path in sorted(out.glob("20*/**/*")) if path.is_file()}


def _states(out: Path) -> list[str]:
    return [one["state"] for one in json.loads((out / "editions.json").read_bytes())["editions"]]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return _editions(tmp_path_factory.mktemp("editions"), 3)


@pytest.fixture(scope="module")
def alone(editions: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of the editions, each built by itself."""
    out = tmp_path_factory.mktemp("alone")
    for edition in editions:
        assert run("build", edition, "-o", out).code == 0
    return _files(out)


def test_a_run_that_is_stopped_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first, second = _editions(tmp_path, 2)
    (tmp_path / "bad.yaml").write_text("paper: paper.yaml\ndate: 2024-02-30\n", encoding="utf-8")
    paths, out = [first, tmp_path / "bad.yaml", second], tmp_path / "out"
    begun = build_each(paths, Options(out, jobs=1))
    assert next(begun).state == "done"
    begun.close()  # as Ctrl-C does
    assert _states(out) == ["done", "waiting", "waiting"]
    done = list(build_each(paths, Options(out, jobs=1)))
    assert [told.before for told in done] == [True, False, False]
    assert [told.edition for told in done] == paths
    assert [told.state for told in done] == _states(out) == ["done", "failed", "done"]
    assert "source.wrong-value" in [found.code for found in done[1].diagnostics]
    # What somebody took away is made again, and nothing else.
    (out / "2024-01-11/web/01.pdf").unlink()
    told = run("--lang", "zh", "build", *paths, "-o", out)
    assert told.code == ExitCode.BAD_INPUT
    assert (out / "2024-01-11/web/01.pdf").is_file()
    assert told.out.count("先前已完成") == 1
    assert "3 期中完成 2 期" in told.out
    assert "bad.yaml:2:7" in told.err
    assert run("build", *paths[::2], first, "-o", out, "--json").report == {
        "editions": [one.report() for one in done[::2]]
    }


WITHOUT_FORK = """
import os, signal, sys

for gone in ("fork", "forkpty", "killpg", "nice", "register_at_fork", "sched_getaffinity", "setsid", "sync", "wait3", "wait4"):
    delattr(os, gone)
for gone in ("O_ASYNC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK"):
    delattr(os, gone)
for gone in ("SIGCHLD", "SIGHUP", "SIGKILL", "SIGPROF", "SIGQUIT", "SIGXCPU", "getitimer", "pthread_sigmask", "setitimer", "sigwaitinfo"):
    delattr(signal, gone)
for gone in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[gone] = None
from printkit.cli import main
main()
"""
"""The command on a system that is no Unix, as far as printkit's own code asks."""


def test_without_fork_the_same_bytes(editions: list[Path], alone: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, "-c", WITHOUT_FORK, "build", str(editions[0]), "-o", str(out)], **_QUIET
    ) as run:
        assert run.wait() == ExitCode.DONE
    assert _files(out) == {name: made for name, made in alone.items() if name.startswith("2024-01-10/")}
    assert [path.name for path in out.iterdir()] == ["2024-01-10"], "the lock is gone"


def test_two_editions_of_one_day_are_refused_before_anything_is_built(tmp_path: Path) -> None:
    (first, second) = _editions(tmp_path, 2)
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    ended = run("build", first, second, "-o", tmp_path / "out")
    assert ended.code == ExitCode.USAGE
    assert "usage.same-day" in ended.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("given", ["dask://nowhere", "cloud", "dask://"])
def test_an_executor_that_is_none_is_refused(given: str, tmp_path: Path) -> None:
    ended = run("build", tmp_path / "edition.yaml", "--executor", given)
    assert ended.code == ExitCode.USAGE
    assert "dask://HOST:PORT" in ended.err


def test_workers_of_another_version_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printkit.commands.executor.__version__", "0.0")
    done: Future[Any] = Future()
    try:
        done.set_result(executor.done_apart(int, "1.0"))
    except UsageError as error:
        done.set_exception(error)
    told = editions_command._outcome(done, tmp_path / "edition.yaml")
    assert isinstance(told, Told)
    assert told == Told(tmp_path / "edition.yaml", ExitCode.USAGE, told.diagnostics)
    assert told.diagnostics[0].code == "usage.executor"


def test_a_cluster_that_answers_something_else_gives_the_edition_up(tmp_path: Path) -> None:
    answered: Future[Any] = Future()
    answered.set_result("done")
    told = editions_command._outcome(answered, tmp_path)
    assert isinstance(told, Told)
    assert (told.exit_code, told.state) == (ExitCode.INTERNAL, "failed")
    assert "str: done" in told.diagnostics[0].message.en


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and two workers as processes of their own; its address, and the workers."""
    found = tmp_path / "scheduler.json"
    python = [sys.executable, "-m"]
    command = [*python, "distributed.cli.dask_scheduler", "--no-dashboard", "--no-show", "--host", "127.0.0.1"]
    begun = [subprocess.Popen([*command, "--port", "0", "--scheduler-file", str(found)], **_QUIET)]
    try:
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            "--scheduler-file",
            str(found),
            "--nthreads",
            "1",
        ]
        begun += [subprocess.Popen([*worker, "--no-nanny", "--no-dashboard"], cwd=tmp_path, **_QUIET) for _ in range(2)]
        while not (told := found.read_text(encoding="utf-8") if found.exists() else ""):
            assert begun[0].poll() is None
            time.sleep(0.05)
        yield json.loads(told)["address"].removeprefix("tcp://"), begun[1:]
    finally:
        for process in reversed(begun):
            process.kill()
            process.wait()


def test_a_cluster_makes_the_same_bytes_when_a_worker_dies(
    cluster: tuple[str, list["subprocess.Popen[bytes]"]],
    editions: list[Path],
    alone: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the last one has died, too, nobody waits for ever."""
    address, workers = cluster
    out = tmp_path / "out"
    printkit = [sys.executable, "-c", "from printkit.cli import main; main()"]
    given = ["build", *map(str, editions), "-o", str(out), "--executor", f"dask://{address}"]
    running = subprocess.Popen([*printkit, *given], env={**os.environ, "PRINTKIT_KEEP": "0"})
    while running.poll() is None and not ((out / "editions.json").exists() and "done" in _states(out)):
        time.sleep(0.05)
    workers[0].send_signal(signal.SIGKILL)  # whatever it is at is done again by the other
    assert running.wait() == 0
    assert _files(out) == alone
    assert _states(out) == ["done"] * 3
    workers[1].kill()
    workers[1].wait()
    patience = chain([60], repeat(0))  # for the scheduler to answer; then only until it has heard that nobody is there
    monkeypatch.setattr(executor, "_patience", lambda: next(patience))
    ended = run("build", editions[0], "-o", tmp_path / "none", "--executor", f"dask://{address}")
    assert ended.code == ExitCode.USAGE
    assert "no worker" in ended.err


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printkit.commands.executor._patience", lambda: 0.1)
    ended = run("build", _editions(tmp_path, 1)[0], "-o", tmp_path / "out", "--executor", "dask://127.0.0.1:1")
    assert ended.code == ExitCode.USAGE
    assert "no scheduler answers at 127.0.0.1:1" in ended.err


def test_a_scheduler_without_workers_is_told(
    editions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = reached(monkeypatch, works=False)
    ended = run("build", *editions, "-o", tmp_path / "out", *asked, "--no-cache")
    assert ended.code == ExitCode.USAGE
    assert "no worker" in ended.err
    assert "run the same again" in ended.err
    assert _states(tmp_path / "out") == ["waiting"] * 3
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "editions.json"]


class Mine(NamedTuple):
    """What a worker has made."""

    name: str


def _made(path: Path) -> Mine | Told:
    return Told(path, ExitCode.BAD_INPUT, ()) if path.name == "bad" else Mine(path.name)


def test_what_is_taken_in_turn_is_so_though_the_last_is_made_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached(monkeypatch, works=True)
    monkeypatch.setattr(editions_command, "_outcome", lambda future, _: future.result())
    paths, taken = [tmp_path / name for name in ("one", "bad", "two")], []

    def take(path: Path, made: Mine) -> Told:
        taken.append(made.name)
        return Told(path, ExitCode.DONE, (), outputs=(Recorded("a", 1, "b"),), folder=made.name)

    for in_turn in (True, False):
        work = editions_command._Work("", 0, _made, take, tmp_path / "site.editions.json", in_turn=in_turn)
        told = list(editions_command._each(paths, work, 1, "dask://127.0.0.1:1", no_progress, cache=False))
        assert [one.state for one in told] == ["done", "failed", "done"]
    assert taken == ["one", "two", "two", "one"]
    assert [one["folder"] for one in json.loads((tmp_path / "site.editions.json").read_bytes())["editions"]] == [
        "one",
        None,
        "two",
    ]


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\n\r\n", bytes(64), b"\xff" * 8])
def test_what_is_no_scheduler_is_told_and_nothing_is_written(said: bytes, tmp_path: Path) -> None:
    def answer() -> None:
        with suppress(OSError), listening.accept()[0] as asked:
            asked.sendall(said)
            asked.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        waiting = threading.Thread(target=answer, daemon=True)
        waiting.start()
        address = f"dask://127.0.0.1:{listening.getsockname()[1]}"
        ended = run("build", _editions(tmp_path, 1)[0], "-o", tmp_path / "out", "--executor", address)
    assert ended.code == ExitCode.USAGE, ended.err
    assert "scheduler" in ended.err
    assert not (tmp_path / "out").exists()
