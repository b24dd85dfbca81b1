"""Digits and letters as wide as Han."""

from printkit.copydesk.rule import Kind, Mend, Rule, each_match
from printkit.diagnostics import Say

_WIDE = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}

check = Rule(
    id="fullwidth-digits",
    clause="GB/T 15835 5.1.7",
    title=Say("full-width digit or letter", "全角数字或字母"),
    rationale=Say("Digits are half a character wide.", "阿拉伯数字用半角字符。"),
    wrong="２０２６年",
    right="2026年",
    mend=Mend.SAFE,
    kind=Kind.NUMERAL,
    marks="".join(_WIDE),
    look=each_match("[０-９Ａ-Ｚａ-ｚ]+", lambda match: "".join(map(_WIDE.__getitem__, match[0]))),
)
