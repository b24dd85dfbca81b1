"""Rectangles of links inside composed text, from the composer's own advances."""

from collections.abc import Iterator

from printkit.model.geometry import Rect
from printkit.model.page import TextBox
from printkit.render.marking import linked


def link_boxes(box: TextBox) -> Iterator[tuple[str, int, Rect]]:
    """Yield each stretch of linked text on a line: its address, its first run, and its rectangle in the story."""
    runs = box.paragraph.runs
    if not any(run.link for run in runs):
        return
    links = linked(runs)
    for index, line in enumerate(box.lines):
        top = box.rect.y + index * box.pitch
        x = box.rect.x + line.x
        start, current = x, -1
        for advance, run in zip(line.advances, line.runs, strict=True):
            if links[run] != current:
                if current >= 0:
                    yield runs[current].link or "", current, Rect(start, top, x - start, box.pitch)
                start, current = x, links[run]
            x += advance
        if current >= 0:
            yield runs[current].link or "", current, Rect(start, top, x - start, box.pitch)
