"""Paragraphs and stories that stand twice: in a story, in the issue, in an earlier issue."""

from collections.abc import Iterator

from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.copydesk.shingles import shingles
from printkit.diagnostics import Say

_SHORTEST = 25
"""Characters under which a paragraph may well stand twice."""
_SHARE = 0.8


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    seen: dict[str, StoryCopy] = {}
    grams: list[tuple[StoryCopy, frozenset[int]]] = []
    for story in copy.stories:
        pieces = [piece for piece in story.parts(Part.PROSE, Part.NOTICE) if len(piece.text) >= _SHORTEST]
        own = shingles("\n".join(piece.text for piece in pieces))
        again = next((other for other, have in grams if own and len(own & have) >= _SHARE * len(own)), None)
        grams.append((story, own))
        earlier = copy.printed([piece.text for piece in pieces]) if copy.printed and pieces else ""
        if pieces and (again or earlier):
            said = Say(f"it stands in {earlier}", f"{earlier} 已登") if earlier else _as_in(again)
            yield story, pieces[0], Found(0, len(pieces[0].text), detail=said)
            continue
        for piece in pieces:
            if other := seen.get(piece.text):
                yield story, piece, Found(0, len(piece.text), detail=_as_in(other))
            seen.setdefault(piece.text, story)


def _as_in(story: StoryCopy | None) -> Say:
    name = story.id if story else ""
    return Say(f"it stands in `{name}`, too", f"稿件“{name}”里也有")


check = Rule(
    id="repeated",
    title=Say("copy that stands twice", "内容重复"),
    rationale=Say("A story was placed twice, or a paragraph pasted twice.", "重稿，或同一段粘贴了两次。"),
    wrong="同一段文字出现两次",
    certainty=Certainty.LIKELY,
    kind=Kind.NONE,
    across=_look,
)
