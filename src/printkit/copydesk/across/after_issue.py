"""What is told as past, and comes after the issue's day."""

import re
from collections.abc import Iterator

from printkit.copydesk.across.dates import DATE, date_of
from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_PAST = re.compile(rf"(?:昨日|昨天|日前|近日|前天|前日)(?:（|\(|，)?(?P<x>{DATE})")


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story, piece in copy.texts("月") if copy.date else ():
        for match in _PAST.finditer(piece.text):
            date = date_of(match, copy.date)
            if date and copy.date and date >= copy.date:
                yield story, piece, Found(*match.span("x"))


check = Rule(
    id="after-issue",
    title=Say("past, and after the issue's day", "说是过去的事，日期却在出报之后"),
    rationale=Say("The date is wrong, or the word before it.", "日期或“昨日”等词必有一错。"),
    wrong="昨日（11月28日）",
    certainty=Certainty.LIKELY,
    kind=Kind.FACT,
    across=_look,
)
