"""What a screen reader hears: stories in order, a paragraph as one, pictures in words, links with their places."""

import re
import textwrap
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from printkit.model.page import TextBox
from printkit.model.text import Kind
from tests.support.papers import PAPER, Built, build_edition, pages_of, write_paper, write_yaml
from tests.support.structure import Structure, Tag

BODY = "车间里的灯亮到很晚，工会的热水也一直烧着；谁来，都有一杯。理货组一共九个人，三个人值夜，六个人分早晚两班。"


@pytest.fixture(scope="module")
def read(tabloid: Built) -> Structure:
    return Structure(tabloid.pdf())


def story(read: Structure, title: str) -> Tag:
    return next(art for art in read.root.all("Art") if art.title.startswith(title))


# --- the samples ---------------------------------------------------------------------------------------


def test_every_story_is_one_art_in_the_order_of_the_pages(read: Structure, tabloid: Built) -> None:
    told = [s.story for page in pages_of(tabloid.source) for s in page.stories if not s.story.ad and s.story.part == 1]
    headings = ["".join(s.article.headline.lines) if s.article.headline else "" for s in told]
    arts = read.root.all("Art")
    assert sorted(h for h in headings if h) == sorted(t.text for art in arts for t in art.all("H1"))
    first_pages = [min(page for tag in art.walk() for page in tag.pages) for art in arts]
    assert len(arts) == len(told)
    assert first_pages == sorted(first_pages)
    assert {art.up.name for art in arts if art.up} == {"Document"}


def test_all_composed_text_is_heard_once_and_whole(read: Structure, tabloid: Built) -> None:
    """Each paragraph over columns is one element with the paragraph's own text."""
    heard = [squeezed(tag.text) for tag in read.root.all("P", "H1", "H2", "LBody", "TH", "TD", "Caption")]
    paragraphs = 0
    for page in pages_of(tabloid.source):
        for made in page.stories:
            for box in (box for box in made.boxes if isinstance(box, TextBox) and box.role == "body"):
                if "+" not in box.key:
                    text = squeezed(box.paragraph.text)
                    text = text.removeprefix("▪") if box.paragraph.kind is Kind.LIST_ITEM else text
                    assert heard.count(text) == 1, text
                    paragraphs += 1
    assert paragraphs > 140
    over_columns = [tag for tag in read.root.all("P") if len(tag.content) > 1 and not tag.kids]
    assert len(over_columns) > 10


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_marked_content_and_parent_tree_agree(read: Structure) -> None:
    owned = [content for tag in read.root.walk() for content in tag.content]
    assert len(owned) == len(set(owned))
    assert sorted(owned) == sorted((page, n) for page, words in enumerate(read.words) for n in words)
    for tag in read.root.walk():
        for page, number in tag.content:
            assert str(read.owner(page, number).S) == f"/{tag.name}"


def test_a_story_over_pages_is_one_with_links_both_ways(read: Structure) -> None:
    art = story(read, "车间出题")
    assert {page for tag in art.walk() for page in tag.pages} == {0, 2}
    assert [tag.text for tag in art.all("H1")] == ["车间出题 赛场解题"]
    links = art.all("Link")
    assert [link.text for link in links] == ["（下转第3版）", "（上接第1版）"]
    for link, page in zip(links, (2, 0), strict=True):
        [annotation] = link.links
        assert annotation.Dest[0].objgen == read.pdf.pages[page].obj.objgen
        assert str(annotation.Contents) == link.text
        assert int(annotation.F) == 4


