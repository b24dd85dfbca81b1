"""Boxes inside stories (附文) through all outputs: where they stand, what is told, and that nobody loses their words."""

from pathlib import Path
from typing import Any

import pytest

from printkit.commands.check import check
from printkit.model.page import Box, MadeUpStory, Ornament, TextBox
from tests.support.checks import pdfium_text
from tests.support.issues import make_issue
from tests.support.papers import Built, build_edition, run, write_paper, write_yaml
from tests.support.setting import copy
from tests.support.structure import Structure

AFTER = {"kind": "after", "headline": "末梢通了", "body": "三年里，干事们把巷子走成了熟路。\n\n- 其一\n- 其二"}
DATA = {"类别": "资料", "主标题": "手册里写了什么", "正文": "\n\n".join(copy(300, 5))}
LINK = {"kind": "link", "body": "据区总工会统计，全区现有驿站46家。", "place": "side"}
RELATED = {"kind": "related", "headline": "去年此时", "body": "去年印了两百份。", "place": "inside"}


def body(characters: int, seed: int) -> str:
    return "\n\n".join(copy(characters, seed))


STORIES: dict[str, dict[str, Any]] = {
    "foot": {"headline": "末梢上的工会", "body": body(1100, 3), "boxes": [AFTER]},
    "three": {"headline": "三个盒子一篇稿", "body": body(900, 7), "boxes": [DATA, LINK, AFTER]},
    "inside": {"headline": "文中附文", "body": body(600, 9), "boxes": [RELATED]},
}
PLACES = {
    "foot": {"column": 1, "row": 1, "columns": 3, "rows": 42},
    "three": {"column": 1, "row": 43, "columns": 5, "rows": 42},
    "inside": {"column": 4, "row": 1, "columns": 2, "rows": 42},
}


def paper_with(folder: Path, stories: dict[str, dict[str, Any]], **places: dict[str, int]) -> Path:
    entries = [{"article": f"articles/{name}.yaml", "level": 3, "at": places[name]} for name in stories]
    return write_paper(folder, stories, layout="auto", stories=entries)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("boxes")
    return build_edition(paper_with(folder, STORIES, **PLACES), folder / "out", "--for", "web,print,archive")


@pytest.fixture(scope="module")
def stories(built: Built) -> dict[str, MadeUpStory]:
    return {story.story.id: story for page in check(built.source).pages for story in page.stories}


def frames(story: MadeUpStory) -> list[Ornament]:
    return [box for box in story.boxes if isinstance(box, Ornament) and box.role.startswith("story-box")]


def holds(outer: Box, inner: Box) -> bool:
    a, b = outer.rect, inner.rect
    return a.x <= b.x and b.right <= a.right and a.y <= b.y and b.bottom <= a.bottom


def meet(one: Box, other: Box) -> bool:
    a, b = one.rect, other.rect
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def test_a_box_is_undivided_in_its_storys_rectangle_and_text_runs_round_it(stories: dict[str, MadeUpStory]) -> None:
    for story in stories.values():
        boxed = [b for b in story.boxes if isinstance(b, TextBox) and b.key.startswith("box")]
        text = [b for b in story.boxes if isinstance(b, TextBox) and not b.key.startswith("box")]
        assert len(frames(story)) == len(story.story.article.boxes)
        for box in boxed:
            assert sum(holds(frame, box) for frame in frames(story)) == 1
        for frame in frames(story):
            assert 0 <= frame.rect.y < frame.rect.bottom <= story.rect.height
            assert not any(meet(frame, box) for box in text)
            assert not any(meet(frame, other) for other in frames(story) if other is not frame)


def test_a_box_stands_where_it_is_to(stories: dict[str, MadeUpStory]) -> None:
    [foot] = frames(stories["foot"])
    leading = 12000
    assert stories["foot"].rect.height - foot.rect.bottom < leading
    assert foot.rect.right >= stories["foot"].rect.width - 200, "it stands in the last columns"
    by_kind = {frame.role.rpartition("-")[2]: frame.rect for frame in frames(stories["three"])}
    assert by_kind["link"].y < by_kind["data"].y
    assert by_kind["link"].right >= stories["three"].rect.width - 200
    assert by_kind["data"].right > by_kind["after"].right, "two at the foot stand side by side"
    [inside] = frames(stories["inside"])
    assert 0 < inside.rect.y < inside.rect.bottom < stories["inside"].rect.height - leading


