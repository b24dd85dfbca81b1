"""Names of people in copy: a surname and two characters more, where a name may stand."""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤闻岑卞葛伍施柳鲁温迟池"
)
_SPEAKS = "说|介绍|表示|告诉|认为|回忆|坦言|笑着|指着"
_TITLES = "记者|教师|厂长|队长|书记|主席|主任|经理|局长|校长|院长|师傅|教授|工程师|技术员|工人|同志|图为"
_HAN = "[\u4e00-\u9fff]"
_NAME = f"(?P<n>[{_SURNAMES}]{_HAN}{{2}})"
_AFTER = f"(?={_SPEAKS}|[得的在和与、，到。]|$)"
_MAY_BE = (
    re.compile(f"(?<!{_HAN}){_NAME}{_AFTER}", re.MULTILINE),
    re.compile(f"(?:{_TITLES}){_NAME}{_AFTER}", re.MULTILINE),
)
_SURE = (re.compile(f"(?<!{_HAN}){_NAME}(?={_SPEAKS})"), _MAY_BE[1])


def names_in(text: str) -> set[tuple[int, str]]:
    """Return what may be a name, with its place: 高质量 before 的, too."""
    return {(match.start("n"), match["n"]) for pattern in _MAY_BE for match in pattern.finditer(text)}


def people_in(text: str) -> set[str]:
    """Return the names of those who speak, or have a title."""
    return {match["n"] for pattern in _SURE for match in pattern.finditer(text)}
