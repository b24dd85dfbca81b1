"""The briefs of a page as one story (简讯合页): which they are, and what is run into their text."""

from pathlib import Path

import pytest

from printkit.epaper import names
from printkit.pipeline.briefs import BriefsSheet, sheets_of
from printkit.source import read_edition
from tests.support.editions import write_edition

PLAIN = "headline: 甲题\nbody: 甲文。\n"


def sheets(folder: Path, *articles: str, level: int = 5) -> list[BriefsSheet]:
    files = {f"a{n}": text for n, text in enumerate(articles)}
    stories = "".join(
        f"      - {{article: articles/{name}.yaml, slot: lead, level: {level}, id: {name}}}\n" for name in files
    )
    edition = f"paper: paper.yaml\ndate: 2024-01-10\npages:\n  - number: 1\n    layout: front\n    stories:\n{stories}"
    return list(sheets_of(read_edition(write_edition(folder, edition=edition, **files))[0]))


def test_headings_are_one_and_place_and_name_are_run_in(tmp_path: Path) -> None:
    signed = (
        "kicker: 引题\nheadline: [乙题, 又一行]\ndateline: 本报讯\nbyline: [{role: 记者, name: 甲某}]\nbody: 乙文。\n"
    )
    verse = "headline: 诗\nbyline: [{name: 乙某}]\nbody: |\n  ~ 山高\n"
    [sheet] = sheets(tmp_path, PLAIN, signed, verse)
    assert (sheet.story.id, sheet.briefs, sheet.view) == (names.briefs("1"), ("a0", "a1", "a2"), "01.html")
    told = [
        (section.headline and section.headline.text, [paragraph.text for paragraph in section.body])
        for section in sheet.story.article.sections
    ]
    assert told[:2] == [("甲题", ["甲文。"]), ("引题\u3000乙题 又一行", ["本报讯\u3000乙文。（记者 甲某）"])]
    assert told[2][1][-1] == "（乙某）"


def test_the_headings_of_a_briefs_sections_are_run_in(tmp_path: Path) -> None:
    parted = "headline: 乙题\ndateline: 本报讯\nsections: [{name: 北区, body: 北文。}, {headline: 南题, body: 南文。}, {body: 又文。}]\n"
    [sheet] = sheets(tmp_path, PLAIN, parted)
    told = [paragraph.text for paragraph in sheet.story.article.sections[1].body]
    assert told == ["本报讯\u3000北区\u3000北文。", "南题\u3000南文。", "又文。"]


@pytest.mark.parametrize(
    "other",
    ["headline: 乙题\neditor_note: 按。\nbody: 乙文。\n", "headline: 乙题\npull_quote: 引。\nbody: 乙文。\n"],
)
def test_a_page_with_one_of_them_has_no_sheet(other: str, tmp_path: Path) -> None:
    assert not sheets(tmp_path, PLAIN, other)


def test_other_levels_are_no_briefs(tmp_path: Path) -> None:
    assert not sheets(tmp_path, PLAIN, PLAIN, level=4)
