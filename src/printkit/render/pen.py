"""Glyphs written to a page's stream: composed lines, rubies, vertical headings.

In: composed lines and the stream of WeasyPrint's page. The advances are the composer's own (TJ with absolute
places, so errors do not add up); what readers would get wrong from the glyphs alone is wrapped in ActualText.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tinycss2.color5 import parse_color

from printkit.fonts.metrics import (
    GETA,
    Shaped,
    chain_of,
    depends_on_neighbours,
    glyph_advance,
    scale_of,
    shape,
    shape_line,
    units,
)
from printkit.makeup.frames import HAN_TOP
from printkit.model.lines import ComposedLine, VerticalLine
from printkit.model.page import TextBox
from printkit.model.style import Face
from printkit.render.interlinear import InterlinearMarks, is_marked
from printkit.render.marking import Marking
from printkit.units import PX

FontOf = Callable[[Face], Any]
"""Adds a face to the page and returns WeasyPrint's font."""

WIDE_GAP = 95
"""Gap in thousandths of an em from which a line is wrapped in one ActualText: ``pdftotext -layout`` sees a blank at
100, its other modes and PDFium at 150 to 200."""

NARROW_GAP = 50
"""The same beside an interpunct, whose glyph is narrow: PDFium measures gaps by the narrower neighbour."""

WIDE_BLANK = 350
"""The same beside a typed blank, where ``pdftotext`` begins a new block at 400 (the gap inside a headline)."""

OVERLAP = 150
"""Thousandths of an em that a glyph's box may reach over the next origin before readers break the line."""

RAISED = 350
"""How far a superior note mark stands above the baseline, in thousandths of an em."""

RUBY = 500
"""Size of a ruby in thousandths of its base's (composition.md G4)."""

TURNED = 380
"""Where a turned letter's baseline stands left of the line's middle, in thousandths: half the Han box less its foot."""

_RED = parse_color("#d7000f")


@dataclass(frozen=True, slots=True)
class _Plain:
    """A cluster of one glyph that reads as itself, whoever its neighbours are, as it is written at one size."""

    code: str
    x: float
    width: int
    reach: float
    """From its origin to its box's end, mpt."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What the pens of one page share: its fonts by face, and plain clusters by chain and size."""

    fonts: dict[Face, Any] = field(default_factory=dict)
    plain: dict[tuple[tuple[Face, ...], float], dict[str, _Plain]] = field(default_factory=dict)


