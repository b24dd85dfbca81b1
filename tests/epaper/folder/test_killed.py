"""A run killed at any moment: the old site stays whole, and the next run leaves what an unbroken one would have.

A killed process does nothing more, so that after the fatal step every other one fails, too: no clean-up runs.
"""

import datetime
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.issues import about, story
from printkit.diagnostics import InputError, UsageError
from printkit.epaper.folder.tree import add, revisions_for
from printkit.epaper.issue.handover import SiteFiles
from tests.support.sites import DAY, LEAD, TODAY, broken_links, made_of, put, tree_of

OLD = made_of()
NEXT = made_of(DAY.replace(day=17), "1235", LEAD, story("other", "2", "又一期的稿件。"))
CORRECTION = made_of(DAY, "1234", story("lead", "1", "更正以后的稿件。"))


class Killed(BaseException):
    """Stands for the signal."""


@contextmanager
def killed_after(steps: int) -> Iterator[list[str]]:
    """Let so many steps on the disk be done, and none after; a file that is being written stays torn."""
    done: list[str] = []

    def fatal(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            if len(done) >= steps:
                if name == "write_bytes" and len(done) == steps:
                    original(args[0], args[1][: len(args[1]) // 2])
                done.append(name)
                raise Killed
            done.append(name)
            return original(*args, **kwargs)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (os, "replace"),
            (os, "rename"),
            (os, "mkdir"),
            (os, "unlink"),
            (os, "rmdir"),
            (Path, "write_bytes"),
        ):
            patch.setattr(module, name, fatal(name, getattr(module, name)))
        yield done


def steps_of(out: Path, made: SiteFiles, *, correct: bool) -> int:
    with killed_after(10**9) as done:
        put(out, made, correct=correct)
    return len(done)


def first_views(out: Path) -> list[str]:
    """Return the views of the old issue that an old link leads to."""
    return [f"2024/01/10/{name}" for name in OLD.files if name.endswith(".html")] + ["2024/01/10/index.html"]


@pytest.mark.parametrize(("made", "correct"), [(NEXT, False), (CORRECTION, True)], ids=["next", "correction"])
def test_the_site_is_whole_wherever_a_run_is_killed_and_the_next_run_mends_it(
    tmp_path: Path, made: SiteFiles, correct: bool
) -> None:
    put(tmp_path / "whole", OLD)
    old = tree_of(tmp_path / "whole")
    steps = steps_of(tmp_path / "whole", made, correct=correct)
    whole = tree_of(tmp_path / "whole")
    assert steps > 150
    mended = 0
    for step in range(0, steps, 17):
        out = tmp_path / f"site-{step}"
        for name, data in old.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(data)
        with killed_after(step), pytest.raises(Killed):
            put(out, made, correct=correct)
        assert broken_links(out) == []
        assert [name for name in first_views(out) if not (out / name).is_file()] == []
        for name, data in tree_of(out).items():
            assert name.startswith(".") or data in (old.get(name), whole.get(name)), f"{name} is torn after {step}"
        told = add(out, made, about(), correct=correct, today=TODAY).diagnostics
        mended += "site.mended" in [finding.code for finding in told]
        assert tree_of(out) == whole, f"not mended after {step}"
        assert not (out / ".adding").exists()
    assert mended > steps // 17 // 3


def test_a_site_killed_while_it_was_begun_can_be_begun_again(tmp_path: Path) -> None:
    put(tmp_path / "whole", OLD)
    whole = tree_of(tmp_path / "whole")
    for step in range(8):
        out = tmp_path / f"site-{step}"
        with killed_after(step), pytest.raises(Killed):
            put(out, OLD)
        put(out, OLD)
        assert tree_of(out) == whole


def test_asking_for_corrections_mends_first(tmp_path: Path) -> None:
    put(tmp_path / "whole", OLD)
    put(tmp_path / "site", OLD)
    steps = steps_of(tmp_path / "whole", CORRECTION, correct=True)
    with killed_after(steps - 20), pytest.raises(Killed):
        put(tmp_path / "site", CORRECTION, correct=True)
    shown = revisions_for(tmp_path / "site", CORRECTION.issue, about(), correct=False, today=TODAY)
    assert [finding.code for finding in shown.diagnostics] == ["site.mended"]
    assert [revision.changed for revision in shown.revisions] == [("lead",)]
    assert tree_of(tmp_path / "site") == tree_of(tmp_path / "whole")


OTHER_YEARS = [made_of(datetime.date(2023, 12, 27)), made_of(datetime.date(2025, 1, 1))]


@pytest.mark.parametrize("made", [NEXT, *OTHER_YEARS], ids=["same year", "year before", "year after"])
def test_lists_that_link_to_one_another_are_mended_at_the_next_start(tmp_path: Path, made: SiteFiles) -> None:
    """Each year's list has the hash of its neighbours', the site's manifest those of all: after a kill late in adding too."""
    put(tmp_path / "whole", OLD)
    old = tree_of(tmp_path / "whole")
    steps = steps_of(tmp_path / "whole", made, correct=False)
    whole = tree_of(tmp_path / "whole")
    for step in range(steps - 40, steps, 3):
        out = tmp_path / f"site-{step}"
        for name, data in old.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(data)
        with killed_after(step), pytest.raises(Killed):
            put(out, made)
        revisions_for(out, OLD.issue, about(), correct=False, today=TODAY)
        wrong = [name for name, data in tree_of(out).items() if whole.get(name) != data]
        assert wrong == [], f"after {step}"


def test_a_refusal_after_mending_tells_of_both(tmp_path: Path) -> None:
    put(tmp_path / "whole", OLD)
    put(tmp_path / "site", OLD)
    steps = steps_of(tmp_path / "whole", CORRECTION, correct=True)
    with killed_after(steps - 20), pytest.raises(Killed):
        put(tmp_path / "site", CORRECTION, correct=True)
    with pytest.raises(InputError) as caught:
        put(tmp_path / "site", OLD)
    assert [finding.code for finding in caught.value.diagnostics] == ["site.issue-differs", "site.mended"]


def test_a_new_address_that_mending_gives_the_site_is_told(tmp_path: Path) -> None:
    put(tmp_path / "whole", OLD)
    put(tmp_path / "site", OLD)
    steps = steps_of(tmp_path / "whole", NEXT, correct=False)
    with killed_after(steps - 20), pytest.raises(Killed):
        put(tmp_path / "site", NEXT)
    elsewhere = about("https://new.example.org/")
    shown = revisions_for(tmp_path / "site", NEXT.issue, elsewhere, correct=False, today=TODAY)
    assert [finding.code for finding in shown.diagnostics] == ["site.mended", "site.address-changed"]


def test_mending_brings_the_style_that_its_pages_link_to(tmp_path: Path) -> None:
    put(tmp_path / "whole", OLD)
    put(tmp_path / "site", OLD)
    steps = steps_of(tmp_path / "whole", NEXT, correct=False)
    with killed_after(steps - 20), pytest.raises(Killed):
        put(tmp_path / "site", NEXT)
    later = about(assets={f"assets/site-111111111111.{kind}": kind.encode() for kind in ("css", "js", "svg")})
    revisions_for(tmp_path / "site", NEXT.issue, later, correct=False, today=TODAY)
    assert "site-111111111111.css" in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert broken_links(tmp_path / "site") == []
    assert broken_links(tmp_path / "site", "404.html") == []


# --- a disk that fails -----------------------------------------------------------------------------------


def test_a_disk_that_is_full_gets_its_room_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, OLD)
    before = tree_of(tmp_path)
    write, written = Path.write_bytes, 0

    def full(path: Path, data: bytes) -> int:
        nonlocal written
        written += len(data)
        if written > 600:
            write(path, data[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left"):
        put(tmp_path, NEXT)
    assert tree_of(tmp_path) == before
    assert not (tmp_path / ".adding").exists()


def test_all_that_is_staged_is_on_the_disk_before_it_is_called_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, OLD)
    synced: list[dict[str, bytes]] = []
    called_whole: list[dict[str, bytes]] = []
    replace = Path.replace

    def moving(path: Path, target: Path) -> Path:
        if target.name == "ready.json":
            called_whole.append(tree_of(tmp_path / ".adding"))
        return replace(path, target)

    monkeypatch.setattr(os, "sync", lambda: synced.append(tree_of(tmp_path / ".adding")))
    monkeypatch.setattr(Path, "replace", moving)
    put(tmp_path, NEXT)
    assert len(synced) == 1
    assert len(synced[0]) > len(NEXT.files)
    assert called_whole == synced
