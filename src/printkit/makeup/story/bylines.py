"""Who wrote a story, as its page shows it: where the byline stands, and names of two characters as wide as those of three.

In: an article and the style of its byline. Out: composed lines. The white inside a short name is drawn and not written, so
that it is searched and copied as it is spelled.
"""

from dataclasses import replace
from typing import Literal

from printkit.makeup.setting import Setter, heading_paragraph
from printkit.model.article import Article
from printkit.model.geometry import StoryStyle
from printkit.model.lines import ComposedLine
from printkit.model.style import TextStyle

BYLINE_MARK = "□"
"""Stands before a byline in the head: for the eye, and not said."""

_SHORT_NAME = 2
"""Characters of a name that is set as wide as one of three."""

_AGENCIES = ("本报", "新华社", "中新社")
"""Who may send a report: a dateline that names one names it for its writers, too."""


def byline_place(article: Article, styles: StoryStyle) -> Literal["head", "tail", "dateline"]:
    """Return where a story's byline stands: as its style asks, at the head where there is no text or dateline for it."""
    if styles.byline == "tail" and (article.body or article.sections):
        return "tail"
    if styles.byline == "dateline" and article.dateline and article.body:
        return "dateline"
    return "head"


def may_stand_last(article: Article, styles: StoryStyle) -> bool:
    """Say whether a byline that stands elsewhere can stand after the text."""
    return styles.byline != "tail" and byline_place(article, replace(styles, byline="tail")) == "tail"


def dateline_text(article: Article, styles: StoryStyle) -> str:
    """Return the 电头 with the byline, where it stands there: after 本报讯 a writer is 记者 alone."""
    if not article.byline or byline_place(article, styles) != "dateline":
        return article.dateline
    names = article.byline_text()
    for agency in _AGENCIES:
        if article.dateline.startswith(agency):
            names = names.removeprefix(agency)
    return f"{article.dateline}（{names}）"


def set_byline(
    article: Article, marks: str, style: TextStyle, width: int, setter: Setter, most: int
) -> tuple[str, tuple[ComposedLine, ...]]:
    """Set a byline with its marks (``□{}``, ``（{}）``) in at most so many lines, each short name opened by one em."""
    text = marks.format(article.byline_text())
    places = _short_names(article, text) if style.align != "justify" else []
    less = len(places) * style.size
    if less >= width:
        places, less = [], 0
    lines = setter.short(heading_paragraph((text,)), style, width - less, most)
    return text, tuple(_opened(line, places, style, width) for line in lines)


def _short_names(article: Article, text: str) -> list[int]:
    """Return the offsets in the text of the first characters of the names of two."""
    places, at = [], 0
    for byline in article.byline:
        at = text.index(byline.name, at)
        if len(byline.name) == _SHORT_NAME and byline.name.isalpha() and not byline.name.isascii():
            places.append(at)
        at += len(byline.name)
    return places


def _opened(line: ComposedLine, places: list[int], style: TextStyle, width: int) -> ComposedLine:
    """Open the short names of a line, and place it anew in the whole width."""
    advances, at, opened = list(line.advances), line.start, 0
    for index, cluster in enumerate(line.clusters[:-1]):
        if at in places:
            advances[index] += style.size
            opened += 1
        at += len(cluster)
    free = (len(places) - opened) * style.size
    x = line.x + {"center": free // 2, "end": free}.get(style.align, 0)
    return replace(line, advances=tuple(advances), x=x, measure=width)
