"""Bylines and credits, told from copy word by word to the line's end: a line that has anything else is none.

In: a line. Out: roles and names, and the words that are neither (``文/图``). A name is a surname of the table and one or two Han
(``孙　艳`` too), or any two to four Han after a role and a blank: an expression that only searched took 图书馆延时开放 for a byline.
"""

import re
from dataclasses import dataclass, field

from printkit.copy.marks import HAN
from printkit.model.article import Byline

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫"
    "经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓"
    "牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙"
    "池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易"
    "慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯"
    "相查后荆红游竺权逯盖益桓公肖仝佟付代兰母召呼延昂仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦商牟佘佴伯赏墨哈谯笪年爱"
    "阳言福苑邝谌覃谷揭丛迟芦亓窦鹿宁展战辜麦闪铁战栗覃祖邸原桑苟雒战布卿郏冼苌么蹇栾轩化玄玉佀占旷练门初撒逢尧"
)
_COMPOUND = [
    "欧阳",
    "太史",
    "端木",
    "上官",
    "司马",
    "东方",
    "独孤",
    "南宫",
    "万俟",
    "闻人",
    "夏侯",
    "诸葛",
    "尉迟",
    "公羊",
    "赫连",
    "澹台",
    "皇甫",
    "宗政",
    "濮阳",
    "公冶",
    "太叔",
    "申屠",
    "公孙",
    "慕容",
    "仲孙",
    "钟离",
    "长孙",
    "宇文",
    "司徒",
    "鲜于",
    "司空",
    "闾丘",
    "子车",
    "亓官",
    "司寇",
    "巫马",
    "公西",
    "颛孙",
    "壤驷",
    "公良",
    "漆雕",
    "乐正",
    "宰父",
    "谷梁",
    "拓跋",
    "夹谷",
    "轩辕",
    "令狐",
    "段干",
    "百里",
    "呼延",
    "东郭",
    "南门",
    "羊舌",
    "微生",
    "梁丘",
    "左丘",
    "东门",
    "西门",
    "第五",
    "申徒",
    "完颜",
]

_BLANK = " \t\u3000\xa0"
_SURNAME = rf"(?:{'|'.join(_COMPOUND)}|[{''.join(dict.fromkeys(_SURNAMES))}])"
NAME = rf"(?:{_SURNAME}[{HAN}]{{1,2}}|{_SURNAME}[{_BLANK}]{{1,4}}[{HAN}])(?![{HAN}])"
"""A Chinese name by its surname; two Han may be set apart as wide as three."""

