"""Words that the house never says."""

from collections.abc import Iterator

from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import TEXT, Copy, Edit, Found, Kind, Mend, Rule, StoryCopy
from printkit.copydesk.words import WordList
from printkit.diagnostics import Say


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    terms = {word: term for term in copy.lists.terms for word in term.never}
    words = WordList(terms)
    for story in copy.stories if terms else ():
        for piece in story.parts(*TEXT):
            for start, word in words.found_in(piece.text):
                term, end = terms[word], start + len(word)
                within = piece.text.find(term.say, max(start - len(term.say), 0), end + len(term.say))
                if 0 <= within <= start and within + len(term.say) >= end:
                    continue  # what is said holds what is never said
                said = Say(f"write “{term.say}”", f"应为“{term.say}”")
                if term.why:
                    said = Say(f"{said.en} ({term.why})", f"{said.zh}（{term.why}）")
                yield story, piece, Found(start, end, (Edit(start, end, term.say),), said)


check = Rule(
    id="house-term",
    clause="desk/terms.yaml",
    title=Say("word that the house does not use", "本报不用的写法"),
    rationale=Say("desk/terms.yaml says what is written instead.", "写法见 desk/terms.yaml。"),
    wrong="帐号",
    right="账号",
    mend=Mend.ASK,
    kind=Kind.WORD,
    across=_look,
)
