"""Places written into an edition: nothing else of the file changes."""

import pytest

from printkit.diagnostics import SourceRef
from printkit.model.edition import Place
from printkit.source.patch import with_places

AT = Place(1, 22, 3, 40, SourceRef("edition.yaml"))
WRITTEN = "at: {column: 1, row: 22, columns: 3, rows: 40}"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_entry_gets_its_place_and_keeps_all_else(end: str) -> None:
    text = (
        f"pages:{end}  - stories:  # 头版{end}      - article: a.yaml  # 头条{end}        level: 1{end}      # 完{end}"
    )
    lines = with_places(text, {(3, 9): AT}).split(end)
    assert lines[2:5] == [f"      - {WRITTEN}", "        article: a.yaml  # 头条", "        level: 1"]
    assert [*lines[:2], f"      - {lines[3].strip()}", *lines[4:]] == text.split(end)


def test_entries_in_braces_and_several_at_once() -> None:
    text = "  - stories:\n    - {article: 甲.yaml, level: 2}\n    - { article: b.yaml}\n    - article: c.yaml"
    found = with_places(text, {(2, 7): AT, (3, 7): AT, (4, 7): AT})
    assert found == (
        f"  - stories:\n    - {{{WRITTEN}, article: 甲.yaml, level: 2}}\n    - {{{WRITTEN}, article: b.yaml}}\n"
        f"    - {WRITTEN}\n      article: c.yaml"
    )


def test_nothing_to_write() -> None:
    assert with_places("a: b\n", {}) == "a: b\n"


def test_a_page_and_a_place_of_one_entry_and_of_others() -> None:
    text = "pool:\n  - article: a.yaml\n    level: 1\n  - {article: b.yaml}\n  - article: c.yaml\n"
    at = Place(1, 2, 3, 4, SourceRef("edition.yaml"))
    written = with_places(text, {(2, 5): at, (4, 5): at}, {(2, 5): "2", (4, 5): "2", (5, 5): "3"})
    assert written == (
        "pool:\n  - page: 2\n    at: {column: 1, row: 2, columns: 3, rows: 4}\n    article: a.yaml\n    level: 1\n"
        "  - {page: 2, at: {column: 1, row: 2, columns: 3, rows: 4}, article: b.yaml}\n"
        "  - page: 3\n    article: c.yaml\n"
    )


def test_a_form_stands_beside_the_place() -> None:
    written = with_places("- article: a.yaml\n", {(1, 3): AT}, forms={(1, 3): "frame: tint"})
    assert written == f"- frame: tint\n  {WRITTEN}\n  article: a.yaml\n"
