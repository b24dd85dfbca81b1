"""、 between titles of works."""

from printkit.copydesk.rule import Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="dunhao-between-titles",
    clause="GB/T 15834 4.5.3.5",
    title=Say("、 between titles", "并列的书名号之间用了顿号"),
    rationale=Say("Between titles that stand side by side there is usually none.", "并列的书名号之间通常不用顿号。"),
    wrong="《渡口》、《灯塔》",
    right="《渡口》《灯塔》",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="、",
    look=each_match("(?<=》)、(?=《)", ""),
)
