"""An issue added to a site beside the commands that make its PDFs alone: whole processes in turn, each side from an empty cache.

`python -m benchmarks.added`. At most 1.5 × is asked for; `benchmarks.__main__` has the same in one process, where nothing starts twice.
"""

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.whole import Task, timed

_SAMPLE = Path(__file__).parents[1] / "samples/tabloid/edition.yaml"
_PRINTKIT = sys.executable, "-c", "from printkit.cli import main; main()"
_DAY = "2024-08-09"
_RUNS = 3


def main() -> None:
    """Print the medians of both sides, on the clock and in processor time."""
    with tempfile.TemporaryDirectory() as name:
        site, out, cache = (Path(name) / one for one in ("site", "out", "cache"))

        def empty() -> None:
            for folder in (site, out, cache):
                shutil.rmtree(folder, ignore_errors=True)

        pages, clip = out / _DAY / "web/edition.pdf", out / _DAY / "clip/contest.pdf"
        sides = {
            "site": [Task(4, "site", (*_PRINTKIT, "site", _SAMPLE, "-o", site), site / "index.html", cache, empty)],
            "build, reprint, reprint --large": [
                Task(4, "build", (*_PRINTKIT, "build", _SAMPLE, "-o", out), pages, cache, empty),
                Task(4, "reprint", (*_PRINTKIT, "reprint", _SAMPLE, "-o", out), clip, cache),
                Task(4, "large", (*_PRINTKIT, "reprint", _SAMPLE, "--large", "-o", out), clip, cache),
            ],
        }
        times: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
        for _ in range(_RUNS):
            for side, tasks in sides.items():
                seconds, cpu = zip(*map(timed, tasks), strict=True)
                times[side].append((sum(seconds), sum(cpu)))
    print(f"{'an issue of four pages':<40} {'s':>7} {'CPU s':>7}   ({len(os.sched_getaffinity(0))} cores)")
    found = {side: [statistics.median(column) for column in zip(*each, strict=True)] for side, each in times.items()}
    for side, (seconds, cpu) in found.items():
        print(f"{side:<40} {seconds:>7.2f} {cpu:>7.2f}")
    added, made = found.values()
    print(f"{'added / its PDFs made (1.5 asked)':<40} {added[0] / made[0]:>7.2f} {added[1] / made[1]:>7.2f}")


if __name__ == "__main__":
    main()
