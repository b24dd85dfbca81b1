"""The command line from outside: exit codes, what is printed where, and that bad input writes nothing.

Every wrong input ends with exit 3 and one message that has a place and a hint, in both languages.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from printkit.cli.terminal import show
from printkit.diagnostics import Diagnostic, Say
from printkit.render.templates import LAYOUTS, layout_roots, template_ref
from printkit.source import read_edition
from tests.support.papers import Run, run

PAPER = "name: 试排日报\n"
EDITION = """\
paper: paper.yaml
date: 2024-01-10
pages:
  - number: 1
    layout: feature
    stories:
      - article: articles/lead.yaml
        slot: main
"""
ARTICLE = """\
headline: 工会服务职工
body: |
  第一段。
"""


def write_small(folder: Path) -> Path:
    """Write the edition that the wrong inputs are made from; return its file."""
    for name, text in (("paper.yaml", PAPER), ("edition.yaml", EDITION), ("articles/lead.yaml", ARTICLE)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "images").mkdir()
    Image.new("RGB", (40, 30), "gray").save(folder / "images/a.png")
    return folder / "edition.yaml"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong input: what is done to the small edition, the code told, and the file and line it is told at."""

    code: str
    place: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    make: Callable[[Path], None] | None = None


def edition(old: str, new: str) -> dict[str, str | bytes]:
    """The edition file with one thing changed."""
    assert EDITION.count(old) == 1
    return {"edition.yaml": EDITION.replace(old, new)}


def article(text: str | bytes) -> dict[str, str | bytes]:
    """Another article."""
    return {"articles/lead.yaml": text}


def with_picture(name: str) -> dict[str, str | bytes]:
    """The article with a picture."""
    return article(ARTICLE + f"pictures:\n  - file: {name}\n")


def a_bomb_of_pixels(folder: Path) -> None:
    """A PNG of a few bytes that says it is 60,000 by 60,000."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )
    (folder / "images/bomb.png").write_bytes(png)


def a_link_out(folder: Path) -> None:
    """A link in the paper's folder to a picture outside it."""
    outside = folder.parent / "outside.png"
    Image.new("RGB", (40, 30)).save(outside)
    (folder / "images/link.png").symlink_to(outside)


def a_folder_out(folder: Path) -> None:
    """A linked folder of articles outside the paper's."""
    outside = folder.parent / "elsewhere"
    outside.mkdir()
    (outside / "x.yaml").write_text(ARTICLE, encoding="utf-8")
    (folder / "linked").symlink_to(outside)


def own_layout(html: str) -> Callable[[Path], None]:
    """A layout of the paper's own, called `own`."""

    def make(folder: Path) -> None:
        (folder / "layouts/own").mkdir(parents=True)
        (folder / "layouts/own/page.html.j2").write_text(html, encoding="utf-8")

    return make


IN_OWN = edition("layout: feature", "layout: own")
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
SLOT = "        slot: main\n"

