"""ARCHITECTURE.md says what is there: the tree of folders, and the modules and functions that its stations name."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def told_folders() -> set[str]:
    """Return the folders of the tree in ARCHITECTURE.md, from src/printkit."""
    found: list[str] = []
    lines = TEXT[TEXT.index("    src/printkit/") :].split("\n\n")[0].splitlines()[1:]
    for line in lines:
        if match := re.match(r"( {6}|  {6} )([a-z_]+)/ ", line):
            deep = len(match[1]) // 2 - 3
            found.append(match[2] if not deep else f"{found[-1].split('/')[0]}/{match[2]}")
    return set(found)


def real_folders() -> set[str]:
    """Return the folders below src/printkit."""
    home = ROOT / "src/printkit"
    return {f.relative_to(home).as_posix() for f in home.rglob("*") if f.is_dir() and f.name != "__pycache__"}


def test_the_tree_of_folders_is_the_real_one() -> None:
    assert told_folders() == real_folders()


def test_the_folders_of_the_repository_that_are_told_are_there() -> None:
    told = set(re.findall(r"^    ([a-z]+)/ ", TEXT, re.MULTILINE))
    real = {f.name for f in ROOT.iterdir() if f.is_dir() and not f.name.startswith(".")}
    assert told
    assert told <= real


STATIONS = TEXT[TEXT.index("### Ten stations") : TEXT.index("## Folders")]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z]\w*(?:\.\w+)+)`", STATIONS))))
def test_a_station_is_a_module_or_stands_in_one(name: str) -> None:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(["printkit", *parts[:end]]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[end:]:
            found = getattr(found, attribute)
        return
    pytest.fail(f"there is no {name}")


def test_each_way_has_ten_stations() -> None:
    rows = re.findall(r"^\| (\d+) \|(.*)\|(.*)\|(.*)\|$", STATIONS, re.MULTILINE)
    assert [int(row[0]) for row in rows] == list(range(1, 11))
    for way in zip(*(row[1:] for row in rows), strict=True):
        assert len({station.split(":")[0].strip() for station in way}) == 10


def test_the_files_that_the_suite_hands_out_first_are_there() -> None:
    text = (ROOT / "tests/conftest.py").read_text(encoding="utf-8")
    named = re.findall(r'"(tests/\S+\.py)"', text)
    assert named
    assert [file for file in named if not (ROOT / file).is_file()] == []


def test_no_module_is_longer_than_its_reader_holds() -> None:
    long = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in (ROOT / "src").rglob("*.py")}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}
