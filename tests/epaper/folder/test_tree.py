import datetime
import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from benchmarks.issues import about, story
from printkit.diagnostics import ExitCode, InputError, UsageError
from printkit.epaper import names
from printkit.epaper.folder.disk import Marker, opened
from printkit.epaper.folder.tree import Shown, State, add, revisions_for
from printkit.epaper.issue.facts import Revision, read_facts
from tests.support.sites import DAY, HOSTILE, LEAD, SECOND, TODAY, broken_links, made_of, put, tree_of

CHANGED = story("lead", "1", "职工代表大会改在北坡工业园召开。", "北坡工业园开了 职代会")
LATER = DAY + datetime.timedelta(days=7)


def codes(found: object) -> list[str]:
    return [d.code for d in getattr(found, "diagnostics", ())]


# --- adding --------------------------------------------------------------------------------------------


def test_an_issue_is_added_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    added = put(tmp_path, made_of())
    assert added.state is State.NEW
    assert added.folder == "2024/01/10"
    assert broken_links(tmp_path) == []
    assert broken_links(tmp_path, "404.html") == []
    assert not (tmp_path / ".adding").exists()


def test_the_entries_lead_to_the_newest_issue_in_whatever_order_they_are_added(tmp_path: Path) -> None:
    days = [DAY, LATER, datetime.date(2023, 12, 27), datetime.date(2025, 1, 1)]
    one, other = tmp_path / "one", tmp_path / "other"
    for number, day in enumerate(days):
        put(one, made_of(day, str(number)))
    for number, day in reversed(list(enumerate(days))):
        put(other, made_of(day, str(number)))
    assert 'content="0; url=../2025/01/01/01.html"' in (one / names.LATEST).read_text(encoding="utf-8")
    assert 'content="0; url=2025/01/01/01.html"' in (one / "index.html").read_text(encoding="utf-8")
    assert tree_of(one) == tree_of(other)
    assert broken_links(one) == []


def test_an_older_issue_does_not_become_the_newest(tmp_path: Path) -> None:
    put(tmp_path, made_of(LATER))
    before = (tmp_path / "feed.xml").read_bytes()
    put(tmp_path, made_of(DAY, "1233", SECOND))
    assert json.loads((tmp_path / names.LATEST_FACTS).read_bytes())["date"] == LATER.isoformat()
    assert len((tmp_path / "feed.xml").read_bytes()) > len(before)
    assert (tmp_path / "feed.json").read_text(encoding="utf-8").index(LATER.isoformat()) < (
        tmp_path / "feed.json"
    ).read_text(encoding="utf-8").index(f"{DAY.isoformat()}T")


def test_the_year_leads_to_its_months_that_have_issues(tmp_path: Path) -> None:
    for month in (1, 11):
        put(tmp_path, made_of(datetime.date(2024, month, 3)))
    year = (tmp_path / "archive/2024.html").read_text(encoding="utf-8")
    assert re.findall(r'href="#(month-\d+)"', year) == re.findall(r'id="(month-\d+)"', year) == ["month-11", "month-1"]
    assert (tmp_path / names.YEARS).read_text(encoding="utf-8").count("<table") == year.count("<table") == 2


def test_hashes_lead_from_the_manifest_to_every_file(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    put(tmp_path, made_of(LATER))

    def is_recorded(told: dict[str, object], base: Path = tmp_path) -> bytes:
        data = (base / str(told["path"])).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (told["bytes"], told["sha256"])
        return data

    reached = set()
    for year in json.loads((tmp_path / names.MANIFEST).read_bytes())["years"]:
        for issue in json.loads(is_recorded(year["record"]))["issues"]:
            is_recorded(issue["pack"])
            folder = (tmp_path / issue["manifest"]["path"]).parent
            for file in json.loads(is_recorded(issue["manifest"]))["files"]:
                is_recorded(file, folder)
                reached.add(folder / file["path"])
    issues = {path for path in (tmp_path / "2024").rglob("*") if path.is_file() and path.name != names.MANIFEST}
    assert reached == issues


# --- the same again ----------------------------------------------------------------------------------------


def test_the_same_issue_again_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.rglob("*")}
    again = put(tmp_path, made_of())
    assert (again.state, codes(again)) == (State.SAME, ["site.issue-same"])
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.rglob("*")} == before


