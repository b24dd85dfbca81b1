"""、 in an approximate number."""

from printkit.copydesk.rule import Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say

_NEXT = "|".join(f"(?<={a})、(?={b})" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True))
_MEASURES = "[天个人次位十百千万里米遍斤岁口步趟块本张件只家名](?!级|等)|分钟|小时|年(?!级)"

check = Rule(
    id="approx-number-dunhao",
    clause="GB/T 15834 4.5.3.4; GB/T 15835 5.2.1",
    title=Say("、 in an approximate number", "概数中间用了顿号"),
    rationale=Say("Two numbers for about how many stand together.", "相邻数字连用表示概数，中间不用顿号。"),
    wrong="三、四天",
    right="三四天",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.NUMERAL,
    marks="、",
    look=each_match(rf"(?<![第周期初、])[一二三四五六七八](?P<x>{_NEXT})[二三四五六七八九](?:{_MEASURES})", ""),
)