WRONG = {
    "wrong type": Wrong("source.wrong-type", "articles/lead.yaml:4", article(ARTICLE + "keywords: 一词\n")),
    "missing headline": Wrong("source.missing-key", "articles/lead.yaml:1", article("body: 正文。\n")),
    "missing body": Wrong("source.missing-key", "articles/lead.yaml:1", article("headline: 标题\n")),
    "unknown layout": Wrong("layout.unknown", "edition.yaml:5", edition("layout: feature", "layout: featur")),
    "no such slot": Wrong("layout.no-such-slot", "edition.yaml:8", edition("slot: main", "slot: mian")),
    "slot used twice": Wrong(
        "layout.slot-taken",
        "edition.yaml:11",
        {"edition.yaml": EDITION + "      - article: articles/lead.yaml\n        id: again\n" + SLOT},
    ),
    "no free slot": Wrong(
        "layout.no-free-slot",
        "edition.yaml:9",
        {"edition.yaml": EDITION + "      - article: articles/lead.yaml\n        id: again\n"},
    ),
    "page number twice": Wrong(
        "source.used-twice", "edition.yaml:9", {"edition.yaml": EDITION + "  - number: 1\n    layout: feature\n"}
    ),
    "story twice": Wrong(
        "source.used-twice", "edition.yaml:9", {"edition.yaml": EDITION + "      - article: articles/lead.yaml\n"}
    ),
    "date that is none": Wrong("source.wrong-value", "edition.yaml:2", edition("2024-01-10", "2024-02-30")),
    "unknown key": Wrong("source.unknown-key", "articles/lead.yaml:4", article(ARTICLE + "headlin: 甲\n")),
    "duplicate key": Wrong("source.duplicate-key", "articles/lead.yaml:4", article(ARTICLE + "headline: 甲\n")),
    "alias and key both": Wrong("source.duplicate-key", "articles/lead.yaml:4", article(ARTICLE + "主题: 甲\n")),
    "tab": Wrong("source.syntax", "articles/lead.yaml:3", article("headline: 甲\nbody: |\n\t乙\n")),
    "not UTF-8": Wrong("source.encoding", "articles/lead.yaml:1", article("headline: 标题\n".encode("gb18030"))),
    "NUL": Wrong("source.encoding", "articles/lead.yaml:1", article(b"headline: a\0b\n")),
    "empty article": Wrong("source.empty", "articles/lead.yaml:1", article("")),
    "empty edition": Wrong("source.empty", "edition.yaml:1", {"edition.yaml": ""}),
    "article that is a folder": Wrong(
        "source.unreadable-file", "edition.yaml:7", edition("articles/lead.yaml", "articles")
    ),
    "missing article": Wrong("source.missing-file", "edition.yaml:7", edition("lead.yaml", "laed.yaml")),
    "missing picture": Wrong("source.missing-file", "articles/lead.yaml:5", with_picture("../images/b.png")),
    "broken picture": Wrong(
        "source.bad-picture",
        "articles/lead.yaml:5",
        with_picture("../images/c.png") | {"images/c.png": b"\x89PNG\r\n\x1a\n" + b"x" * 50},
    ),
    "bomb of pixels": Wrong(
        "source.bad-picture", "articles/lead.yaml:5", with_picture("../images/bomb.png"), a_bomb_of_pixels
    ),
    "article outside the paper": Wrong(
        "source.wrong-path", "edition.yaml:7", edition("articles/lead.yaml", "../lead.yaml")
    ),
    "picture outside the paper": Wrong("source.wrong-path", "articles/lead.yaml:5", with_picture("/etc/passwd")),
    "picture through a link": Wrong(
        "source.wrong-path", "articles/lead.yaml:5", with_picture("../images/link.png"), a_link_out
    ),
    "article through a link": Wrong(
        "source.wrong-path", "edition.yaml:7", edition("articles/lead.yaml", "linked/x.yaml"), a_folder_out
    ),
    "alias bomb": Wrong("source.too-large", "articles/lead.yaml:7", article(BOMB)),
    "nested 5,000 deep": Wrong("source.too-large", "articles/lead.yaml:1", article("headline: " + "[" * 5000)),
    "nested 5,000 deep, in blocks": Wrong("source.too-large", "articles/lead.yaml:1", article("- " * 5000 + "x\n")),
    "Python tag": Wrong(
        "source.syntax", "articles/lead.yaml:1", article("headline: !!python/object/apply:os.system [ls]\nbody: b\n")
    ),
    "unpaired surrogate": Wrong("source.syntax", "articles/lead.yaml:1", article('headline: "\\ud800"\nbody: b\n')),
    "surrogate as bytes": Wrong("source.encoding", "articles/lead.yaml:1", article(b"headline: \xed\xa0\x80\n")),
    "at on a fixed layout": Wrong(
        "layout.no-grid",
        "edition.yaml:8",
        edition("slot: main", "at: {column: 1, row: 1, columns: 2, rows: 9}"),
    ),
    "layout that leaves the folder": Wrong(
        "source.wrong-value", "edition.yaml:5", edition("layout: feature", "layout: ../feature")
    ),
    "level": Wrong("source.wrong-value", "edition.yaml:8", edition("slot: main", "level: 9")),
    "missing paper": Wrong("source.missing-file", "edition.yaml:1", edition("paper: paper.yaml", "paper: papier.yaml")),
    "size without unit": Wrong(
        "source.wrong-value", "paper.yaml:2", {"paper.yaml": PAPER + "page_size: {width: 270, height: 390mm}\n"}
    ),
    "page of no size": Wrong(
        "source.wrong-value", "paper.yaml:2", {"paper.yaml": PAPER + "page_size: {width: 0mm, height: 390mm}\n"}
    ),
    "link to a script": Wrong(
        "source.markup", "articles/lead.yaml:3", article("headline: 甲\nbody: |\n  [乙](javascript:alert(1))\n")
    ),
    "full-width colon": Wrong("source.syntax", "articles/lead.yaml:1", article("主题：甲\n正文: 乙\n")),
    "template with a fault": Wrong(
        "layout.template", "page.html.j2:2", IN_OWN, own_layout("<main>\n{% if %}\n</main>\n")
    ),
    "template with an unknown name": Wrong(
        "layout.template", "page.html.j2:3", IN_OWN, own_layout("<main>\n\n{{ papper.name }}\n</main>\n")
    ),
    "template with a slot twice": Wrong(
        "layout.slot-twice",
        "edition.yaml:5",
        IN_OWN,
        own_layout('<main><p data-slot="main"></p><p data-slot="main"></p></main>\n'),
    ),
}


