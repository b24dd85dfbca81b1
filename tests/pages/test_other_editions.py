"""The samples' other editions, which no fixture builds: the model layouts in broadsheet, an automatic page, a strip of ads."""

import re
from pathlib import Path

import pytest

from tests.support.papers import run

SAMPLES = Path(__file__).parents[2] / "samples"
MOST_WHITE = 0.005
"""Share of a page on which nothing stands, beside the margins and the lines between stories."""

LAYOUTS = {
    "broadsheet/weekend": ["front-b", "inside-b", "service", "supplement", "pictures"],
    "tabloid/more": ["auto", "inside-ad"],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_page_closes_and_nothing_of_weight_is_told(name: str) -> None:
    edition = SAMPLES / f"{name}.yaml"
    assert re.findall(r"(?:版式|layout): (\S+)", edition.read_text(encoding="utf-8")) == LAYOUTS[name]
    checked = run("check", edition, "--json")
    assert checked.code == 0
    told = checked.report["diagnostics"]
    assert [d["message"] for d in told if d["severity"] in ("error", "warning")] == []
    assert all(page["closed"] for page in checked.report["pages"])
    assert max(page["white_share"] for page in checked.report["pages"]) <= MOST_WHITE
