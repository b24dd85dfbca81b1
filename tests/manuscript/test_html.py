"""A saved page as blocks: the article in it, what it hides, its pictures."""

from pathlib import Path

import pytest
from PIL import Image

from printkit.diagnostics import InputError
from printkit.manuscript.block import Manuscript
from printkit.manuscript.drafting import drafts
from printkit.manuscript.html import read_html
from printkit.manuscript.reading import read_manuscript
from printkit.model.text import Kind, Run

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="渡口的灯"><title>别的</title></head>
<body><nav>导航</nav><h1 id="activity-name">
  渡口的灯  </h1><a id="js_name">渡口发布</a>
<div id="js_content" style="visibility: hidden; opacity: 0">
<section style="text-align:center"><strong>小题<br></strong></section>
<p style="font-size:15px">第一段<span style="font-weight:bold">黑体</span>，见<a href="https://example.org/">公报</a>和<a href="javascript:x()">这里</a>。<br>第二段。</p>
<p style="display: none">看不见</p><script>var a = 1;</script>
<p><img data-src="https://example.org/far.jpg" src="https://example.org/far.jpg" alt="远"></p>
<p><img data-src="https://example.org/near.jpg" src="./page_files/640" alt="近"></p>
<table><tr><td>站</td><td>时</td></tr><tr><td>东</td><td>7</td></tr></table>
<ul><li>甲</li></ul><blockquote><p>引文。</p></blockquote><p>120m<sup>2</sup></p>
</div></body></html>"""


def read(folder: Path) -> Manuscript:
    (folder / "page_files").mkdir()
    Image.new("RGB", (4, 3)).save(folder / "page_files/640", "PNG")
    return read_html("a.html", PAGE, "UTF-8", folder)


def test_the_blocks_of_a_page(tmp_path: Path) -> None:
    made = read(tmp_path)
    assert [(block.text, block.kind) for block in made.blocks if block.text] == [
        ("渡口的灯", Kind.BODY),
        ("小题", Kind.BODY),
        ("第一段黑体，见公报和这里。", Kind.BODY),
        ("第二段。", Kind.BODY),
        ("甲", Kind.LIST_ITEM),
        ("引文。", Kind.QUOTATION),
        ("120m²", Kind.BODY),
        ("来源：渡口发布", Kind.BODY),
    ]
    title, subhead, first, second, *_ = made.blocks
    assert (title.look.level, subhead.look.bold, subhead.look.centred, second.breaks) == (0, True, True, 1)
    assert first.runs == (
        Run("第一段"),
        Run("黑体", strong=True),
        Run("，见"),
        Run("公报", link="https://example.org/"),
        Run("和这里。"),
    )
    [table] = [block.table for block in made.blocks if block.table]
    assert [[cell.text for cell in row] for row in (table.head, *table.rows)] == [["站", "时"], ["东", "7"]]


def test_a_picture_saved_with_the_page_is_taken_and_none_is_fetched(tmp_path: Path) -> None:
    made = read(tmp_path)
    assert [(picture.suffix, picture.alt) for block in made.blocks for picture in block.pictures] == [(".png", "近")]
    assert [(note.code, note.was) for note in made.notes] == [
        ("hidden", "看不见"),
        ("picture-remote", "https://example.org/far.jpg"),
        ("superscript", "2"),
    ]


def test_a_page_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "deep.html"
    file.write_text("<div>" * 20_000 + "字" + "</div>" * 20_000, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_manuscript(file)
    assert [found.code for found in told.value.diagnostics] == ["import.too-large"]


LINE = "天黑以后，灯一盏接一盏地亮了，一直亮到天明。"


def of(body: str) -> Manuscript:
    return read_html("a.html", f"<body>{body}</body>", "UTF-8", Path())


def test_lines_that_wrap_in_the_file_leave_no_blank_between_han() -> None:
    made = of("<p>天黑以\n  后，灯一盏<b>接\n</b>一盏地亮了。open\nwater 好\nA</p>")
    assert made.blocks[0].text == "天黑以后，灯一盏接一盏地亮了。open water 好 A"


def test_numbers_of_a_list_are_written_out() -> None:
    made = of("<ol><li>人走断电。</li><li><p>不接电线。</p></li></ol><ul><li>热水壶</li></ul>")
    assert [(one.text, one.kind) for one in made.blocks] == [
        ("1. 人走断电。", Kind.BODY),
        ("2. 不接电线。", Kind.BODY),
        ("热水壶", Kind.LIST_ITEM),
    ]


def test_a_page_of_news() -> None:
    page = f"""<h1>码头的灯</h1><div>2026-11-20 10:12 来源：青岚新闻 作者：柯小满 浏览：12</div><p>{LINE}</p>
        <p><strong>01</strong></p><p><strong>夜里</strong></p><p>{LINE}</p>
        <figure><img src="none.png"><figcaption>夜里的码头</figcaption></figure>
        <p style="text-align:center">▲码头。池望 摄</p><p>{LINE}</p><p>分享到：</p>"""
    [draft] = drafts(of(page), "a", split=False)
    article = draft.article
    assert (article.deck, article.source, [one.name for one in article.byline]) == (None, "青岚新闻", ["柯小满"])
    assert [one.text for one in article.body] == [LINE, "01　夜里", LINE, LINE]
    assert [note.was for note in draft.notes if note.code == "caption-alone"] == ["夜里的码头", "▲码头。池望 摄"]
