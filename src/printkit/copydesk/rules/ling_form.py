"""A circle in the place of 〇."""

from printkit.copydesk.rule import Kind, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="ling-form",
    clause="GB/T 15835 5.2.5",
    title=Say("a circle for 〇", "“〇”误用圆圈"),
    rationale=Say("The zero of years in Han is U+3007.", "汉字年份的“〇”是 U+3007。"),
    wrong="二○二六年",
    right="二〇二六年",
    mend=Mend.SAFE,
    kind=Kind.NUMERAL,
    marks="○◯Ｏ",
    look=each_match("(?<=[一二三四五六七八九〇○])[○◯Ｏ]|[○◯](?=[一二三四五六七八九])", "〇"),
)
