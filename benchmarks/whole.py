"""Whole editions: printkit and its peers on the same dense pages, whole processes in turn, from nothing to a written file.

Printed is a table; `--json FILE` keeps the figures, `--against FILE` compares with kept ones and fails where a row is
15 % worse, `--readme` writes the table with its date into both READMEs. What counts are the ratios of one run.
"""

import argparse
import compileall
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.generator import write_edition
from benchmarks.peers import Places, columns_html, typst

WORSE = 1.15
"""A ratio that is as many times what it was fails a comparison."""

BASE = "WeasyPrint's columns"
PRINTKIT = "printkit"
_ROOT = Path(__file__).parents[1]
_READMES = ("README.md", "README.zh-CN.md")
_TABLE = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)

_MAIN = "from printkit.cli import main; main()"
_WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
_TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3])"


@dataclass(frozen=True, slots=True)
class Task:
    """A whole process: what is made ready before each run, the command, and the file that it writes."""

    pages: int
    name: str
    command: Sequence[str | Path]
    out: Path
    cache: Path
    ready: Callable[[], None] = lambda: None
    is_living: bool = False
    """Whether the process itself tells what each of its changes took."""


@dataclass(frozen=True, slots=True)
class Row:
    """What runs of a task took: the medians, and the ratio to `BASE` on as many pages, from the same run."""

    pages: int
    name: str
    seconds: float
    cpu: float
    megabytes: int
    kilobytes: int
    ratio: float


def tasks(folder: Path, pages: int, places: Places) -> Iterator[Task]:
    """Yield what is run for so many pages, `BASE` first."""
    edition = write_edition(folder / "edition", pages)
    html, markup = folder / "columns.html", folder / "columns.typ"
    html.write_text(columns_html(edition, places), encoding="utf-8")
    markup.write_text(typst(edition, places, folder), encoding="utf-8")
    cache, python = folder / "cache", (sys.executable, "-W", "ignore", "-c")
    pdf = folder / "weasyprint.pdf"
    yield Task(pages, BASE, (*python, _WEASYPRINT, html, pdf), pdf, cache)
    out = folder / "out"
    pdf = out / "2024-03-05/web/edition.pdf"
    build = *python, _MAIN, "build", edition, "-o", out

    def cold() -> None:
        for old in (out, cache):
            shutil.rmtree(old, ignore_errors=True)

    story = edition.parent / "articles/p1s1.yaml"

    def changed() -> None:
        text = story.read_text(encoding="utf-8")
        story.write_text(text.replace("body: |\n  ", "body: |\n  又", 1), encoding="utf-8")

    if pages > 1:
        yield Task(pages, f"{PRINTKIT}, one process", (*build, "--jobs", "1"), pdf, cache, cold)
    yield Task(pages, PRINTKIT, build, pdf, cache, cold)
    yield Task(pages, f"{PRINTKIT}, nothing changed", build, pdf, cache)
    yield Task(pages, f"{PRINTKIT}, one paragraph changed", build, pdf, cache, changed)
    living = *python[:-1], "-m", "benchmarks.living", edition
    name = f"{PRINTKIT}, one paragraph changed, a living process, to a picture"
    yield Task(pages, name, living, edition.parent / "page.png", cache, is_living=True)
    if importlib.util.find_spec("typst"):
        pdf = folder / "typst.pdf"
        yield Task(pages, "Typst", (*python, _TYPST, markup, pdf, folder), pdf, cache)
    if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
        pdf = folder / "chromium.pdf"
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
        yield Task(pages, "Chromium", (chromium, *options, html.as_uri()), pdf, cache)


def measured(given: Sequence[Task], runs: int) -> list[Row]:
    """Run tasks in turn, A B C A B C, and return the medians of each; memory is of one run more, which is not timed."""
    times: dict[str, list[tuple[float, float]]] = {task.name: [] for task in given}
    for _ in range(runs):
        for task in given:
            times[task.name].append(timed(task))
    memory = {task.name: most_memory(task) for task in given}
    base = statistics.median(seconds for seconds, _ in times[BASE])
    rows = []
    for task in given:
        seconds, cpu = (statistics.median(column) for column in zip(*times[task.name], strict=True))
        size = task.out.stat().st_size // 1000
        ratio = round(seconds / base, 3)
        rows.append(Row(task.pages, task.name, round(seconds, 3), round(cpu, 3), memory[task.name], size, ratio))
    return rows


