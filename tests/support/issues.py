"""Editions made into the files of their folders on the site, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.epaper import names
from printkit.epaper.issue.files import IssueMaker
from printkit.epaper.issue.handover import SiteFiles
from printkit.model.edition import Edition
from printkit.model.page import MadeUpPage
from printkit.pipeline.finish import web_pdfs
from printkit.pipeline.make_up import made_up
from printkit.pipeline.run import Run
from printkit.variants import WEB


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
    """Make an edition's files in memory, without reprints."""
    run = Run()
    made = made_up(run, run.read(path), [WEB])
    edition, pages = made.edition, made.pages
    *of_pages, whole = web_pdfs(run, edition, pages)
    called = [names.page_pdf(edition.date, one.page.number) for one in pages]
    pdfs = dict(zip(called, of_pages, strict=True)) | {names.edition_pdf(edition.date): whole}
    maker = IssueMaker(edition, pages, run.pictures)
    return MadeIssue(edition, pages, maker, pdfs, maker.files(pdfs))
