"""Dates that are in no calendar."""

import datetime
import re
from collections.abc import Iterator

from printkit.copydesk.across.dates import DATE, day_exists
from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say, Severity

_DATE = re.compile(DATE)
_MONTH = re.compile(r"(?<![\d.])(?:1[3-9]|[2-9]\d|0)月(?=初|底|末|中旬|上旬|下旬|份|\d{1,2}日)")
_LEAP = re.compile("闰|没有|出生|生于|生日")


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story, piece in copy.texts("月"):
        yield from ((story, piece, found) for found in _in(piece.text, copy.date))


def _in(text: str, issue: datetime.date | None) -> Iterator[Found]:
    for match in _MONTH.finditer(text):
        yield Found(*match.span())
    for match in _DATE.finditer(text):
        if day_exists(match, issue):
            continue
        if not match["year"] and match["month"] == "2" and match["d"] == "29" and _LEAP.search(text):
            continue  # 生于2月29日
        yield Found(*match.span())


check = Rule(
    id="no-such-date",
    title=Say("date that is in no calendar", "日历上没有这一天"),
    rationale=Say("One of its numbers is wrong.", "年、月、日必有一错。"),
    wrong="11月31日",
    kind=Kind.FACT,
    severity=Severity.ERROR,
    across=_look,
)
