"""What two texts have in common: one in sixteen of their runs of ten characters, chosen by its hash (blake2b)."""

import hashlib
import re

_LENGTH = 10
_KEPT = 16
"""Hashes are kept whose first byte is less."""
_MARKS = re.compile(r"\W+")


def shingles(text: str) -> frozenset[int]:
    """Return the kept hashes of a text's runs, marks and blanks aside; equal runs are kept in every text."""
    plain = _MARKS.sub("", text)
    hashes = (
        hashlib.blake2b(plain[at : at + _LENGTH].encode(), digest_size=8).digest()
        for at in range(max(len(plain) - _LENGTH + 1, 0))
    )
    return frozenset(int.from_bytes(one, signed=True) for one in hashes if one[0] < _KEPT)
