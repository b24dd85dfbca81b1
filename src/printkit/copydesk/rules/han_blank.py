"""Blanks between Han in running text."""

from printkit.copydesk.pieces import Part
from printkit.copydesk.rule import HAN, Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="han-blank",
    title=Say("blank between Han", "汉字之间有空格"),
    rationale=Say("Chinese is written without; a name or a list may have one.", "正文汉字之间不空格；人名、列举可空。"),
    wrong="中文 文章",
    right="中文文章",
    certainty=Certainty.HINT,
    mend=Mend.ASK,
    kind=Kind.NONE,
    parts=frozenset({Part.PROSE, Part.CAPTION}),
    marks=" \u00a0",
    look=each_match(rf"(?<={HAN})[ \u00a0]+(?={HAN})", ""),
)
