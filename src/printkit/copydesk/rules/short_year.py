"""Years of two digits."""

from printkit.copydesk.rule import Certainty, Kind, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="short-year",
    clause="GB/T 15835 5.1.4",
    title=Say("year of two digits", "年份简写"),
    rationale=Say("A year has four digits; 90年 may be a time.", "年份用四位数；“90年”也可能是时间长短。"),
    wrong="90年",
    right="1990年",
    certainty=Certainty.HINT,
    kind=Kind.NONE,
    marks="年",
    look=each_match(r"(?<![\d.～—-])[0-9]\d年(?!代|前|后|来|间|多|的|级|轮|龄|里|内|以|之|过)"),
)
