"""What a line of a manuscript is by itself: prose, an editor's note, a source, a caption, words for the screen.

The patterns are those that hold in real copy; each takes a whole line, so that a sentence that only mentions a word of them is none.
"""

import re

from printkit.copy.people import credited
from printkit.manuscript.block import Block

_PROSE_END = re.compile(r"[。！？…；：”’）][”’）]?$")
_STOP = re.compile(r"[。；]")
_SOURCE = re.compile(r"[（(]?(?:文章|稿件)?(?:来源|稿源)[：:丨|]\s*(?P<source>.+?)[）)]?$")
_TIME = re.compile(r"\s+\d{4}[-年/.]\d.*$")
_FOR_SCREENS = re.compile(
    r"""(?:[↑↓▲▼★☆]*\s*)?(?:点击(?:上方|下方|蓝字|上面|关注|阅读).*|长按.{0,12}(?:识别|关注|二维码).*|(?:微信)?扫(?:码|一扫|描).{0,16}(?:关注|二维码|识别|报名).{0,6}
      |.{0,8}关注我们.{0,8}|(?:欢迎)?(?:点赞|在看|转发|分享|收藏)[、，\s].{0,16}|阅读原文.{0,6}|[—\-—\s·-]*(?:END|End|完)[—\-—\s·-]*
      |↑+|↓+|原标题[：:].*|(?:版权|免责)声明.*|预览时标签不可点.*|微信扫一扫.*|继续滑动看下一个|向上滑动看下一个|分享到[：:]?.{0,12})""",
    re.VERBOSE,
)
_FACT = re.compile(
    r"""(?:(?:发布)?(?:时间|日期)[：:])?(?P<time>\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?)|\d{1,2}:\d{2}(?::\d{2})?
      |(?:文章)?(?:来源|稿源)[：:](?P<source>\S+)|(?:作者|记者)[：:](?P<author>\S+)
      |(?P<contact>(?:作者|工作)?单位|(?:联系)?电话|手机号?|联系方式|(?:电子)?邮箱|E-?mail|地址|通讯地址|邮编|QQ|微信)[：:]\S+
      |(?:责任编辑|责编|编辑|审核|校对|浏览|阅读|点击|字号|打印|分享)(?:量|次数)?[：:]?\S{0,12}""",
    re.VERBOSE,
)
"""What the line under a headline says: of a web page, or who sends it and how to reach them."""
_EDITORS = re.compile(
    r"(?:(?:本期|责任|网络|微信|文字|美术)?(?:编辑|责编|美编|审核|初审|复审|终审|校对|编审|监制|排版|制作|策划|出品|投稿邮箱|统筹)"
    r"[：:丨|/／][^。；]{1,24}[\s|丨｜]*)+"
)
_STARS = re.compile(r"[\s*＊※★☆◆●·—\-=_~]{3,}")
_EDITOR_NOTE = re.compile(r"[【\[]?(?:编者按(?!语)|编前|开栏的话|编者的话|开栏语)[】\]]?[：:\s\u3000]*")
_CAPTION = re.compile(r"[▲△▼◤↑]|图为|图[①-⑳一二三四1-9]|[上下左右]图|图片?[：:]|（图")
_MARK = re.compile(r"^[▲△▼◤↑]+\s*")
_TAIL = re.compile(r"[（(](?:本?文?作者(?:单位|系|为|是)|单位|转载自|据)[^（）()]*[）)]$")
_DATELINE = re.compile(
    r"(?P<dateline>本[报刊台]讯(?=[（(\s\u3000记通据]|\d|[一-鿿]?\d|$|近日|日前)|本[报刊]\S{0,12}?\d{1,2}日(?:电|讯|专电)"
    r"|(?:据)?新华社\S{0,12}?\d{1,2}日(?:电|讯|专电)|本报综合消息|本报综合报道)[\s\u3000]*"
)
_CHAPTER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|0\d[\s\u3000、.]|第[一二三四五六七八九十]{1,2}[章节部]|\d{1,2}[\s\u3000]"
)
_OFFICES = re.compile(r"(?:部|会|局|处|委|办|院|校|社|中心|公司|集团|办公室|工会|科|站|报|厂|团委|支部)$")
_SALUTATION = re.compile(r".{0,10}(?:同志|们|先生|女士|老师|师傅|朋友|编辑部|委员会|单位)：")
"""How a letter opens: 编辑同志："""
_DATE_ALONE = re.compile(
    r"[（(]?(?:\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?|[二〇○零一三四五六七八九十]{4}年.{2,6}日)[\s\d:：）)]*$"
)


