"""A name of three characters that is written in two ways in one story."""

from collections.abc import Iterator

from printkit.copydesk.across.people import names_in, people_in
from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import TEXT, Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story in copy.stories:
        text = "\n".join(piece.text for piece in story.parts(*TEXT))
        known = {name for name in people_in(text) if text.count(name) > 1} | set(story.names)
        if not known:
            continue
        for piece in story.parts(*TEXT):
            for start, name in sorted(names_in(piece.text)):
                meant = next((one for one in sorted(known) if _is_slip(name, one)), None)
                if meant and name not in known and text.count(name) < text.count(meant):
                    said = Say(f"elsewhere it is “{meant}”", f"别处作“{meant}”")
                    yield story, piece, Found(start, start + len(name), detail=said)


def _is_slip(name: str, other: str) -> bool:
    same = [a == b for a, b in zip(name, other, strict=False)]
    return len(name) == len(other) == 3 and same[0] and sum(same) == 2


check = Rule(
    id="name-variant",
    title=Say("name written in two ways", "人名前后不一致"),
    rationale=Say("One of them is wrong, or they are two people.", "必有一错，除非确是两人。"),
    wrong="闻一舟……闻一州",
    certainty=Certainty.LIKELY,
    kind=Kind.NAME,
    across=_look,
)
