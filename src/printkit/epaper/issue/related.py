"""Where a reader goes on from a story: what else stands on its page, and more of its column, authors and keywords."""

from enum import StrEnum
from urllib.parse import quote

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue, PageFacts, StoryFacts


class Topic(StrEnum):
    """What stories are gathered by."""

    COLUMN = "column"
    AUTHOR = "author"
    KEYWORD = "keyword"


TOPIC_WORDS = {Topic.COLUMN: "版名", Topic.AUTHOR: "作者", Topic.KEYWORD: "关键词"}
"""What readers call them."""


def home_of(story: StoryFacts, issue: Issue) -> PageFacts:
    """Return the page that a story begins on; the first of the issue where it stands on none."""
    return next((page for page in issue.pages if page.number in story.pages[:1]), issue.pages[0])


def topics_of(story: StoryFacts, issue: Issue) -> tuple[tuple[Topic, str], ...]:
    """Return what a story is gathered by; a common head (总题) has no text of its own, and its members are."""
    if story.is_common_head:
        return ()
    column = home_of(story, issue).name
    found = [
        *([(Topic.COLUMN, column)] if column and story.pages else []),
        *((Topic.AUTHOR, author) for author in story.authors),
        *((Topic.KEYWORD, keyword) for keyword in story.keywords),
    ]
    return tuple(dict.fromkeys(found))


def topic_links(story: StoryFacts, issue: Issue, root: str) -> list[dict[str, str]]:
    """Return the links to all that a story is gathered by; `root` is the way to the site's folder."""
    return [
        {
            "kind": TOPIC_WORDS[kind],
            "label": called,
            "href": root + quote(names.topic(kind, called, f"{issue.date.year:04}")),
        }
        for kind, called in topics_of(story, issue)
    ]


def others_on_page(story: StoryFacts, issue: Issue) -> list[StoryFacts]:
    """Return what else stands on the page that a story begins on, in reading order."""
    facts = {one.id: one for one in issue.stories}
    return [facts[one] for one in home_of(story, issue).stories if one != story.id]
