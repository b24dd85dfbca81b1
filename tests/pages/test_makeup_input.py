"""Wrong input for make-up, through the command line: each told once, at file and line, with the next step.

Issue 4, bad input: «exit 3 where the input is wrong, exit 1 with the page where it can be shown».
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.support.papers import run

LAYOUT = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main>
  <section data-slot="lead" class="placed" style="--c:0;--w:3;--r:0;--h:30"></section>
  <section data-slot="rest" class="placed" style="--c:0;--w:5;--r:32;--h:20"></section>
  {% if slots.photo %}<figure data-slot="photo" class="placed" style="--c:3;--w:2;--r:0;--h:12"></figure>{% endif %}
</main>
{% endblock %}
"""
EDITION = """\
paper: {name: 试排日报, page_size: tabloid}
date: 2024-01-10
pages:
  - number: 1
    name: 试版
    layout: own
    stories:
      - article: lead.yaml
        slot: lead
        level: 2
      - article: rest.yaml
        slot: rest
        level: 3
  - number: 3
    name: 后版
    layout: own
    stories:
      - article: third.yaml
        slot: lead
        level: 2
"""
TEXT = "理货组一共九个人，三个人值夜，六个人分早晚两班。工会的热水一直烧着，谁来都有一杯。"
LONG_CAPTION = "班后，大家在新修的更衣室里试用热水器，" * 7


