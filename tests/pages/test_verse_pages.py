"""Verse, letters and centred lines on built pages, in the archive's tags, and verse longer than a page."""

from pathlib import Path
from typing import Any

import pytest

from printkit.commands.check import check
from printkit.model.page import MadeUpStory, TextBox
from tests.support.checks import pdfium_text, squeeze
from tests.support.papers import Built, build_edition, write_paper, write_yaml
from tests.support.structure import Structure

POEM = """编辑同志把这首诗寄来时，信封上还沾着炉前的灰。

~ 炉火照亮了*半边天*，
~ 锤声落在星星上面，
~ 落在星星上面，一声比一声更远，远过我们走过的所有山川。

~ 天亮以前，
~ Good night 我们把钢水

^ ※　※　※

诗是夜班写的，写完正好交班。"""
LETTER = """<< 编辑同志：

来信收到，意见如下：
一、班车早发十分钟；
（一）冬季另议。
1.5元的票价不变。

此致
<< 敬礼

>> 铸造车间 老廖
>> 2024年1月8日"""
STORIES: dict[str, dict[str, Any]] = {
    "poem": {"headline": "夜班的诗", "body": POEM},
    "letter": {"headline": "一封来信", "body": LETTER, "editor_note": "~ 一句旧诗，\n~ 权作按语。\n\n>> 编者"},
    "long": {"headline": "四百行", "body": "\n".join(f"~ 第{n}行的灯火" for n in range(1, 401))},
    "parts": {"headline": "分述", "body": "前言。", "sections": [{"name": "某甲", "body": "~ 山高\n~ 水长"}]},
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verse")
    edition = write_paper(folder, {})
    (folder / "articles").mkdir()
    pages = []
    for number, (name, copy) in enumerate(STORIES.items(), 1):
        write_yaml(folder / f"articles/{name}.yaml", copy)
        place = {"column": 1, "row": 1, "columns": 4, "rows": 80 if name == "long" else 24}
        story = {"article": f"articles/{name}.yaml", "level": 3, "at": place}
        pages.append({"number": str(number), "layout": "auto", "stories": [story]})
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


@pytest.fixture(scope="module")
def built(source: Path) -> Built:
    return build_edition(source, source.parent / "out", "--for", "web,archive")


@pytest.fixture(scope="module")
def stories(source: Path) -> dict[str, MadeUpStory]:
    return {story.story.id: story for page in check(source).pages for story in page.stories}


def lines(story: MadeUpStory, role: str) -> list[str]:
    boxes = [box for box in story.boxes if isinstance(box, TextBox) and box.role == role]
    return [line.text.rstrip() for box in boxes for line in box.lines]


def test_lines_stay_the_lines_they_are(stories: dict[str, MadeUpStory]) -> None:
    poem, letter = stories["poem"], stories["letter"]
    verse = lines(poem, "verse")
    assert verse[:2] == ["炉火照亮了半边天，", "锤声落在星星上面，"]
    assert verse[-2:] == ["天亮以前，", "Good night 我们把钢水"]
    assert len(verse) > 5, "a line that is too long turns over"
    assert lines(poem, "centre") == ["※　※　※"]
    assert lines(letter, "sign") == ["铸造车间 老廖", "2024年1月8日"]
    assert lines(letter, "flush") == ["编辑同志：", "敬礼"]
    assert lines(letter, "editor-note") == ["一句旧诗，", "权作按语。", "编者"]
    assert lines(stories["parts"], "verse") == ["山高", "水长"]


def test_they_stand_where_their_marks_say(stories: dict[str, MadeUpStory]) -> None:
    boxes = [box for story in stories.values() for box in story.boxes if isinstance(box, TextBox)]
    for box in boxes:
        em = box.style.size
        for line in box.lines:
            if box.role == "verse":
                assert line.x in (2 * em, 3 * em)
            elif box.role == "sign":
                assert line.x + line.width == pytest.approx(box.rect.width - em, abs=em // 2)
            elif box.role == "flush":
                assert line.x == 0


def test_stanzas_are_parted_and_whole(stories: dict[str, MadeUpStory]) -> None:
    first, second = [b for b in stories["poem"].boxes if isinstance(b, TextBox) and b.role == "verse"]
    assert second.rect.x > first.rect.x or second.rect.y - first.rect.bottom == first.pitch


def test_verse_flows_over_columns_and_what_is_over_is_told(stories: dict[str, MadeUpStory], built: Built) -> None:
    long = stories["long"]
    stand = lines(long, "verse")
    assert stand == [f"第{n}行的灯火" for n in range(1, len(stand) + 1)]
    assert long.fit.over_lines == 400 - len(stand) > 0
    assert {d["story"] for d in built.report["diagnostics"] if d["code"] == "makeup.overset"} == {"long"}


def test_the_text_comes_back_and_a_stanza_is_a_paragraph(built: Built) -> None:
    text = squeeze(pdfium_text(built.pdf("01")))
    assert "炉火照亮了半边天，锤声落在星星上面，落在星星上面" in text
    poem = Structure(built.folder / "archive/edition.pdf").root.all("Art")[0]
    said = [tag.text for tag in poem.kids if tag.name == "P"]
    assert any(p.startswith("炉火") and p.endswith("山川。") for p in said)
    assert "天亮以前， Good night 我们把钢水" in said
