"""A paper's e-paper made by the command, served on this machine, and readers who visit it in Chromium.

The site has two issues of the tabloid sample: the newest as it is, but for WeChat's pictures, so that its pages and
reprints are those that other tests look at; one a week older with two pages, a table, hostile copy and names of Han and
blanks, and corrected afterwards. A visit fails where the browser complains, where anything is asked for elsewhere, and
where an address of the site is not there.
"""

import contextlib
import datetime
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import yaml

from benchmarks.first_view import LAUNCH, PHONE
from printkit.diagnostics import ExitCode
from printkit.epaper import names
from printkit.epaper.serve import server
from tests.support.papers import run
from tests.support.shared import Shared

if TYPE_CHECKING:  # `make browser` installs it; the other tests do without
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Playwright, Response

SAMPLE = Path(__file__).parents[2] / "samples/tabloid"
ADDRESS = "https://lanting.example.org/"
NEWEST = datetime.date(2024, 8, 9)
OLDER = datetime.date(2024, 8, 2)
WITHOUT_ISSUE = datetime.date(2024, 8, 6)
CORRECTED = datetime.date(2024, 8, 12)

PATIENCE = 300_000
"""Milliseconds until a state that never comes is a failure; however busy the machine, one that comes is not."""

HAN_STORY = "塔吊-家"
"""A story's id of Han, so that addresses of Han are visited."""
TABLE_STORY = "comment"
HOSTILE_STORY = "hostile"
WORD = "颈椎康复课"
"""Stands in the text of one story, which is `HAN_STORY` in the older issue."""
ONLY_OLDER = "云梯编号"
"""Stands in the older issue alone, in the same story."""
MENDED = "此处原误为三十九人"
"""Came into the older issue with its correction."""

_FOLDER = "数字报 site"
_HOSTILE = {
    "headline": "“引号”'\"&<script>alert(1)</script>",
    "body": "<script>alert(1)</script>与<img src=x onerror=alert(1)>都只是字。"
    + "Donaudampfschifffahrtsgesellschaft" * 4
    + "\n\n]]></script><!-- 也是字，&amp;还是它自己。\n",
}
_TABLE = ("| 驿站 | 夜间人次 | 开门到 |", "|---|--:|---|", "| 苇渡 | 1286 | 23:00 |", "| 石鹭 | 940 | 22:30 |")