def article(headline: str, paragraphs: int, more: str = "") -> str:
    """An article: the headline on line 1, the body from line 3, what is added after it."""
    body = "\n\n".join(f"  {TEXT}" for _ in range(paragraphs))
    return f"headline: {headline}\nbody: |\n{body}\n{more}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong input: what is written instead, and for each error its code, its place (file:line) and what it says."""

    told: tuple[tuple[str, str, str], ...]
    edition: tuple[tuple[str, str], ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    exit_code: int = 3


def in_edition(*changes: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """What is replaced in the edition's file."""
    return changes


TO_LEAD = "article: lead.yaml\n        slot: lead\n"
TO_THIRD = "article: third.yaml\n        slot: lead\n"
PHOTO = "      - article: photo.yaml\n        slot: photo\n        level: 4\n"
WITH_PHOTO = in_edition(("  - number: 3\n", f"{PHOTO}  - number: 3\n"))
WIDE_TABLE = "\n".join(f"  |{'|'.join([cell] * 40)}|" for cell in ("数", "-", *["1234567"] * 3))

WRONG = {
    "jump_to a page that is not there": Wrong(
        (("source.no-such-page", "edition.yaml:10", "no page 7"),),
        in_edition((TO_LEAD, f"{TO_LEAD}        jump_to: 7\n")),
    ),
    "jump_to a slot that is not there": Wrong(
        (("layout.no-such-slot", "edition.yaml:10", "did you mean “rest”"),),
        in_edition((TO_LEAD, f"{TO_LEAD}        jump_to: {{page: 3, slot: rset}}\n")),
    ),
    "jump_to its own page": Wrong(
        (("source.jump-to-itself", "edition.yaml:10", "back to itself"),),
        in_edition((TO_LEAD, f"{TO_LEAD}        jump_to: 1\n")),
    ),
    "jump_to its own slot": Wrong(
        (("source.jump-to-itself", "edition.yaml:10", "back to itself"),),
        in_edition((TO_LEAD, f"{TO_LEAD}        jump_to: {{page: 1, slot: lead}}\n")),
    ),
    "two stories that go on in one another's slots": Wrong(
        (
            ("layout.slot-taken", "edition.yaml:21", "already has story “lead”"),
            ("layout.slot-taken", "edition.yaml:10", "already has story “third”"),
        ),
        in_edition(
            (TO_LEAD, f"{TO_LEAD}        jump_to: {{page: 3, slot: lead}}\n"),
            (TO_THIRD, f"{TO_THIRD}        jump_to: {{page: 1, slot: lead}}\n"),
        ),
    ),
    "two stories in one slot": Wrong(
        (("layout.slot-taken", "edition.yaml:12", "already has story “lead”"),),
        in_edition(("slot: rest", "slot: lead")),
    ),
    "two stories that go on in one slot": Wrong(
        (("layout.slot-taken", "edition.yaml:21", "already has story “lead”"),),
        in_edition(
            (TO_LEAD, f"{TO_LEAD}        jump_to: {{page: 3, slot: rest}}\n"),
            (TO_THIRD, f"{TO_THIRD}        jump_to: {{page: 3, slot: rest}}\n"),
        ),
    ),
    "a picture taller than its slot": Wrong(
        (("makeup.picture-too-tall", "photo.yaml:2", "below its slot"), ("makeup.overset", "photo.yaml:1", "over by")),
        WITH_PHOTO,
        {"photo.yaml": "pictures:\n  - file: tall.png\n    caption: 新修的更衣室\n    alt: 更衣室\n"},
        exit_code=1,
    ),
    "a table wider than the page": Wrong(
        (("makeup.table-too-wide", "rest.yaml:4", "of the table's 40 columns"),),
        files={"rest.yaml": f"headline: 各班人数\nbody: |\n\n{WIDE_TABLE}\n\n  {TEXT * 8}\n"},
        exit_code=1,
    ),
    "a caption longer than its picture": Wrong(
        (("makeup.caption-long", "lead.yaml:13", "more than its picture is high"),),
        files={
            "lead.yaml": article(
                "热水一直烧着", 4, f"pictures:\n  - file: flat.png\n    columns: 1\n    caption: {LONG_CAPTION}班\n"
            )
        },
        exit_code=1,
    ),
}


def written(folder: Path, wrong: Wrong) -> Path:
    """Write an edition of two pages with a fault; return its file."""
    text = EDITION
    for old, new in wrong.edition:
        assert text.count(old) == 1
        text = text.replace(old, new)
    files = {
        "edition.yaml": text,
        "lead.yaml": article("热水一直烧着", 8),
        "rest.yaml": article("班车晚点谁来管", 6),
        "third.yaml": article("夜班也有人惦记", 8),
        "layouts/own/page.html.j2": LAYOUT,
    }
    for name, content in (files | wrong.files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    Image.new("L", (900, 2700), 200).save(folder / "tall.png")
    Image.new("L", (2000, 700), 200).save(folder / "flat.png")
    return folder / "edition.yaml"


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_told_at_its_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = WRONG[name]
    source = written(tmp_path / "paper", wrong)
    monkeypatch.chdir(source.parent)
    ended = run("build", source.name, "-o", "out", "--json")
    assert ended.code == wrong.exit_code, ended.report["diagnostics"]
    found = [d for d in ended.report["diagnostics"] if d["severity"] == "error"]
    assert [(d["code"], f"{d['file']}:{d['line']}") for d in found] == [(code, place) for code, place, _ in wrong.told]
    for told, (_, _, says) in zip(found, wrong.told, strict=True):
        assert says in told["message"]
        assert told["hint"]
        for chinese in (told["message_zh"], told["hint_zh"]):
            assert re.search("[\u4e00-\u9fff]", chinese)
    if wrong.exit_code == 3:
        assert ended.report["outputs"] == []
        assert not (source.parent / "out").exists()
        return
    for told in found:
        assert told["page"] == "1"
        assert told["story"]
        left, top, right, bottom = told["bbox"]
        assert 0 <= left < right <= 270 / 25.4 * 72
        assert 0 <= top < bottom <= 390 / 25.4 * 72
    with pikepdf.open(source.parent / "out/2024-01-10/web/edition.pdf") as pdf:
        assert len(pdf.pages) == 2


@pytest.mark.parametrize("name", WRONG)
def test_the_terminal_has_place_code_and_hint(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = WRONG[name]
    source = written(tmp_path / "paper", wrong)
    monkeypatch.chdir(source.parent)
    ended = run("check", source.name)
    assert ended.code == wrong.exit_code
    for code, place, says in wrong.told:
        shown = rf"^(?:page \S+(?: \S+)? · )?{re.escape(place)}:\d+: [^\n]*error\[{re.escape(code)}\]: [^\n]*{re.escape(says)}[^\n]*\n  hint: \S"
        assert re.search(shown, ended.err, re.MULTILINE), ended.err


# --- what the lint tells of a page that can be shown ----------------------------------------------------------


def test_a_rule_of_the_layout_at_a_picture_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule across the head of the photo's slot, and a double rule of one element, which is one rule."""
    rules = """\
  <div class="rule-photo" style="position:absolute;left:60%;right:0;top:1.2pt;border-top:1pt solid"></div>
  <div class="rule-foot" style="position:absolute;left:0;right:0;top:372pt"></div>
"""
    wrong = Wrong((), WITH_PHOTO, {"photo.yaml": "pictures:\n  - file: flat.png\n    caption: 更衣室\n"})
    source = written(tmp_path, wrong)
    (tmp_path / "layouts/own/page.html.j2").write_text(LAYOUT.replace("</main>", f"{rules}</main>"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ended = run("check", source.name, "--json", "--page", "1")
    [told] = [d for d in ended.report["diagnostics"] if d["code"] == "layout.rules-too-close"]
    assert told["message"].startswith("rule `rule-photo` ")
    assert (told["severity"], told["page"], told["story"]) == ("warning", "1", "photo")
    assert (told["file"], told["line"]) == ("edition.yaml", 6)


def test_a_headline_that_tears_a_word_is_told_as_the_contract_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = "headline: [为奔波的劳动, 者留一盏灯]\nbody: 一句话。\n"
    source = written(tmp_path, Wrong((), files={"lead.yaml": torn}))
    monkeypatch.chdir(tmp_path)
    ended = run("check", source.name)
    assert (
        "lead.yaml:1:11: headline: warning[makeup.headline-breaks-word]: line 1 ends inside “劳动者”\n"
        "  hint: end the line before or after “劳动者”\n"
    ) in ended.err
