"""The views of an issue as HTML: one of each page, one of each story.

In: the facts of the issue and what was made of its pictures. All addresses are relative, so that a folder on a disk, a
web server and an object store show the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from printkit.epaper import names
from printkit.epaper.issue.areas import Area, areas, points
from printkit.epaper.issue.code import code_of
from printkit.epaper.issue.contents import summary_of
from printkit.epaper.issue.facts import BESIDES_STORIES, Issue, PageFacts, StoryFacts
from printkit.epaper.issue.media import SitePicture
from printkit.epaper.issue.related import home_of, others_on_page, topic_links
from printkit.epaper.issue.stories import StoryPictures, story_view
from printkit.epaper.issue.wechat import TO_ISSUE, for_wechat
from printkit.epaper.templates import SiteTemplates
from printkit.model.edition import (
    Edition,
    Story,
    issue_words,
    numbers_of,
    page_label,
    page_stem,
    page_words,
    stories_of,
)
from printkit.model.page import MadeUpPage
from printkit.render.calendar import lunar_text, weekday

_ISSUE_ROOT = "../../../"
_STORY_ROOT = "../../../../"
_TO_ISSUE = "../"
"""Ways from a page's view and from a story's view to the site's folder, and from the latter to the issue's."""
_REPRINTS = (("剪报", False), ("大字版", True))
"""What a story is set anew as, and whether in large type."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A file to be fetched, with its size in bytes, and what it is called once it is there."""

    href: str
    label: str
    size: int
    saved: str


