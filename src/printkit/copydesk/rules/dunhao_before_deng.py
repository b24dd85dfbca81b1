"""、 before 等."""

from printkit.copydesk.rule import NUMERAL, Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="dunhao-before-deng",
    clause="GB/T 15834 B.1.2",
    title=Say("、 before 等", "“等”前用了顿号"),
    rationale=Say("等 follows the last of a list without a mark.", "列举之后的“等”前面不加点号。"),
    wrong="工人、学生、等",
    right="工人、学生等",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="、",
    look=each_match(
        rf"、(?=等(?:$|[，。；：！？、）”的\d]|[多共]?{NUMERAL}))", ""
    ),  # not where it is a verb: 填表、等签字
)
