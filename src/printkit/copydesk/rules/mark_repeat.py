"""The same stop twice, or two that shut one another out."""

from printkit.copydesk.rule import Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="mark-repeat",
    clause="GB/T 15834 4.2.3, 4.3.3",
    title=Say("stop set twice", "点号重复"),
    rationale=Say("One stop is enough.", "点号不重复。"),
    wrong="他来了，，又走了",
    right="他来了，又走了",
    mend=Mend.SAFE,
    marks="，、；：。",
    look=each_match("(?P<m>[，、；：])(?P=m)+|(?<!。)(?P<s>。)。(?!。)", lambda match: match[0][0]),
)