def prepared(folder: Path, wrong: Wrong) -> Path:
    """Write a wrong edition."""
    path = write_small(folder)
    for name, text in wrong.files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    if wrong.make:
        wrong.make(folder)
    return path


def files_of(folder: Path) -> dict[str, bytes | None]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def test_thirty_wrong_inputs_at_least() -> None:
    assert len(WRONG) >= 30


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_told_once_and_writes_nothing(name: str, tmp_path: Path) -> None:
    wrong = WRONG[name]
    path = prepared(tmp_path / "paper", wrong)
    out = tmp_path / "out"
    ended = run("build", path, "-o", out)
    assert ended.code == 3, ended.err
    assert ended.out == ""
    assert not out.exists()
    told = re.findall(r"^(?:page .+ · )?(\S+?:\d+:\d+): .*?error\[(.+?)\]: (.+)$", ended.err, re.MULTILINE)
    assert len(told) == 1, ended.err
    assert ended.err.count("error[") == 1, ended.err
    place, code, message = told[0]
    assert code == wrong.code
    assert f"{wrong.place}:" in place
    assert len(message) < 400
    assert re.search(r"^  hint: \S", ended.err, re.MULTILINE), ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_leaves_the_last_output(name: str, tmp_path: Path) -> None:
    path = prepared(tmp_path / "paper", WRONG[name])
    out = tmp_path / "out"
    (out / "2024-01-10/web").mkdir(parents=True)
    (out / "2024-01-10/web/edition.pdf").write_bytes(b"the last good one")
    before = files_of(out)
    for command in ("build", "check"):
        ended = run("--lang", "zh", command, path, "--json", *(["-o", out] if command == "build" else []))
        assert ended.code == 3
        errors = [d for d in ended.report["diagnostics"] if d["severity"] == "error"]
        assert len(errors) == 1
        assert errors[0]["code"] == WRONG[name].code
        assert re.search("[\u4e00-\u9fff]", errors[0]["message_zh"])
        assert re.search("[\u4e00-\u9fff]", errors[0]["hint_zh"] or "")
        assert errors[0]["line"] >= 1
        assert errors[0]["column"] >= 1
        assert ended.report["outputs"] == []
    assert files_of(out) == before


def test_all_faults_of_a_run_are_told_together(tmp_path: Path) -> None:
    path = prepared(
        tmp_path,
        Wrong("", "", article("headlin: 甲\nbody: b\n") | edition("2024-01-10", "2024-13-01")),
    )
    ended = run("build", path, "-o", tmp_path / "out")
    assert ended.code == 3
    assert "source.unknown-key" in ended.err
    assert "source.wrong-value" in ended.err


def test_an_edition_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").mkdir()
    ended = run("build", tmp_path / "edition.yaml", "-o", tmp_path / "out")
    assert ended.code == 3
    assert ended.err.count("error[") == 1
    assert "hint:" in ended.err


def test_an_edition_that_is_not_there(tmp_path: Path) -> None:
    ended = run("build", tmp_path / "none.yaml", "-o", tmp_path / "out")
    assert ended.code == 3
    assert ended.err.count("error[") == 1
    assert "none.yaml" in ended.err
    assert not (tmp_path / "out").exists()


# --- usage ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld", "x"],
        ["build"],
        ["build", "EDITION", "--for", "paper"],
        ["build", "EDITION", "--for", ""],
        ["build", "EDITION", "--only", "page"],
        ["build", "EDITION", "--only", "edition", "--page", "1"],
        ["build", "EDITION", "--page", "7"],
        ["build", "EDITION", "--no-such-option"],
        ["check", "EDITION", "--page", "7"],
        ["check", "EDITION", "-o", "x"],
        ["--lang", "fr", "check", "EDITION"],
        [],
    ],
    ids=" ".join,
)
def test_bad_usage_is_exit_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_small(tmp_path / "paper")
    monkeypatch.chdir(tmp_path)
    given = [str(path) if a == "EDITION" else a for a in arguments]
    ended = run(*given)
    assert ended.code == 2, ended
    assert ended.err or ended.out
    assert "Traceback" not in ended.err
    assert not (tmp_path / "out").exists()


