"""Stops on both sides of a closing quotation mark, or on the wrong one."""

import re

from printkit.copydesk.rule import Certainty, Edit, Found, Mend, Rule
from printkit.diagnostics import Say

_TWICE = re.compile("(?<=[。！？]”)[。，；、]")
_OUTSIDE = re.compile("(?<=[说道问答称示喊]：)“[^“”]+[^“”。！？…—，]”。")


def _look(text: str) -> list[Found]:
    twice = [Found(*one.span(), (Edit(*one.span(), ""),)) for one in _TWICE.finditer(text)]
    outside = [one.end() for one in _OUTSIDE.finditer(text)]
    return [*twice, *(Found(end - 2, end, (Edit(end - 2, end, "。”"),)) for end in outside)]


check = Rule(
    id="quote-stop-order",
    clause="GB/T 15834 B.2.1",
    title=Say("stop beside a closing quotation mark", "后引号旁的点号位置不对"),
    rationale=Say(
        "What is quoted whole, by itself, has its stop inside; there is one stop, not two.",
        "完整独立的引文，句末点号放在引号里面；里外不重复。",
    ),
    wrong="他说：“好的”。",
    right="他说：“好的。”",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="”",
    look=_look,
)
