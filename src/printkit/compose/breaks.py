"""Where a line may break (rulebook, part 2): prohibitions by level, unbreakable sequences, soft penalties.

In: class letters and text. Out: the cost of a break between two classes, and the `Seam`s where a
sequence overrides it. Sources: clreq#prohibition_rules_for_line_start_end, GB/T 15834 5.1, GB/T 15835
5.1.7.2, jlreq#unbreakable_character_sequences.
"""

import re
from collections.abc import Iterator

from printkit.compose import costs
from printkit.model.style import Prohibition

FORBIDDEN = -1.0

_BASIC_START = frozenset("ASCNMPRFE")
_EVEN_NONE_START = frozenset("swizy")
"""A blank goes with what stands before it, whatever the level: it vanishes at the line's end."""
_LATIN = frozenset("adcobpq")
NO_START: dict[Prohibition, frozenset[str]] = {
    "none": frozenset(),
    "basic": _BASIC_START | frozenset("kqcb"),
    "gb": _BASIC_START | frozenset("kqcb"),
    "strict": _BASIC_START | frozenset("kqcbDL"),
}
NO_END: dict[Prohibition, frozenset[str]] = {
    "none": frozenset(),
    "basic": frozenset("Oo"),
    "gb": frozenset("OoR"),
    "strict": frozenset("OoR"),
}


def breakable(first: str, second: str, level: Prohibition) -> float:
    """Return the penalty of a break between two classes, or `FORBIDDEN`."""
    if second in _EVEN_NONE_START or first in "wE" or (first == "p" and second in "da"):
        return FORBIDDEN
    if first in "siz":
        return FORBIDDEN if second in NO_START[level] else 0.0
    if first in _LATIN and second in _LATIN:
        return FORBIDDEN
    if second in NO_START[level] or first in NO_END[level]:
        return FORBIDDEN
    return costs.DASH_AT_START if second in "DL" and level != "none" else 0.0


_BREAK_HERE = "\u200b\u00ad"
"""Break points that an editor writes into an address or a long word: they part neither."""
_DOMAINS = "com|net|org|cn|gov|edu|info|biz|top|cc|tv|io|hk|mo|tw|example"
"""Ends of an address that is written without `https://` or `www.`: Node.js is none."""
_URL = re.compile(
    rf"(?:https?://|www\.)[!-~{_BREAK_HERE}]+"
    rf"|(?<![\w.+-])[\w.+{_BREAK_HERE}-]+@[\w{_BREAK_HERE}-]+(?:\.[\w{_BREAK_HERE}-]+)+"
    rf"|(?<![\w.+@-])(?:[\w{_BREAK_HERE}-]+\.)+(?:{_DOMAINS})(?![\w@])(?:/[!-~{_BREAK_HERE}]*)?",
    re.ASCII,
)
_WORD = re.compile(_URL.pattern + r"|([A-Za-zÀ-ɏ]{5,})")
_URL_BREAK = re.compile(rf"[/?&=@._{_BREAK_HERE}-]+(?=[^/?&=@._{_BREAK_HERE}-])")
_NUMBER = re.compile(
    r"[+\-−－±]?(?:[￥¥$＄€£￡№] ?)?[0-9０-９]+(?:(?:[.,:/－\-．：／·]|(?<=[０-９])，(?=[０-９]))[0-9０-９]+)*[%％‰℃℉°′″]?"
)
_COUNTERS = "年月日号时分秒期届次个名位人件条项元角万亿岁周天级层楼版章节页名家所座辆台套吨米斤克里度倍点成季场支只张本部类种组班队"
_COUNTED = re.compile(rf"(?:第(?=[0-9]))|[0-9０-９][%％]?(?=[{_COUNTERS}])")
_UNIT = re.compile(r"(?<=[0-9]) (?=(?:[kmcμ]?[mgLlWVAN]|[kMG]?Hz|kWh?|km/h|[KMGT]B|t|s|h)(?![A-Za-z]))")
_NOTE = re.compile(r"[^\[]\[\d{1,3}\]")
_CIRCLED = re.compile(r"[①-⓿❶-➓]")
_LIST_MARK = re.compile(
    r"^[（(][0-9一二三四五六七八九十]{1,3}[）)](?=.)|^(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)(?=.)"
)
_BULLET = re.compile(r"(?:^|(?<=[\s\u3000。！？；：]))[●▪■□◆◇▲△○★☆※►▶](?=.)")
_RUN_OF_MARKS = re.compile(r"[CASEF]{3,}|O{3,}")
_TRANSLITERATED = (
    "阿埃艾爱奥巴拜班邦贝本比别宾波伯博布查达戴丹道德登迪蒂丁杜顿多厄恩尔法菲费芬弗夫福盖冈戈格根古哈海汉"
    "豪赫亨胡基吉加贾杰金卡凯坎康科克肯库夸奎拉莱兰劳勒雷里利力林龙卢鲁伦罗洛马迈曼芒梅门蒙米密明莫姆穆纳"
    "奈南内尼涅宁纽努诺欧帕潘佩彭皮蓬普齐奇契乔切琼曲让日萨塞桑瑟沙山舍圣施史斯丝松苏索塔泰坦汤唐特提廷托"
    "瓦万韦维温翁沃乌伍武西希锡夏香谢辛欣休雅亚扬耶叶伊以尤约泽扎詹珍芝朱兹佐娃娜妮莉琳丽玛莎雯"
)
_NAME = re.compile(rf"[{_TRANSLITERATED}]{{2,7}}(?:[·‧・][{_TRANSLITERATED}]{{1,8}})+")


