"""What a first view costs a reader: bytes over the air, and time on a slow telephone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from visits import KINDS, Reader, Visit, Way

if TYPE_CHECKING:
    from playwright.sync_api import Request

pytestmark = pytest.mark.browser

BYTES = 250_000
"""Of a page's view on a phone, before the large picture."""
SECONDS = 1.0
"""From the asking to the largest thing painted, on this machine, its processor four times slower."""
SLOWED = 4
VISITS = 5

FIRST_PAINTS = """() => new Promise(resolve => {
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
    """What a view has cost: bytes by file, and milliseconds from the asking."""

    bytes: dict[str, int]
    loaded: float
    first: float
    largest: float


def first_view(reader: Reader, name: str) -> View:
    """Open a page with nothing kept from before, wait until all is quiet; return what it has cost."""
    came: list[Request] = []
    reader.page.on("requestfinished", lambda request: came.append(request))
    reader.open(name)
    reader.page.wait_for_load_state("networkidle")
    paints = reader.page.evaluate(FIRST_PAINTS)
    sizes = {request.url.removeprefix(reader.root): request.sizes() for request in came}
    return View({url: s["responseHeadersSize"] + s["responseBodySize"] for url, s in sizes.items()}, **paints)


@pytest.mark.parametrize("kind", ["page", "page-with-feature", "page-corrected"])
@pytest.mark.parametrize("dots", [2, 3])
def test_a_page_on_a_phone_is_small(visit: Visit, kind: str, dots: int) -> None:
    """Without compression: the test's server has none, so that a real one sends less."""
    with visit(Way(phone=True, dots=dots)) as reader:
        view = first_view(reader, KINDS[kind])
        assert any(name.endswith(".webp") for name in view.bytes), "the page's picture is among what came"
        assert sum(view.bytes.values()) <= BYTES, view.bytes


@pytest.mark.parametrize("kind", ["page", "page-with-feature", "story-with-pictures", "year"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_first_view_is_quick_on_a_slow_machine(visit: Visit, kind: str, phone: bool) -> None:
    """The least of some visits counts, each with a browser that has kept nothing: what else the machine does adds."""
    spent: list[float] = []
    while len(spent) < VISITS and not any(time <= SECONDS * 1000 for time in spent):
        with visit(Way(phone=phone, slowed=SLOWED)) as reader:
            view = first_view(reader, KINDS[kind])
            assert 0 < view.first <= view.largest
            spent.append(max(view.loaded, view.largest))
    assert min(spent) <= SECONDS * 1000, spent
