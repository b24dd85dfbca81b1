"""Rows for automatic pages: what a search takes beyond measuring and composing, in CPU seconds beside what is allowed.

The first tiling is the least work after which the solver has one; the final page is what `lay_out` returns. An edition of eight
pages from a pool is built cold, in a process of its own with one worker a core: all of its CPU seconds over the cores.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.auto_pages import search_of, seeded, write_page, write_pool
from printkit.commands.check import check
from printkit.makeup.page.automatic import Automatic
from printkit.makeup.page.closing import closing_findings
from printkit.makeup.page.laid import Laid
from printkit.makeup.tiling.board import Board, Piece, Shape
from printkit.makeup.tiling.craft import WEIGHTS
from printkit.makeup.tiling.solver import WORK, solve
from printkit.pipeline.run import Run

T = TypeVar("T")
Row = tuple[str, int, float, float]

_PAGES = ((4, 8, 0.5, 3.0), (8, 12, 1.0, 6.0))
"""Number of a seeded page, its stories, and the seconds allowed to the first tiling and to the final page."""

_ADVICE, _CANDIDATES, _EDITION = 3.0, 6.0, 20.0
"""Seconds allowed to advice, to five candidates, and to an edition of eight pages."""


def auto_rows(place: Path) -> Iterator[Row]:
    """Yield the rows."""
    solve(Board(1, 1), [Piece("", 1, (Shape(1, 1, 0),))], WEIGHTS)  # loads OR-tools, a third of a second once a run
    for number, stories, first, final in _PAGES:
        search = seeded(place / f"auto {stories}", number)
        assert len(search.pieces()) == stories
        yield f"auto page, {stories} stories: first tiling / allowed", stories, _first(search), first
        yield f"auto page, {stories} stories: final / allowed", stories, _seconds(search.lay_out)[0], final
        if stories == _PAGES[0][1]:
            five = _seconds(partial(_five, search))[0]
            yield "auto page, 8 stories: five candidates / allowed", stories, five, _CANDIDATES
    yield "auto page that does not close: advice / allowed", 6, _advice(place / "advice"), _ADVICE
    yield "eight auto pages from a pool, cold, over the cores / allowed", 64, _edition(place / "pool"), _EDITION


def _seconds(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _first(search: Automatic) -> float:
    """Return the seconds of the shortest search that finds a tiling."""
    pieces = search.pieces()
    for tenths in range(1, 11):
        seconds, found = _seconds(partial(solve, search.board, pieces, search.weights, work=WORK * tenths / 10))
        if found.tiling:
            return seconds
    raise AssertionError("the page was chosen because it closes")


def _five(search: Automatic) -> None:
    found: list[Laid] = []
    while len(found) < 5 and (laid := search.lay_out([one.tiling for one in found])):
        found.append(laid)
    assert len(found) == 5


def _advice(folder: Path) -> float:
    """Return the seconds from a page that cannot close to what would close it: the nearest page, and its advice."""
    file = write_page(folder, "advice", 6, 1.25)
    search = search_of(file)
    assert search.lay_out() is None
    seconds, _ = _seconds(search.nearest)
    [made] = check(file).pages
    assert not made.is_closed
    setter = Run(cache=False).composer()
    closing_findings(made, setter)  # composes
    return seconds + _seconds(lambda: closing_findings(made, setter))[0]


def _edition(folder: Path) -> float:
    file = write_pool(folder, "eight", 8, 0.9)
    code = "import sys; from printkit import cli; cli.main(sys.argv[1:])"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", code, "build", str(file), "-o", str(folder / "out"), "--no-cache"]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent / min(8, os.cpu_count() or 1)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, _, seconds, allowed in auto_rows(Path(folder)):
            print(f"{name:<64} {seconds:7.2f} {allowed:7.2f}")
