"""The types of values in the three files: what each accepts, and what it says to anything else.

In come a text (`nodes.Scalar`), a list or a dict; out comes a value, or a `fault` in both languages. Each type also
says how it looks to an editor's JSON Schema.
"""

import datetime as dt
import re
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, Discriminator, PlainValidator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from printkit.diagnostics import Say, near
from printkit.model.edition import SPREAD_MARK
from printkit.model.story_look import LEAST_STRETCH, MOST_STRETCH
from printkit.source.markup import join_lines, shows
from printkit.source.naming import BadAddressError, site_address, wrong_id
from printkit.source.nodes import Scalar
from printkit.units import parse_length

TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number"]}
"""YAML tools take ``100176`` for a number; here it is the text that was written."""


BETWEEN_LANGUAGES = " · "
"""Parts English from Chinese where pydantic has room for one text."""


class LooksLike:
    """Says how a type looks in JSON Schema (pydantic's own marker cannot be hashed, so it fits in no union)."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, Any]:
        return dict(self._schema)


def fault(code: str, message: Say, hint: Say | None = None) -> PydanticCustomError:
    """Make the error by which a validator says what is wrong, in both languages."""
    context = {"code": code, "message": message, "hint": hint}
    return PydanticCustomError("printkit", "wrong value", context)


def wrong_type(wanted: Say, value: object) -> PydanticCustomError:
    """Make the error for a value of another shape than the key takes."""
    found = Say("a text", "文字")
    hint = None
    if isinstance(value, dict):
        found = Say("keys and values", "键和值")
        hint = Say("a text that begins with `{` goes in quotes", "以“{”开头的文字请加引号")
    elif isinstance(value, list):
        found = Say("a list", "列表")
    if wanted.en == "a list":
        hint = Say("begin each entry on its own line with `- `", "每一项另起一行，以“- ”开头")
    message = Say(f"this takes {wanted.en}, not {found.en}", f"这里应是{wanted.zh}，而不是{found.zh}")
    return fault("wrong-type", message, hint)


A_TEXT = Say("a text", "文字")
A_LIST = Say("a list", "列表")
A_MAPPING = Say("keys and values", "键和值")


def text_of(value: object) -> str:
    """Return a text, one of several lines as one."""
    if not isinstance(value, str):
        raise wrong_type(A_TEXT, value)
    if not isinstance(value, Scalar):
        return value
    return join_lines([value] if value.is_one_line else [line for line, _ in value.copy_lines()])


def _copy(value: object) -> Scalar:
    if not isinstance(value, Scalar):
        if isinstance(value, list):
            message = Say("this takes a text, not a list", "这里应是文字，而不是列表")
            raise fault(
                "wrong-type", message, Say("write `|` and the text below it, indented", "请写“|”，下一行起缩进写正文")
            )
        raise wrong_type(A_TEXT, value)
    return value


def _heading(value: object) -> tuple[str, ...] | str:
    """A list stays a list: its lines are the editor's own breaks."""
    if isinstance(value, list):
        if all(isinstance(line, str) for line in value):
            return tuple(line.strip() for line in value if shows(line)) or ""
        raise fault("wrong-type", Say("each line of a heading is a text", "标题的每一行都应是文字"))
    if not isinstance(value, str):
        raise wrong_type(Say("a text or a list of lines", "文字，或一行一项的列表"), value)
    lines = tuple(line.strip() for line in value.strip().splitlines() if shows(line))
    return lines[0] if len(lines) == 1 else lines or ""


def _texts(value: object) -> tuple[str, ...]:
    """One text, or a list of them."""
    if isinstance(value, list) and value:
        return tuple(text_of(one) for one in value)
    if not isinstance(value, str):
        raise wrong_type(Say("a text or a list of texts", "文字，或文字的列表"), value)
    return (text_of(value),)


