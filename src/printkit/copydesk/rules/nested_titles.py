"""Double title marks inside double ones."""

import re

from printkit.copydesk.rule import Certainty, Edit, Found, Mend, Rule
from printkit.diagnostics import Say

_NESTED = re.compile("《[^《》]*(《[^《》]*》)[^《》]*》")


def _look(text: str) -> list[Found]:
    spans = [found.span(1) for found in _NESTED.finditer(text)]
    return [Found(a, b, (Edit(a, a + 1, "〈"), Edit(b - 1, b, "〉"))) for a, b in spans]


check = Rule(
    id="nested-titles",
    clause="GB/T 15834 4.15.3.5",
    title=Say("double title marks inside double ones", "书名号里又用双书名号"),
    rationale=Say("A title inside a title has single marks.", "书名号里面还要用书名号时，外面用双的，里面用单的。"),
    wrong="《《工人》发刊词》",
    right="《〈工人〉发刊词》",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="《",
    look=_look,
)
