"""Less by times."""

from printkit.copydesk.rule import NUMERAL, Certainty, Kind, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="times-less",
    clause="GB/T 15835",
    title=Say("less by times", "减少用了倍数"),
    rationale=Say(
        "What falls by once is gone: say by how many per cent, or to which part.",
        "减少一倍就没有了；请用百分数或几分之几。",
    ),
    wrong="减少了3倍",
    right="减少到原来的四分之一",
    certainty=Certainty.LIKELY,
    kind=Kind.FACT,
    marks="倍",
    look=each_match(rf"(?:减少|下降|降低|缩短|缩小|降)了?近?(?:\d[\d.]*|{NUMERAL}+)多?倍"),
)
