"""Words that are written wrong again and again (`confusions.txt`)."""

from collections.abc import Iterator
from importlib.resources import files

from printkit.copydesk.rule import Certainty, Edit, Found, Kind, Mend, Rule, each_match, together
from printkit.copydesk.words import WordList
from printkit.diagnostics import Say

_TEXT = (files("printkit.copydesk") / "confusions.txt").read_text(encoding="utf-8")
_ROWS = dict(line.split() for line in _TEXT.splitlines() if line and line[0] != "#")
_PLAIN = {wrong: right for wrong, right in _ROWS.items() if not set(wrong) & set("(|[")}
_WORDS = WordList(_PLAIN)


def _words(text: str) -> Iterator[Found]:
    for start, word in _WORDS.found_in(text):
        yield Found(start, start + len(word), (Edit(start, start + len(word), _PLAIN[word]),))


check = Rule(
    id="confusion",
    clause="现代汉语词典",
    title=Say("word that is often written wrong", "常见错词"),
    rationale=Say("It is another word, or none.", "写成了别的词，或没有这个词。"),
    wrong="再接再励",
    right="再接再厉",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.WORD,
    look=together(_words, *(each_match(wrong, right) for wrong, right in _ROWS.items() if wrong not in _PLAIN)),
)
