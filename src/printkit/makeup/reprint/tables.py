"""A table too wide for a sheet as several under one another: a reader of a story set anew is to have all columns.

In: a story and the type and width of a sheet. Out: the same story, whose tables each fit; the first column, which says what
a row is about, stands in each part again. A table that fits stays as it is, and so does one of which no part would.
"""

from collections.abc import Iterable
from dataclasses import replace

from printkit.makeup.setting import Setter
from printkit.makeup.story.tables import fits
from printkit.model.edition import Story
from printkit.model.geometry import StoryStyle
from printkit.model.text import Paragraph, Table


def with_tables_in_parts(story: Story, styles: StoryStyle, setter: Setter, width: int) -> Story:
    """Return a story whose tables stand in as few parts as fit, rather in one more than with columns of one character."""

    def parted(body: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(
            replace(paragraph, table=part) if part else paragraph
            for paragraph in body
            for part in (_parts(paragraph.table, styles, setter, width) if paragraph.table else [None])
        )

    article = story.article
    sections = tuple(replace(section, body=parted(section.body)) for section in article.sections)
    return replace(story, article=replace(article, body=parted(article.body), sections=sections))


def _parts(table: Table, styles: StoryStyle, setter: Setter, width: int) -> list[Table]:
    if fits(table, styles, setter, width)[0]:
        return [table]
    others = len(table.aligns) - 1
    whole: list[list[Table]] = []
    for count in range(2, others + 1):
        size = -(-others // count)
        parts = [_part(table, first, first + size) for first in range(1, others + 1, size)]
        found = [fits(part, styles, setter, width) for part in parts]
        if all(has_room for has_room, _ in found):
            whole.append(parts)
            if all(is_wide for _, is_wide in found):
                return parts
    return whole[0] if whole else [table]


def _part(table: Table, first: int, end: int) -> Table:
    """Return the first column with some of the others."""
    rows = [(row[0], *row[first:end]) for row in (table.head, *table.rows)]
    return Table(rows[0], tuple(rows[1:]), (table.aligns[0], *table.aligns[first:end]))
