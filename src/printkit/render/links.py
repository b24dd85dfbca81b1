"""Rectangles of links inside composed text, from the composer's own advances."""

from collections.abc import Iterator

from printkit.model.geometry import Rect
from printkit.model.page import TextBox


def link_boxes(box: TextBox) -> Iterator[tuple[str, Rect]]:
    """Yield each stretch of linked text on a line: its address and rectangle, from the story's top left corner."""
    runs = box.paragraph.runs
    if not any(run.link for run in runs):
        return
    for index, line in enumerate(box.lines):
        top = box.rect.y + index * box.pitch
        x = box.rect.x + line.x
        start, current = x, None
        for advance, run in zip(line.advances, line.runs, strict=True):
            link = runs[run].link
            if link != current:
                if current:
                    yield current, Rect(start, top, x - start, box.pitch)
                start, current = x, link
            x += advance
        if current:
            yield current, Rect(start, top, x - start, box.pitch)
