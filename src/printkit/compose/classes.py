"""Class every character of a paragraph (rulebook, part 1): one letter a cluster, by table and then by context.

In: the first characters of the clusters, joined (`heads`). Out: a string of class letters of the same
length. The letters are keys of the tables in `widths` and `breaks`; a string lets regular expressions
find sequences at the speed of C. Sources: clreq#tables_of_chinese_punctuation_marks, GB/T 15834 5.1;
rare brackets come from the general category and the East Asian Width (UAX 11).
"""

import re
import unicodedata

HAN = "H"
REPEAT = "k"
"""Repeat marks, the prolonged sound mark and small kana: Han that never start a line (K2)."""
OPENING = "O"
CLOSING = "C"
PAUSE = "A"
STOP = "S"
STACKED = "E"
"""A ！ or ？ with another one after it: half an em, never apart (C3, U2)."""
FULL_STOP = "F"
"""A mark without blank: ‼, the second of a pair ！？, and the half-width ｡ and ､."""
INTERPUNCT = "P"
SHORT_CONNECTOR = "N"
CONNECTOR = "M"
DASH = "D"
ELLIPSIS = "L"
SOLIDUS = "R"
DIGIT = "d"
LATIN = "a"
LATIN_STOP = "c"
"""Closing marks of Latin text: a gap may follow them (H3) but never comes before."""
LATIN_CLOSING = "b"
LATIN_OPENING = "o"
PREFIX = "p"
POSTFIX = "q"
SPACE = "s"
WIDE_SPACE = "i"
JOINER = "w"
ZERO_SPACE = "z"
SOFT_HYPHEN = "y"

BLANKS = "sizy"
"""Classes that vanish at a line's end."""
MARKS = "OCASEF"
"""Classes of marks."""

_MEMBERS = {
    OPENING: "“‘《〈（【〖〔［｛「『〝〘〚｟",
    CLOSING: "”’》〉）】〗〕］｝」』〞〟〙〛｠",
    PAUSE: "、，；：﹐﹑﹔﹕︐︑︓︔",
    STOP: "。．！？﹒﹖﹗︒︕︖",
    FULL_STOP: "‼⁇⁈⁉｡､",
    INTERPUNCT: "·‧・•･",
    SHORT_CONNECTOR: "–-",
    CONNECTOR: "—―～〜゠－﹘﹣",
    DASH: "⸺",
    ELLIPSIS: "…⋯‥․︙",
    SOLIDUS: "/／",
    PREFIX: "￥¥$＄€£￡№±￦﹩",
    POSTFIX: "%％‰℃℉°′″‵﹪￠",
    SPACE: " \t\n\r",
    WIDE_SPACE: "\u3000",
    JOINER: "\u00a0\u2060\ufeff\u202f",
    ZERO_SPACE: "\u200b",
    SOFT_HYPHEN: "\u00ad",
    REPEAT: "々〻ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ",
    LATIN_STOP: ",.:;!?",
    LATIN_CLOSING: ")]}",
    LATIN_OPENING: "([{",
}

_CELL = {"Nd": DIGIT, "Ps": LATIN_OPENING, "Pi": LATIN_OPENING, "Pe": LATIN_CLOSING, "Pf": LATIN_CLOSING}


def _class_of(char: str) -> str:
    """Class one character that no list names."""
    category = unicodedata.category(char)
    if unicodedata.east_asian_width(char) in "WF":
        return {"Ps": OPENING, "Pe": CLOSING}.get(category, HAN)
    if category in _CELL:
        return _CELL[category]
    if category[0] in "LM" or (category in ("Po", "Pc", "Pd", "Sk", "Nl", "Cf", "Cc")) or char.isascii():
        return LATIN
    if category == "No":
        return HAN if "\u2460" <= char <= "\u24ff" or "\u2776" <= char <= "\u2793" else LATIN
    return LATIN if category in ("Sm", "Sc") and unicodedata.east_asian_width(char) in ("N", "Na") else HAN


class _Table(dict[int, str]):
    """Code point → class letter, filled as characters come up (`str.translate` reads it)."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _class_of(chr(code))
        return letter


_TABLE = _Table({ord(char): letter for letter, chars in _MEMBERS.items() for char in chars})

_SHARED = re.compile(r"[‘’“·•‧\-–/+−－＋]")
_STACK = re.compile(r"[！？]{2,}")
_LATIN_QUOTE = re.compile(r"(?<=[\x20-\x7e])([“‘])([\x20-\x7e]*)([”’])(?=[\x20-\x7e])")


def classes(heads: str) -> str:
    """Return the class letters of a paragraph, shared code points and stacked ！？ resolved (C1, C3).

    Args:
        heads: the first character of every cluster; ``⸺`` stands for a pair of U+2014.
    """
    letters = heads.translate(_TABLE)
    if not _SHARED.search(heads) and not _STACK.search(heads):
        return letters
    found = list(letters)
    opened = 0
    for match in _SHARED.finditer(heads):
        char = match[0]
        if char == "‘":
            opened += 1
        elif char == "’":
            _settle_apostrophe(letters, found, match.start(), opened > 0)
            opened -= opened > 0 and found[match.start()] == CLOSING
        elif char != "“":
            _settle(char, letters, found, match.start())
    for match in _LATIN_QUOTE.finditer(heads):
        found[match.start(1)], found[match.start(3)] = LATIN_OPENING, LATIN_CLOSING
    for match in _STACK.finditer(heads):
        size = match.end() - match.start()
        # GB 5.1.2: two stand in one em, three in two. An even run therefore has no blank to give,
        # an odd one keeps the blank of its last mark.
        found[match.start() : match.end()] = [STACKED] * (size - 1) + [STOP if size % 2 else FULL_STOP]
    return "".join(found)


def _settle_apostrophe(letters: str, found: list[str], at: int, opened: bool) -> None:
    """Tell an apostrophe from a closing quote: ``it’s``, and ``students’`` where no quote is open."""
    if at and letters[at - 1] == LATIN and (not opened or letters[at + 1 : at + 2] == LATIN):
        found[at] = LATIN


def _settle(char: str, letters: str, found: list[str], at: int) -> None:
    """Resolve one shared code point by its neighbours."""
    before = letters[at - 1] if at else ""
    after = letters[at + 1] if at + 1 < len(letters) else ""
    if char in "·•‧":
        if before == LATIN and after == LATIN:
            found[at] = LATIN
    elif char in "-–/":
        token = "ad" if char != "–" else "a"
        if (before and before in token and after and after in token) or (char != "–" and not before + after):
            found[at] = LATIN
        elif char == "-" and after == DIGIT and before in ("", *"HOAs"):
            found[at] = PREFIX
        elif char != "–" and _inside_latin(before, after):
            found[at] = LATIN
    elif (
        char in "+−－＋" and after == DIGIT and (not before or before not in "adqH" or (char in "+−" and before == HAN))
    ):
        found[at] = PREFIX


def _inside_latin(before: str, after: str) -> bool:
    """Say whether both neighbours are Latin, a digit, a space or the paragraph's edge, and one is Latin."""
    latin = "adcobqps-/"
    return all(not side or side in latin or side in "NR" for side in (before, after)) and any(
        side and side in "adcoNR" for side in (before, after)
    )
