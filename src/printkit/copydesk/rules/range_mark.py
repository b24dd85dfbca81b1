"""A hyphen between two amounts, a dash between two places."""

import re

from printkit.copydesk.rule import HAN, Certainty, Mend, Rule, each_match, together
from printkit.diagnostics import Say

_UNITS = "个?人|[个名天日月年岁次件倍级元万亿℃%％]|公里|公斤|千克|小时|分钟|米|吨"
_ROADS = "特别?快车|特快|列车|航线|高铁|动车|高速|公路|铁路|航班|班机|直达"


def _better(match: re.Match[str]) -> str | None:
    first, last = int(match["a"]), int(match["b"])
    is_years = first >= 1000 and last < 2100  # told by `range-mark-years`
    return "～" if first < last and not is_years else None  # 3-2 is a score


check = Rule(
    id="range-mark",
    clause="GB/T 15834 4.13",
    title=Say("mark between beginning and end", "连接号用错"),
    rationale=Say(
        "Amounts are joined by ～, places and times by —; a dash of two characters parts.",
        "数量的起止用“～”，地点、时间的起止用“—”，不用短横线和破折号。",
    ),
    wrong="3-5人",
    right="3～5人",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="-－—",
    look=together(
        each_match(rf"(?<![\d.:：A-Za-z/-])(?P<a>\d{{1,4}})(?P<x>[-－])(?P<b>\d{{1,4}})(?:{_UNITS})", _better),
        each_match(rf"(?<=由{HAN}{HAN})——(?={HAN}{{2,3}}[，。])", "—"),
        each_match(rf"(?<={HAN}{HAN})——(?={HAN}{{2,3}}(?:{_ROADS}))", "—"),
    ),
)
