"""The weekly sample: eight pages in the model layouts, with all that papers print; built once for all tests."""

from pathlib import Path

from tests.support.checks import pdfium_text
from tests.support.papers import Built, build_edition

MOST_WHITE = 0.005
"""Share of a page on which nothing stands, beside the margins and the lines between stories."""


def test_nothing_of_weight_is_told(weekly: Built) -> None:
    assert weekly.code == 0
    assert [d["message"] for d in weekly.report["diagnostics"] if d["severity"] in ("error", "warning")] == []


def test_every_page_closes(weekly: Built) -> None:
    open_pages = {p["number"]: (p["over_lines"], p["under_lines"]) for p in weekly.report["pages"] if not p["closed"]}
    assert open_pages == {}
    assert max(page["white_share"] for page in weekly.report["pages"]) <= MOST_WHITE


def test_an_infographic_keeps_its_words(weekly: Built, tmp_path: Path) -> None:
    """They stand nowhere else on its page."""
    pressed = build_edition(weekly.source, tmp_path / "out", "--for", "print", "--page", "04-05")
    for file in (weekly.pdf("04-05"), pressed.folder / "print/04-05.pdf"):
        text = pdfium_text(file)
        assert all(word in text for word in ("塔吊司机", "当夜过灯桩")), file
