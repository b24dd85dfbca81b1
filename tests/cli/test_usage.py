"""A command line that is wrong: told in the language asked for, with the option named, and as JSON where that is asked for."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.papers import run, write_paper

KEYS = [
    "severity", "code", "message", "message_zh", "hint", "hint_zh",
    "file", "line", "column", "field", "page", "slot", "story", "bbox",
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (["site", "x"], "--out / -o is missing", "缺少 --out / -o"),
        (["check"], "EDITION is missing", "缺少 EDITION"),
        (["build"], "EDITION... is missing", "缺少 EDITION..."),
        (["site"], "EDITION... is missing", "缺少 EDITION..."),
        (["biuld"], "there is no command biuld", "没有 biuld 这个命令"),
        (["cache"], "the command is missing", "缺少命令"),
        (["build", "x", "--fro", "web"], "there is no option --fro", "没有 --fro 这个选项"),
        (["build", "x", "--lang", "en"], "before the command: printkit --lang … build", "要写在命令前面"),
        (["build", "x", "-o"], "-o needs a value", "-o 后面要写一个值"),
        (["build", "x", "--strict=3"], "--strict takes no value", "--strict 后面不写值"),
        (["preflight", "x", "--tac", "much"], "--tac takes a number", "--tac 要写数字"),
        (["plan", "x", "--candidates", "0"], "--candidates takes a number from 1 to 20", "要写 1 至 20 的数字"),
        (["plan", "x", "--write", "-1"], "--write takes a number from 0 on", "要写数字，至少为 0"),
        (["preflight", "x", "--tac", "-1"], "--tac: “-1” is not what can be asked for", "--tac：不能写“-1”"),
        (["preflight", "x", "--profile", "book"], "it takes newspaper, web, archive", "可写 newspaper、web、archive"),
        (["preflight", "x", "--size", "3"], "it takes tabloid, broadsheet, 270x390", "可写 tabloid、broadsheet"),
        (["check", "a", "b", "c"], "this is too much: b c", "多写了：b c"),
        (["build", "x", "--for", "paper"], "it takes web, print, archive", "可写 web、print、archive"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_usage_is_told_in_both_languages(arguments: list[str], en: str, zh: str) -> None:
    for language, words in (("en", en), ("zh", zh)):
        ended = run("--lang", language, *arguments)
        assert (ended.code, ended.out) == (2, "")
        assert words in ended.err
        assert re.search({"en": r"^  hint: \S", "zh": r"^  提示: \S"}[language], ended.err, re.MULTILINE)
    assert not re.search("Usage|Error|Missing|Invalid", run("--lang=zh", *arguments).err)
    told = run(*arguments, "--json").report["diagnostics"] if arguments[-1] != "-o" else []
    assert all(list(found) == KEYS for found in told)


def test_a_language_that_is_none() -> None:
    ended = run("--lang", "fr", "schema")
    assert ended.code == 2
    assert "en, zh" in ended.err or "en、zh" in ended.err


@pytest.mark.parametrize("fails", [False, True], ids=["good", "bad"])
@pytest.mark.parametrize("command", ["check", "build", "reprint", "capacity", "site"])
def test_every_command_has_findings_with_the_same_keys(command: str, fails: bool, tmp_path: Path) -> None:
    story: dict[str, Any] = {"headline": "题", "body": "工会服务职工。" * 1200}
    paper: dict[str, Any] = {"page_sise": "tabloid"} if fails else {}
    source = write_paper(tmp_path / "paper", {"lead": story}, paper=paper)
    out = [] if command in ("check", "capacity") else ["-o", tmp_path / "out"]
    ended = run(command, source, "--json", *out)
    assert ended.code == (3 if fails else 0 if command == "capacity" else 1), ended.report
    found = ended.report["diagnostics"]
    assert bool(found) or command == "capacity"
    assert all(list(one) == KEYS for one in found)
    if not fails and command in ("check", "build", "reprint", "site"):
        assert ("1", "main") in {(one["page"], one["slot"]) for one in found if one["code"] == "makeup.overset"}


def test_preflight_has_findings_with_the_same_keys(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    ended = run("preflight", tmp_path / "a.pdf", "--json")
    assert ended.code == 3
    assert [list(found) for found in ended.report["diagnostics"]] == [KEYS]


@pytest.mark.parametrize("command", ["new", "schema"])
def test_commands_without_a_report_fail_as_one_object_too(command: str) -> None:
    ended = run(command, "--json")
    assert ended.code == 2
    assert [found["code"] for found in ended.report["diagnostics"]] == ["usage.command-line"]
