import datetime
import json
from pathlib import Path

import pytest

from printkit.epaper.issue.facts import Issue, PageFacts, Revision, StoryFacts, read_facts, write_facts

ISSUE = Issue(
    "春台工会报",
    datetime.date(2024, 1, 10),
    "1234",
    (PageFacts("1", "要闻", ("lead", "职代会"), 765.4, 1105.5),),
    (
        StoryFacts("lead", "题", ("1", "3"), "aa", "一段\n二段", picture="media/lead-1.jpg", keywords=("工会",)),
        StoryFacts("职代会", "</script>“引号”", ("1",), "bb"),
    ),
    (Revision("2024-01-12", changed=("lead",), removed=("old",), removed_titles=("旧题",)),),
)


def test_facts_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "issue.json"
    file.write_bytes(write_facts(ISSUE))
    assert read_facts(file) == ISSUE


def test_facts_of_an_older_printkit_have_no_titles_of_withdrawn_stories(tmp_path: Path) -> None:
    told = json.loads(write_facts(ISSUE))
    del told["revisions"][0]["removed_titles"]
    file = tmp_path / "issue.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    read = read_facts(file)
    assert (read.revisions[0].removed, read.removed_titles) == (("old",), {})
    assert ISSUE.removed_titles == {"old": "旧题"}


@pytest.mark.parametrize("text", ["[]", "{}", '{"format": 2}', '{"format": 1}', "not json"])
def test_another_file_is_not_taken_for_facts(tmp_path: Path, text: str) -> None:
    file = tmp_path / "issue.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        read_facts(file)
