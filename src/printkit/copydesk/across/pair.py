"""Quotation marks, parentheses and title marks that do not close, or were never opened."""

from collections.abc import Iterator

from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.rule import Copy, Found, Rule, StoryCopy
from printkit.diagnostics import Say

_PAIRS = {"”": "“", "’": "‘", "）": "（", "》": "《", "〉": "〈", "】": "【"}
_OPEN = frozenset(_PAIRS.values())
_LATIN = {"’"}
"""Marks that Latin words have, too: it's."""


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    for story in copy.stories:
        pieces = [one for one in story.pieces if one.part is not Part.NAME]
        verse = "".join(one.text for one in story.parts(Part.LINES))
        quotes_of_verse_close = verse.count("“") == verse.count("”")
        for number, piece in enumerate(pieces):
            if _OPEN.isdisjoint(piece.text) and not any(mark in piece.text for mark in _PAIRS):
                continue
            after = pieces[number + 1] if number + 1 < len(pieces) else None
            for at in alone(piece.text):
                mark = piece.text[at]
                if piece.part is Part.LINES and mark in "“”" and quotes_of_verse_close:
                    continue  # over stanzas
                goes_on = after and after.steps == piece.steps and (piece.part is Part.HEADING or after.text[0] == mark)
                if not (mark in "“‘" and goes_on) and not _is_of_heading(pieces, number, mark):
                    yield story, piece, Found(at, at + 1)


def _is_of_heading(pieces: list[Piece], number: int, mark: str) -> bool:
    """Say whether a quotation closes what an earlier line of the same heading or stanza has opened."""
    before = pieces[number - 1] if number else None
    return bool(
        before
        and before.steps == pieces[number].steps
        and pieces[number].part in (Part.HEADING, Part.LINES)
        and _PAIRS.get(mark, "-") in before.text
    )


def alone(text: str) -> Iterator[int]:
    """Yield the places of marks that stand without their other one; half-width parentheses may be the other."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _OPEN:
            opened.append(at)
        elif opener := _PAIRS.get(char):
            if opened and text[opened[-1]] == opener:
                opened.pop()
            elif opener in (text[one] for one in opened):
                while text[opened[-1]] != opener:
                    yield opened.pop()
                opened.pop()
            elif not (_is_half_open(text, at, char) or _is_latin(text, at) or _is_list_mark(text, at)):
                yield at
    yield from (at for at in opened if not (text[at] == "（" and ")" in text[at:]))


def _is_half_open(text: str, at: int, char: str) -> bool:
    return char == "）" and text.count("(", 0, at) > text.count(")", 0, at)


def _is_latin(text: str, at: int) -> bool:
    return text[at] in _LATIN and at > 0 and text[at - 1].isascii()


def _is_list_mark(text: str, at: int) -> bool:
    return text[at] == "）" and at <= 3 and text[:at].isalnum()  # 1）, 一）


check = Rule(
    id="pair",
    clause="GB/T 15834 4.8, 4.9, 4.15",
    title=Say("mark without its other half", "引号、括号、书名号不成对"),
    rationale=Say(
        "A quotation that goes on opens again in the next paragraph; all else closes.",
        "引文跨段时下一段再起引号，其余都要成对。",
    ),
    wrong="他说：“好。",
    right="他说：“好。”",
    across=_look,
)
