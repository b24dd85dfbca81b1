"""Numbers that stand only in numbering.xml (一、（一）1. ①), written out; ECMA-376 part 1, 17.9 and 17.18.59."""

from dataclasses import dataclass, replace
from typing import Any

from printkit.manuscript.docx.package import W

BULLET = "•"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


class Numbering:
    """The counters of a document's lists, in the order of its paragraphs."""

    def __init__(self, root: Any) -> None:
        """Take the root of numbering.xml; None where a document has none."""
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {one.get(f"{W}abstractNumId"): one for one in root.findall(f"{W}abstractNum")}
        styles = {
            link.get(f"{W}val"): one for one in abstract.values() if (link := one.find(f"{W}styleLink")) is not None
        }
        for number in root.findall(f"{W}num"):
            reference = number.find(f"{W}abstractNumId")
            base = abstract.get(reference.get(f"{W}val")) if reference is not None else None
            if base is None:
                continue
            if (link := base.find(f"{W}numStyleLink")) is not None:
                base = styles.get(link.get(f"{W}val"), base)
            levels = {_depth(one): _level(one) for one in base.findall(f"{W}lvl")}
            name = base.get(f"{W}abstractNumId")
            for override in number.findall(f"{W}lvlOverride"):
                depth = _depth(override)
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[depth] = _level(own)
                start = (_value(override, "startOverride") or "") if depth in levels else ""
                if start.isdecimal():
                    levels[depth] = replace(levels[depth], start=int(start))
                name = f"{name}/{number.get(f'{W}numId')}"  # it counts for itself
            self._lists[number.get(f"{W}numId")] = name, levels

    def next(self, number: str, depth: int) -> str:
        """Count on and return what stands before a paragraph: empty, `BULLET`, or a number with its marks."""
        name, levels = self._lists.get(number, ("", {}))
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return BULLET
        counts = self._counts.setdefault(name, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.text
        for one in range(depth + 1):
            if f"%{one + 1}" in text and (outer := levels.get(one)):
                text = text.replace(f"%{one + 1}", written(counts.get(one, outer.start), outer.form))
        return f"{text} " if text[-1:].isascii() and text[-1:].isalnum() else text


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _depth(element: Any) -> int:
    return int(element.get(f"{W}ilvl") or 0)


def _level(element: Any) -> _Level:
    start = _value(element, "start") or "1"
    form, text = _value(element, "numFmt") or "decimal", _value(element, "lvlText") or ""
    return _Level(int(start) if start.isdecimal() else 1, form, text)


def written(number: int, form: str) -> str:
    """Write a number in one of the forms of Word; what is not Chinese, Latin or Roman is written in digits."""
    match form:
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
        ):
            return _counted(number, _DIGITS, "十百千")
        case "chineseLegalSimplified":
            return _counted(number, *_LEGAL)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if number <= 20:
            return chr(0x2460 + number - 1)
        case "upperLetter" | "lowerLetter":
            letter = chr(0x41 + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(number) if form == "upperRoman" else _roman(number).lower()
        case "decimalZero":
            return f"{number:02}"
    return str(number)


def _counted(number: int, digits: str, units: str) -> str:
    """Write a number below 10,000 as Chinese counts: 十二, 二十, 一百〇三."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return text[1:] if units[0] == "十" and 10 <= number < 20 else text or digits[0]


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        text += sign * (number // value)
        number %= value
    return text
