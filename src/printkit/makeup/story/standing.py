"""Where the floats of a story stand in its frame: note, pictures and wide tables, and over how many columns.

In: a story's copy and type, its frame, the first line under the headline and a choice of the ladder. Out: its floats.
"""

from dataclasses import replace

from printkit.makeup.frames import Frame
from printkit.makeup.ladder import Choice
from printkit.makeup.setting import Setter
from printkit.makeup.story.blocks import body_of, source_of
from printkit.makeup.story.floats import Float, crop_range, note_float, picture_float, picture_lines
from printkit.makeup.story.tables import table_floats, wide_tables
from printkit.model.article import Article, Picture
from printkit.model.geometry import StoryStyle

ANY_LINES = 10_000
"""Lines of a frame that is low for no picture."""

_PICTURE_SHARE = 600
"""Most of a slot's height under the headline that a picture takes whose columns make-up chooses, in thousandths."""


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


def placed_floats(
    article: Article, styles: StoryStyle, frame: Frame, setter: Setter, line: int, choice: Choice, *, has_text: bool
) -> list[Float]:
    """Place the editor's note at the left and pictures from the side that the style names, those of one row side by side."""
    floats: list[Float] = []
    left = 0
    if article.editor_note:
        note = note_float(article.editor_note, styles, frame, setter, line)
        floats.append(note)
        left = note.columns
    taken = 0  # columns of the row
    row, row_foot = line, line
    for index, picture in enumerate(article.floating):
        columns = choice.columns or picture_columns(article, picture, styles, frame, max(0, line - choice.space))
        beside = left if row == line else 0
        if taken and beside + taken + columns > frame.columns:
            taken, row = 0, row_foot
            beside = 0
        rest = max(0, frame.columns - taken - columns)
        column = rest if styles.picture_side == "right" else min(beside + taken, rest + taken)
        width = frame.width(columns, column)
        least, most = crop_range(picture, width, frame, styles.picture_crop)
        lines = min(max(picture_lines(picture, width, frame) + choice.picture, least), most)
        start = row
        if picture.place == "inside" and has_text:
            start = row + max(0, (frame.lines - row - lines) // 2)
        made = picture_float(picture, styles, frame, setter, (column, columns, start), lines, f"f{index}")
        if has_text and made.line + made.lines < frame.lines:
            made = replace(made, lines=made.lines + 1)  # a line of white parts the caption from the text
        floats.append(made)
        taken += columns
        row_foot = max(row_foot, start + made.lines)
    wide = wide_tables(body_of(article, styles), styles, frame, setter, source_of(article))
    return floats + table_floats(wide, frame, floats, line, has_text=has_text)
