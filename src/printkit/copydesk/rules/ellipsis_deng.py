"""An ellipsis and 等 together."""

from printkit.copydesk.rule import Certainty, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="ellipsis-deng",
    clause="GB/T 15834 A.9.2",
    title=Say("ellipsis and 等 together", "省略号与“等”并用"),
    rationale=Say("Both say that more could be named.", "二者意思相同，用一个。"),
    wrong="甲、乙……等",
    right="甲、乙等",
    certainty=Certainty.LIKELY,
    marks="…",
    look=each_match("……等(?!待|候|级|等|我|他|她|你)"),
)
