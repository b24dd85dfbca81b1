"""Blanks beside Chinese marks."""

from printkit.copydesk.rule import HAN, PROSE, Mend, Rule, each_match
from printkit.diagnostics import Say

_BLANK = "[ \u00a0]+"

check = Rule(
    id="space-near-mark",
    clause="GB/T 15834 5.1",
    title=Say("blank beside a mark", "标点旁有空格"),
    rationale=Say("A Chinese mark brings its own white.", "中文标点自带空白，旁边不加空格。"),
    wrong="他说， 好",
    right="他说，好",
    mend=Mend.SAFE,
    parts=PROSE,
    marks=" \u00a0",
    look=each_match(
        rf"(?<=[，。；：！？、》]){_BLANK}(?=\S)|(?<=\S){_BLANK}(?=[，。；：！？、《])"
        rf"|(?<={HAN}){_BLANK}(?=“)|(?<=”){_BLANK}(?={HAN})",
        "",
    ),
)
