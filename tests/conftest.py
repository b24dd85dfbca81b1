"""What all tests share: a cache of their own, and the samples built once a worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.issues import MadeIssue, make_issue
from tests.support.papers import Built, build_edition

pytest_plugins = ("tests.support.visits",)
# The suite is the same every time, on a machine of any speed; `--hypothesis-profile=search` looks for what is new.
_ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", _ANY_SPEED)
settings.register_profile("same", _ANY_SPEED, derandomize=True, database=None)
settings.load_profile("same")

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep made pictures out of the cache of whoever runs the tests; the runs share one, as a user's do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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
