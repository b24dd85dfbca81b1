"""A story that goes on elsewhere, and is broken at a bad place."""

from collections.abc import Iterator

from printkit.copydesk.across.pair import alone
from printkit.copydesk.across.seams import Break, breaks
from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_STOPS = "。！？…”’）》"
_NOT_FIRST = "，。；：！？、）”’》…—～"


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for one in breaks(copy):
        if said := _wrong(one):
            yield one.story, one.piece, Found(one.start, one.end, detail=said)


def _wrong(one: Break) -> Say | None:
    """Say what is wrong with a seam, if anything is."""
    if one.after is None:
        return Say(f"on page {one.there} nothing comes from here", f"第 {one.there} 版没有上接此处的稿件")
    before, after = one.before.rstrip(), one.after.lstrip()
    if not before or not after:
        return None
    if after[0] in _NOT_FIRST:
        return Say(f"page {one.there} would begin with “{after[0]}”", f"第 {one.there} 版会以“{after[0]}”开头")
    if one.piece.part is not Part.SUBHEAD and before[-1] not in _STOPS:
        return Say(
            f"the sentence goes on on page {one.there}: “{one.first_sentence}”",
            f"句子没有完，第 {one.there} 版接“{one.first_sentence}”",
        )
    opened = [before[at] for at in alone(before) if before[at] in "“‘（《〈【"]
    if opened and not after.startswith(opened[0]):
        return Say(
            f"“{opened[0]}” is open at the end, and page {one.there} does not open it again",
            f"“{opened[0]}”到这里没有关上，第 {one.there} 版也没有再起",
        )
    return None


check = Rule(
    id="seam-clash",
    title=Say("story broken at a bad place", "转版断开处不妥"),
    rationale=Say("Who turns the page has to find a new sentence there.", "读者翻过去，要从一句话的开头读起。"),
    wrong="他们走到（下转第3版）",
    right="他们走到了江边。（下转第3版）",
    certainty=Certainty.LIKELY,
    kind=Kind.NONE,
    across=_look,
)
