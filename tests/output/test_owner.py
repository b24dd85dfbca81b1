"""An issue's folder belongs to one paper: another one's build and reprint are refused, and nothing is changed."""

import json
from pathlib import Path

import pytest

from tests.support.papers import Built, build_edition, run, write_paper

LEAD = {"headline": "题", "body": "工会服务职工。"}


@pytest.fixture
def ours(tmp_path: Path) -> Built:
    return build_edition(write_paper(tmp_path / "ours", {"lead": LEAD}), tmp_path / "out")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("command", ["build", "reprint"])
@pytest.mark.parametrize("told_by", ["manifest.json", "report.json"])
def test_another_papers_issue_of_the_day_is_refused(ours: Built, tmp_path: Path, command: str, told_by: str) -> None:
    """Folders made before manifests named the paper belong to the paper of their report."""
    if told_by == "report.json":
        manifest = json.loads((ours.folder / "manifest.json").read_bytes())
        del manifest["paper"]
        (ours.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    before = bytes_of(tmp_path / "out")
    theirs = write_paper(tmp_path / "theirs", {"lead": LEAD}, paper={"name": "别家日报"})
    ended = run(command, theirs, "-o", tmp_path / "out", "--json")
    assert ended.code == 2
    (found,) = ended.report["diagnostics"]
    assert found["code"] == "usage.other-paper"
    assert "试排日报" in found["message"]
    assert "别家日报" in found["message_zh"]
    assert "-o" in found["hint"]
    assert bytes_of(tmp_path / "out") == before


def test_reprints_alone_make_a_folder_ours(tmp_path: Path) -> None:
    ours = write_paper(tmp_path / "ours", {"lead": LEAD})
    theirs = write_paper(tmp_path / "theirs", {"lead": LEAD}, paper={"name": "别家日报"})
    assert run("reprint", ours, "-o", tmp_path / "out").code == 0
    assert run("build", theirs, "-o", tmp_path / "out").code == 2
    assert run("build", ours, "-o", tmp_path / "out").code == 0


def test_a_folder_that_says_nothing_is_taken_over(ours: Built) -> None:
    """Its own paper's, with torn files: nobody is locked out of a folder by what cannot be read."""
    for name in ("manifest.json", "report.json"):
        (ours.folder / name).write_text("[", encoding="utf-8")
    assert run("build", ours.source, "-o", ours.folder.parent).code == 0
    assert json.loads((ours.folder / "manifest.json").read_bytes())["paper"] == "试排日报"
