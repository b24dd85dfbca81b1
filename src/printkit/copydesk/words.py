"""Many words looked for in a text at once, by their first characters: overlaps are found, too, as no alternation of `re` does."""

from collections.abc import Iterable, Iterator


class WordList:
    """Words to look for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(filter(None, words))
        self._lengths: dict[str, tuple[int, ...]] = {}
        """How long the words are that begin with a character."""
        for word in self._words:
            known = self._lengths.get(word[0], ())
            if len(word) not in known:
                self._lengths[word[0]] = tuple(sorted((*known, len(word))))

    def found_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each of the words stands."""
        words, lengths = self._words, self._lengths
        for start, char in enumerate(text):
            if char in lengths:
                for length in lengths[char]:
                    word = text[start : start + length]
                    if word in words and len(word) == length:  # at the end it is cut short
                        yield start, word
