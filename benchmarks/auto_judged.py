"""Automatic pages built and judged from outside: ``python -m benchmarks.auto_judged 40 10`` (seeded pages, natural ones).

Whether a page is closed is read from its final PDF: the cells of the type area in which nothing is drawn, less one row a gap (what
parts stories) and what stands beside a headline. How often the craft is broken is counted from the rectangles and headline
sizes of report.json, and pictures from the PDF; nothing of make-up is asked. A page that does not close is changed as its advice
says, and built again. Natural pages have the samples' copy: tables, sections, upright pictures, briefs, a vertical
headline here and a tint there.
"""

import argparse
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks.auto_pages import Sheet, search_of, seeded
from benchmarks.generator import Seed
from printkit.commands.build import Options, build
from printkit.makeup.page.automatic import Automatic
from printkit.pipeline.assign import assigned_pages
from printkit.pipeline.measure import measured
from printkit.pipeline.run import Run

SHEETS = (
    Sheet(), Sheet("broadsheet", 7, 119), Sheet("tabloid", 4), Sheet("tabloid", 6), Sheet("broadsheet", 6, 119),
    Sheet("broadsheet", 5, 119),
)  # fmt: skip
SAMPLES = Path(__file__).parents[1] / "samples"

_WHITE = 0.005
"""Share of the cells that may be white on a closed page."""

_LIKE = 0.8
"""Heads are alike where the smaller is at least this share of the larger."""

_SCALE, _EDGE = 1.5, 3.0
"""Pixels a point of the drawn page; points by which edges that meet may differ beside a gutter."""

_FOLLOWED = 4
"""Times that advice is followed."""

_ACROSS = 20.0
"""Points by which a rectangle reaches over a gutter that it stands across."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's top left."""

Grid = tuple[Box, int, int]
"""A page's type area, to its right a gutter more, its columns and its lines."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A page as seen from outside."""

    white: float
    closed: bool
    rules: Mapping[str, int]
    hint: str
    codes: frozenset[str]

    @property
    def is_full(self) -> bool:
        """Whether the final PDF shows a closed page, and printkit says so."""
        return self.closed and self.white <= _WHITE and not self.codes


def judge(source: Path, grid: Grid, out: Path) -> Judged:
    """Build a page and look at it; `grid` is its type area with its columns and lines."""
    result = build(source, Options(out=out, only="pages", cache=False))
    assert not result.faults, result.faults
    report = json.loads(next(out.glob("*/report.json")).read_text(encoding="utf-8"))
    [page] = report["pages"]
    stories = report["stories"]
    with pypdfium2.PdfDocument(next(out.glob("*/web/*.pdf"))) as document:
        pictures = tuple(_pictures(document[0]))
        white = _white_share(document[0], grid, stories, pictures)
    advice = [one for one in report["diagnostics"] if one["code"] == "makeup.page-not-closed"]
    hint = advice[0]["hint"] if advice else ""
    codes = frozenset(one["code"] for one in report["diagnostics"] if one["severity"] == "error")
    return Judged(white, page["closed"], dict(_broken(stories, pictures, grid)), hint, codes)


# --- what the PDF shows -----------------------------------------------------------------------------------


