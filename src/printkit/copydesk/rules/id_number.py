"""Numbers of identity cards."""

import re
from collections.abc import Iterator

from printkit.copydesk.rule import Found, Kind, Rule
from printkit.diagnostics import Say, Severity

_NUMBER = re.compile(
    r"(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: MOD 11-2."""


def _look(text: str) -> Iterator[Found]:
    for match in _NUMBER.finditer(text):
        total = sum(int(digit) * weight for digit, weight in zip(match[0][:17], _WEIGHTS, strict=True))
        if "10X98765432"[total % 11] == match[0][17].upper():
            yield Found(*match.span())


check = Rule(
    id="id-number",
    clause="个人信息保护法 28; GB 11643",
    title=Say("number of an identity card", "居民身份证号码"),
    rationale=Say(
        "It is somebody's own; its check digit is right, so it is a real one.",
        "属个人信息；校验码相符，不是随便写的数。",
    ),
    wrong="身份证号11010519491231002X",
    kind=Kind.NONE,
    severity=Severity.ERROR,
    marks="0123456789",
    look=_look,
)
