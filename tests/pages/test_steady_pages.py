"""Automatic pages after a small change: stories keep their places, what is undone is found again, what moves is told."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.auto_pages import seeded
from printkit.commands.check import check
from printkit.model.edition import Place
from printkit.pipeline.memory import Memory, Solution, digest_of

Places = Mapping[str, Place | None]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """An edition of one automatic page with five stories."""
    seeded(tmp_path, 1)
    return tmp_path / "edition.yaml"


def looked_at(source: Path) -> tuple[Places, set[str]]:
    """The places of a page that closes, and what is told of it."""
    result = check(source)
    [made] = result.pages
    assert made.is_closed
    return {one.story.id: one.story.placement.at for one in made.stories}, {one.code for one in result.findings}


def rewritten(source: Path, story: str, old: str, new: str, count: int = 1) -> None:
    file = source.parent / "articles" / f"{story}.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= count
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def test_a_small_change_moves_nothing_and_is_undone(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places, told = looked_at(page)
    assert "makeup.stories-moved" not in told
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "ortools.sat.python", None)  # who imports it fails
        assert looked_at(page)[0] == places, "a page that is unchanged needs no solver"
    text = (page.parent / "articles/s1.yaml").read_text(encoding="utf-8")
    rewritten(page, "s1", "body: |\n  ", "body: |\n  这是后来添的十个字。")
    after, told = looked_at(page)
    assert after == places
    assert "makeup.stories-moved" not in told
    (page.parent / "articles/s1.yaml").write_text(text, encoding="utf-8")
    assert looked_at(page)[0] == places


def test_a_story_taken_out_moves_others_and_that_is_told(page: Path) -> None:
    places, _ = looked_at(page)
    lines = page.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "articles/s4.yaml" in line)
    whole = page.read_text(encoding="utf-8")
    page.write_text("\n".join([*lines[:at], *lines[at + 2 :]]) + "\n", encoding="utf-8")
    result = check(page)
    after = {one.story.id: one.story.placement.at for one in result.pages[0].stories}
    assert after != {name: at for name, at in places.items() if name != "s4"}
    if result.pages[0].is_closed:
        [told] = [one for one in result.findings if one.code == "makeup.stories-moved"]
        assert all(name in told.message.en for name in after if after[name] != places[name])
    page.write_text(whole, encoding="utf-8")
    assert looked_at(page)[0] == places


def test_another_lead_is_another_page(page: Path) -> None:
    places, _ = looked_at(page)
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("s0.yaml\n        level: 1", "s0.yaml\n        level: 3").replace(
            "s1.yaml\n        level: 2", "s1.yaml\n        level: 1"
        ),
        encoding="utf-8",
    )
    made = check(page).pages[0]
    lead = next(one.story.placement.at for one in made.stories if one.story.id == "s1")
    assert lead
    assert (lead.column, lead.row) == (1, 1)
    assert lead != places["s1"]


def test_solutions_are_kept_by_edition_and_part(tmp_path: Path) -> None:
    memory, edition = Memory(tmp_path / "places"), tmp_path / "edition.yaml"
    assert memory.recall(edition, "1") == ()
    for number in (*range(10), 3):
        memory.keep(edition, "1", Solution(digest_of(number), {"a": (number,)}))
    assert [one.found["a"] for one in memory.recall(edition, "1")] == [(n,) for n in (2, 4, 5, 6, 7, 8, 9, 3)]
    assert memory.recall(edition, "2") == memory.recall(tmp_path / "other.yaml", "1") == ()
    assert Memory(None).recall(edition, "1") == ()
    Memory(None).keep(edition, "1", Solution("", {}))
    [entry] = (tmp_path / "places").glob("*/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert memory.recall(edition, "1") == ()
    (tmp_path / "file").touch()
    Memory(tmp_path / "file" / "places").keep(edition, "1", Solution("", {}))
