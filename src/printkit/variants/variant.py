"""What a variant is, and what every file says of itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from printkit import __version__
from printkit.colour.profiles import default_profile
from printkit.diagnostics import Diagnostic
from printkit.model.context import PageContext
from printkit.model.edition import Edition, Story
from printkit.model.paper import Paper
from printkit.output.manifest import File
from printkit.pdf.part import Facts, PagePart
from printkit.pictures.cache import PictureCache
from printkit.pictures.makers import ScreenPictures
from printkit.render.look import SCREEN, Look

Told = tuple[File, tuple[Diagnostic, ...]]
"""A file, and what there is to tell of it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn in a variant's look."""

    page: PageContext
    part: PagePart


@dataclass(frozen=True, slots=True)
class Making:
    """Files that are still to be made of some drawn pages, and all values beside these that decide them."""

    make: Callable[[], Sequence[Told]]
    drawn: Sequence[Drawn]
    values: object = ()

    @property
    def made_from(self) -> object:
        """Everything that decides the files, in few words; what is nothing else's where a page has none."""
        return self.values, [one.part.digest or object() for one in self.drawn]

    @property
    def read(self) -> frozenset[Path]:
        """The files that are read for it: what is placed in the pages."""
        parts = [one.part for one in self.drawn]
        return frozenset(file for part in parts for file in (*part.ads.values(), *part.drawings.values()))


@dataclass(frozen=True, slots=True)
class Variant:
    """A kind of file.

    `look` says how its pages are laid out, `drawn_look` with the pictures made for it too; `files` tells how its files are
    made of the edition's drawn pages: all, only ``edition`` or only ``pages``. What is `for_press` ends with a press's own checks.
    """

    name: str
    look: Callable[[Paper], Look]
    drawn_look: Callable[[Paper, PictureCache], Look]
    files: Callable[[Edition, Sequence[Drawn], str | None], Iterator[Making]]
    for_press: bool = False


def screen_look(_: Paper) -> Look:
    """Return the look of what is read on screens."""
    return SCREEN


def drawn_screen_look(_: Paper, cache: PictureCache) -> Look:
    """Return it with the pictures made for screens."""
    return replace(SCREEN, pictures=ScreenPictures(cache, default_profile()))


def edition_facts(edition: Edition) -> Facts:
    """Return what the file of a whole edition says of itself."""
    return facts_of(edition, f"{edition.paper.name} {edition.date}", _stories(edition))


def page_facts(edition: Edition, page: PageContext) -> Facts:
    """Return what the file of one page says of itself."""
    return facts_of(edition, page_title(edition, page.label), _stories(edition))


def page_title(edition: Edition, label: str) -> str:
    """Return the title of the file of one page."""
    return f"{edition.paper.name} {edition.date} {label}"


def facts_of(edition: Edition, title: str, stories: Iterable[Story]) -> Facts:
    """Return what a file says of itself, with the keywords of some stories."""
    words = dict.fromkeys(word for story in stories for word in story.article.keywords)
    return Facts(
        title=title,
        author=edition.paper.name,
        language=edition.paper.language,
        keywords=tuple(words),
        date=f"D:{edition.date:%Y%m%d}000000Z",
        producer=f"printkit {__version__}",
    )


def _stories(edition: Edition) -> Iterator[Story]:
    return (story for page in edition.pages for story in page.stories)
