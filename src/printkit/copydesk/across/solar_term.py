"""Solar terms (节气) that are not those of their date; the days are borax's."""

import datetime
import re
from collections.abc import Iterator

from printkit.copydesk.across.dates import DATE, date_of
from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_TERMS = "立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
_BEFORE = re.compile(rf"{DATE}(?:是|为|，|（)?(?P<term>{_TERMS})(?:节气|这天|当天|）|，|。|$)")
_AFTER = re.compile(rf"(?P<term>{_TERMS})(?:节气)?（{DATE}）")
_WEATHER = ("雨水", "小雪", "大雪")
"""Words of the weather, too: 12月5日，大雪。"""


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story, piece in copy.texts("月"):
        yield from ((story, piece, found) for found in _in(piece.text, copy.date))


def _in(text: str, issue: datetime.date | None) -> Iterator[Found]:
    for match in (*_BEFORE.finditer(text), *_AFTER.finditer(text)):
        date, term = date_of(match, issue), match["term"]
        if date is None or (term in _WEATHER and "节气" not in match[0]):
            continue
        right = _day_of(term, date.year)
        if right and right != date:
            said = Say(
                f"{term} of {date.year} is {right.isoformat()}", f"{date.year}年{term}是{right.month}月{right.day}日"
            )
            yield Found(*match.span("term"), detail=said)


def _day_of(term: str, year: int) -> datetime.date | None:
    """Return the day of a solar term; None outside the years that the tables cover."""
    from borax.calendars.lunardate import TermUtils

    try:
        day: datetime.date = TermUtils.day_start_from_term(year, term)
    except (ValueError, IndexError, KeyError):
        return None
    return datetime.date(day.year, day.month, day.day)


check = Rule(
    id="solar-term",
    clause="GB/T 33661",
    title=Say("solar term", "日期与节气不符"),
    rationale=Say("Date or solar term is wrong.", "日期、节气必有一错。"),
    wrong="2026年12月21日冬至",
    right="2026年12月22日冬至",
    certainty=Certainty.LIKELY,
    kind=Kind.FACT,
    across=_look,
)
