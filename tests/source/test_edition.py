"""Right input: what an edition becomes, in English and in Chinese keys, and where its parts stand."""

import datetime as dt
import json
import pickle
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printkit.diagnostics import InputError, SourceRef
from printkit.model.article import Article, Byline, Lines
from printkit.model.edition import Edition, Jump, Place
from printkit.model.style import Composition
from printkit.source import json_schema, read_edition
from printkit.units import parse_length
from tests.support.editions import ARTICLE, EDITION, PAPER, write_edition

_PAPER = """\
name: 某某工会报
masthead: 工会报
subtitle: 某某总工会主办
issn_cn: CN 11-0000
publisher: 某社
address: 某路 1 号
postcode: 010000
phone: 010-12345678
price: 1.50
postal_code: 1-1
printer: 某厂
ad_licence: 京 1
page_size: 对开
stylesheets: [house.css]
composition:
  prohibition: strict
  punctuation: kaiming
  han_latin_gap: {latin: 1/8em, digit: 0.1em}
  hanging: 是
  interpunct: 3/4em
  least_blank: 0.25em
  stop_blank: 1/2em
language: zh-CN
"""
_EDITION = """\
paper: paper.yaml
date: 2024-01-10
issue: 012
pages:
  - number: A01
    name: 要闻
    layout: front
    duty: {责任编辑: 甲, 校对: 乙}
    stories:
      - article: articles/lead.yaml
        slot: lead
        level: 1
        id: 头条
        frame: tint
        jump_to: {page: 3, slot: main}
        index: true
  - number: 2
    layout: auto
    stories:
      - article: articles/second.yaml
        at: {column: 1, row: 2, columns: 3, rows: 40}
        jump_to: a01
  - number: 3
    layout: feature
"""
_LEAD = """\
kicker: 引
headline: [一行, 二行]
jump_headline: 续题
deck: "甲
  乙"
byline:
  - {role: 本报记者, name: 甲}
  - name: 乙
dateline: 本报讯
editor_note: 按
body: |
  正文
sections:
  - name: 丙
    title: 主席
    portrait: ../images/a.png
    headline: 小题
    body: 分述
pictures:
  - file: ../images/a.png
    caption: 图
    credit: 某乙 摄
    alt: 替
    columns: 2
    focus: [0.25, 1]
    place: inside
source: 某报
keywords: [甲, 乙]
"""
_CHINESE = {
    "paper": "name 报名 masthead 报头 subtitle 报头副题 issn_cn 刊号 publisher 出版单位 address 地址 postcode 邮编 phone 电话"
    " price 定价 postal_code 邮发代号 printer 承印 ad_licence 广告许可 page_size 开本 stylesheets 样式 composition 排版"
    " prohibition 禁则 punctuation 标点 han_latin_gap 中西间距 hanging 悬挂 interpunct 间隔号 least_blank 句内点号留空"
    " stop_blank 句末点号留空 language 语言",
    "edition": "date 日期 issue 期号 pages 版面 number 版次 name 版名 layout 版式 duty 责任 stories 稿件 article 稿 slot 版位"
    " level 级别 id 编号 frame 框 at 位置 jump_to 转版 index 导读 column 起栏 row 起行 columns 占栏 rows 占行",
    "lead": "kicker 引题 jump_headline 转版题 headline 主标题 deck 副题 byline 作者 role 身份 name 姓名 dateline 电头 editor_note 编者按 body 正文"
    " sections 分述 title 职务 portrait 照片 pictures 图片 file 文件 caption 图注 credit 摄影 alt 替代文字 columns 占栏"
    " focus 焦点 place 位置 source 来源 keywords 关键词",
}


def _in_chinese(file: str, text: str) -> str:
    words = _CHINESE[file].split()
    for english, chinese in zip(words[::2], words[1::2], strict=True):
        text = text.replace(f"{english}: ", f"{chinese}: ").replace(f"{english}:\n", f"{chinese}:\n")
    return text


def _whole(folder: Path, *, chinese: bool = False) -> Edition:
    files = {"paper": _PAPER, "edition": _EDITION, "lead": _LEAD}
    if chinese:
        files = {name: _in_chinese(name, text) for name, text in files.items()}
    path = write_edition(folder, second="简讯: true\n正文: 短\n", **files)
    (folder / "house.css").write_text("")
    edition, warnings = read_edition(path)
    assert not warnings
    return edition


