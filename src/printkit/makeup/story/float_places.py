"""Where in its story what text runs round stands: the editor's note, pictures and wide tables, and what room they leave.

In: an article, its frame and the line under its headline. Out: floats at their columns and lines, and the free regions
of the columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from printkit.makeup.flow import Region
from printkit.makeup.frames import Frame
from printkit.makeup.ladder import Choice
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import body_of, source_of
from printkit.makeup.story.boxes import box_floats
from printkit.makeup.story.floats import Float, crop_range, note_float, picture_float, picture_lines, shifted
from printkit.makeup.story.tables import table_floats, wide_tables
from printkit.model.article import Article, Picture
from printkit.model.geometry import StoryStyle

_LEAST_LEG = 2
"""A column under a headline or a picture with fewer free lines than this holds no text."""

ANY_LINES = 10_000
"""Lines of a frame that is low for no picture."""

_PICTURE_SHARE = 600
"""Most of a slot's height under the headline that a picture takes whose columns make-up chooses, in thousandths."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What a picture takes over some columns: its own lines, the least and most of them, and those of its caption."""

    columns: int
    natural: int
    least: int
    most: int
    under: int


def picture_columns(article: Article, picture: Picture, styles: StoryStyle, frame: Frame, head: int) -> int:
    """Return how many columns a picture takes: as asked, else as the style says (two of three or more), fewer in a low slot."""
    if picture.columns:
        return min(picture.columns, frame.columns)
    if not article.body and not article.sections:
        return frame.columns
    columns = min(
        styles.picture_columns or (frame.columns if frame.columns < 3 else (frame.columns + 1) // 2), frame.columns
    )
    room = (frame.lines - head) * _PICTURE_SHARE // 1000
    while columns > 1 and picture_lines(picture, frame.width(columns), frame) > room:
        columns -= 1
    return columns


def story_floats(
    article: Article, styles: StoryStyle, frame: Frame, setter: Setter, line: int, choice: Choice, *, has_text: bool
) -> list[Float]:
    """Place the editor's note at the left, pictures in rows at the top and at the foot, wide tables at the foot, boxes.

    Args:
        article: the article.
        styles: the story's type.
        frame: the story's frame.
        setter: the composer.
        line: the first line under the headline.
        choice: what make-up chose for the story.
        has_text: whether text flows round what is placed.
    """
    notes = [note_float(article.editor_note, styles, frame, setter, line)] if article.editor_note else []
    top, foot = _Rows(frame, line, notes), _Rows(frame, line, ())
    for index, picture in enumerate(article.floating):
        if picture is article.title_picture:
            continue  # it stands at the head, whatever is chosen here
        columns = choice.columns or picture_columns(article, picture, styles, frame, max(0, line - choice.space))
        is_low = picture.place == "foot" or (picture.place == "lead" and styles.picture_place == "foot")
        rows = foot if is_low else top
        column, start = rows.next(picture.side or styles.picture_side, columns)
        width = frame.width(columns, column)
        least, most = crop_range(picture, width, frame, styles.picture_crop)
        lines = min(max(picture_lines(picture, width, frame) + choice.picture, least), most)
        if picture.place == "inside" and has_text:
            start = start + max(0, (frame.lines - start - lines) // 2)
        made = picture_float(picture, styles, frame, setter, (column, columns, start), lines, f"f{index}")
        # A line of white parts the picture from the text.
        if rows is foot:
            made = _with_white_over(made, frame) if has_text else made
        elif has_text and made.line + made.lines < frame.lines:
            made = replace(made, lines=made.lines + 1)
        rows.add(made)
    above = [*notes, *top.floats]
    wide = wide_tables(body_of(article, styles), styles, frame, setter, source_of(article))
    over = [*above, *foot.under(above)] if has_text else above
    tables = table_floats(wide, frame, over, line, has_text=has_text)
    low = foot.at_foot(tables, above)
    at_foot, at_top = ([*low, *tables], above) if has_text else (low, [*above, *tables])
    boxes = box_floats(article.boxes, styles, frame, setter, at_top, at_foot, line)
    return [*above, *low, *tables, *boxes]


def _with_white_over(made: Float, frame: Frame) -> Float:
    boxes = tuple(shifted(box, 0, frame.leading) for box in made.boxes)
    return replace(made, lines=made.lines + 1, boxes=boxes)


class _Rows:
    """Pictures in rows under one another, in each row from its two sides."""

    def __init__(self, frame: Frame, line: int, notes: Sequence[Float]) -> None:
        self._frame = frame
        self._notes = notes
        self._row = self._foot = line
        self._left, self._right = sum(note.columns for note in notes), 0
        """Columns of the row that are taken at its left, and at its right."""
        self._side = "right"
        self._rows: list[list[Float]] = [[]]

    @property
    def floats(self) -> list[Float]:
        """All that was added, in order."""
        return [made for row in self._rows for made in row]

    def next(self, side: str, columns: int) -> tuple[int, int]:
        """Return the column and the line at which a picture of some columns stands: in this row, or in one more."""
        if self._left + self._right and self._left + self._right + columns > self._frame.columns:
            self._row, self._left, self._right = self._foot, 0, 0
            self._rows.append([])
        self._side = side
        free = max(0, self._frame.columns - self._left - self._right - columns)
        column = self._left + {"left": 0, "center": free // 2, "right": free}[side]
        # Under a note only where it stands over the picture.
        over = (note.line + note.lines for note in self._notes if column < note.column + note.columns)
        return column, max(self._row, *over, 0)

    def add(self, made: Float) -> None:
        """Take a picture into the row at the place that `next` gave; one in the middle fills the row."""
        self._rows[-1].append(made)
        self._foot = max(self._foot, made.line + made.lines)
        if self._side == "center":
            self._left, self._right = self._frame.columns, 0
        elif self._side == "left":
            self._left += made.columns
        else:
            self._right += made.columns

    def at_foot(self, tables: Sequence[Float], above: Sequence[Float]) -> list[Float]:
        """Return the rows at the foot of the story, over its tables and under what stands at its top."""
        floats = self.floats
        foot = min(
            (t.line for t in tables if any(_share_columns(t, made) for made in floats)), default=self._frame.lines
        )
        placed: list[Float] = []
        for row in reversed(self._rows):
            lowered = [replace(made, line=max(self._least(made, above), foot - made.lines)) for made in row]
            foot = min((made.line for made in lowered), default=foot)
            placed = [*lowered, *placed]
        return placed

    def under(self, above: Sequence[Float]) -> list[Float]:
        """Return the rows as high as they may stand under what is at the story's top."""
        placed: list[Float] = []
        for row in self._rows:
            placed += [replace(made, line=self._least(made, [*above, *placed])) for made in row]
        return placed

    def _least(self, made: Float, above: Sequence[Float]) -> int:
        return max([made.line, *(one.line + one.lines for one in above if _share_columns(one, made))])


def _share_columns(one: Float, other: Float) -> bool:
    return one.column < other.column + other.columns and other.column < one.column + one.columns


def free_regions(frame: Frame, top: Sequence[int], floats: Sequence[Float], least: int = _LEAST_LEG) -> list[Region]:
    """Return the free stretches of the columns of at least so many lines, in reading order."""
    regions = []
    for column in range(frame.columns):
        taken = sorted((f.line, f.line + f.lines) for f in floats if f.column <= column < f.column + f.columns)
        start = top[column]
        for first, last in [*taken, (frame.lines, frame.lines)]:
            end = min(first, frame.lines)  # what is too tall may push others below the frame
            if end - start >= least:
                regions.append(Region(column, start, end))
            start = max(start, last)
    return regions
