"""Names that the house's list has otherwise, and their titles."""

from collections.abc import Iterator

from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import Copy, Edit, Found, Kind, Mend, Rule, StoryCopy
from printkit.copydesk.words import WordList
from printkit.diagnostics import Say


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    right = {word: one.name for one in copy.lists.names for word in one.never}
    words = WordList(right)
    for story in copy.stories if right else ():
        for piece in story.pieces:
            for start, word in words.found_in(piece.text):
                end = start + len(word)
                yield story, piece, Found(start, end, (Edit(start, end, right[word]),))


check = Rule(
    id="house-name",
    clause="desk/names.yaml",
    title=Say("name that the house's list has otherwise", "人名与本报名单不符"),
    rationale=Say("desk/names.yaml says how it is written.", "写法见 desk/names.yaml。"),
    wrong="池望",
    right="迟望",
    mend=Mend.ASK,
    kind=Kind.NAME,
    across=_look,
)
