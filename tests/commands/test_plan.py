"""The ways to lay a page out: different, ranked, drawn on one sheet; one is written into the edition and builds so."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from benchmarks.auto_pages import seeded
from printkit.commands import plan
from printkit.makeup.page.laid import Laid
from printkit.model.edition import Place
from printkit.model.story_look import Columns, StoryLook
from printkit.pipeline.assign import assigned_pages
from printkit.pipeline.run import Run
from tests.support.papers import build_edition, run, write_paper
from tests.support.setting import WHERE


def test_candidates_differ_and_one_is_kept(tmp_path: Path) -> None:
    seeded(tmp_path, 1)
    source = tmp_path / "edition.yaml"
    source.write_text("# 本期\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    ended = run("plan", source, "--page", "2", "--candidates", "3", "--write", "2", "-o", tmp_path / "out", "--json")
    assert ended.code == 0, ended.out
    found = ended.report["candidates"]
    assert [one["number"] for one in found] == [1, 2, 3]
    assert [one["cost"] for one in found] == sorted(one["cost"] for one in found)
    assert all(one["closed"] for one in found)
    places = [{story["id"]: story["at"] for story in one["stories"]} for one in found]
    for index, one in enumerate(places):
        for other in places[:index]:
            moved = [
                name
                for name in one
                if one[name]["column"] != other[name]["column"] or one[name]["columns"] != other[name]["columns"]
            ]
            assert len(moved) >= 2
    sheet = Image.open(io.BytesIO(Path(ended.report["sheet"]).read_bytes()))
    assert sheet.width > 3 * 500
    text = source.read_text(encoding="utf-8")
    assert text.startswith("# 本期\n")
    assert text.count("at: {") == len(places[1])
    built = build_edition(source, tmp_path / "out")
    assert built.code == 0
    assert built.page("2")["closed"]
    assert built.page("2")["makeup"]["rules"] == found[1]["rules"]
    again = run("plan", source, "--page", "2", "-o", tmp_path / "out", "--json")
    assert again.code == 2
    assert again.report["diagnostics"][0]["code"] == "usage.nothing-to-place"


def test_a_page_that_cannot_close_has_one_candidate(tmp_path: Path) -> None:
    copy = {"headline": "车间里的课堂", "body": "车间里的灯亮到很晚。" * 30}
    source = write_paper(tmp_path, {"a": copy}, layout="auto", stories=[{"article": "articles/a.yaml"}])
    ended = run("plan", source, "--page", "1", "-o", tmp_path / "out")
    assert ended.code == 1
    assert "does not close" in ended.out
    assert f"page 1 · {source}:6:11: pages[0].layout: error[makeup.page-not-closed]" in ended.err
    before = source.read_bytes()
    wrong = run("plan", source, "--page", "1", "--write", "3", "-o", tmp_path / "out")
    assert wrong.code == 2
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ({"frame": "tint"}, {"frame": "tint"}),
        ({"look": StoryLook(columns=Columns(2, WHERE))}, {"look": {"columns": 2}}),
        ({"look": StoryLook(direction="vertical")}, {"look": {"head": {"direction": "vertical"}}}),
    ],
)
def test_what_a_candidate_asks_of_a_story_is_written(
    form: dict[str, Any], written: dict[str, Any], tmp_path: Path
) -> None:
    """A tint or an upright headline parts like neighbours; text in a column fewer than its place has (破栏) closes other pages."""
    entry = "{article: articles/a.yaml}  # 留着"
    source = write_paper(tmp_path, {"a": {"headline": "题", "body": "文。"}}, layout="auto", stories=[])
    source.write_text(source.read_text(encoding="utf-8").replace("stories: []", f"stories:\n  - {entry}"), "utf-8")
    read = Run(cache=False)
    edition = read.read(source).edition
    [page], _ = assigned_pages(edition, read.pages())
    [story] = page.stories
    places, forms = {"a": Place(1, 1, 3, 20, WHERE)}, {"a": replace(story, **form)}
    plan._write(source, source.read_bytes(), plan._places_of(edition, page, Laid((), places, forms=forms)))
    text = source.read_text(encoding="utf-8")
    assert text.endswith("  # 留着\n")
    [kept] = yaml.safe_load(text)["pages"][0]["stories"]  # noqa: TID251 the file is the test's own
    at = {"column": 1, "row": 1, "columns": 3, "rows": 20}
    assert kept == {"article": "articles/a.yaml", "at": at, **written}
    [again] = Run(cache=False).read(source).edition.pages[0].stories
    assert again.frame == forms["a"].frame
    assert again.look.css == forms["a"].look.css, "its type is measured as the candidate's was"


@pytest.mark.parametrize(("page", "code"), [("1", "usage.nothing-to-place"), ("9", "usage.no-such-page")])
def test_pages_without_anything_to_place(page: str, code: str, tmp_path: Path) -> None:
    source = write_paper(tmp_path, {"a": {"headline": "题", "body": "文。"}}, layout="feature")
    ended = run("plan", source, "--page", page, "--json")
    assert (ended.code, ended.report["diagnostics"][0]["code"]) == (2, code)


def test_what_cannot_be_written_is_told_and_the_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(tmp_path, 1)
    source = tmp_path / "edition.yaml"
    given = ("plan", source, "--page", "2", "--candidates", "1", "--write", "1", "-o", tmp_path / "out")
    text, read = source.read_text(encoding="utf-8"), plan._reading
    with monkeypatch.context() as patch:

        def saved_then(*told: Any) -> Any:
            reading = read(*told)
            source.write_text(f"# 改\n{text}", encoding="utf-8")
            return reading

        patch.setattr(plan, "_reading", saved_then)
        ended = run(*given)
    assert ended.code == 2
    assert "was changed meanwhile" in ended.err
    assert source.read_text(encoding="utf-8") == f"# 改\n{text}"
    source.write_text(text.replace("        level: 1\n", "        level: 1\n        at:\n"), encoding="utf-8")
    before = source.read_bytes()
    ended = run(*given)
    assert ended.code == 3
    assert "edition.yaml:" in ended.err
    assert "at" in ended.err
    assert source.read_bytes() == before
    assert sorted(one.name for one in tmp_path.glob(".*")) == []
