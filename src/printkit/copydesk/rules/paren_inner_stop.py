"""A full stop inside parentheses that stand in a sentence."""

from printkit.copydesk.rule import Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="paren-inner-stop",
    clause="GB/T 15834 B.2.2",
    title=Say("stop inside parentheses in a sentence", "句内括号里用了句号"),
    rationale=Say("In a sentence the last words in parentheses have no stop.", "句内括号行文末尾不用句号。"),
    wrong="古汉语（特别是上古汉语。），",
    right="古汉语（特别是上古汉语），",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="）",
    look=each_match("(?<=[^。！？”…\n])（[^（）。]*(?P<x>。)）(?=.)", ""),
)
