"""Where a byline stands: in the headline block, after the text, or in the dateline."""

import pytest

from printkit.makeup.page.many import fill_many
from printkit.makeup.story.fill import fill
from printkit.model.article import Article, Byline, Section
from printkit.model.page import MadeUpStory
from tests.support.setting import EM, LEADING, article, geometry, setter, shown, slot, story, texts, visible

WRITERS = (Byline("本报记者", "甲某"), Byline("本报记者", "乙某"))
SIGNED = "（本报记者甲某乙某）"


def made(copy: Article, byline: str, **changes: object) -> MadeUpStory:
    """Fill one column of twenty em."""
    place = slot(width=20, columns=1, byline=byline, **changes)  # type: ignore[arg-type]  # keywords of the slot
    return fill(story(copy), place, geometry(place), setter())[0]


def test_a_byline_stands_in_the_headline_block_unless_the_style_asks_otherwise() -> None:
    story = made(article("正文。", headline="主题", byline=WRITERS), "head")
    box = texts(story, "byline")[0]
    assert list(shown([box])) == ["□本报记者甲某乙某"]
    assert box.rect.y < texts(story, "body")[0].rect.y


def test_at_the_tail_it_ends_the_last_line_flush_right_where_there_is_room() -> None:
    story = made(article("头一段。", "末一段。", headline="主题", byline=WRITERS), "tail")
    tail, last = texts(story, "byline")[0], texts(story, "body")[-1]
    assert list(shown([tail])) == [SIGNED]
    assert tail.rect.y == last.rect.bottom - LEADING
    line = tail.lines[0]
    assert line.x + line.width == tail.rect.width == 20 * EM
    assert story.fit.characters == len("头一段。末一段。") + len(SIGNED)


def test_at_the_tail_it_takes_a_line_of_its_own_where_there_is_none() -> None:
    story = made(article("十二个字的末一段写满一行。", headline="主题", byline=WRITERS), "tail")
    tail, last = texts(story, "byline")[0], texts(story, "body")[-1]
    assert tail.rect.y == last.rect.bottom
    assert tail.lines[0].x + tail.lines[0].width == 20 * EM


@pytest.mark.parametrize("length", range(1, 45))
def test_the_byline_never_meets_the_text(length: int) -> None:
    story = made(article("工" * length + "。", headline="主题", byline=WRITERS), "tail")
    tail, last = texts(story, "byline")[0], texts(story, "body")[-1]
    if tail.rect.y < last.rect.bottom:
        assert last.lines[-1].x + last.lines[-1].width + EM <= tail.lines[0].x


def test_with_sections_it_stands_after_the_last() -> None:
    copy = article("正文。", headline="主题", byline=WRITERS)
    section = Section(copy.where, article("分述。").body, name="丙某")
    story = made(Article(copy.path, copy.where, copy.headline, byline=WRITERS, body=copy.body, sections=(section,)),
                 "tail")  # fmt: skip
    assert texts(story, "byline")[0].rect.y == texts(story, "body")[-1].rect.y
    assert list(shown([texts(story, "body")[-1]])) == ["分述。"]


def test_in_the_dateline_the_paper_is_named_once() -> None:
    story = made(article("正文。", headline="主题", byline=WRITERS[:1], dateline="本报讯"), "dateline")
    assert not texts(story, "byline")
    body = texts(story, "body")[0]
    assert list(shown([body])) == ["本报讯（记者甲某）正文。"]
    assert body.paragraph.runs[0].strong


@pytest.mark.parametrize("byline", ["tail", "dateline"])
def test_without_text_or_dateline_it_stays_in_the_headline_block(byline: str) -> None:
    body = () if byline == "tail" else ("正文。",)
    story = made(article(*body, headline="主题", byline=WRITERS), byline)
    assert list(shown(texts(story, "byline"))) == ["□本报记者甲某乙某"]


def test_stories_that_share_a_slot_are_signed_each() -> None:
    place = slot(width=20, columns=1, many=True, byline="tail")
    stories = [story(article(f"第{n}篇。", headline="主题", byline=WRITERS), n) for n in ("一", "二")]
    found = fill_many(stories, place, geometry(place), setter())
    assert [list(shown(texts(one, "byline"))) for one, _ in found] == [[SIGNED], [SIGNED]]


def test_a_name_of_two_is_as_wide_as_one_of_three_and_written_as_it_is() -> None:
    names = (Byline("本报记者", "甲乙"), Byline("本报记者", "丙丁戊"), Byline("通讯员", "己庚"), Byline("", "Li"))
    for place, style, marks in (("head", "center", "□"), ("tail", "end", "（）")):
        box = texts(made(article("正文。", headline="主题", byline=names), place), "byline")[0]
        line = box.lines[0]
        wide = [line.clusters[at] for at, advance in enumerate(line.advances) if advance >= 2 * box.style.size]
        assert wide == ["甲", "己"], style
        assert visible(line.text).strip(marks) == "本报记者甲乙丙丁戊通讯员己庚Li"
        assert "\u3000" not in box.paragraph.text
    assert line.x + line.width == line.measure


def test_an_agency_that_the_dateline_names_is_not_named_again() -> None:
    copy = article("正文。", headline="主题", byline=(Byline("新华社记者", "甲乙"),), dateline="新华社北京电")
    assert list(shown(texts(made(copy, "dateline"), "body"))) == ["新华社北京电（记者甲乙）正文。"]
