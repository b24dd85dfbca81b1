"""Half-width parentheses round Han."""

from printkit.copydesk.rule import HAN, Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="half-paren",
    clause="GB/T 15834 4.9",
    title=Say("half-width parenthesis beside Han", "汉字旁用了半角括号"),
    rationale=Say("In Chinese parentheses are as wide as a character.", "中文括号占一个字的位置。"),
    wrong="主席(兼)",
    right="主席（兼）",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="()",
    look=each_match(rf"\((?={HAN})|(?<={HAN})\(|\)(?={HAN})|(?<={HAN})\)", {"(": "（", ")": "）"}),
)
