"""Ways to the issues beside one, and pages of columns, authors and keywords: from facts, in any order, without JavaScript."""

import datetime
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks.issues import story
from printkit.diagnostics import UsageError
from printkit.epaper import names
from printkit.epaper.folder.disk import SiteFolder
from printkit.epaper.issue.facts import StoryFacts
from tests.support.sites import broken_links, made_of, put, tree_of

A, B, C = (datetime.date(2023, 12, 29), datetime.date(2024, 1, 5), datetime.date(2024, 1, 12))
AUTHOR, ODD = "甲某", "Ａ/b…"


def told(name: str, text: str, *authors: str, **facts: object) -> StoryFacts:
    return replace(story(name, "1", text), authors=authors, byline=" ".join(authors), **facts)  # type: ignore[arg-type]


def three(out: Path, *dates: datetime.date) -> dict[str, bytes]:
    for date in dates:
        put(
            out,
            made_of(
                date, f"{date:%m%d}", told("one", "首篇。", AUTHOR), told("two", "次篇。", ODD, keywords=("工会",))
            ),
        )
    return tree_of(out)


def html(out: Path, name: str) -> str:
    return (out / name).read_text(encoding="utf-8")


def test_issues_lead_to_one_another_whatever_the_order_they_came_in(tmp_path: Path) -> None:
    tree = three(tmp_path / "one", A, B, C)
    assert three(tmp_path / "two", C, A, B) == tree
    out = tmp_path / "one"
    assert f'url=../../{names.issue_folder(C)}/01.html"' in html(out, names.next_issue(B))
    assert f'url=../../{names.issue_folder(A)}/01.html"' in html(out, names.previous_issue(B))
    assert "是最新的一期" in html(out, names.next_issue(C))
    assert "是本站最早的一期" in html(out, names.previous_issue(A))
    script = (out / names.neighbours_script(C)).read_text(encoding="utf-8")
    beside = json.loads(script.removeprefix("printkitIssue(").removesuffix(");\n"))
    assert beside == {"prev": ["2024/01/05/01.html", "2024年1月5日 第0105期"], "next": None}
    starts = [names.FRONT, names.next_issue(B), names.previous_issue(B), names.next_issue(C), names.YEARS]
    assert [broken for start in starts for broken in broken_links(out, start) if "/picture/" not in broken] == []


def test_stories_are_gathered_by_author_column_and_keyword_year_by_year(tmp_path: Path) -> None:
    three(tmp_path, B, A, C)
    page = html(tmp_path, names.topic("author", AUTHOR, "2024"))
    assert page.index("2024年1月12日") < page.index("2024年1月5日")
    assert "2024年共2篇" in page
    assert f'href="../../{names.issue_folder(C)}/story/one.html"' in page
    assert f'href="{quote(f"{AUTHOR}-2023.html")}" rel="prev"' in page
    assert 'rel="next"' in html(tmp_path, names.topic("author", AUTHOR, "2023"))
    overview = html(tmp_path, names.year_topics(2024))
    for kind, called in (("column", "要闻"), ("author", AUTHOR), ("author", ODD), ("keyword", "工会")):
        address = names.topic(kind, called, "2024")
        assert f'href="../{quote(address)}"' in overview
        assert broken_links(tmp_path, address) == []
    assert "4篇" in overview
    assert 'href="2023.html"' in overview


def test_a_correction_takes_a_story_from_its_topics_and_adds_it_to_others(tmp_path: Path) -> None:
    three(tmp_path, A, B)
    put(tmp_path, made_of(B, "0105", told("one", "首篇，改。", "乙某")), correct=True)
    assert not (tmp_path / names.topic("author", AUTHOR, "2024")).exists()
    assert not (tmp_path / names.topic("keyword", "工会", "2024")).exists()
    assert 'rel="next"' not in html(tmp_path, names.topic("author", AUTHOR, "2023"))
    assert "乙某" in html(tmp_path, names.year_topics(2024))
    assert AUTHOR not in html(tmp_path, names.year_topics(2024))


def test_a_site_of_an_older_printkit_gets_its_years_topics_with_the_next_issue(tmp_path: Path) -> None:
    for name in [
        name for name in three(tmp_path, A, B) if name.startswith(("topic/", "archive/2024-", "archive/2023-"))
    ]:
        (tmp_path / name).unlink()
    calendar = tmp_path / names.year_view(2023)
    old = calendar.read_text(encoding="utf-8").replace("../topic/2023.html", "index.html")
    calendar.write_text(old, encoding="utf-8")
    after = three(tmp_path, C)
    assert "2024年共2篇" in after[names.topic("author", AUTHOR, "2024")].decode()
    assert names.topic("author", AUTHOR, "2023") not in after
    assert names.issue_folder(C) in after[names.next_issue(B)].decode()
    assert broken_links(tmp_path, names.year_topics(2024)) == []


def test_a_damaged_list_of_topics_is_told_before_anything_is_written(tmp_path: Path) -> None:
    three(tmp_path, B)
    (tmp_path / names.year_topic_facts(2024)).write_text('{"date": "2024-01-05", "stories": 3}\n', encoding="utf-8")
    before = tree_of(tmp_path)
    with pytest.raises(UsageError, match=r"2024\.jsonl"):
        three(tmp_path, C)
    assert tree_of(tmp_path) == before


@pytest.mark.parametrize("called", ["con", "AI", "ai", "甲/乙", "..", "甲" * 90, "é", "甲-2024", "*[0-9]*"])
def test_a_name_of_any_marks_is_a_file_of_every_system(called: str) -> None:
    stem = names.topic("keyword", called, "2024").removeprefix("topic/keyword/").removesuffix("-2024.html")
    assert stem.replace("-", "").isalnum()
    assert len(stem.encode()) <= 90
    assert stem.lower() == stem
    assert stem not in {names.topic("keyword", other, "2024")[14:-10] for other in ("甲", "乙", "AI2")}


def test_what_the_views_of_an_issue_lead_to_is_there_before_anything_leads_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def noted(folder: SiteFolder, name: str, data: bytes) -> None:
        written.append(name)
        real(folder, name, data)

    real = SiteFolder.write
    monkeypatch.setattr(SiteFolder, "write", noted)
    three(tmp_path, A)
    own = names.ways_from(A)
    assert max(map(written.index, own)) < min(
        at for at, name in enumerate(written) if name.startswith(("topic", "search"))
    )
