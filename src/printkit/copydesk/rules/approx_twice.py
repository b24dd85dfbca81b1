"""Two words for about."""

from printkit.copydesk.rule import NUMERAL, Certainty, Kind, Rule, each_match
from printkit.diagnostics import Say

_NUMBER = rf"(?:\d[\d.]*|{NUMERAL}+)[万亿]?"
_THINGS = "[^，。；、\\d]{0,3}"

check = Rule(
    id="approx-twice",
    clause="GB/T 15835 5.2",
    title=Say("about, said twice", "概数词重复"),
    rationale=Say("One of 近, 约, 多, 左右 is enough.", "“近”“约”与“多”“左右”只用一个。"),
    wrong="近20多家",
    right="20多家",
    certainty=Certainty.LIKELY,
    kind=Kind.WORD,
    marks="近约超",
    look=each_match(
        rf"(?<![最附接将靠邻])近{_NUMBER}(?:多(?!年前)|余|{_THINGS}左右|{_THINGS}上下)"
        rf"|(?<![节合公条制契预签违简相誓大])大?约[有为计]?{_NUMBER}(?:多|余|{_THINGS}左右|{_THINGS}上下)"
        rf"|超过?{_NUMBER}(?:多|余)(?!个百分点)"
    ),
)
