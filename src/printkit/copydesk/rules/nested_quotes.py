"""Double quotation marks inside double ones."""

from collections.abc import Iterator

from printkit.copydesk.rule import Certainty, Edit, Found, Mend, Rule
from printkit.diagnostics import Say


def _look(text: str) -> Iterator[Found]:
    depth = 0
    for at, char in enumerate(text):
        if char == "“":
            depth += 1
            if depth == 2:
                end = text.find("”", at)
                edits = (Edit(at, at + 1, "‘"), Edit(end, end + 1, "’")) if text.count("”", at) > 1 else ()
                yield Found(at, end + 1 if edits else at + 1, edits)
        elif char == "”":
            depth = max(depth - 1, 0)


check = Rule(
    id="nested-quotes",
    clause="GB/T 15834 4.8.3.4",
    title=Say("double quotation mark inside double ones", "双引号里又用双引号"),
    rationale=Say("A quotation inside a quotation has single marks.", "引号里面还要用引号时，外面用双的，里面用单的。"),
    wrong="“他说“好”了”",
    right="“他说‘好’了”",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    marks="“",
    look=_look,
)
