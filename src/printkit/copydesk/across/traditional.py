"""Traditional characters, by OpenCC; loaded when it is asked for."""

from collections.abc import Iterator

from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import TEXT, Certainty, Copy, Edit, Found, Kind, Mend, Rule, StoryCopy
from printkit.diagnostics import Say


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    from opencc import OpenCC

    simple = OpenCC("t2s").convert
    for story in copy.stories:
        for piece in story.parts(*TEXT):
            text = simple(piece.text)
            if text != piece.text and len(text) == len(piece.text):
                for at, (old, new) in enumerate(zip(piece.text, text, strict=True)):
                    if old != new and old not in copy.name_characters:
                        yield story, piece, Found(at, at + 1, (Edit(at, at + 1, new),))


check = Rule(
    id="traditional",
    clause="通用规范汉字表",
    title=Say("traditional character", "繁体字"),
    rationale=Say("Names may have one: put them into desk/names.yaml.", "人名中可用的，请列入 desk/names.yaml。"),
    wrong="開工",
    right="开工",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.WORD,
    across=_look,
)
