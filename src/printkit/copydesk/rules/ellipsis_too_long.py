"""Ellipses that are too long."""

from printkit.copydesk.rule import Certainty, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="ellipsis-too-long",
    clause="GB/T 15834 A.9.1",
    title=Say("ellipsis that is too long", "省略号过长"),
    rationale=Say(
        "Twelve dots stand alone on a line for what is left out in whole lines; more is never right.",
        "十二个点只在省略整段或诗行时单独成行用，再长就不对。",
    ),
    wrong="………………",
    right="……",
    certainty=Certainty.LIKELY,
    marks="…",
    look=each_match(r"…{5,}|(?<=[^\n…])…{4}(?!…)|(?<!…)…{4}(?=[^\n…])"),
)
