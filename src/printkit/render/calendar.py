"""Weekday and lunar date of an issue, as Chinese mastheads write them.

The lunar calendar is borax's (GB/T 33661-2017 tables, 1900–2100).
"""

import datetime

from borax.calendars.lunardate import LunarDate

_WEEKDAYS = "一二三四五六日"


def weekday(date: datetime.date) -> str:
    """Write a day of the week: ``星期三``."""
    return f"星期{_WEEKDAYS[date.weekday()]}"


def lunar_text(date: datetime.date) -> str:
    """Write a lunar date: ``农历癸卯年十一月廿九``; empty outside the years that the tables cover."""
    try:
        lunar = LunarDate.from_solar(date)
    except (ValueError, OverflowError):
        return ""
    # borax writes 十一月 and 十二月 as 冬月 and 腊月 in its short form, so month and day are put together here.
    months = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
    leap = "闰" if lunar.leap else ""
    return f"农历{lunar.gz_year}年{leap}{months[lunar.month - 1]}月{lunar.cn_day}"
