"""Where everything of the site stands. These names never change: offices' scripts and old links depend on them.

2024/01/10/                 one issue
    index.html              leads to the first page's view
    01.html                 a page's view: picture, hot areas, list of stories
    story/ID.html           a story's view; ID as in print, PDF and feed
    2024-01-10.pdf          the edition; 2024-01-10-01.pdf a page
    2024-01-10.epub         the edition for reading programs; 2024-01-10-large.epub in large type
    2024-01-10-printed.pdf  of a corrected issue the edition as it was printed; 2024-01-10-01-printed.pdf a page
    2024-01-10-clips.pdf    all stories as reprints for the board; clip/ID.pdf one, clip/briefs.01.pdf a page's briefs
    2024-01-10-large.pdf    all stories in large type; large/ID.pdf one
    wechat/ID/              for WeChat: long-1.jpg … (长图), card.jpg and square.jpg (头图、方图), article.html (公众号文稿)
    picture/01-480.webp     a page's picture, three widths, each also .jpg
    picture/01-tile-2-1.webp  a piece of the page as large as its type asks for: third row, second column
    pages.js                all its pages with their hot areas, for the full view
    media/…                 the stories' own pictures
    issue.json              the issue's facts; manifest.json size and SHA-256 of every file
pack/2024-01-10.zip         the issue for an office's archive
latest/                     leads to the newest issue; latest.json names its files for scripts
archive/index.html          the years
archive/2024.html           the days of a year; 2024.json its issues with the hashes of their manifests and packs
archive/2024-01-10/         previous.html and next.html lead from an issue to those beside it; issues.js names them
topic/2024.html             the year's columns, authors and keywords; topic/author/甲某-2024.html one's stories
search/index.html           search; search/2024-01/ what it finds in the issues of a month
feed.xml, feed.json         the newest stories; sitemap.xml and sitemap-2024.xml every address
404.html, robots.txt        for the server; favicon.ico and apple-touch-icon.png for browsers that ask for these names
offline.js                  keeps the last issues in the browser, where the paper wants that
site.json                   whose site this is; manifest.json the years with their hashes
"""

import datetime
import hashlib
import re
from urllib.parse import quote

from printkit.model.edition import page_stem

ISSUE_FACTS = "issue.json"
MANIFEST = "manifest.json"
FRONT = "index.html"
MARKER = "site.json"
LATEST = "latest/index.html"
LATEST_FACTS = "latest/latest.json"
YEARS = "archive/index.html"
YEARS_SCRIPT = "archive/years.js"
SEARCH = "search/index.html"
MONTHS_SCRIPT = "search/months.js"
ATOM_FEED = "feed.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
MISSING = "404.html"
ROBOTS = "robots.txt"
FAVICON = "favicon.ico"
TOUCH_ICON = "apple-touch-icon.png"
PAGES_SCRIPT = "pages.js"
WORKER = "offline.js"

_HASH = 12
"""Hexadecimal digits of a name: enough that no two states of a file ever share it."""

_LONGEST_NAME = 120
"""Bytes of a name on a reader's disk."""

