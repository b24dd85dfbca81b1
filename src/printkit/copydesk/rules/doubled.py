"""Words set twice."""

from printkit.copydesk.rule import Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say

_HAN = "[\u4e00-\u9fff]"

check = Rule(
    id="doubled",
    title=Say("word set twice", "字词重复"),
    rationale=Say("The hand or the program has gone on twice.", "多是录入时重打。"),
    wrong="这是我们的的样机",
    right="这是我们的样机",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.WORD,
    look=each_match(
        "(?<!目)(?P<a>的)的(?!确)|(?<![甚小])(?P<b>了)了(?![解然结断得])|(?P<c>[与及于并被也而])(?P=c)"
        f"|(?P<d>{_HAN}(?P<f>{_HAN})(?!(?P=f)){_HAN}{{1,4}})(?P=d)|(?P<e>我们|他们|进行|通过|关于|以及|因为)(?P=e)",
        lambda match: match[0][: len(match[0]) // 2],
    ),
)
