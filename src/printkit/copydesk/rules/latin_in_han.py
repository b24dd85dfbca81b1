"""English particles between Han."""

from printkit.copydesk.rule import HAN, Certainty, Kind, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="latin-in-han",
    title=Say("English particle between Han", "汉字之间夹着英文虚词"),
    rationale=Say("It was left by a program or a translation.", "多是软件或翻译留下的。"),
    wrong="公平 and 正义",
    right="公平和正义",
    certainty=Certainty.LIKELY,
    kind=Kind.WORD,
    marks="aoitfw",
    look=each_match(rf"(?<={HAN}) ?(?P<x>and|the|of|or|is|in|to|for|with) ?(?={HAN})"),
)
