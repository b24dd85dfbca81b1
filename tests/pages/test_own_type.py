"""Slots with a type of their own: measured on their own grid, where they were; what overlaps or has no effect is told."""

from pathlib import Path
from typing import Any

import pytest

from printkit.commands.check import check
from printkit.diagnostics import Diagnostic
from printkit.model.page import MadeUpPage, MadeUpStory, TextBox
from tests.support.checks import pdfium_text
from tests.support.papers import build_edition, run, write_paper
from tests.support.setting import copy

OWN = ".briefs { --body-size: 7.5pt; --body-leading: 9pt }"
RESULTS = "赛果如下。\n\n| 队 | 分 |\n|---|--:|\n| 甲队 | 12 |\n| 乙队 | 9 |\n| 丙队 | 7 |\n"
ITEMS: dict[str, dict[str, Any]] = {
    "lead": {"headline": "头条", "body": "\n\n".join(copy(900, 2))},
    "one": {"headline": "一条简讯", "brief": True, "body": "\n\n".join(copy(200, 3))},
    "two": {"headline": "球赛积分", "brief": True, "body": RESULTS},
}
ENTRIES: list[dict[str, Any]] = [
    {"article": "articles/lead.yaml", "slot": "lead", "level": 2},
    {"article": "articles/one.yaml", "slot": "briefs", "level": 5},
    {"article": "articles/two.yaml", "slot": "briefs", "level": 5},
]
LAYOUT = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main>
  <h2 class="bar" style="position:absolute;margin:0;left:0;top:0;width:100pt;height:12pt">简讯</h2>
  <div><section data-slot="lead" class="placed" style="--c:1;--w:3;--r:0;--h:40"></section></div>
  <aside data-slot="briefs" data-many class="mine briefs"></aside>
</main>
{% endblock %}
"""
PLACED = """.mine { position: absolute; left: 0; width: 117pt; top: calc(2 * var(--body-leading)); height: calc(30 * var(--body-leading)) }
"""


def paper_with(folder: Path, css: str, layout: str = "front") -> Path:
    edition = write_paper(folder, ITEMS, layout=layout, stories=ENTRIES, paper={"stylesheets": ["house.css"]})
    (folder / "house.css").write_text(css, encoding="utf-8")
    return edition


def of(page: MadeUpPage, name: str) -> MadeUpStory:
    return next(story for story in page.stories if story.story.id == name)


def told(edition: Path, code: str) -> list[Diagnostic]:
    return [found for found in check(edition).diagnostics if found.code == code]


def test_a_slot_stays_where_it_was_and_its_text_stands_on_its_own_grid(tmp_path: Path) -> None:
    plain = check(paper_with(tmp_path / "plain", "")).pages[0]
    edition = paper_with(tmp_path / "own", OWN)
    own = check(edition).pages[0]
    assert {name: slot.rect for name, slot in own.geometry.slots.items()} == {
        name: slot.rect for name, slot in plain.geometry.slots.items()
    }
    assert of(own, "lead").boxes == of(plain, "lead").boxes
    slot = own.geometry.slots["briefs"].rect
    for name in ("one", "two"):
        story = of(own, name)
        assert story.rect.y == slot.y
        texts = [b for b in story.boxes if isinstance(b, TextBox) and b.role in ("body", "table", "table-head")]
        assert {box.pitch for box in texts} == {9000}
        assert {box.style.size for box in texts if box.role == "body"} == {7500}
        for box in texts:
            assert box.rect.y % 9000 == 0
            assert box.rect.bottom <= slot.height
    measures = {line.measure for box in of(own, "one").boxes if isinstance(box, TextBox) for line in box.lines}
    assert all(measure % 7500 == 0 for measure in measures if measure > 90_000)
    assert not told(edition, "layout.overlap")
    assert not told(edition, "style.no-effect")


def test_every_output_draws_it(tmp_path: Path) -> None:
    edition = paper_with(tmp_path, OWN + " .level-5 { --body-size: 7.5pt; --body-leading: 9pt }")
    built = build_edition(edition, tmp_path / "out", "--for", "web,print,archive")
    assert not [error for error in built.errors() if "preflight" in error or "moved" in error]
    assert "球赛积分赛果如下。队分甲队12" in pdfium_text(built.pdf("01"))
    assert built.story("one")["lines"] > 0
    assert run("reprint", edition, "--story", "one", "-o", tmp_path / "clips").code == 0
    assert "一条简讯" in pdfium_text(tmp_path / "clips/2024-01-10/clip/one.pdf")


def test_capacity_counts_in_the_slots_own_type(tmp_path: Path) -> None:
    counted = []
    for name, css in (("plain", ""), ("own", ".second { --body-size: 7.5pt; --body-leading: 9pt }")):
        entry = {"slot": "second", "level": 4}
        edition = write_paper(
            tmp_path / name, {}, layout="front", stories=[entry], paper={"stylesheets": ["house.css"]}
        )
        (tmp_path / name / "house.css").write_text(css, encoding="utf-8")
        [slot] = run("capacity", edition, "--json").report["slots"]
        counted.append(next(room for room in slot["rooms"] if room["level"] == 4)["characters"])
    assert counted[1] > counted[0] * 1.4


def test_a_slot_that_slides_over_its_neighbours_is_told(tmp_path: Path) -> None:
    (tmp_path / "layouts/own").mkdir(parents=True)
    (tmp_path / "layouts/own/page.html.j2").write_text(LAYOUT, encoding="utf-8")
    edition = paper_with(tmp_path, PLACED, "own")
    assert told(edition, "layout.overlap") == []
    (tmp_path / "house.css").write_text(PLACED + ".briefs { --body-leading: 5pt; --body-size: 4pt }", encoding="utf-8")
    [bar] = told(edition, "layout.overlap")
    assert (bar.slot, bar.page) == ("briefs", "1")
    assert bar.message.en == "slot “briefs” overlaps “bar” by 100 × 2 pt"
    assert bar.message.zh == "版位“briefs”与“bar”重叠 100 × 2 pt"
    (tmp_path / "house.css").write_text(PLACED.replace("117pt", "200pt"), encoding="utf-8")
    [slots] = told(edition, "layout.overlap")
    assert slots.message.en.startswith("slot “lead” overlaps “briefs” by ")


@pytest.mark.parametrize(
    ("css", "words"),
    [
        (".briefs .body { line-height: 9pt }", ".body has line-height 9pt, and stands on the grid of 12pt"),
        (OWN + " .briefs .body { line-height: 8pt }", ".body has line-height 8pt, and stands on the grid of 9pt"),
        (".briefs .body { line-height: 12pt }", ""),
    ],
)
def test_a_line_height_without_effect_is_told(css: str, words: str, tmp_path: Path) -> None:
    found = told(paper_with(tmp_path, css), "style.no-effect")
    assert [words in one.message.en for one in found] == ([True] if words else [])
    assert all("版位“briefs”" in one.message.zh and "--body-leading" in one.to_text("zh") for one in found)


def test_what_is_set_on_one_story_without_effect_is_told_at_its_line(tmp_path: Path) -> None:
    css = """/* #story-one { --headline-lines: 1 } */
#story-one .headline { color: var(--accent) }
#story-one, #story-two {
  --accent: black;
  --headline-direction: vertical;
}
"""
    edition = paper_with(tmp_path, css)
    [found] = told(edition, "style.no-effect")
    assert found.message.en == "--headline-direction has no effect on `#story-one, #story-two`"
    assert found.where
    assert (found.where.file, found.where.line) == ("house.css", 5)
    assert "样貌" in found.to_text("zh")
