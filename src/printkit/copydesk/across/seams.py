"""Where a story goes on elsewhere (转版): what stands before and after, read as one.

In: all that is read together. Out: the seams that make-up has made (`Copy.seams`), and those that were typed, ``（下转第3版）`` at the
end of one text and ``（上接第1版）`` at the head of another, each with its place in the copy.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.rule import PROSE, Copy, StoryCopy

_PAGE = r"第?(?P<page>[A-Z]?\d+(?:[、-]\d+)?|[一二三四五六七八九十]{1,3})版"
_GOES_ON = re.compile(rf"[（(【]?[▶▷→]?下转{_PAGE}[^）)】]{{0,8}}[）)】]?$")
_CAME_FROM = re.compile(rf"^[（(【]?[◀◁←]?上接{_PAGE}[^）)】]{{0,8}}[）)】]?")
_TEXT = frozenset({*PROSE, Part.LINES, Part.SUBHEAD})
_SENTENCE = re.compile("[^。！？]*[。！？]?[”’）》]*$")
_FIRST_SENTENCE = re.compile("^[^。！？]*[。！？]?[”’）》]*")
_HAN_NUMBERS = {char: number for number, char in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Break:
    """A seam at its place: the text before it, up to `end` of `piece`, and the text after it; None where nothing follows."""

    story: StoryCopy
    piece: Piece
    end: int
    after: str | None
    there: str
    """The page where it goes on."""

    @property
    def before(self) -> str:
        """The text of its last paragraph before the seam."""
        return self.piece.text[: self.end]

    @property
    def start(self) -> int:
        """Where the last sentence before the seam begins."""
        found = _SENTENCE.search(self.before)
        return found.start() if found and found[0] else max(0, self.end - 1)

    @property
    def first_sentence(self) -> str:
        """The first sentence after the seam."""
        found = _FIRST_SENTENCE.match(self.after or "")
        return found[0] if found else ""


def breaks(copy: Copy) -> Iterator[Break]:
    """Yield every seam of the copy."""
    for story in copy.stories:
        pieces = [piece for piece in story.pieces if piece.part in _TEXT]
        yield from _made(copy, story, pieces)
        yield from _typed(copy, story, pieces)


def _made(copy: Copy, story: StoryCopy, pieces: list[Piece]) -> Iterator[Break]:
    for seam in copy.seams:
        if seam.story == story.id:
            whole = {seam.before, seam.before + seam.after}
            if piece := next((one for one in pieces if one.text in whole), None):
                yield Break(story, piece, len(seam.before), seam.after, seam.there)


def _typed(copy: Copy, story: StoryCopy, pieces: list[Piece]) -> Iterator[Break]:
    for number, piece in enumerate(pieces):
        found = _GOES_ON.search(piece.text)
        if found and story.page and (found.start() or number):
            own = piece if found.start() else pieces[number - 1]
            there = _number(found["page"])
            yield Break(story, own, found.start() or len(own.text), _rest(copy, story, there), there)


def _rest(copy: Copy, story: StoryCopy, page: str) -> str | None:
    """Return the text that comes from a story's page on another page; None where there is none."""
    for other in copy.stories:
        if other.page != page:
            continue
        pieces = [piece for piece in other.pieces if piece.part in _TEXT]
        for number, piece in enumerate(pieces):
            found = _CAME_FROM.match(piece.text)
            if found and _number(found["page"]) == story.page:
                rest = piece.text[found.end() :].lstrip()
                return rest or (pieces[number + 1].text if number + 1 < len(pieces) else None)
    return None


def _number(page: str) -> str:
    """Return a page's number as editions have it: ``三`` is 3, ``03`` stays."""
    if not set(page) <= {*_HAN_NUMBERS, "十"}:
        return page
    tens, ten, ones = page.rpartition("十")
    return str((_HAN_NUMBERS.get(tens, 1) * 10 if ten else 0) + _HAN_NUMBERS.get(ones, 0))