def _begun(task: Task) -> subprocess.Popen[bytes]:
    task.ready()
    task.cache.mkdir(exist_ok=True)
    # Installed packages have their bytecode: so have all others, from their first run on.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["XDG_CACHE_HOME"] = str(task.cache)
    out = subprocess.PIPE if task.is_living else subprocess.DEVNULL
    return subprocess.Popen(
        [*map(str, task.command)], env=environment, cwd=_ROOT, stdout=out, stderr=subprocess.DEVNULL
    )


def _ended(task: Task, status: int) -> None:
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1) or not task.out.is_file():  # 1 is that of a build with findings
        raise SystemExit(f"{task.name}, {task.pages} pages: ended with {code}")


def timed(task: Task) -> tuple[float, float]:
    """Return the seconds of a process from its start to its end, and those of processor time of it and its children.

    Of a living one those of a change, as it tells them.
    """
    process = _begun(task)
    if process.stdout:
        told = process.stdout.read().split()
        _ended(task, process.wait() << 8)
        return float(told[0]), float(told[1])
    start = time.perf_counter()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    seconds = time.perf_counter() - start
    _ended(task, status)
    return seconds, used.ru_utime + used.ru_stime


def most_memory(task: Task) -> int:
    """Return the most that a process and its children held at a time, MB: what they share is counted once."""
    process = _begun(task)
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_proportional, _tree(process.pid))))
        time.sleep(0.05)
    _ended(task, process.returncode << 8)
    return most // 1000


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _proportional(pid: int) -> int:
    """Return a process's share of the memory that it holds with others, KB (Linux's Pss)."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has ended
        return 0
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    return int(found[1]) if found else 0


def table(rows: Sequence[Row]) -> str:
    """Return rows as a table in Markdown."""
    head = f"| pages | | s | / {BASE} | CPU s | MB | PDF, KB |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {r.pages} | {r.name} | {r.seconds:.2f} | {r.ratio:.2f} | {r.cpu:.2f} | {r.megabytes} | {r.kilobytes} |\n"
        for r in rows
    )


def worse(rows: Sequence[Row], before: Sequence[Row]) -> list[str]:
    """Return what is to be told of rows of printkit that are worse than they were: ratios, memory, sizes."""
    known = {(row.pages, row.name): row for row in before}
    told = []
    for row in rows:
        old = known.get((row.pages, row.name))
        if old is None or not row.name.startswith(PRINTKIT):
            continue
        for field in ("ratio", "megabytes", "kilobytes"):
            now, then = getattr(row, field), getattr(old, field)
            if now > WORSE * then:
                told.append(f"{row.pages} pages, {row.name}: {field} {now:g}, was {then:g}")
    return told


def write_readmes(rows: Sequence[Row], date: str) -> None:
    """Write the table into both READMEs, where they have a place for it."""
    for name in _READMES:
        path = _ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(_TABLE.sub(lambda m: f"{m[1]}{date}\n\n{table(rows)}{m[2]}", text), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; return 1 where it is worse than it was."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.whole", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", default="1,8,32,128", help="numbers of pages")
    parser.add_argument("--runs", type=int, default=5, help="runs of each; of many pages fewer")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument("--against", type=Path, metavar="FILE", help="fail where a row is worse than these")
    parser.add_argument("--readme", action="store_true", help="write the table into the READMEs")
    given = parser.parse_args(arguments)
    compileall.compile_dir(_ROOT / "src", quiet=2)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder) / "places")
        for pages in map(int, given.pages.split(",")):
            one = Path(folder) / str(pages)
            one.mkdir()
            rows += measured([*tasks(one, pages, places)], max(1, min(given.runs, 96 // pages)))
            shutil.rmtree(one)
    print(table(rows))
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    if given.readme:
        write_readmes(rows, time.strftime("%Y-%m-%d"))
    told = []
    if given.against:
        told = worse(rows, [Row(**row) for row in json.loads(given.against.read_text(encoding="utf-8"))])
        print("\n".join(told))
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
