"""A line of a Word paragraph while it is read: its runs, and what most of its characters look like."""

from collections import Counter
from dataclasses import dataclass, field, replace

from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block, Embedded, Look
from printkit.manuscript.docx.styles import Properties
from printkit.model.text import Kind, Run, joined


@dataclass(slots=True)
class Line:
    """What has been read of a line; soft breaks part the lines of a paragraph."""

    runs: list[Run] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    faces: Counter[str] = field(default_factory=Counter)
    light: int = 0
    """Characters that are not bold."""
    pictures: list[Embedded] = field(default_factory=list)
    begins_anew: bool = False

    @property
    def text(self) -> str:
        """Its text so far."""
        return "".join(run.text for run in self.runs)

    def add(self, text: str, looks: Properties, link: str | None) -> None:
        """Add some text in a manner."""
        self.runs.append(Run(text, strong=bool(looks.bold), emphasis=bool(looks.dotted), link=link))
        if count := len(text.strip()):
            self.sizes[looks.size or 0] += count
            self.faces[looks.face or ""] += count
            self.light += 0 if looks.bold else count

    def blocks(self, paragraph: Properties, where: SourceRef, *, breaks: int, boxed: bool) -> list[Block]:
        """Return the line as a block, with its pictures before it or after it as their captions stand."""
        size = self.sizes.most_common(1)[0][0] if self.sizes else paragraph.size or 0
        face = self.faces.most_common(1)[0][0] if self.faces else ""
        bold = bool(self.sizes) and not self.light
        align = paragraph.align or ""
        look = Look(size, bold, align == "center", align in ("right", "end"), paragraph.level, face)
        # All of a line in bold is its look; only what stands out of its line is marked.
        runs = joined(replace(run, strong=run.strong and not bold) for run in self.runs)
        kind = Kind.QUOTATION if paragraph.quotes else Kind.BODY
        text = Block(where, runs, look, kind, breaks=breaks, boxed=boxed, begins_anew=self.begins_anew)
        if not self.pictures:
            return [text]
        pictures = Block(where, pictures=tuple(self.pictures), look=look)
        return [text, pictures] if text.text.strip() else [replace(pictures, begins_anew=self.begins_anew)]