@dataclass(frozen=True, slots=True)
class Archive:
    """The site's folder, and where it is served."""

    folder: Path
    served: str

    def address(self, *, from_folder: bool) -> str:
        """Return the site's address with a slash at its end: the server's, or the folder's own."""
        return self.folder.as_uri() + "/" if from_folder else self.served

    def views(self) -> list[str]:
        """Return every page of the site, from its folder; the copy for public accounts is an editor's (test_wechat.py)."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return sorted(name for name in found if f"/{names.WECHAT}/" not in name)


@pytest.fixture(scope="session")
def archive(shared: Shared) -> Iterator[Archive]:
    """Two issues, the older corrected, made by the command and served."""
    folder = shared.made("epaper", _two_issues) / _FOLDER
    running = server(folder, 0)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Archive(folder, f"http://127.0.0.1:{running.server_address[1]}/")
    running.shutdown()
    running.server_close()
    thread.join()


def _two_issues(place: Path) -> None:
    folder, older = place / _FOLDER, place / "上一期 older"
    shutil.copytree(SAMPLE, older)
    _older(older)
    _made(older, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("printkit.commands.site.for_phones", lambda *_: ({}, ()))
        _made(SAMPLE, folder)
    _append(older / "articles/comment.yaml", f"{MENDED}。")
    with pytest.MonkeyPatch.context() as patch:
        stamp = datetime.datetime.combine(CORRECTED, datetime.time(), datetime.UTC).timestamp()
        patch.setenv("SOURCE_DATE_EPOCH", str(int(stamp)))
        _made(older, folder, "--correct")


def _older(folder: Path) -> None:
    """Make the sample the issue of a week before: two of its pages, some of its stories others."""
    articles = folder / "articles"
    (articles / "tower-union.yaml").rename(articles / "楼宇 工会.yaml")
    (articles / "hostile.yaml").write_text(yaml.safe_dump(_HOSTILE, allow_unicode=True), encoding="utf-8")
    _append(articles / "comment.yaml", *_TABLE)
    _append(articles / "楼宇 工会.yaml", f"{ONLY_OLDER}另行公布。")

    def edition(told: dict[str, Any]) -> dict[str, Any]:
        service, feature = told["pages"][1], told["pages"][3]
        for story in service["stories"]:
            if story.get("id") == "tower-union":
                story |= {"article": "articles/楼宇 工会.yaml", "id": HAN_STORY}
            if story.get("id") == "summer-class":
                story |= {"article": "articles/hostile.yaml", "id": HOSTILE_STORY}
        pages = [service | {"number": 1}, feature | {"number": 2}]
        return told | {"date": OLDER.isoformat(), "issue": 1186, "pages": pages}

    _rewrite(folder / "edition.yaml", edition)


def _append(article: Path, *lines: str) -> None:
    """Add a paragraph or a table to an article, whose text is the last of its file."""
    with article.open("a", encoding="utf-8") as file:
        file.writelines(f"  {line}\n" for line in ("", *lines))


def _rewrite(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    told = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # text alone
    path.write_text(yaml.safe_dump(change(told), allow_unicode=True, sort_keys=False), encoding="utf-8")


def _made(edition: Path, folder: Path, *arguments: str) -> None:
    ended = run("site", edition / "edition.yaml", "-o", folder, *arguments)
    assert ended.code in (ExitCode.DONE, ExitCode.FINDINGS), ended.err


@dataclass(frozen=True, slots=True)
class Way:
    """How the site is read."""

    phone: bool = False
    from_folder: bool = False
    script: bool = True
    dark: bool = False
    tablet: bool = False
    dots: int = 3
    """Of a phone's glass for each of the page's pixels."""

    def __str__(self) -> str:
        words = ["phone" if self.phone else "tablet" if self.tablet else "desktop"]
        words += ["file"] if self.from_folder else []
        words += [] if self.script else ["no-script"]
        words += ["dark"] if self.dark else []
        return "-".join(words)

    def settings(self) -> dict[str, Any]:
        """Return the browser's: a window, or a telephone's glass."""
        common = {"locale": "zh-CN", "java_script_enabled": self.script, "accept_downloads": True}
        common |= {"color_scheme": "dark"} if self.dark else {}
        if self.tablet:
            return common | {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
        if self.phone:
            return common | PHONE | {"device_scale_factor": self.dots}
        return common | {"viewport": {"width": 1280, "height": 900}}


WAYS = (Way(), Way(phone=True, from_folder=True))
WITHOUT_SCRIPT = (Way(phone=True, script=False), Way(from_folder=True, script=False))
"""With those of `WAYS` every two of glass, place and scripts meet: what fails by any pair of them fails in one of four."""


@dataclass(slots=True)
class Reader:
    """Someone who reads the site; what the browser has against it is in `faults`."""

    page: "Page"
    archive: Archive
    way: Way
    faults: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    """Addresses that the reader tries though they are not there."""

    @property
    def root(self) -> str:
        """The site's address in this browser."""
        return self.archive.address(from_folder=self.way.from_folder)

    @property
    def at(self) -> str:
        """Where the reader is, from the site's address, without what stands behind `?` and `#`."""
        return str(self.page.url).split("?")[0].split("#")[0].removeprefix(self.root)

    def open(self, name: str) -> None:
        """Go to a page of the site by its name below the folder."""
        self.page.goto(self.root + name)

    def choose(self, what: "Locator") -> None:
        """Touch or click it."""
        if self.way.phone:
            what.tap()
        else:
            what.click()

    def arrive(self, name: str) -> None:
        """Wait until the reader is on a page of the site."""
        self.page.wait_for_url(lambda url: url.split("?")[0].split("#")[0] == self.root + name)

    def watch(self) -> None:
        """Write down what must not happen."""
        page = self.page
        # Functions of their own, for Playwright marks those that it is given, and a method cannot be marked.
        page.on("console", lambda told: self._hear(told))
        page.on("pageerror", lambda error: self._fault("script", str(error), page.url))
        page.on("dialog", lambda dialog: self._dismiss(dialog))
        page.on("request", lambda asked: self._follow(asked.url))
        page.on("response", lambda given: self._weigh(given))

    def _hear(self, told: "ConsoleMessage") -> None:
        if told.type in ("error", "warning"):
            self._fault(told.type, told.text, told.location["url"] or self.page.url)

    def _dismiss(self, dialog: "Dialog") -> None:
        self._fault("dialog", dialog.message, self.page.url)
        dialog.dismiss()

    def _follow(self, address: str) -> None:
        if not address.startswith(self.root):
            self._fault("elsewhere", address, self.page.url)

    def _weigh(self, given: "Response") -> None:
        if given.status >= 400:
            self._fault(str(given.status), given.url, self.page.url)

    def _fault(self, kind: str, told: str, where: str) -> None:
        if where not in self.missing and told not in self.missing:
            self.faults.append(f"{kind}: {told} at {where}")


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """What drives the browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: "Playwright") -> Iterator["Browser"]:
    """One browser for all; each visit has its own cookies and caches."""
    browser = playwright.chromium.launch(**LAUNCH)
    yield browser
    browser.close()


Visit = Callable[[Way], contextlib.AbstractContextManager[Reader]]


@pytest.fixture
def visit(chromium: "Browser", archive: Archive) -> Visit:
    """Return how a reader's visit begins; what the browser complains of fails the test at the visit's end."""
    return lambda way: visiting_with(chromium.new_context(**way.settings()), archive, way)


@pytest.fixture
def visit_to_save(playwright: "Playwright", archive: Archive, tmp_path: Path) -> Visit:
    """Return the visit of a reader whose browser is set to save PDFs; a setting of a browser that is its owner's own."""

    def visiting(way: Way) -> contextlib.AbstractContextManager[Reader]:
        settings = tmp_path / "Default/Preferences"
        settings.parent.mkdir()
        settings.write_text('{"plugins": {"always_open_pdf_externally": true}}', encoding="utf-8")
        context = playwright.chromium.launch_persistent_context(tmp_path, **LAUNCH, **way.settings())
        return visiting_with(context, archive, way)

    return visiting


