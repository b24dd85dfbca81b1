"""What the site knows of each issue: read back from its `issue.json` when others are added years later.

Lists of issues, feeds, site map and search are made of these facts alone, never of the issue's pages again.
"""

import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from printkit.epaper.declared import declared
from printkit.gate import read_file, real
from printkit.model.edition import numbers_of
from printkit.output.manifest import json_bytes

BESIDES_STORIES = "版面或期号有改动"
"""What readers are told of a correction that names no story."""

FORMAT = 1
"""The version of issue.json's keys; a site of a later printkit is refused, never misread."""


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """A story as lists, feeds and search show it. `pages` are the numbers of the pages that it stands on.

    `text` is the whole story as plain text, a paragraph a line; `content` the SHA-256 of all that a reader sees of
    it (headings, text, captions, pictures), by which a correction is noticed.
    """

    id: str
    headline: str
    pages: tuple[str, ...]
    content: str
    text: str = ""
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    picture: str = ""
    """The picture for sharing, from the issue's folder; empty where there is none."""
    keywords: tuple[str, ...] = ()
    group: str = ""
    """Of a common head (组合报道) and of its members the head's id."""
    authors: tuple[str, ...] = ()
    """The people of the byline; facts of an older printkit have none."""
    corrections: tuple[str, ...] = ()
    """What was wrong in it when it was printed, in words."""

    @property
    def is_common_head(self) -> bool:
        """Whether it is the head over a group's members."""
        return self.group == self.id


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its number as printed, its name, and the ids of its stories in reading order."""

    number: str
    name: str
    stories: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Revision:
    """A correction (更正): the day it was made, and the ids of the stories changed, added and taken away.

    One that names no story is of the issue's number, or of its pages' names or order.
    """

    date: str
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    removed_titles: tuple[str, ...] = ()
    """The titles of `removed` in its order, which no file has any more; empty where an older printkit wrote it."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of the paper on the site."""

    paper: str
    date: datetime.date
    number: str
    pages: tuple[PageFacts, ...]
    stories: tuple[StoryFacts, ...]
    revisions: tuple[Revision, ...] = ()

    def members(self, head: str) -> tuple[StoryFacts, ...]:
        """Return the stories under a common head."""
        return tuple(story for story in self.stories if story.group == head and not story.is_common_head)

    def common_head(self, story: StoryFacts) -> StoryFacts | None:
        """Return the common head that a story stands under."""
        return next((one for one in self.stories if one.is_common_head and one.id == story.group != story.id), None)

    @property
    def page_count(self) -> int:
        """How many pages the paper has; a spread is two."""
        return sum(len(numbers_of(page.number)) for page in self.pages)

    @property
    def removed_titles(self) -> dict[str, str]:
        """The titles of all stories that corrections took away, by id."""
        return {story: title for r in self.revisions for story, title in zip(r.removed, r.removed_titles, strict=False)}

    @property
    def content(self) -> tuple[tuple[str, str], ...]:
        """What decides whether two issues of one day are the same: every story's place and content."""
        return tuple((f"{','.join(story.pages)}/{story.id}", story.content) for story in self.stories)


def write_facts(issue: Issue) -> bytes:
    """Return the issue as its file holds it."""
    return json_bytes({"format": FORMAT, **asdict(issue), "date": issue.date.isoformat()})


def read_facts(path: Path) -> Issue:
    """Read an issue's file.

    Raises:
        ValueError: it is not such a file, or one of a later version.
        OSError: it cannot be read.
    """
    try:
        told = json.loads(read_file(path, [real(path.parent)]))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError(f"{path}: not facts of an issue in format {FORMAT}")
    try:
        return declared(
            Issue(
                paper=told["paper"],
                date=datetime.date.fromisoformat(told["date"]),
                number=told["number"],
                pages=tuple(PageFacts(**_tuples(page)) for page in told["pages"]),
                stories=tuple(StoryFacts(**_tuples(story)) for story in told["stories"]),
                revisions=tuple(Revision(**_tuples(revision)) for revision in told["revisions"]),
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{path}: {error}") from error


def _tuples(value: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
