"""The briefs of a page on one sheet (简讯合页): a board has no room for a sheet of four lines each.

an edition → of each page that has several, a story with a headed section for each
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printkit.epaper import names
from printkit.model.article import Article, Lines, Section
from printkit.model.edition import Edition, Story
from printkit.model.text import Kind, Paragraph, Run

TITLE = "简讯"

_LEVEL = 5
"""Of a brief."""


@dataclass(frozen=True, slots=True)
class BriefsSheet:
    """A page's briefs as one story, and their ids."""

    story: Story
    briefs: tuple[str, ...]
    view: str
    """The page's view, to which the sheet's code leads."""


def sheets_of(edition: Edition) -> Iterator[BriefsSheet]:
    """Yield the sheet of each page that has several briefs of words and pictures alone."""
    for page in edition.pages:
        found = [story for story in page.stories if _is_brief(story)]
        if len(found) > 1:
            first = found[0]
            article = Article(
                first.article.path,
                first.article.where,
                headline=Lines((TITLE,), first.where),
                sections=tuple(_section(story.article) for story in found),
                pictures=tuple(replace(one, place="lead") for story in found for one in story.article.pictures),
                keywords=tuple(dict.fromkeys(word for story in found for word in story.article.keywords)),
            )
            whole = Story(names.briefs(page.number), article, first.where, level=_LEVEL)
            yield BriefsSheet(whole, tuple(story.id for story in found), names.page_view(page.number))


def _is_brief(story: Story) -> bool:
    article = story.article
    portraits = any(section.portrait for section in article.sections)
    own = (portraits, article.boxes, article.notices, article.editor_note, article.pull_quote)
    text = article.body or article.sections
    return story.level == _LEVEL and not (story.ad or story.group or story.jump or any(own)) and bool(text)


def _section(article: Article) -> Section:
    """Return a brief as a section: its headings are one, place and name are run in, and the headings of its own sections."""
    words = [heading.text for heading in article.headings.values()]
    body = [*article.body, *(paragraph for part in article.sections for paragraph in _run_in(part))]
    if article.dateline:
        body = _with(body, 0, (Run(article.dateline, strong=True), Run("\u3000")), ())
    if signed := article.byline_text():
        body = _with(body, -1, (), (Run(f"（{signed}）", kai=True),))
    if article.source:
        body.append(Paragraph((Run(article.source, kai=True),), where=article.where))
    headline = Lines(("\u3000".join(words),), article.where) if words else None
    return Section(article.where, tuple(body), headline=headline)


def _run_in(part: Section) -> list[Paragraph]:
    words = "\u3000".join(word for word in (part.headline and part.headline.text, part.name, part.title) if word)
    return _with(part.body, 0, (Run(f"{words}\u3000", strong=True),), ()) if words and part.body else list(part.body)


def _with(body: Sequence[Paragraph], at: int, before: tuple[Run, ...], after: tuple[Run, ...]) -> list[Paragraph]:
    """Return paragraphs with words run into one of them; beside a table or verse they are a paragraph of their own."""
    told = list(body)
    if told[at].kind is Kind.BODY:
        told[at] = replace(told[at], runs=(*before, *told[at].runs, *after))
    else:
        told.insert(0 if before else len(told), Paragraph(before or after, where=told[at].where))
    return told
