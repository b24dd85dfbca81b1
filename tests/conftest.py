"""What all tests share: the helper modules of tests/pages on the path, and the samples built once a worker."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the benchmarks' generator of copy serves tests too
sys.path.insert(0, str(HERE / "preflight"))  # `press_file` makes PDFs by hand
sys.path.insert(0, str(HERE / "epaper"))  # `sites` makes small sites
sys.path.insert(0, str(HERE / "browser"))  # `visits` has readers with a browser
sys.path.insert(0, str(HERE / "pages"))  # `papers` and `checks` serve tests of other folders too
sys.path.insert(0, str(HERE / "epaper"))  # `issues` makes an edition's files for the site

from issues import MadeIssue, make_issue  # noqa: E402  # as below
from papers import Built, build_edition  # noqa: E402  # must follow the path above

pytest_plugins = ("visits",)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep made pictures out of the cache of whoever runs the tests; the runs share one, as a user's do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


SAMPLES = HERE.parent / "samples"


@pytest.fixture(scope="session")
def tabloid(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The four-page sample, built once."""
    return build_edition(SAMPLES / "tabloid/edition.yaml", tmp_path_factory.mktemp("tabloid"))


@pytest.fixture(scope="session")
def broadsheet(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The broadsheet sample, built once."""
    return build_edition(SAMPLES / "broadsheet/edition.yaml", tmp_path_factory.mktemp("broadsheet"))


@pytest.fixture(scope="session")
def tabloid_issue() -> MadeIssue:
    """The four-page sample as the site's folder holds it: a jump, a table, wrapped portraits, a group, an ad."""
    return make_issue(SAMPLES / "tabloid/edition.yaml")


@pytest.fixture(scope="session")
def broadsheet_issue() -> MadeIssue:
    """The broadsheet sample as the site's folder holds it: one story in sections."""
    return make_issue(SAMPLES / "broadsheet/edition.yaml")
