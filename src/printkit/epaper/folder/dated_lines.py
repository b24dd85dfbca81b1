"""Files of one line an issue: an issue's line is put in or replaced without looking into any other's.

So adding to a month or a year costs a copy of its bytes, however long the archive is.
"""

import datetime


def with_line(text: str, date: datetime.date, line: str, *, head: str = "", tail: str = "") -> str:
    """Return a file's text with the line of a date, the lines in the order of their dates.

    Each line begins ``/*2024-01-10*/`` or ``<!--2024-01-10-->``: the date stands at the same place in all of them.

    Args:
        text: the file as it is; empty where there is none.
        date: the issue's.
        line: what is written for it, without its line end; it starts with its date's comment.
        head: lines before the first, ended.
        tail: lines behind the last, ended.
    """
    day = date.isoformat()
    start = line.index(day)
    body = text.removeprefix(head).removesuffix(tail) if text else ""
    kept = [
        other
        for other in body.split("\n")
        if other and other[start : start + len(day)] != day and _is_dated(other, start)
    ]
    kept.append(line)
    kept.sort(key=lambda other: other[start : start + len(day)])
    return head + "".join(f"{other}\n" for other in kept) + tail


def _is_dated(line: str, start: int) -> bool:
    """Tell whether a line is an issue's: what a head of another release left is not carried along."""
    try:
        datetime.date.fromisoformat(line[start : start + 10])
    except ValueError:
        return False
    return True