def test_every_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    edition = _whole(tmp_path)
    paper = edition.paper
    assert paper.folder == tmp_path
    assert (paper.page_size, paper.page_width) == ("broadsheet", parse_length("390mm"))
    assert (paper.postcode, paper.price, paper.masthead, paper.masthead_file) == ("010000", "1.50", "工会报", None)
    assert paper.stylesheets == (tmp_path / "house.css",)
    assert paper.composition == replace(
        Composition(),
        prohibition="strict",
        punctuation="kaiming",
        gap_latin=125,
        gap_digit=100,
        hanging=True,
        interpunct=750,
        least_blank=250,
        stop_blank=500,
    )
    assert (edition.date, edition.issue) == (dt.date(2024, 1, 10), "012")
    front, auto, _ = edition.pages
    assert (front.number, front.name, front.duty) == ("A01", "要闻", {"责任编辑": "甲", "校对": "乙"})
    assert front.layout_where == SourceRef("edition.yaml", 7, 13, "pages[0].layout")
    [lead] = front.stories
    assert (lead.id, lead.slot, lead.level, lead.frame) == ("头条", "lead", 1, "tint")
    assert lead.where == SourceRef("edition.yaml", 10, 9, "pages[0].stories[0]")
    assert lead.placement.where == SourceRef("edition.yaml", 11, 15, "pages[0].stories[0].slot")
    assert lead.jump == Jump("3", SourceRef("edition.yaml", 15, 34, "pages[0].stories[0].jump_to.slot"), "main")
    assert lead.index
    _check_article(lead.article, tmp_path)
    [second] = auto.stories
    assert (second.id, second.level, second.slot) == ("second", 5, "")
    assert second.placement.at == Place(1, 2, 3, 40, SourceRef("edition.yaml", 21, 13, "pages[1].stories[0].at"))
    # The page as it calls itself, however the jump writes it.
    assert second.jump == Jump("A01", SourceRef("edition.yaml", 22, 18, "pages[1].stories[0].jump_to"))
    assert not second.index


def _check_article(article: Article, folder: Path) -> None:
    assert article.headline == Lines(("一行", "二行"), SourceRef("articles/lead.yaml", 2, 11, "headline"), given=True)
    assert article.jump_headline == Lines(("续题",), SourceRef("articles/lead.yaml", 3, 16, "jump_headline"))
    assert article.deck == Lines(("甲 乙",), SourceRef("articles/lead.yaml", 4, 7, "deck"))
    assert article.byline == (Byline("本报记者", "甲"), Byline("", "乙"))
    assert [p.text for p in (*article.editor_note, *article.body)] == ["按", "正文"]
    [section] = article.sections
    assert (section.name, section.title) == ("丙", "主席")
    assert section.portrait
    assert (section.portrait.file, section.portrait.pixels) == (folder / "images/a.png", (40, 30))
    [picture] = article.pictures
    assert (picture.caption, picture.credit, picture.alt) == ("图", "某乙 摄", "替")
    assert (picture.columns, picture.focus, picture.place) == (2, (0.25, 1.0), "inside")
    assert (article.source, article.keywords) == ("某报", ("甲", "乙"))


def test_chinese_keys_make_the_same_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "\n    版式: front" in _in_chinese("edition", _EDITION)
    english = repr(_whole(tmp_path))
    chinese = repr(_whole(tmp_path, chinese=True))
    # Columns move with the length of the keys; nothing else may differ.
    assert _without_columns(chinese) == _without_columns(english)


def _without_columns(text: str) -> str:
    return "".join(part.partition(",")[2] if part[:1].isdigit() else part for part in text.split("column="))


def test_inline_paper(tmp_path: Path) -> None:
    inline = EDITION.replace("paper: paper.yaml\n", "paper: {报名: 小报, page_size: {width: 200mm, height: 28cm}}\n")
    edition, _ = read_edition(write_edition(tmp_path, paper=None, edition=inline))
    assert (edition.paper.name, edition.paper.folder, edition.paper.page_size) == ("小报", tmp_path, "custom")
    assert edition.paper.page_height == parse_length("280mm")


@pytest.mark.parametrize("number", ["010", "1", "A01", "0x1F", "1e3", "yes", "null"])
def test_scalars_stay_text(tmp_path: Path, number: str) -> None:
    text = EDITION.replace("number: 1", f"number: {number}") + f"    name: {number}\n"
    [page] = read_edition(write_edition(tmp_path, edition=text))[0].pages
    assert (page.number, page.name) == (number, number)


@pytest.mark.parametrize("scalar", ["12:30", "3:2", "2024-01-10", "1_000", "~", "0o14", ".inf", "=", "1,5", "null"])
def test_text_is_never_a_number_a_time_or_nothing(tmp_path: Path, scalar: str) -> None:
    article = _article(tmp_path, f"headline: {scalar}\nbody: {scalar}\nsource: {scalar}\n")
    assert article.headline
    assert (article.headline.text, article.body[0].text, article.source) == (scalar, scalar, scalar)


