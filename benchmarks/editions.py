"""Many editions at once: seconds of whole runs with one process, with two, and with two workers of a cluster.

`python -m benchmarks.editions [COUNT]`: COUNT editions (40) of one dense page, each way from an empty cache.
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import write_edition

_PRINTKIT = "from printkit.cli import main; main()"


def _editions(folder: Path, count: int) -> list[Path]:
    """Write editions of one page, a day each, each with copy of its own."""
    day = datetime.date(2024, 3, 5)
    found = []
    for number in range(count):
        edition = write_edition(folder / f"{number}", 1, seed=f"many{number}")
        text = edition.read_text(encoding="utf-8")
        date = (day + datetime.timedelta(number)).isoformat()
        edition.write_text(text.replace(day.isoformat(), date), encoding="utf-8")
        found.append(edition)
    return found


def _timed(folder: Path, editions: Sequence[Path], *given: str) -> float:
    """Return the seconds of a run from its start to its end."""
    out, cache = folder / "out", folder / "cache"
    for old in (out, cache):
        shutil.rmtree(old, ignore_errors=True)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", _PRINTKIT, "build", *editions, "-o", out, "--only", "pages", *given],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )
    return time.perf_counter() - start


def _cluster(folder: Path, workers: int) -> tuple[str, list["subprocess.Popen[bytes]"]]:
    """Begin a scheduler and workers of one thread; return the scheduler's address, and the processes."""
    told = folder / "scheduler.json"
    python, log = (sys.executable, "-m"), (folder / "cluster.log").open("wb")
    scheduler = [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    begun = [subprocess.Popen([*scheduler, "--scheduler-file", str(told)], stdout=log, stderr=log)]
    worker = [
        *python,
        "distributed.cli.dask_worker",
        "--scheduler-file",
        str(told),
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    begun += [subprocess.Popen(worker, stdout=log, stderr=log, cwd=folder) for _ in range(workers)]
    while not (told.exists() and told.read_text(encoding="utf-8")):
        time.sleep(0.1)
    return json.loads(told.read_text(encoding="utf-8"))["address"].removeprefix("tcp://"), begun


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        editions = _editions(folder / "editions", count)
        rows = [(f"--jobs {jobs}", _timed(folder, editions, "--jobs", str(jobs))) for jobs in (1, 2)]
        address, begun = _cluster(folder, 2)
        try:
            rows.append(("two dask workers", _timed(folder, editions, "--executor", f"dask://{address}")))
        finally:
            for process in reversed(begun):
                process.kill()
                process.wait()
    print(f"{count} editions of one dense page")
    for way, seconds in rows:
        print(f"  {way:18} {seconds:6.1f} s  {seconds / rows[0][1]:.2f}")


if __name__ == "__main__":
    main()
