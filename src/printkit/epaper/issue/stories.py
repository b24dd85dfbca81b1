"""A story as its view shows it: the whole article in the order in which it is read, whatever way it stands in print."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from printkit.diagnostics import Diagnostic, InputError
from printkit.epaper import names
from printkit.epaper.issue.media import SitePicture, StoryShot
from printkit.epaper.issue.prose import StoryLink, blocks, inline
from printkit.model.article import TITLE_PLACES, Article, Lines, Picture
from printkit.model.edition import Story
from printkit.model.text import Kind, Paragraph, Run
from printkit.pictures.cache import PictureCache


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, or a group under one caption; `place` is its place in print (`Picture.place`), or ``portrait``."""

    pictures: tuple[SitePicture, ...]
    caption: str
    credit: str
    place: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A headed part of a story."""

    name: str
    title: str
    headline: tuple[str, ...]
    portrait: Figure | None
    body: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class BoxView:
    """A box beside a story's text (附文); `name` is the word for what it is."""

    kind: str
    name: str
    headline: tuple[str, ...]
    body: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice or classified (启事)."""

    title: str
    body: tuple[Markup, ...]


Part = Markup | Figure
"""A block of the body: text as HTML, or a figure."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """What the template shows of a story; headings as the lines that the editor gave."""

    kicker: tuple[str, ...]
    headline: tuple[str, ...]
    deck: tuple[str, ...]
    editor_note: tuple[Markup, ...]
    lead: tuple[Figure, ...]
    body: tuple[Part, ...]
    pull_quote: Markup | None
    sections: tuple[SectionView, ...]
    boxes: tuple[BoxView, ...]
    notices: tuple[NoticeView, ...]
    source: str


@dataclass(frozen=True, slots=True)
class StoryPictures:
    """The pictures of a story: by entry in the order of `Article.all_pictures`, their files, their hashes."""

    entries: tuple[tuple[SitePicture, ...], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    digests: tuple[str, ...] = ()


def checked_digests(entries: Sequence[Picture], cache: PictureCache) -> tuple[str, ...]:
    """Return the hashes of a story's picture files, each read to its end and none kept.

    Raises:
        InputError: some cannot be read to their ends.
    """
    digests: list[str] = []
    faults: list[Diagnostic] = []
    for shot in (shot for entry in entries for shot in entry.shots):
        source = StoryShot(shot, cache)
        try:
            source.check()
        except InputError as error:
            faults.extend(error.diagnostics)
        digests.append(source.digest)
    if faults:
        raise InputError(faults)
    return tuple(digests)


def made_pictures(story: Story, entries: Sequence[Picture], cache: PictureCache) -> StoryPictures:
    """Make all the pictures of a story.

    Raises:
        InputError: one cannot be read to its end.
    """
    files: dict[str, bytes] = {}
    made: list[tuple[SitePicture, ...]] = []
    digests: list[str] = []
    number = 0
    for entry in entries:
        group = []
        for shot in entry.shots:
            number += 1
            source = StoryShot(shot, cache)
            picture, told = source.made(f"{story.id}-{number}", names.shared_picture(story.id) if number == 1 else "")
            files |= told
            digests.append(source.digest)
            group.append(picture)
        made.append(tuple(group))
    return StoryPictures(tuple(made), files, tuple(digests))


def story_view(article: Article, pictures: StoryPictures, story_link: StoryLink) -> StoryView:
    """Put a story's view together."""
    figures = [
        _figure(entry, made, entry.place) for entry, made in zip(article.pictures, pictures.entries, strict=False)
    ]
    portraits = iter(pictures.entries[len(article.pictures) :])
    sections = []
    for section in article.sections:
        portrait = _figure(section.portrait, next(portraits), "portrait") if section.portrait else None
        body = _text(section.body, story_link, subhead=3)
        headline = section.headline.lines if section.headline else ()
        sections.append(SectionView(section.name, section.title, headline, portrait, body))
    leading = not article.body
    return StoryView(
        _lines(article.kicker),
        _lines(article.headline),
        _lines(article.deck),
        _text(article.editor_note, story_link),
        tuple(f for f in figures if leading or f.place in ("lead", *TITLE_PLACES)),
        () if leading else tuple(_body(article, figures, story_link)),
        inline(article.pull_quote.runs, story_link) if article.pull_quote else None,
        tuple(sections),
        tuple(
            BoxView(box.kind, box.name, _lines(box.headline), _text(box.body, story_link, subhead=3))
            for box in article.boxes
        ),
        tuple(NoticeView(one.title, _text(one.body, story_link, subhead=3)) for one in article.notices),
        article.source,
    )


def _lines(lines: Lines | None) -> tuple[str, ...]:
    return lines.lines if lines else ()


def _text(paragraphs: Sequence[Paragraph], story_link: StoryLink, subhead: int = 2) -> tuple[Markup, ...]:
    return tuple(html for html, _ in blocks(paragraphs, story_link, subhead))


def _figure(entry: Picture, made: tuple[SitePicture, ...], place: str) -> Figure:
    return Figure(made, entry.caption, entry.credit, place)


def _body(article: Article, figures: Sequence[Figure], story_link: StoryLink) -> Iterator[Part]:
    """Yield the text with the figures that stand in it: beside their paragraph, or spread over the text."""
    paragraphs = _with_dateline(article)
    count = len(paragraphs)
    inside = [figure for figure in figures if figure.place == "inside"]
    places: list[tuple[int, Figure]] = [
        (count * (index + 1) // (len(inside) + 1), figure) for index, figure in enumerate(inside)
    ]
    wrapped = zip(article.pictures, figures, strict=True)
    places += [(min(entry.paragraph, count) - 1, figure) for entry, figure in wrapped if figure.place == "wrap"]
    places.sort(key=lambda place: place[0])
    done = 0
    for html, number in blocks(paragraphs, story_link):
        while places and places[0][0] < number and places[0][0] <= done:
            yield places.pop(0)[1]
        yield html
        done = number
    for _, figure in places:
        yield figure
    yield from (figure for figure in figures if figure.place == "foot")


def _with_dateline(article: Article) -> tuple[Paragraph, ...]:
    """Return the body with its dateline before the first words, or over them where these are no paragraph."""
    if not article.dateline:
        return article.body
    first, *rest = article.body
    mark = Run(article.dateline, strong=True)
    if first.kind is Kind.BODY:
        return (Paragraph((mark, Run("\u3000"), *first.runs), first.kind, first.where), *rest)
    return (Paragraph((mark,)), *article.body)
