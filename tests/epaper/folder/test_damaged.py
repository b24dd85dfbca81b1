"""A list of the site that is cut or gone: told before anything is written, never guessed at, never a bug of ours."""

import datetime
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from benchmarks.issues import about, story
from printkit.diagnostics import ExitCode, UsageError
from printkit.epaper.folder.topics import _read as read_topics
from printkit.epaper.folder.topics import line_of
from printkit.epaper.folder.tree import State, add, revisions_for
from printkit.epaper.issue.handover import SiteFiles
from tests.support.sites import DAY, LEAD, TODAY, made_of, put, tree_of

BEFORE = datetime.date(2023, 12, 27)
LATER = datetime.date(2025, 1, 1)
CORRECTION = made_of(DAY, "1234", story("lead", "1", "更正以后的稿件。"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of three issues in two years."""
    for day in (BEFORE, DAY, DAY.replace(day=17)):
        put(tmp_path, made_of(day))
    return tmp_path


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def _holding(text: str) -> Callable[[Path], None]:
    def hold(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return hold


def _without_keys(path: Path) -> None:
    told = json.loads(path.read_bytes())
    for items in told.values():
        if isinstance(items, list):
            items[0].popitem()
            items[0].popitem()
    path.write_text(json.dumps(told), encoding="utf-8")


def _of_texts(path: Path) -> None:
    told = json.loads(path.read_bytes())
    told = {key: ["x"] if isinstance(value, list) else value for key, value in told.items()}
    path.write_text(json.dumps(told), encoding="utf-8")


def _with(key: str, at: str, value: object) -> Callable[[Path], None]:
    """Put a value of another kind where a list's first entry has one."""

    def damage(path: Path) -> None:
        told = json.loads(path.read_bytes())
        told[key][0][at] = value
        path.write_text(json.dumps(told), encoding="utf-8")

    return damage


Damage = Callable[[Path], None]
DAMAGES: list[Damage] = [
    _cut,
    Path.unlink,
    _without_keys,
    _of_texts,
    *map(_holding, ("", "[]", "{}", "null", '{"format": 1}')),
]


OF_OTHER_KINDS: dict[str, list[Damage]] = {
    "2024/01/10/manifest.json": [_with("files", "path", -1), _with("files", "path", "../../../elsewhere.html")],
    "archive/2024.json": [_with("issues", "stories", "x"), _with("issues", "revised", [None]),
                          _with("issues", "first", "\ud800")],
    "manifest.json": [_with("years", "months", [{}])],
    "2024/01/17/issue.json": [_with("stories", "text", {}), _with("stories", "pages", [True]),
                              _with("pages", "width", float("inf"))],
    "topic/2024.jsonl": [_holding('{"date": "2024-01-10", "number": 1, "stories": []}\n'),
                         _holding('{"date": "2024-01-10", "number": "1", "stories": [{"topics": []}]}\n')],
}  # fmt: skip


def refused(out: Path, made: SiteFiles, named: str) -> None:
    """Demand that an issue is refused because of a list, which is named, and that the site is as it was."""
    before = tree_of(out)
    with pytest.raises(UsageError) as caught:
        add(out, made, about(), correct=True, today=TODAY)
    (found,) = caught.value.diagnostics
    assert (found.code, caught.value.exit_code) == ("site.broken-list", ExitCode.USAGE)
    assert named in found.message.en
    assert named in found.message.zh
    assert tree_of(out) == before
    assert not (out / ".adding").exists()


def _each(site: Path, name: str, damages: Iterable[Damage], made: SiteFiles) -> None:
    """Demand of each damage of a file that an issue is refused."""
    whole = (site / name).read_bytes()
    for damage in damages:
        damage(site / name)
        refused(site, made, name)
        (site / name).write_bytes(whole)


def test_a_broken_manifest_of_an_issue_stops_its_correction(site: Path) -> None:
    _each(site, "2024/01/10/manifest.json", DAMAGES, CORRECTION)
    _each(site, "2024/01/10/manifest.json", DAMAGES, made_of())
    _cut(site / "2024/01/10/manifest.json")
    with pytest.raises(UsageError, match="broken-list"):
        revisions_for(site, CORRECTION.issue, about(), correct=True, today=TODAY)


def test_a_broken_list_stops_a_correction(site: Path) -> None:
    _each(site, "archive/2024.json", DAMAGES, CORRECTION)
    _each(site, "manifest.json", DAMAGES, CORRECTION)


def test_a_broken_list_of_a_year_that_links_to_a_new_one_stops_it(site: Path) -> None:
    _each(site, "archive/2023.json", DAMAGES, made_of(datetime.date(2022, 12, 28)))


def test_a_value_of_another_kind_is_told_where_it_stands(site: Path) -> None:
    for name, damages in OF_OTHER_KINDS.items():
        _each(site, name, damages, CORRECTION)


@pytest.mark.parametrize("name", ["2024/01/17/issue.json", "sitemap-2024.xml"])
def test_whatever_else_is_read_is_tried_first(site: Path, name: str) -> None:
    (site / name).write_bytes(b"\xff{")
    refused(site, CORRECTION, "utf-8" if name.endswith("xml") else name)


def test_an_issue_that_is_listed_and_gone_is_told(site: Path) -> None:
    shutil.rmtree(site / "2024/01/17")
    refused(site, CORRECTION, "2024/01/17/issue.json")


def test_an_address_changed_needs_every_issue(site: Path) -> None:
    for day in (DAY.replace(day=18), DAY.replace(day=19)):  # enough stories for the feeds: the old ones are not in them
        many = (story(f"s{n}", "1", f"第{n}篇。") for n in range(60))
        put(site, made_of(day, "1", *many))
    _cut(site / "2023/12/27/issue.json")
    assert put(site, made_of(LATER, "2", LEAD)).state is State.NEW
    before = tree_of(site)
    with pytest.raises(UsageError, match="broken-list"):
        put(site, made_of(LATER.replace(day=2)), address="https://new.example.org/")
    assert tree_of(site) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"folder": "2024',
        '{"folder": "2024/01/10"}',
        '{"folder": "../elsewhere", "note": 1}',
        '{"folder": "2024/01/10", "note": 1}',
        '{"folder": "2024/01/10", "note": {"date": 1}}',
        '{"folder": "2024/01/10", "note": {"date": "2024-01-10", "manifest": {}, "pack": null, "gone": []}}',
    ],
)
def test_a_note_of_staging_that_cannot_be_read_is_forgotten(site: Path, text: str) -> None:
    whole = site.with_name(f"{site.name}-whole")
    shutil.copytree(site, whole)
    put(whole, CORRECTION, correct=True)
    (site / ".adding/issue").mkdir(parents=True)
    (site / ".adding/issue/01.html").write_text("torn", encoding="utf-8")
    (site / ".adding/ready.json").write_text(text, encoding="utf-8")
    added = put(site, CORRECTION, correct=True)
    assert (added.state, added.diagnostics) == (State.CORRECTED, ())
    assert tree_of(site) == tree_of(whole)


def test_line_ends_inside_a_text_are_no_ends_of_the_list_of_topics() -> None:
    issue = made_of(DAY, "1", story("lead", "1", "一段。", keywords=("a\u2028b\x85c",))).issue
    assert read_topics(f"{line_of(issue)}\n", DAY.year).topics_on(DAY.isoformat())
