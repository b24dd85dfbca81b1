"""`corrections` (更正) in edition.yaml: both languages, and corrections of stories that are not there."""

from pathlib import Path

import pytest

from printkit.diagnostics import InputError, Severity
from printkit.model.edition import Edition, Mistake
from printkit.source import read_edition
from tests.support.editions import ARTICLE, write_edition

HEAD = """\
paper: paper.yaml
date: 2024-01-10
pages:
  - {number: 1, name: 要闻, layout: front, stories: [{article: articles/lead.yaml, slot: lead, id: lead}]}
"""
ENTRY = HEAD + "corrections:\n  - {story: lead, was: 三十九人, now: 三十六人}\n  - {story: lead, was: 昨日}\n"
IN_CHINESE = HEAD + "更正:\n  - {稿件: lead, 原文: 三十九人, 更正为: 三十六人}\n  - {稿件: lead, 原文: 昨日}\n"


def read(folder: Path, edition: str) -> Edition:
    return read_edition(write_edition(folder, edition=edition, lead=ARTICLE))[0]


@pytest.mark.parametrize("text", [ENTRY, IN_CHINESE])
def test_what_was_wrong_and_what_is_right(text: str, tmp_path: Path) -> None:
    edition = read(tmp_path, text)
    assert edition.corrections == (Mistake("lead", "三十九人", "三十六人"), Mistake("lead", "昨日"))
    assert [one.words for one in edition.mistakes("lead")] == ["“三十九人”应为“三十六人”", "“昨日”应删去"]
    assert not edition.mistakes("other")


@pytest.mark.parametrize(
    ("entry", "code", "hint"),
    [
        ("{story: laed, was: 甲, now: 乙}", "source.corrects-nobody", "did you mean `lead`?"),
        ("{story: poem, was: 甲, now: 乙}", "source.corrects-nobody", "by its `id`"),
        ("{story: lead, now: 乙}", "source.missing-key", "was"),
        ("{was: 甲, now: 乙}", "source.missing-key", "story"),
    ],
)
def test_a_correction_of_nothing_is_told_at_its_line(entry: str, code: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read(tmp_path, f"{HEAD}corrections:\n  - {entry}\n")
    [found] = raised.value.diagnostics
    assert found.code == code
    assert found.where
    assert found.where.line == 6
    assert hint in f"{found.message.en} {found.hint.en if found.hint else ''}"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("四十人", "三十六人", []),
        ("到会 三十六人", "到会三十九人", ["correction-was", "correction-now"]),
        ("三十", "三十六人", []),
        ("四十人", "三十九人", ["correction-now"]),
        ("三十六人", "六人", ["correction-was"]),
        ("六人", "", ["correction-was"]),
        ("昨日", "", []),
        ("旧题", "新题一 新题二", []),
        ("甲图", "乙图", []),
    ],
)
def test_a_correction_that_the_story_does_not_bear_out_is_told_at_its_line(
    was: str, now: str, told: list[str], tmp_path: Path
) -> None:
    article = "headline: [新题一, 新题二]\nbody: |\n  到会三十六人，乙图在旁。\n"
    entry = f"{{story: lead, was: {was}" + (f", now: {now}}}" if now else "}")
    edition = f"{HEAD}corrections:\n  - {entry}\n"
    _, found = read_edition(write_edition(tmp_path, edition=edition, lead=article))
    mine = [one for one in found if one.code.startswith("source.correction-")]
    assert [one.code.removeprefix("source.") for one in mine] == told
    assert {(one.where.line, one.severity) for one in mine if one.where} <= {(6, Severity.WARNING)}
