"""Wrong input: one clear message each, at its place, in both languages; nothing but `InputError` is ever raised."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from printkit.diagnostics import Diagnostic, InputError, Severity
from printkit.source import read_edition
from tests.support.editions import ARTICLE, EDITION, PAPER, write_edition


@dataclass(frozen=True)
class Wrong:
    """A wrong file of the small edition, and what is said of it: `says` are words of both messages or hints."""

    file: str
    text: str | bytes
    code: str
    place: str
    field: str
    says: tuple[str, str]


def _in_edition(old: str, new: str) -> str:
    assert old in EDITION
    return EDITION.replace(old, new)


_STORY = "        slot: lead\n"
_BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

WRONG = {
    # The file itself.
    "empty file": Wrong("lead", "", "empty", "1:1", "", ("empty", "空的")),
    "only a comment": Wrong("lead", "# 稿件\n", "empty", "1:1", "", ("empty", "空的")),
    "not UTF-8": Wrong("lead", "headline: 标题\n".encode("gbk"), "encoding", "1:11", "", ("looks like GBK", "GBK")),
    "UTF-16": Wrong("lead", "headline: 标题\n".encode("utf-16"), "encoding", "1:1", "", ("UTF-16", "UTF-16")),
    "surrogate as bytes": Wrong(
        "lead", b"headline: a\xed\xa0\x80\n", "encoding", "1:12", "", ("half of a surrogate pair", "半个代理对")
    ),
    "surrogate as escape": Wrong(
        "lead", 'headline: "a\\ud800"\nbody: b\n', "syntax", "1:15", "", ("half of a surrogate pair", "半个代理对")
    ),
    "NUL": Wrong("lead", b"headline: a\0b\n", "encoding", "1:12", "", ("U+0000", "U+0000")),
    "control character": Wrong("lead", "headline: a\x07b\n", "encoding", "1:12", "", ("U+0007", "控制字符")),
    "control character as escape": Wrong(
        "lead", 'headline: "a\\x1bb"\nbody: b\n', "encoding", "1:11", "", ("U+001B", "U+001B")
    ),
    "too large": Wrong("lead", "# x\n" * 600_000, "too-large", "1:1", "", ("2 MiB", "2 MiB")),
    "a list at the top": Wrong("lead", "- a\n- b\n", "wrong-type", "1:1", "", ("not a list", "不是列表")),
    "a text at the top": Wrong("lead", "只有正文\n", "wrong-type", "1:1", "", ("key: value", "键: 值")),
    # YAML.
    "tab as indent": Wrong("lead", "headline: a\nbody: |\n\tb\n", "syntax", "3:1", "", ("tab", "制表符")),
    "tab before a list": Wrong("lead", "headline: a\nbyline:\n\t- {}\n", "syntax", "3:1", "", ("tab", "制表符")),
    "full-width colon, last": Wrong(
        "lead", "headline: 甲\nbody：乙\n", "syntax", "2:5", "", ("full-width colon", "全角冒号")
    ),
    "full-width colon, first": Wrong(
        "lead", "主题：甲\n正文: 乙\n", "syntax", "1:3", "", ("half-width `:`", "半角冒号")
    ),
    "full-width colons only": Wrong("lead", "主题：甲\n", "wrong-type", "1:1", "", ("half-width `:`", "半角冒号")),
    "no space after colon": Wrong(
        "lead", "headline:甲\nbody: 乙\n", "syntax", "1:9", "", ("no space after", "没有空格")
    ),
    "text begins with @": Wrong(
        "lead", "headline: @甲\nbody: b\n", "syntax", "1:11", "", ("cannot begin with `@`", "不能以“@”开头")
    ),
    "text begins with %": Wrong("lead", "headline: %甲\nbody: b\n", "syntax", "1:11", "", ("single quotes", "单引号")),
    "text begins with *": Wrong(
        "lead", "headline: a\nbody: **重点**\n", "syntax", "2:7", "", ("cannot begin with `*`", "不能以“*”开头")
    ),
    "text after a quote": Wrong(
        "lead", 'headline: "甲"乙\nbody: b\n', "syntax", "1:14", "", ("closing quote", "引号结束后")
    ),
    "quote never closed": Wrong("lead", 'headline: "甲\nbody: b\n', "syntax", "1:11", "", ("never closed", "没有结束")),
    "second colon": Wrong("lead", "headline: 甲: 乙\nbody: b\n", "syntax", "1:12", "", ("a second `: `", "第二个“: ”")),
    "text not indented": Wrong(
        "lead", "headline: 甲\nbody: |\n  甲\n乙\n", "syntax", "4:1", "", ("neither a key nor indented", "既不是键")
    ),
    "odd indentation": Wrong(
        "lead", "headline: 甲\n body: |\n  甲\n", "syntax", "2:6", "", ("indented too far", "缩进过多")
    ),
    "text beside |": Wrong("lead", "headline: 甲\nbody: | 甲\n", "syntax", "2:9", "", ("on the next line", "下一行")),
    "unclosed [": Wrong("lead", "headline: [甲\nbody: b\n", "syntax", "1:11", "", ("never closed", "没有正确结束")),
    "colour without quotes": Wrong(
        "edition",
        _in_edition("    layout: front\n", "    layout: front\n    duty: {编辑: #0b4f8a, 校对: 乙}\n"),
        "syntax",
        "6:16",
        "",
        ("`#` begins a comment", "注释的开头"),
    ),
    "a comment after [": Wrong(
        "lead", "[headline: #\n", "syntax", "1:12", "", ("nothing closes the `[`", "注释的开头")
    ),
    "full-width comma": Wrong(
        "edition",
        _in_edition("    layout: front\n", "    layout: front\n    duty: {编辑: 甲，校对: 乙}\n"),
        "syntax",
        "6:17",
        "",
        ("full-width comma", "全角逗号"),
    ),
    "braces as text": Wrong("lead", "headline: {{ x }}\nbody: b\n", "syntax", "1:12", "", ("in quotes", "加引号")),
    "python tag": Wrong(
        "lead",
        "headline: !!python/object/apply:os.system [ls]\nbody: b\n",
        "syntax",
        "1:11",
        "",
        ("tag `!!python", "标签"),
    ),
    "own tag": Wrong("lead", "headline: !x 甲\nbody: b\n", "syntax", "1:11", "", ("tag `!x`", "标签“!x”")),
    "two documents": Wrong(
        "lead", "headline: a\n---\nbody: b\n", "syntax", "2:1", "", ("second document", "第二个文档")
    ),
    "alias bomb": Wrong("lead", _BOMB, "too-large", "7:11", "", ("expand to more than", "展开后超过")),
    "alias of itself": Wrong("lead", "headline: &a [*a]\n", "syntax", "1:15", "", ("contains itself", "包含了它自己")),
    "alias of nothing": Wrong(
        "lead", "headline: *a\nbody: b\n", "syntax", "1:11", "", ("refers to nothing", "没有所指")
    ),
    "nested 5,000 deep, flow": Wrong(
        "lead", "headline: " + "[" * 5000, "too-large", "1:50", "", ("deeper than 40", "超过 40 层")
    ),
    "nested 900 deep, closed": Wrong(
        "lead", "headline: " + "[" * 900 + "]" * 900 + "\n", "too-large", "1:50", "", ("deeper than 40", "超过 40 层")
    ),
    "nested 5,000 deep, closed": Wrong(
        "lead", "headline: " + "[" * 5000 + "]" * 5000, "too-large", "1:50", "", ("deeper than 40", "超过 40 层")
    ),
    "nested 5,000 deep, block": Wrong(
        "lead", "- " * 5000 + "x\n", "too-large", "1:81", "", ("deeper than 40", "超过 40 层")
    ),
    # Keys.
    "duplicate key": Wrong(
        "lead",
        "headline: a\nbody: b\nheadline: c\n",
        "duplicate-key",
        "3:1",
        "headline",
        ("first in line 1", "第一次在第 1 行"),
    ),
    "duplicate inner key": Wrong(
        "edition",
        _in_edition(_STORY, _STORY + _STORY),
        "duplicate-key",
        "9:9",
        "pages[0].stories[0].slot",
        ("twice", "两次"),
    ),
    "key and alias": Wrong(
        "lead", "headline: a\nbody: b\n主题: c\n", "duplicate-key", "3:1", "主题", ("same key", "同一个键")
    ),
    "unknown key, near": Wrong(
        "lead",
        "headlin: a\nbody: b\n",
        "unknown-key",
        "1:1",
        "headlin",
        ("did you mean `headline`", "是不是“headline”"),
    ),
    "unknown Chinese key, near": Wrong(
        "lead", "大标题: a\n正文: b\n", "unknown-key", "1:1", "大标题", ("did you mean `主标题`", "是不是“主标题”")
    ),
    "unknown key, other system": Wrong(
        "lead", "title: a\nbody: b\n", "unknown-key", "1:1", "title", ("did you mean `headline`", "是不是“headline”")
    ),
    "unknown key, far": Wrong(
        "lead", ARTICLE + "zzz: 1\n", "unknown-key", "4:1", "zzz", ("keys known here: kicker, headline", "引题、主标题")
    ),
    "unknown inner key": Wrong(
        "edition",
        _in_edition(_STORY, "        slott: lead\n"),
        "unknown-key",
        "8:9",
        "pages[0].stories[0].slott",
        ("`slot`", "“slot”"),
    ),
    "missing headline": Wrong(
        "lead", "body: b\n", "missing-key", "1:1", "headline", ("`headline` is missing", "缺少“headline（主标题）”")
    ),
    "headline that shows nothing": Wrong(
        "lead", 'headline: "\\u200b"\nbody: b\n', "missing-key", "1:11", "headline", ("is missing", "缺少")
    ),
    "headline of lines that show nothing": Wrong(
        "lead",
        'headline: ["\\u200b\\u2060", "\\ufe0f\\u3164"]\nbody: b\n',
        "missing-key",
        "1:11",
        "headline",
        ("is missing", "缺少"),
    ),
    "blank headline": Wrong("lead", "headline:\nbody: b\n", "missing-key", "1:1", "headline", ("is missing", "缺少")),
    "missing body": Wrong(
        "lead", "headline: a\n", "missing-key", "1:1", "body", ("`body` is missing", "缺少“body（正文）”")
    ),
    "missing layout": Wrong(
        "edition", _in_edition("    layout: front\n", ""), "missing-key", "4:5", "pages[0].layout", ("layout", "版式")
    ),
    "missing date": Wrong(
        "edition", _in_edition("date: 2024-01-10\n", ""), "missing-key", "1:1", "date", ("date", "日期")
    ),
    "missing paper": Wrong(
        "edition", _in_edition("paper: paper.yaml\n", ""), "missing-key", "1:1", "paper", ("paper", "paper")
    ),
    "missing name of the paper": Wrong("paper", "page_size: tabloid\n", "missing-key", "1:1", "name", ("name", "报名")),
    "no pages": Wrong(
        "edition", "paper: paper.yaml\ndate: 2024-01-10\npages: []\n", "missing-key", "3:8", "pages", ("pages", "版面")
    ),
    "story without article": Wrong(
        "edition",
        _in_edition("article: articles/lead.yaml\n        ", ""),
        "missing-key",
        "7:9",
        "pages[0].stories[0].article",
        ("article", "稿"),
    ),
    # Values.
    "list for a text": Wrong(
        "lead", ARTICLE + "source: [a]\n", "wrong-type", "4:9", "source", ("a text, not a list", "应是文字，而不是列表")
    ),
    "text for a list": Wrong(
        "lead", ARTICLE + "keywords: a\n", "wrong-type", "4:11", "keywords", ("a list, not a text", "“- ”开头")
    ),
    "mapping for a list": Wrong(
        "lead", ARTICLE + "byline: {name: 甲}\n", "wrong-type", "4:9", "byline", ("a list, not keys", "应是列表")
    ),
    "text for a mapping": Wrong(
        "paper", PAPER + "composition: gb\n", "wrong-type", "2:14", "composition", ("keys and values", "键和值")
    ),
    "list for a body": Wrong(
        "lead", "headline: a\nbody:\n  - b\n", "wrong-type", "3:3", "body", ("write `|`", "请写“|”")
    ),
    "mapping for a headline": Wrong(
        "lead",
        "headline: {a: b}\nbody: b\n",
        "wrong-type",
        "1:11",
        "headline",
        ("a text or a list of lines", "一行一项的列表"),
    ),
    "empty entry of a list": Wrong(
        "lead", ARTICLE + "keywords:\n  - a\n  -\n", "wrong-value", "6:4", "keywords[1]", ("is empty", "是空的")
    ),
    "no such day": Wrong(
        "edition", _in_edition("2024-01-10", "2023-02-29"), "wrong-value", "2:7", "date", ("no such day", "没有这一天")
    ),
    "date written otherwise": Wrong(
        "edition",
        _in_edition("2024-01-10", "2024年1月10日"),
        "wrong-value",
        "2:7",
        "date",
        ("write `2024-01-10`", "请写“2024-01-10”"),
    ),
    "date that is none": Wrong(
        "edition",
        _in_edition("2024-01-10", "today"),
        "wrong-value",
        "2:7",
        "date",
        ("`today` is no date", "“today”不是日期"),
    ),
    "a year of no calendar of ours": Wrong(
        "edition",
        _in_edition("2024-01-10", "0001-01-01"),
        "wrong-value",
        "2:7",
        "date",
        ("`0001-01-01` is no date", "“0001-01-01”不是日期"),
    ),
    "level out of bounds": Wrong(
        "edition",
        _in_edition("slot: lead", "level: 6"),
        "wrong-value",
        "8:16",
        "pages[0].stories[0].level",
        ("from 1 to 5", "1 到 5"),
    ),
    "page number": Wrong(
        "edition",
        _in_edition("number: 1", "number: 第1版"),
        "wrong-value",
        "4:13",
        "pages[0].number",
        ("no page number", "不能作版次"),
    ),
    "frame": Wrong(
        "edition",
        _in_edition("slot: lead", "frame: bax"),
        "wrong-value",
        "8:16",
        "pages[0].stories[0].frame",
        ("mean `box`", "是不是“box”"),
    ),
    "layout with a path": Wrong(
        "edition",
        _in_edition("front", "../front"),
        "wrong-value",
        "5:13",
        "pages[0].layout",
        ("no name of a layout", "不是版式名"),
    ),
    "id with a space": Wrong(
        "edition",
        _in_edition("slot: lead", "id: a b"),
        "wrong-value",
        "8:13",
        "pages[0].stories[0].id",
        ("cannot serve as an id", "不能作编号"),
    ),
    "flag": Wrong(
        "lead",
        ARTICLE + "brief: maybe\n",
        "wrong-value",
        "4:8",
        "brief",
        ("neither true nor false", "不是 true 或 false"),
    ),
    "page size": Wrong(
        "paper", PAPER + "page_size: A3\n", "wrong-value", "2:12", "page_size", ("tabloid, broadsheet", "四开")
    ),
    "page size as a list": Wrong(
        "paper", PAPER + "page_size: [1, 2]\n", "wrong-type", "2:12", "page_size", ("width and height", "宽和高")
    ),
    "length without unit": Wrong(
        "paper",
        PAPER + "page_size: {width: 270, height: 390mm}\n",
        "wrong-value",
        "2:20",
        "page_size.width",
        ("with a unit", "加单位"),
    ),
    "gap": Wrong(
        "paper",
        PAPER + "composition:\n  han_latin_gap: {latin: 2em}\n",
        "wrong-value",
        "3:26",
        "composition.han_latin_gap.latin",
        ("`2em` is no gap", "“2em”不能作间距"),
    ),
    "blank of a mark": Wrong(
        "paper",
        PAPER + "composition:\n  stop_blank: 1em\n",
        "wrong-value",
        "3:15",
        "composition.stop_blank",
        ("`1em` is no blank of a mark", "“1em”不能作标点的空"),
    ),
    "interpunct": Wrong(
        "paper",
        PAPER + "composition: {interpunct: 0}\n",
        "wrong-value",
        "2:27",
        "composition.interpunct",
        ("from 1/2em to 1em", "1/2em 到 1em"),
    ),
    "prohibition": Wrong(
        "paper",
        PAPER + "composition: {prohibition: GB}\n",
        "wrong-value",
        "2:28",
        "composition.prohibition",
        ("mean `gb`", "是不是“gb”"),
    ),
    "focus": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    focus: [2, 0]\n",
        "wrong-value",
        "6:12",
        "pictures[0].focus",
        ("two numbers from 0 to 1", "两个 0 到 1 的数"),
    ),
    "page number twice": Wrong(
        "edition",
        EDITION + "  - number: 01\n    layout: inside\n",
        "used-twice",
        "9:13",
        "pages[1].number",
        ("used twice", "用了两次"),
    ),
    "story twice": Wrong(
        "edition",
        EDITION + "      - article: articles/lead.yaml\n",
        "used-twice",
        "9:18",
        "pages[0].stories[1].article",
        ("id `lead` is used twice", "编号“lead”用了两次"),
    ),
    # Files that are named.
    "missing article": Wrong(
        "edition",
        _in_edition("lead.yaml", "laed.yaml"),
        "missing-file",
        "7:18",
        "pages[0].stories[0].article",
        ("did you mean `articles/lead.yaml`", "是不是“articles/lead.yaml”"),
    ),
    "missing folder": Wrong(
        "edition",
        _in_edition("articles/", "article/"),
        "missing-file",
        "7:18",
        "pages[0].stories[0].article",
        ("no folder article", "没有文件夹 article"),
    ),
    "folder as article": Wrong(
        "edition",
        _in_edition("articles/lead.yaml", "articles"),
        "unreadable-file",
        "7:18",
        "pages[0].stories[0].article",
        ("is a folder", "是文件夹"),
    ),
    "absolute path": Wrong(
        "edition",
        _in_edition("articles/lead.yaml", "/etc/passwd"),
        "wrong-path",
        "7:18",
        "pages[0].stories[0].article",
        ("not a path from", "“/”分隔"),
    ),
    "path with backslash": Wrong(
        "edition",
        _in_edition("articles/", "articles\\"),
        "wrong-path",
        "7:18",
        "pages[0].stories[0].article",
        ("with `/`", "“/”分隔"),
    ),
    "path outside": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../../x.png\n",
        "wrong-path",
        "5:11",
        "pictures[0].file",
        ("outside the paper's folder", "文件夹之外"),
    ),
    "missing picture": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/b.png\n",
        "missing-file",
        "5:11",
        "pictures[0].file",
        ("mean `../images/a.png`", "是不是“../images/a.png”"),
    ),
    "missing portrait": Wrong(
        "lead",
        ARTICLE + "sections:\n  - name: 甲\n    portrait: zzz.png\n    body: 乙\n",
        "missing-file",
        "6:15",
        "sections[0].portrait",
        ("no file `zzz.png`", "没有文件“zzz.png”"),
    ),
    "text as picture": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: lead.yaml\n",
        "bad-picture",
        "5:11",
        "pictures[0].file",
        ("no picture", "不是可用的图片"),
    ),
    "missing stylesheet": Wrong(
        "paper",
        PAPER + "stylesheets: [house.css]\n",
        "missing-file",
        "2:15",
        "stylesheets[0]",
        ("no file `house.css`", "没有文件"),
    ),
    "missing masthead": Wrong(
        "paper", PAPER + "masthead: m.svg\n", "missing-file", "2:11", "masthead", ("no file `m.svg`", "没有文件")
    ),
    "missing paper file": Wrong(
        "edition",
        _in_edition("paper.yaml", "papers.yaml"),
        "missing-file",
        "1:8",
        "paper",
        ("mean `paper.yaml`", "是不是“paper.yaml”"),
    ),
    # Markup.
    "link to a script": Wrong(
        "lead",
        "headline: a\nbody: |\n  甲\n\n  [乙](javascript:x)\n",
        "markup",
        "5:3",
        "body",
        ("no address", "不能作链接地址"),
    ),
    "picture in the text": Wrong(
        "lead",
        "headline: a\nbody: |\n  甲\n  ![](http://a/b.png)\n",
        "markup",
        "3:3",
        "body",
        ("under `pictures`", "“图片”"),
    ),
    "table with a short row": Wrong(
        "lead",
        "headline: a\nbody: |\n  甲\n\n  |a|b|\n  |-|-|\n  |1|2|\n  |1|\n",
        "table",
        "8:3",
        "body",
        ("has 1 cell(s), its head 2", "有 1 格，表头有 2 格"),
    ),
    "table without rows": Wrong(
        "lead",
        "headline: a\nbody: |\n  |a|b|\n  |-|-|\n",
        "table",
        "3:3",
        "body",
        ("no row under its head", "只有表头"),
    ),
    "table in the editors' note": Wrong(
        "lead",
        ARTICLE + "editor_note: |\n  |a|b|\n  |-|-|\n  |1|2|\n",
        "table",
        "5:3",
        "editor_note",
        ("cannot stand in the editors' note", "编者按里不能有表格"),
    ),
    "table in a box": Wrong(
        "lead",
        ARTICLE + "boxes:\n  - kind: data\n    body: |\n      |a|b|\n      |-|-|\n      |1|2|\n",
        "table",
        "7:7",
        "boxes[0].body",
        ("cannot stand in a box", "附文里不能有表格"),
    ),
    "box of no kind": Wrong(
        "lead",
        ARTICLE + "附文:\n  - 正文: 乙\n",
        "missing-key",
        "5:5",
        "boxes[0].kind",
        ("`kind` is missing", "缺少“kind（类别）”"),
    ),
    "box of an unknown kind": Wrong(
        "lead",
        ARTICLE + "boxes:\n  - {kind: afte, body: 乙}\n",
        "wrong-value",
        "5:12",
        "boxes[0].kind",
        ("`afte` is not known here", "这里不能用“afte”"),
    ),
    "box without text": Wrong(
        "lead",
        ARTICLE + "boxes:\n  - {kind: after, headline: 乙}\n",
        "missing-key",
        "5:5",
        "boxes[0].body",
        ("`body` is missing", "缺少“body（正文）”"),
    ),
    "box in an unknown place": Wrong(
        "lead",
        ARTICLE + "boxes:\n  - {kind: after, body: 乙, place: top}\n",
        "wrong-value",
        "5:35",
        "boxes[0].place",
        ("`top` is not known here", "这里不能用“top”"),
    ),
    "notices beside a body": Wrong(
        "lead",
        "notices:\n  - {title: 遗失, body: 乙}\nbody: 甲\n",
        "wrong-place",
        "3:7",
        "body",
        ("`body` cannot stand beside `notices`", "不能写“正文”（body）"),
    ),
    "notices of none": Wrong(
        "lead", "headline: 甲\nnotices: []\n", "wrong-value", "2:10", "notices", ("no notice in it", "一条也没有")
    ),
    "notice without text": Wrong(
        "lead",
        "启事:\n  - 标题: 遗失\n",
        "missing-key",
        "2:5",
        "notices[0].body",
        ("`body` is missing", "缺少“body（正文）”"),
    ),
    "table in a notice": Wrong(
        "lead",
        "notices:\n  - body: |\n      |a|b|\n      |-|-|\n      |1|2|\n",
        "table",
        "3:7",
        "notices[0].body",
        ("cannot stand in a notice", "启事里不能有表格"),
    ),
    "site address": Wrong(
        "paper",
        PAPER + "网站: {base_url: a.cn}\n",
        "wrong-value",
        "2:16",
        "site.base_url",
        ("`a.cn` is no address of a site", "“a.cn”不是网址"),
    ),
    "link at the site's foot": Wrong(
        "paper",
        PAPER + "site: {links: [{name: 工会网, url: 'javascript:alert(1)'}]}\n",
        "wrong-value",
        "2:33",
        "site.links[0].url",
        ("`javascript:alert(1)` is no address of a page", "“javascript:alert(1)”不是网址"),
    ),
    "site address with a quote": Wrong(
        "paper",
        PAPER + """site: {base_url: 'https://a.cn/x"><script>/'}\n""",
        "wrong-value",
        "2:18",
        "site.base_url",
        ('its path cannot have `"`', '路径里不能有“"”'),
    ),
    "site address with an escaped quote": Wrong(
        "paper",
        PAPER + "site: {base_url: https://a.cn/%22%3e/}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ('its path cannot have `"`', '路径里不能有“"”'),
    ),
    "site address with a blank": Wrong(
        "paper",
        PAPER + "site: {base_url: https://a.cn/a b/}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("`U+0020`", "“U+0020”"),
    ),
    "site address with a backslash": Wrong(
        "paper",
        PAPER + "site: {base_url: 'https://a.cn/a\\b/'}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("`\\`", "“\\”"),
    ),
    "site address that goes up": Wrong(
        "paper",
        PAPER + "site: {base_url: https://a.cn/a/%2e./b/}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("without `.`, `..`", "不用“.”“..”"),
    ),
    "site address that links would take for another host": Wrong(
        "paper",
        PAPER + "site: {base_url: https://a.cn//b/}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("and `//`", "和“//”"),
    ),
    "site address with a bare percent": Wrong(
        "paper",
        PAPER + "site: {base_url: https://a.cn/100%/}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("`%25`", "“%25”"),
    ),
    "site address with no such port": Wrong(
        "paper",
        PAPER + "site: {base_url: 'https://a.cn:65536/'}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("for example", "例如"),
    ),
    "site address with no such host": Wrong(
        "paper",
        PAPER + "site: {base_url: https://a..cn/}\n",
        "wrong-value",
        "2:18",
        "site.base_url",
        ("for example", "例如"),
    ),
    "id too long for a file's name": Wrong(
        "edition",
        EDITION + f"        id: {'𠮷' * 80}\n",
        "wrong-value",
        "9:13",
        "pages[0].stories[0].id",
        ("320 bytes: at most 200, which is 66 Han", "有 320 字节：最多 200 字节"),
    ),
    "id of too many Han": Wrong(
        "edition",
        EDITION + f"        编号: {'汉' * 67}\n",
        "wrong-value",
        "9:13",
        "pages[0].stories[0].id",
        ("201 bytes", "201 字节"),
    ),
    "article's name too long for an id": Wrong(
        "edition",
        _in_edition("articles/lead.yaml", f"articles/{'汉' * 70}.yaml"),
        "wrong-value",
        "7:18",
        "pages[0].stories[0].article",
        ("210 bytes", "210 字节"),
    ),
    "jump_to no page": Wrong(
        "edition",
        EDITION + "        jump_to: 3\n",
        "no-such-page",
        "9:18",
        "pages[0].stories[0].jump_to",
        ("no page 3", "没有第 3 版"),
    ),
    "jump_to no page, with a slot": Wrong(
        "edition",
        EDITION + "        转版: {page: 3, slot: x}\n",
        "no-such-page",
        "9:20",
        "pages[0].stories[0].jump_to.page",
        ("its pages are 1", "它的版面有 1"),
    ),
    "jump_to its own page": Wrong(
        "edition",
        EDITION + "        jump_to: 01\n",
        "jump-to-itself",
        "9:18",
        "pages[0].stories[0].jump_to",
        ("back to itself", "转回了自己"),
    ),
    "jump_to its own slot": Wrong(
        "edition",
        EDITION + "        jump_to: {page: 1, slot: lead}\n",
        "jump-to-itself",
        "9:25",
        "pages[0].stories[0].jump_to.page",
        ("another slot", "另一个版位"),
    ),
    "jump_to a slot of no page": Wrong(
        "edition",
        EDITION + "        jump_to: {slot: lead}\n",
        "missing-key",
        "9:18",
        "pages[0].stories[0].jump_to.page",
        ("`page`", "page"),
    ),
    "jump_to a list": Wrong(
        "edition",
        EDITION + "        jump_to: [2, 3]\n",
        "wrong-type",
        "9:18",
        "pages[0].stories[0].jump_to",
        ("a page number, or page and slot", "版次，或版次和版位"),
    ),
    "index": Wrong(
        "edition",
        EDITION + "        index: 3\n",
        "wrong-value",
        "9:16",
        "pages[0].stories[0].index",
        ("neither true nor false", "不是 true 或 false"),
    ),
    "ad of another kind": Wrong(
        "edition",
        EDITION + "      - ad: paper.yaml\n",
        "bad-ad",
        "9:13",
        "pages[0].stories[1].ad",
        ("no advertisement that can be used", "不是可用的广告文件"),
    ),
    "ad that is not there": Wrong(
        "edition",
        EDITION + "      - 广告: ads/bank.pdf\n",
        "missing-file",
        "9:13",
        "pages[0].stories[1].ad",
        ("no file `ads/bank.pdf`", "没有文件“ads/bank.pdf”"),
    ),
    "ad and article": Wrong(
        "edition",
        EDITION + "        ad: reserved\n",
        "wrong-kind",
        "7:18",
        "pages[0].stories[0].article",
        ("`article` has no meaning for an advertisement", "广告不能写“article”"),
    ),
    "ad with a level": Wrong(
        "edition",
        EDITION + "      - ad: reserved\n        level: 2\n",
        "wrong-kind",
        "10:16",
        "pages[0].stories[1].level",
        ("`level` has no meaning for an advertisement", "广告不能写“level”"),
    ),
    "alt without ad": Wrong(
        "edition",
        EDITION + "        alt: a\n",
        "wrong-kind",
        "9:14",
        "pages[0].stories[0].alt",
        ("only with `ad`", "只用于广告"),
    ),
    "wrap beside no paragraph": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: wrap\n    paragraph: 3\n",
        "wrong-value",
        "7:16",
        "pictures[0].paragraph",
        ("the body has 1 paragraph", "正文只有 1 段"),
    ),
    "wrap without a body": Wrong(
        "lead",
        "headline: a\npictures:\n  - file: ../images/a.png\n    place: wrap\n",
        "wrong-value",
        "4:12",
        "pictures[0].place",
        ("the body has 0 paragraph", "正文只有 0 段"),
    ),
    "wrap over columns": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: wrap\n    占栏: 2\n",
        "wrong-place",
        "7:9",
        "pictures[0].columns",
        ("`columns` has no meaning", "不写“占栏”"),
    ),
    "wrap in the middle": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: wrap\n    左右: center\n",
        "wrong-place",
        "7:9",
        "pictures[0].side",
        ("middle of its column", "不能居中"),
    ),
    "unknown side": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    side: top\n",
        "wrong-value",
        "6:11",
        "pictures[0].side",
        ("`top` is not known here", "不能用“top”"),
    ),
    "under without a safe area": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: under\n",
        "missing-key",
        "6:12",
        "pictures[0].place",
        ("needs `safe`", "要写“压题区”"),
    ),
    "a safe area off the picture": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: under\n    safe: [0.6, 0, 0.5, 0.3]\n",
        "wrong-value",
        "7:11",
        "pictures[0].safe",
        ("reaches off the picture", "超出图片"),
    ),
    "a safe area that is none": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: under\n    压题区: [0.6, 0, 0.3]\n",
        "wrong-value",
        "7:10",
        "pictures[0].safe",
        ("no area of the picture", "不是图片上的一块"),
    ),
    "a safe area of nothing": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    place: under\n    safe: [0.6, 0, 0, 0.3]\n",
        "wrong-value",
        "7:11",
        "pictures[0].safe",
        ("too small for a headline", "排不下标题"),
    ),
    "a safe area without a headline on it": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    safe: [0, 0, 0.3, 0.3]\n",
        "wrong-place",
        "6:11",
        "pictures[0].safe",
        ("only with `place: under`", "只有压图"),
    ),
    "a headline on a group": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: [../images/a.png, ../images/a.png]\n    place: under\n    safe: [0, 0, 1, 1]\n",
        "wrong-place",
        "6:12",
        "pictures[0].place",
        ("not on a group", "一组图"),
    ),
    "a picture over no headline": Wrong(
        "lead",
        "brief: true\nbody: 正文\npictures:\n  - file: ../images/a.png\n    place: head\n",
        "wrong-place",
        "5:12",
        "pictures[0].place",
        ("belongs to a headline", "要有主标题"),
    ),
    "two pictures of one headline": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - {file: ../images/a.png, place: head}\n  - {file: ../images/a.png, place: head}\n",
        "wrong-place",
        "6:36",
        "pictures[1].place",
        ("only one picture", "只能有一张"),
    ),
    "a cut-out without alpha": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    cutout: true\n",
        "bad-picture",
        "6:13",
        "pictures[0].cutout",
        ("nothing is cut out", "没有抠"),
    ),
    "a cut-out across columns": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    抠图: 是\n    place: lead\n",
        "wrong-place",
        "6:9",
        "pictures[0].cutout",
        ("only with `place: wrap`", "只能绕排"),
    ),
    "paragraph without wrap": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: ../images/a.png\n    paragraph: 1\n",
        "wrong-place",
        "6:16",
        "pictures[0].paragraph",
        ("only with `place: wrap`", "只有绕排"),
    ),
    "alt of other pictures": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: [../images/a.png, ../images/a.png, ../images/a.png]\n    alt: [a, b]\n",
        "wrong-value",
        "6:10",
        "pictures[0].alt",
        ("2 values of `alt` for 3", "3 张图片写了 2 个“alt”"),
    ),
    "a picture of a group that is not there": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: [../images/a.png, ../images/b.png]\n",
        "missing-file",
        "5:29",
        "pictures[0].file[1]",
        ("b.png", "b.png"),
    ),
    "no picture in a group": Wrong(
        "lead",
        ARTICLE + "pictures:\n  - file: []\n",
        "wrong-type",
        "5:11",
        "pictures[0].file",
        ("a text or a list of texts", "文字，或文字的列表"),
    ),
    "a later key of the wrong type": Wrong(
        "lead", ARTICLE + "optional: [body]\n", "wrong-value", "4:12", "optional[0]", ("one of: kicker", "可用的值")
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_one_clear_message(wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_edition(tmp_path, **{wrong.file: wrong.text, "汉" * 70: ARTICLE})
    [told] = _faults(Path("edition.yaml"))
    assert told.code == f"source.{wrong.code}", told.to_text()
    assert told.severity is Severity.ERROR
    file = {"lead": "articles/lead.yaml"}.get(wrong.file, f"{wrong.file}.yaml")
    assert told.where is not None
    assert f"{told.where.file}:{told.where.line}:{told.where.column}" == f"{file}:{wrong.place}", told.to_text()
    assert told.where.field == wrong.field
    assert wrong.says[0] in told.to_text("en")
    assert wrong.says[1] in told.to_text("zh")


def test_edition_missing(tmp_path: Path) -> None:
    [told] = _faults(tmp_path / "none.yaml")
    assert told.code == "source.missing-file"
    assert told.where
    assert told.where.file == str(tmp_path / "none.yaml")  # Not below the current folder: absolute.


def test_edition_is_a_folder(tmp_path: Path) -> None:
    [told] = _faults(tmp_path)
    assert told.code == "source.unreadable-file"


def test_links_out_of_the_paper(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(ARTICLE)
    paper = tmp_path / "paper"
    edition = write_edition(paper, lead=None)
    (paper / "articles/lead.yaml").symlink_to(outside)
    [told] = _faults(edition)
    assert told.code == "source.wrong-path"
    assert told.where
    assert (told.where.line, told.where.column) == (7, 18)


def test_ring_of_links(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, lead=None)
    (tmp_path / "articles/lead.yaml").symlink_to(tmp_path / "articles/lead.yaml")
    [told] = _faults(edition)
    assert told.code in ("source.missing-file", "source.unreadable-file")


def test_edition_outside_its_paper(tmp_path: Path) -> None:
    write_edition(tmp_path / "a")
    edition = write_edition(tmp_path / "b", edition=EDITION.replace("paper.yaml", "../a/paper.yaml"), paper=None)
    [told] = _faults(edition)
    assert told.code == "source.wrong-path"
    assert "outside the folder of its paper" in told.message.en


def test_all_faults_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_edition(
        tmp_path,
        paper="name: a\nsite: {base_url: a}\npage_size: A3\nphonee: 1\n",
        edition=EDITION.replace("2024-01-10", "2024-13-10").replace("layout: front", "layout: a/b")
        + "        level: 9\n      - article: articles/second.yaml\n      - article: none.yaml\n      - articel: x\n",
        lead="kicker: {}\nbody: |\n  [a](b)\n\n  |a|b|\n  |-|-|\npictures:\n  - file: x.png\n  - caption: c\nbrief: 2\n",
        second="body: x\nbody: y\nsource: [a]\n",
    )
    told = [f"{d.where.file}:{d.where.line} {d.code}" for d in _faults(Path("edition.yaml")) if d.where]
    assert told == [
        "articles/lead.yaml:1 source.wrong-type",
        "articles/lead.yaml:3 source.markup",
        "articles/lead.yaml:5 source.table",
        "articles/lead.yaml:8 source.missing-file",
        "articles/lead.yaml:9 source.missing-key",
        "articles/lead.yaml:10 source.wrong-value",
        "articles/second.yaml:1 source.missing-key",
        "articles/second.yaml:2 source.duplicate-key",
        "articles/second.yaml:3 source.wrong-type",
        "edition.yaml:2 source.wrong-value",
        "edition.yaml:5 source.wrong-value",
        "edition.yaml:9 source.wrong-value",
        "edition.yaml:11 source.missing-file",
        "edition.yaml:12 source.unknown-key",
        "paper.yaml:2 source.wrong-value",
        "paper.yaml:3 source.wrong-value",
        "paper.yaml:4 source.unknown-key",
    ]


def test_faults_of_list_items_keep_their_places(tmp_path: Path) -> None:
    byline = "byline:\n  - x\n  - {name: 甲}\n  - y\n  - {nam: 乙}\n  - {name: [丙]}\n"
    told = [(d.where.line, d.where.field) for d in _faults(write_edition(tmp_path, lead=ARTICLE + byline)) if d.where]
    assert told == [(5, "byline[0]"), (7, "byline[2]"), (8, "byline[3].nam"), (9, "byline[4].name")]


def test_an_article_of_two_stories_is_told_once(tmp_path: Path) -> None:
    edition = EDITION + "      - article: articles/lead.yaml\n        id: other\n"
    [told] = _faults(write_edition(tmp_path, edition=edition, lead="body: x\n"))
    assert told.code == "source.missing-key"


def _faults(edition: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(InputError) as caught:
        read_edition(edition)
    return caught.value.diagnostics