class Pen:
    """Writes lines of one box."""

    def __init__(self, stream: Any, box: TextBox, page: Glyphs, font_of: FontOf) -> None:
        self._font_of = font_of
        self._stream = stream
        self._box = box
        self._page = page
        self._runs = box.paragraph.runs
        self._marks = InterlinearMarks(stream, box.style.em)
        self.marking = Marking(stream, box.paragraph)
        self._marked = any(is_marked(run) for run in self._runs)
        self._size = box.style.em
        self._stretch = box.style.size / box.style.em
        self._chains = [chain_of(box.style, run) for run in self._runs]
        self._scales = [scale_of(run) for run in self._runs]

    def line(self, line: ComposedLine, y: int, colour: Any) -> None:
        """Write one line with its baseline at `y` (mpt from the box's top)."""
        if self._plain_line(line, y):
            return
        shaped = self._shape(line)
        origins = []
        x = line.x
        for advance in line.advances:
            origins.append(x)
            x += advance
        chains = self._actual_text(line, shaped, origins)
        position = 0
        count = len(shaped)
        while position < count:
            end = chains.get(position, 0)
            limit = self.marking.limit(line, position)
            if end > limit:
                chains[limit], end = end, limit
            if end:
                self.marking.enter(line, position, end)
                text = "".join(line.clusters[position:end])
                self._raw(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
                self._glyphs(line, shaped, origins, position, end, y, colour)
                self._raw("EMC")
            else:
                end = position + 1
                while end < limit and end not in chains:
                    end += 1
                self.marking.enter(line, position, end)
                self._glyphs(line, shaped, origins, position, end, y, colour)
            position = end
        if self._marked:
            self._marks.note(line, origins, y, self._runs)

    def _plain_line(self, line: ComposedLine, y: int) -> bool:
        """Write a line of plain clusters of one face in one pass, if it is one: what follows it does for any line, in five.

        Such a line needs no ActualText: no glyph reaches over the next, and no gap is wide.
        """
        runs = line.runs
        if self._marked or self.marking.varied or not runs or runs[0] != runs[-1] or len(set(runs)) > 1:
            return False
        if self._runs[run := runs[0]].superior:
            return False
        chain, em, size = self._chains[run], self._size, self._size * self._scales[run]
        known = self._page.plain.setdefault((chain, size), {})
        over, widest = OVERLAP * em / 1000, WIDE_GAP * em / 1000
        zero = origin = line.x
        out: list[str] = []
        pen = 0.0
        end: float | None = None
        for cluster, advance, shift in zip(line.clusters, line.advances, line.shifts, strict=True):
            plain = known.get(cluster) or self._learned(cluster, run)
            if plain is None:
                return False
            known[cluster] = plain
            start = origin + shift
            if end is not None and (start < end - over or start - end > widest):
                return False
            end = start + plain.reach
            gap = (start - zero) * 1000 / size + plain.x - pen
            if not -0.0005 < gap < 0.0005:
                gap = round(gap, 3)
                out.append(f">{-gap:.3f}<")
                pen += gap
            out.append(plain.code)
            pen += plain.width
            origin += advance
        self.marking.enter(line, 0, len(runs))
        self._show(self._font(chain[0]), out, size, zero, y)
        return True

    def _learned(self, cluster: str, run: int) -> _Plain | None:
        """Return a cluster as plain, if it is: one glyph of its chain's first face, which stands for no other text."""
        if depends_on_neighbours(cluster):
            return None
        chain, scale = self._chains[run], self._scales[run]
        shaped = shape(cluster, chain)
        if len(shaped) != 1 or len(shaped[0].glyphs) != 1 or shaped[0].missing or shaped[0].face is not chain[0]:
            return None
        (piece,), (glyph,) = shaped, shaped[0].glyphs
        if self._reads_otherwise(piece):
            return None
        font, gid = self._font(piece.face), glyph.gid
        width = font.widths.setdefault(gid, glyph_advance(piece.face, gid))
        return _Plain(f"{gid:04x}", glyph.x, width, piece.advance * scale * self._size / 1000)

    def _show(self, font: Any, out: Sequence[str], size: float, x: float, y: float) -> None:
        """Write glyphs and gaps as one TJ."""
        stream = self._stream
        stream.set_font_size(font.hash, size / PX)
        stream.set_text_matrix(1, 0, 0, -self._stretch, x / PX, y / PX)
        stream.show_text("<" + "".join(out) + ">")

    def _raw(self, operator: str) -> None:
        self._stream.stream.append(operator.encode())

    def _shape(self, line: ComposedLine) -> list[Shaped]:
        """Shape a line, each run with its own chain."""
        clusters, runs = line.clusters, line.runs
        if len(set(runs)) == 1:
            return shape_line(clusters, self._chains[runs[0]])
        found: list[Shaped] = []
        start = 0
        while start < len(clusters):
            end = start + 1
            while end < len(clusters) and runs[end] == runs[start]:
                end += 1
            found.extend(shape_line(clusters[start:end], self._chains[runs[start]]))
            start = end
        return found

    def _actual_text(self, line: ComposedLine, shaped: Sequence[Shaped], origins: Sequence[int]) -> dict[int, int]:
        """Return the stretches (first cluster → end) whose text readers would get wrong from the glyphs alone.

        Those are chains of overlapping glyphs, characters that no font has, glyphs that stand for another
        character already, and whole lines with a wide gap. Every glyph gets its text here.
        """
        count = len(shaped)
        em = self._size
        # PDFium leaves characters beyond U+FFFD out of an ActualText: such a line is wrapped where it must be, never whole.
        has_rare = max(line.text, default="") > "\uffff"
        wrong = [self._reads_otherwise(s) or s.missing for s in shaped]
        chains: dict[int, int] = {}
        index = 0
        while index < count:
            end = index + 1
            while end < count:
                scale = self._scales[line.runs[end - 1]]
                box_end = origins[end - 1] + line.shifts[end - 1] + shaped[end - 1].advance * scale * em / 1000
                start = origins[end] + line.shifts[end]
                if start >= box_end - OVERLAP * em / 1000:
                    widest = WIDE_BLANK if line.clusters[end - 1].isspace() else WIDE_GAP
                    if start - box_end > widest * em / 1000 and not has_rare:
                        return {0: count}
                    if "·" not in line.clusters[end - 1 : end + 1] or start - box_end < NARROW_GAP * em / 1000:
                        break
                end += 1
            if end > index + 1 or wrong[index]:
                if any(s.face is not shaped[index].face for s in shaped[index:end]) and not has_rare:
                    # PDFium gives a span the box of its first text object and sees a blank after it; a whole
                    # line has nothing after it.
                    return {0: count}
                chains[index] = end
            index = end
        return chains

    def _reads_otherwise(self, shaped: Shaped) -> bool:
        """Give the glyphs of a cluster their text; say whether one already stands for another (⼀ and 一 are one glyph)."""
        texts = self._font(shaped.face).to_unicode
        if len(shaped.glyphs) == 1 and not shaped.missing:
            return bool(texts.setdefault(shaped.glyphs[0].gid, shaped.text) != shaped.text)
        otherwise = False
        for glyph, text in zip(shaped.glyphs, _texts(shaped), strict=True):
            otherwise |= texts.setdefault(glyph.gid, text) != text
        return otherwise

    def _font(self, face: Face) -> Any:
        fonts = self._page.fonts
        if face not in fonts:
            fonts[face] = self._font_of(face)
        return fonts[face]

    def _glyphs(
        self,
        line: ComposedLine,
        shaped: Sequence[Shaped],
        origins: Sequence[int],
        start: int,
        end: int,
        y: int,
        colour: Any,
    ) -> None:
        """Write the glyphs of some clusters: one TJ for each stretch of one face and size."""
        index = start
        while index < end:
            first = shaped[index]
            run = line.runs[index]
            scale = self._scales[run]
            size = self._size * scale
            raised = self._size * RAISED / 1000 if self._runs[run].superior else 0
            font = self._font(first.face)
            widths = font.widths
            out: list[str] = []
            zero = origins[index]
            pen = 0.0
            last = index
            while (
                last < end
                and shaped[last].face is first.face
                and self._scales[line.runs[last]] == scale
                and shaped[last].missing == first.missing
                and self._runs[line.runs[last]].superior == bool(raised)
            ):
                # Each glyph has its text already: `_actual_text` saw every cluster of the line.
                at = (origins[last] + line.shifts[last] - zero) * 1000 / size
                for glyph in shaped[last].glyphs:
                    gid = glyph.gid
                    width = widths.get(gid)
                    if width is None:
                        width = widths[gid] = glyph_advance(first.face, gid)
                    gap = at + glyph.x - pen
                    if not -0.0005 < gap < 0.0005:
                        gap = round(gap, 3)
                        out.append(f">{-gap:.3f}<")
                        pen += gap
                    out.append(f"{gid:04x}")
                    pen += width
                last += 1
            stream = self._stream
            if first.missing:
                stream.set_color(_RED)
            self._show(font, out, size, zero, y - raised)
            if first.missing:
                stream.set_color(colour)
            index = last

    def finish(self, colour: Any) -> None:
        """Draw what stands between the lines in the text's colour: dots and rules, then rubies as text."""
        self._marks.draw(colour)
        for run, text, centre, y in self._marks.rubies:
            self.marking.ruby(run, text)
            self._stream.begin_text()
            self._ruby(text, centre, y)
            self._stream.end_text()

    def _ruby(self, text: str, centre: float, y: float) -> None:
        """Write a ruby centred over its base, half the base's size (composition.md G4)."""
        size = self._size * RUBY / 1000
        pieces = [s for unit in units(text) for s in shape(unit, self._chains[0])]
        x = centre - sum(p.advance for p in pieces) * size / 2000
        for piece in pieces:
            self.glyphs(piece, x, y, size)
            x += piece.advance * size / 1000

    def glyphs(
        self, shaped: Shaped, x: float, y: float, size: float, matrix: tuple[float, ...] = (1, 0, 0, -1)
    ) -> None:
        """Write one cluster alone, each glyph at its own place; `x` and `y` are its origin in mpt.

        Args:
            shaped: the cluster.
            x: origin, mpt from the box's left.
            y: baseline, mpt from the box's top.
            size: mpt.
            matrix: a, b, c, d of the text matrix; y goes down, so upright text has d = −1.
        """
        font = self._font(shaped.face)
        a, b, c, d = matrix
        self._stream.set_font_size(font.hash, size / PX)
        for glyph, text in zip(shaped.glyphs, _texts(shaped), strict=True):
            font.to_unicode.setdefault(glyph.gid, text)
            font.widths.setdefault(glyph.gid, glyph_advance(shaped.face, glyph.gid))
            dx, dy = glyph.x * size / 1000, glyph.y * size / 1000
            at_x, at_y = x + a * dx + c * dy, y + b * dx + d * dy
            self._stream.set_text_matrix(a, b, c, d, at_x / PX, at_y / PX)
            self._stream.show_text(f"<{glyph.gid:04x}>")

    def vertical(self, lines: Sequence[VerticalLine]) -> None:
        """Write a vertical heading (竖题), its first line at the right of the box.

        Readers would take each upright character for a line of its own, so the whole heading is one ActualText.
        """
        text = "".join(line.line.text for line in lines)
        self._raw(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        pitch = self._box.pitch
        for index, line in enumerate(lines):
            self._downwards(line, self._box.rect.width - index * pitch - pitch // 2)
        self._raw("EMC")

    def _downwards(self, line: VerticalLine, centre: int) -> None:
        """Write a vertical line, `centre` mpt from the box's left."""
        clusters = line.line.clusters
        top = line.line.x
        chain = self._chains[0]
        size = self._size
        for cluster, advance, shift, turn in zip(
            clusters, line.line.advances, line.line.shifts, line.turns, strict=True
        ):
            at = top + shift
            if turn == "upright":
                for piece in shape(cluster, chain, vertical=True):
                    self.glyphs(piece, centre, at, size)
            elif turn == "turned":
                pen = float(at)
                for piece in shape(cluster, chain):
                    # Turned about the middle of the line: the baseline stands where Han's feet would hang.
                    self.glyphs(piece, centre - size * TURNED / 1000, pen, size, (0, 1, 1, 0))
                    pen += piece.advance * size / 1000
            else:
                pieces = shape(cluster, chain)
                width = sum(p.advance for p in pieces)
                squeeze = min(1.0, 1000 / width)
                pen = centre - width * squeeze * size / 2000
                for piece in pieces:
                    self.glyphs(piece, pen, at + size * HAN_TOP / 1000, size, (squeeze, 0, 0, -1))
                    pen += piece.advance * squeeze * size / 1000
            top += advance


def _texts(shaped: Shaped) -> Sequence[str]:
    """Share the text of a cluster out to its glyphs: a character each (``……``), else all to the first (``——``)."""
    text = GETA if shaped.missing else shaped.text
    count = len(shaped.glyphs)
    return text if len(text) == count else [text, *[""] * (count - 1)]
