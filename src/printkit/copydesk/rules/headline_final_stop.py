"""Stops at the end of a headline."""

from printkit.copydesk.pieces import Part
from printkit.copydesk.rule import Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="headline-final-stop",
    clause="GB/T 15834 B.4",
    title=Say("stop at the end of a headline", "标题末尾用了点号"),
    rationale=Say(
        "Headlines end without one; a question mark or an ellipsis may stand.", "标题末尾不用点号；问号、省略号可用。"
    ),
    wrong="大赛开幕。",
    right="大赛开幕",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    parts=frozenset({Part.HEADING, Part.SUBHEAD}),
    marks="。，；：、",
    look=each_match("[。，；：、]$", ""),
)
