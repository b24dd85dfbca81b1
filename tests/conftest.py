"""What all tests share: the helper modules of tests/pages on the path, and the samples built once a worker."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the benchmarks' generator of copy serves tests too
sys.path.insert(0, str(HERE / "preflight"))  # `press_file` makes PDFs by hand
sys.path.insert(0, str(HERE / "pages"))  # `papers` and `checks` serve tests of other folders too

from papers import Built, build_edition  # noqa: E402  # must follow the path above

SAMPLES = HERE.parent / "samples"


@pytest.fixture(scope="session")
def tabloid(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The four-page sample, built once."""
    return build_edition(SAMPLES / "tabloid/edition.yaml", tmp_path_factory.mktemp("tabloid"))


@pytest.fixture(scope="session")
def broadsheet(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The broadsheet sample, built once."""
    return build_edition(SAMPLES / "broadsheet/edition.yaml", tmp_path_factory.mktemp("broadsheet"))
