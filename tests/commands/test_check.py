"""`printkit check`: everything there is to tell of an edition, of the good pages beside one that cannot be made."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.papers import Run, run, write_paper, write_yaml

SENTENCE = "车间里的灯亮到很晚，工会的热水也一直烧着。"
LONG: dict[str, Any] = {"headline": "长稿", "body": SENTENCE * 600}


def edition(folder: Path, *layouts: str) -> Path:
    """Write a paper with a page of each layout, each with the same story, which is too long."""
    path = write_paper(folder, {"lead": LONG})
    pages = [
        {"number": str(n), "layout": layout, "stories": [{"article": "articles/lead.yaml", "id": f"s{n}"}]}
        for n, layout in enumerate(layouts, 1)
    ]
    return write_yaml(path, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


def told(ended: Run) -> list[tuple[str, str | None, str | None, str | None]]:
    """Code, page, slot and story of every error, in the order told."""
    errors = [d for d in ended.report["diagnostics"] if d["severity"] == "error"]
    return [(d["code"], d["page"], d["slot"], d["story"]) for d in errors]


OVER = ("makeup.overset", "1", "main", "s1")


@pytest.mark.parametrize("command", [["check"], ["build"]])
def test_a_page_that_cannot_be_made_hides_no_other(command: list[str], tmp_path: Path) -> None:
    path = edition(tmp_path / "paper", "feature", "featur", "feature")
    ended = run(*command, path, "--json", *(["-o", tmp_path / "out"] if command == ["build"] else []))
    assert ended.code == 3
    unknown = ("layout.unknown", "2", None, None)
    assert told(ended) == [unknown, OVER, ("makeup.overset", "3", "main", "s3")]
    assert ended.report["diagnostics"][0]["code"] == "layout.unknown"
    assert [page["number"] for page in ended.report["pages"]] == ["1", "3"]
    assert [story["id"] for story in ended.report["stories"]] == ["s1", "s3"]
    assert ended.report["outputs"] == []
    assert not (tmp_path / "out").exists()


def test_the_terminal_has_both(tmp_path: Path) -> None:
    ended = run("check", edition(tmp_path, "feature", "featur"))
    assert ended.code == 3
    assert [f"error[{code}]" in ended.err for code in ("layout.unknown", "makeup.overset")] == [True, True]


def test_two_pages_that_cannot_be_made_are_both_told(tmp_path: Path) -> None:
    ended = run("check", edition(tmp_path, "featur", "nothing-like-it"), "--json")
    assert ended.code == 3
    assert told(ended) == [("layout.unknown", "1", None, None), ("layout.unknown", "2", None, None)]


def test_an_output_that_is_there_stays_when_a_page_cannot_be_made(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", edition(tmp_path / "paper", "feature", "feature"), "-o", out).code == 1
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert run("build", edition(tmp_path / "paper", "feature", "featur"), "-o", out).code == 3
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_good_pages_alone_end_with_their_findings(tmp_path: Path) -> None:
    ended = run("check", edition(tmp_path, "feature"), "--json")
    assert (ended.code, told(ended)) == (1, [OVER])
