"""Made pictures on disk: found again by content and settings, whole or not at all, never more than the folder may hold."""

import os
from pathlib import Path

import pytest

from printkit.pictures.cache import PictureCache, default_folder


def filled(folder: Path, count: int = 1) -> PictureCache:
    cache = PictureCache(folder)
    for number in range(count):
        cache.get(bytes([number]), "s", lambda: b"x" * 1000)
    return cache


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    assert PictureCache(tmp_path).get(b"data", "settings", lambda: b"made") == b"made"
    again = PictureCache(tmp_path)
    assert again.get(b"data", "settings", lambda: pytest.fail("it is there")) == b"made"
    assert (again.hits, again.misses) == (1, 0)


def test_other_content_or_settings_are_another_picture(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    made = [cache.get(data, settings, lambda n=n: bytes([n])) for n, (data, settings) in enumerate(OTHERS)]  # type: ignore[misc]  # a default binds the number
    assert made == [b"\0", b"\1", b"\2"]


OTHERS = ((b"a", "s"), (b"b", "s"), (b"a", "t"))


def test_a_damaged_entry_counts_as_missing(tmp_path: Path) -> None:
    filled(tmp_path)
    [entry] = tmp_path.glob("*/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert PictureCache(tmp_path).get(b"\0", "s", lambda: b"again") == b"again"
    assert PictureCache(tmp_path).get(b"\0", "s", lambda: b"never") == b"again"


def test_two_writers_leave_one_whole_entry_and_nothing_half_written(tmp_path: Path) -> None:
    first, second = PictureCache(tmp_path), PictureCache(tmp_path)
    first.get(b"a", "s", lambda: second.get(b"a", "s", lambda: b"made"))
    assert [p.name.startswith(".making") for p in tmp_path.rglob("*") if p.is_file()] == [False]
    assert PictureCache(tmp_path).get(b"a", "s", lambda: b"never") == b"made"


def test_the_longest_unused_go_when_the_folder_is_full(tmp_path: Path) -> None:
    cache = filled(tmp_path, 5)
    entries = sorted(tmp_path.glob("*/*"))
    for age, entry in enumerate(entries):
        os.utime(entry, (1_000_000 + age, 1_000_000 + age))
    cache.trim(largest=2500)
    assert sorted(tmp_path.glob("*/*")) == entries[3:]


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PictureCache(tmp_path / "file" / "pictures")
    assert cache.get(b"a", "s", lambda: b"made") == b"made"
    cache.trim()
    assert PictureCache(None).get(b"a", "s", lambda: b"made") == b"made"


def test_the_folder_is_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "printkit/pictures"
