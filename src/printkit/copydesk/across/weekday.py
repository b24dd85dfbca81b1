"""Days of the week that are not those of their date."""

import datetime
import re
from collections.abc import Iterator

from printkit.copydesk.across.dates import DATE, date_of
from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import Copy, Edit, Found, Kind, Mend, Rule, StoryCopy
from printkit.diagnostics import Say

_DAYS = "一二三四五六日"
_PATTERN = re.compile(rf"{DATE}(?:（|\(|，|是|为)?(?P<name>星期|周|礼拜)(?P<day>[一二三四五六日天])(?![、至到—])")


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story, piece in copy.texts("周期礼"):
        yield from ((story, piece, found) for found in _in(piece.text, copy.date))


def _in(text: str, issue: datetime.date | None) -> Iterator[Found]:
    for match in _PATTERN.finditer(text):
        date = date_of(match, issue)
        if date and (right := _DAYS[date.weekday()]) != match["day"].replace("天", "日"):
            start, end = match.span("day")
            said = Say(f"{date.isoformat()} is a {date:%A}", f"{date.year}年{date.month}月{date.day}日是星期{right}")
            yield Found(match.start("name"), end, (Edit(start, end, right),), said)


check = Rule(
    id="weekday",
    title=Say("day of the week", "日期与星期不符"),
    rationale=Say("Date or day is wrong.", "日期、星期必有一错。"),
    wrong="2026年11月26日（星期五）",
    right="2026年11月26日（星期四）",
    mend=Mend.ASK,
    kind=Kind.FACT,
    across=_look,
)