def matching(pattern: str, message: Say, hint: Say | None = None) -> BeforeValidator:
    """Accept only text that matches; the message is shown with the value before it."""

    def check(value: object) -> str:
        text = text_of(value)
        if not re.fullmatch(pattern, text):
            raise fault("wrong-value", Say(f"`{text}` {message.en}", f"“{text}”{message.zh}"), hint)
        return text

    return BeforeValidator(check)


def one_of(kind: object) -> BeforeValidator:
    """Accept only the words of a Literal, and say which was probably meant."""
    words: tuple[str, ...] = get_args(kind)

    def check(value: object) -> str:
        text = text_of(value)
        if text in words:
            return text
        known = ", ".join(words)
        hint = Say(f"one of: {known}", f"可用的值：{known}")
        if meant := near(text, words):
            hint = Say(f"did you mean `{meant}`? One of: {known}", f"是不是“{meant}”？可用的值：{known}")
        raise fault("wrong-value", Say(f"`{text}` is not known here", f"这里不能用“{text}”"), hint)

    return BeforeValidator(check)


class Whole(LooksLike):
    """A whole number within bounds."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__({"type": "integer", "minimum": least, "maximum": most})
        self._least = least
        self._most = most

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def _check(self, value: object) -> int:
        text = text_of(value)
        if re.fullmatch(r"[0-9]{1,6}", text) and self._least <= int(text) <= self._most:
            return int(text)
        least, most = self._least, self._most
        message = Say(f"`{text}` is no whole number from {least} to {most}", f"“{text}”不是 {least} 到 {most} 的整数")
        raise fault("wrong-value", message)


_YES = ("true", "yes", "on", "是")
_NO = ("false", "no", "off", "否")


def _flag(value: object) -> bool:
    text = text_of(value)
    if text.casefold() in _YES + _NO:
        return text.casefold() in _YES
    message = Say(f"`{text}` is neither true nor false", f"“{text}”不是 true 或 false")
    raise fault("wrong-value", message, Say("write `true` or `false`", "请写 true（是）或 false（否）"))


def _date(value: object) -> dt.date:
    text = text_of(value)
    hint = Say("write year-month-day: `2024-01-10`", "请写“年-月-日”：2024-01-10")
    if found := re.fullmatch(r"(?!0)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text):
        year, month, day = (int(part) for part in found.groups())
        try:
            date = dt.date(year, month, day)
        except ValueError:
            hint = Say("there is no such day in the calendar", "日历上没有这一天")
        else:
            if date.isoformat() == text:
                return date
            hint = Say(f"write `{date.isoformat()}`", f"请写“{date.isoformat()}”")
    raise fault("wrong-value", Say(f"`{text}` is no date", f"“{text}”不是日期"), hint)


def _length(value: object) -> int:
    text = text_of(value)
    hint = Say("a number with a unit, from 50mm to 1500mm: `270mm`", "数字加单位，50mm 到 1500mm：270mm")
    try:
        length = parse_length(text)
    except ValueError:
        length = 0
    if not parse_length("50mm") <= length <= parse_length("1500mm"):
        raise fault("wrong-value", Say(f"`{text}` is no length for a page", f"“{text}”不能作版面的长度"), hint)
    return length


def _stretch(value: object) -> int:
    text = text_of(value)
    if (found := re.fullmatch(r"([0-9]{2,3})\s*[%％]", text)) and LEAST_STRETCH <= int(found[1]) <= MOST_STRETCH:
        return int(found[1])
    hint = Say(
        f"from {LEAST_STRETCH}% to {MOST_STRETCH}%: `110%` is taller than wide, `90%` flatter",
        f"{LEAST_STRETCH}% 到 {MOST_STRETCH}%：110% 为长字，90% 为扁字",
    )
    raise fault("wrong-value", Say(f"a headline cannot be stretched by `{text}`", f"标题不能变形“{text}”"), hint)


_PAGE_NUMBER = "^[A-Za-z0-9]{1,4}$"


def _page_number(value: object) -> str:
    text = text_of(value)
    if not re.fullmatch(_PAGE_NUMBER, text):
        hint = Say("up to four letters and digits: `1`, `A01`", "最多四个字母和数字：1、A01")
        raise fault("wrong-value", Say(f"`{text}` is no page number", f"“{text}”不能作版次"), hint)
    return text


def _page_numbers(value: object) -> str:
    """A page's number, or those of two facing pages, which stand as one text: ``4-5``."""
    if not isinstance(value, list):
        return _page_number(value)
    if len(value) != 2:
        message = Say(f"a spread is two pages, not {len(value)}", f"跨版是两个版，不是 {len(value)} 个")
        raise fault("wrong-value", message, Say("write both numbers: `[4, 5]`", "请写两个版次：[4, 5]"))
    return SPREAD_MARK.join(_page_number(one) for one in value)


