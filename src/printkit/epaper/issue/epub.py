"""An issue as EPUB 3.3 for reading programs, and the same in large type: a document a page, and one a story behind its page.

In: the edition, its facts, the pictures made for the site. Out: the archive's bytes, the same on every build. Templates are HTML
(``layouts/site/epub/``), parsed as browsers parse it and written as XML: what a story holds is then well-formed, whatever it is.
ebooklib (0.20) would write container and package, which are the shorter half, but is AGPL and puts the time of the run into them.
"""

import io
import re
import uuid
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue, StoryFacts
from printkit.epaper.issue.media import SitePicture
from printkit.epaper.issue.pack import add_to_zip
from printkit.epaper.issue.stories import StoryPictures, story_view
from printkit.epaper.templates import SiteTemplates
from printkit.model.edition import Edition, Story, issue_words, page_label, stories_of

_XHTML = "http://www.w3.org/1999/xhtml"
_DOCUMENT = "application/xhtml+xml"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="paper/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_COVER = "sheet-1.jpg"
_SHEET_WIDTH = 960
"""Of the pictures of pages: readers see what a page looks like, and read the stories."""


@dataclass(frozen=True)
class EpubMaker:
    """Makes the EPUBs of an issue; `files` are those of the issue, its pictures among them."""

    edition: Edition
    issue: Issue
    templates: SiteTemplates
    files: Mapping[str, bytes]
    sheets: Mapping[str, tuple[SitePicture, SitePicture]]
    pictures: Mapping[str, StoryPictures]

    def made(self) -> dict[str, bytes]:
        """Return the EPUB and the one in large type under their names in the issue's folder."""
        return {names.edition_epub(self.issue.date, large=large): self._packed(large=large) for large in (False, True)}

    def _packed(self, *, large: bool) -> bytes:
        title = f"{self.issue.paper} {self.issue.date.isoformat()} {issue_words(self.issue.number)}".rstrip()
        title += "（大字版）" if large else ""
        sheet = self.templates.epub_sheet(large=large)
        inside = {"style.css": sheet, **self._shown}
        items = [
            {"id": f"i{number}", "href": name, "kind": _kind(name), "cover": name == _COVER}
            for number, name in enumerate(self._shown)
        ]
        seed = f"{self.edition.paper.site_address}{self.issue.paper} {self.issue.date.isoformat()} {large}"
        package = self.templates.render(
            "epub/package.xml",
            "",
            identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}",
            title=title,
            publisher=self.edition.paper.publisher or self.issue.paper,
            day=self.issue.date.isoformat(),
            modified=max((r.date for r in self.issue.revisions), default=self.issue.date.isoformat()),
            items=items,
        )
        inside |= {"package.opf": package, "nav.xhtml": self._document("nav", title, pages=self._contents)}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as zipped:
            add_to_zip(
                zipped, "mimetype", b"application/epub+zip", self.issue, is_stored=True
            )  # first, as it is (OCF 4.3)
            add_to_zip(zipped, "META-INF/container.xml", _CONTAINER, self.issue)
            for name, data in inside.items():
                add_to_zip(zipped, f"paper/{name}", data, self.issue, is_stored=name.endswith(".jpg"))
        return out.getvalue()

    # --- documents and pictures, alike in both -----------------------------------------------------------

    @cached_property
    def _contents(self) -> list[dict[str, Any]]:
        """The pages, and under each the stories that begin on it."""
        return [
            {
                "href": f"page-{number}.xhtml",
                "title": page_label(page.number, page.name),
                "number": page.number,
                "stories": [
                    self._entry(story)
                    for story in self.issue.stories
                    if page.number == (story.pages[0] if story.pages else self.issue.pages[0].number)
                ],
            }
            for number, page in enumerate(self.issue.pages, 1)
        ]

    def _entry(self, story: StoryFacts) -> dict[str, str]:
        return {"id": story.id, "href": self._hrefs[story.id], "title": story.headline or story.id}

    @cached_property
    def _hrefs(self) -> dict[str, str]:
        return {story.id: f"story-{number}.xhtml" for number, story in enumerate(self.issue.stories, 1)}

    @cached_property
    def _shown(self) -> dict[str, bytes]:
        """Documents in the order of reading, and pictures."""
        stories = {story.id: story for story in stories_of(self.edition)}
        shown: dict[str, bytes] = {}
        pictures: dict[str, bytes] = {}
        for number, page in enumerate(self._contents, 1):
            sheet = next(s.path for s in self.sheets[page["number"]][0].jpg if s.width >= _SHEET_WIDTH)
            pictures[f"sheet-{number}.jpg"] = self.files[sheet]
            shown[page["href"]] = self._document(
                "page",
                page["title"],
                date=self.issue.date.isoformat(),
                stories=page["stories"],
                picture=f"sheet-{number}.jpg",
            )
            for entry in page["stories"]:
                story = stories[entry["id"]]
                own = {
                    shot.jpg[0].path: f"{entry['href'].removesuffix('.xhtml')}-{place}.jpg"
                    for place, shot in enumerate((s for group in self.pictures[story.id].entries for s in group), 1)
                }
                pictures |= {name: self.files[path] for path, name in own.items()}
                shown[entry["href"]] = self._story(story, entry["title"], page["title"], own)
        return shown | pictures

    def _story(self, story: Story, title: str, place: str, sources: Mapping[str, str]) -> bytes:
        facts = next(one for one in self.issue.stories if one.id == story.id)
        common = self.issue.common_head(facts)
        link: Callable[[str], str | None] = self._hrefs.get
        return self._document(
            "story",
            title,
            view=story_view(story.article, self.pictures[story.id], link),
            sources=sources,
            byline=facts.byline,
            place=place,
            common=common.headline if common else "",
            members=[self._entry(one) for one in self.issue.members(story.id)],
            mistakes=facts.corrections,
        )

    def _document(self, template: str, title: str, **values: Any) -> bytes:
        """Render a template, and write it as XML."""
        import tinyhtml5

        html = self.templates.render(f"epub/{template}.html", "", title=title, **values).decode()
        root = tinyhtml5.parse(_NOT_IN_XML.sub("", html))
        ET.register_namespace("", _XHTML)
        text = ET.tostring(root, encoding="unicode")
        return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()


def _kind(name: str) -> str:
    return {".xhtml": _DOCUMENT, ".jpg": "image/jpeg"}[PurePosixPath(name).suffix]