def test_other_files_of_the_same_stories_wait_for_the_flag_and_are_no_correction(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    made = made_of()
    redrawn = replace(made, files={**made.files, "01.html": b"<title>redrawn</title>"})
    left = put(tmp_path, redrawn)
    assert (left.state, codes(left)) == (State.SAME, ["site.files-differ"])
    taken = put(tmp_path, redrawn, correct=True)
    assert (taken.state, taken.issue.revisions) == (State.REMADE, ())
    assert (tmp_path / "2024/01/10/01.html").read_bytes() == b"<title>redrawn</title>"


# --- corrections -------------------------------------------------------------------------------------------


def test_other_content_is_refused_and_the_stories_are_named(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    before = tree_of(tmp_path)
    other = made_of(DAY, "1234", CHANGED, SECOND, story("new", "1", "新稿。"))
    with pytest.raises(InputError) as caught:
        add(tmp_path, other, about(), correct=False, today=TODAY)
    (found,) = caught.value.diagnostics
    assert found.code == "site.issue-differs"
    assert "changed: lead; added: new; removed: <b>&“x”" in found.message.en
    assert "改动：lead（北坡工业园开了 职代会）" in found.message.zh
    assert found.hint is not None
    assert "--correct" in found.hint.en
    with pytest.raises(InputError):
        revisions_for(tmp_path, other.issue, about(), correct=False, today=TODAY)
    assert tree_of(tmp_path) == before


def test_a_correction_is_recorded_and_keeps_every_address(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    views = {name for name in tree_of(tmp_path) if name.endswith(".html")}
    other = made_of(DAY, "1234", CHANGED, HOSTILE, story("new", "1", "新稿。"))
    titled = Revision("2024-02-01", removed=("二 版",), removed_titles=(SECOND.headline,))
    wanted = (replace(titled, changed=("lead",), added=("new",)),)
    assert revisions_for(tmp_path, other.issue, about(), correct=True, today=TODAY).revisions == wanted
    added = put(tmp_path, other, correct=True)
    assert added.state is State.CORRECTED
    assert read_facts(tmp_path / "2024/01/10/issue.json").revisions == wanted
    assert views <= set(tree_of(tmp_path))
    assert broken_links(tmp_path) == []
    gone = (tmp_path / "2024/01/10/story/二 版.html").read_text(encoding="utf-8")
    assert "2024年2月1日更正" in gone
    assert 'href="../01.html"' in gone
    assert "这一版已撤下" in (tmp_path / "2024/01/10/02.html").read_text(encoding="utf-8")
    assert not (tmp_path / "2024/01/10/2024-01-10-02.pdf").exists()
    assert "2024年2月1日更正" in (tmp_path / "archive/2024.html").read_text(encoding="utf-8")
    assert "食堂" not in "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "search").rglob("*.js"))


def test_a_second_correction_keeps_the_first_and_what_it_withdrew(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    put(tmp_path, made_of(DAY, "1234", LEAD, HOSTILE), correct=True)
    withdrawn = (tmp_path / "2024/01/10/story/二 版.html").read_bytes()
    second = put(tmp_path, made_of(DAY, "1234", CHANGED, HOSTILE), correct=True, today=datetime.date(2024, 3, 1))
    assert [(r.date, r.changed, r.removed) for r in second.issue.revisions] == [
        ("2024-02-01", (), ("二 版",)),
        ("2024-03-01", ("lead",), ()),
    ]
    assert (tmp_path / "2024/01/10/story/二 版.html").read_bytes() == withdrawn
    again = put(tmp_path, made_of(DAY, "1234", CHANGED, HOSTILE), correct=True, today=datetime.date(2024, 4, 1))
    assert (again.state, len(again.issue.revisions)) == (State.SAME, 2)
    back = put(tmp_path, made_of(), correct=True, today=datetime.date(2024, 5, 1))
    assert back.issue.revisions[-1].added == ("二 版",)
    assert (tmp_path / "2024/01/10/story/二 版.html").read_bytes() == made_of().files[names.story_view("二 版")]


def test_another_number_is_other_content(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    with pytest.raises(InputError, match="its number, pages or order of stories"):
        put(tmp_path, made_of(DAY, "1235"))


# --- whose folder --------------------------------------------------------------------------------------------


def _foreign(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")


def _other_paper(folder: Path) -> None:
    add(folder, made_of(), about(paper="别的报"), correct=False, today=TODAY)


def _later_format(folder: Path) -> None:
    put(folder, made_of())
    (folder / "site.json").write_text('{"format": 2}', encoding="utf-8")


def _no_marker_of_ours(folder: Path) -> None:
    folder.mkdir()
    (folder / "site.json").write_text("a list", encoding="utf-8")


def _taken(folder: Path) -> None:
    put(folder, made_of(LATER))
    (folder / "2024/01/10").mkdir()
    (folder / "2024/01/10/notes.txt").write_text("mine", encoding="utf-8")


def _file(folder: Path) -> None:
    folder.write_text("mine", encoding="utf-8")


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (_foreign, "site.foreign-folder"),
        (_other_paper, "site.other-paper"),
        (_later_format, "site.foreign-folder"),
        (_no_marker_of_ours, "site.foreign-folder"),
        (_taken, "site.place-taken"),
        (_file, "usage.output-folder"),
    ],
)
def test_a_folder_of_something_else_is_refused_and_left_as_it_is(
    tmp_path: Path, prepare: Callable[[Path], None], code: str
) -> None:
    out = tmp_path / "site"
    prepare(out)
    before = tree_of(tmp_path)
    for correct in (False, True):
        with pytest.raises(UsageError) as caught:
            put(out, made_of(), correct=correct)
        assert codes(caught.value) == [code]
        assert caught.value.exit_code is ExitCode.USAGE
    assert tree_of(tmp_path) == before


def test_asking_for_corrections_makes_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert revisions_for(out, made_of().issue, about(), correct=False, today=TODAY) == Shown()
    assert not out.exists()


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    words = f"process {os.getpid()}.* is writing into"
    with opened(tmp_path, Marker(about().paper, about().address)), pytest.raises(UsageError, match=words):
        put(tmp_path, made_of(LATER))
    assert put(tmp_path, made_of(LATER)).state is State.NEW


def test_a_template_that_fails_is_told_of_before_anything_is_written(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    before = tree_of(tmp_path)

    def render(template: str, root: str, **values: object) -> bytes:
        if template == "missing.html":
            raise jinja2.TemplateError("no such filter")
        return b""

    with pytest.raises(jinja2.TemplateError):
        add(tmp_path, made_of(LATER), replace(about(), render=render), correct=False, today=TODAY)
    assert tree_of(tmp_path) == before


# --- the address ---------------------------------------------------------------------------------------------


def test_without_an_address_there_are_no_feeds_and_it_is_told(tmp_path: Path) -> None:
    added = put(tmp_path, made_of(), address="")
    assert codes(added) == ["site.no-address"]
    assert not [name for name in tree_of(tmp_path) if name.startswith(("feed", "sitemap"))]
    assert "Sitemap" not in (tmp_path / "robots.txt").read_text(encoding="utf-8")
    assert broken_links(tmp_path) == []


def test_an_address_given_later_is_that_of_the_whole_site(tmp_path: Path) -> None:
    put(tmp_path, made_of(), address="")
    put(tmp_path, made_of(datetime.date(2023, 1, 4)), address="")
    added = put(tmp_path, made_of(LATER))
    assert codes(added) == ["site.address-changed"]
    whole = tmp_path / "whole"
    for day in (DAY, datetime.date(2023, 1, 4), LATER):
        put(whole, made_of(day))
    for name in ("feed.xml", "sitemap.xml", "sitemap-2023.xml", "sitemap-2024.xml", "site.json"):
        assert (tmp_path / name).read_bytes() == (whole / name).read_bytes()


@pytest.mark.parametrize("address", ["https://new.example.org/", ""])
@pytest.mark.parametrize("looks_differ", [False, True])
def test_an_address_changed_is_everywhere_though_the_issue_is_left_as_it_is(
    tmp_path: Path, address: str, looks_differ: bool
) -> None:
    site, whole = tmp_path / "site", tmp_path / "whole"
    for day in (DAY, LATER):
        put(site, made_of(day))
        put(whole, made_of(day), address=address)
    made = made_of()
    if looks_differ:
        made = replace(made, files={**made.files, "01.html": b"<title>redrawn</title>"})
    added = put(site, made, address=address)
    told = ["site.address-changed" if address else "site.no-address"]
    assert codes(added) == [*told, "site.files-differ" if looks_differ else "site.issue-same"]
    assert tree_of(site) == tree_of(whole)


def test_what_is_told_of_an_issue_left_as_it_is_is_what_the_site_has(tmp_path: Path) -> None:
    put(tmp_path, made_of())
    made = made_of()
    pack = names.pack(DAY)
    added = put(tmp_path, replace(made, shared={**made.shared, pack: b"PK other"}))
    assert codes(added) == ["site.files-differ"]
    assert added.pack is not None
    assert added.pack.bytes == len((tmp_path / pack).read_bytes()) == len(made.shared[pack])
