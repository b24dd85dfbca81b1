"""What an edition tells the site of its stories: titles, plain text, the pages that each stands on, the hash of its content."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue, PageFacts, Revision, StoryFacts
from printkit.epaper.issue.prose import plain_lines
from printkit.model.edition import Article, Byline, Edition, Picture, Story, stories_of
from printkit.model.page import MadeUpPage
from printkit.model.text import Paragraph

_TITLE = 36
"""Characters of a title that is taken from a caption or from the text of a story without a headline."""
_SUMMARY = 120
"""Characters that search engines and social networks show of a description."""


def issue_of(
    edition: Edition,
    made: Sequence[MadeUpPage],
    digests: Mapping[str, Sequence[str]],
    revisions: tuple[Revision, ...],
) -> Issue:
    """Put the facts of an issue together.

    Args:
        edition: the edition, its stories undivided.
        made: all its pages.
        digests: by story, the hashes of its picture files in order.
        revisions: the corrections so far.
    """
    pages = tuple(_page(page) for page in made)
    places = {story.id: tuple(p.number for p in pages if story.id in p.stories) for story in stories_of(edition)}
    return Issue(
        edition.paper.name,
        edition.date,
        edition.issue,
        pages,
        tuple(_story(story, places[story.id], digests[story.id]) for story in stories_of(edition)),
        revisions,
    )


def title_of(story: Story) -> str:
    """Return a story's headline as one text; without one, how its caption or its text begins."""
    article = story.article
    if article.headline:
        return article.headline.text
    captions = [picture.caption for picture in article.pictures]
    names = [section.name for section in article.sections]
    for text in (*captions, *plain_lines(article.body), *names):
        if text:
            sentence = text.partition("。")[0]
            return sentence if len(sentence) <= _TITLE else f"{sentence[:_TITLE]}…"
    return story.id


def byline_text(bylines: Iterable[Byline]) -> str:
    """Write who wrote a story, ``本报记者 甲 乙　通讯员 丙``: a role that several share stands once."""
    groups = groupby(bylines, key=lambda byline: byline.role)
    return "　".join(" ".join(filter(None, [role, *(byline.name for byline in group)])) for role, group in groups)


def text_of(article: Article) -> str:
    """Return all the text of a story but its headings, a paragraph a line; captions at the end."""
    lines = plain_lines((*article.editor_note, *article.body))
    if article.dateline and article.body:
        lines[len(plain_lines(article.editor_note))] = article.dateline + plain_lines(article.body)[0]
    for section in article.sections:
        lines += [" ".join(word for word in (section.name, section.title) if word)]
        lines += [section.headline.text] if section.headline else []
        lines += plain_lines(section.body)
    lines += [p.caption for p in article.pictures]
    return "\n".join(line for line in lines if line)


def summary_of(facts: StoryFacts) -> str:
    """Return how a story begins, for descriptions."""
    return shortened(facts.text.replace("\n", ""))


def shortened(text: str) -> str:
    """Cut a text to the length of a summary."""
    return text if len(text) <= _SUMMARY else f"{text[: _SUMMARY - 1]}…"


def shots_of(article: Article) -> tuple[Picture, ...]:
    """Return all the entries of an article that have picture files: its pictures, then its sections' portraits."""
    return (*article.pictures, *(s.portrait for s in article.sections if s.portrait))


def _page(made: MadeUpPage) -> PageFacts:
    stories = dict.fromkeys(m.story.id for m in made.stories if not m.story.ad)
    geometry = made.geometry
    return PageFacts(made.page.number, made.page.name, tuple(stories), geometry.width / 1000, geometry.height / 1000)


def _story(story: Story, pages: tuple[str, ...], digests: Sequence[str]) -> StoryFacts:
    article = story.article
    return StoryFacts(
        story.id,
        title_of(story),
        pages,
        _content(article, digests),
        text_of(article),
        article.kicker.text if article.kicker else "",
        article.deck.text if article.deck else "",
        byline_text(article.byline),
        names.shared_picture(story.id) if digests else "",
        article.keywords,
    )


# --- the hash of what a reader sees -----------------------------------------------------------------


def _content(article: Article, digests: Sequence[str]) -> str:
    """Return the SHA-256 of a story's words, marks and picture files; nothing of how printkit shows them is in it."""
    told = [
        [lines.lines if lines else () for lines in (article.kicker, article.headline, article.deck)],
        [[byline.role, byline.name] for byline in article.byline],
        article.dateline,
        _paragraphs(article.editor_note),
        _paragraphs(article.body),
        [[s.name, s.title, s.headline.lines if s.headline else (), _paragraphs(s.body)] for s in article.sections],
        [[p.caption, p.credit, p.place, p.paragraph, [shot.alt for shot in p.shots]] for p in shots_of(article)],
        _paragraphs([article.pull_quote] if article.pull_quote else []),
        article.source,
        list(digests),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _paragraphs(paragraphs: Iterable[Paragraph]) -> list[Any]:
    return [[p.kind, [{k: v for k, v in asdict(run).items() if v} for run in p.runs], _table(p)] for p in paragraphs]


def _table(paragraph: Paragraph) -> list[Any]:
    if paragraph.table is None:
        return []
    return [list(paragraph.table.aligns), *(_paragraphs(row) for row in (paragraph.table.head, *paragraph.table.rows))]
