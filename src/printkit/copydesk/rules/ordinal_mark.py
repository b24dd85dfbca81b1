"""、 after an ordinal that has another mark."""

from printkit.copydesk.rule import HAN, Certainty, Mend, Rule, each_match, together
from printkit.diagnostics import Say

check = Rule(
    id="ordinal-mark",
    clause="GB/T 15834 B.3",
    title=Say("、 after an ordinal", "序次语后用了顿号"),
    rationale=Say(
        "、 follows Chinese numerals alone; digits take a full point, （一） none, 首先 a comma.",
        "汉字数字后用顿号；阿拉伯数字后用下脚点；带括号的不用点号；“首先”“第一”后用逗号。",
    ),
    wrong="1、传递信息",
    right="1.传递信息",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="、",
    look=together(
        each_match(rf"(?:^|(?<=[；。\n]))\d{{1,2}}(?P<x>、)(?={HAN})", "."),
        each_match(r"（[一二三四五六七八九十\d]{1,3}）(?P<x>、)", ""),
        each_match("(?<![、，])(?:首先|其次|(?:^|(?<=[，。；]))第[一二三四五六七八九])(?P<x>、)", "，"),
    ),
)
