"""What all tests share: samples made once a session, a cache and a user's settings of their own, one order of work."""

import gc
import itertools
import json
import locale
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from xdist.scheduler import LoadScopeScheduling

from tests.support.elsewhere import make_elsewhere
from tests.support.issues import MadeIssue, make_issue
from tests.support.measuring import measured_once
from tests.support.papers import SESSION_CACHE, Built, build_edition, in_session_cache
from tests.support.shared import Shared

pytest_plugins = ("tests.support.visits",)
# The suite is the same every time, on a machine of any speed; `--hypothesis-profile=search` looks for what is new.
_ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What is found is made small and shown, not explained, which takes whole builds minutes.
settings.register_profile("search", _ANY_SPEED, phases=[Phase.reuse, Phase.generate, Phase.shrink])
settings.register_profile("same", _ANY_SPEED, derandomize=True, database=None)
settings.load_profile("same")

SAMPLES = Path(__file__).parents[1] / "samples"

# --- who runs what ------------------------------------------------------------------------------------

_VISITS = "tests/browser/test_visits.py"
_ISSUES = (
    "tests/epaper/issue/test_views.py",
    "tests/epaper/issue/test_hot_areas.py",
    "tests/epaper/issue/test_epub.py",
    "tests/epaper/issue/test_wechat.py",
)
LONGEST = (f"{_VISITS} desktop", "tests/commands/test_site.py", "tests/pages/test_auto_pages.py", "tests/pages/test_spreads.py",
           "tests/pages/test_picture_pages.py", f"{_VISITS} phone", "tests/commands/test_reprint.py",
           "tests/browser/test_standards.py", _ISSUES[0], "tests/epaper/test_search_page.py", "tests/pdf/test_judges.py",
           "tests/preview/test_server.py", "tests/pdf/test_verapdf.py", "tests/pages/test_samples.py")  # fmt: skip
"""What is begun first, so that no worker has a long piece left when the others are done; a browser's beside others, and what
looks at the tabloid's pages when the site is there, for which they are made."""


def _piece(nodeid: str) -> str:
    """Return what a test is handed out with: its file; of the longest file those with the same reader."""
    file, _, test = nodeid.partition("::")
    if file == _VISITS:
        return f"{file} {'phone' if '[phone' in test else 'desktop'}"
    return _ISSUES[0] if file in _ISSUES else file  # they share what is made in a worker's memory


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let each worker begin with other files: pytest rewrites a file's asserts, and the others find it rewritten."""
    found = yield
    own = getattr(collector.config, "workerinput", None)
    if own and isinstance(collector, pytest.Directory) and found.passed:
        first = len(found.result) * int(own["workerid"].removeprefix("gw")) // own["workercount"]
        found.result = [*found.result[first:], *found.result[:first]]
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest pieces first, and all in one order, whichever a worker has collected first."""
    places = {piece: place for place, piece in enumerate(LONGEST)}
    items.sort(key=lambda item: (places.get(_piece(item.nodeid), len(LONGEST)), item.path))


class ByPiece(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist publishes no types
    """Hands out whole pieces, in the order of collection."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return _piece(nodeid)

    def remove_node(self, node: Any) -> str | None:
        """Fail the test in which a worker dies, once, and leave others what it had before it: the base begins it again."""
        pieces = self.assigned_work[node]
        died_in = next((test for tests in pieces.values() for test, done in tests.items() if not done), None)
        if died_in is not None:
            pieces[_piece(died_in)][died_in] = True
        self.assigned_work[node] = {piece: tests for piece, tests in pieces.items() if not all(tests.values())}
        super().remove_node(node)
        return died_in

    def schedule(self) -> None:
        """Give a worker that comes later its piece, and say whether it is the last: it waits with a piece's end for that."""
        super().schedule()
        super().schedule()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPiece:
    """Let pytest-xdist hand out the tests so."""
    return ByPiece(config, log)


