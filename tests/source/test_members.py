"""`members` (组合报道) in edition.yaml: both languages, and what is refused at its line."""

from pathlib import Path

import jsonschema
import pytest

from printkit.diagnostics import Diagnostic, InputError
from printkit.model.edition import Edition, standing_alone, stories_of
from printkit.source import json_schema, read_edition
from tests.support.editions import ARTICLE, write_edition

ENTRY = """\
paper: paper.yaml
date: 2024-01-10
pages:
  - number: 1
    layout: front
    stories:
      - article: articles/lead.yaml
        slot: lead
        level: 1
        members:
          - {article: articles/a.yaml, level: 3, index: true}
          - {article: articles/b.yaml, id: second, frame: box}
"""
IN_CHINESE = """\
paper: paper.yaml
日期: 2024-01-10
版面:
  - 版次: 1
    版式: front
    稿件:
      - 稿: articles/lead.yaml
        版位: lead
        级别: 1
        成员:
          - {稿: articles/a.yaml, 级别: 3, 导读: true}
          - {稿: articles/b.yaml, 编号: second, 框: box}
"""
HEAD = "headline: [三条街巷, 一个夏天]\neditor_note: |\n  今起刊出一组报道。\n"


def read(folder: Path, edition: str = ENTRY, head: str = HEAD) -> Edition:
    written = write_edition(
        folder, edition=edition, lead=head, a=ARTICLE, b=ARTICLE.replace("headline", "kicker: 引\nheadline")
    )
    return read_edition(written)[0]


def fault(folder: Path, edition: str = ENTRY, head: str = HEAD) -> Diagnostic:
    with pytest.raises(InputError) as caught:
        read(folder, edition, head)
    [told] = caught.value.diagnostics
    return told


@pytest.mark.parametrize("text", [ENTRY, IN_CHINESE])
def test_a_head_and_its_members_follow_one_another(text: str, tmp_path: Path) -> None:
    head, first, second = stories_of(read(tmp_path, text))
    assert [head.id, first.id, second.id] == ["lead", "a", "second"]
    assert head.is_common_head
    assert first.is_member
    assert second.is_member
    assert head.group == first.group == second.group
    assert (head.level, first.level, second.frame, first.index) == (1, 3, "box", True)
    assert head.article.editor_note
    assert first.where.line == 11


def test_editors_are_offered_the_keys_of_members_and_no_others() -> None:
    def is_right(**member: object) -> bool:
        story = {"article": "a.yaml", "成员": [{"article": "b.yaml"}, member]}
        edition = {"paper": "x", "date": "2024-01-10", "pages": [{"number": "1", "layout": "x", "stories": [story]}]}
        return bool(jsonschema.Draft7Validator(json_schema()["edition"]).is_valid(edition))

    assert is_right(稿="c.yaml", 级别=3, 框="box", 导读=True)
    assert not is_right(article="c.yaml", jump_to="2")
    assert not is_right(article="c.yaml", members=[])


def test_alone_a_member_has_the_common_head_as_its_kicker(tmp_path: Path) -> None:
    first, second = standing_alone(read(tmp_path))
    assert [one.article.kicker and one.article.kicker.text for one in (first, second)] == [
        "三条街巷 一个夏天",
        "三条街巷 一个夏天\u3000引",
    ]


def test_before_anything_is_written_there_are_members_too(tmp_path: Path) -> None:
    text = ENTRY.replace("article: articles/lead.yaml", "level: 2").replace("level: 1\n        ", "")
    text = text.replace("article: articles/a.yaml, ", "").replace("article: articles/b.yaml, ", "")
    edition, _ = read_edition(write_edition(tmp_path, edition=text), planning=True)
    head, first, second = edition.pages[0].stories
    assert head.is_common_head
    assert [one.is_member for one in (first, second)] == [True, True]
    assert (first.id, second.id) == ("0-0-0", "second")


LAST = "          - {article: articles/b.yaml, id: second, frame: box}\n"


@pytest.mark.parametrize(
    ("edition", "line", "field", "told"),
    [
        (ENTRY.replace(LAST, ""), 11, "members", "a group of 1"),
        (ENTRY.partition("          - ")[0].replace("members:", "members: []"), 10, "members", "a group of 0"),
        (ENTRY.replace("level: 1", "look: {columns: 2}"), 9, "look.columns", "no meaning with `members`"),
        (ENTRY.replace("level: 1", "look: {byline: tail}"), 9, "look.byline", "no meaning with `members`"),
        (ENTRY.replace("level: 1", "look: {head: {direction: vertical}}"), 9, "look.head.direction", "no meaning with `members`"),
        (ENTRY.replace("level: 3", "jump_to: 1"), 11, "members[0].jump_to", "unknown key `jump_to`"),
        (ENTRY.replace("level: 3", "slot: lead"), 11, "members[0].slot", "unknown key `slot`"),
        (ENTRY.replace("level: 3", "members: []"), 11, "members[0].members", "unknown key `members`"),
        (ENTRY.replace("level: 3", "ad: reserved"), 11, "members[0].ad", "unknown key `ad`"),
        (ENTRY.replace("{article: articles/a.yaml, level: 3, index: true}", "{level: 3}"), 11, "members[0].article", "is missing"),
        (ENTRY.replace("articles/b.yaml, id: second", "articles/lead.yaml, id: lead"), 12, "members[1].id", "used twice"),
        (ENTRY.replace("article: articles/lead.yaml", "ad: reserved"), 11, "members", "no meaning for an advertisement"),
    ],
)  # fmt: skip
def test_what_a_group_cannot_be_is_refused_at_its_line(
    edition: str, line: int, field: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, edition)
    found = {d.where.field: d for d in caught.value.diagnostics if d.where}
    named = f"pages[0].stories[0].{field}"
    assert named in found, found
    assert told in found[named].message.en
    assert found[named].where.line == line  # type: ignore[union-attr]  # chosen by its place
    assert found[named].hint


def test_a_group_never_goes_on_elsewhere(tmp_path: Path) -> None:
    text = ENTRY.replace("level: 1", "jump_to: 2") + "  - {number: 2, layout: front}\n"
    told = fault(tmp_path, text)
    assert told.code == "source.wrong-kind"
    assert told.where
    assert (told.where.line, told.where.field) == (9, "pages[0].stories[0].jump_to")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("body: |\n  正文。\n", "body"),
        ("pictures: [{file: ../images/a.png}]\n", "pictures"),
        ("分述: [{name: 某甲, body: 话。}]\n", "sections"),
        ("dateline: 本报讯\n", "dateline"),
        ("source: 某社\n", "source"),
    ],
)
def test_the_common_head_has_headings_and_a_note_alone(text: str, key: str, tmp_path: Path) -> None:
    told = fault(tmp_path, head=HEAD + text)
    assert told.code == "source.wrong-kind"
    assert told.where
    assert (told.where.file, told.where.line, told.where.field) == ("articles/lead.yaml", 4, key)
    assert told.hint


def test_a_common_head_without_headline_is_refused(tmp_path: Path) -> None:
    told = fault(tmp_path, head="kicker: 引题\n")
    assert told.code == "source.missing-key"