def seams(heads: str, letters: str, level: Prohibition) -> Iterator[tuple[int, float]]:
    """Yield the places where a sequence changes what its classes allow, with the new penalty.

    Later ones win. A place counts the clusters before it.

    Args:
        heads: the first character of every cluster.
        letters: their class letters.
        level: the prohibition level.
    """
    if level != "none":
        for match in _RUN_OF_MARKS.finditer(letters):
            opening = match[0][0] == "O"
            for at in range(match.start() + opening, match.end()):
                if at and letters[at - 1] not in ("Ew" if opening else "EwOop"):
                    yield at, costs.ESCAPE
    if "·" in heads or "・" in heads or "‧" in heads:
        for match in _NAME.finditer(heads):
            for at in range(match.start() + 1, match.end()):
                if letters[at] != "P" and letters[at - 1] != "P":
                    yield at, costs.NAME
    yield from _numbers(heads, letters)
    for match in _CIRCLED.finditer(heads):
        yield from _beside_note(heads, letters, match.start())
    for pattern in (_LIST_MARK, _BULLET):
        for match in pattern.finditer(heads):
            yield from ((at, FORBIDDEN) for at in range(match.start() + 1, match.end() + 1))


def _numbers(heads: str, letters: str) -> Iterator[tuple[int, float]]:
    """Yield what numbers, their units, note marks and addresses hold together (U3–U7, U9)."""
    if "d" not in letters and "a" not in letters and not re.search("[０-９]", heads):
        return
    for match in _COUNTED.finditer(heads):
        yield match.end(), costs.DATE
    for match in _UNIT.finditer(heads):
        yield match.end(), costs.LATIN_UNIT
    for match in _NUMBER.finditer(heads):
        yield from ((at, FORBIDDEN) for at in range(match.start() + 1, match.end()))
    for match in _NOTE.finditer(heads):
        yield from ((at, FORBIDDEN) for at in range(match.start() + 1, match.end()))
    for match in _URL.finditer(heads):
        yield from ((at, FORBIDDEN) for at in range(match.start() + 1, match.end()))
        for inner in _URL_BREAK.finditer(match[0]):
            if inner.end() < len(match[0]):
                yield match.start() + inner.end(), costs.HYPHEN


def _beside_note(heads: str, letters: str, at: int) -> Iterator[tuple[int, float]]:
    """Yield the side on which a circled number holds: a note after text, a list mark before it (U9)."""
    before = letters[at - 1] if at else ""
    if before and before in "HkadCq" and not _CIRCLED.match(heads, at - 1):
        yield at, FORBIDDEN
    elif at + 1 < len(letters):
        yield at + 1, FORBIDDEN


def addresses(heads: str) -> Iterator[range]:
    """Yield where web and mail addresses stand: they are divided without a hyphen."""
    yield from (range(match.start(), match.end()) for match in _URL.finditer(heads))


def hyphen_words(heads: str) -> Iterator[tuple[int, str]]:
    """Yield the Latin words long enough to divide, each with its first cluster (5 letters; addresses left out)."""
    for match in _WORD.finditer(heads):
        if match[1]:
            yield match.start(), match[1]