@dataclass(frozen=True)
class Views:
    """The views of one issue. `files` and `shared` are those made so far: what is linked is looked up there."""

    edition: Edition
    made: Sequence[MadeUpPage]
    issue: Issue
    templates: SiteTemplates
    files: Mapping[str, bytes]
    shared: Mapping[str, bytes]
    sheets: Mapping[str, tuple[SitePicture, SitePicture]]
    pictures: Mapping[str, StoryPictures]
    articles: Mapping[str, str]
    """The stories' copy for a public account, by id; empty where the paper wants none."""
    printed: Mapping[str, int]
    """The PDFs that stay as they were printed, with their sizes."""

    @cached_property
    def facts(self) -> Mapping[str, StoryFacts]:
        """The stories' facts by id."""
        return {story.id: story for story in self.issue.stories}

    def all(self) -> dict[str, bytes]:
        """Return all views under their names in the issue's folder."""
        views: dict[str, bytes] = {}
        for index, made in enumerate(self.made):
            view = names.page_view(made.page.number)
            if made.page.is_spread:
                views |= {names.page_view(number): self._lead(view, made.page.label) for number in made.page.numbers}
            views[view] = self._page(index)
        for index, story in enumerate(stories_of(self.edition)):
            views[names.story_view(story.id)] = self._story(index, story)
        return views

    # --- views ---

    def _lead(self, view: str, label: str) -> bytes:
        """Return what leads from one page of a spread to the view of both."""
        what = f"{self.date} {label}"
        return self.templates.render("lead.html", _ISSUE_ROOT, href=_href(view), canonical="", what=what)

    def _page(self, index: int) -> bytes:
        facts, made = self.issue.pages[index], self.made[index]
        number = facts.number
        picture, _ = self.sheets[number]
        pdf = names.page_pdf(self.issue.date, number)
        label = page_label(facts.number, facts.name)
        return self.templates.render(
            "page-view.html",
            _ISSUE_ROOT,
            **self._common(""),
            label=label,
            number=number,
            picture=picture,
            areas=[self._area(area) for area in areas(made)],
            width=f"{facts.width:g}",
            height=f"{facts.height:g}",
            titles=self._titles(facts),
            pages=self._pages(number, ""),
            before=self._neighbour(index - 1),
            after=self._neighbour(index + 1),
            files=[
                self._link(pdf, "本版PDF", "", label.replace("：", " ")),
                *self._as_printed(pdf, "本版见报时的PDF", label.replace("：", " ")),
                *self._briefs(number),
                *self._issue_files(""),
                *self._as_printed(names.edition_pdf(self.issue.date), "整期见报时的PDF", "整期"),
            ],
            revisions=self._revisions(None, ""),
            mistakes=[
                {"words": words, "title": one.headline, "href": _href(names.story_view(one.id))}
                for one in self.issue.stories
                for words in one.corrections
            ],
            canonical=(address := self._address(names.page_view(number))),
            code=code_of(address),
            pages_script=names.PAGES_SCRIPT,
            image=self._address(picture.jpg[1].path),
            description=f"{self.edition.paper.name} {self.date} {label}："
            + "；".join(self.facts[story].headline for story in facts.stories),
        )

    def _story(self, index: int, story: Story) -> bytes:
        facts, path = self.issue.stories[index], names.story_view(story.id)
        home = home_of(facts, self.issue)
        card = names.card(story.id)
        image = facts.picture or self.sheets[home.number][0].jpg[1].path
        stories = self.issue.stories
        members = self.issue.members(story.id)
        common = self.issue.common_head(facts)
        # A common head may have no text at all.
        description = summary_of(facts) or "；".join(member.headline for member in members)
        reprinted = ((names.reprint_pdf(story.id, large=large), kind) for kind, large in _REPRINTS)
        files = [self._story_file(facts, name, kind) for name, kind in reprinted if name in self.files]
        files += [
            self._link(name, f"{_place(number)}PDF", _TO_ISSUE, _place(number))
            for number in facts.pages
            if (name := names.page_pdf(self.issue.date, number)) in self.files
        ]
        return self.templates.render(
            "story-view.html",
            _STORY_ROOT,
            **self._common(_TO_ISSUE),
            id=story.id,
            view=story_view(story.article, self.pictures[story.id], self._story_link),
            common=common and self._story_neighbour(common),
            members=[self._story_neighbour(member) for member in members],
            title=facts.headline,
            byline=facts.byline,
            keywords=facts.keywords,
            place=_places(facts.pages),
            home=page_label(home.number, home.name),
            back=f"{_TO_ISSUE}{quote(names.page_view(home.number))}#{quote(f'area-{story.id}')}",
            before=self._story_neighbour(stories[index - 1]) if index else None,
            after=self._story_neighbour(stories[index + 1]) if index + 1 < len(stories) else None,
            files=files,
            kit=self._kit(facts),
            article=Markup(self.articles.get(story.id, "").replace(f'src="{TO_ISSUE}', f'src="{_TO_ISSUE}')),
            mistakes=[{"words": words} for words in facts.corrections],
            beside=[self._story_neighbour(other) for other in others_on_page(facts, self.issue)],
            topics=topic_links(facts, self.issue, _STORY_ROOT),
            revisions=self._revisions(story.id, _TO_ISSUE),
            canonical=(address := self._address(path)),
            code=code_of(address),
            image=self._address(card if card in self.files else image),
            description=description,
            facts=self._linked_data(story, facts, home, path, image, description),
        )

    # --- what they show ---

    @property
    def date(self) -> str:
        """The date as date lines write it."""
        return date_text(self.issue.date.isoformat())

    def _common(self, to_issue: str) -> dict[str, Any]:
        date = self.issue.date
        words = (
            self.date,
            weekday(date),
            lunar_text(date),
            issue_words(self.issue.number),
            f"今日{self.issue.page_count}版",
            self.edition.paper.issn_cn,
        )
        root = to_issue + _ISSUE_ROOT
        return {
            "to_issue": to_issue,
            "date": self.date,
            "day": date.isoformat(),
            "strip": [w for w in words if w],
            "previous_issue": root + names.previous_issue(date),
            "next_issue": root + names.next_issue(date),
            "issues_script": root + names.neighbours_script(date),
        }

    def _area(self, area: Area) -> dict[str, Any]:
        return {
            "id": area.story,
            "href": _href(names.story_view(area.story)),
            "polygons": [points(polygon) for polygon in area.polygons],
            "title": self.facts[area.story].headline,
        }

    def _titles(self, page: PageFacts) -> list[dict[str, Any]]:
        """Return the stories of a page's list; a common head's has its `members`, and theirs say what they are `under`."""
        return [
            self._title(story, page.number)
            | {
                "members": [self._title(member.id, page.number) for member in self.issue.members(story)],
                "under": common.id if (common := self.issue.common_head(self.facts[story])) else "",
            }
            for story in page.stories
        ]

    def _title(self, story: str, number: str) -> dict[str, Any]:
        facts = self.facts[story]
        first = facts.pages[0] if facts.pages else number
        others = [n for n in facts.pages if n != number]
        note = ""
        if others:
            note = f"下转{_place(others[0])}" if first == number else f"上接{_place(first)}"
        return {"id": story, "href": _href(names.story_view(story)), "facts": facts, "note": note}

    def _pages(self, current: str, to_issue: str) -> list[dict[str, Any]]:
        return [
            {
                "href": to_issue + _href(names.page_view(page.number)),
                "label": page_label(page.number, page.name),
                "current": page.number == current,
                "thumbnail": self.sheets[page.number][1],
            }
            for page in self.issue.pages
        ]

    def _neighbour(self, index: int) -> dict[str, str] | None:
        if not 0 <= index < len(self.issue.pages):
            return None
        page = self.issue.pages[index]
        return {"href": _href(names.page_view(page.number)), "label": page_label(page.number, page.name)}

    def _story_neighbour(self, facts: StoryFacts) -> dict[str, str]:
        return {"href": _href(f"{facts.id}.html"), "label": facts.headline}

    def _issue_files(self, to_issue: str) -> list[_Link]:
        date = self.issue.date
        listed = (
            (names.edition_pdf(date), "整期PDF"),
            (names.reprints_pdf(date), "整期剪报"),
            (names.reprints_pdf(date, large=True), "整期大字版"),
            (names.edition_epub(date), "整期EPUB"),
            (names.edition_epub(date, large=True), "大字版EPUB"),
        )
        found = [
            replace(
                self._link(name, label, to_issue),
                saved=self._saved(label.removesuffix("PDF").removesuffix("EPUB"), suffix=PurePosixPath(name).suffix),
            )
            for name, label in listed
            if name in self.files
        ]
        pack = names.pack(date)
        address = f"{to_issue}{_ISSUE_ROOT}{_href(pack)}"
        return [*found, _Link(address, "整期打包ZIP", len(self.shared[pack]), self._saved("整期打包", suffix=".zip"))]

    def _as_printed(self, pdf: str, label: str, called: str) -> list[_Link]:
        """Return the link to a page's or the edition's PDF as it was printed, where one is kept."""
        name = names.printed_pdf(pdf)
        size = self.printed.get(name)
        return [_Link(_href(name), label, size, self._saved(called, "见报时"))] if size else []

    def _briefs(self, number: str) -> list[_Link]:
        name = names.reprint_pdf(names.briefs(number))
        return [self._link(name, "本版简讯合页", "", _place(number), "简讯合页")] if name in self.files else []

    def _kit(self, facts: StoryFacts) -> list[_Link]:
        """Return what is sent by WeChat: the parts of the long picture, both cards, the copy for a public account."""
        return [self._story_file(facts, name, label) for label, name in for_wechat(facts.id, self.files)]

    def _story_file(self, facts: StoryFacts, name: str, kind: str) -> _Link:
        """Return the link to a file of a story: it is saved as what kind of which story, whose headline is cut where it is long."""
        place, suffix = page_words(facts.pages[0]) if facts.pages else "", PurePosixPath(name).suffix
        saved = self._saved(place, facts.headline, suffix=f" {kind}{suffix}")
        return replace(self._link(name, kind, _TO_ISSUE), saved=saved)

    def _link(self, name: str, label: str, to_issue: str, *called: str) -> _Link:
        return _Link(to_issue + _href(name), label, len(self.files[name]), self._saved(*called))

    def _saved(self, *called: str, suffix: str = ".pdf") -> str:
        return names.saved_name(self.edition.paper.name, self.issue.date.isoformat(), *called, suffix=suffix)

    def _story_link(self, story: str) -> str | None:
        return _href(f"{story}.html") if story in self.facts else None

    def _revisions(self, story: str | None, to_issue: str) -> list[dict[str, Any]]:
        """Return the corrections, of the issue or of one story, as day and what was done to which stories."""
        told = []
        for revision in self.issue.revisions:
            kinds = (("修改", revision.changed), ("增补", revision.added), ("撤下", revision.removed))
            done = [
                (kind, self._revised([s for s in ids if story in (None, s)], to_issue))
                for kind, ids in kinds
                if ids and (story is None or story in ids)
            ]
            if story is None and not (revision.changed or revision.added or revision.removed):
                done = [(BESIDES_STORIES, [])]
            if done:
                told.append({"day": revision.date, "date": date_text(revision.date), "done": done})
        return told

    def _revised(self, stories: Sequence[str], to_issue: str) -> list[dict[str, str]]:
        """Return titles and addresses; stories that are gone have none, and are counted where no title was kept."""
        there = [self.facts[story] for story in stories if story in self.facts]
        told = [{"title": f"《{f.headline}》", "href": to_issue + _href(names.story_view(f.id))} for f in there]
        gone = [self.issue.removed_titles.get(story, "") for story in stories if story not in self.facts]
        told += [{"title": f"《{title}》", "href": ""} for title in gone if title]
        unknown = gone.count("")
        return [*told, {"title": f"{unknown}篇稿件", "href": ""}] if unknown else told

    def _address(self, path: str) -> str:
        """Return the full address of a file of the issue; empty where the paper does not say where its site stands."""
        return names.address(self.edition.paper.site_address, self.issue.date, path)

    def _linked_data(
        self, story: Story, facts: StoryFacts, home: PageFacts, path: str, image: str, description: str
    ) -> Markup:
        """Return schema.org's NewsArticle as JSON that no text can end: ``<``, ``>`` and ``&`` are escaped."""
        paper = self.edition.paper
        publisher: dict[str, Any] = {"@type": "NewsMediaOrganization", "name": paper.publisher or paper.name}
        told: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": facts.headline,
            "alternativeHeadline": facts.deck,
            "description": description,
            "datePublished": self.issue.date.isoformat(),
            "dateModified": next(
                (r.date for r in reversed(self.issue.revisions) if facts.id in (*r.changed, *r.added)), ""
            ),
            "author": [{"@type": "Person", "name": b.name} for b in story.article.byline],
            "publisher": publisher,
            "articleSection": home.name,
            "printPage": "、".join(facts.pages),
            "keywords": ",".join(facts.keywords),
            "inLanguage": paper.language,
            "isPartOf": {
                "@type": "PublicationIssue",
                "issueNumber": self.issue.number,
                "datePublished": self.issue.date.isoformat(),
                "isPartOf": {"@type": "Newspaper", "name": paper.name},
            },
            "image": self._address(image),
            "mainEntityOfPage": self._address(path),
        }
        text = json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False, indent=1)
        return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def date_text(day: str) -> str:
    """Write a day, given as ``2024-01-10``, as date lines do: ``2024年01月10日``."""
    year, month, date = day.split("-")
    return f"{year}年{month}月{date}日"


def _places(pages: Sequence[str]) -> str:
    return "、".join(map(_place, pages))


def _place(number: str) -> str:
    return f"第{'、'.join(numbers_of(page_stem(number)))}版"


def _href(path: str) -> str:
    """Return a path as links write it; a Han name becomes percent signs, which every server reads."""
    return quote(path)
