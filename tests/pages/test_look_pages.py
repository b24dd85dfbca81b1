"""Stories with looks of their own on built pages: each key's effect, in what is planned and in what the PDF shows."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.generator import photograph
from printkit.model.page import MadeUpStory, PictureBox, TextBox
from tests.support.checks import page_glyphs, pdfium_text, squeeze, without_actual_text
from tests.support.papers import Built, build_edition, pages_of, run, write_paper, write_yaml

COPY = (
    "热水房的灯亮到夜里十点。班长把新课表贴在门口，六门课一门一门讲给大家听。“听得懂，用得上，才算数。”他说，"
    "学员自己点单，教员自己备课，教室就设在工段里，下了班走几步就到，三个月开了四十六堂。"
)
HEADLINE = "夜校开进车间里"
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "vertical": {"head": {"direction": "vertical", "side": "right"}},
    "start": {"head": {"align": "start"}},
    "justify": {"head": {"align": "justify", "columns": 2}},
    "short": {"head": {"align": "justify"}},
    "half": {"head": {"columns": 2}},
    "long": {"head": {"stretch": "110%"}},
    "flat": {"标题": {"变形": "90%"}},
    "tail": {"byline": "tail"},
    "dateline": {"byline": "dateline"},
    "three": {"columns": 3},
    "five": {"columns": 5},
    "whole": {"crop": "none"},
}
"""A page each, of one story over four columns."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looks")
    edition = write_paper(folder, {}, paper={"stylesheets": ["house.css"]})
    (folder / "house.css").write_text(".tile .story { --forms: none; }", encoding="utf-8")
    (folder / "articles").mkdir()
    photograph(folder / "articles/x.jpg", "x")
    place = {"column": 1, "row": 1, "columns": 4, "rows": 40}
    pages = []
    for number, (name, look) in enumerate(LOOKS.items(), 1):
        copy = {
            "kicker": "职工点单",
            "headline": HEADLINE,
            "byline": [{"role": "本报记者", "name": "甲某某"}],
            "dateline": "本报讯",
            "body": "\n\n".join([COPY] * 9),
            "pictures": [{"file": "x.jpg", "caption": "夜课堂上", "credit": "某乙 摄", "columns": 2}],
        }
        write_yaml(folder / f"articles/{name}.yaml", copy)
        story = {"article": f"articles/{name}.yaml", "level": 2, "at": place} | ({"look": look} if look else {})
        pages.append({"number": str(number), "layout": "auto", "stories": [story]})
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


@pytest.fixture(scope="module")
def built(source: Path) -> Built:
    return build_edition(source, source.parent / "out")


@pytest.fixture(scope="module")
def stories(built: Built) -> dict[str, MadeUpStory]:
    return {story.story.id: story for page in pages_of(built.source) for story in page.stories}


def boxes(story: MadeUpStory, role: str) -> list[TextBox]:
    return [box for box in story.boxes if isinstance(box, TextBox) and box.role == role]


def head(story: MadeUpStory) -> TextBox:
    [box] = boxes(story, "headline")
    return box


def page(built: Built, name: str) -> Path:
    return built.pdf(f"{list(LOOKS).index(name) + 1:02}")


def test_every_look_is_drawn_and_its_text_comes_back(built: Built) -> None:
    assert [error for error in built.errors() if "page-white" not in error] == []
    for name in LOOKS:
        text = squeeze(pdfium_text(page(built, name)))
        assert HEADLINE in text, name
        assert text.count("六门课一门一门") >= 8, name


def test_a_vertical_headline_stands_at_its_side(stories: dict[str, MadeUpStory], built: Built) -> None:
    upright = stories["vertical"]
    assert head(upright).turns
    assert head(upright).rect.x > upright.rect.width * 3 // 4
    size = head(upright).style.size / 1000
    glyphs = [g for g in page_glyphs(without_actual_text(page(built, "vertical"))) if abs(g.size - size) < 0.01]
    assert len(glyphs) == len(HEADLINE)
    assert len({round(g.x) for g in glyphs}) < len(glyphs), "characters under one another"


