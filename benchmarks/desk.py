"""The desk (`printkit preview`) as an editor feels it, in Chromium: seconds on the clock, beside those that are asked for.

Eight dense pages whose stories have fixed places; what changes is one paragraph. `python -m benchmarks.desk`.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.first_view import DESKTOP, LAUNCH
from benchmarks.generator import write_edition

if TYPE_CHECKING:  # `make bench` installs it; nothing else needs it
    from playwright.sync_api import Browser, Page

_PAGES = 8
_TIMES = 20
_STARTS = 3
_DRAGGED = 200
"""Steps of the mouse, a frame of the screen each."""
_PATIENCE = 300_000
"""Milliseconds after which something is wrong."""
_PRINTKIT = "from printkit.cli import main; main()"

_WATCH = """() => {
  const now = () => performance.timeOrigin + performance.now();
  window.drawn = 0; window.asked = 0; window.told = 0; window.figures = 0;
  new MutationObserver((changes) => {
    for (const change of changes) {
      const image = change.target.querySelector?.(':scope.sheet[data-number="1"] > img');
      if (image?.dataset.state === "ready" && image.naturalWidth >= 1400) window.drawn = now();
      if (change.target.matches?.("form.copy output.fit")) window.told = now();
      if (change.target.closest?.(".ghost")) window.figures += 1;
    }
  }).observe(document.body, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-fit"]});
  document.addEventListener("input", () => (window.asked = now()), true);
}"""


@contextmanager
def _at_work(edition: Path, cache: Path) -> Iterator[tuple[str, float]]:
    """Run the command; give its address, and when it was begun."""
    # Installed packages have their bytecode: so have all others, from their first run on.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONUNBUFFERED": "1", "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-c", _PRINTKIT, "preview", str(edition), "--no-open", "--port", "0"]
    began = time.time()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip(), began
        finally:
            running.send_signal(signal.SIGINT)


def _opened(browser: "Browser", address: str) -> "Page":
    page = browser.new_context(**DESKTOP, bypass_csp=True).new_page()  # Playwright looks into the page by `eval`
    page.add_init_script(f"addEventListener('DOMContentLoaded', {_WATCH})")
    page.set_default_timeout(_PATIENCE)
    page.goto(address)
    page.wait_for_function("window.drawn")
    return page


def _first_page(browser: "Browser", edition: Path, cache: Path) -> float:
    with _at_work(edition, cache) as (address, began):
        page = _opened(browser, address)
        drawn = float(page.evaluate("window.drawn"))
        page.context.close()
    return drawn / 1000 - began


def _saves(page: "Page", story: Path) -> list[float]:
    """Change a paragraph of the first page some times; return the seconds to each picture."""
    text, times = story.read_text(encoding="utf-8"), []
    for number in range(_TIMES + 1):
        page.evaluate("window.drawn = 0")
        new = text.replace("body: |\n  ", f"body: |\n  {chr(0x4E00 + number)}", 1)
        began = time.time()
        story.write_text(new, encoding="utf-8")
        page.wait_for_function("window.drawn")
        times.append(float(page.evaluate("window.drawn")) / 1000 - began)
        page.locator("#status[data-state=ready]").wait_for()
    return times[1:]


def _keys(page: "Page") -> list[float]:
    page.locator('[data-number="1"] [data-story]').nth(1).dispatch_event("click")
    page.locator('textarea[name="body"]').focus()
    times = []
    for _ in range(_TIMES + 1):
        page.evaluate("window.told = 0")
        page.keyboard.insert_text("水")
        page.wait_for_function("window.told")
        times.append(float(page.evaluate("window.told - window.asked")) / 1000)
    page.keyboard.press("Control+z")
    return times[1:]


def _drag(page: "Page") -> float:
    """Drag a story over its page; return the seconds that each figure took."""
    box = page.locator('[data-number="1"] [data-story]').nth(1).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    began = time.time()
    for step in range(_DRAGGED):
        page.mouse.move(x - step % 97, y + step % 89)
        page.wait_for_timeout(1000 / 60)
    seconds, figures = time.time() - began, int(page.evaluate("window.figures"))
    page.keyboard.press("Escape")
    page.mouse.up()
    return seconds / figures


def desk_rows(folder: Path) -> list[tuple[str, float, float]]:
    """Return what each of the desk's tasks took, and what is asked for."""
    from playwright.sync_api import sync_playwright

    edition, cache = write_edition(folder / "desk", _PAGES), folder / "cache"

    def cold() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        return _first_page(browser, edition, cache)

    def median_of(task: Callable[[], float]) -> float:
        return statistics.median(task() for _ in range(_STARTS))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        rows = [("start of the command to the first page, nothing kept", median_of(cold), 1.5)]
        with _at_work(edition, cache) as (address, _):
            page = _opened(browser, address)
            page.locator("#status[data-state=ready]").wait_for()
            saves = _saves(page, edition.parent / "articles/p1s1.yaml")
            rows.append(("save of a paragraph to the decoded picture, median", statistics.median(saves), 0.5))
            rows.append(("a key in the copy to its figures, median", statistics.median(_keys(page)), 0.15))
            rows.append(("a figure while dragging", _drag(page), 0.1))
        again = median_of(lambda: _first_page(browser, edition, cache))  # by now all pages are kept
        rows.insert(1, ("start of the command to the first page, pages kept", again, 1.5))
        browser.close()
    return rows


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{f'the desk, {_PAGES} dense pages':<64} {'s':>8} {'asked':>8} {'/ asked':>8}")
        for name, seconds, asked in desk_rows(Path(folder)):
            print(f"{name:<64} {seconds:>8.3f} {asked:>8.2f} {seconds / asked:>8.2f}")


if __name__ == "__main__":
    main()
