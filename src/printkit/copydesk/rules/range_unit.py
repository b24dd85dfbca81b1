"""A range whose first number has no unit."""

import re

from printkit.copydesk.rule import Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say


def _better(match: re.Match[str]) -> str:
    return match["a"] + match["u"] + match["m"] + match["b"] + match["u"]


check = Rule(
    id="range-unit",
    clause="GB/T 15835 5.1.3",
    title=Say("range whose first number has no unit", "数值范围前一个数缺单位"),
    rationale=Say("%, 万 and 亿 are part of the number: 15 is not 15%.", "百分号和“万”“亿”是数的一部分，前后都要写。"),
    wrong="15～30%",
    right="15%～30%",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.NUMERAL,
    marks="～—-－",
    look=each_match(r"(?<![\d.—～-])(?P<a>\d+(?:\.\d+)?)(?P<m>[～—－-])(?P<b>\d+(?:\.\d+)?)(?P<u>[%％万亿])", _better),
)
