"""What another process does when the desk begins: it reads the edition, which is taken once and only while its files are as they
were; it measures and draws the first page.
"""

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from printkit.pipeline import ahead
from printkit.preview.desk import Desk
from printkit.preview.first import First, helped, was_open
from printkit.source import read_edition
from tests.support.desks import write_desk_paper


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("printkit.preview.first.cores", lambda: 2)
    path = write_desk_paper(tmp_path / "paper")
    for file in path.parent.rglob("*.yaml"):
        os.utime(file, (1, 1))
    return path


def read(path: Path) -> First:
    with helped(path) as first:
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
    with helped(edition) as first:
        assert first() is None
        desk = Desk(edition, first=lambda: None)
        desk.refresh()
    assert [fault.code for fault in desk.faults] == ["source.syntax"]


def test_the_first_page_is_measured_and_drawn_by_the_other_process(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*given: object) -> None:
        raise AssertionError("this process does it")

    with ExitStack() as helping:
        desk = Desk(edition, first=helping.enter_context(helped(edition)), helping=helping)
        monkeypatch.setattr("printkit.pipeline.measure._measured", here)
        monkeypatch.setattr("printkit.pipeline.draw.drawn_page", here)
        desk.told.append(lambda numbers: desk.work.close() if numbers else None)
        desk.refresh()
        desk.work.run_all()
        assert ahead.asked(ahead.MEASURE, ()) is None  # it is gone: who is forked now asks nobody
        assert not was_open(desk.run.kept, edition)  # until all of its pages are made
    first, second = desk.sheets.values()
    assert (first.state, second.state) == ("ready", "waiting")
