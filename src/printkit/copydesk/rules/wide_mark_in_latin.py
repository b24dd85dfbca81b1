"""Chinese marks between Latin words."""

from printkit.copydesk.rule import Certainty, Mend, Rule, each_match
from printkit.diagnostics import Say

_NARROW = {"，": ", ", "：": ": ", "；": "; ", "！": "! ", "？": "? "}

check = Rule(
    id="wide-mark-in-latin",
    clause="GB/T 15834 4",
    title=Say("full-width mark in a Latin sentence", "西文句子里用了全角标点"),
    rationale=Say("A Latin sentence has Latin marks.", "西文用西文标点。"),
    wrong="Come and，join us！",
    right="Come and, join us!",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="，：；！？",
    look=each_match(
        r"(?<=[a-z])(?P<x>[，：；！？])(?=[A-Za-z][a-z' ]+[a-z]|$)(?<=[A-Za-z ]{4}.)(?<![\u4e00-\u9fff].{3})",
        lambda match: _NARROW[match["x"]].rstrip() if match.end() == len(match.string) else _NARROW[match["x"]],
    ),
)
