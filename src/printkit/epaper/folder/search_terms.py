"""Words of a text as search knows them: in goes text, out come terms, the same as ``styles/search.js`` makes.

Han, kana and hangul are indexed as pairs of neighbours, since no dictionary knows the names in a newspaper; Latin,
Greek, Cyrillic and figures as whole words, and what a hyphen joins (``Wi-Fi``) as one word too. Every character is folded alone (NFKC, lower case, traditional to simplified), so that a place
in the folded text is a place in the text. A blank between two Han is none: headlines have them where lines may break.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise

SHARDS = 64
"""Parts of a month's index. A part of a daily paper of eight pages is about 100 KB a month, 40 KB compressed."""

LONGEST = 32
"""Characters of a Latin word that are indexed; of a longer one the rest is only compared."""

_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = "0-9a-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
# Soft hyphens, joiners and marks of direction are in no word that a reader types.
_SILENT = "\u00ad\u200b-\u200f\u2060\ufeff"

_RUN = re.compile(f"[{_HAN}]+|[{_WORD}]+")
_HYPHENED = re.compile(f"(?<![{_WORD}])[{_WORD}]++(?:[-\u2010][{_WORD}]++)+")
_HYPHEN = re.compile("[-\u2010]")
_IS_HAN = re.compile(f"[{_HAN}]")
_INNER_BLANK = re.compile(f"(?<=[{_HAN}])[ \t]+(?=[{_HAN}])")
_IS_SILENT = re.compile(f"[{_SILENT}]")


@cache
def _simplified() -> dict[int, str]:
    """Return the simplified character of each traditional one, as opencc knows it.

    Characters that simplified text has too (著, 乾, 於: those of GB/T 2312) stay, so that of such text nothing is folded.
    """
    from opencc import OpenCC

    asked = [char for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00)) if not _is_common(char := chr(code))]
    told = str(OpenCC("t2s").convert("\n".join(asked))).split("\n")
    return {
        ord(old): new
        for old, new in zip(asked, told, strict=True)
        if old != new and len(new) == 1 and ord(new) < 0x10000
    }


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplified_script() -> bytes:
    """Return the same table for the browser: every traditional character with its simplified one behind it."""
    table = "".join(chr(old) + new for old, new in sorted(_simplified().items()))
    return f'globalThis.printkitSimplified = "{table}";\n'.encode()


class _Folded(dict[int, str]):
    """Folds a character when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = "" if _IS_SILENT.match(character) else unicodedata.normalize("NFKC", character).lower()
        folded = folded.translate(_simplified())
        self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return a text as search compares it: full-width and half-width, capitals and small letters are alike."""
    return _INNER_BLANK.sub("", text.translate(_FOLDED))


def terms(text: str) -> set[str]:
    """Return the terms of a text: pairs of Han, the last Han of each run alone, words, and those joined by hyphens as one."""
    folded = fold(text)
    found = {_HYPHEN.sub("", code)[:LONGEST] for code in _HYPHENED.findall(folded)}
    for run in _RUN.findall(folded):
        if _IS_HAN.match(run):
            found.update(map("".join, pairwise(run)))
            found.add(run[-1])
        else:
            found.add(run[:LONGEST])
    return found


def shard_of(term: str) -> int:
    """Return the part of the index that has a term: by its first character, so that one Han finds all its pairs."""
    return (ord(term[0]) * 2654435761 & 0xFFFFFFFF) >> 26
