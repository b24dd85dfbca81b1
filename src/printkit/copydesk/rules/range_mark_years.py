"""A hyphen between years."""

import re

from printkit.copydesk.rule import Kind, Mend, Rule, each_match
from printkit.diagnostics import Say


def _better(match: re.Match[str]) -> str | None:
    return "—" if int(match["a"]) < int(match["b"]) else None


check = Rule(
    id="range-mark-years",
    clause="GB/T 15834 4.13",
    title=Say("hyphen between years", "起止年份用了短横线"),
    rationale=Say("Years that begin and end are joined by a dash of one character.", "起止年份之间用一字线“—”。"),
    wrong="（1031-1095）",
    right="（1031—1095）",
    mend=Mend.SAFE,
    kind=Kind.MARK,
    marks="-－–",
    look=each_match(r"(?<![\d.A-Za-z-])(?P<a>1\d{3}|20\d\d)年?(?P<x>[-－–])(?P<b>1\d{3}|20\d\d)(?=年|[）)])", _better),
)
