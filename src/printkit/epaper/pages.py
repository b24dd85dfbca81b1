"""An issue made into the files of its folder: views of its pages and stories, pictures, PDFs.

In: the edition, its made-up pages and its PDFs. Out: bytes under the names of `names`, the office pack among them;
nothing is written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from printkit.epaper import names
from printkit.epaper.facts import issue_of
from printkit.epaper.issue import Issue, Revision
from printkit.epaper.media import SitePicture, page_pictures
from printkit.epaper.pack import pack
from printkit.epaper.stories import StoryPictures, made_pictures
from printkit.epaper.templates import SiteTemplates
from printkit.epaper.tree import SiteFiles
from printkit.epaper.views import Views
from printkit.model.edition import Edition, stories_of
from printkit.model.page import MadeUpPage
from printkit.pictures.cache import PictureCache


@dataclass(frozen=True)
class IssueMaker:
    """Makes an issue's facts, which need no page drawn, then its files. The pictures of its stories are made once."""

    edition: Edition
    made: Sequence[MadeUpPage]
    cache: PictureCache

    @cached_property
    def templates(self) -> SiteTemplates:
        """The look of the site."""
        return SiteTemplates(self.edition.paper)

    def issue(self, revisions: tuple[Revision, ...] = ()) -> Issue:
        """Return the issue's facts.

        Raises:
            InputError: a picture cannot be read to its end.
        """
        digests = {story: told.digests for story, told in self._stories.items()}
        shared = {story: told.shared for story, told in self._stories.items()}
        return issue_of(self.edition, self.made, digests, shared, revisions)

    def files(self, pdfs: Mapping[str, bytes], revisions: tuple[Revision, ...] = ()) -> SiteFiles:
        """Return the issue as its folder holds it.

        Args:
            pdfs: the edition's and each page's as `names.edition_pdf` and `names.page_pdf` name them, and the stories' as
                `names.clip` and `names.clips` do: what is there is linked.
            revisions: the corrections that the views tell of.

        Raises:
            InputError: as `issue`, or a template of the paper's own fails.
        """
        issue = self.issue(revisions)
        files = dict(pdfs)
        sheets: dict[str, tuple[SitePicture, SitePicture]] = {}
        for made in self.made:
            number = made.page.number
            picture, thumbnail, drawn = page_pictures(number, pdfs[names.page_pdf(issue.date, number)], self.cache)
            sheets[number] = picture, thumbnail
            files |= drawn
        for told in self._stories.values():
            files |= told.files
        shared = {**self.templates.assets, names.pack(issue.date): pack(pdfs, issue)}
        views = Views(self.edition, self.made, issue, self.templates, files, shared, sheets, self._stories)
        return SiteFiles(issue, files | views.all(), shared)

    @cached_property
    def _stories(self) -> Mapping[str, StoryPictures]:
        return {s.id: made_pictures(s, s.article.all_pictures, self.cache) for s in stories_of(self.edition)}
