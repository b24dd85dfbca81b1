"""Half-width parentheses round Han."""

import re
from collections.abc import Iterator

from printkit.copydesk.rule import HAN, Certainty, Edit, Found, Mend, Rule
from printkit.diagnostics import Say

_PAIR = re.compile(rf"\((?=[^()]*{HAN})[^()]*\)|(?<={HAN})\([^()]*\)")
_ALONE = re.compile(rf"\((?={HAN})|(?<={HAN})\(|\)(?={HAN})|(?<={HAN})\)")
_WIDE = {"(": "（", ")": "）"}


def _look(text: str) -> Iterator[Found]:
    for match in _PAIR.finditer(text):
        start, end = match.span()
        yield Found(start, end, (Edit(start, start + 1, "（"), Edit(end - 1, end, "）")))
    rest = re.sub(r"\([^()]*\)", lambda match: "q" * len(match[0]), text)
    for match in _ALONE.finditer(rest):  # its other half is full-width, or lost
        yield Found(*match.span(), (Edit(*match.span(), _WIDE[match[0]]),))


check = Rule(
    id="half-paren",
    clause="GB/T 15834 4.9",
    title=Say("half-width parenthesis beside Han", "汉字旁用了半角括号"),
    rationale=Say("In Chinese parentheses are as wide as a character.", "中文括号占一个字的位置。"),
    wrong="主席(兼)",
    right="主席（兼）",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="()",
    look=_look,
)
