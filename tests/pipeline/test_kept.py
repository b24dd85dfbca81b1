"""What is kept from one run to the next: taken only where nothing differs, and never wrong, whatever becomes of the folder."""

import contextlib
import errno
import io
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from printkit.cli import command_line
from printkit.cli.again import answered
from printkit.commands import build as build_command
from printkit.diagnostics import Severity, SourceRef
from printkit.model.style import TextStyle
from printkit.pipeline import draw, jobs, kept
from printkit.pipeline.kept import Kept, _values
from printkit.store import Store, cache_folder
from tests.support.papers import digest, run, write_paper, write_yaml

PAST = 1_700_000_000
"""When the files of these tests were written: before the runs that read them, however coarse the clock."""
LAYOUT = """\
{% extends "shared/page.html.j2" %}
{% block page %}<main><section data-slot="one" class="whole"></section></main>{% endblock %}
"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """Two pages with a picture, a layout and a style sheet of the paper's own."""
    folder = tmp_path / "paper"
    for name in ("images", "layouts/own"):
        (folder / name).mkdir(parents=True)
    Image.new("RGB", (600, 400), "navy").save(folder / "images/one.png")
    (folder / "layouts/own/page.html.j2").write_text(LAYOUT, encoding="utf-8")
    (folder / "house.css").write_text(":root { --columns: 4 }", encoding="utf-8")
    picture = {"file": "../images/one.png", "caption": "一张图"}
    articles: dict[str, dict[str, Any]] = {
        "a": {"headline": "甲题", "body": "第一段写得很平常。" * 9, "pictures": [picture]},
        "b": {"headline": "乙题", "body": "第二段也一样。" * 9},
    }
    path = write_paper(folder, articles, paper={"stylesheets": ["house.css"]})
    pages = [
        {"number": n, "layout": "own", "stories": [{"article": f"articles/{name}.yaml", "level": 1}]}
        for n, name in (("1", "a"), ("2", "b"))
    ]
    write_yaml(path, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    age(folder)
    return path


def age(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (PAST, PAST))


class Counted:
    """Counts the pages that are drawn and the builds that are begun."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.drawn: list[str] = []
        self.built = 0
        drawn, built = draw.drawn_page, build_command.build

        def draws(run: Any, made: Any, *rest: Any) -> Any:
            self.drawn.append(made.page.number)
            return drawn(run, made, *rest)

        def builds(*arguments: Any) -> Any:
            self.built += 1
            return built(*arguments)

        monkeypatch.setattr(draw, "drawn_page", draws)
        monkeypatch.setattr(build_command, "build", builds)

    def build(self, edition: Path, out: Path, *options: str) -> tuple[int, list[str], dict[str, str]]:
        """Build; return how many runs it took, the pages that were drawn, and every file as a hash."""
        self.drawn, self.built = [], 0
        ended = run("build", edition, "-o", out, *options)
        assert ended.code == 0, ended.err
        return self.built, self.drawn, {p.name: digest(p) for p in sorted(out.rglob("*")) if p.is_file()}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def test_what_nothing_has_changed_is_told_again_and_not_made(counted: Counted, edition: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert counted.build(edition, out)[:2] == (1, ["1", "2"])
    first = run("build", edition, "-o", out, "--json")
    written = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert counted.build(edition, out)[:2] == (0, [])
    again = run("build", edition, "-o", out, "--json")
    assert (again.code, again.out, again.err) == (first.code, first.out, first.err)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == written
    for asked in (("--page", "2"), ("--only", "edition"), ("--strict",), ("--for", "print")):
        assert run("build", edition, "-o", tmp_path / "other", *asked).code == 0
        assert counted.built == 1, asked
        counted.built = 0


def new_layout(folder: Path) -> None:
    (folder / "layouts/shared").mkdir()
    (folder / "layouts/shared/story.html.j2").write_text('<article class="story"></article>', encoding="utf-8")


def no_picture(folder: Path) -> None:
    Image.new("RGB", (600, 400), "red").save(folder / "images/one.png")


def longer(folder: Path) -> None:
    _append(folder / "articles/b.yaml", "deck: 副题\n")


def published(folder: Path) -> None:
    _append(folder / "paper.yaml", "publisher: 某社\n")


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a style sheet": (lambda f: (f / "house.css").write_text(":root { --columns: 5 }"), ["1", "2"]),
    "a picture": (no_picture, ["1"]),
    "a layout": (lambda f: (f / "layouts/own/page.html.j2").write_text(LAYOUT.replace("main", "div")), ["1", "2"]),
    "the paper": (published, ["1", "2"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_made_anew_and_nothing_else(
    change: str, counted: Counted, edition: Path, tmp_path: Path
) -> None:
    counted.build(edition, tmp_path / "out")
    work, pages = CHANGES[change]
    work(edition.parent)
    age(edition.parent)
    built, drawn, files = counted.build(edition, tmp_path / "out")
    assert (built, drawn) == (1, pages)
    assert counted.build(edition, tmp_path / "out") == (0, [], files)
    assert counted.build(edition, tmp_path / "fresh", "--no-cache") == (1, ["1", "2"], files)


def test_a_page_whose_copy_has_changed_is_read_and_drawn_by_a_process_begun_before(
    counted: Counted, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted.build(edition, tmp_path / "out")
    longer(edition.parent)
    age(edition.parent)
    with monkeypatch.context() as patch:
        patch.delenv("PRINTKIT_JOBS")
        patch.setattr(jobs, "cores", lambda: 2)
        patch.delattr("printkit.pipeline.run.read_edition")
        built, drawn, files = counted.build(edition, tmp_path / "out")
    assert (built, drawn) == (1, []), "by this process"
    assert counted.build(edition, tmp_path / "out") == (0, [], files)
    assert counted.build(edition, tmp_path / "fresh", "--no-cache") == (1, ["1", "2"], files)


def test_a_template_that_comes_to_be_is_seen(counted: Counted, edition: Path, tmp_path: Path) -> None:
    counted.build(edition, tmp_path / "out")
    new_layout(edition.parent)
    assert run("build", edition, "-o", tmp_path / "out").code == 3, "it has no place for text"


def test_other_fonts_or_versions_make_everything_anew(
    counted: Counted, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted.build(edition, tmp_path / "out")
    monkeypatch.setattr(kept, "_state", lambda: "another")
    assert counted.build(edition, tmp_path / "out")[:2] == (1, ["1", "2"])


@pytest.mark.parametrize("harm", ["changed", "removed", "manifest"])
def test_files_that_somebody_has_touched_are_written_again(
    harm: str, counted: Counted, edition: Path, tmp_path: Path
) -> None:
    *_, whole = counted.build(edition, tmp_path / "out")
    file = tmp_path / "out/2024-01-10" / ("manifest.json" if harm == "manifest" else "web/01.pdf")
    file.unlink() if harm == "removed" else file.write_bytes(b"{}")
    assert counted.build(edition, tmp_path / "out") == (1, [], whole)
    assert counted.build(edition, tmp_path / "out") == (0, [], whole)


@pytest.mark.parametrize("rest", [b"", b"rubbish", b"\0" * 40_000])
def test_damaged_entries_count_as_missing(rest: bytes, counted: Counted, edition: Path, tmp_path: Path) -> None:
    *_, whole = counted.build(edition, tmp_path / "out")
    for entry in (cache_folder() / "pages").glob("*/*"):
        entry.write_bytes(entry.read_bytes()[: len(rest) // 2] + rest)
    assert counted.build(edition, tmp_path / "out") == (1, ["1", "2"], whole)


def test_what_was_written_while_a_run_read_it_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    store = Kept(tmp_path / "kept")
    key = store.key("stage", file)
    assert key == Kept(tmp_path / "kept").key("stage", file)
    assert key
    file.write_text("now", encoding="utf-8")
    store.keep(key, "made", frozenset())
    assert Kept(tmp_path / "kept").find(key) is None
    os.utime(file, (PAST, PAST))
    later = Kept(tmp_path / "kept")
    later.keep(key, "made", frozenset())
    assert later.find(key) == ("made", frozenset({file}))
    file.write_text("other", encoding="utf-8")
    assert Kept(tmp_path / "kept").find(key) is None


def test_who_waits_for_what_was_made_does_not_wait_for_it_to_be_written(tmp_path: Path) -> None:
    store = Kept(tmp_path / "kept", waits=True)
    keys = [store.key("stage", value) for value in (1, 2)]
    assert [store.keep(key, "made", frozenset()) for key in keys] == [("made", frozenset())] * 2
    assert [store.find(key) for key in keys] == [None, None]
    store.settle()
    assert [store.find(key) for key in keys] == [("made", frozenset())] * 2


@pytest.mark.parametrize("size", [10, 300_000])
def test_a_file_is_seen_to_be_another_by_more_than_its_size_and_date(size: int, tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    file.write_bytes(b"a" * size)
    os.utime(file, (PAST, PAST))
    store = Kept(tmp_path / "kept", _begun=time.time_ns() + 10**10)  # of a run that begins when the file is long there
    key = store.key("stage", "value")
    store.keep(key, "made", frozenset({file}))
    assert Kept(tmp_path / "kept").find(key) == ("made", frozenset({file}))
    file.write_bytes(b"b" * size)
    os.utime(file, (PAST, PAST))
    assert Kept(tmp_path / "kept").find(key) is None
    file.write_bytes(b"a" * size)
    assert Kept(tmp_path / "kept").find(key), "the same content as then, whenever it was written"


def test_what_was_kept_stands_for_itself_in_a_later_key(tmp_path: Path) -> None:
    style = tmp_path / "a.css"
    style.write_text("a", encoding="utf-8")
    os.utime(style, (PAST, PAST))
    made, store = TextStyle("body", 9000, 14000, ()), Kept(tmp_path / "kept")
    store.keep(store.key("make up", 1), (made, ()), frozenset({style}))
    later = Kept(tmp_path / "kept")
    found = later.find(later.key("make up", 1))
    assert found
    key = store.key("draw", ("look", made))
    assert key == later.key("draw", ("look", found[0][0])), "whoever made it"
    assert key
    assert style in key.files
    assert key != Kept(tmp_path / "kept").key("draw", ("look", made)), "one that was not kept is written out"


def test_an_answer_is_given_before_anything_is_loaded(edition: Path) -> None:
    loaded = "print(len({'typer', 'pydantic', 'weasyprint', 'rich', 'ortools'} & sys.modules.keys()), file=sys.stderr)"
    script = f"import sys; from printkit.cli import main; main(sys.argv[1:]); {loaded}"
    first, second = (
        subprocess.run([sys.executable, "-c", script, "check", edition], capture_output=True, check=True, text=True)
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    (*told, count), (*again, none) = first.stderr.splitlines(), second.stderr.splitlines()
    assert told == again
    assert (int(count), none) == (4, "0"), "nor the solver where no page lays itself out"


def test_an_answer_is_given_again_in_the_language_asked_for(edition: Path) -> None:
    first, again = (
        {lang: run("--lang", lang, "check", edition, "--jobs", jobs) for lang in ("en", "zh")} for jobs in (1, 2)
    )
    assert first == again
    assert "接着" in first["zh"].err
    assert "next" in first["en"].err


def test_a_value_that_has_no_words_of_its_own_is_not_kept(tmp_path: Path) -> None:
    assert Kept(tmp_path).key("stage", object()) is None
    assert Kept(None).key("stage", "value") is None
    assert Kept(tmp_path).key("stage", digest) == Kept(tmp_path).key("stage", digest)


def test_a_folder_that_cannot_be_written_costs_time_alone(
    counted: Counted, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, whole = counted.build(edition, tmp_path / "out")
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert counted.build(edition, tmp_path / "out") == (1, ["1", "2"], whole)


def test_nothing_is_kept_where_the_user_wants_nothing_kept(
    counted: Counted, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINTKIT_KEEP", "0")
    for _ in range(2):
        assert counted.build(edition, tmp_path / "out")[:2] == (1, ["1", "2"])
    assert not (cache_folder() / "pages").exists()
    monkeypatch.setenv("PRINTKIT_KEEP", "much")
    ended = run("build", edition, "-o", tmp_path / "out")
    assert (ended.code, "PRINTKIT_KEEP" in ended.err) == (2, True)


def test_the_cache_is_shown_and_emptied(counted: Counted, edition: Path, tmp_path: Path) -> None:
    counted.build(edition, tmp_path / "out")
    told = run("cache", "info", "--json").report
    assert told["pages"]["files"] >= 5
    assert told["pages"]["bytes"] == sum(p.stat().st_size for p in (cache_folder() / "pages").glob("*/*"))
    assert "256 MB" in run("cache", "info").out
    assert run("cache", "clear").code == 0
    assert {room["files"] for room in run("cache", "info", "--json").report.values()} == {0}
    assert counted.build(edition, tmp_path / "out")[:2] == (1, ["1", "2"])


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number, name in enumerate(("aa", "bb", "cc")):
        store.write(name, bytes(1000))
        os.utime(tmp_path / name / name, (PAST + number, PAST + number))
    store.trim(2500)
    assert [store.read(name) is not None for name in ("aa", "bb", "cc")] == [False, True, True]


def test_a_run_of_several_processes_takes_what_one_has_kept(edition: Path, tmp_path: Path, counted: Counted) -> None:
    *_, whole = counted.build(edition, tmp_path / "out", "--jobs", "2")
    assert counted.build(edition, tmp_path / "second") == (1, [], whole)


class _Full(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_an_answer_that_nothing_can_be_printed_on_ends_as_the_run_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kept, "find", lambda self, key: [([(0, "told before\n")], 0)])
    with contextlib.redirect_stdout(_Full()):
        assert answered(["check", "edition.yaml"], lambda given: 2) == 2
        assert command_line.run(["schema"]) == 2
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as closed, contextlib.redirect_stdout(closed):
        assert answered(["check", "edition.yaml"], lambda given: 2) == 1


class Written:
    """A value as some version of Python writes it."""

    def __init__(self, *reduced: object) -> None:
        self._reduced = reduced

    def __reduce__(self) -> Any:
        return self._reduced


def test_a_member_of_an_enumeration_comes_back_as_each_python_writes_it() -> None:
    """Debian 12's asks its class for it by name; whatever else is asked for so is refused."""
    for told in (pickle.dumps(Severity.ERROR), pickle.dumps(Written(getattr, (Severity, "ERROR")))):
        assert _values(told) is Severity.ERROR
    for asked in ((Severity, "__init__"), (SourceRef, "__init__"), ("text", "format")):
        with pytest.raises((pickle.UnpicklingError, KeyError)):
            _values(pickle.dumps(Written(getattr, asked)))
