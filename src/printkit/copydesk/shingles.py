"""What two texts have in common: one in sixteen of their runs of ten characters, chosen by its hash (blake2b)."""

import hashlib
import re

_LENGTH = 10
_MARKS = re.compile(r"\W+")


def shingles(text: str) -> frozenset[str]:
    """Return the kept hashes of a text's runs, marks and blanks aside; equal runs are kept in every text."""
    plain = _MARKS.sub("", text)
    hashes = (
        hashlib.blake2b(plain[at : at + _LENGTH].encode(), digest_size=8).hexdigest()
        for at in range(max(len(plain) - _LENGTH + 1, 0))
    )
    return frozenset(one for one in hashes if one[0] == "0")
