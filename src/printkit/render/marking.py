"""Marked content inside a piece of composed text: links, the marks of lists and rubies have numbers of their own.

WeasyPrint opens one marked sequence round the piece; where a stretch of another kind begins, that is closed and the
next one opened, between text objects, since neither may cross the other (ISO 32000-1, 14.6.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from printkit.makeup.story.paragraphs import LIST_MARK
from printkit.model.lines import ComposedLine
from printkit.model.text import Kind, Paragraph, Run

StretchKind = Literal["text", "link", "label", "base", "ruby"]


@dataclass(slots=True)
class Stretch:
    """Marked content of one kind; `run` is the first run of its link, or that of its ruby."""

    number: int
    kind: StretchKind
    run: int
    text: str = ""


def linked(runs: Sequence[Run]) -> list[int]:
    """Return for each run the first run of the link that it is part of, −1 where there is none."""
    found: list[int] = []
    for index, run in enumerate(runs):
        goes_on = index > 0 and found[-1] >= 0 and runs[index - 1].link == run.link
        found.append(-1 if run.link is None else found[-1] if goes_on else index)
    return found


def _kinds(paragraph: Paragraph) -> list[tuple[StretchKind, int]]:
    """Return kind and first run of the stretch that each run stands in."""
    listed = paragraph.kind is Kind.LIST_ITEM
    kinds: list[tuple[StretchKind, int]] = []
    for index, (run, link) in enumerate(zip(paragraph.runs, linked(paragraph.runs), strict=True)):
        if link >= 0:
            kinds.append(("link", link))
        elif run.ruby is not None:
            kinds.append(("base", index))
        elif listed and index == 0 and run.text == LIST_MARK:
            kinds.append(("label", index))
        else:
            kinds.append(("text", 0))
    return kinds


class Marking:
    """Numbers the stretches of one piece on a page that is tagged; does nothing on one that is not."""

    def __init__(self, stream: Any, paragraph: Paragraph) -> None:
        """Begin with the sequence that WeasyPrint has just opened."""
        self._stream = stream
        self._tags = stream._tags  # noqa: SLF001  # WeasyPrint numbers marked content here and offers nothing else
        self._kinds = _kinds(paragraph)
        self.stretches: list[Stretch] = []
        self.varied = self._tags is not None and len(set(self._kinds)) > 1
        if self._tags is not None:
            kind, run = self._kinds[0] if self._kinds else ("text", 0)
            self.stretches.append(Stretch(len(self._tags) - 1, kind, run))

    def limit(self, line: ComposedLine, position: int) -> int:
        """Return where on a line the stretch of a cluster ends."""
        if not self.varied:
            return len(line.clusters)
        kind = self._kinds[line.runs[position]]
        end = position + 1
        while end < len(line.clusters) and self._kinds[line.runs[end]] == kind:
            end += 1
        return end

    def enter(self, line: ComposedLine, start: int, end: int) -> None:
        """Open the stretch of some clusters unless it is open; inside a text object."""
        if not self.stretches:
            return
        kind, run = self._kinds[line.runs[start]]
        if (kind, run) != (self.stretches[-1].kind, self.stretches[-1].run):
            self._stream.end_text()
            self._open(kind, run)
            self._stream.begin_text()
        self.stretches[-1].text += "".join(line.clusters[start:end])

    def ruby(self, run: int, text: str) -> None:
        """Open the stretch of a ruby over a run; outside of text objects."""
        if self.stretches:
            self._open("ruby", run)
            self.stretches[-1].text = text

    def _open(self, kind: StretchKind, run: int) -> None:
        number = len(self._tags)
        self._tags[self, number] = {"tag": "Span", "mcid": number}
        self._stream.end_marked_content()
        self._stream.stream.append(f"/Span <</MCID {number}>> BDC".encode())
        self.stretches.append(Stretch(number, kind, run))
