"""Ellipses of other dots than six."""

from printkit.copydesk.rule import HAN, Mend, Rule, each_match
from printkit.diagnostics import Say

_CLOSE = "[，。！？”’）》]"

check = Rule(
    id="ellipsis-form",
    clause="GB/T 15834 4.11",
    title=Say("ellipsis of another form", "省略号形式不对"),
    rationale=Say("An ellipsis is six dots in the place of two characters.", "省略号为六个点，占两个字的位置。"),
    wrong="想了想...",
    right="想了想……",
    mend=Mend.SAFE,
    marks="….。⋯・",
    look=each_match(
        rf"(?<![…A-Za-z])…(?:……)?(?!…)|(?<={HAN}|{_CLOSE})\.{{3,}}|(?<!\.)\.{{3,}}(?={HAN})|。{{3,}}|⋯+|・{{3,}}", "……"
    ),
)
