"""Copy as HTML and as plain text: paragraphs, lists, quotations, tables and what is marked inside them.

Everything that comes out of the copy is escaped here; what the templates get is `Markup`, safe as it stands.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from printkit.model.article import STORY_LINK
from printkit.model.text import LINED, Kind, Paragraph, Run, Table

StoryLink = Callable[[str], str | None]
"""Gives the address of a story's view by its id, or None where it is not in the edition."""

_OUTWARD = re.compile(r"(https?://|mailto:|tel:)\S+", re.IGNORECASE)
_ALIGNS = {"start": "start", "center": "center", "end": "end"}
_WRAPPED: tuple[tuple[str, str, str], ...] = (
    ("strong", "<strong>", "</strong>"),
    ("emphasis", '<em class="dots">', "</em>"),
    ("kai", '<span class="kai">', "</span>"),
    ("superior", "<sup>", "</sup>"),
    ("small", "<small>", "</small>"),
    ("proper_name", '<span class="proper-name">', "</span>"),
    ("work_title", '<span class="work-title">', "</span>"),
)
"""Field of a run, and what stands round it, the innermost first."""


def blocks(paragraphs: Sequence[Paragraph], story_link: StoryLink, subhead: int = 2) -> Iterator[tuple[Markup, int]]:
    """Yield blocks of HTML with the number of the last paragraph, from 1, that each holds.

    Args:
        paragraphs: the copy.
        story_link: gives the addresses of other stories.
        subhead: the level of headings inside the copy.
    """
    number = 0
    for kind, grouped in groupby(paragraphs, key=lambda p: p.kind):
        members = list(grouped)
        if kind in (Kind.LIST_ITEM, Kind.QUOTATION):
            number += len(members)
            yield _together(kind, members, story_link), number
            continue
        for member in members:
            number += 1
            yield _block(member, story_link, subhead), number


def inline(runs: Sequence[Run], story_link: StoryLink) -> Markup:
    """Return marked text as HTML; runs that share a link stand in one anchor."""
    parts: list[Markup] = []
    for link, grouped in groupby(runs, key=lambda run: run.link):
        text = Markup("").join(_marked(run) for run in grouped)
        parts.append(_linked(text, link, story_link) if link else text)
    return Markup("").join(parts)


def _together(kind: Kind, members: Sequence[Paragraph], story_link: StoryLink) -> Markup:
    tag, item = ("ul", "li") if kind is Kind.LIST_ITEM else ("blockquote", "p")
    items = (Markup("<{0}>{1}</{0}>").format(Markup(item), inline(m.runs, story_link)) for m in members)
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), Markup("").join(items))


def _block(paragraph: Paragraph, story_link: StoryLink, subhead: int) -> Markup:
    if paragraph.table:
        return _table(paragraph.table, story_link)
    if paragraph.kind in LINED:
        lines = Markup("<br>").join(inline(line.runs, story_link) for line in paragraph.lines)
        return Markup('<p class="{}">{}</p>').format(paragraph.kind, lines)
    text = inline(paragraph.runs, story_link)
    if paragraph.kind is Kind.SUBHEAD:
        return Markup("<h{0}>{1}</h{0}>").format(subhead, text)
    return Markup("<p>{}</p>").format(text)


def _marked(run: Run) -> Markup:
    text = escape(run.text)
    if run.ruby:
        text = Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>").format(text, run.ruby)
    for name, before, after in _WRAPPED:
        if getattr(run, name):
            text = Markup(before) + text + Markup(after)
    return text


def _linked(text: Markup, link: str, story_link: StoryLink) -> Markup:
    if link.startswith(STORY_LINK):
        address = story_link(link.removeprefix(STORY_LINK).partition(".")[0])
        return Markup('<a href="{}">{}</a>').format(address, text) if address else text
    if _OUTWARD.fullmatch(link):
        return Markup('<a href="{}" rel="noopener noreferrer external">{}</a>').format(link, text)
    return text


def _table(table: Table, story_link: StoryLink) -> Markup:
    """Return a table in a box that scrolls by itself; the first cell of a row heads it where the corner is named or empty."""
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_aligned(align), inline(cell.runs, story_link))
        if cell.text
        else Markup("<td></td>")
        for cell, align in zip(table.head, table.aligns, strict=True)
    )
    rows = Markup("").join(_row(row, table, story_link) for row in table.rows)
    return Markup(
        '<div class="table" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format("表格：" + "、".join(cell.text for cell in table.head if cell.text), head, rows)


def _row(row: Sequence[Paragraph], table: Table, story_link: StoryLink) -> Markup:
    cells = []
    for index, (cell, align) in enumerate(zip(row, table.aligns, strict=True)):
        text = inline(cell.runs, story_link)
        if index == 0 and cell.text and len(row) > 1:
            cells.append(Markup('<th scope="row"{}>{}</th>').format(_aligned(align), text))
        else:
            cells.append(Markup("<td{}>{}</td>").format(_aligned(align), text))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _aligned(align: str) -> Markup:
    return Markup(' class="{}"').format(_ALIGNS[align]) if align in _ALIGNS else Markup("")