def test_headlines(tmp_path: Path) -> None:
    article = _article(tmp_path, "kicker: 甲\n  乙\nheadline: |\n  一\n  二\ndeck: [只有一行]\nbody: x\n")
    assert article.kicker
    assert article.headline
    assert article.deck
    assert (article.kicker.lines, article.kicker.given) == (("甲 乙",), False)
    assert (article.headline.lines, article.headline.given) == (("一", "二"), True)
    assert (article.deck.lines, article.deck.given) == (("只有一行",), True)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("|\n  甲\n  乙\n\n\n  丙\n", [(3, 3), (7, 3)]),
        ("|-\n\n    甲\n", [(4, 5)]),
        ("|2  # 注\n    甲\n\n  乙\n", [(3, 5), (5, 3)]),
        (">\n  甲\n  乙\n\n  丙\n", [(3, 3), (6, 3)]),
        (">-\n\n  甲\n\n\n  乙\n", [(4, 3), (7, 3)]),
        ("甲\n  乙\n\n  丙\n", [(2, 7), (5, 3)]),
        ("'甲''\n\n\n  ''乙'\n", [(2, 8), (5, 3)]),
        ('"甲\\\n  乙\n\n\n  \\u4e19\\t丁"\n', [(2, 8), (6, 3)]),
        ("'甲\n\n  乙\n\n\n  ## 丙\n\n  丁\n\n  '\n", [(2, 8), (7, 3), (9, 3)]),
        ('"甲\\n\\n乙"\n', [(2, 8), (2, 13)]),
        ("\n  甲\n\n  乙\n", [(3, 3), (5, 3)]),
    ],
)
def test_paragraphs_know_their_lines(tmp_path: Path, body: str, places: list[tuple[int, int]]) -> None:
    article = _article(tmp_path, f"headline: x\nbody: {body}")
    assert [(p.where.line, p.where.column) for p in article.body if p.where] == places


@pytest.mark.parametrize("style", ["|\n  {}\n  {}\n", ">\n  {}\n  {}\n", "{}\n  {}\n", "'{}\n  {}'\n"])
def test_a_line_that_only_wraps_is_joined_in_every_style(tmp_path: Path, style: str) -> None:
    article = _article(tmp_path, "headline: x\nsource: 甲\n  乙\nbody: " + style.format("中文", "中文"))
    assert [p.text for p in article.body] == ["中文中文"]
    assert article.source == "甲乙"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(
    st.lists(
        st.text(st.sampled_from("中文，。“”：ab 1'\"\\#:&%@!{}　"), min_size=1, max_size=12), min_size=1, max_size=4
    ),
    st.sampled_from(["'", '"', "|", ">"]),
)
def test_copy_comes_through_yaml_whole(tmp_path: Path, lines: list[str], style: str) -> None:
    text = "甲" + "\n\n乙".join(lines)
    written = yaml.dump({"body": text, "headline": "x"}, default_style=style, allow_unicode=True, width=10)
    article = _article(tmp_path, written)
    kept = "".join(p.text for p in article.body)
    assert "".join(kept.split()) == "".join(text.replace("\\#", "#").replace("\\\\", "\\").split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text("中文，：“”1'\"\\#\n\n\n　", max_size=40), st.sampled_from(["'", '"', None]), st.sampled_from([10, 80]))
def test_quoted_copy_is_that_of_a_block(tmp_path: Path, copy: str, style: str | None, width: int) -> None:
    """Programs that write YAML quote text of many lines."""
    text = f"甲{copy}乙"
    block = "body: |\n" + "".join(f"  {line}\n" for line in text.split("\n"))
    written = yaml.dump({"body": text}, default_style=style, allow_unicode=True, width=width)
    paragraphs = _article(tmp_path, f"headline: x\n{block}").body
    found = _article(tmp_path, f"headline: x\n{written}").body
    assert found == paragraphs
    lines = f"headline: x\n{written}".splitlines()
    end = written.removeprefix("body: ")[0]  # the quotation mark, where one is written
    for one in found:
        assert one.where is not None
        assert lines[one.where.line - 1].strip(" \u3000") not in ("", end)


def test_a_blank_that_is_written_as_one_is_no_line_end(tmp_path: Path) -> None:
    assert (
        _article(tmp_path, 'headline: x\nbody: "张三\\\n  \\ 李四 \\\n  王五\\\\\n  赵六"\n').body[0].text
        == "张三 李四 王五\\赵六"
    )


