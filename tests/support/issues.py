"""Editions made into the files of their folders on the site, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.build import Options, check, web_pdfs

from printkit.epaper.issue.files import IssueMaker
from printkit.epaper.issue.handover import SiteFiles
from printkit.model.edition import Edition
from printkit.model.page import MadeUpPage
from printkit.pictures.cache import PictureCache


@dataclass(frozen=True, slots=True)
class MadeIssue:
    """An edition with everything that its folder holds."""

    edition: Edition
    pages: tuple[MadeUpPage, ...]
    maker: IssueMaker
    pdfs: Mapping[str, bytes]
    made: SiteFiles

    def html(self, name: str) -> str:
        """One of the views."""
        return self.made.files[name].decode()


def make_issue(path: Path) -> MadeIssue:
    """Make an edition's files in memory."""
    result = check(path, Options())
    cache = PictureCache(None)
    maker = IssueMaker(result.edition, result.pages, cache)
    pdfs = web_pdfs(result.edition, result.pages, cache)
    return MadeIssue(result.edition, result.pages, maker, pdfs, maker.files(pdfs))