_NOT_IN_NAMES = re.compile('[\x00-\x1f\x7f/\\\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
"""What Windows forbids, and what is not seen or turns a name round."""

_PLAIN_CHARACTER = re.compile("[0-9\u4e00-\u9fff]")
_PLAIN_NAME = re.compile(f"{_PLAIN_CHARACTER.pattern}{{1,40}}")

PICTURE_WIDTHS = (480, 960, 1920)
"""Widths of a page's pictures in pixels: a phone's list, a page's view, the large picture."""
THUMBNAIL_WIDTH = 144
"""Of the pages in the strip under a page's view; a strip of sixteen stays below what one large picture takes."""


def issue_folder(date: datetime.date) -> str:
    """Return the issue's folder below the site's."""
    return f"{date:%Y/%m/%d}"


def page_view(number: str) -> str:
    """Name a page's view in its issue's folder."""
    return f"{page_stem(number)}.html"


def story_view(story: str) -> str:
    """Name a story's view in its issue's folder."""
    return f"story/{story}.html"


def edition_pdf(date: datetime.date) -> str:
    """Name the edition's PDF in its issue's folder."""
    return f"{date.isoformat()}.pdf"


def edition_epub(date: datetime.date, *, large: bool = False) -> str:
    """Name the edition's EPUB in its issue's folder."""
    return f"{date.isoformat()}{'-large' if large else ''}.epub"


def page_pdf(date: datetime.date, number: str) -> str:
    """Name a page's PDF in its issue's folder."""
    return f"{date.isoformat()}-{page_stem(number)}.pdf"


def printed_pdf(pdf: str) -> str:
    """Name an edition's or a page's PDF as it was printed, beside the corrected one."""
    return f"{pdf.removesuffix('.pdf')}-printed.pdf"


def is_printed_pdf(name: str) -> bool:
    """Say whether a file of an issue's folder is such a PDF; a story's reprint may be called alike."""
    return name.endswith("-printed.pdf") and "/" not in name


def reprint_folder(*, large: bool = False) -> str:
    """Name the folder of the reprints in an issue's folder."""
    return "large" if large else "clip"


def reprint_pdf(story: str, *, large: bool = False) -> str:
    """Name a story's reprint in its issue's folder."""
    return f"{reprint_folder(large=large)}/{story}.pdf"


def briefs(number: str) -> str:
    """Name the sheet of a page's briefs as a story is named; no id has a full stop, so it is no story's."""
    return f"briefs.{page_stem(number)}"


def reprints_pdf(date: datetime.date, *, large: bool = False) -> str:
    """Name the file of all reprints in its issue's folder."""
    return f"{date.isoformat()}-{'large' if large else 'clips'}.pdf"


WECHAT = "wechat"
"""The folder of what is sent by WeChat, in an issue's folder."""


def long_picture(story: str, part: int) -> str:
    """Name a part, from 1, of a story's long picture in its issue's folder."""
    return f"{WECHAT}/{story}/long-{part}.jpg"


def card(story: str, *, square: bool = False) -> str:
    """Name the picture of a story's title in its issue's folder."""
    return f"{WECHAT}/{story}/{'square' if square else 'card'}.jpg"


def account_article(story: str) -> str:
    """Name a story's copy for the editor of a public account in its issue's folder."""
    return f"{WECHAT}/{story}/article.html"


def page_picture(number: str, width: int, suffix: str = "webp") -> str:
    """Name a page's picture in its issue's folder."""
    return f"picture/{page_stem(number)}-{width}.{suffix}"


def page_tile(number: str, row: int, column: int) -> str:
    """Name a piece of a page as large as its type asks for, in its issue's folder."""
    return f"picture/{page_stem(number)}-tile-{row}-{column}.webp"


def shared_picture(story: str) -> str:
    """Name the picture that is shown where a story is shared, in its issue's folder."""
    return f"media/{story}-share.jpg"


def pack(date: datetime.date) -> str:
    """Name the office pack in the site's folder."""
    return f"pack/{date.isoformat()}.zip"


def year_view(year: int) -> str:
    """Name the view of a year's issues in the site's folder."""
    return f"archive/{year:04}.html"


def year_facts(year: int) -> str:
    """Name the list of a year's issues, with the hashes of their manifests, in the site's folder."""
    return f"archive/{year:04}.json"


def year_script(year: int) -> str:
    """Name the days of a year as the site's scripts load them."""
    return f"archive/{year:04}.js"


def previous_issue(date: datetime.date) -> str:
    """Name what leads to the issue before one, in the site's folder: it is known when that one is added."""
    return f"archive/{date.isoformat()}/previous.html"


def next_issue(date: datetime.date) -> str:
    """Name what leads to the issue after one, in the site's folder."""
    return f"archive/{date.isoformat()}/next.html"


def neighbours_script(date: datetime.date) -> str:
    """Name what tells the views of an issue which issues are beside it."""
    return f"archive/{date.isoformat()}/issues.js"


def year_topics(year: int) -> str:
    """Name the view of a year's columns, authors and keywords in the site's folder."""
    return f"topic/{year:04}.html"


def year_topic_facts(year: int) -> str:
    """Name the list of a year's stories from which the views of topics are made, a line an issue."""
    return f"topic/{year:04}.jsonl"


def topic(kind: str, called: str, year: str) -> str:
    """Name the view of a column's, an author's or a keyword's stories of a year in the site's folder.

    A short name of Han and figures is itself; any other has its hash, since disks tell neither capitals nor marks apart.
    `year` may be a pattern of `glob`: nothing else in the name is one.
    """
    stem = called
    if not _PLAIN_NAME.fullmatch(called):
        stem = f"{''.join(_PLAIN_CHARACTER.findall(called))[:20]}-{hashlib.sha256(called.encode()).hexdigest()[:_HASH]}"
    return f"topic/{kind}/{stem}-{year}.html"


def year_sitemap(year: int) -> str:
    """Name the addresses of a year for search engines."""
    return f"sitemap-{year:04}.xml"


def search_shard(date: datetime.date, shard: int) -> str:
    """Name a part of the search index of the issue's month."""
    return f"search/{date:%Y-%m}/{shard:02x}.js"


def search_story(date: datetime.date, index: int) -> str:
    """Name the text of an issue's story, by its place among them, as search loads it."""
    return f"search/{date:%Y-%m}/{date:%d}/{index}.js"


def address(site: str, date: datetime.date, path: str) -> str:
    """Return the full address of a file of an issue; empty where it is not known where the site stands."""
    return f"{site}{issue_folder(date)}/{quote(path)}" if site else ""


def saved_name(*words: str, suffix: str) -> str:
    """Name a file as a reader's disk has it: words, what no system allows in a name left out, at most 120 bytes.

    Addresses on the web stay as they are. Windows forbids the marks and ends no name with a full stop; ext4 holds 255
    bytes, but folders of offices that are packed and sent on lengthen names.
    """
    told = " ".join(_NOT_IN_NAMES.sub(" ", " ".join(filter(None, words))).split())
    room = _LONGEST_NAME - len(suffix.encode())
    return told.encode()[:room].decode(errors="ignore").rstrip(" .") + suffix


def asset(stem: str, kind: str, data: bytes) -> str:
    """Name a script, a style or an icon in the site's folder by its content: it never changes under its address."""
    return f"assets/{stem}-{hashlib.sha256(data).hexdigest()[:_HASH]}.{kind}"
