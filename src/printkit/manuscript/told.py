"""What each code of a note means: whether something was changed, left out, or only told, and its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from printkit.diagnostics import Say
from printkit.manuscript.block import Note

CHANGED = Say("changed", "已改")
LEFT_OUT = Say("left out", "未收")
LOOK = Say("look at", "请看")


@dataclass(frozen=True, slots=True)
class Told:
    """The notes of one code: what was done, in words, and where."""

    code: str
    done: Say
    words: Say
    notes: tuple[Note, ...]


CODES: dict[str, tuple[Say, Say]] = {
    "inserted": (CHANGED, Say("tracked insertions accepted", "修订：已接受的插入")),
    "deleted": (LEFT_OUT, Say("tracked deletions", "修订：已删去的文字")),
    "moved": (CHANGED, Say("tracked moves accepted", "修订：已接受的移动")),
    "paragraphs-joined": (CHANGED, Say("paragraphs joined: their mark was deleted", "修订：段落标记已删，两段合一")),
    "half-mark": (CHANGED, Say("half-width marks to ，。：", "半角标点改为全角")),
    "straight-quotes": (CHANGED, Say("straight quotes to “ ”", "直引号改为弯引号")),
    "fullwidth-digits": (CHANGED, Say("full-width digits and letters to half-width", "全角数字、字母改为半角")),
    "radical": (CHANGED, Say("radicals out of a PDF to Han", "部首字改为汉字")),
    "ellipsis-form": (CHANGED, Say("ellipses to ……", "省略号改为……")),
    "dash-form": (CHANGED, Say("hyphens and drawn lines to ——", "短横、制表线改为破折号")),
    "nbsp": (CHANGED, Say("no-break blanks", "不间断空格")),
    "tab": (CHANGED, Say("tabs to blanks", "制表符改为空格")),
    "indent": (CHANGED, Say("indents made of blanks", "段首空格")),
    "end-blank": (CHANGED, Say("blanks at a line's end", "行末空格")),
    "soft-hyphen": (CHANGED, Say("soft hyphens", "软连字符")),
    "zero-width": (CHANGED, Say("unseen characters", "看不见的字符")),
    "control": (CHANGED, Say("control characters", "控制字符")),
    "superscript": (CHANGED, Say("raised figures written out (m²)", "上标写成字符（m²）")),
    "subscript": (CHANGED, Say("lowered figures written out (H₂O)", "下标写成字符（H₂O）")),
    "symbol": (CHANGED, Say("symbol fonts to characters", "符号字体改为字符")),
    "numbers-written-out": (CHANGED, Say("automatic numbers written out", "自动编号写成文字")),
    "bullets": (CHANGED, Say("bullets to list items", "项目符号改为列表")),
    "breaks-to-paragraphs": (CHANGED, Say("soft breaks to paragraphs", "手动换行改为分段")),
    "wrapped-lines": (CHANGED, Say("lines that only wrapped joined", "折行的文字接成一段")),
    "scan-break": (CHANGED, Say("paragraphs joined that a page had parted", "被换页断开的段落已接上")),
    "deck-dash": (CHANGED, Say("dash before the deck", "副题前的破折号")),
    "caption-mark": (CHANGED, Say("mark before a caption", "图注前的记号")),
    "pictures-saved": (CHANGED, Say("pictures saved beside the article", "图片已存到稿件旁")),
    "picture-made-png": (CHANGED, Say("pictures saved as PNG", "图片转存为 PNG")),
    "merged-cells": (CHANGED, Say("merged cells filled or left empty", "合并单元格已拆开")),
    "text-box": (CHANGED, Say("text boxes put into the text", "文本框并入正文")),
    "verse": (LOOK, Say("short lines taken for verse", "短行认作诗")),
    "box": (LOOK, Say("boxes beside the text: 链接, 编后, 资料", "附文：链接、编后、资料")),
    "notices": (LOOK, Say("taken for notices", "认作启事")),
    "headline-from-name": (LOOK, Say("no headline found: the file's name stands for it", "没有找到标题：暂用文件名")),
    "byline-from-dateline": (CHANGED, Say("byline taken from the dateline", "电头里的作者移到署名")),
    "byline-from-tail": (CHANGED, Say("byline taken from the end", "文末的作者移到署名")),
    "comment": (LEFT_OUT, Say("comments", "批注")),
    "hidden": (LEFT_OUT, Say("hidden text", "隐藏文字")),
    "byline-rest": (LEFT_OUT, Say("words of the byline that are no name", "署名里的“文/图”等")),
    "source": (
        LEFT_OUT,
        Say("lines of facts: time, source again, how to reach the author", "时间、重复的来源、作者联系方式"),
    ),
    "left-out": (LEFT_OUT, Say("lines for the screen, names of editors", "公众号用语、编审署名")),
    "rule-line": (LEFT_OUT, Say("lines of stars or dashes", "星号、横线分隔行")),
    "note": (LEFT_OUT, Say("footnotes and endnotes", "脚注、尾注")),
    "ruby": (LEFT_OUT, Say("pinyin over characters", "注音")),
    "header-left-out": (LEFT_OUT, Say("headers and footers", "页眉、页脚")),
    "picture-remote": (LEFT_OUT, Say("pictures that are only linked: never fetched", "链接的图片：不下载")),
    "picture-missing": (LEFT_OUT, Say("pictures without a file", "没有文件的图片")),
    "caption-alone": (LEFT_OUT, Say("captions whose pictures are not there", "没有图片的图注")),
    "picture-kind": (
        LEFT_OUT,
        Say("pictures that cannot be printed: save them as PNG", "不能用的图片格式（EMF、WMF 等）：请另存为 PNG"),
    ),
    "picture-broken": (LEFT_OUT, Say("broken pictures", "损坏的图片")),
    "object": (LEFT_OUT, Say("charts, drawings and embedded objects", "图表、绘图和嵌入对象")),
    "contents": (LEFT_OUT, Say("tables of contents", "目录")),
    "macros": (LEFT_OUT, Say("macros", "宏")),
    "html": (LEFT_OUT, Say("raw HTML", "HTML 代码")),
    "front-matter": (LEFT_OUT, Say("front matter", "文件头信息")),
    "picture-cropped": (LOOK, Say("pictures cropped in the manuscript: saved whole", "稿中裁过的图片：存了全图")),
    "unplaced": (LOOK, Say("lines under the headline: byline or deck?", "标题下的这一行：署名还是副题？")),
    "guessed-front": (LOOK, Say("headline and deck told by their order alone", "标题、副题只按先后判断")),
    "tail": (LOOK, Say("author's office at the end, kept", "文末的作者单位，已保留")),
    "byline-again": (LOOK, Say("a second byline at the end, kept", "文末另有署名，已保留")),
    "boxed-text": (LOOK, Say("text of a box in the text, kept", "方框里的文字，已并入正文")),
    "struck-kept": (LOOK, Say("struck text, kept", "带删除线的文字，已保留")),
    "field-date": (LOOK, Say("dates that Word writes itself", "自动更新的日期")),
    "formula": (LOOK, Say("formulas as plain text", "公式写成文字")),
    "symbol-unknown": (LOOK, Say("symbols that no font has: 〓", "认不出的符号：〓")),
    "raised-kept": (LOOK, Say("raised or lowered text, kept as text", "上下标，已照平文保留")),
    "private-use": (LOOK, Say("characters that no font knows", "字库里没有的字符")),
    "odd-quotes": (LOOK, Say("straight quotes without a partner", "不成对的直引号")),
    "half-point": (LOOK, Say("a point between Han: stop, or interpunct of a name", "汉字间的小圆点：句号，还是间隔号")),
    "latin-in-han": (LOOK, Say("a small Latin word among Han", "夹在汉字里的英文词")),
    "privacy": (LOOK, Say("private numbers: mobile, identity", "手机号、身份证号")),
    "repeated-paragraph": (LOOK, Say("a paragraph that stands twice", "重复的段落")),
    "several-stories": (
        LOOK,
        Say("it looks like several stories: --split parts them", "像是几篇稿件：加 --split 可分开"),
    ),
    "row-to-text": (CHANGED, Say("tables of one row to text", "只有一行的表格改为文字")),
    "marks-lost": (LOOK, Say("bold, dots or links that cannot be marked here", "此处无法标记的黑体、着重号、链接")),
}
"""What a note's code stands for; the order is that of the report within each kind."""


def told(notes: Iterable[Note]) -> tuple[Told, ...]:
    """Return notes by what was done and by code."""
    order = {code: index for index, code in enumerate(CODES)}
    kinds = (CHANGED, LEFT_OUT, LOOK)
    by_code = sorted(notes, key=lambda note: (kinds.index(CODES[note.code][0]), order[note.code], note.where))
    return tuple(Told(code, *CODES[code], tuple(group)) for code, group in groupby(by_code, lambda note: note.code))
