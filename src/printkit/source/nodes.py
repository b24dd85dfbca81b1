"""What a YAML file holds: text scalars, lists and mappings that know their place in the file.

Scalars stay text: no YAML type is ever guessed (``010``, ``12:30``, ``2024-01-10``, ``yes``).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from printkit.diagnostics import SourceRef

_WHITE = " \t\n\r\u2028\u2029"
_LINE_END = re.compile(r"\r\n|\n|\r")
"""Line ends as editors count them: YAML would also count U+0085, U+2028 and U+2029."""
_ESCAPED_END = re.compile(r"\\[\r\n]")


class Source:
    """The text of one file with the way from an offset to line and column."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        """What findings call the file."""
        self.text = text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of an offset in the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def where(self, offset: int, field_path: str = "") -> SourceRef:
        """Return the place of an offset as a diagnostic names it."""
        return SourceRef(self.name, *self.place(offset), field_path)

    def line_text(self, line: int) -> str:
        """Return a line without its end; lines count from 1."""
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return self.text[self._line_starts[line - 1] : end].rstrip("\r\n")


class Scalar(str):
    """A text as YAML reads it, with its place and its style (``|``, ``>``, ``'``, ``"`` or plain)."""

    source: Source
    start: int
    end: int
    style: str

    @classmethod
    def read(cls, text: str, source: Source, start: int, end: int, style: str) -> "Scalar":
        """Make a scalar of the text between two offsets of a file."""
        scalar = cls(text)
        scalar.source, scalar.start, scalar.end, scalar.style = source, start, end, style
        return scalar

    @property
    def is_one_line(self) -> bool:
        """Whether neither the text nor the file has a line end in it."""
        raw, start, end = self.source.text, self.start, self.end
        return "\n" not in self and raw.find("\n", start, end) < 0 and raw.find("\r", start, end) < 0

    def characters(self) -> Iterator[tuple[str, int]]:
        """Yield each character of the text that is not white, with its offset in the file."""
        return zip((character for character in self if character not in _WHITE), self._origins(), strict=False)

    def copy_lines(self) -> list[tuple[str, tuple[int, int]]]:
        """Return the lines of the text, each with the place of its first character.

        Where YAML folded a line end into a blank it is given back: a line that wraps in the file is joined by the rules
        of Chinese. Line ends in quotes are those of the value, as in a ``|`` block, so that a program that writes the
        file anew changes no paragraph. Without quotes people write, and see paragraphs parted by a blank line.
        """
        if self.style == "|":
            return list(self._literal_lines())
        text, places = self._unfolded()
        lines, offset = [], 0
        for line in text.split("\n"):
            blank = len(line) - len(line.lstrip(_WHITE))
            lines.append((line, places.get(offset + blank, self.source.place(self.start))))
            offset += len(line) + 1
        return lines

    def _literal_lines(self) -> Iterator[tuple[str, tuple[int, int]]]:
        first = self.source.place(self.start)[0] + 1
        for number, line in enumerate(self.split("\n"), first):
            written = self.source.line_text(number) if line.strip() else ""
            yield line, (number, len(written) - len(written.lstrip()) + 1)

    def _unfolded(self) -> tuple[str, dict[int, tuple[int, int]]]:
        """Give folded line ends back; the map has the place of each character that is not white."""
        text: list[str] = []
        length = last = 0
        places: dict[int, tuple[int, int]] = {}
        origins = self._origins()
        white = ""
        for character in self:
            if character in _WHITE:
                white += character
                continue
            origin = next(origins, self.start)
            ends = len(_LINE_END.findall(self.source.text, last, origin)) if white and last else 0
            if self.style not in ("'", '"'):
                white = "\n" * ends if white.count("\n") < ends else white
            elif white == " " and ends and not self._is_escaped_end(last, origin):
                white = "\n"
            text += (white, character)
            length += len(white) + 1
            places[length - 1] = self.source.place(origin)
            white, last = "", origin
        return "".join(text), places

    def _is_escaped_end(self, last: int, origin: int) -> bool:
        """Say whether the line end between two characters is one that double quotes leave out of the text."""
        raw = self.source.text
        return self.style == '"' and bool(_ESCAPED_END.search(raw, last + 1 + (raw[last] == "\\"), origin))

    def _origins(self) -> Iterator[int]:
        """Yield the offset in the file of each character of the text that is not white."""
        raw, at, end = self.source.text, self.start, self.end
        if self.style in (">", "|"):
            at = raw.find("\n", at)
        elif self.style:
            at, end = at + 1, end - 1
        while at < end:
            character = raw[at]
            if self.style == "'" and character == "'":
                yield at
                at += 2
            elif self.style == '"' and character == "\\":
                kind = raw[at + 1]
                if kind not in "\n\r\t ntNLP":  # Every other escape writes a character that is not white.
                    yield at
                at += 2 + {"x": 2, "u": 4, "U": 8}.get(kind, 0)
            else:
                if character not in _WHITE:
                    yield at
                at += 1


@dataclass(slots=True)
class Sequence:
    """A list."""

    source: Source
    start: int
    items: list["Node"] = field(default_factory=list)
    end: int = 0
    """Behind its bracket; of one without brackets where the next thing begins."""


@dataclass(slots=True)
class Mapping:
    """Keys and values in order; no key stands twice."""

    source: Source
    start: int
    entries: dict[Scalar, "Node"] = field(default_factory=dict)
    end: int = 0
    """As a list's."""


Node = Scalar | Sequence | Mapping
