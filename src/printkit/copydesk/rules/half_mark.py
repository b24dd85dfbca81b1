"""Half-width marks after Han."""

import re
from collections.abc import Iterator

from printkit.copy.marks import FULL
from printkit.copydesk.rule import HAN, Edit, Found, Mend, Rule, without_addresses
from printkit.diagnostics import Say

_AFTER_HAN = re.compile(rf"(?:(?<={HAN}|[”’）》】％%])|(?<={HAN}[\"']))[,.!?;:](?![.,!?;:])")
_BEFORE_HAN = re.compile(rf"(?<=[A-Za-z0-9])[,;!?](?={HAN}|[“‘《])")
_NUMERALS = "〇一二三四五六七八九十百"


def _look(text: str) -> Iterator[Found]:
    seen = without_addresses(text)
    for match in (*_AFTER_HAN.finditer(seen), *_BEFORE_HAN.finditer(seen)):
        at, after = match.start(), seen[match.end() : match.end() + 1]
        if match[0] == "." and ((after.isascii() and after.isalpha()) or (seen[at - 1] in _NUMERALS and at < 4)):
            continue  # 微软.NET, 一. as a number
        # 列夫.托尔斯泰 wants another mark than 通过.会议: a reader has to say which.
        is_safe = match[0] != "." or not re.match(HAN, after)
        yield Found(at, at + 1, (Edit(at, at + 1, FULL[match[0]]),), is_safe=is_safe)


check = Rule(
    id="half-mark",
    clause="GB/T 15834 4",
    title=Say("half-width mark beside Han", "汉字旁用了半角标点"),
    rationale=Say("The marks of Chinese are one character wide.", "中文标点占一个字的位置。"),
    wrong="好,再来",
    right="好，再来",
    mend=Mend.SAFE,
    marks=",.!?;:",
    look=_look,
)
