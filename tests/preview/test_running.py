"""The desk as a command: its address first, a port that is taken, files watched, an end that leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import pytest

from printkit.diagnostics import UsageError
from printkit.gate import as_they_are
from printkit.preview.desk import Desk
from printkit.preview.running import listen
from printkit.preview.watching import concerns, watch
from printkit.preview.work import Urgency, Work
from tests.support.desks import write_desk_paper
from tests.support.papers import run


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return write_desk_paper(tmp_path / "paper")


def test_a_port_that_is_taken_gives_way_to_the_next_free_one() -> None:
    first = listen(0)
    port = first.getsockname()[1]
    with first, listen(port) as second:
        assert first.getsockname()[0] == second.getsockname()[0] == "127.0.0.1"
        assert port < second.getsockname()[1] <= port + 40


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(UsageError):
        listen(port)


def test_the_command_refuses_what_it_cannot_show(tmp_path: Path) -> None:
    assert run("preview", tmp_path / "nothing.yaml", "--no-open").code == 3
    told = run("preview", tmp_path / "nothing.yaml", "--no-open", "--editor", "code")
    assert (told.code, "{file}" in told.err) == (2, True)


def test_the_address_comes_first_and_ctrl_c_leaves_nothing_behind(edition: Path) -> None:
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    command = [
        sys.executable,
        "-c",
        "from printkit.cli import main; main()",
        "preview",
        str(edition),
        "--no-open",
        "--port",
        "0",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with contextlib.closing(urllib.request.urlopen(address)) as page:  # the desk's own
            assert b"/desk/main.js" in page.read()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
    assert (running.returncode, out, err) == (0, "", "")
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
    assert not list(edition.parent.rglob(".*"))


def test_ctrl_c_is_heard_also_where_python_drops_exceptions(edition: Path) -> None:
    script = """
import os, signal, sys, weakref
from printkit.cli import main
from printkit.preview.desk import Desk
from printkit.gate import as_they_are

def lost(desk, changed=()):
    gone = type("Gone", (), {})()
    kept = weakref.ref(gone, lambda _: signal.raise_signal(signal.SIGINT))
    del gone

Desk.refresh = lost
sys.argv[1:] = ["preview", sys.argv[1], "--no-open", "--port", "0"]
main()
"""
    run = subprocess.run([sys.executable, "-c", script, str(edition)], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


class Listener(Desk):
    """A desk that only notes that its files have to be read anew."""

    news = threading.Event()

    def refresh(self, changed: Iterable[Path] = ()) -> None:
        self.news.set()


def test_a_file_that_is_written_is_told(edition: Path) -> None:
    desk, stop = Listener(edition), threading.Event()
    threads = [threading.Thread(target=watch, args=(desk, stop)), threading.Thread(target=desk.work.run)]
    for thread in threads:
        thread.start()
    file = edition.parent / "articles/lead.yaml"
    while not desk.news.wait(0.05):  # until the watcher has begun
        file.write_bytes(file.read_bytes())
    stop.set()
    desk.work.end()
    for thread in threads:
        thread.join()


def test_only_files_that_count_are_told(edition: Path) -> None:
    desk = Desk(edition)
    picture = edition.parent / "images/a.png"
    assert concerns(desk, edition.parent / "articles/new.yaml")
    assert not concerns(desk, edition.parent / ".edition.yaml.new")
    assert not concerns(desk, picture)
    desk.files = frozenset([picture])
    assert concerns(desk, picture)


def test_a_folder_in_which_something_is_made_changes_no_page(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.touch()
    before = as_they_are([tmp_path, file])
    os.utime(tmp_path, (1, 1))
    assert as_they_are([tmp_path, file]) == before
    os.utime(file, (1, 1))
    assert as_they_are([tmp_path, file]) != before


def test_a_read_only_folder_is_looked_at_alone(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert not Desk(edition).may_write


def test_what_somebody_waits_for_comes_first() -> None:
    work, done = Work(), []
    for urgency in (Urgency.LAST, Urgency.PAGE, Urgency.ASKED, Urgency.CHANGED):
        work.ask(lambda urgency=urgency: done.append(urgency), urgency)  # type: ignore[misc]
    failed = work.ask(lambda: 1 // 0)
    assert work.ask(lambda: done.append(Urgency.END)).cancel()
    work.run_all()
    assert done == sorted(Urgency)[1:]
    assert isinstance(failed.exception(), ZeroDivisionError)