def test_help_and_version_are_exit_0() -> None:
    assert run("--help").code == 0
    for command in ("build", "check", "schema", "new"):
        told = run(command, "--help")
        assert told.code == 0
        assert re.search("[\u4e00-\u9fff]", told.out)
    assert re.fullmatch(r"printkit \S+\n", run("--version").out)


# --- what is printed ------------------------------------------------------------------------------------------


def test_schema_is_json() -> None:
    ended = run("schema")
    assert ended.code == 0
    assert {"paper", "edition", "article"} <= set(str(json.loads(ended.out)).lower().split("'"))


def test_json_is_one_object_in_success(tmp_path: Path) -> None:
    ended = run("build", write_small(tmp_path / "paper"), "-o", tmp_path / "out", "--json")
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    assert isinstance(report, dict)
    assert [Path(o["path"]).name for o in report["outputs"]] == ["01.pdf", "edition.pdf"]
    assert json.loads((tmp_path / "out/2024-01-10/report.json").read_bytes()) == report
    assert ended.err == ""


def test_json_is_one_object_after_an_internal_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is told as one, and the object is still one."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("printkit.commands.build.build", broken)
    ended = run("build", write_small(tmp_path / "paper"), "-o", tmp_path / "out", "--json")
    assert ended.code == 5
    report = json.loads(ended.out)
    assert [d["code"] for d in report["diagnostics"]] == ["internal.error"]


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    path = write_small(tmp_path / "paper")
    (tmp_path / "out").write_text("a file where a folder should be")
    ended = run("build", path, "-o", tmp_path / "out", "--json")
    assert ended.code == 2
    report = json.loads(ended.out)
    assert [d["code"] for d in report["diagnostics"]] == ["usage.output-folder"]
    assert str(tmp_path / "out") in report["diagnostics"][0]["message"]
    assert report["diagnostics"][0]["hint"]
    assert (tmp_path / "out").read_text() == "a file where a folder should be"


def test_paths_of_the_outputs_are_printed(tmp_path: Path) -> None:
    ended = run("build", write_small(tmp_path / "paper"), "-o", tmp_path / "out")
    assert ended.code == 0
    assert [Path(line) for line in ended.out.splitlines()] == [
        tmp_path / "out/2024-01-10/web/01.pdf",
        tmp_path / "out/2024-01-10/web/edition.pdf",
    ]
    assert all(Path(line).is_file() for line in ended.out.splitlines())


def told_in(arguments: list[str], path: Path, environment: dict[str, str]) -> Run:
    """Run the command as a process of its own, with its locale."""
    script = "import sys; from printkit.cli import main; sys.exit(main(sys.argv[1:]))"
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments, "check", str(path)],
        env={k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES")} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Run(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.parametrize(
    ("arguments", "environment", "hint"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "提示: "),
        ([], {"LANG": "en_US.UTF-8"}, "hint: "),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "hint: "),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "hint: "),
        (["--lang", "zh"], {"LANG": "C.UTF-8"}, "提示: "),
    ],
)
def test_language_of_messages(arguments: list[str], environment: dict[str, str], hint: str, tmp_path: Path) -> None:
    path = prepared(tmp_path, WRONG["unknown key"])
    ended = told_in(arguments, path, environment)
    assert ended.code == 3
    assert f"\n  {hint}" in ended.err


def test_quiet_when_not_a_terminal(tmp_path: Path) -> None:
    """No bar, no colour, no cursor: what a log keeps is the findings alone."""
    ended = run("build", write_small(tmp_path / "paper"), "-o", tmp_path / "out")
    assert "\x1b" not in ended.err + ended.out
    assert "\r" not in ended.err + ended.out
    assert all(re.match(r"(page \S+( \S+)? · )?\S+:\d+:\d+: |  hint: ", line) for line in ended.err.splitlines()), (
        ended.err
    )


def test_check_draws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_small(tmp_path / "paper")
    monkeypatch.chdir(tmp_path)
    before = files_of(tmp_path)
    ended = run("check", path, "--json")
    assert ended.code == 0
    assert ended.report["outputs"] == []
    assert [s["id"] for s in ended.report["stories"]] == ["lead"]
    assert files_of(tmp_path) == before


