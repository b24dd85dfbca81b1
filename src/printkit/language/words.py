"""Words and hyphens for the composer: rjieba finds Chinese words, pyphen divides Latin ones.

Both are imported when a heading, or a long Latin word, first needs them; neither reads the network,
writes to a stream or keeps a cache on disk. A run may know what an earlier one asked (`Words.recall`). rjieba (jieba-rs, MIT) was chosen over jieba because it is
maintained, typed, silent and loads in a fifth of a second.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rjieba

Asked = tuple[dict[str, tuple[str, ...]], dict[str, bool]]
"""Texts with their words, and words with whether they are known."""

_NAME_FREQUENCY = 100_000
"""A name the paper added wins over the dictionary's ways of dividing it."""


_SPARE: list["rjieba.Jieba"] = []
"""A dictionary without names, for who asks next: rjieba makes one of its own when it is imported, which nobody else asks here."""


def load_dictionary() -> None:
    """Load the dictionary, before it is known which names it is asked with: 75 ms and 30 MB."""
    if "rjieba" not in sys.modules:
        import rjieba

        _SPARE.append(rjieba._DEFAULT_JIEBA)  # noqa: SLF001  # its stub has it; another one would be as much again


@lru_cache(maxsize=2)
def _dictionary(names: tuple[str, ...]) -> tuple["rjieba.Jieba", tuple[str, ...]]:
    """Return the dictionary with some names, and those of them that it divides all the same; runs of one process share it."""
    load_dictionary()  # a run whose headings the editor broke needs none of it
    import rjieba

    found = _SPARE.pop() if _SPARE else rjieba.Jieba()
    for name in names:
        found.add_word(name, _NAME_FREQUENCY, None)
    # A dictionary's words end at an interpunct or a blank, whatever it is told: 巴特尔·那仁. The longest name wins.
    return found, tuple(sorted((name for name in names if len(found.cut(name)) > 1), key=len))


class Words:
    """A `WordBreaker` for Chinese; `names` are kept whole. What it was asked it knows without the dictionary."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Keep the names; the dictionary is loaded at first use."""
        self._names = tuple(dict.fromkeys(names))
        self._cuts: dict[str, tuple[str, ...]] = {}
        self._has: dict[str, bool] = {}
        self.learned = False
        """Whether the dictionary was asked since `recall`."""

    def words(self, text: str) -> Sequence[str]:
        """Return the words of a text; joined they are the text."""
        if text not in self._cuts:
            self.learned, self._cuts[text] = True, self._cut_words(text)
        return self._cuts[text]

    def knows(self, word: str) -> bool:
        """Say whether the dictionary or the names have a word."""
        if word not in self._has:
            self.learned, self._has[word] = True, _dictionary(self._names)[0].has_word(word)
        return self._has[word]

    @property
    def asked(self) -> Asked:
        """What it was asked, and what it said."""
        return self._cuts, self._has

    def recall(self, asked: Asked = ({}, {})) -> None:
        """Know what was said another time to the same questions, with the same names, and nothing else."""
        self._cuts, self._has = dict(asked[0]), dict(asked[1])
        self.learned = False

    def _cut_words(self, text: str) -> tuple[str, ...]:
        dictionary, divided = _dictionary(self._names)
        cut = tuple(dictionary.cut(text))
        names = [name for name in divided if name in text]
        if not names:
            return cut
        ends = {0, *accumulate(map(len, cut))}
        for name in names:
            start = text.find(name)
            while start >= 0:
                ends = ends.difference(range(start + 1, start + len(name))) | {start, start + len(name)}
                start = text.find(name, start + len(name))
        return tuple(text[start:end] for start, end in pairwise(sorted(ends)))


class Hyphens:
    """A `Hyphenator` for one language, with the patterns that pyphen carries."""

    def __init__(self, language: str = "en_US") -> None:
        """Keep the language; the patterns are read at first use."""
        self._language = language
        self._positions = lru_cache(maxsize=4096)(self._find)

    def positions(self, word: str) -> Sequence[int]:
        """Return the offsets inside a word where a hyphen may stand."""
        return self._positions(word)

    def _find(self, word: str) -> tuple[int, ...]:
        # Reading the patterns takes 20 ms; most pages have no Latin word long enough.
        import pyphen

        return tuple(int(at) for at in pyphen.Pyphen(lang=self._language).positions(word))
