"""Digits before 千 and 百."""

from printkit.copydesk.rule import Certainty, Kind, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="mixed-numerals",
    clause="GB/T 15835 5.3",
    title=Say("digits before 千 or 百", "阿拉伯数字与“千”“百”混用"),
    rationale=Say("With digits only 万 and 亿 stand.", "阿拉伯数字后只能用“万”“亿”。"),
    wrong="4千元",
    right="4000元",
    certainty=Certainty.LIKELY,
    kind=Kind.NUMERAL,
    marks="千百十",
    look=each_match(
        r"(?<![\d.])\d+(?:\.\d+)?(?:千(?![克瓦米卡赫帕伏安吨分字家古秋年里])|百(?![分货姓科年强])|十(?![分足堰]))"
    ),
)