def test_the_headline_block_is_ranged_as_asked(stories: dict[str, MadeUpStory]) -> None:
    plain, start, justify = stories["plain"], stories["start"], stories["justify"]
    assert head(plain).lines[0].width < head(plain).rect.width
    assert {box.lines[0].x for role in ("kicker", "headline", "byline") for box in boxes(start, role)} == {0}
    [line] = head(justify).lines
    assert (line.x, line.width) == (0, head(justify).rect.width)
    [kicker] = boxes(justify, "kicker")
    assert kicker.lines[0].width < kicker.rect.width, "only the headline is set out"


def test_a_headline_too_short_to_be_set_out_is_told(built: Built) -> None:
    told = [d for d in built.report["diagnostics"] if d["code"] == "makeup.headline-not-full"]
    assert [(d["story"], d["line"]) for d in told] == [("short", 2)]


def test_the_headline_covers_its_columns(stories: dict[str, MadeUpStory]) -> None:
    plain, half = stories["plain"], stories["half"]
    assert head(half).rect.width < head(plain).rect.width * 6 // 10
    beside = [box for box in boxes(half, "body") if box.rect.x > head(half).rect.right]
    assert min(box.rect.y for box in beside) < head(half).rect.bottom, "text stands beside it"


@pytest.mark.parametrize(("name", "ratio"), [("long", 1.1), ("flat", 0.9)])
def test_stretched_headlines_are_drawn_so(
    name: str, ratio: float, stories: dict[str, MadeUpStory], built: Built
) -> None:
    box = head(stories[name])
    glyphs = [
        g for g in page_glyphs(without_actual_text(page(built, name))) if abs(g.size - box.style.size / 1000) < 0.01
    ]
    assert "".join(g.char for g in glyphs) == HEADLINE
    assert glyphs[0].size / (glyphs[1].x - glyphs[0].x) == pytest.approx(ratio, abs=0.002)
    assert any(f"headline {box.style.nominal / 1000:g}pt" in step for step in map(str, built.story(name)["steps"]))


def test_the_byline_stands_where_asked(stories: dict[str, MadeUpStory]) -> None:
    assert boxes(stories["plain"], "byline") == [], "in the dateline, as the built-in style asks"
    [signed] = [box for box in stories["tail"].boxes if isinstance(box, TextBox) and box.role == "byline"]
    assert signed.lines[0].text.startswith("（本报记者")
    assert boxes(stories["dateline"], "byline") == []
    assert (
        boxes(stories["dateline"], "body")[0].lines[0].text.startswith("　　本报讯（记者")
        or "记者" in boxes(stories["dateline"], "body")[0].paragraph.text
    )


@pytest.mark.parametrize(("name", "columns", "characters"), [("plain", 4, 13), ("three", 3, 18), ("five", 5, 9)])
def test_text_columns_are_of_whole_characters(
    name: str, columns: int, characters: int, stories: dict[str, MadeUpStory]
) -> None:
    """四破三 has 18 characters a line (pages.md, part 1)."""
    story = stories[name]
    assert story.columns == columns
    assert {box.rect.width for box in boxes(story, "body")} == {characters * 9000}
    assert max(box.rect.right for box in boxes(story, "body")) <= story.rect.width


def test_pictures_stand_whole(stories: dict[str, MadeUpStory]) -> None:
    """As near as whole lines come; a picture of the plain look gives up to 15 per cent."""
    [shot] = [box for box in stories["whole"].boxes if isinstance(box, PictureBox)]
    assert abs(shot.rect.height - shot.rect.width * 2 // 3) <= 6000
    assert not [step for step in stories["whole"].fit.steps if step.text.startswith("picture")]


def test_a_reprint_has_no_look(source: Path) -> None:
    """All stories are the same copy, so their reprints show the same text at the same places."""
    names = ("plain", "vertical", "flat")
    out = source.parent / "reprints"
    told = yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # text alone
    told["pages"] = [told["pages"][list(LOOKS).index(name)] for name in names]
    assert run("reprint", write_yaml(source.with_name("some.yaml"), told), "-o", out).code in (0, 1)
    found = []
    for name in names:
        [path] = out.rglob(f"{name}.pdf")
        found.append(
            [(g.char, round(g.x, 2), round(g.y, 2), round(g.size, 2)) for g in page_glyphs(without_actual_text(path))]
        )
    copies = [[glyph for glyph in glyphs if glyph[2] > 115] for glyphs in found]
    assert len(copies[0]) > len(COPY) * 2
    assert copies[1:] == copies[:1] * 2
