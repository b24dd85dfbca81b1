"""The composer as make-up uses it: paragraphs prepared once, set at any measure."""

from collections.abc import Callable
from dataclasses import replace

from printkit.compose import Measure, Prepared, compose_heading, compose_vertical, prepare
from printkit.compose.heading import Known
from printkit.model.lines import ComposedLine, FontMetrics, Hyphenator, VerticalLine, WordBreaker
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run

LONGEST_HEADING = 400
"""Characters from which on a heading is not balanced but set as text: it is over in any case, and told so."""

SUBHEAD_LINES = 4
"""Most lines of a subhead that is set like a heading."""


class Setter:
    """Sets text in given styles; prepared paragraphs are kept, so a second measure costs little."""

    def __init__(
        self,
        metrics_for: Callable[[TextStyle], FontMetrics],
        words: WordBreaker | None = None,
        hyphenator: Hyphenator | None = None,
        overhang: Callable[[TextStyle, str, Run], int] | None = None,
    ) -> None:
        """Take the font metrics of a style, what finds words and hyphens, and how far a glyph's ink leaves its box.

        `overhang` gives mpt beyond the advance at the right: some faces draw 心 or 员 past the em box, and at
        the end of a full line that ink is pulled back in to the column's edge.
        """
        self._overhang = overhang
        self._metrics_for = metrics_for
        self._words = words
        self._hyphenator = hyphenator
        self._prepared: dict[tuple[Paragraph, TextStyle], Prepared] = {}
        self._materials: Known = {}
        self._headings: dict[tuple[object, ...], tuple[ComposedLine, ...] | None] = {}
        self._verticals: dict[tuple[object, ...], tuple[VerticalLine, ...] | None] = {}
        self._lines: dict[tuple[Paragraph, TextStyle, int], tuple[ComposedLine, ...]] = {}
        self._counted: dict[tuple[Paragraph, TextStyle, int, int], tuple[ComposedLine, ...]] = {}

    def forget(self) -> None:
        """Drop every paragraph and heading: those of a page that is made up take nine megabytes."""
        for kept in (self._prepared, self._materials, self._headings, self._verticals, self._lines, self._counted):
            kept.clear()

    @property
    def breaker(self) -> WordBreaker | None:
        """What finds words."""
        return self._words

    @property
    def kept(self) -> int:
        """How many paragraphs are kept."""
        return len(self._prepared)

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of a text; without a word breaker the whole text is one. Joined they are the text."""
        if not text:
            return ()
        return tuple(self._words.words(text)) if self._words else (text,)

    def knows(self, word: str) -> bool:
        """Say whether a dictionary or a list of names has a word; nothing is known without a word breaker."""
        return self._words is not None and self._words.knows(word)

    def prepare(self, paragraph: Paragraph, style: TextStyle) -> Prepared:
        """Return a paragraph prepared in a style."""
        key = paragraph, style
        if key not in self._prepared:
            self._prepared[key] = prepare(paragraph, style, self._metrics_for(style), hyphenator=self._hyphenator)
        return self._prepared[key]

    def lines(self, paragraph: Paragraph, style: TextStyle, measure: Measure) -> tuple[ComposedLine, ...]:
        """Set a paragraph to a measure, by the best number of lines."""
        if not isinstance(measure, int):
            return self._trimmed(paragraph, style, self._composed(paragraph, style, measure))
        key = paragraph, style, measure
        if key not in self._lines:
            self._lines[key] = self._trimmed(paragraph, style, self._composed(paragraph, style, measure))
        return self._lines[key]

    def _composed(self, paragraph: Paragraph, style: TextStyle, measure: Measure) -> tuple[ComposedLine, ...]:
        """Compose a paragraph; where that ends in one character or opens a line too far, marks may give all their blank."""
        lines = self.prepare(paragraph, style).compose(measure)
        house = style.composition
        if not (house.least_blank or house.stop_blank) or not _is_poor(lines):
            return lines
        freer = replace(style, composition=replace(house, least_blank=0, stop_blank=None))
        squeezed = self.prepare(paragraph, freer).compose(measure)
        return lines if _is_poor(squeezed) else squeezed

    def counts(self, paragraph: Paragraph, style: TextStyle, measure: int) -> tuple[int, ...]:
        """Return the numbers of lines that a paragraph can be set in."""
        if style.align != "justify":
            return ()
        return tuple(self.prepare(paragraph, style).options(measure))

    def gaps(self, paragraph: Paragraph, style: TextStyle, measure: int, lines: int) -> tuple[int | None, ...]:
        """Return the gap between Han that each line has in one of the `counts` of lines; None for one that stays short."""
        return self.prepare(paragraph, style).gaps(measure, lines)

    def in_lines(self, paragraph: Paragraph, style: TextStyle, measure: int, lines: int) -> tuple[ComposedLine, ...]:
        """Set a paragraph in one of its `counts` of lines."""
        key = paragraph, style, measure, lines
        if key not in self._counted:
            composed = self.prepare(paragraph, style).compose(measure, lines=lines)
            self._counted[key] = self._trimmed(paragraph, style, composed)
        return self._counted[key]

    def _trimmed(
        self, paragraph: Paragraph, style: TextStyle, lines: tuple[ComposedLine, ...]
    ) -> tuple[ComposedLine, ...]:
        """Pull the last glyph of each full line in by what its ink stands outside the measure."""
        if self._overhang is None or style.align != "justify":
            return lines
        trimmed = []
        for line in lines[:-1]:
            over = (
                0
                if line.hangs or not line.clusters
                else self._overhang(style, line.clusters[-1], paragraph.runs[line.runs[-1]])
            )
            moved = (*line.shifts[:-1], line.shifts[-1] - over) if over > 0 else line.shifts
            trimmed.append(replace(line, shifts=moved) if over > 0 else line)
        return (*trimmed, *lines[-1:])

    def heading(
        self,
        lines: tuple[str, ...],
        given: bool,
        style: TextStyle,
        measure: int,
        max_lines: int,
        *,
        least_lines: int = 1,
    ) -> tuple[ComposedLine, ...] | None:
        """Set a heading in at most so many lines, and not in fewer than `least_lines`; None when it does not fit.

        Words are looked for only when a heading must break: their dictionary takes a fifth of a second to load.
        """
        if sum(map(len, lines)) > LONGEST_HEADING:
            return None
        key = lines, given, style, measure, max_lines, least_lines
        if key not in self._headings:
            text: str | tuple[str, ...] = lines if given else "".join(lines)
            style = flat(style)
            metrics = self._metrics_for(style)
            found = None
            if given or least_lines == 1:
                found = compose_heading(
                    text, measure, style, metrics, max_lines=len(lines) if given else 1, known=self._materials
                )
            if found is None and max_lines > 1:
                found = compose_heading(
                    text,
                    measure,
                    style,
                    metrics,
                    self._words,
                    max_lines=max_lines,
                    least_lines=least_lines,
                    known=self._materials,
                )
            self._headings[key] = found
        return self._headings[key]

    def subhead(self, paragraph: Paragraph, style: TextStyle, measure: int) -> tuple[ComposedLine, ...]:
        """Set a subhead like a heading; one longer than `SUBHEAD_LINES` runs on like text."""
        lines = self.heading((paragraph.text,), False, style, measure, SUBHEAD_LINES)
        return self.lines(paragraph, style, measure) if lines is None else lines

    def vertical(
        self, lines: tuple[str, ...], given: bool, style: TextStyle, height: int, count: int
    ) -> tuple[VerticalLine, ...] | None:
        """Set a heading in exactly so many vertical lines; None when it does not fit. Given lines stay."""
        if sum(map(len, lines)) > LONGEST_HEADING:
            return None
        key = lines, given, style, height, count
        if key not in self._verticals:
            text: str | tuple[str, ...] = lines if given else "".join(lines)
            words = self._words if count > 1 else None
            self._verticals[key] = compose_vertical(
                text, height, style, self._metrics_for(style), words, max_lines=count, least_lines=count
            )
        return self._verticals[key]

    def short(self, paragraph: Paragraph, style: TextStyle, measure: int, max_lines: int) -> tuple[ComposedLine, ...]:
        """Set a byline or credit like a heading; one longer than so many lines runs on like text, and is never lost."""
        lines = self.heading((paragraph.text,), False, style, measure, max_lines)
        return lines or self.lines(paragraph, replace(style, indent=0), measure)


def flat(style: TextStyle) -> TextStyle:
    """Return a stretched style as wide as it is and not stretched: what is composed are widths alone."""
    return style if style.stretch == 100 else replace(style, size=style.em, stretch=100)


def _is_poor(lines: tuple[ComposedLine, ...]) -> bool:
    """Say whether a paragraph has a line that was set short, or ends in a line of one character (孤字)."""
    if any(line.adjustment.kind == "short" for line in lines):
        return True
    return len(lines) > 1 and sum(map(str.isalnum, lines[-1].text)) < 2


def heading_paragraph(lines: tuple[str, ...]) -> Paragraph:
    """Return the paragraph that a heading's composed lines refer to: one run with the whole text."""
    return Paragraph((Run("".join(lines)),))
