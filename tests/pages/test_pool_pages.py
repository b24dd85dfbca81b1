"""Whole editions from a pool: every story on a page, wishes kept, pages closed, why told; too little and too much."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.auto_pages import write_pool
from tests.support.papers import Run, run, write_paper, write_yaml


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of two pages, the second with an advertisement, and the stories for both."""
    return write_pool(tmp_path_factory.mktemp("pool"), "pool", 2, 0.9)


@pytest.fixture(scope="module")
def planned(pool: Path) -> Run:
    return run("plan", pool, "--json")


def test_every_story_finds_a_page_that_closes(pool: Path, planned: Run) -> None:
    assert planned.code == 0, planned.out
    ended = run("check", pool, "--json")
    assert ended.code == 0, ended.report["diagnostics"]
    assert all(page["closed"] for page in ended.report["pages"])
    shown = ended.report["pool"]
    assert {one["id"]: one["page"] for one in shown} == {
        story["id"]: story["page"] for story in ended.report["stories"] if not story["id"].startswith("reserved")
    }
    assert shown == planned.report["pool"]
    assert {one["page"] for one in shown if one["level"] <= 2} == {"1", "2"}, "each page has a lead"
    assert all(one["why"] and one["why_zh"] for one in shown)


def test_what_is_planned_is_written(pool: Path, planned: Run) -> None:
    before = pool.read_text(encoding="utf-8")
    ended = run("plan", pool, "--write", "1")
    after = pool.read_text(encoding="utf-8")
    pool.write_text(before, encoding="utf-8")
    assert ended.code == 0
    assert "it leads this page" in ended.out
    assert after.replace("\n    page: 1", "").replace("\n    page: 2", "") == before
    assert after.count("page: ") == len(planned.report["pool"])
    assert run("plan", pool, "--write", "2").code == 2
    assert run("plan", write_paper(pool.parent / "none", {"a": COPY})).code == 2


COPY: dict[str, Any] = {"headline": "车间里的课堂", "body": "车间里的灯亮到很晚，工会的热水也一直烧着。" * 30}


def edition(folder: Path, pages: Any, pool: list[dict[str, Any]]) -> Path:
    for number in range(len(pool)):
        write_yaml(folder / "articles" / f"s{number}.yaml", COPY)
    entries = [{"article": f"articles/s{number}.yaml", **one} for number, one in enumerate(pool)]
    paper = {"name": "试排日报", "page_size": "tabloid"}
    return write_yaml(folder / "edition.yaml", {"paper": paper, "date": "2024-01-10", "pages": pages, "pool": entries})


AUTO = {"number": 1, "layout": "auto"}


def test_wishes_are_kept_and_the_pages_made(tmp_path: Path) -> None:
    wishes: list[dict[str, Any]] = [
        {"level": 1, "not_before": 2},
        {"level": 2, "page": "副刊"},
        {"with": "s1"},
        {"level": 1},
    ]
    ended = run("plan", edition(tmp_path, "auto", wishes), "--json")
    page = {one["id"]: one["page"] for one in ended.report["pool"]}
    assert page == {"s0": "2", "s1": "2", "s2": "2", "s3": "1"}
    assert ended.code == 1
    assert "makeup.pool-volume" in {one["code"] for one in ended.report["diagnostics"]}


def test_a_pool_for_more_than_its_page(tmp_path: Path) -> None:
    written = edition(tmp_path, [AUTO], [{"level": 1 + number // 3} for number in range(12)])
    ended = run("plan", written)
    assert ended.code == 0
    assert "makeup.pool-left" in ended.err
    shown = run("plan", written, "--json").report["pool"]
    left = [one["level"] for one in shown if one["page"] is None]
    assert left
    assert min(left) >= max(one["level"] for one in shown if one["page"]), "the least important stay"


@pytest.mark.parametrize("layout", ["feature", "nowhere"])
def test_a_page_that_does_not_lay_itself_out(layout: str, tmp_path: Path) -> None:
    written = edition(tmp_path, [{"number": 1, "layout": layout}], [{"page": "1"}])
    ended = run("check", written, "--json")
    assert ended.code == 3
    [told] = ended.report["diagnostics"]
    assert told["code"] == ("pool.no-page" if layout == "feature" else "layout.unknown")
    assert told["line"]
    assert told["hint"]
