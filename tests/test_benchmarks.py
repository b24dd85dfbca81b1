"""What `make bench` compares: the same copy for every engine, and rows with rows."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import whole
from benchmarks.generator import write_edition
from benchmarks.peers import Places, columns_html, typst
from benchmarks.whole import PRINTKIT, Row, table, worse
from printkit.pipeline.run import Run

ROWS = [Row(8, "WeasyPrint's columns", 2.0, 2.1, 200, 900, 1.0), Row(8, PRINTKIT, 1.0, 1.4, 300, 480, 0.5)]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(tmp_path_factory.mktemp("places"))


def test_every_engine_sets_the_same_copy(places: Places, tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition", 2)
    html, markup = columns_html(edition, places), typst(edition, places, tmp_path)
    for page in Run().read(edition).edition.pages:
        for paragraph in (p for story in page.stories for p in story.article.body):
            assert paragraph.text in html
            assert paragraph.text in markup
    assert html.count("<main>") == markup.count("#pagebreak()") + 1 == 2
    assert html.count("<img") == markup.count("#image") == 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ratio": 0.57}, 0),
        ({"ratio": 0.58}, 1),
        ({"megabytes": 400, "kilobytes": 600}, 2),
        ({"seconds": 9.0}, 0),  # of another machine, or a busy one
    ],
)
def test_a_row_is_compared_by_what_holds_on_any_machine(change: dict[str, float], told: int) -> None:
    now = [ROWS[0], replace(ROWS[1], **change)]  # type: ignore[arg-type]  # names and numbers of a row
    assert len(worse(now, ROWS)) == told
    assert worse(now, []) == []


def test_both_readmes_have_a_place_for_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        (tmp_path / name).write_bytes((Path(whole.__file__).parents[1] / name).read_bytes())
    monkeypatch.setattr(whole, "_ROOT", tmp_path)
    whole.write_readmes(ROWS, "2024-01-10")
    for name in ("README.md", "README.zh-CN.md"):
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert f"2024-01-10\n\n{table(ROWS)}<!-- /bench -->" in written
