"""An article's file as written: where each character of its copy stands.

In: the way to a value (`steps`) and the texts that were read from it, in order. Out: the offset of each character in the file, by
walking both. Reading takes from the copy only white space, marks and addresses of links, so every other character comes in
order on both sides; where the two do not meet nothing is said rather than something wrong.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from printkit.diagnostics import SourceRef
from printkit.source import nodes
from printkit.source.article_keys import ArticleKeys
from printkit.source.document import ALL_KEYS, keys_at, names_of
from printkit.source.faults import Faults
from printkit.source.keys import Keys
from printkit.source.load import read_nodes
from printkit.source.patch import Patch

Steps = tuple[str | int, ...]

NOWHERE = -1
"""The place of a character that the file has not: a blank between two words that a line end parts."""

_MARKS = frozenset("*\\[]#>-|~<^:")
_REST_OF_LINK = re.compile(r"\]\((?:<[^<>]*>|(?:[^\s()<>]|\([^\s()]*\))+)\)")
_WHITE = " \t\n\r"
_PATCHABLE = ("", "|", "'", '"')
"""Styles of scalars whose characters stand in the file as they are, most of them."""


class Written:
    """An article's file."""

    def __init__(self, root: nodes.Mapping) -> None:
        """Take what a file holds."""
        self._root = root
        self.source = root.source

    @classmethod
    def read(cls, path: Path, faults: Faults) -> "Written | None":
        """Read a file; None where it cannot be read."""
        root = read_nodes(path, ALL_KEYS, faults)
        return cls(root) if root else None

    def places(self, steps: Steps, texts: Sequence[str], *, is_marked: bool) -> tuple[tuple[int, ...], ...] | None:
        """Return the offset of each character of the texts of a value; None where they cannot be told."""
        scalars = self._scalars(steps)
        characters = [found for scalar in scalars for found in scalar.characters()]
        plain = "".join(character for character, _ in characters)
        offsets = [offset for _, offset in characters]
        at, found = 0, []
        for text in texts:
            places = []
            for character in text:
                if character in _WHITE:
                    places.append(NOWHERE)
                    continue
                at = _next(plain, at, character, is_marked=is_marked)
                if at == NOWHERE:
                    return None
                places.append(offsets[at])
                at += 1
            found.append(tuple(self._with_blanks(text, places)))
        return tuple(found)

    def _with_blanks(self, text: str, places: list[int]) -> Iterator[int]:
        """Yield places, those of blanks that stand in the file as in the text among them."""
        last = NOWHERE
        for character, place in zip(text, places, strict=True):
            if place == NOWHERE and last != NOWHERE and self.source.text[last + 1 : last + 2] == character:
                place = last + 1
            last = place
            yield place

    def patch(self, steps: Steps, text: str, places: Sequence[int], start: int, end: int, new: str) -> Patch | None:
        """Return how a span of a text is replaced in the file; None where it does not stand there as it is."""
        span = places[start:end]
        scalar = self._scalar_with(steps, span[0]) if span else None
        if scalar is None or scalar.style not in _PATCHABLE or set(new) & {scalar.style, "\\", "\n"}:
            return None
        whole = list(range(span[0], span[0] + len(span)))
        if list(span) != whole or self.source.text[span[0] : span[-1] + 1] != text[start:end]:
            return None
        return Patch(span[0], span[-1] + 1, new)

    def where(self, offset: int, field: str) -> SourceRef:
        """Return the place of an offset."""
        return self.source.where(offset, field)

    def _scalar_with(self, steps: Steps, offset: int) -> nodes.Scalar | None:
        return next((one for one in self._scalars(steps) if one.start <= offset < one.end), None)

    def _scalars(self, steps: Steps) -> list[nodes.Scalar]:
        """Return the scalar that a way leads to, or those of a list."""
        node: nodes.Node | None = self._root
        kind: type[Keys] | None = ArticleKeys
        for step in steps:
            if isinstance(step, int):
                node = node.items[step] if isinstance(node, nodes.Sequence) and step < len(node.items) else None
            elif isinstance(node, nodes.Mapping) and kind:
                names = names_of(kind)
                node = next((value for key, value in node.entries.items() if names.get(key) == step), None)
                kind = keys_at(kind, step)
        if isinstance(node, nodes.Sequence):
            return [one for one in node.items if isinstance(one, nodes.Scalar)]
        return [node] if isinstance(node, nodes.Scalar) else []


def _next(plain: str, at: int, character: str, *, is_marked: bool) -> int:
    """Return where a character stands from some place on, only what reading takes away before it."""
    while at < len(plain):
        if plain[at] == character:
            return at
        rest = _REST_OF_LINK.match(plain, at) if is_marked else None
        if rest:
            at = rest.end()
        elif plain[at] in "\u3000\xa0\u2028\u2029" or (is_marked and plain[at] in _MARKS):
            at += 1
        else:
            return NOWHERE
    return NOWHERE
