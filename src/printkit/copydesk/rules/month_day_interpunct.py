"""A full point in a date that names an event."""

import re

from printkit.copydesk.rule import Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say


def _better(match: re.Match[str]) -> str | None:
    return "·" if 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31 else None


check = Rule(
    id="month-day-interpunct",
    clause="GB/T 15834 4.14.3.5",
    title=Say("point in a date that names an event", "用月日命名的事件用了下脚点"),
    rationale=Say(
        "Month and day in digits are parted by an interpunct.", "以月、日为标志的事件，用阿拉伯数字时中间用间隔号。"
    ),
    wrong="“3.15”消费者权益日",
    right="“3·15”消费者权益日",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.MARK,
    marks=".",
    look=each_match(r"“(?P<m>\d{1,2})(?P<x>\.)(?P<d>\d{1,2})”(?!版)", _better),
)
