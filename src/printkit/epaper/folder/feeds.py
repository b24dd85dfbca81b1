"""Feeds of the newest stories: Atom (RFC 4287) and JSON Feed 1.1; in go issues, out come bytes.

Written by the standard library: feedgen, the best known one, stamps the clock on every feed and knows no JSON Feed,
and an Atom feed is six elements. A story's id is a tag (RFC 4151) of its date and id, so that readers know it
again wherever the site moves on its server. Times are midnight in Beijing: a day's paper has no hour.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlsplit

from printkit.epaper import names
from printkit.epaper.issue.contents import shortened
from printkit.epaper.issue.facts import Issue, StoryFacts
from printkit.epaper.issue.handover import SiteAbout
from printkit.model.edition import date_words, issue_words, page_label, page_stem
from printkit.output.manifest import json_bytes

STORIES = 50
"""Stories of a feed; a daily paper has about two days in it."""

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, 2.2: characters that no document can hold, escaped or not."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story as both feeds tell it."""

    id: str
    address: str
    title: str
    published: str
    updated: str
    summary: str
    content: str
    authors: str
    picture: str
    groups: tuple[tuple[str, str], ...]
    """Term and label: its issue, its page."""


def newest_stories(issues: Iterable[Issue], about: SiteAbout) -> tuple[FeedEntry, ...]:
    """Return the entries of the newest stories; `issues` come the newest first, and are read as far as is needed."""
    entries: list[FeedEntry] = []
    for issue in issues:
        entries += _entries(issue, about)
        if len(entries) >= STORIES:
            break
    return tuple(entries[:STORIES])


def _entries(issue: Issue, about: SiteAbout) -> Iterator[FeedEntry]:
    pages = {page.number: page for page in issue.pages}
    host = urlsplit(about.address).hostname or ""
    for story in issue.stories:
        if story.is_common_head:
            continue  # its members are entries
        page = pages[story.pages[0]]
        touched = [r.date for r in issue.revisions if story.id in (*r.changed, *r.added)]
        issue_label = issue_words(issue.number) or date_words(issue.date)
        groups = (
            (issue.date.isoformat(), issue_label),
            (f"page-{page_stem(page.number)}", page_label(page.number, page.name)),
        )
        yield FeedEntry(
            id=f"tag:{host},{issue.date.isoformat()}:{quote(story.id, safe='')}",
            address=names.address(about.address, issue.date, names.story_view(story.id)),
            title=_clean(story.headline or story.id),
            published=_time(issue.date.isoformat()),
            updated=_time(max(touched, default=issue.date.isoformat())),
            summary=_clean(_summary(story)),
            content=_clean(_content(story)),
            authors=_clean(story.byline),
            picture=names.address(about.address, issue.date, story.picture) if story.picture else "",
            groups=tuple((term, _clean(label)) for term, label in groups),
        )


def atom(entries: Sequence[FeedEntry], about: SiteAbout) -> bytes:
    """Return the Atom feed."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": about.language})
    _add(feed, "id", about.address)
    _add(feed, "title", _clean(about.paper))
    _add(feed, "updated", max((entry.updated for entry in entries), default=_time("1970-01-01")))
    ET.SubElement(feed, _tag("link"), rel="self", type="application/atom+xml", href=about.address + names.ATOM_FEED)
    ET.SubElement(feed, _tag("link"), rel="alternate", type="text/html", href=about.address)
    _add(ET.SubElement(feed, _tag("author")), "name", _clean(about.paper))
    for entry in entries:
        item = ET.SubElement(feed, _tag("entry"))
        _add(item, "id", entry.id)
        _add(item, "title", entry.title)
        _add(item, "published", entry.published)
        _add(item, "updated", entry.updated)
        ET.SubElement(item, _tag("link"), rel="alternate", type="text/html", href=entry.address)
        if entry.authors:
            _add(ET.SubElement(item, _tag("author")), "name", entry.authors)
        for term, label in entry.groups:
            ET.SubElement(item, _tag("category"), term=term, label=label)
        _add(item, "summary", entry.summary)
        _add(item, "content", entry.content).set("type", "html")
    ET.indent(feed, " ")
    return xml_bytes(feed)


def json_feed(entries: Sequence[FeedEntry], about: SiteAbout) -> bytes:
    """Return the JSON feed."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.paper,
        "home_page_url": about.address,
        "feed_url": about.address + names.JSON_FEED,
        "language": about.language,
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_html": entry.content,
                "summary": entry.summary,
                "date_published": entry.published,
                "date_modified": entry.updated,
                "tags": [label for _, label in entry.groups],
                **({"authors": [{"name": entry.authors}]} if entry.authors else {}),
                **({"image": entry.picture} if entry.picture else {}),
            }
            for entry in entries
        ],
    }
    return json_bytes(told)


def xml_bytes(root: ET.Element) -> bytes:
    """Return an XML document, its declaration first."""
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _summary(story: StoryFacts) -> str:
    text = " ".join(part for part in (story.deck, story.text.replace("\n", " ")) if part)
    return shortened(text)


def _content(story: StoryFacts) -> str:
    heads = [f"<p><strong>{escape(part)}</strong></p>" for part in (story.kicker, story.deck) if part]
    wrong = [f"<p><strong>更正</strong>　{escape(words)}。</p>" for words in story.corrections]
    return "".join([*heads, *wrong, *(f"<p>{escape(line)}</p>" for line in story.text.split("\n") if line)])


def _time(date: str) -> str:
    return f"{date}T00:00:00+08:00"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, _tag(name))
    element.text = text
    return element