def _pictures(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Yield where pictures stand."""
    height = page.get_height()
    for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        left, bottom, right, top = one.get_bounds()
        yield left, height - top, right, height - bottom


def _white_share(page: pypdfium2.PdfPage, grid: Grid, stories: Sequence[Any], pictures: Sequence[Box]) -> float:
    """Return the share of the type area's cells that are white for no reason."""
    drawn = page.render(scale=_SCALE, grayscale=True).to_pil()
    (left, top, right, bottom), columns, rows = grid
    wide, high = (right - left) / columns, (bottom - top) / rows
    white = 0
    for column in range(columns):
        x, gap = left + column * wide, 0
        for row in range(rows + 1):
            y = top + row * high
            cell = (x + 1, y + 0.5, x + wide * 0.88, y + high - 0.5)
            pixels = tuple(round(edge * _SCALE) for edge in cell)
            empty = row < rows and drawn.crop(pixels).getextrema()[0] > 250
            beside = any(_beside_head(cell, story) for story in stories) or any(_caption(cell, one) for one in pictures)
            if empty and not beside:
                gap += 1
            else:
                white, gap = white + max(0, gap - 1), 0
    return white / (columns * rows)


def _caption(cell: Box, picture: Box) -> bool:
    """Say whether a cell is in the two rows under a picture, where its caption stands."""
    row = cell[3] - cell[1] + 1
    return picture[0] - row <= cell[0] < picture[2] and picture[3] - row / 2 <= cell[1] < picture[3] + 2 * row


def _beside_head(cell: Box, story: Any) -> bool:
    """Say whether a cell is in a story's headline block: over, beside and right under its headline; or in a place kept free."""
    if not story["head"]:
        x, y, w, h = story["rectangles"][0]
        kept_free = story["id"].startswith("reserved")
        return bool(kept_free and x - 1 <= cell[0] < x + w and y - 1 <= cell[1] < y + h)
    (x, y, w, _), (_, top, _, height) = story["rectangles"][0], story["head"]["rectangle"]
    under = top + height + 6 * (cell[3] - cell[1] + 1)
    return bool(x - 1 <= cell[0] < x + w and y - 1 <= cell[1] < under)


# --- what the report says ---------------------------------------------------------------------------------


def _broken(stories: Sequence[Any], pictures: Sequence[Box], grid: Grid) -> Iterator[tuple[str, int]]:
    """Yield how often a page breaks the rules of which no page, or few, may break one."""
    boxes = [_box(story) for story in stories]
    told = [(box, story) for box, story in zip(boxes, stories, strict=True) if story["head"]]
    (left, _, right, _), columns, _ = grid
    gutters = [left + (right - left) * column / columns for column in range(1, columns)]
    yield "gutter", sum(not any(box[0] < x - _ACROSS and x + _ACROSS < box[2] for box in boxes) for x in gutters)
    yield "through", sum(1 for _ in _through(boxes, stories, grid))
    yield "like heads", sum(_alike(one, other) for one, other in combinations(told, 2))
    yield "bare leg", sum(_bare(box, story, pictures, grid[0]) for box, story in told)
    yield "overlap", sum(_meet(one, other) for one, other in combinations(boxes, 2))


def _box(story: Any) -> Box:
    x, y, w, h = story["rectangles"][0]
    return x, y, x + w, y + h


def _through(boxes: Sequence[Box], stories: Sequence[Any], grid: Grid) -> Iterator[float]:
    """Yield lines through the width: not under one rectangle of full width, nor over a strip without headlines."""
    (left, top, right, bottom), _, rows = grid
    row = (bottom - top) / rows
    # A story's last row, which parts it from the next, is under its rectangle.
    for line in sorted({round(box[3] + row) for box in boxes if box[3] < bottom - 2 * row}):
        if any(above < line - _EDGE and line + _EDGE < below + row for _, above, _, below in boxes):
            continue
        over = [box for box in boxes if abs(box[3] + row - line) < _EDGE]
        under = [story for box, story in zip(boxes, stories, strict=True) if 0 <= box[1] - line + _EDGE < 2 * row]
        if all(box[2] - box[0] < right - left - 2 * _ACROSS for box in over) and any(story["head"] for story in under):
            yield line


def _alike(one: tuple[Box, Any], other: tuple[Box, Any]) -> bool:
    (a, first), (b, second) = one, other
    left, right = (a, b) if a[0] < b[0] else (b, a)
    sizes = sorted((first["head"]["size"], second["head"]["size"]))
    beside = -_EDGE < right[0] - left[2] < 30 and abs(a[1] - b[1]) < _EDGE
    is_like = first["head"]["direction"] == second["head"]["direction"] and first["frame"] == second["frame"]
    return bool(beside and sizes[0] >= _LIKE * sizes[1] and is_like)


def _bare(box: Box, story: Any, pictures: Sequence[Box], area: Box) -> bool:
    """Say whether a column begins without headline or picture under another story."""
    head = story["head"]
    if head["direction"] == "vertical" or head["columns"] >= story["columns"] or box[1] < area[1] + 20:
        return False
    x, _, w, _ = head["rectangle"]
    covered = head["columns"] * (box[2] - box[0]) / story["columns"]
    top = [p for p in pictures if abs(p[1] - box[1]) < 20 and box[0] - 1 <= p[0] and p[2] <= box[2] + 1]
    return bool(covered + sum(p[2] - p[0] for p in top) < 0.9 * (box[2] - box[0]) and w < box[2] - x)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1


# --- the pages --------------------------------------------------------------------------------------------


def grid_of(source: Path) -> Grid:
    """Return the type area of a page in points, its columns and its lines."""
    run = Run(cache=False)
    [page], _ = assigned_pages(run.read(source).edition, run.pages())
    grid = measured(run, page.context, page.by_slot)[0].grid
    main = grid.main
    lines = main.height // grid.leading
    # With a gutter more every column has one at its right.
    box = main.x / 1000, main.y / 1000, (main.right + grid.gutter) / 1000, (main.y + lines * grid.leading) / 1000
    return box, grid.columns, lines


def natural(folder: Path, number: int, sheet: Sheet) -> Automatic:
    """Write a page of the samples' copy, about as much as it takes, and return it as it looks for its places."""
    name = ("weekly", "tabloid")[number % 2]
    shutil.copytree(SAMPLES / name, folder, dirs_exist_ok=True)
    edition = Run(cache=False).read(folder / "edition.yaml").edition
    stories = [
        story
        for page in edition.pages
        for story in page.stories
        if not (story.ad or story.is_common_head or story.article.notices)
    ]
    paper = (
        (folder / "paper.yaml").read_text(encoding="utf-8").replace("page_size: tabloid", f"page_size: {sheet.size}")
    )
    (folder / "paper.yaml").write_text(paper, encoding="utf-8")
    with (folder / "house.css").open("a", encoding="utf-8") as style:
        style.write(sheet.style())
    seed = Seed(f"natural {number}")

    def write(chosen: Sequence[Any]) -> Automatic:
        lines = ["paper: paper.yaml", "date: 2024-03-05", "pages:", "  - number: 2", "    layout: auto", "    stories:"]
        levels = [1, 2, 3, 3, 4, 4, 5, 5, 5]
        for place, story in enumerate(chosen):
            level = 5 if story.article.brief else levels[min(place, len(levels) - 1)]
            form = (", frame: tint", ", look: {head: {direction: vertical}}")[place % 2] if place in (2, 3) else ""
            lines.append(f"      - {{article: {story.article.where.file}, id: {story.id}, level: {level}{form}}}")
        (folder / "edition.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return search_of(folder / "edition.yaml")

    for _ in range(40):
        count = 4 + seed.below(7)
        left, chosen = list(stories), list[Any]()
        while left and len(chosen) < count:
            chosen.append(left.pop(seed.below(len(left))))
        chosen.sort(key=lambda story: -len(story.article.text))
        letters = sum(len(story.article.text) + 300 for story in chosen)
        if not 0.75 < letters / (sheet.cells * 13) < 1.15:
            continue
        search = write(chosen)
        if 0.92 <= search.share <= 1.08:
            return search
    return search


def followed(source: Path, hint: str) -> bool:
    """Change the copy as an advice says; say whether anything was changed."""
    changed = False
    for name, advice in re.findall(r"“([^”]+)”:? ([^“]*)", hint):
        file = next(source.parent.glob(f"articles/{name}.yaml"), None)
        if file is None:
            continue
        head, mark, body = file.read_text(encoding="utf-8").partition("body: |\n")
        before = [one.strip() for one in body.split("\n\n")]
        after = advised(before, advice)
        if after != before:
            copy = "\n\n".join(f"  {one}" for one in after)
            file.write_text(f"{head}{mark}{copy}\n", encoding="utf-8")
            changed = True
    return changed


def advised(paragraphs: Sequence[str], advice: str) -> list[str]:
    """Return copy after the advice for a story was followed: the fewest characters that it names, at the paragraphs' ends."""
    done = list(paragraphs)
    for place, verb, count in re.findall(r"paragraph (\d+): (cut|add) (\d+)", advice):
        text, number = done[int(place) - 1], int(count)
        if verb == "add":
            text = f"{text[:-1]}{'字' * number}{text[-1]}"
        while verb == "cut" and number and len(text) > 1:
            text, number = text[:-2] + text[-1], number - text[-2].isalnum()
        done[int(place) - 1] = text
    gone = {
        int(place) for out in re.findall("take out paragraphs? ([0-9, ]+)", advice) for place in re.findall(r"\d+", out)
    }
    done = [text for place, text in enumerate(done, 1) if place not in gone]
    return done + [f"{'字' * (int(count) - 1)}。" for count in re.findall(r"add a paragraph of (\d+)", advice)]


def main() -> None:
    """Judge pages, a line each, and sum up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seeded", type=int)
    parser.add_argument("natural", type=int)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    for kind, count in (("seeded", given.seeded), ("natural", given.natural)):
        closed, advised, broken = 0, 0, Counter[str]()
        for number in range(given.first, given.first + count):
            sheet = SHEETS[number % len(SHEETS)] if kind == "seeded" else SHEETS[number % 3 * 2 % 4]
            place = folder / kind / str(number)
            place.mkdir(parents=True, exist_ok=True)
            search = seeded(place, number, sheet) if kind == "seeded" else natural(place, number, sheet)
            grid = grid_of(place / "edition.yaml")
            seen = judge(place / "edition.yaml", grid, place / "out")
            after, rounds = seen, 0
            while (
                not after.is_full and after.hint and rounds < _FOLLOWED and followed(place / "edition.yaml", after.hint)
            ):
                after, rounds = judge(place / "edition.yaml", grid, place / "again"), rounds + 1
            closed += seen.is_full
            advised += not seen.is_full and after.is_full
            broken.update(rule for rule, times in seen.rules.items() if times and seen.is_full)
            shown = ", ".join(f"{rule} {times}" for rule, times in seen.rules.items() if times)
            state = (
                "closed" if seen.is_full else f"OPEN, advice followed {rounds}: {'closed' if after.is_full else 'OPEN'}"
            )
            print(
                f"{kind} {number:3} {sheet.size} {sheet.columns} columns, {len(search.pieces())} stories, "
                f"share {search.share:.2f}: {state}, white {seen.white:.2%}  {shown} {sorted(seen.codes) or ''}",
                flush=True,
            )
        print(
            f"{kind}: closed {closed} of {count}, {advised} more as advised; of the closed with",
            dict(broken),
            flush=True,
        )


if __name__ == "__main__":
    main()