@contextlib.contextmanager
def visiting_with(context: "BrowserContext", archive: Archive, way: Way) -> Iterator[Reader]:
    """Visit in a window of its own; what the browser complains of is raised at the end."""
    context.set_default_timeout(PATIENCE)
    try:
        reader = Reader(context.new_page(), archive, way)
        reader.watch()
        yield reader
        assert reader.faults == []
    finally:
        context.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages go: `PICTURES`, where somebody wants to look at them."""
    folder = Path(os.environ.get("PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def installed(package: str) -> Path:
    """Return the folder of an npm package that `make browser` has installed beside the tests' Python."""
    return Path(sys.prefix) / "browser/node_modules" / package


KINDS = {
    "page": f"{names.issue_folder(NEWEST)}/01.html",
    "page-with-feature": f"{names.issue_folder(NEWEST)}/04.html",
    "page-corrected": f"{names.issue_folder(OLDER)}/01.html",
    "story": f"{names.issue_folder(NEWEST)}/story/contest.html",
    "story-with-pictures": f"{names.issue_folder(NEWEST)}/story/summer-notes.html",
    "story-with-sections": f"{names.issue_folder(NEWEST)}/story/legal-qa.html",
    "story-with-table": f"{names.issue_folder(OLDER)}/story/{TABLE_STORY}.html",
    "story-hostile": f"{names.issue_folder(OLDER)}/story/{HOSTILE_STORY}.html",
    "year": names.year_view(NEWEST.year),
    "years": names.YEARS,
    "topic": quote(names.topic("column", "服务", f"{NEWEST.year}")),
    "topics": names.year_topics(NEWEST.year),
    "edge": names.next_issue(NEWEST),
    "search": names.SEARCH,
    "search-results": f"{names.SEARCH}?q={WORD}",
    "missing": names.MISSING,
}
"""One of each kind of page, from the site's address. What a server shows for what is not there is no part of a folder."""