def test_marks_of_the_file(tmp_path: Path) -> None:
    for data in (b"\xef\xbb\xbf" + ARTICLE.encode(), ARTICLE.replace("\n", "\r\n").encode()):
        edition, _ = read_edition(write_edition(tmp_path, lead=data))
        assert edition.pages[0].stories[0].article.body[0].text == "第一段。"


def test_aliases_within_bounds(tmp_path: Path) -> None:
    article = _article(tmp_path, "headline: &h 甲\nbody: *h\n")
    assert article.body[0].text == "甲"


def test_warning_for_what_looks_like_a_heading(tmp_path: Path) -> None:
    _, [told] = read_edition(write_edition(tmp_path, lead="headline: a\nbody: |\n  ##标题\n"))
    assert told.code == "source.odd-markup"
    assert told.where
    assert told.where.line == 3


def test_warning_for_text_that_yaml_drops(tmp_path: Path) -> None:
    text = "headline: 甲 #1 号 乙  # 注\nbody: 甲 # 注\nsource: '甲 #1'\nkeywords: [甲]  #注\n"
    edition, [told] = read_edition(write_edition(tmp_path, lead=text))
    assert told.code == "source.odd-comment"
    assert told.where
    assert (told.where.line, told.where.column) == (1, 13)
    assert edition.pages[0].stories[0].article.source == "甲 #1"


def test_an_edition_holds_plain_values(tmp_path: Path) -> None:
    """Workers get editions by pickle; a scalar would drag its whole file along."""
    assert b"Scalar" not in pickle.dumps(_whole(tmp_path))


def test_a_group_of_pictures_shares_its_caption(tmp_path: Path) -> None:
    article = _article(
        tmp_path,
        "pictures:\n  - file: [../images/a.png, ../images/a.png]\n    图注: 左图和右图\n    替代文字: [左, 右]\n    焦点: [0.2, 0.3]\n",
    )
    [group] = article.pictures
    assert [(s.file.name, s.alt, s.focus) for s in group.shots] == [
        ("a.png", "左", (0.2, 0.3)),
        ("a.png", "右", (0.2, 0.3)),
    ]
    assert [(s.where.line, s.where.field) for s in group.shots[1:]] == [(2, "pictures[0].file[1]")]
    assert group.caption_where is not None
    assert (group.caption_where.line, group.caption_where.field) == (3, "pictures[0].caption")


def test_each_picture_of_a_group_may_have_its_own_focus(tmp_path: Path) -> None:
    article = _article(
        tmp_path,
        "pictures:\n  - file: [../images/a.png, ../images/a.png]\n    caption: 图\n    focus: [[0, 1], [0.5, 0.5]]\n",
    )
    assert [s.focus for s in article.pictures[0].shots] == [(0.0, 1.0), (0.5, 0.5)]
    assert [s.alt for s in article.pictures[0].shots] == ["图", "图"]


def test_a_wrapped_picture_and_a_pull_quote(tmp_path: Path) -> None:
    article = _article(
        tmp_path,
        "headline: 题\nbody: |\n  甲\n\n  乙\npull_quote: 摘一句\n"
        "pictures:\n  - {file: ../images/a.png, place: wrap, 段落: 2}\n  - {file: ../images/a.png, 裁图: none}\n",
    )
    assert [(p.place, p.paragraph) for p in article.pictures] == [("wrap", 2), ("lead", 1)]
    assert [p.whole for p in article.pictures] == [False, True]
    assert article.floating == article.pictures[1:]
    assert article.pull_quote is not None
    assert (article.pull_quote.text, article.pull_quote.where and article.pull_quote.where.line) == ("摘一句", 6)


def test_pictures_only_need_no_headline_and_no_body(tmp_path: Path) -> None:
    article = _article(tmp_path, "pictures: [{file: ../images/a.png, caption: 图}]\n")
    assert article.headline is None
    assert article.pictures[0].alt == "图"


def test_a_long_body_is_read_quickly_and_whole(tmp_path: Path) -> None:
    article = _article(tmp_path, "headline: " + "长" * 200 + "\nbody: |\n" + ("  " + "字" * 99 + "。\n\n") * 500)
    assert sum(len(p.text) for p in article.body) == 50_000


LISTS = {
    "names": "- {name: 迟望, title: 主席, order: 1, never: [池望]}\n- {姓名: 温良玉, 误作: 温良王}\n",
    "terms": "- {say: 账号, never: 帐号, since: 2026-01-01}\n- {应作: 账户, 不用: [帐户]}\n",
}


