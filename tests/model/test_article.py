"""What an article consists of: its parts in order, its titles, its byline as text."""

from dataclasses import replace
from pathlib import Path

import pytest

from printkit.diagnostics import SourceRef
from printkit.model.article import HEADINGS, Article, Byline, Lines, Notice, Picture, Section, StoryBox
from printkit.model.edition import Ad, Story
from printkit.model.text import plain

HERE = SourceRef("articles/a.yaml")
FACE = Picture(Path("face.jpg"), (3, 4), HERE, caption="")
WHOLE = Article(
    Path("a.yaml"),
    HERE,
    headline=Lines(("车间里的", "课堂"), HERE, given=True),
    deck=Lines(("三年培训两千人",), HERE),
    byline=(Byline("本报记者", "甲"), Byline("本报记者", "乙"), Byline("通讯员", "丙")),
    dateline="本报讯",
    editor_note=(plain("按语。"),),
    body=(plain("第一段。"), plain("第二段。")),
    sections=(
        Section(HERE, (plain("他说。"),), name="丁", title="钳工", portrait=FACE, headline=Lines(("题",), HERE)),
    ),
    pictures=(replace(FACE, caption="课堂一角。图为学员"),),
    boxes=(
        StoryBox("after", (plain("编者说。"),), HERE, Lines(("末梢通了",), HERE)),
        StoryBox("link", (plain("46家。"),), HERE),
    ),
    source="工会",
)
BARE = Article(Path("b.yaml"), HERE)


def story(article: Article, **changes: object) -> Story:
    return Story("id", article, HERE, **changes)  # type: ignore[arg-type]  # the tests give what stories take


def test_headings_stand_by_role_in_the_order_of_reading() -> None:
    assert tuple(HEADINGS) == ("kicker", "headline", "deck")
    assert list(WHOLE.headings.items()) == [("headline", WHOLE.headline), ("deck", WHOLE.deck)]
    assert BARE.headings == {}


def test_the_copy_stands_in_order() -> None:
    assert [p.text for p in WHOLE.paragraphs] == ["第一段。", "第二段。", "他说。"]
    assert WHOLE.texts == (WHOLE.body, WHOLE.sections[0].body)
    assert [picture.caption for picture in WHOLE.all_pictures] == ["课堂一角。图为学员", ""]
    assert WHOLE.names == ("甲", "乙", "丙", "丁")
    expected = ["按语。", "本报讯\u3000第一段。", "第二段。", "丁 钳工", "题", "他说。"]
    expected += ["编后 末梢通了", "编者说。", "链接", "46家。", "课堂一角。图为学员"]
    assert WHOLE.text.split("\n") == expected
    assert BARE.text == ""


@pytest.mark.parametrize(
    ("article", "title", "short", "index"),
    [
        (WHOLE, "车间里的 课堂", "车间里的 课堂", "车间里的 课堂"),
        (replace(WHOLE, headline=None), "课堂一角。图为学员", "课堂一角", "课堂一角。图为学员"),
        (replace(WHOLE, headline=None, pictures=()), "id", "第一段", "id"),
        (replace(BARE, body=(plain("长" * 40),)), "id", "长" * 36 + "…", "id"),
        (replace(BARE, sections=WHOLE.sections), "id", "丁", "id"),
        (replace(BARE, notices=(Notice((plain("声明作废。"),), HERE, "遗失"),)), "遗失", "遗失", "遗失"),
        (replace(BARE, kicker=Lines(("简", "讯"), HERE)), "id", "id", "简 讯"),
        (BARE, "id", "id", "id"),
    ],
)
def test_a_story_is_called_by_its_headline_or_its_words(article: Article, title: str, short: str, index: str) -> None:
    named = story(article)
    assert (named.title, named.short_title, named.index_title) == (title, short, index)


def test_an_advertisement_is_called_by_its_text() -> None:
    assert story(BARE, ad=Ad(HERE, alt="银行广告")).title == "银行广告"


def test_a_byline_says_a_role_once() -> None:
    assert BARE.byline_text() == ""
    assert replace(BARE, byline=(Byline("", "甲"),)).byline_text() == "甲"
    assert WHOLE.byline_text() == "本报记者 甲 乙 通讯员 丙"
    assert WHOLE.byline_text("　") == "本报记者 甲 乙　通讯员 丙"
