"""Many words looked for in a text at once, by their first characters: overlaps are found, too, as no alternation of `re` does."""

from collections.abc import Iterable, Iterator


class WordList:
    """Words to look for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in filter(None, words):
            self._by_first.setdefault(word[0], []).append(word)

    def found_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each of the words stands."""
        firsts = self._by_first
        for start, char in enumerate(text):
            if char in firsts:
                for word in firsts[char]:
                    if text.startswith(word, start):
                        yield start, word