def test_strict_writes_nothing_where_there_is_an_error(tmp_path: Path) -> None:
    path = prepared(tmp_path / "paper", Wrong("", "", article("headline: 甲\nbody: |\n  表情🦄。\n")))
    ended = run("build", path, "-o", tmp_path / "out", "--strict")
    assert ended.code == 1
    assert "fonts.missing-character" in ended.err
    assert not (tmp_path / "out").exists()
    assert run("build", path, "-o", tmp_path / "out").code == 1
    assert (tmp_path / "out/2024-01-10/web/01.pdf").is_file()


def test_new_makes_a_paper_that_builds(tmp_path: Path) -> None:
    made: Any = run("new", tmp_path / "mine")
    assert made.code == 0, made.err
    editions = sorted((tmp_path / "mine").rglob("edition.yaml"))
    assert len(editions) == 1
    ended = run("build", editions[0], "-o", tmp_path / "out")
    assert ended.code == 0, ended.err
    again = run("new", tmp_path / "mine")
    assert again.code in (2, 3)
    assert again.err.count("error[") == 1


# --- where ----------------------------------------------------------------------------------------------------------


def issue_folder(folder: Path, **changes: str) -> Path:
    """Write a paper whose edition has a folder of its own, so that three folders can be told apart."""
    files = {
        "paper.yaml": PAPER,
        "articles/lead.yaml": ARTICLE,
        "no12/edition.yaml": EDITION.replace("paper.yaml", "../paper.yaml").replace("articles/", "../articles/"),
    }
    for name, text in (files | changes).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "no12/edition.yaml"


NAMED = {
    "an article's fault": ("articles/lead.yaml", {"articles/lead.yaml": "headlin: 甲\n"}),
    "the edition's syntax": ("edition.yaml", {"no12/edition.yaml": "pages: [\n"}),
    "the edition's key": (
        "no12/edition.yaml",
        {"no12/edition.yaml": "paper: ../paper.yaml\ndate: 2024-01-10\npages: []\nx: y\n"},
    ),
    "a layout's fault": ("layouts/feature/page.html.j2", {"layouts/feature/page.html.j2": "{{ nothing.at_all }}"}),
    "a story too long": (
        "articles/lead.yaml",
        {
            "paper.yaml": PAPER + "page_size: {width: 190mm, height: 210mm}\n",
            "articles/lead.yaml": f"headline: 甲\nbody: {'字数太多，' * 500}\n",
        },
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_files_are_named_from_the_papers_folder_by_every_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, changes = NAMED[name]
    path = issue_folder(tmp_path / "paper", **changes)
    for place in (tmp_path, path.parent):
        monkeypatch.chdir(place)
        for command in ("check", "build", "reprint", "site"):
            out = ["-o", tmp_path / f"{command}-{place.name}"] if command != "check" else []
            ended = run(command, path, "--json", *out)
            assert {d["file"] for d in ended.report["diagnostics"] if d["severity"] == "error"} == {file}, command
        ended = run("check", path)
        told = re.findall(r"^(?:page .+ · )?(\S+?):\d+:\d+: .*?error\[", ended.err, re.MULTILINE)
        assert told
        assert all((place / one).is_file() for one in told), ended.err
    moved = tmp_path / "elsewhere"
    (tmp_path / "paper").rename(moved)
    assert (
        run("check", moved / "no12/edition.yaml", "--json").report["diagnostics"]
        == run("check", "edition.yaml", "--json").report["diagnostics"]
    )


def test_a_layout_of_printkits_own_is_named_alike_and_shown_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = read_edition(write_small(tmp_path))[0].paper
    where = template_ref(str(LAYOUTS / "front/page.html.j2"), 3, layout_roots(paper))
    assert where.file == "layouts/front/page.html.j2"
    show([Diagnostic("layout.template", Say("wrong", "错"), where=where)], paper.folder)
    shown = capsys.readouterr().err.partition(":3:1")[0]
    assert Path(shown).samefile(LAYOUTS / "front/page.html.j2")


def test_a_missing_edition_is_named_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run("check", "no12/edition.yaml", "--json")
    assert [d["file"] for d in ended.report["diagnostics"]] == ["no12/edition.yaml"]
    assert "no12/edition.yaml:1:1: error[source.missing-file]" in run("check", "no12/edition.yaml").err


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    with monkeypatch.context() as patch:
        patch.chdir(tmp_path / "gone")
        (tmp_path / "gone").rmdir()
        ended = run("check", tmp_path / "edition.yaml")
    assert (ended.code, "usage.no-folder" in ended.err) == (2, True)