_ROLE = re.compile(
    rf"""(?: (?:本[报刊台网社]|[{HAN}]{{1,6}}[报刊台网社])?
            (?:全媒体|融媒体|融媒|特约|特邀|实习|见习|首席|驻[{HAN}]{{1,4}}|摄影|文字|高级)*
            (?:记者|通讯员|评论员|撰稿人|观察员|实习生)
        | 作者 | 撰文 | 撰稿 | 供稿 | 整理 | 口述 | 讲述 | 采写 | 编译 | 翻译 | 漫画 | 水墨 | 国画 | 油画 | 版画 | 书法 | 篆刻 | 剪纸 | 制图 | 摄影 | 摄像 | 文字 | 图片 | 文图 | 图文
        | 文[/／、·]图 | 图[/／、·]文 | 文 | 图 | 摄 | 答疑律师 | 执笔 )""",
    re.VERBOSE,
)
_AFTER_NAME = re.compile(r"文[/／、·]?图|图[/／、·]?文|文并?摄|摄影报道|摄影|报道|整理|撰文|供图|制图|文|图|摄|绘")
_OFFICE_ROLE = re.compile(
    rf"[{HAN}]{{2,18}}(?:总?工会|公司|集团|委员会|办公室|中心|学校|中学|小学|大学|学院|医院|厂|局|处|部|科|社区|街道|支队|大队|站)"
    rf"[{_BLANK}]+(?={NAME}(?:[{_BLANK}、]|$))"
)
"""Where an author works, before the name: ``云栖区总工会 谭小楼``, as contributors sign."""
_SENT_BY = re.compile(rf"(?P<name>[{HAN}]{{3,20}}?)[{_BLANK}]*(?P<role>供稿|来稿)")
_MAKERS = ("摄", "绘", "供图", "摄影", "制图", "图")
"""Words that follow the name of who made a picture: a role of its own."""
_BETWEEN = re.compile(rf"[{_BLANK}、/／|｜丨，,；;]+")
_NAME = re.compile(NAME)
_OF_NEXT = re.compile(rf"[/／：:]{NAME}")
"""What makes a word the role of the name after it: ``图/柯小满``."""
_AFTER_ROLE = re.compile(rf"[{HAN}]{{2,4}}(?:·[{HAN}]{{1,6}})?(?![{HAN}])|[{HAN}][{_BLANK}]{{1,4}}[{HAN}](?![{HAN}])")
_ORNAMENT = re.compile(rf"^[{_BLANK}□■◎○●◆◇▍△▲☆★—\-]+")
_CLOSING = re.compile(r"（[^（）]{1,30}）$")
_IN_BRACKETS = re.compile(r"（([^（）]+)）|\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a byline says: who wrote it in which role, and words of it that are neither."""

    byline: tuple[Byline, ...]
    rest: tuple[str, ...] = ()


@dataclass(slots=True)
class _Words:
    found: list[Byline] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    role: str = ""
    has_role: bool = False


def signed(line: str, *, names_alone: bool = False) -> Signed | None:
    """Return what a byline says, None where a line is none.

    Args:
        line: as it stands.
        names_alone: take names without any role, too; only where a byline is looked for.
    """
    text = _ORNAMENT.sub("", line).strip(_BLANK)
    if (whole := _IN_BRACKETS.fullmatch(text)) is not None:
        text = whole[1] or whole[2]
    if (sent := _SENT_BY.fullmatch(text)) is not None:
        return Signed((Byline(sent["role"], sent["name"]),))
    words = _Words()
    if (closing := _CLOSING.search(text)) is not None and closing.start():
        text = text[: closing.start()].rstrip(_BLANK)
        words.rest.append(closing[0])
    at = 0
    while at < len(text):
        step = _step(text, at, words)
        if step is None:
            return None
        at = step
    if not words.found or not (words.has_role or names_alone):
        return None
    return Signed(tuple(words.found), tuple(reversed(words.rest)) if closing else tuple(words.rest))


def _step(text: str, at: int, words: _Words) -> int | None:
    """Read the next word of a byline and return where it ends; None where there is none."""
    if blank := _BETWEEN.match(text, at):
        return blank.end()
    is_after_name = bool(words.found) and text[at - 1] in _BLANK + "、/／"
    after = _AFTER_NAME.match(text, at) if is_after_name else None
    if after and _ends(text, after.end()) and not _OF_NEXT.match(text, after.end()):
        last = words.found[-1]
        if after[0] in _MAKERS and not last.role:
            words.found[-1] = Byline(after[0], last.name)
        else:
            words.rest.append(after[0])
        words.role, words.has_role = "", True
        return after.end()
    if not at and (office := _OFFICE_ROLE.match(text)):
        words.role, words.has_role = office[0].strip(_BLANK), True
        return office.end()
    if role := _ROLE.match(text, at):
        end = re.compile(rf"[{_BLANK}]*[：:/／|｜丨]?[{_BLANK}]*").match(text, role.end())
        assert end is not None, "the pattern matches an empty text"
        name = _AFTER_ROLE.match(text, end.end()) if end[0] else _NAME.match(text, end.end())
        if name:
            words.role, words.has_role = role[0], True
            words.found.append(Byline(role[0], _close(name[0])))
            return name.end()
    if name := _NAME.match(text, at) or (_AFTER_ROLE.match(text, at) if words.role else None):
        words.found.append(Byline(words.role, _close(name[0])))
        return name.end()
    return None


def _ends(text: str, at: int) -> bool:
    return at == len(text) or text[at] in _BLANK + "、/／，,（"


def _close(name: str) -> str:
    """Return a name without the blanks that set it as wide as three Han."""
    return re.sub(rf"[{_BLANK}]+", "", name)


_CREDIT = re.compile(
    rf"""(?:^|(?<=[{_BLANK}。！？；]))(?P<credit>(?:{_ROLE.pattern}[{_BLANK}]*)*
        (?:{NAME}(?:[{_BLANK}、]+{NAME})*[{_BLANK}]*(?:摄影|摄|绘|供图|制图|提供)
          |[{HAN}]{{2,8}}(?:[{_BLANK}]+(?:摄影|摄|绘)|[{_BLANK}]*(?:供图|制图|提供))))$
      | [（(](?P<boxed>[^（）()]{{1,20}}(?:摄影|摄|绘|供图|制图|图|提供))[）)]$
      | (?:^|(?<=[{_BLANK}。！？；]))(?P<before>(?:摄影|供图|图)[：:/／][{_BLANK}]*[{HAN}{_BLANK}]{{2,12}})$""",
    re.VERBOSE,
)
"""A credit at a caption's end stands alone: after a stop, a blank, or in brackets of its own."""
_LONGEST_CREDIT = 200
"""Characters: some thirty names."""


def credited(caption: str) -> tuple[str, str]:
    """Part a caption from the credit at its end: ``图为抢修队员。`` and ``卫青 摄``; the credit may be empty."""
    found = _CREDIT.search(caption, max(0, len(caption) - _LONGEST_CREDIT))
    if found is None:
        return caption, ""
    credit = next(filter(None, found.groupdict().values()))
    return caption[: found.start()].rstrip(_BLANK), credit.strip(_BLANK)


_OFFICE = (
    "主席|书记|主任|院长|校长|行长|厂长|站长|所长|队长|局长|处长|科长|部长|会长|社长|班长|组长|经理|总监|总裁|董事长|教授|"
    "工程师|技师|技工|高级工|教师|医生|护士|护士长|律师|研究员|委员|代表|秘书长|司机|护理员|检定员|木模工|焊工|钳工|副班长|顾问|负责人|党员|职工"
)
_OFFICER = re.compile(rf"(?P<title>[^，。；：！？]{{2,38}}(?:{_OFFICE}))[{_BLANK}]+(?P<name>{NAME}|[{HAN}]{{2,4}})$")
_NAMED = re.compile(rf"(?P<name>{NAME})[{_BLANK}]+(?P<title>[^，。；：！？]{{3,38}}(?:{_OFFICE}))$")


def officer(line: str) -> tuple[str, str] | None:
    """Return office and name of a line that has nothing else: ``云栖区总工会主席 安春玲``."""
    found = _OFFICER.match(line.strip()) or _NAMED.match(line.strip())
    return (found["title"].strip(), _close(found["name"])) if found else None