def is_prose(block: Block) -> bool:
    """Say whether a line is running text: sentences, rather than a heading."""
    text, look = block.text, block.look
    if not block.is_text or look.level is not None:
        return False
    if dateline(text):
        return True
    if (look.centred and len(text) < 60) or (
        len(text) <= 40 and (text.startswith("——") or (look.bold and "。" not in text))
    ):
        return False
    if len(text) > 45 or _SALUTATION.fullmatch(text):
        return True
    if text.endswith(("。", "；")) and len(text) > 3:
        return True
    return len(text) >= 10 and bool(_PROSE_END.search(text)) and (bool(_STOP.search(text)) or "，" in text)


def source_of(text: str) -> str:
    """Return the source that a line names, without the time of day; empty where it names none."""
    found = _SOURCE.fullmatch(text.strip())
    return _TIME.sub("", found["source"]).strip() if found and len(text) < 60 else ""


def facts_of(text: str) -> tuple[str, str] | None:
    """Return source and author of the line of facts under a headline; None where a line is none."""
    words = re.split(r"[\s|｜丨]+", text.strip())
    found = [_FACT.fullmatch(word) for word in words]
    if len(words) < 2 or not all(found) or not any(one and (one["time"] or one["contact"]) for one in found):
        return None
    source, author = (next((one[name] for one in found if one and one[name]), "") for name in ("source", "author"))
    return source, author


def is_for_screens(text: str) -> bool:
    """Say whether a line is for the reader of a screen, or names editors."""
    line = text.strip()
    return len(line) <= 60 and any(pattern.fullmatch(line) for pattern in (_FOR_SCREENS, _EDITORS))


def is_time(text: str) -> bool:
    """Say whether a line is a bare date: over a text it says when a page was made, under it the author has signed."""
    return _DATE_ALONE.fullmatch(text.strip()) is not None


def is_rule(text: str) -> bool:
    """Say whether a line has nothing but stars or dashes: a new story begins after it."""
    return _STARS.fullmatch(text.strip()) is not None


def begins_note(text: str) -> bool:
    """Say whether a line opens an editor's note; its words (编者按) are copy, and stay."""
    found = _EDITOR_NOTE.match(text)
    return found is not None and text[: found.end()].rstrip()[-1:] in "：:】]话语按前"


def is_note_head(text: str) -> bool:
    """Say whether a line has nothing but the words over an editor's note."""
    return _EDITOR_NOTE.fullmatch(text) is not None


def is_caption(block: Block, body_size: int) -> bool:
    """Say whether the line after a picture is its caption: by its words, its credit, its small type, its place."""
    text, look = block.text, block.look
    if not block.is_text or look.level is not None or len(text) > 160:
        return False
    if _CAPTION.match(text) or (credited(text)[1] and len(text) <= 120):
        return True
    is_small = 0 < look.size < body_size
    is_heading = look.bold and not is_small and not _PROSE_END.search(text)
    return (look.centred and not is_heading) or (is_small and len(text) <= 80)


def begins_caption(text: str) -> bool:
    """Say whether a text is a caption by its words alone, or by the credit at its end."""
    return len(text) <= 120 and (_CAPTION.match(text) is not None or bool(credited(text)[1]))


def caption_mark(text: str) -> int:
    """Return how many characters of a caption's beginning are a mark that points to its picture."""
    found = _MARK.match(text)
    return found.end() if found else 0


def has_numbers(text: str) -> bool:
    """Say whether a caption counts the pictures that it is of: ``图①：…图②：…``."""
    return len(re.findall(r"图[①-⑳一二三四1-9]|（[上下左右]图?）", text)) > 1


def is_tail(text: str) -> bool:
    """Say whether a line tells where its author works."""
    return _TAIL.fullmatch(text) is not None


def dateline(text: str) -> str:
    """Return the dateline that a paragraph opens with, empty where it has none."""
    found = _DATELINE.match(text)
    return found["dateline"] if found else ""


def chapter(text: str) -> str:
    """Return the form of the number that a line opens with (``一、``, ``（一）``, ``01``), empty where it has none."""
    found = _CHAPTER.match(text)
    if not found:
        return ""
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", found[0])).strip()


def is_office(text: str) -> bool:
    """Say whether a line is an institution's name."""
    return 3 < len(text) <= 30 and _OFFICES.search(text) is not None and not re.search(r"[，。；：！？]", text)
