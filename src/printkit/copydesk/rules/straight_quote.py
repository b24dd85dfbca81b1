"""Straight quotation marks in Chinese."""

import re
from collections.abc import Iterator

from printkit.copydesk.rule import HAN, Edit, Found, Mend, Rule
from printkit.diagnostics import Say

_HAN = re.compile(HAN)
_DOUBLE = re.compile('["＂]')
_INCHES = re.compile(r'(?<=\d)"(?!")')
_SINGLE = re.compile(rf"(?<={HAN}|[，。：；！？、“])['＇]|['＇](?={HAN}|[，。：；！？、”])")


def _look(text: str) -> Iterator[Found]:
    if not _HAN.search(text):
        return
    for found, pair in ((list(_DOUBLE.finditer(text)), "“”"), (list(_SINGLE.finditer(text)), "‘’")):
        marks = found
        if len(marks) % 2:  # 55" is a length
            marks = [one for one in marks if not _INCHES.match(text, one.start())] or marks
        is_even = len(marks) % 2 == 0
        for number, one in enumerate(marks):
            if len(marks) == 1 and _INCHES.match(text, one.start()):
                continue
            edit = Edit(one.start(), one.end(), pair[number % 2])
            yield Found(one.start(), one.end(), (edit,) if is_even else ())


check = Rule(
    id="straight-quote",
    clause="GB/T 15834 4.8",
    title=Say("straight quotation mark", "直引号"),
    rationale=Say("Chinese quotes open and close: “ ” and ‘ ’.", "中文引号分左右：“”、‘’。"),
    wrong='她说"好"',
    right="她说“好”",
    mend=Mend.SAFE,
    marks="\"'＂＇",
    look=_look,
)
