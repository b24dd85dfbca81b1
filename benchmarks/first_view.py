"""What a first view of the e-paper costs a reader, in Chromium: bytes over the air, and time on a slow machine."""

import datetime
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printkit.commands.site import Options, site
from printkit.epaper.serve import server

if TYPE_CHECKING:  # `make bench` and `make browser` install it; nothing else needs it
    from playwright.sync_api import Page, Request

BYTES = 250_000
"""That a page's view may have on a phone, before the large picture."""
SECONDS = 1.0
"""Until the largest thing is painted, on this machine made `SLOWED` times slower."""
SLOWED = 4
VISITS = 5
"""Of which the quickest counts: what else the machine does only adds."""

LAUNCH: dict[str, Any] = {
    "executable_path": shutil.which("chromium-headless-shell") or "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
    ],
}
"""Debian's Chromium, which asks nobody for anything; without the windows of its own, where the system has that."""
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
KINDS = {
    "page": "{issue}/01.html",
    "page with a feature": "{issue}/04.html",
    "story with pictures": "{issue}/story/summer-notes.html",
    "year": "archive/2024.html",
}
"""The views of the tabloid sample's site whose time is told."""

_PICTURED = """Promise.all([...document.images]
  .filter(image => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
  .map(image => image.decode()))"""
_PAINTS = """() => new Promise(resolve => {
  const told = {loaded: 0, first: 0, largest: 0};
  new PerformanceObserver(list => { for (const e of list.getEntries()) told.largest = e.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  requestAnimationFrame(() => setTimeout(() => {
    told.loaded = performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
    for (const e of performance.getEntriesByType("paint")) told.first = Math.max(told.first, e.startTime);
    resolve(told);
  }, 100));
})"""


@dataclass(frozen=True, slots=True)
class View:
    """What a view has cost: bytes by address, and milliseconds from the asking."""

    sizes: Mapping[str, int]
    loaded: float
    first: float
    largest: float

    @property
    def bytes(self) -> int:
        """All that came, headers too."""
        return sum(self.sizes.values())

    @property
    def seconds(self) -> float:
        """Until the page can be read and its largest part is painted."""
        return max(self.loaded, self.largest) / 1000


def first_view(page: "Page", address: str) -> View:
    """Open an address in a page that has kept nothing, wait until all pictures that are seen are there; return what it has cost."""
    came: list[Request] = []
    page.on("requestfinished", lambda request: came.append(request))
    page.goto(address)
    page.evaluate(_PICTURED)
    paints = page.evaluate(_PAINTS)
    sizes = {request.url: request.sizes() for request in came}
    return View({url: s["responseHeadersSize"] + s["responseBodySize"] for url, s in sizes.items()}, **paints)


def first_views(edition: Path, out: Path) -> dict[str, View]:
    """Make an edition's e-paper; return the quickest of several first views of each kind of page, on a slow machine."""
    from playwright.sync_api import sync_playwright

    added = site([edition], Options(out, datetime.date(2024, 1, 1))).added[0]
    running = server(out, 0)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    served = f"http://127.0.0.1:{running.server_address[1]}/"
    found: dict[str, View] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        for name, address in KINDS.items():
            for reader, settings in (("phone", PHONE), ("desktop", DESKTOP)):
                views = []
                for _ in range(VISITS):
                    context = browser.new_context(**settings)
                    page = context.new_page()
                    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
                    views.append(first_view(page, served + address.format(issue=added.folder)))
                    context.close()
                found[f"{name}, {reader}"] = min(views, key=lambda view: view.seconds)
        browser.close()
    running.shutdown()
    running.server_close()
    thread.join()
    return found
