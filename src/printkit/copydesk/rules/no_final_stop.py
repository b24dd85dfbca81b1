"""A paragraph without a stop at its end."""

import re
from collections.abc import Iterator

from printkit.copydesk.pieces import Part
from printkit.copydesk.rule import HAN, Certainty, Found, Rule
from printkit.diagnostics import Say

_OPEN_END = re.compile(rf"(?:{HAN}|[A-Za-z0-9])$")
_STOPS = re.compile("[，。！？]")
_SHORTEST = 12


def _look(text: str) -> Iterator[Found]:
    if len(text) >= _SHORTEST and _OPEN_END.search(text) and _STOPS.search(text):
        yield Found(len(text) - 1, len(text))


check = Rule(
    id="no-final-stop",
    clause="GB/T 15834 4.1",
    title=Say("paragraph without a stop at its end", "段末缺句末点号"),
    rationale=Say("The end of the sentence may be lost.", "句子可能没有写完。"),
    wrong="这条路修了三年，终于通车了",
    right="这条路修了三年，终于通车了。",
    certainty=Certainty.LIKELY,
    parts=frozenset({Part.PROSE}),
    look=_look,
)