def test_web_and_press_and_archive_have_their_words(built: Built) -> None:
    assert not [e for e in built.errors() if "preflight" in e or "box" in e]
    text = pdfium_text(built.pdf("01"))
    for words in ("编后末梢通了", "资料手册里写了什么", "链接据区总工会统计，全区现有驿站46家。", "去年印了两百份。"):
        assert words in text
    arts = {art.title: art for art in Structure(built.folder / "archive/edition.pdf").root.all("Art")}
    three = arts["三个盒子一篇稿"]
    assert [kid.name for kid in three.kids[-3:]] == ["Sect"] * 3, "boxes are heard after the text"
    assert {sect.kids[0].text for sect in three.all("Sect")} == {"资料", "链接", "编后"}
    after = next(sect for sect in three.all("Sect") if sect.kids[0].text == "编后")
    assert [kid.name for kid in after.kids] == ["P", "H2", "P", "L"]
    assert [kid.text for kid in after.kids[1:3]] == ["末梢通了", "三年里，干事们把巷子走成了熟路。"]


def test_the_e_paper_and_the_reprint_have_them_after_the_text(built: Built, tmp_path: Path) -> None:
    html = make_issue(built.source).html("story/three.html")
    first = html.index('<aside class="box box-data" aria-label="资料">')
    assert html.index('<div class="text">') < first < html.index('<aside class="box box-after" aria-label="编后">')
    assert "<h2>末梢通了</h2>" in html
    assert run("reprint", built.source, "--story", "three", "-o", tmp_path / "clips").code == 0
    clip = tmp_path / "clips/2024-01-10/clip/three.pdf"
    text = "".join(pdfium_text(clip, page) for page in range(2))
    assert text.index("三个盒子一篇稿") < text.index("资料手册里写了什么") < text.index("编后末梢通了")


def test_a_divided_story_keeps_its_boxes_and_ends_with_the_editors_word(tmp_path: Path) -> None:
    edition = write_paper(tmp_path, {"long": {"headline": "长", "body": body(5200, 4), "boxes": [AFTER, DATA]}})
    stories = [
        {"article": "articles/long.yaml", "slot": "second", "level": 3, "jump_to": {"page": "1", "slot": "lead"}}
    ]
    pages = [{"number": "1", "layout": "inside", "stories": stories}]
    write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    parts = {story.story.part: story for page in check(edition).pages for story in page.stories}
    assert [frame.role for frame in frames(parts[1])] == ["story-box box-data"]
    assert [frame.role for frame in frames(parts[2])] == ["story-box box-after"]


@pytest.mark.parametrize("place", ["foot", "side", "inside"])
def test_a_box_that_is_too_tall_is_told_at_its_line(place: str, tmp_path: Path) -> None:
    tall = {"kind": "data", "headline": "太长", "body": body(3000, 2), "place": place}
    article = {"headline": "题", "body": body(300, 3), "boxes": [LINK, tall]}
    edition = paper_with(tmp_path, {"a": article}, a={"column": 1, "row": 1, "columns": 2, "rows": 30})
    [found] = [d for d in check(edition).diagnostics if d.code == "makeup.box-too-tall"]
    assert found.where
    assert found.where.field == "boxes[1]"
    assert "附文“资料”" in found.message.zh
    made = check(edition).pages[0].stories[0]
    assert all(box.rect.bottom <= made.rect.height + 6000 for box in made.boxes if isinstance(box, TextBox))


def test_in_a_slot_of_several_stories_each_box_follows_its_own(tmp_path: Path) -> None:
    items = {f"b{n}": {"headline": f"简讯{n}", "brief": True, "body": body(60, n), "boxes": [LINK]} for n in (1, 2)}
    stories = [{"article": f"articles/{name}.yaml", "slot": "briefs", "level": 5} for name in items]
    edition = write_paper(tmp_path, items, layout="front", stories=stories)
    made = {story.story.id: story for story in check(edition).pages[0].stories}
    first, second = frames(made["b1"])[0], frames(made["b2"])[0]
    assert first.rect.bottom < min(b.rect.y for b in made["b2"].boxes if isinstance(b, TextBox))
    assert first.rect.bottom < second.rect.y