def test_schema_is_what_check_accepts(tmp_path: Path) -> None:
    schemas = json_schema()
    json.dumps(schemas)
    files = {"paper": _PAPER, "edition": _EDITION, "lead": _LEAD}
    for name, schema in schemas.items():
        jsonschema.Draft7Validator.check_schema(schema)
        if name in LISTS:
            jsonschema.validate(_as_editor_reads(LISTS[name]), schema, cls=jsonschema.Draft7Validator)
            continue
        file = {"article": "lead"}.get(name, name)
        for text in (files[file], _in_chinese(file, files[file])):
            jsonschema.validate(_as_editor_reads(text), schema, cls=jsonschema.Draft7Validator)
    for name in ("主标题", "主题"):
        assert schemas["article"]["properties"][name] == schemas["article"]["properties"]["headline"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("article", "headlin: x\n"),
        ("article", "headline: x\n主题: y\n"),
        ("article", "主标题: x\n主题: y\n"),
        ("article", "keywords: x\n"),
        ("edition", "paper: x\ndate: 2024-01-10\npages: [{number: 1, layout: x, stories: [{members: x}]}]\n"),
        ("article", "pictures: [{caption: x}]\n"),
        ("paper", "masthead: x\n"),
        ("paper", "name: x\npage_size: A3\n"),
        ("paper", "name: x\ncomposition: {prohibition: x}\n"),
        ("edition", "paper: x\ndate: 1/2\npages: []\n"),
        ("edition", "paper: x\ndate: 2024-01-10\npages: [{number: 1}]\n"),
        ("edition", "paper: x\ndate: 2024-01-10\npages: [{number: 1, layout: x, stories: [{level: 7}]}]\n"),
    ],
)
def test_schema_refuses(file: str, text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(_as_editor_reads(text), json_schema()[file], cls=jsonschema.Draft7Validator)


def _as_editor_reads(text: str) -> object:
    """Editors read YAML 1.2, in which a date is a text."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 # PyYAML's own attribute.
            first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith("timestamp")]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)  # noqa: S506 # It is a safe loader.


def _article(folder: Path, text: str) -> Article:
    try:
        edition, _ = read_edition(write_edition(folder, lead=text, paper=PAPER))
    except InputError as error:
        pytest.fail(str(error))
    return edition.pages[0].stories[0].article


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.cn", "https://a.cn/"),
        ("https://a.cn:8443///", "https://a.cn:8443/"),
        ("https://x.example.org/报/", "https://x.example.org/%E6%8A%A5/"),
        ("https://x.example.org/%e6%8a%a5", "https://x.example.org/%e6%8a%a5/"),
        ("https://报.example.org/a&b'c/~d", "https://xn--4ru.example.org/a&b'c/~d/"),
        ("http://a.cn/{x}|", "http://a.cn/%7Bx%7D%7C/"),
    ],
)
def test_a_site_address_is_ascii(tmp_path: Path, written: str, address: str) -> None:
    edition = write_edition(tmp_path, paper=PAPER + f'site: {{base_url: "{written}"}}\n')
    assert read_edition(edition)[0].paper.site_address == address


def test_a_story_id_may_have_all_that_names_of_files_have_room_for(tmp_path: Path) -> None:
    for name in ("汉" * 66, "𠮷" * 50, "a" * 80):
        edition = write_edition(tmp_path, edition=EDITION + f"        id: {name}\n")
        assert read_edition(edition)[0].pages[0].stories[0].id == name


def test_names_of_earlier_versions_remain_valid(tmp_path: Path) -> None:
    article = _article(tmp_path, "主题: 旧名\n摘句: 也旧\n正文: 甲\n")
    assert article.title == "旧名"
    assert article.pull_quote is not None
    assert article.pull_quote.text == "也旧"
    with pytest.raises(InputError) as caught:
        read_edition(write_edition(tmp_path / "b", lead="主题: 旧名\n主标题: 新名\n正文: 甲\n", paper=PAPER))
    assert [d.code for d in caught.value.diagnostics] == ["source.duplicate-key"]


def test_notices_do_not_go_on_elsewhere(tmp_path: Path) -> None:
    story = EDITION + "        jump_to: 2\n  - {number: 2, layout: feature}\n"
    path = write_edition(tmp_path, edition=story, lead="notices:\n  - {title: 遗失, body: 乙}\n")
    with pytest.raises(InputError) as raised:
        read_edition(path)
    [told] = raised.value.diagnostics
    assert (told.code, told.where and told.where.field) == ("source.wrong-place", "pages[0].stories[0].jump_to")
    assert (told.message.en, told.message.zh) == ("a story of notices cannot go on elsewhere", "启事稿件不能转版")
