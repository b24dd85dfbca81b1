"""Names of a headline or a caption that the text has not."""

from collections.abc import Iterator

from printkit.copydesk.across.people import names_in
from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.rule import Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say

_BODY = (Part.PROSE, Part.ITEM, Part.LINES, Part.CELL, Part.NOTICE)


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story in copy.stories:
        body = "\n".join(piece.text for piece in story.parts(*_BODY))
        for piece in story.parts(Part.HEADING, Part.CAPTION) if body else ():
            for start, name in sorted(names_in(piece.text)):
                if name not in body and name not in story.names:
                    yield story, piece, Found(start, start + len(name))


check = Rule(
    id="name-not-in-body",
    title=Say("name that the text has not", "标题、图注里的人名，正文没有"),
    rationale=Say("It may be written otherwise there.", "请核对：正文里可能是另一种写法。"),
    wrong="图为袁一明",
    certainty=Certainty.HINT,
    kind=Kind.NONE,
    across=_look,
)
