"""Half-width marks after Han."""

import re
from collections.abc import Iterator

from printkit.copydesk.rule import HAN, Edit, Found, Mend, Rule, without_addresses
from printkit.diagnostics import Say

FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
"""Half-width marks, and what they are in Chinese."""
_CLOSERS = "”’）》〉】〕」』％%‰℃"
_AFTER_HAN = re.compile(rf"(?:(?<={HAN}|[{_CLOSERS}])|(?<={HAN}[\"'＂]))(?:[!?]{{1,3}}|[,.;:])(?![.,!?;:])")
_BEFORE_HAN = re.compile(rf"(?<=[A-Za-z0-9)\"])[,;!?](?=[\"“‘（《]?{HAN})")
_APART = re.compile(rf"(?<={HAN}) +([,;!?]) *(?=[“‘（《]?{HAN}|$)")
_TWO_POINTS = re.compile(rf"(?<={HAN})\.\.(?!\.)")
_NUMERALS = "〇一二三四五六七八九十百"
_SOUNDS = frozenset(
    "阿埃艾安奥巴白贝本比彼波伯博布查茨达戴德迪丁杜多厄恩尔法菲费芬弗夫福盖戈格古哈海汉豪赫亨霍基吉加贾杰金卡凯坎康柯科克肯孔库"
    "拉莱兰劳勒雷里理丽利莉列林琳卢鲁路伦罗洛马玛迈麦曼梅门蒙米密莫姆穆娜纳南内尼妮努诺欧帕派培佩彭皮珀蒲普奇乔切琴让热日瑞萨塞桑森沙莎"
    "山舍圣施史什士斯丝苏孙索塔泰坦汤唐特提汀图托瓦万威韦维魏温文沃乌武西希席夏肖谢辛欣修许雅亚扬杨耶叶伊因英尤约宰泽扎詹珍芝朱兹佐"
)
"""Characters that foreign names are written with: between two of them a point may be an interpunct."""


def _look(text: str) -> Iterator[Found]:
    seen = without_addresses(text)
    for match in _APART.finditer(seen):
        yield Found(*match.span(), (Edit(*match.span(), FULL[match[1]]),))
    for match in _TWO_POINTS.finditer(seen):  # a stop typed twice, or dots that are missing
        yield Found(*match.span(), (Edit(*match.span(), "。"),), is_safe=False)
    for match in (*_AFTER_HAN.finditer(seen), *_BEFORE_HAN.finditer(seen)):
        at, after = match.start(), seen[match.end() : match.end() + 1]
        if match[0] == "." and ((after.isascii() and after.isalpha()) or (seen[at - 1] in _NUMERALS and at < 4)):
            continue  # 微软.NET, 一. as a number
        # 列夫.托尔斯泰 wants another mark than 通过.会议: a reader has to say which.
        is_safe = match[0] != "." or not _SOUNDS.issuperset((seen[at - 1], after))
        for place in range(at, match.end()):
            yield Found(place, place + 1, (Edit(place, place + 1, FULL[seen[place]]),), is_safe=is_safe)


check = Rule(
    id="half-mark",
    clause="GB/T 15834 4",
    title=Say("half-width mark beside Han", "汉字旁用了半角标点"),
    rationale=Say("The marks of Chinese are one character wide.", "中文标点占一个字的位置。"),
    wrong="好,再来",
    right="好，再来",
    mend=Mend.SAFE,
    marks=",.!?;:",
    look=_look,
)
