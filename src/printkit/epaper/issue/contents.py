"""What an edition tells the site of its stories: titles, plain text, the pages that each stands on, the hash of its content."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue, PageFacts, Revision, StoryFacts
from printkit.model.article import HEADINGS
from printkit.model.edition import Edition, Story, stories_of
from printkit.model.page import MadeUpPage
from printkit.model.text import Paragraph

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


def summary_of(facts: StoryFacts) -> str:
    """Return how a story begins, for descriptions."""
    return shortened(facts.text.replace("\n", ""))


def shortened(text: str) -> str:
    """Cut a text to the length of a summary."""
    return text if len(text) <= _SUMMARY else f"{text[: _SUMMARY - 1]}…"


def _page(made: MadeUpPage) -> PageFacts:
    stories = dict.fromkeys(m.story.id for m in made.stories if not m.story.ad)
    geometry = made.geometry
    return PageFacts(made.page.number, made.page.name, tuple(stories), geometry.width / 1000, geometry.height / 1000)


def _story(story: Story, pages: tuple[str, ...], digests: Sequence[str]) -> StoryFacts:
    article = story.article
    return StoryFacts(
        story.id,
        story.short_title,
        pages,
        _content(story, digests),
        article.text,
        article.kicker.text if article.kicker else "",
        article.deck.text if article.deck else "",
        article.byline_text("　"),
        names.shared_picture(story.id) if digests else "",
        article.keywords,
        story.group.id if story.group else "",
        tuple(dict.fromkeys(byline.name for byline in article.byline if byline.name)),
    )


# --- the hash of what a reader sees -----------------------------------------------------------------


def _content(story: Story, digests: Sequence[str]) -> str:
    """Return the SHA-256 of a story's words, marks and picture files; nothing of how printkit shows them is in it."""
    article = story.article
    headings = article.headings
    told = [
        [headings[role].lines if role in headings else () for role in HEADINGS],
        [[byline.role, byline.name] for byline in article.byline],
        article.dateline,
        _paragraphs(article.editor_note),
        _paragraphs(article.body),
        [[s.name, s.title, s.headline.lines if s.headline else (), _paragraphs(s.body)] for s in article.sections],
        [[p.caption, p.credit, p.place, p.paragraph, [shot.alt for shot in p.shots]] for p in article.all_pictures],
        _paragraphs([article.pull_quote] if article.pull_quote else []),
        article.source,
        list(digests),
        *[[b.kind, b.headline.lines if b.headline else (), _paragraphs(b.body)] for b in article.boxes],
        *[[notice.title, _paragraphs(notice.body)] for notice in article.notices],
        *([story.group.id] if story.group else []),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _paragraphs(paragraphs: Iterable[Paragraph]) -> list[Any]:
    return [[p.kind, [{k: v for k, v in asdict(run).items() if v} for run in p.runs], _table(p)] for p in paragraphs]


def _table(paragraph: Paragraph) -> list[Any]:
    if paragraph.table is None:
        return []
    return [list(paragraph.table.aligns), *(_paragraphs(row) for row in (paragraph.table.head, *paragraph.table.rows))]