def pytest_collection_finish() -> None:
    """Leave what is loaded out of every search for garbage: a worker holds the suite, two libraries and a browser."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


# --- nothing of one test reaches another --------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _session_cache(shared: Shared) -> Iterator[None]:
    """Keep what fixtures of many tests make out of the cache of whoever runs the tests; a worker is one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRINTKIT_JOBS", "1")
        patch.setenv("PRINTKIT_KEEP", "256")
        patch.setenv("XDG_CACHE_HOME", str(shared.cache))
        patch.setenv(SESSION_CACHE, str(shared.cache))
        # Wait for no disk: nobody pulls the plug here, and tests that do so make a disk of their own.
        patch.setattr(os, "sync", lambda: None)
        patch.setattr(os, "fsync", lambda _handle: None)
        patch.setattr("printkit.pipeline.measure._measured", measured_once())
        yield


_NUMBERS = itertools.count()


@pytest.fixture(autouse=True)
def _own_cache(
    _nothing_is_left: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give each test a cache of its own, which is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / f"cache-{next(_NUMBERS)}"))


@pytest.fixture
def pictured_once(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the site's pictures of pages once that are the same byte for byte: they are half of what a small issue costs."""
    monkeypatch.setattr("printkit.pipeline.run.default_folder", lambda: shared.cache / "pictures-of-tests")


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no pages from run to run, so that what must come out twice alike is made twice."""
    monkeypatch.setenv("PRINTKIT_KEEP", "0")


@pytest.fixture
def _nothing_is_left() -> Iterator[None]:
    """Fail the test that leaves another environment, folder or locale behind."""
    before = _surroundings()
    yield
    assert _surroundings() == before


def _surroundings() -> tuple[dict[str, str], str, str]:
    # FC_LANG is set once a process, when WeasyPrint is loaded (`render.engine`).
    own = ("PYTEST_CURRENT_TEST", "FC_LANG")
    given = {name: value for name, value in os.environ.items() if name not in own}
    return given, str(Path.cwd()), locale.setlocale(locale.LC_ALL)


# --- made once a session ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What all workers of this session have in common; each has a folder of its own beside it."""
    own = tmp_path_factory.getbasetemp()
    return Shared((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared")


@pytest.fixture(scope="session")
def tabloid(shared: Shared) -> Built:
    """The four-page sample in every variant."""
    return _built(shared, "tabloid")


@pytest.fixture(scope="session")
def broadsheet(shared: Shared) -> Built:
    """The broadsheet sample in every variant."""
    return _built(shared, "broadsheet")


@pytest.fixture(scope="session")
def weekly(shared: Shared) -> Built:
    """The eight pages of the weekly for the web and the archive."""
    return _built(shared, "weekly", "web,archive")


def _built(shared: Shared, name: str, variants: str = "web,print,archive") -> Built:
    source = SAMPLES / name / "edition.yaml"

    def make(place: Path) -> None:
        with in_session_cache():
            built = build_edition(source, place / "out", "--for", variants)
        (place / "told.json").write_text(json.dumps([built.code, built.folder.name, built.report]), encoding="utf-8")

    place = shared.made(name, make)
    code, folder, report = json.loads((place / "told.json").read_bytes())
    return Built(source, code, place / "out" / folder, report)


@pytest.fixture(scope="session")
def elsewhere(shared: Shared) -> Path:
    """The folder of what was made of the samples far from here, once, for all tests of the same bytes."""
    return shared.made("elsewhere", make_elsewhere) / "with blanks 与汉字/out"


@pytest.fixture(scope="session")
def tabloid_issue() -> MadeIssue:
    """The four-page sample as the site's folder holds it: a jump, a table, wrapped portraits, a group, an ad."""
    with in_session_cache():
        return make_issue(SAMPLES / "tabloid/edition.yaml")


@pytest.fixture(scope="session")
def broadsheet_issue() -> MadeIssue:
    """The broadsheet sample as the site's folder holds it: one story in sections."""
    with in_session_cache():
        return make_issue(SAMPLES / "broadsheet/edition.yaml")
