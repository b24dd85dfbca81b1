"""Seeded pages that lay themselves out, and how many of them close: ``python -m benchmarks.auto_pages 40``.

Every page is invented: four to twelve stories, a picture with some of them, one page in five without, no, one or two
advertisements at its foot. Bodies are scaled until the stories take the share of the page that the seed asks for,
as printkit measures it.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.generator import DID, SAID, WHERE, WHO, Seed, photograph, text
from printkit.makeup.page.automatic import Automatic
from printkit.makeup.tiling.craft import broken
from printkit.pipeline.assign import assigned_pages
from printkit.pipeline.measure import measured
from printkit.pipeline.place import automatic
from printkit.pipeline.run import Run, names_of

_ADS = ((), ((4, 71, 2, 15),), ((4, 71, 2, 15), (1, 75, 2, 11)))
"""Column, row, columns and rows of the advertisements of a tabloid page."""
_WEIGHT = {1: 9, 2: 7, 3: 5, 4: 3, 5: 1.6}
_HEAD_CELLS = {1: 30, 2: 18, 3: 12, 4: 6, 5: 2}
_PICTURE_CELLS, _HAN_A_CELL, _CELLS = 22, 11, 5 * 84


def write_page(
    folder: Path, seed_name: str, stories: int, volume: float, ads: int = 0, *, pictures: bool = True
) -> Path:
    """Write an edition of one automatic page, and return its file.

    Args:
        folder: of the paper.
        seed_name: decides everything that is not asked for.
        stories: how many.
        volume: the share of the page that their texts are written for, roughly.
        ads: advertisements at the page's foot, two at most.
        pictures: whether some stories have one.
    """
    seed = Seed(seed_name)
    for name in ("articles", "images"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "paper.yaml").write_text("name: 自动测试报\npage_size: tabloid\n", encoding="utf-8")
    lines = ["paper: paper.yaml", "date: 2024-03-05", "issue: 1", "pages:", "  - number: 2", "    layout: auto"]
    lines += ["    name: 测试", "    stories:"]
    cells = _CELLS
    for column, row, columns, rows in _ADS[ads]:
        place = f"{{column: {column}, row: {row}, columns: {columns}, rows: {rows}}}"
        lines.append(f"      - {{ad: reserved, at: {place}}}")
        cells -= columns * rows
    levels = [1, *[2] * (stories > 4), *[3] * max(1, stories // 3)]
    levels += [4 if n % 2 else 5 for n in range(len(levels), stories)]
    total, shown = sum(_WEIGHT[level] for level in levels), 0
    for index, level in enumerate(levels):
        share = cells * volume * _WEIGHT[level] / total * (80 + seed.below(41)) / 100
        pictured = pictures and 1 < level <= 3 and shown < 0.4 * stories - 1 and seed.below(100) < 60
        shown += pictured
        room = share - _HEAD_CELLS[level] - (_PICTURE_CELLS if pictured else 0)
        han = max(200 if pictured or level == 1 else 90, int(room * _HAN_A_CELL))
        _write_article(folder, f"{seed_name}/{index}", f"s{index}", level, han, pictured=pictured)
        lines += [f"      - article: articles/s{index}.yaml", f"        level: {level}"]
    (folder / "edition.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "edition.yaml"


def _write_article(folder: Path, seed_name: str, name: str, level: int, han: int, *, pictured: bool) -> None:
    seed = Seed(seed_name)
    article = [f"headline: {_headline(seed)}"]
    if level <= 3:
        article += [f"deck: {seed.pick(SAID)}", "byline: [{role: 本报记者, name: 甲某}]", "optional: [deck]"]
    if pictured:
        photograph(folder / "images" / f"{name}.jpg", seed_name)
        article += ["pictures:", f"  - file: ../images/{name}.jpg", f"    caption: {seed.pick(WHERE)}一景"]
    article.append("body: |")
    for paragraph in text(seed_name, han):
        article += [f"  {paragraph}", ""]
    (folder / "articles" / f"{name}.yaml").write_text("\n".join(article), encoding="utf-8")


def _headline(seed: Seed) -> str:
    """Return a headline of 8 to 18 characters."""
    while True:
        words = seed.pick(WHERE) + seed.pick(("", "的")) + seed.pick(WHO) + seed.pick(("", *DID))
        if 8 <= len(words) <= 18:
            return words


def search_of(edition_file: Path) -> Automatic:
    """Read an edition and return its first page, an automatic one, as it looks for its places."""
    run = Run(cache=False)
    edition = run.read(edition_file).edition
    (page, *_), faults = assigned_pages(edition, run.pages())
    assert not faults, faults
    composer = run.composer(names_of(edition))
    return automatic(page, lambda one: measured(run, one.context, one.by_slot)[0], composer)


def seeded(folder: Path, number: int) -> Automatic:
    """Write the page of a number and scale its bodies until it takes its share of the page."""
    wanted = 0.92 + 0.01 * (number * 7 % 17)
    volume = wanted
    for _ in range(5):
        file = write_page(folder, f"page {number}", 4 + number % 9, volume, number // 9 % 3, pictures=number % 5 != 4)
        search = search_of(file)
        if abs(search.share - wanted) < 0.015:
            break
        volume *= wanted / search.share
    return search


def main() -> None:
    """Lay pages out, a line each, and sum up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", type=int)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    closed, marred = 0, Counter[str]()
    for number in range(given.first, given.first + given.pages):
        search = seeded(folder / str(number), number)
        start = time.perf_counter()
        laid = search.lay_out()
        seconds = time.perf_counter() - start
        rules = broken(search.board, laid.tiling) if laid else {}
        closed += laid is not None
        marred.update({rule: 1 for rule, count in rules.items() if count})
        shown = ", ".join(f"{rule} {count}" for rule, count in rules.items() if count)
        print(f"{number:3} {'closed' if laid else 'OPEN  '} {search.share:.2f} {seconds:5.2f} s  {shown}", flush=True)
    print(f"closed {closed} of {given.pages}; pages with", dict(marred))


if __name__ == "__main__":
    main()