def _share_of_em(least: int, most: int, what: Say, hint: Say) -> PlainValidator:
    """Accept ``1/8em``, ``0.125em`` or ``0`` between two bounds, all in thousandths of an em."""

    def check(value: object) -> int:
        text = text_of(value)
        found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)(?:/(\d{1,4}))?\s*(em)?", text)
        if found and int(found[2] or 1) > 0:
            share = round(Fraction(found[1]) / int(found[2] or 1) * 1000)
            if least <= share <= most and (found[3] or share == 0):
                return share
        raise fault("wrong-value", Say(f"`{text}` is no {what.en}", f"“{text}”不能作{what.zh}"), hint)

    return PlainValidator(check)


def _story_id(value: object) -> str:
    text = text_of(value)
    if wrong := wrong_id(text):
        raise fault("wrong-value", Say(f"`{text}` cannot serve as an id", f"“{text}”不能作编号"), wrong)
    return text


_LONGEST_ADDRESS = 500
"""Characters of a site's address: with a story's path behind it, it still fits a QR code that can be read."""


def _site_address(value: object) -> str:
    text = text_of(value)
    if len(text) > _LONGEST_ADDRESS:
        message = Say(
            f"an address of {len(text)} characters fits no QR code", f"网址有 {len(text)} 个字符，二维码放不下"
        )
        hint = Say(f"at most {_LONGEST_ADDRESS} characters", f"最多 {_LONGEST_ADDRESS} 个字符")
        raise fault("wrong-value", message, hint)
    try:
        return site_address(text)
    except BadAddressError as error:
        message = Say(f"`{text}` is no address of a site", f"“{text}”不是网址")
        raise fault("wrong-value", message, error.hint) from None


def either(kind: str, wanted: Say) -> Discriminator:
    """Take a text for one branch of a union and a mapping, or a list, for the other."""
    others = list if kind == "list" else dict | BaseModel

    def shape(value: object) -> str | None:
        if isinstance(value, others):
            return kind
        return "text" if isinstance(value, str) else None

    # The message carries both languages, because a context would keep the type out of unions.
    message = f"{wanted.en}{BETWEEN_LANGUAGES}{wanted.zh}"
    return Discriminator(shape, custom_error_type="printkit_either", custom_error_message=message)


