"""Two runs into one output folder: the second waits and says for whom; a run that was killed blocks nobody.

The first run is a process that builds and stops in the midst of drawing until it is told to go on, so that nothing here
depends on how long anything takes.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from printkit.output.lock import alone
from tests.support.papers import run, write_paper

pytestmark = pytest.mark.usefixtures("anew")
HOLDER = """
import sys
from pathlib import Path
from printkit.commands.build import Options, build

def progress(stage, done, total):
    if (stage, done) == ("draw", 0):
        print("drawing", flush=True)
        sys.stdin.readline()

build(Path(sys.argv[1]), Options(out=Path(sys.argv[2])), progress)
"""
SECOND = """
import signal
from printkit.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started deaf to it
main()
"""
LEAD = {"headline": "题", "body": "工会服务职工。" * 20}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_paper(tmp_path / "paper", {"lead": LEAD})


@pytest.fixture
def holder(source: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that has begun to draw and waits for a line."""
    with _started("-c", HOLDER, source, tmp_path / "out") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "drawing\n"
        yield process
        process.kill()


def _started(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _second(source: Path, out: Path, language: str = "en") -> subprocess.Popen[str]:
    """Start a second build of the same issue, with another story, and return when it says that it waits."""
    write_paper(source.parent, {"lead": LEAD | {"headline": "又一题"}})
    return _started("-c", SECOND, "--lang", language, "build", source, "-o", out)


def _is_whole(issue: Path) -> bool:
    listed = json.loads((issue / "manifest.json").read_bytes())["files"]
    files = {f["path"]: f["sha256"] for f in listed}
    there = [p for p in issue.rglob("*") if p.is_file() and p.name != "manifest.json"]
    return files == {p.relative_to(issue).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in there}


def test_the_second_build_says_who_is_at_work_and_goes_on(
    holder: subprocess.Popen[str], source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with _second(source, out) as second:
        assert second.stderr is not None
        told = second.stderr.readline()
        assert str(holder.pid) in told
        assert "waiting until it has ended" in told
        assert holder.poll() is None
        _, told = holder.communicate("go on\n")
        assert (holder.returncode, told) == (0, "")
        printed, _ = second.communicate()
        assert second.returncode == 0
    assert [Path(line).name for line in printed.splitlines()] == ["01.pdf", "edition.pdf"]
    assert [p.name for p in out.iterdir()] == ["2024-01-10"]
    assert _is_whole(out / "2024-01-10")


def test_a_killed_build_blocks_nobody(holder: subprocess.Popen[str], source: Path, tmp_path: Path) -> None:
    """One waits while the holder is killed, one comes after it: its file is still there, its lock is not."""
    out = tmp_path / "out"
    with _second(source, out) as second:
        assert second.stderr is not None
        assert str(holder.pid) in second.stderr.readline()
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
        _, told = second.communicate()
        assert second.returncode == 0, told
    (out / ".2024-01-10.lock").write_text(f"{holder.pid}\n", encoding="utf-8")
    ended = run("build", source, "-o", out)
    assert ended.code == 0, ended.err
    assert "process" not in ended.err
    assert [p.name for p in out.iterdir()] == ["2024-01-10"]


def test_a_wait_that_is_interrupted_leaves_nothing(holder: subprocess.Popen[str], source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = sorted(p.name for p in out.iterdir())
    with _second(source, out, "zh") as second:
        assert second.stderr is not None
        assert "等它结束后继续" in second.stderr.readline()
        second.send_signal(signal.SIGINT)
        printed, told = second.communicate()
        assert (second.returncode, printed, told) == (130, "", "")
    assert sorted(p.name for p in out.iterdir()) == before == [".2024-01-10.lock"]
    holder.communicate("go on\n")
    assert _is_whole(out / "2024-01-10")


def test_a_reprint_waits_for_a_build(holder: subprocess.Popen[str], source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with _started("-c", SECOND, "--lang", "en", "reprint", source, "-o", out) as second:
        assert second.stderr is not None
        assert str(holder.pid) in second.stderr.readline()
        holder.communicate("go on\n")
        second.communicate()
        assert second.returncode == 0
    assert {"2024-01-10-clips.pdf", "web", "report.json"} <= {p.name for p in (out / "2024-01-10").iterdir()}
    assert _is_whole(out / "2024-01-10")


def test_what_fails_makes_no_folder(source: Path, tmp_path: Path) -> None:
    ended = run("build", source, "-o", tmp_path / "some/where/out", "--page", "9")
    assert ended.code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["paper"]


def test_a_folder_that_takes_no_file_is_told_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, flags: int, mode: int = 0) -> int:
        raise PermissionError if flags & os.O_CREAT else FileNotFoundError

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        patched.setattr(os, "access", lambda path, mode: False)
        lock = alone(tmp_path / ".lock", lambda holder: None)
        with pytest.raises(PermissionError):
            lock.__enter__()


def test_a_folder_in_which_no_file_can_be_is_told_and_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(path: Path, flags: int, mode: int = 0) -> int:
        raise FileNotFoundError

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        lock = alone(tmp_path / ".lock", lambda holder: None)
        with pytest.raises(FileNotFoundError):
            lock.__enter__()
