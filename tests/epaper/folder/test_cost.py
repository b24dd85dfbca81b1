"""What adding an issue reads and writes does not grow with the archive: counted in files and bytes, not timed."""

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.issues import weekly, write_archive
from tests.support.sites import made_of, put

LAST = datetime.date(2024, 5, 31)


@dataclass
class Opened:
    """Files below a folder, each time one was opened, and the bytes that were there to be read."""

    files: list[Path] = field(default_factory=list)
    bytes: int = 0


@contextmanager
def watched(out: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Note what `pathlib` opens."""
    seen, whole = Opened(), io.open

    def noted(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        path = Path(str(file))
        if path.is_relative_to(out):
            seen.files.append(path)
            seen.bytes += path.stat().st_size if "r" in mode and path.exists() else 0
        return whole(file, mode, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(io, "open", noted)
        yield seen


def test_an_archive_of_six_years_costs_what_one_of_two_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cost: dict[int, Opened] = {}
    for count in (100, 300):
        out = tmp_path / str(count)
        write_archive(out, list(weekly(count, LAST))[:-1], made_of(date=LAST))
        with watched(out, monkeypatch) as cost[count]:
            put(out, made_of(date=LAST))
    few, many = cost[100], cost[300]
    assert len(few.files) > 40, "it counts"
    years = 300 // 52 - 100 // 52
    assert len(many.files) <= len(few.files) + years, "of another year at most its list"
    assert many.bytes <= 1.1 * few.bytes
