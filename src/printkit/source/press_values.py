"""The values of what is printed: how far pages are cut beyond their edge, how much ink a place takes, colours."""

import re
from typing import Annotated

from pydantic import PlainValidator

from printkit.diagnostics import Say
from printkit.source.values import LooksLike, fault, matching, text_of
from printkit.units import parse_length


def _bleed(value: object) -> int:
    text = text_of(value)
    try:
        length = 0 if text == "0" else parse_length(text)
    except ValueError:
        length = -1
    if not 0 <= length <= parse_length("20mm"):
        hint = Say("a length from 0 to 20mm: `3mm`", "0 到 20mm 的长度：3mm")
        raise fault("wrong-value", Say(f"`{text}` is no bleed", f"“{text}”不能作出血"), hint)
    return length


def _ink_limit(value: object) -> int:
    text = text_of(value)
    if re.fullmatch(r"[0-9]{3}\s*[%％]", text) and 100 <= int(text[:3]) <= 400:
        return int(text[:3])
    hint = Say("a whole percentage from 100% to 400%: `220%`", "100% 到 400% 的整数百分比：220%")
    raise fault("wrong-value", Say(f"`{text}` is no limit of ink", f"“{text}”不能作总墨量"), hint)


def _press_colour(value: object) -> tuple[str, str, str, str]:
    text = text_of(value)
    inks = text.split()
    if len(inks) != 4 or not all(re.fullmatch(r"(0|1|0?\.\d{1,3}|1\.0{1,3})", ink) for ink in inks):
        hint = Say(
            "cyan, magenta, yellow, black, each from 0 to 1: `1 0.6 0 0.2`",
            "青、品红、黄、黑，各为 0 到 1：1 0.6 0 0.2",
        )
        raise fault("wrong-value", Say(f"`{text}` is no colour of four inks", f"“{text}”不是四色的颜色"), hint)
    return inks[0], inks[1], inks[2], inks[3]


Bleed = Annotated[
    int,
    PlainValidator(_bleed),
    LooksLike({"type": ["string", "number"], "pattern": r"^(0|[\d.]+ *(mm|cm|in|pt|px|pc))$"}),
]
InkLimit = Annotated[int, PlainValidator(_ink_limit), LooksLike({"type": "string", "pattern": r"^\d{3} *[%％]$"})]
ScreenColour = Annotated[
    str,
    matching(
        "#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})",
        Say("is no colour", "不是颜色"),
        Say('`#` and six hexadecimal digits, in quotes: `"#0b4f8a"`', '井号和六位十六进制数，加引号："#0b4f8a"'),
    ),
    LooksLike({"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}),
]
PressColour = Annotated[
    tuple[str, str, str, str],
    PlainValidator(_press_colour),
    LooksLike({"type": "string", "pattern": r"^[01.]\S*( [01.]\S*){3}$"}),
]
