"""The edition as another process reads it when the desk begins: taken once, and only while its files are as they were."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.preview.desk import Desk
from printkit.preview.first import First, read_aside
from printkit.source import read_edition
from tests.support.desks import write_desk_paper


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    path = write_desk_paper(tmp_path / "paper")
    for file in path.parent.rglob("*.yaml"):
        os.utime(file, (1, 1))
    return path


def read(path: Path) -> First:
    with read_aside(path) as first:
        found = first()
    assert found
    return found


def test_another_process_reads_what_this_one_would(edition: Path) -> None:
    first = read(edition)
    assert (first.edition, first.warnings) == read_edition(edition)
    assert first.stands


def test_what_was_read_is_taken_once(edition: Path) -> None:
    first = read(edition)
    other = replace(first, edition=replace(first.edition, issue="7"))
    desk = Desk(edition, first=lambda: other)
    desk.refresh()
    assert desk.reading
    assert desk.reading.edition.issue == "7"
    assert edition.parent / "articles/lead.yaml" in desk.files
    desk.refresh()
    assert desk.reading.edition == first.edition


@pytest.mark.parametrize("change", [lambda file: file.write_bytes(file.read_bytes()), Path.unlink])
def test_what_has_changed_since_is_read_anew(edition: Path, change: object) -> None:
    first = read(edition)
    assert callable(change)
    change(edition.parent / "articles/lead.yaml")
    assert not first.stands


def test_what_is_wrong_is_told_by_who_reads_it_then(edition: Path) -> None:
    edition.write_text("pages: [\n", encoding="utf-8")
    with read_aside(edition) as first:
        assert first() is None
        desk = Desk(edition, first=lambda: None)
        desk.refresh()
    assert [fault.code for fault in desk.faults] == ["source.syntax"]