Text = Annotated[str, BeforeValidator(text_of), LooksLike(TEXT_SCHEMA)]
Copy = Annotated[Scalar, PlainValidator(_copy), LooksLike(TEXT_SCHEMA)]
Heading = Annotated[
    str | tuple[str, ...],
    PlainValidator(_heading),
    LooksLike({"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA, "minItems": 1}]}),
]
Flag = Annotated[bool, PlainValidator(_flag), LooksLike({"enum": [True, False, "yes", "no", "是", "否"]})]
Date = Annotated[dt.date, PlainValidator(_date), LooksLike({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
Length = Annotated[
    int, PlainValidator(_length), LooksLike({"type": "string", "pattern": r"^[\d.]+ *(mm|cm|in|pt|px|pc)$"})
]
Stretch = Annotated[int, PlainValidator(_stretch), LooksLike({"type": "string", "pattern": r"^\d{2,3} *[%％]$"})]
Gap = Annotated[
    int,
    _share_of_em(
        0,
        1000,
        Say("gap", "间距"),
        Say("from 0 to 1em, as `1/8em`, `0.125em` or `0`", "0 到 1em，如 1/8em、0.125em 或 0"),
    ),
    LooksLike(TEXT_SCHEMA),
]
Blank = Annotated[
    int,
    _share_of_em(
        0,
        500,
        Say("blank of a mark", "标点的空"),
        Say("from 0 to 1/2em, as `1/4em`, `0.25em` or `0`", "0 到 1/2em，如 1/4em、0.25em 或 0"),
    ),
    LooksLike(TEXT_SCHEMA),
]
InterpunctWidth = Annotated[
    int,
    _share_of_em(
        500,
        1000,
        Say("width of an interpunct", "间隔号的宽"),
        Say("from 1/2em to 1em, as `3/4em` or `0.75em`", "1/2em 到 1em，如 3/4em 或 0.75em"),
    ),
    LooksLike(TEXT_SCHEMA),
]
Texts = Annotated[
    tuple[str, ...],
    PlainValidator(_texts),
    LooksLike({"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA, "minItems": 1}]}),
]
PageNumber = Annotated[
    str, BeforeValidator(_page_number), LooksLike({"type": ["string", "integer"], "pattern": _PAGE_NUMBER})
]
PageNumbers = Annotated[
    str,
    PlainValidator(_page_numbers),
    LooksLike(
        {
            "anyOf": [
                {"type": ["string", "integer"], "pattern": _PAGE_NUMBER},
                {
                    "type": "array",
                    "items": {"type": ["string", "integer"], "pattern": _PAGE_NUMBER},
                    "minItems": 2,
                    "maxItems": 2,
                },
            ]
        }
    ),
]
StoryId = Annotated[
    str,
    BeforeValidator(_story_id),
    LooksLike({"type": ["string", "integer"], "pattern": r"^[^\s/\\.]{1,80}$"}),
]
FolderName = Annotated[
    str,
    matching(
        r"[\w-]{1,80}",
        Say("is no name of a layout", "不是版式名"),
        Say("the name of a folder in layouts/: `front`", "layouts/ 里的文件夹名，如 front"),
    ),
    LooksLike({"type": "string", "pattern": r"^[^\s/\\.]{1,80}$"}),
]
SiteAddress = Annotated[
    str,
    BeforeValidator(_site_address),
    LooksLike({"type": "string", "pattern": "^https?://"}),
]
WebAddress = Annotated[
    str,
    matching(
        r"https?://[^\s\"<>\\^`{|}]{1,500}",
        Say("is no address of a page", "不是网址"),
        Say("for example `https://union.example.org/`", "例如 https://union.example.org/"),
    ),
    LooksLike({"type": "string", "pattern": "^https?://"}),
]
Language = Annotated[
    str,
    matching(
        "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        Say("is no language tag", "不是语言标签"),
        Say("for example `zh-CN`", "例如 zh-CN"),
    ),
    LooksLike({"type": "string"}),
]

ColourWord = Literal["red", "红"]
PagesWord = Literal["auto", "自动"]
PackWord = Literal["full", "small", "全", "小"]
FrameWord = Literal["none", "box", "tint", "lace", "corner", "reverse", "花边", "角题", "反白"]
BoxWord = Literal["link", "after", "data", "related", "链接", "编后", "资料", "相关"]
BoxPlaceWord = Literal["foot", "side", "inside"]
OptionalWord = Literal["kicker", "deck", "pull_quote"]
ProhibitionWord = Literal["none", "basic", "gb", "strict"]
PunctuationWord = Literal["quanjiao", "kaiming", "banjiao", "hangmobanjiao"]
PageSizeWord = Literal["tabloid", "broadsheet", "四开", "对开"]
