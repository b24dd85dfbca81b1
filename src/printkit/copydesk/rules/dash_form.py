"""Dashes made of hyphens or of rules."""

from printkit.copydesk.rule import HAN, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="dash-form",
    clause="GB/T 15834 4.10",
    title=Say("dash of another form", "破折号形式不对"),
    rationale=Say("A dash is one line in the place of two characters.", "破折号为一条线，占两个字的位置。"),
    wrong="今年--虎年",
    right="今年——虎年",
    mend=Mend.SAFE,
    marks="-─－—",
    look=each_match(
        rf"(?<={HAN}|[”》），。])[-－]{{2,3}}(?![-－\dA-Za-z])|(?<![-－\d])[-－]{{2,3}}(?={HAN}|[“《])|─+|(?<!—)———(?!—)",
        "——",
    ),
)
