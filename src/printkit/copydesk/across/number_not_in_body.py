"""Numbers of a headline or a caption that the text has not."""

import re
from collections.abc import Iterator

from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BODY = (Part.PROSE, Part.ITEM, Part.LINES, Part.CELL, Part.NOTICE)


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story in copy.stories:
        body = "\n".join(piece.text for piece in story.parts(*_BODY))
        if not body:
            continue
        known = set(_NUMBER.findall(body))
        for piece in story.parts(Part.HEADING, Part.CAPTION):
            for match in _NUMBER.finditer(piece.text):
                if match[0] not in known:
                    yield story, piece, Found(*match.span())


check = Rule(
    id="number-not-in-body",
    title=Say("number that the text has not", "标题、图注里的数，正文没有"),
    rationale=Say("Count again: headline and text may say two things.", "请核对：标题与正文可能不一致。"),
    wrong="78比74夺冠",
    certainty=Certainty.HINT,
    kind=Kind.NONE,
    across=_look,
)
