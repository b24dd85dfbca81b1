"""A command in a process of its own: whatever ends it deep in a library is told, with the limit and the place.

The libraries are played by what they do: they loop where no timer is heard, or end their process.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from printkit.diagnostics import ExitCode
from tests.support.papers import write_paper

if sys.platform != "linux":
    pytest.skip("the kernel's limits are Linux's", allow_module_level=True)

WATCHED = """
import os, signal, sys
from printkit import limits
from printkit.cli.watched import watched
from printkit.diagnostics import SourceRef

limits._GRACE = 0

def command():
    with limits.held(limits.Limits.of_user(), where=SourceRef("articles/甲.yaml", 7, 3, "body")):
        {act}
    return 42

sys.exit(watched(command, as_json={as_json}))
"""
BUILD = """
import os
from printkit.cli import main
from printkit.pipeline import make_up

make_up.make_up = lambda *_, **__: os.abort()
main()
"""


def started(program: str, *arguments: object, **given: str) -> subprocess.Popen[str]:
    """Start a program that plays a command."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PRINTKIT_SECONDS": "1", "PRINTKIT_MEMORY": "300"} | given,
    )


ENDS = {
    "a loop that hears no timer": (
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])\n        while True: pass",
        "limits.time",
        "more than 1 s",
    ),
    "GLib without memory": ("os.kill(os.getpid(), signal.SIGTRAP)", "limits.memory", "more than 300 MB"),
    "C++ without memory": ("os.abort()", "limits.memory", "more than 300 MB"),
    "a write where nothing was given": ("os.kill(os.getpid(), signal.SIGSEGV)", "limits.memory", "more than 300 MB"),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_ends_the_process_is_told_at_its_place(how: str) -> None:
    act, code, number = ENDS[how]
    with started(WATCHED.format(act=act, as_json=True)) as run:
        out, err = run.communicate()
    assert (run.returncode, err) == (ExitCode.BAD_INPUT, "")
    (told,) = json.loads(out)["diagnostics"]
    assert (told["code"], told["severity"]) == (code, "error")
    assert number in told["message"]
    assert "PRINTKIT_" in told["hint_zh"]
    assert (told["file"], told["line"], told["column"], told["field"]) == ("articles/甲.yaml", 7, 3, "body")


def test_what_ends_by_itself_ends_so() -> None:
    with started(WATCHED.format(act="print('made')", as_json=False)) as run:
        assert run.communicate() == ("made\n", "")
    assert run.returncode == 42


def test_what_is_not_a_limit_is_told_too() -> None:
    with started(WATCHED.format(act="os.kill(os.getpid(), signal.SIGKILL)", as_json=False)) as run:
        _, err = run.communicate()
    assert run.returncode == ExitCode.INTERNAL
    assert "internal.ended" in err
    assert "SIGKILL" in err


WAITS = "signal.signal(signal.SIGINT, signal.SIG_DFL); print(os.getpid(), flush=True); signal.pause()"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_ends_the_one_ends_the_other(number: signal.Signals) -> None:
    with started(WATCHED.format(act=WAITS, as_json=False)) as run:
        assert run.stdout is not None
        inner = int(run.stdout.readline())
        assert inner != run.pid
        run.send_signal(number)
        assert run.wait() == -number
    with pytest.raises(ProcessLookupError):
        os.kill(inner, 0)


def test_nobody_works_on_when_the_one_that_waits_is_killed() -> None:
    with started(WATCHED.format(act=WAITS, as_json=False)) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.kill()
        run.wait()
        assert run.stdout.read() == "", "the pipe is closed when the other one has ended, too"


def test_an_advertisers_file_that_ends_the_process_is_named(tmp_path: Path) -> None:
    """The archive has one file, of all pages: the edition's place would help nobody."""
    picture = {"file": "../ad.pdf", "alt": "图", "caption": "图"}
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": "文", "pictures": [picture]}})
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(60, 40))
        page.Contents = pdf.make_stream(b"1 0 0 0 k 0 0 9 9 re f")  # no archive has an advertiser's inks
        pdf.save(tmp_path / "paper/ad.pdf")
    program = BUILD.replace("make_up.make_up =", "from printkit.pdf import ads; ads.ad_picture =")
    given = {"PRINTKIT_SECONDS": "60", "PRINTKIT_MEMORY": "2048"}
    with started(program, "build", source, "-o", tmp_path / "out", "--for", "archive", "--json", **given) as run:
        out, _ = run.communicate()
    (told,) = [one for one in json.loads(out)["diagnostics"] if one["severity"] == "error"]
    assert (run.returncode, told["code"]) == (ExitCode.BAD_INPUT, "limits.memory")
    assert told["file"] == str(tmp_path / "paper/ad.pdf")
    assert not (tmp_path / "out/2024-01-10").exists()


def test_a_build_that_ends_so_names_the_page_and_leaves_the_last_output_whole(tmp_path: Path) -> None:
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": "工会服务职工。"}})
    kept = tmp_path / "out/2024-01-10/kept.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("whole", encoding="utf-8")
    given = {"PRINTKIT_JOBS": "1", "PRINTKIT_SECONDS": "60", "PRINTKIT_MEMORY": "2048"}
    with started(BUILD, "build", source, "-o", tmp_path / "out", "--json", **given) as run:
        out, _ = run.communicate()
    assert run.returncode == ExitCode.BAD_INPUT
    (told,) = [one for one in json.loads(out)["diagnostics"] if one["severity"] == "error"]
    assert (told["code"], told["file"]) == ("limits.memory", "edition.yaml")
    assert told["line"] > 1, "the page's own line"
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["2024-01-10", "kept.txt"]
