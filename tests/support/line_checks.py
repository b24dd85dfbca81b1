"""What holds for every composed paragraph, whatever its text: each case and each property test asks it."""

import re
from itertools import pairwise

from printkit.compose import Line, compose_text
from printkit.model.style import Prohibition

NO_START = set("，。、；：？！．」』”’）》〉】〗〕］｝·–～％℃々ー")
NO_END = set("「『“‘（《〈【〖〔［｛")
WORD_LIMIT = 0.5
GAP_LIMIT = 0.25
BLANKS = " \t\n\r\u3000\u200b\u00ad"
MARKS_IN_A_ROW = re.compile(
    r"[，。、；：？！．」』”’）》〉】〗〕］｝‼⁇⁈⁉〙〛〞〟｠]{3,}|[「『“‘（《〈【〖〔［｛〘〚〝｟]{3,}"
)


def visible(text: str) -> str:
    """The text without what may vanish at a line's end."""
    return re.sub(f"[{BLANKS}]", "", text)


def check(text: str, lines: tuple[Line, ...], measure: float, prohibition: Prohibition = "gb") -> None:
    """Assert the invariants of style.md rule 17."""
    kept = "".join(line.text[:-1] if line.hyphen else line.text for line in lines)
    assert visible(kept) == visible(text)
    for line in lines:
        assert line.text == "".join(line.clusters)
        assert len(line.clusters) == len(line.advances)
        assert all(advance >= 0 for advance in line.advances)
        assert line.adjustment.gap <= GAP_LIMIT * 1000
        for step, amount in line.adjustment.steps:
            assert amount <= 1000 * {"E1": WORD_LIMIT, "E2": WORD_LIMIT, "E3": GAP_LIMIT}.get(step, 1.0)
    for line in lines[:-1]:
        if line.adjustment.kind != "short":
            assert abs(sum(line.advances) + line.x - line.hangs - measure) < 1e-3
    if prohibition == "none" or measure < 4:
        return
    for line, following in pairwise(lines):
        if not line.adjustment.escape and not forced(line, following):
            assert following.text[:1] not in NO_START or following.text[0] in "’·–"
            assert line.text[-1:] not in NO_END


def forced(line: Line, following: Line) -> bool:
    """Say whether the break lies in a piece longer than the measure: only then may it break a rule."""
    return line.adjustment.cost >= 20_000


def compose_twice(text: str, measure: float, **options: object) -> tuple[Line, ...]:
    """Compose, assert that composing again gives the same, and check the invariants."""
    lines = compose_text(text, measure, **options)  # type: ignore[arg-type]  # the callers' options are literals
    assert lines == compose_text(text, measure, **options)  # type: ignore[arg-type]  # as above
    check(text, lines, measure, options.get("prohibition", "gb"))  # type: ignore[arg-type]  # as above
    compose_text(text, 1, **options)  # type: ignore[arg-type]  # it must survive
    return lines
