"""Every address of the site for search engines (sitemaps.org 0.9): an index, and a file a year.

A file may have 50,000 addresses; a year of a daily paper of eight pages has about 18,000. A year's file has a line
an issue, so that adding one looks at no other.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from printkit.epaper import names
from printkit.epaper.folder.dated_lines import with_line
from printkit.epaper.folder.register import Year
from printkit.epaper.issue.facts import Issue
from printkit.epaper.issue.handover import SiteAbout

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_NAMESPACE}">\n'
_TAIL = "</urlset>\n"


def with_issue(sitemap: str, issue: Issue, about: SiteAbout) -> bytes:
    """Return a year's site map with an issue's addresses."""
    pages = [names.page_view(page.number) for page in issue.pages]
    stories = [names.story_view(story.id) for story in issue.stories]
    changed = max((revision.date for revision in issue.revisions), default=issue.date.isoformat())
    urls = "".join(
        f"<url><loc>{escape(names.address(about.address, issue.date, view))}</loc><lastmod>{changed}</lastmod></url>"
        for view in (*pages, *stories)
    )
    line = f"<!--{issue.date.isoformat()}-->{urls}"
    return with_line(sitemap, issue.date, line, head=_HEAD, tail=_TAIL).encode()


def index(years: Mapping[int, Year], about: SiteAbout) -> bytes:
    """Return the list of the years' site maps."""
    told = "".join(
        f"<sitemap><loc>{escape(about.address + names.year_sitemap(year))}</loc>"
        f"<lastmod>{years[year].changed}</lastmod></sitemap>\n"
        for year in sorted(years)
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n'
    return f"{head}{told}</sitemapindex>\n".encode()
