"""Seeded pages that lay themselves out, and how many of them close: ``python -m benchmarks.auto_pages 40``.

Every page is invented: four to twelve stories, a picture with some of them, one page in five without, no, one or two
advertisements at its foot. Bodies are scaled until the stories take the share of the page that the seed asks for,
as printkit measures it.
"""

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generator import DID, SAID, WHERE, WHO, Seed, photograph, text
from printkit.makeup.page.automatic import Automatic
from printkit.makeup.tiling.craft import broken
from printkit.pipeline.assign import assigned_pages
from printkit.pipeline.measure import measured
from printkit.pipeline.place import automatic
from printkit.pipeline.run import Run


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of some size with so many columns, its rows as `at` counts them."""

    size: str = "tabloid"
    columns: int = 5
    rows: int = 85

    @property
    def cells(self) -> int:
        """What stories and advertisements may take; the last row parts nothing."""
        return self.columns * (self.rows - 1)

    def ads(self, count: int) -> tuple[tuple[int, int, int, int], ...]:
        """Column, row, columns and rows of so many advertisements at the page's foot."""
        return ((self.columns - 1, self.rows - 14, 2, 15), (1, self.rows - 10, 2, 11))[:count]

    def style(self) -> str:
        """The style sheet that gives it its columns."""
        return f":root {{ --columns: {self.columns}; }}\n"


TABLOID = Sheet()
_LEVELS = (1, 2, 3, 3, 4, 5, 4, 5)
"""Those of the stories that a pool has for each page."""
_WEIGHT = {1: 9, 2: 7, 3: 5, 4: 3, 5: 1.6}
_HEAD_CELLS = {1: 30, 2: 18, 3: 12, 4: 6, 5: 2}
_PICTURE_CELLS, _HAN_A_CELL = 22, 11


def write_page(
    folder: Path,
    seed_name: str,
    stories: int,
    volume: float,
    ads: int = 0,
    *,
    pictures: bool = True,
    sheet: Sheet = TABLOID,
) -> Path:
    """Write an edition of one automatic page, and return its file.

    Args:
        folder: of the paper.
        seed_name: decides everything that is not asked for.
        stories: how many.
        volume: the share of the page that their texts are written for, roughly.
        ads: advertisements at the page's foot, two at most.
        pictures: whether some stories have one.
        sheet: the page's size and columns.
    """
    seed = Seed(seed_name)
    for name in ("articles", "images"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_paper(folder, sheet)
    lines = ["paper: paper.yaml", "date: 2024-03-05", "issue: 1", "pages:", "  - number: 2", "    layout: auto"]
    lines += ["    name: 测试", "    stories:"]
    cells = sheet.cells
    for column, row, columns, rows in sheet.ads(ads):
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


def write_paper(folder: Path, sheet: Sheet) -> None:
    """Write the paper of a page."""
    style = "" if sheet == TABLOID else "stylesheets: [house.css]\n"
    (folder / "paper.yaml").write_text(f"name: 自动测试报\npage_size: {sheet.size}\n{style}", encoding="utf-8")
    (folder / "house.css").write_text(sheet.style(), encoding="utf-8")


def write_pool(folder: Path, seed_name: str, pages: int, volume: float) -> Path:
    """Write an edition of some automatic pages and a pool for them, and return its file; no page has its own stories.

    Args:
        folder: of the paper.
        seed_name: decides everything that is not asked for.
        pages: how many; the second has one advertisement, the third two, and so on again.
        volume: the share of the pages that the texts are written for, roughly.
    """
    for name in ("articles", "images"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_paper(folder, TABLOID)
    lines, pool = ["paper: paper.yaml", "date: 2024-03-05", "issue: 1", "pages:"], ["pool:"]
    for page in range(pages):
        seed, cells = Seed(f"{seed_name} {page}"), TABLOID.cells
        lines += [f"  - number: {page + 1}", "    layout: auto"] + ["    stories:"] * bool(page % 3)
        for column, row, columns, rows in TABLOID.ads(page % 3):
            lines.append(
                f"      - {{ad: reserved, at: {{column: {column}, row: {row}, columns: {columns}, rows: {rows}}}}}"
            )
            cells -= columns * rows
        total = sum(_WEIGHT[level] for level in _LEVELS)
        for index, level in enumerate(_LEVELS):
            pictured = 1 < level <= 3 and seed.below(100) < 60
            share = cells * volume * _WEIGHT[level] / total * (80 + seed.below(41)) / 100
            room = share - _HEAD_CELLS[level] - (_PICTURE_CELLS if pictured else 0)
            han = max(200 if pictured or level == 1 else 90, int(room * _HAN_A_CELL))
            name = f"s{page * len(_LEVELS) + index}"
            _write_article(folder, f"{seed_name} {page}/{index}", name, level, han, pictured=pictured)
            pool += [f"  - article: articles/{name}.yaml", f"    level: {level}"]
    (folder / "edition.yaml").write_text("\n".join([*lines, *pool]) + "\n", encoding="utf-8")
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
    composer = run.composer(edition.names)
    return automatic(page, lambda one: measured(run, one.context, one.by_slot)[0], composer)


def seeded(folder: Path, number: int, sheet: Sheet = TABLOID) -> Automatic:
    """Write the page of a number and scale its bodies until it takes its share of the page."""
    wanted = 0.92 + 0.01 * (number * 7 % 17)
    volume = wanted
    for _ in range(5):
        # Four columns of a tabloid hold eight headlines, no more.
        stories = min(4 + number % 9, 8 if sheet.cells < TABLOID.cells else 12)
        ads, pictures = number // 9 % 3, number % 5 != 4
        file = write_page(folder, f"page {number}", stories, volume, ads, pictures=pictures, sheet=sheet)
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