def test_headings_go_down_one_level_at_a_time(read: Structure) -> None:
    levels = [int(tag.name[1]) for tag in read.root.walk() if re.fullmatch("H[1-6]", tag.name)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {tag.text for tag in read.root.all("H1")} >= {"今日导读", "简讯"}


def test_pictures_speak_and_captions_stand_beside_them(read: Structure) -> None:
    figures = read.root.all("Figure")
    assert figures
    assert all(f.alt and f.content and f.attributes.BBox[2] > f.attributes.BBox[0] >= 0 for f in figures)
    group = story(read, "早上跑山路").all("Div")[0]
    assert [tag.name for tag in group.kids] == ["Figure", "Figure", "Caption"]
    assert group.kids[-1].text.startswith("图①：8月4日清晨")
    assert next(f.alt for f in read.root.kids if f.name == "Figure").startswith("公益广告：全区23家")


def test_a_voice_rests_where_the_eye_does_and_says_no_mark(read: Structure) -> None:
    caption = story(read, "早上跑山路").all("Caption")[0]
    assert [kid.name for kid in caption.kids] == ["P"] * len(caption.kids)
    drawn = story(read, "车间出题")
    assert [kid.text for kid in drawn.all("Caption")[0].kids][-1] == "麦知远 绘"
    [byline] = [tag for tag in drawn.all("P") if tag.text.startswith("□")]
    assert byline.said == byline.text.removeprefix("□") == "本报记者 顾一苇 通讯员 闻喆"
    strip = [tag.text for tag in read.root.kids if tag.name == "P"]
    assert strip[: strip.index("星期五") + 1][-2:] == ["2024年8月9日", "星期五"]


def test_the_index_is_a_list_of_links(read: Structure) -> None:
    entries = read.root.kids[[kid.name for kid in read.root.kids].index("L")].kids
    assert [entry.name for entry in entries] == ["LI"] * 5
    links = [link for entry in entries for link in entry.all("Link")]
    assert [part.text for part in links[0].kids] == ["深夜十一点 灯还亮着", "详见第2版"], "a voice rests between them"
    assert all(len(link.links) == 1 for link in links)


def test_a_table_has_rows_and_heads(read: Structure) -> None:
    [table] = story(read, "厂里开了个").all("Table")
    assert [[cell.name for cell in row.kids] for row in table.kids][:2] == [["TH"] * 3, ["TD"] * 3]
    assert [cell.text for cell in table.kids[1].kids] == ["8:30", "作业", "作业"]
    assert {str(cell.attributes.Scope) for cell in table.all("TH")} == {"/Column"}


def test_page_furniture_is_silent_and_the_imprint_is_not(read: Structure) -> None:
    texts = [tag.text for tag in read.root.kids if tag.name == "P"]
    assert "2024年8月9日" in texts
    assert [t for t in texts if t.startswith("农历")]
    assert not [t for t in texts if "责任编辑" in t]
    assert [t[:3] for t in texts if t.startswith(("主管：", "出版："))] == ["主管：", "出版："]


def test_threads_lead_through_the_columns_and_over_pages(read: Structure) -> None:
    threads = {str(thread.I.Title): thread for thread in read.pdf.Root.Threads}
    assert len(threads) == sum(
        any(p.up and p.up.name != "Caption" for p in art.all("P")) for art in read.root.all("Art")
    )
    pages = {page.obj.objgen: n for n, page in enumerate(read.pdf.pages)}
    thread = threads["车间出题 赛场解题"]
    beads = [thread.F]
    while beads[-1].N.objgen != thread.F.objgen:
        assert beads[-1].N.V.objgen == beads[-1].objgen
        beads.append(beads[-1].N)
    assert [pages[bead.P.objgen] for bead in beads] == sorted(pages[bead.P.objgen] for bead in beads)
    assert {pages[bead.P.objgen] for bead in beads} == {0, 2}
    columns = [float(bead.R[0]) for bead in beads if pages[bead.P.objgen] == 0][1:]
    assert columns == sorted(columns)
    assert all(bead.objgen in {b.objgen for b in bead.P.B} for bead in beads)


def test_a_single_page_has_its_part_of_the_tree(tabloid: Built) -> None:
    page = Structure(tabloid.pdf("03"))
    art = story(page, "12道题")
    assert art.all("Link")[0:1] == []  # what it came from is not in this file: the line is plain text
    assert "（上接第1版）" in art.text
    assert {n for tag in page.root.walk() for n in tag.pages} == {0}


# --- made for it ---------------------------------------------------------------------------------------


def test_a_paragraph_that_goes_on_over_pages_stays_one(tmp_path: Path) -> None:
    (tmp_path / "layouts/own").mkdir(parents=True)
    (tmp_path / "layouts/own/page.html.j2").write_text(
        '{% extends "shared/page.html.j2" %}{% block page %}<main>'
        '<section data-slot="lead" class="placed" style="--c:0;--w:5;--r:0;--h:13"></section>'
        '<section data-slot="rest" class="placed" style="--c:0;--w:5;--r:20;--h:40"></section></main>{% endblock %}',
        encoding="utf-8",
    )
    write_yaml(tmp_path / "paper.yaml", PAPER)
    body = "".join(f"第{n}天，{BODY}" for n in range(30))
    write_yaml(tmp_path / "articles/a.yaml", {"headline": "一段到底的稿子", "body": body})
    first = {"article": "articles/a.yaml", "slot": "lead", "level": 1, "jump_to": {"page": 2, "slot": "rest"}}
    pages = [{"number": number, "layout": "own", "stories": stories} for number, stories in (("1", [first]), ("2", []))]
    edition = write_yaml(tmp_path / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    built = build_edition(edition, tmp_path / "out", "--only", "edition")
    read = Structure(built.pdf())
    [whole] = [tag for tag in read.root.all("P") if set(tag.pages) == {0, 1}]
    assert squeezed(whole.text) == squeezed(body)


def test_lists_quotations_links_and_a_divided_table(tmp_path: Path) -> None:
    rows = "\n".join(f"| 第{n}样 | {n}元 |  |" for n in range(1, 60))
    body = "\n\n".join(
        [
            f"{BODY}详情见[工会网站](https://example.org/a)和[办事指南](https://example.org/b)。{BODY}",
            "- 先登记[名字](https://example.org/c)\n- 再领号",
            "> 谁觉得不对，当场就能改。",
            f"| 菜名 | 价钱 | 备注 |\n|---|--:|---|\n{rows}",
            *[BODY * 3] * 3,
        ]
    )
    (tmp_path / "own.css").write_text(":root { --columns: 4; --table-columns: 1 }", encoding="utf-8")
    edition = write_paper(tmp_path, {"a": {}}, paper={"stylesheets": ["own.css"]})
    text = f"headline: 价目牌上墙\nbody: |\n{textwrap.indent(body, '  ')}\n"
    (tmp_path / "articles/a.yaml").write_text(text, encoding="utf-8")
    built = build_edition(edition, tmp_path / "out", "--only", "edition")
    read = Structure(built.pdf())
    [art] = read.root.all("Art")
    assert [link.text for link in art.all("Link")] == ["工会网站", "办事指南", "名字"]
    assert [str(link.links[0].A.URI)[-1] for link in art.all("Link")] == ["a", "b", "c"]
    first = next(tag for tag in art.all("P") if "工会网站" in tag.text)
    assert squeezed(first.text) == squeezed(f"{BODY}详情见工会网站和办事指南。{BODY}")
    [listed] = art.all("L")
    assert [[part.name for part in item.kids] for item in listed.kids] == [["Lbl", "LBody"]] * 2
    assert [item.kids[1].text for item in listed.kids] == ["先登记名字", "再领号"]
    assert [tag.text for tag in art.all("BlockQuote")] == ["谁觉得不对，当场就能改。"]
    [table] = art.all("Table")
    assert [[cell.text for cell in row.kids] for row in table.kids] == [
        ["菜名", "价钱", "备注"],
        *([f"第{n}样", f"{n}元", ""] for n in range(1, 60)),
    ]
    shown = pypdfium2.PdfDocument(built.pdf())[0].get_textpage().get_text_range()
    assert shown.count("菜名") > 1, "the table is not divided"


def test_what_a_layout_hides_is_silent(tmp_path: Path) -> None:
    (tmp_path / "layouts/own").mkdir(parents=True)
    (tmp_path / "layouts/own/page.html.j2").write_text(
        '{% extends "shared/page.html.j2" %}{% block page %}<main>'
        '<div aria-hidden="true">花边</div><h3>本版导语</h3><div>一句<b>话</b></div>'
        '<ol><li>其一</li></ol><a href="https://example.org/">报社网站</a>'
        '<section data-slot="main" class="placed" style="--c:0;--w:5;--r:20;--h:40"></section></main>{% endblock %}',
        encoding="utf-8",
    )
    edition = write_paper(tmp_path, {"a": {"headline": "题", "body": BODY * 20}}, layout="own")
    read = Structure(build_edition(edition, tmp_path / "out", "--only", "edition").pdf())
    assert [(tag.name, tag.text) for tag in read.root.kids[:3]] == [
        ("H1", "本版导语"),
        ("P", "一句话"),
        ("L", "1. 其一"),
    ]
    assert [tag.text for tag in read.root.kids[3].all("Link")] == ["报社网站"]
    assert "花边" not in read.root.text
