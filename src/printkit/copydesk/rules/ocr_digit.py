"""Letters that a scan has put among digits."""

import re

from printkit.copydesk.rule import Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say


def _better(match: re.Match[str]) -> str:
    return match[0].translate(str.maketrans("OolI", "0011"))


check = Rule(
    id="ocr-digit",
    title=Say("letter among digits", "数字里夹着字母"),
    rationale=Say("A scan takes 0 for O and 1 for l.", "扫描识别会把 0 认成 O、1 认成 l。"),
    wrong="2O26年",
    right="2026年",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.NUMERAL,
    marks="OolI",
    look=each_match(r"(?<![A-Za-z\d.-])\d+[OolI]\d+(?![A-Za-z\d-])", _better),
)
