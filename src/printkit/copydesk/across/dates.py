"""Dates in copy: what a match of `DATE` says, with the year that the issue's day gives where none is written."""

import datetime
import re

DATE = (
    r"(?:(?P<year>\d{4})年|(?P<word>今年|去年|明年|前年))?(?<![\d.])(?P<month>1[0-2]|0?[1-9])月(?P<d>\d{1,2})(?:日|号)"
)

_WORDS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_LUNAR = re.compile("农历|阴历|旧历|夏历")
_OTHER_YEAR = re.compile(r"\d{4}年|去年|明年|前年")


def day_exists(match: re.Match[str], issue: datetime.date | None) -> bool:
    """Say whether a calendar has the day; without a year that of the issue counts, without an issue a leap year."""
    if _is_lunar(match):
        return True
    year = _year(match, issue) or (issue.year if issue else 2024)
    return _date(year, match) is not None


def date_of(match: re.Match[str], issue: datetime.date | None) -> datetime.date | None:
    """Return the date, of years that are not written the nearest to the issue.

    None where there is no such day, and where nobody can tell the year: an earlier year of the same text may go on.
    """
    if _is_lunar(match):
        return None
    if year := _year(match, issue):
        return _date(year, match)
    if issue is None or _OTHER_YEAR.search(match.string, 0, match.start()):
        return None
    near = [date for year in (-1, 0, 1) if (date := _date(issue.year + year, match))]
    return min(near, key=lambda date: abs(date - issue), default=None)


def _is_lunar(match: re.Match[str]) -> bool:
    """Say whether it is a date of the lunar calendar, in which February may have thirty days."""
    return bool(_LUNAR.search(match.string, max(match.start() - 8, 0), match.start()))


def _year(match: re.Match[str], issue: datetime.date | None) -> int:
    if match["year"]:
        return int(match["year"])
    return issue.year + _WORDS[match["word"]] if match["word"] and issue else 0


def _date(year: int, match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(year, int(match["month"]), int(match["d"]))
    except ValueError:
        return None
