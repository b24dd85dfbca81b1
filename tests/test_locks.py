"""The locked versions are those that pyproject.toml asks for, with hashes, from no host in particular."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
MAIN = "requirements.lock"
WANTED: dict[str, list[str]] = {
    MAIN: [*PROJECT["project"]["dependencies"], *GROUPS["dev"], *GROUPS["build"]],
    "requirements-verapdf.lock": GROUPS["verapdf"],
    "requirements-browser.lock": GROUPS["browser"],
}


def entries(lock: str) -> Iterable[tuple[Requirement, list[str]]]:
    """What a lock pins, each with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    for pinned, *hashes in (entry.split(" \\\n    ") for entry in re.split(r"\n(?=\S)", text.strip())):
        yield Requirement(pinned), hashes


def versions(lock: str) -> dict[str, str]:
    """The version of each package in a lock."""
    return {canonicalize_name(entry.name): str(entry.specifier).removeprefix("==") for entry, _ in entries(lock)}


@pytest.mark.parametrize("lock", WANTED)
def test_what_is_asked_for_is_locked(lock: str) -> None:
    locked = versions(lock)
    for asked in map(Requirement, WANTED[lock]):
        assert locked[canonicalize_name(asked.name)] in asked.specifier, "`make lock` renews the locks"


@pytest.mark.parametrize("lock", WANTED)
def test_every_package_has_its_hashes_and_no_host(lock: str) -> None:
    for entry, hashes in entries(lock):
        assert hashes, entry
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", found) for found in hashes), entry
        assert entry.url is None


def test_locks_agree() -> None:
    for lock in WANTED:
        main = versions(MAIN)
        assert {name: version for name, version in versions(lock).items() if main.get(name, version) != version} == {}
