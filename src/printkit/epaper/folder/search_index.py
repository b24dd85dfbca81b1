"""The search index: an issue's facts in, small scripts out, which the browser loads one by one.

pagefind (1.5), the best known static index, needs `fetch`, modules and WebAssembly, none of which a browser allows
from file:// (its issues 202 and 241), and indexes the whole site anew at every build. MiniSearch, FlexSearch and lunr
load one index of everything before the first hit: an archive of decades would be hundreds of megabytes. Hence this:

- ``search/months.js`` lists the months; the newest is searched first, older ones when they are needed;
- ``search/2024-01/07.js`` is one of `SHARDS` parts of a month: terms with the numbers of the stories that have them.
  It has a line an issue, so that adding one rewrites its month's files and looks at no other issue;
- ``search/2024-01/10/3.js`` is the text of one story, loaded only for a hit that is shown: the phrase is looked for
  in it, and the excerpt cut from it.

They are scripts and not JSON since ``<script src>`` is the one thing that works from a server, from file:// and
under ``script-src 'self'``. A posting list is text, ``term:0t.3.5`` with ``t`` for a term of the headline: a phone need
not build an object of what it only looks two words up in.
"""

from collections.abc import Iterable, Iterator

from printkit.epaper import names
from printkit.epaper.folder.search_terms import SHARDS, shard_of, terms
from printkit.epaper.issue.facts import Issue, StoryFacts
from printkit.epaper.scripts import script_value
from printkit.model.edition import numbers_of, page_stem

_REGISTER = "printkitSearch"
"""The global object of search.js whose methods the scripts call."""


def shard_lines(issue: Issue) -> tuple[str, ...]:
    """Return what an issue adds to each part of its month's index, a line a part."""
    postings: dict[str, list[str]] = {}
    for index, story in enumerate(issue.stories):
        titled = terms(story.headline)
        for term in terms(searched_text(story)):
            postings.setdefault(term, []).append(f"{index}t" if term in titled else f"{index}")
    parts: list[list[str]] = [[] for _ in range(SHARDS)]
    for term in sorted(postings):
        parts[shard_of(term)].append(f" {term}:{'.'.join(postings[term])}")
    day = issue.date.isoformat()
    # Terms are Han, letters and figures: nothing in them ends the string.
    return tuple(f'/*{day}*/{_REGISTER}.terms("{day}",{n},"{"".join(part)} ");' for n, part in enumerate(parts))


def story_scripts(issue: Issue) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the text of each story as search shows it."""
    for index, story in enumerate(issue.stories):
        told = {
            "id": story.id,
            "number": issue.number,
            "pages": [page_stem(number) for page in story.pages for number in numbers_of(page)],
            "kicker": story.kicker,
            "headline": story.headline,
            "deck": story.deck,
            "byline": story.byline,
            "text": story.text,
            "keywords": " ".join(story.keywords),
        }
        yield (
            names.search_story(issue.date, index),
            f"{_REGISTER}.story({script_value(issue.date.isoformat())},{index},{script_value(told)});\n".encode(),
        )


def months_script(months: Iterable[str]) -> bytes:
    """Return the list of months that have issues, the newest first."""
    return f"{_REGISTER}.months({script_value(sorted(months, reverse=True))});\n".encode()


def searched_text(story: StoryFacts) -> str:
    """Return all of a story that is searched; parts stand in lines of their own, so that no word reaches over two."""
    parts = (story.kicker, story.headline, story.deck, story.byline, story.text, " ".join(story.keywords))
    return "\n".join(parts)
