"""、 between quotations or titles."""

from printkit.copydesk.rule import Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="dunhao-between-quotes",
    clause="GB/T 15834 4.5.3.5",
    title=Say("、 between quotations", "并列的引号之间用了顿号"),
    rationale=Say("Between quotations that stand side by side there is usually none.", "并列的引号之间通常不用顿号。"),
    wrong="“日”、“月”",
    right="“日”“月”",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="、",
    look=each_match("(?<=”)、(?=“)", ""),
)
