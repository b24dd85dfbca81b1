"""What a terminal shows, and what a log keeps: progress, tables, findings page by page, how the pages came out."""

import errno
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.table import Table

from printkit.cli.terminal import by_page, show_json, show_table
from printkit.diagnostics import Diagnostic, Say, SourceRef, diagnostic_object
from tests.support.papers import run, write_paper

HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"
BROKEN = """
import sys
from printkit.pipeline import draw
from printkit.diagnostics import InputError, Diagnostic, Say

def broken(*_):
    raise {raised}

draw.drawn_page = broken
"""
COMMAND = "import sys; from printkit.cli import main; main()"


def on_a_terminal(script: str, *arguments: object) -> tuple[int, str]:
    """Run a script on a terminal of its own; return its exit code and all that the terminal was sent."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", script, *map(str, arguments)]
    environment = os.environ | {"TERM": "xterm", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError as error:  # Linux's word for the other side having been closed
            assert error.errno == errno.EIO  # noqa: PT017
        finally:
            os.close(ours)
    return process.returncode, shown.decode()


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        ("InputError([Diagnostic('render.moved-text', Say('moved', '移动'))])", 3),
        ("ZeroDivisionError('a bug')", 5),
        ("KeyboardInterrupt", 130),
    ],
    ids=["input", "bug", "interrupt"],
)
def test_the_cursor_comes_back_whatever_ends_a_run(raised: str, code: int, tmp_path: Path) -> None:
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": "正文。"}})
    script = BROKEN.format(raised=raised) + COMMAND
    ended, shown = on_a_terminal(script, "build", source, "-o", tmp_path / "out")
    assert ended == code, shown
    assert HIDE in shown
    assert shown.rindex(SHOW) > shown.rindex(HIDE)


def test_a_build_on_a_terminal_ends_with_its_pages(tmp_path: Path) -> None:
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": "正文。"}})
    _, shown = on_a_terminal(COMMAND, "build", source, "-o", tmp_path / "out")
    assert re.search(r"page 1: \S*short by \d+ lines \(\d+ characters\)\S*\s*$", shown), shown
    _, shown = on_a_terminal(COMMAND, "--lang", "zh", "build", source, "-o", tmp_path / "out")
    assert re.search(r"第1版：\S*缺 \d+ 行（\d+ 字）\S*\s*$", shown), shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_check_tells_the_fit_of_every_story_and_what_to_do_next(tmp_path: Path, language: str) -> None:
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": "正文。"}})
    ended = run("--lang", language, "check", source)
    assert ended.code == 0
    assert re.search(r"^ ?1 +main +lead +1 +\d+ +(short|缺) \d+", ended.out, re.MULTILINE), ended.out
    *_, page, following = ended.err.splitlines()
    assert re.match({"en": r"page 1: short by \d+ lines", "zh": r"第1版：缺 \d+ 行"}[language], page)
    assert following.endswith(f"printkit build {source}")


def test_check_of_a_page_that_is_over_asks_for_another_check(tmp_path: Path) -> None:
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": "工会服务职工。" * 2000}})
    ended = run("check", source, "--page", "1")
    assert ended.code == 1
    first = ended.err.splitlines()[0]
    assert first.startswith("page 1 main · ")
    assert "articles/lead.yaml:" in first
    *_, page, following = ended.err.splitlines()
    assert re.match(r"page 1: over by \d+ lines \(\d+ characters\)", page)
    assert following.endswith(f"printkit check {source} --page 1")


def test_findings_stand_by_page_in_the_editions_order() -> None:
    def found(name: str, page: str | None) -> Diagnostic:
        return Diagnostic(name, Say("a", "甲"), page=page)

    told = [found("b", "3"), found("c", "A1"), found("a", None), found("d", "3"), found("e", "9")]
    assert [d.code for d in by_page(told, ["A1", "3"])] == ["a", "c", "b", "d", "e"]


@pytest.mark.parametrize(
    ("page", "slot", "en", "zh"),
    [
        ("8", "side", "page 8 side · error[x]: a", "第8版 side · error[x]: 甲"),
        ("A03", None, "page A03 · error[x]: a", "A03版 · error[x]: 甲"),
        (None, None, "error[x]: a", "error[x]: 甲"),
    ],
)
def test_a_finding_says_page_and_slot_first(page: str | None, slot: str | None, en: str, zh: str) -> None:
    told = Diagnostic("x", Say("a", "甲"), page=page, slot=slot)
    assert (told.to_text("en"), told.to_text("zh")) == (en, zh)


STEERING = "\x1b]0;a\x07\r\x9b31m\u202eb"


def test_nothing_that_a_stranger_wrote_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    told = Diagnostic(
        "x", Say(STEERING, STEERING), hint=Say(STEERING, STEERING), where=SourceRef(f"a\n{STEERING}.yaml")
    )
    first, hint = told.to_text("zh").split("\n")
    assert (first + hint).isprintable()
    show_json(diagnostic_object(told))
    said = capsys.readouterr().out
    assert said.replace("\n", "").isprintable()
    assert json.loads(said) == diagnostic_object(told)


def test_words_in_brackets_are_words_in_a_table_too(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("a")
    table.add_row("[/red] :heart:")
    show_table(table)
    assert "[/red] :heart:" in capsys.readouterr().out


def test_a_table_in_a_log_is_as_wide_as_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    name = "a-story-with-a-name-that-is-longer-than-a-terminal-is-wide"
    source = write_paper(tmp_path / "paper", {name: {"headline": "题", "body": "正文。"}})
    for arguments, words in ((["check"], name), (["capacity"], "characters")):
        ended = run(*arguments, source)
        assert words in ended.out
        assert "…" not in ended.out
