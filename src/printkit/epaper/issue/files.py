"""An issue made into the files of its folder: views of its pages and stories, pictures, PDFs.

In: the edition, its made-up pages and its PDFs. Out: bytes under the names of `names`, the office pack among them;
nothing is written here, and nothing that was made is kept: of many issues one at a time is in memory.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, SourceRef
from printkit.epaper import names
from printkit.epaper.issue.contents import issue_of
from printkit.epaper.issue.epub import EpubMaker
from printkit.epaper.issue.facts import Issue, Revision
from printkit.epaper.issue.handover import SiteFiles
from printkit.epaper.issue.leaves import pages_script
from printkit.epaper.issue.media import PageInPictures, page_in_pictures
from printkit.epaper.issue.pack import pack
from printkit.epaper.issue.stories import StoryPictures, checked_digests, made_pictures
from printkit.epaper.issue.views import Views
from printkit.epaper.issue.wechat import account_articles, article_pages
from printkit.epaper.templates import SiteTemplates
from printkit.model.edition import Edition, stories_of
from printkit.model.page import MadeUpPage
from printkit.pictures.cache import PictureCache
from printkit.render.templates import Note, ignore

Each = Callable[[str, int, Callable[[int], Any], Callable[[int], SourceRef | None]], Iterable[Any]]
"""Does a stage's work on some pieces, by their numbers, and yields what comes of each, or what is wrong with it, at its place."""


def in_turn(stage: str, count: int, work: Callable[[int], Any], _: Callable[[int], object]) -> Iterable[Any]:
    """Do the work here, a piece after the other."""
    return map(work, range(count))


@dataclass(frozen=True)
class IssueMaker:
    """Makes an issue's facts, which need no page drawn, then its files."""

    edition: Edition
    made: Sequence[MadeUpPage]
    cache: PictureCache
    note: Note = ignore
    """Is given the files of the site's look."""
    each: Each = in_turn

    @cached_property
    def templates(self) -> SiteTemplates:
        """The look of the site."""
        return SiteTemplates(self.edition.paper, self.note)

    def issue(self) -> Issue:
        """Return the issue's facts; its pictures are read to their ends, one after the other, and none is made.

        Raises:
            InputError: pictures cannot be read to their ends.
        """
        digests: dict[str, tuple[str, ...]] = {}
        faults: list[Diagnostic] = []
        for story in stories_of(self.edition):
            try:
                digests[story.id] = checked_digests(story.article.all_pictures, self.cache)
            except InputError as error:
                faults.extend(error.diagnostics)
        if faults:
            raise InputError(dict.fromkeys(faults))
        return issue_of(self.edition, self.made, digests, ())

    def account_pages(self, wanted: Collection[str]) -> dict[str, bytes]:
        """Return some stories' copy for a public account, and its pictures, under their names in the issue's folder.

        Where the site has an address the pictures are there, and none is returned.

        Raises:
            InputError: as `files`.
        """
        stories = [story for story in stories_of(self.edition) if story.id in wanted]
        made = {s.id: made_pictures(s, s.article.all_pictures, self.cache) for s in stories}
        issue = issue_of(self.edition, self.made, {s.id: () for s in stories_of(self.edition)}, ())
        pages = article_pages(account_articles(self.edition, issue, self.templates, made), issue, self.templates)
        if self.edition.paper.site_address:
            return pages
        shown = {entry.jpg[-1].path for told in made.values() for group in told.entries for entry in group}
        return pages | {name: told.files[name] for told in made.values() for name in shown & told.files.keys()}

    def files(
        self,
        pdfs: Mapping[str, bytes],
        revisions: tuple[Revision, ...] = (),
        printed: Mapping[str, int] = MappingProxyType({}),
    ) -> SiteFiles:
        """Return the issue as its folder holds it.

        Args:
            pdfs: the edition's and each page's as `names.edition_pdf` and `names.page_pdf` name them, the stories' as
                `names.reprint_pdf` and `names.reprints_pdf` do, their pictures for WeChat too: what is there is linked.
            revisions: the corrections that the views tell of.
            printed: the PDFs that stay on the site as they were printed, with their sizes.

        Raises:
            InputError: as `issue`, or a template of the paper's own fails.
        """
        drawn, stories = self._pictures(pdfs)
        digests = {story: told.digests for story, told in stories.items()}
        issue = issue_of(self.edition, self.made, digests, revisions)
        sheets, tiles = {n: one.pictures for n, one in drawn.items()}, {n: one.tiles for n, one in drawn.items()}
        files = {**pdfs, names.PAGES_SCRIPT: pages_script(issue, self.made, sheets, tiles)}
        for made in (*(one.files for one in drawn.values()), *(one.files for one in stories.values())):
            files |= made
        choices = self.edition.paper.site_choices
        articles = account_articles(self.edition, issue, self.templates, stories if choices.wechat else {})
        files |= article_pages(articles, issue, self.templates)
        files |= EpubMaker(self.edition, issue, self.templates, files, sheets, stories).made()
        shared = {**self.templates.assets, names.pack(issue.date): pack(files, issue, small=choices.small_pack)}
        views = Views(self.edition, self.made, issue, self.templates, files, shared, sheets, stories, articles, printed)
        return SiteFiles(issue, files | views.all(), shared)

    def _pictures(self, pdfs: Mapping[str, bytes]) -> tuple[dict[str, PageInPictures], dict[str, StoryPictures]]:
        """Draw the pages' pictures and make the stories', by number and id; what takes longest comes first."""
        pages, stories = [made.page.number for made in self.made], list(stories_of(self.edition))

        def work(turn: int) -> PageInPictures | StoryPictures:
            if turn < len(pages):
                return page_in_pictures(pages[turn], pdfs[names.page_pdf(self.edition.date, pages[turn])], self.cache)
            story = stories[turn - len(pages)]
            return made_pictures(story, story.article.all_pictures, self.cache)

        made = []
        places = [*(made.page.where for made in self.made), *(story.where for story in stories)]
        for outcome in self.each("pictures", len(places), work, places.__getitem__):
            if isinstance(outcome, PrintkitError):
                raise outcome
            made.append(outcome)
        drawn, told = made[: len(pages)], made[len(pages) :]
        return (
            dict(zip(pages, drawn, strict=True)),
            {story.id: one for story, one in zip(stories, told, strict=True)},
        )
