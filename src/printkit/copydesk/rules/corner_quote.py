"""Corner brackets as quotation marks in horizontal text."""

import re
from collections.abc import Iterator

from printkit.copydesk.rule import Certainty, Edit, Found, Mend, Rule
from printkit.diagnostics import Say

_CORNERS = {"「": "“", "」": "”", "『": "‘", "』": "’"}


def _look(text: str) -> Iterator[Found]:
    for match in re.finditer("[「」『』]", text):
        yield Found(*match.span(), (Edit(*match.span(), _CORNERS[match[0]]),))


check = Rule(
    id="corner-quote",
    clause="GB/T 15834 4.8",
    title=Say("corner bracket as quotation mark", "横排用了直角引号"),
    rationale=Say("On the mainland they belong to vertical text.", "直角引号用于竖排；横排用“”‘’。"),
    wrong="「好」",
    right="“好”",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="「」『』",
    look=_look,
)
