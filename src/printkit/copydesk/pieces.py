"""An article as pieces of copy, each with the way to its value in the file.

In: an `Article`. Out: its headings, paragraphs, table cells, captions and names in the order of `Article`. A piece's text is as
`source` has read it: joined lines, without marks. Under one way (`steps`) pieces follow one another as their characters do in the
file, so that `source.written` finds them again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from printkit.diagnostics import SourceRef
from printkit.model.article import HEADINGS, Article, Lines
from printkit.model.text import LINED, Kind, Paragraph

Steps = tuple[str | int, ...]


class Part(StrEnum):
    """What a piece is to a rule."""

    HEADING = "heading"
    SUBHEAD = "subhead"
    PROSE = "prose"
    ITEM = "item"
    LINES = "lines"
    CELL = "cell"
    CAPTION = "caption"
    NOTICE = "notice"
    NAME = "name"
    """Who wrote the story, whom a section is about."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of copy: a line of a heading, a paragraph, a cell, a caption."""

    text: str
    part: Part
    steps: Steps
    number: int = 0
    """Which of the pieces under its way it is, from 0."""
    where: SourceRef | None = None
    """Its beginning, for a finding whose character cannot be found in the file."""
    is_marked: bool = True
    """Whether its value has marks of ours (`source.markup`)."""


_KINDS = {Kind.SUBHEAD: Part.SUBHEAD, Kind.LIST_ITEM: Part.ITEM} | dict.fromkeys(LINED, Part.LINES)


def pieces_of(article: Article) -> tuple[Piece, ...]:
    """Return the copy of an article in order."""
    return tuple(piece for piece in _pieces(article) if piece.text)


def _pieces(article: Article) -> Iterator[Piece]:
    for role in (*HEADINGS, "jump_headline"):
        yield from _heading(getattr(article, role), (role,))
    for index, byline in enumerate(article.byline):
        yield Piece(byline.name, Part.NAME, ("byline", index, "name"), where=article.where, is_marked=False)
    yield from _copy(article.editor_note, ("editor_note",))
    yield from _copy(article.body, ("body",))
    for index, section in enumerate(article.sections):
        way = ("sections", index)
        for key, text in (("name", section.name), ("title", section.title)):
            yield Piece(text, Part.NAME, (*way, key), where=section.where, is_marked=False)
        yield from _heading(section.headline, (*way, "headline"))
        yield from _copy(section.body, (*way, "body"))
    if article.pull_quote:
        yield Piece(
            article.pull_quote.text, Part.SUBHEAD, ("pull_quote",), where=article.pull_quote.where, is_marked=False
        )
    for index, box in enumerate(article.boxes):
        yield from _heading(box.headline, ("boxes", index, "headline"))
        yield from _copy(box.body, ("boxes", index, "body"))
    for index, notice in enumerate(article.notices):
        way = ("notices", index)
        yield Piece(notice.title, Part.HEADING, (*way, "title"), where=notice.where, is_marked=False)
        yield from _copy(notice.body, (*way, "body"), Part.NOTICE)
    for index, picture in enumerate(article.pictures):
        where = picture.caption_where or picture.where
        yield Piece(picture.caption, Part.CAPTION, ("pictures", index, "caption"), where=where, is_marked=False)
        yield Piece(picture.credit, Part.NAME, ("pictures", index, "credit"), where=where, is_marked=False)


def _heading(heading: Lines | None, steps: Steps) -> Iterator[Piece]:
    if heading:
        for number, line in enumerate(heading.lines):
            yield Piece(line, Part.HEADING, steps, number, heading.where, is_marked=False)


def _copy(paragraphs: Iterable[Paragraph], steps: Steps, prose: Part = Part.PROSE) -> Iterator[Piece]:
    number = 0
    for paragraph in paragraphs:
        if paragraph.table:
            for row in (paragraph.table.head, *paragraph.table.rows):
                for cell in row:
                    yield Piece(cell.text, Part.CELL, steps, number, cell.where)
                    number += 1
        else:
            yield Piece(paragraph.text, _KINDS.get(paragraph.kind, prose), steps, number, paragraph.where)
            number += 1
