"""Where on a page which story stands, from the report of the build: a finding then names story, file and line."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.diagnostics import SourceRef
from printkit.gate import read_file

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """A story on a page: its rectangles, and its article's place where the report tells it."""

    page: str
    story: str
    parts: tuple[Rect, ...]
    where: SourceRef | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The stories of an edition. `pages` are the edition's page numbers in the order of the file's pages."""

    pages: tuple[str, ...]
    stories: tuple[StoryPlace, ...]

    def page(self, number: int) -> str:
        """Return the edition's number of a page of the file, counted from 1."""
        return self.pages[number - 1] if number <= len(self.pages) else str(number)

    def story(self, number: int, box: Rect | None) -> StoryPlace | None:
        """Return the story that holds the middle of a box; None where none does."""
        if box is None:
            return None
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for story in self.stories:
            if story.page == self.page(number) and any(a <= x <= c and b <= y <= d for a, b, c, d in story.parts):
                return story
        return None


def places_of(report: Mapping[str, Any], stem: str) -> Places:
    """Read the places out of a report.

    Args:
        report: the object of report.json.
        stem: the file's name without its ending: the number of a page (``01``), of a spread (``04-05``) or of a page of
            one, or the whole edition's name.

    Raises:
        ValueError, KeyError, TypeError: the object is no report.
    """
    numbers = [str(page["number"]) for page in report["pages"]]
    plain = "-".join(part.lstrip("0") for part in stem.split("-"))
    wanted = [n for n in numbers if n == stem or plain in (n, *n.split("-"))]
    # The right page of a spread (``4-5``) begins at the fold.
    shift = next((page["width"] / 2 for page in report["pages"] if str(page["number"]).endswith(f"-{plain}")), 0.0)
    stories = tuple(_story(one, shift) for one in report["stories"])
    return Places(tuple(wanted or numbers), stories)


def _story(one: Mapping[str, Any], shift: float) -> StoryPlace:
    file, line = one.get("file"), one.get("line")
    where = SourceRef(str(file), int(line or 1)) if file else None
    parts = tuple(_rects(one["rectangles"], shift))
    return StoryPlace(str(one["page"]), str(one["id"]), parts, where, one.get("slot"))


def _rects(given: Iterable[Sequence[float]], shift: float) -> Iterable[Rect]:
    return ((x - shift, y, x - shift + width, y + height) for x, y, width, height in given)


def find_places(file: Path) -> Places | None:
    """Read the report of the build beside a file (``DATE/report.json`` for ``DATE/print/01.pdf``); None where none is."""
    report = Path(os.path.realpath(file)).parent.parent / "report.json"
    try:
        return places_of(json.loads(read_file(report)), file.stem)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # never required: another program's report.json is no fault of the PDF
