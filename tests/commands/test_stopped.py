"""Runs killed at one step of theirs, and disks that are full from one on: what was there stays whole, and the next run mends.

`make test` stops each command at a few steps over its whole length; `make stopped` at a hundred, or at every one where it has
fewer (`STOPS` says how many).
"""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from printkit.diagnostics import ExitCode
from tests.support.disk import Disk, at_once, on
from tests.support.papers import Run, run, write_paper, write_yaml
from tests.support.sites import broken_links

STOPS = int(os.environ.get("STOPS", "4"))
LEAD = {"headline": "码头的灯亮了", "body": "码头的灯今晚亮了。\n\n记者到了现场。\n"}
SITE = {"site": {"base_url": "https://paper.example.org/"}}
FINE = (ExitCode.DONE, ExitCode.FINDINGS)


@pytest.fixture(autouse=True)
def _forked_quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads of whoever runs the tests
        yield


@dataclass
class Command:
    """A command on a folder: what it is given, and the same folder before and after an unbroken run."""

    folder: Path
    given: Callable[[Path], tuple[object, ...]]
    name: str
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    steps: int = 0

    def run(self, **what: Any) -> tuple[Run | None, int]:
        """Run it in a process of its own, on a disk that does something."""
        return on(Disk(self.folder, **what), lambda: run(*self.given(self.folder)))

    def restore(self) -> None:
        """Put the folder back as it was before."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and entry.name != "cache":
                shutil.rmtree(entry)
        for name, data in self.before.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def prepared(self) -> "Command":
        """Run it unbroken, to know its steps and what comes of it."""
        self.before = tree(self.folder)
        ended, _ = self.run()
        assert ended
        assert ended.code in FINE, ended.err
        self.after = tree(self.folder)
        assert self.after != self.before
        self.restore()
        assert tree(self.folder) == self.before
        _, self.steps = self.run()  # what is kept by now is not written again
        assert tree(self.folder) == self.after
        return self

    def moments(self) -> list[int]:
        """Return the steps at which it is stopped: spread over all, the last ones among them."""
        return sorted({self.steps - 1 - n * max(1, self.steps // STOPS) for n in range(STOPS)} & set(range(self.steps)))


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder but the cache, and the lock of a killed run, which is only a name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "cache" and path.suffix != ".lock"
    }


def below(files: dict[str, bytes], top: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith(top)}


def _paper(folder: Path, headline: str = "码头的灯亮了") -> Path:
    return write_paper(folder / "paper", {"lead": LEAD | {"headline": headline}}, paper=SITE)


def _build(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    assert run("build", _paper(folder), "-o", folder / "out").code in FINE
    _paper(folder, "又一题")
    return lambda place: ("build", place / "paper/edition.yaml", "-o", place / "out")


def _reprint(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    _build(folder)
    return lambda place: ("reprint", place / "paper/edition.yaml", "-o", place / "out")


def _site(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    assert run("site", _paper(folder), "-o", folder / "out").code in FINE
    text = _paper(folder, "又一题").read_text(encoding="utf-8")
    (folder / "paper/edition.yaml").write_text(text.replace("2024-01-10", "2024-01-11"), encoding="utf-8")
    return lambda place: ("site", place / "paper/edition.yaml", "-o", place / "out")


def _correction(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    assert run("site", _paper(folder), "-o", folder / "out").code in FINE
    _paper(folder, "又一题")
    return lambda place: ("site", place / "paper/edition.yaml", "-o", place / "out", "--correct")


def _import(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    (folder / "paper/articles").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"paper/{name}.txt").write_text(f"码头{name}\n\n本报讯 灯亮了。\n", encoding="utf-8")
    return lambda place: (
        "import", place / "paper/a.txt", place / "paper/b.txt", "-o", place / "paper/articles", "--force",
    )  # fmt: skip


def _lint(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    source = _paper(folder)
    write_yaml(folder / "paper/articles/lead.yaml", LEAD | {"body": "灯亮了,人来了. 师傅说:“好”.\n"})
    assert source.exists()
    return lambda place: ("lint", place / "paper/edition.yaml", "--fix")


def _plan(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    stories = [{"article": "articles/lead.yaml", "id": name} for name in ("one", "two")]
    write_paper(folder / "paper", {"lead": LEAD | {"body": LEAD["body"] * 60}}, layout="auto", stories=stories)
    return lambda place: ("plan", place / "paper/edition.yaml", "--page", "1", "--write", "1", "-o", place / "out")


def _new(folder: Path) -> Callable[[Path], tuple[object, ...]]:
    (folder / "paper").mkdir()
    return lambda place: ("new", place / "paper/fresh")


COMMANDS = {"build": _build, "reprint": _reprint, "site": _site, "site --correct": _correction,
            "import": _import, "lint --fix": _lint, "plan --write": _plan, "new": _new}  # fmt: skip
MENDED = ("build", "reprint", "site", "site --correct")


USUAL = ("build", "site --correct", "import", "lint --fix", "new")
"""Those that are stopped in every suite; the others differ from these only before anything is written."""


@pytest.fixture(scope="module", params=USUAL if len(USUAL) >= STOPS else COMMANDS)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    folder = tmp_path_factory.mktemp("stopped")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("SOURCE_DATE_EPOCH", "1706745600")
        yield Command(folder, COMMANDS[request.param](folder), request.param).prepared()


@pytest.fixture
def command(prepared: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("XDG_CACHE_HOME", str(prepared.folder / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1706745600")
    return prepared


def is_whole(command: Command, found: dict[str, bytes], *, is_site: bool) -> bool:
    """Say whether readers find the old output or the new one, or the old one beside its place, where the next run takes it."""
    out = below(found, "out/")
    if is_site:
        told = {name: data for name, data in out.items() if not name.startswith("out/.")}
        old_and_new = [below(one, "out/") for one in (command.before, command.after)]
        return all(any(one.get(name) == data for one in old_and_new) for name, data in told.items())
    old, new = (below(one, "out/2024-01-10/") for one in (command.before, command.after))
    place = below(found, "out/2024-01-10/")
    moved = {
        name.replace("/.2024-01-10.old/", "/2024-01-10/"): data
        for name, data in below(found, "out/.2024-01-10.old/").items()
    }
    return place in (old, new) or (not place and moved == old)


def test_killed_at_any_step(command: Command) -> None:
    name = command.name
    for moment in command.moments():
        command.restore()
        ended, _ = command.run(killed_at=moment)
        assert ended is None, f"{name} ended before step {moment}"
        found = tree(command.folder)
        if name in MENDED:
            assert is_whole(command, found, is_site=name.startswith("site")), f"{name} is torn after step {moment}"
            if name.startswith("site"):
                assert broken_links(command.folder / "out") == [], moment
            again, _ = command.run()
            assert again
            assert again.code in FINE, f"{moment}: {again.err}"
            assert tree(command.folder) == command.after, f"{name} is not mended after step {moment}"
        else:
            torn = [
                file
                for file, data in found.items()
                if not _is_aside(file) and data not in (command.before.get(file), command.after.get(file))
            ]
            assert not torn, f"{name} left {torn} after step {moment}"


def test_a_disk_that_is_full_from_any_step_on(command: Command) -> None:
    name = command.name
    for moment in command.moments():
        command.restore()
        ended, _ = command.run(full_from=moment)
        assert ended
        found = tree(command.folder)
        if ended.code in FINE:  # only what it could do without was not written
            assert found == command.after, f"{name} says that it is done, full from step {moment}"
            continue
        assert ended.code == ExitCode.USAGE, f"{name}, full from step {moment}: {ended.code} {ended.err}"
        assert "No space left" in ended.err
        if name in MENDED:
            assert is_whole(command, found, is_site=name.startswith("site")), f"{name} is torn, full from step {moment}"
        else:
            kept = {file: data for file, data in found.items() if not _is_aside(file)}
            # The pictures of what may be chosen are there, each whole, before the edition is written.
            seen = {file: data for file, data in command.after.items() if file.endswith(".png") and file in kept}
            assert kept == seen | command.before, moment


def test_two_at_once(command: Command) -> None:
    """The second waits or is told; in the end all is as after one."""
    command.restore()
    ended = at_once(command.folder, *[lambda: run(*command.given(command.folder))] * 2)
    codes = sorted(one.code for one in ended)
    assert codes[0] in FINE, [one.err for one in ended]
    assert codes[1] in (*FINE, ExitCode.USAGE), [one.err for one in ended]
    found = tree(command.folder)
    assert found.keys() == command.after.keys()
    assert [name for name, data in found.items() if data != command.after[name]] == []


def _is_aside(file: str) -> bool:
    """Say whether a file is one that a run writes beside its place, hidden, and that the next one replaces."""
    return any(part.startswith(".") for part in file.split("/"))
