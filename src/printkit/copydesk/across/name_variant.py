"""A name of three characters that is written in two ways in one story."""

import re
from collections import Counter
from collections.abc import Iterator

from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import TEXT, Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤闻岑卞葛伍施柳鲁温迟池"
)
_SAYS = "(?=说|介绍|表示|告诉|认为|回忆|坦言|笑着|指着|[得的在和与、，到。]|$)"
_TITLES = "记者|教师|厂长|队长|书记|主席|主任|经理|局长|校长|院长|师傅|教授|工程师|技术员|工人|同志|图为"
_HAN = "[\u4e00-\u9fff]"
_NAMES = (
    re.compile(rf"(?<!{_HAN})(?P<n>[{_SURNAMES}]{_HAN}{{2}}){_SAYS}", re.MULTILINE),
    re.compile(rf"(?:{_TITLES})(?P<n>[{_SURNAMES}]{_HAN}{{2}}){_SAYS}", re.MULTILINE),
)


def _names(text: str) -> Iterator[tuple[int, str]]:
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            yield match.start("n"), match["n"]


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story in copy.stories:
        text = "\n".join(piece.text for piece in story.parts(*TEXT))
        seen = Counter(name for _, name in set(_names(text)))
        known = {name for name, count in seen.items() if count > 1} | set(story.names)
        if not known:
            continue
        for piece in story.parts(*TEXT):
            for start, name in sorted(set(_names(piece.text))):
                meant = next((one for one in sorted(known) if _is_slip(name, one)), None)
                if meant and name not in known and text.count(name) < text.count(meant):
                    said = Say(f"elsewhere it is “{meant}”", f"别处作“{meant}”")
                    yield story, piece, Found(start, start + len(name), detail=said)


def _is_slip(name: str, other: str) -> bool:
    same = [a == b for a, b in zip(name, other, strict=False)]
    return len(name) == len(other) == 3 and same[0] and sum(same) == 2


check = Rule(
    id="name-variant",
    title=Say("name written in two ways", "人名前后不一致"),
    rationale=Say("One of them is wrong, or they are two people.", "必有一错，除非确是两人。"),
    wrong="闻一舟……闻一州",
    certainty=Certainty.LIKELY,
    kind=Kind.NAME,
    across=_look,
)
