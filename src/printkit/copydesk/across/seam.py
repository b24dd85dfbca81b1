"""The seam of a story that goes on elsewhere, to be read over both pages."""

import re
from collections.abc import Iterator

from printkit.copydesk.across.seams import breaks
from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_POINTS_BACK = re.compile("^“?(?:[他她它]们?|[这此该其]|对此|为此|上述|前者|后者|但|因此|于是)")


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for one in breaks(copy):
        if one.after:
            en, zh = f"page {one.there} goes on: “{one.first_sentence}”", f"第 {one.there} 版接“{one.first_sentence}”"
            if found := _POINTS_BACK.match(one.after):
                en, zh = f"{en}, whose “{found[0]}” points back", f"{zh}，其中“{found[0]}”指的在前一版"
            yield one.story, one.piece, Found(one.start, one.end, detail=Say(en, zh))


check = Rule(
    id="seam",
    title=Say("seam of a story that goes on elsewhere", "转版接缝"),
    rationale=Say("Read both sentences one after the other.", "请把前后两句连起来读。"),
    wrong="……到了江边。（下转第3版）",
    certainty=Certainty.HINT,
    kind=Kind.NONE,
    across=_look,
)
