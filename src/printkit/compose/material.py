"""Gather a paragraph into the lists that breaking works on (rulebook, 11, up to the breaks).

In: a `Paragraph`, its `TextStyle` and the widths of the font. Out: a `Material`. The stages are
collect (clusters of the runs), class, box and gap (what each cluster and each two neighbours take)
and seam (where lines may end).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import add

from printkit.compose import costs
from printkit.compose.breaks import FORBIDDEN, addresses, breakable, hyphen_words, seams
from printkit.compose.classes import BLANKS, classes
from printkit.compose.widths import FIXED, LATIN, Gap, gap_table
from printkit.model.lines import FontMetrics, Hyphenator, WordBreaker
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run

_CLOSED = Gap(0, 0, FIXED, 0, 0, 0, 0, FORBIDDEN)
_PAIRED = re.compile("—{2,}|…{2,}|⋯{2,}")
_WHITE = " \t\n\r"


@dataclass(frozen=True, slots=True)
class Material:
    """A paragraph as parallel lists, one entry a cluster; lengths are mpt.

    `body` is what a cluster occupies without blanks, `shift` where its glyph stands in that box, `gaps`
    what follows it. `penalty[i]` is the cost of a break before cluster `i` (negative: none). `hyphens`
    holds the width of the hyphen that a break before a cluster asks for. `natural` and `placed` are the
    advance and the shift of each cluster inside an unadjusted line. `kinds` and `opens` repeat those of
    the gaps, so that a line can be searched at once.
    """

    em: int
    text: str
    clusters: list[str]
    letters: str
    runs: list[int]
    offsets: list[int]
    body: list[int]
    shift: list[int]
    gaps: list[Gap]
    penalty: list[float]
    hyphens: dict[int, int]
    natural: list[int]
    placed: list[int]
    kinds: bytes
    opens: bytes
    prices: costs.Prices


def gather(
    paragraph: Paragraph,
    style: TextStyle,
    metrics: FontMetrics,
    words: WordBreaker | None = None,
    hyphenator: Hyphenator | None = None,
) -> Material:
    """Turn a paragraph into the lists that breaking works on.

    Args:
        paragraph: the copy; white space at its ends is left out.
        style: size and house rules.
        metrics: widths of the clusters.
        words: with it a line ends only where a word ends (headings).
        hyphenator: divides long Latin words as a last resort.
    """
    clusters, widths, runs, offsets = _collect(paragraph, metrics)
    heads = "".join([cluster if len(cluster) == 1 else _head(cluster) for cluster in clusters])
    letters = classes(heads)
    cells = _cells(paragraph.runs, metrics, style.size)
    body, shift = _boxes(heads, letters, widths, runs, cells, style.composition.half_digits)
    gaps = _gaps(letters, widths, runs, cells, style)
    penalty = [FORBIDDEN, *[gap[7] for gap in gaps]]
    for at, cost in seams(heads, letters, style.composition.prohibition):
        if at < len(penalty) and (cost < 0 or letters[at] not in BLANKS):
            penalty[at] = cost
    _bind_blanks(letters, penalty, style)
    _bind_runs(paragraph.runs, runs, penalty, gaps)
    hyphens = _hyphens(clusters, letters, heads, runs, paragraph.runs, metrics, hyphenator, penalty)
    if words is not None:
        _keep_words("".join(clusters), clusters, letters, words, penalty)
    if penalty:
        penalty[-1] = 0.0
    before = [0, *[gap[1] for gap in gaps[:-1]]][: len(gaps)]
    once: dict[int, int] = {}  # equal lengths are one object: every line of every page keeps its own
    natural = [
        once.setdefault(at := gap[0] + box + blank, at) for gap, box, blank in zip(gaps, body, before, strict=True)
    ]
    placed = [once.setdefault(at, at) for at in map(add, shift, before)]
    return Material(
        em=style.size,
        text=paragraph.text,
        clusters=clusters,
        letters=letters,
        runs=runs,
        offsets=offsets,
        body=body,
        shift=shift,
        gaps=gaps,
        penalty=penalty,
        hyphens=hyphens,
        natural=natural,
        placed=placed,
        kinds=bytes([gap[2] for gap in gaps]),
        opens=bytes([gap[6] for gap in gaps]),
        prices=costs.PRICES[style.composition.spacing],
    )


def _head(cluster: str) -> str:
    """Return the character that a longer cluster is classed by; a blank with an accent no longer vanishes."""
    return _UNITS.get(cluster) or ("\u0301" if cluster[0] in " \t\n\r\u3000\u200b\u00ad" else cluster[0])


_UNITS = {"——": "⸺", "……": "⋯", "⋯⋯": "⋯"}


def _collect(paragraph: Paragraph, metrics: FontMetrics) -> tuple[list[str], list[int], list[int], list[int]]:
    """Return clusters, their widths and runs, and the offset of each in the text (one more for the end)."""
    clusters: list[str] = []
    widths: list[int] = []
    runs: list[int] = []
    text = paragraph.text
    begin = len(text) - len(text.lstrip(_WHITE))
    end = len(text.rstrip(_WHITE))
    at = 0
    for index, run in enumerate(paragraph.runs):
        piece = run.text[max(0, begin - at) : max(0, end - at)]
        at += len(run.text)
        if not piece:
            continue
        found = metrics.clusters(piece, run)
        if _PAIRED.search(piece):
            found = _pair(found)
        clusters += [cluster for cluster, _ in found]
        widths += [width for _, width in found]
        runs += [index] * len(found)
    offsets = list(accumulate(map(len, clusters), initial=begin))
    return clusters, widths, runs, offsets


def _pair(found: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Join the halves of —— and …… into one cluster each (U1), if the shaper has not."""
    joined: list[tuple[str, int]] = []
    for cluster, width in found:
        if joined and cluster in "—…⋯" and joined[-1][0] == cluster:
            joined[-1] = (cluster * 2, joined[-1][1] + width)
        else:
            joined.append((cluster, width))
    return joined


def _cells(runs: Sequence[Run], metrics: FontMetrics, em: int) -> list[int]:
    """Return the advance of a Han in each run: the em that its marks are halves of."""
    known: dict[Run, int] = {}
    for run in runs:
        manner = replace(run, text="国", link=None, ruby=None)
        if manner not in known:
            known[manner] = sum(width for _, width in metrics.clusters("国", manner)) or em
    return [known[replace(run, text="国", link=None, ruby=None)] for run in runs]


_BOXED = re.compile("[OCASEFPNRMDLsizywd]")
_HALF = "OCASEPNR"
"""Classes whose box is half an em without its blanks (W2, W6, part 1)."""


def _boxes(
    heads: str, letters: str, widths: list[int], runs: list[int], cells: list[int], half_digits: bool
) -> tuple[list[int], list[int]]:
    """Return the box of every cluster without blanks, and where its glyph stands in it."""
    body = list(widths)
    shift = [0] * len(widths)
    for match in _BOXED.finditer(letters):
        index = match.start()
        letter, width, cell = letters[index], widths[index], cells[runs[index]]
        if letter in "sizy":
            body[index] = 0
        elif letter == "w":
            body[index] = width if heads[index] in "\u00a0\u202f" else 0
        elif letter == "d":
            if half_digits:
                body[index], shift[index] = cell // 2, (cell // 2 - width) // 2
        elif letter == "F" and index and letters[index - 1] != "E":
            continue
        elif letter == "F" or letter in _HALF:
            body[index] = cell // 2
            if letter == "O":
                shift[index] = cell // 2 - width
            elif letter in "PNR":
                shift[index] = (cell // 2 - width) // 2
        elif letter in "DL":
            body[index] = 2 * cell if width * 2 > 3 * cell else cell
            shift[index] = (body[index] - width) // 2
        else:
            body[index] = cell
            shift[index] = (cell - width) // 2
    return body, shift


def _gaps(letters: str, widths: list[int], runs: list[int], cells: list[int], style: TextStyle) -> list[Gap]:
    """Return the gap after every cluster; the last is closed."""
    tables = {cell: gap_table(style.composition, cell) for cell in cells}
    pairs = map(add, letters, letters[1:])
    if len(tables) == 1:
        table = next(iter(tables.values()))
        gaps = [table[pair] for pair in pairs]
    else:
        gaps = [tables[cells[run]][pair] for pair, run in zip(pairs, runs, strict=False)]
    if letters:
        gaps.append(_CLOSED)
    for match in re.finditer("[szy]+", letters):
        first = letters[match.start() - 1 : match.start()]
        second = letters[match.end() : match.end() + 1]
        table = tables[cells[runs[match.start()]]]
        for at in range(max(0, match.start() - 1), match.end()):
            gaps[at] = _CLOSED
        if not second:
            continue
        if "s" in match[0]:
            spaces = [widths[at] for at in range(match.start(), match.end()) if letters[at] == "s"]
            gaps[match.end() - 1] = table.spaced(first, second, spaces[0], len(spaces))
        elif first:
            # ZWSP is the editor's own break; a soft hyphen gets its cost with its hyphen.
            zero_space = breakable("z", second, style.composition.prohibition)
            gaps[match.end() - 1] = table[first + second]._replace(penalty=zero_space if "z" in match[0] else FORBIDDEN)
    if style.letter_spacing:
        spread = style.letter_spacing
        gaps = [gap._replace(after=gap.after + spread) if gap.opens or gap.kind == LATIN else gap for gap in gaps]
    return gaps


def _bind_blanks(letters: str, penalty: list[float], style: TextStyle) -> None:
    """Keep blanks (U+3000, U+200B) after a mark that may not end a line: they vanish at a break, the mark would end it."""
    for match in re.finditer("[iz]+", letters):
        start, end = match.span()
        if start and breakable(letters[start - 1], "H", style.composition.prohibition) < 0:
            for at in range(start, min(end + 1, len(penalty))):
                penalty[at] = FORBIDDEN


def _bind_runs(runs: Sequence[Run], of: list[int], penalty: list[float], gaps: list[Gap]) -> None:
    """Keep ruby groups whole, and note marks with the text before them (U9, U10)."""
    if not any(run.ruby or run.superior for run in runs):
        return
    for at in range(1, len(of)):
        run = runs[of[at]]
        if (run.ruby and of[at] == of[at - 1]) or run.superior:
            penalty[at] = FORBIDDEN
            gaps[at - 1] = gaps[at - 1]._replace(opens=0)


def _hyphens(
    clusters: list[str],
    letters: str,
    heads: str,
    of: list[int],
    runs: Sequence[Run],
    metrics: FontMetrics,
    hyphenator: Hyphenator | None,
    penalty: list[float],
) -> dict[int, int]:
    """Open the places where a hyphen may be put, and return the hyphen's width at each."""
    # A soft hyphen divides a word: before anything but a letter or digit it is nothing.
    places = [match.end() for match in re.finditer("(?<=[^sizy])y+(?=[ad])", letters)]
    if places:
        inside = {at for address in addresses(heads) for at in address}
        places = [at for at in places if at not in inside]
    if hyphenator is not None:
        for start, word in hyphen_words(heads):
            if all(len(cluster) == 1 for cluster in clusters[start : start + len(word)]):
                places += [start + offset for offset in hyphenator.positions(word) if 1 < offset < len(word) - 1]
    hyphens: dict[int, int] = {}
    for at in places:
        penalty[at] = costs.HYPHEN
        hyphens[at] = sum(width for _, width in metrics.clusters("-", replace(runs[of[at - 1]], text="-")))
    return hyphens


def _keep_words(text: str, clusters: list[str], letters: str, words: WordBreaker, penalty: list[float]) -> None:
    """Forbid every break that is not at a word's end."""
    ends = set(accumulate(map(len, words.words(text))))
    for at, offset in enumerate(accumulate(map(len, clusters)), start=1):
        if offset not in ends and letters[at - 1] not in BLANKS:
            penalty[at] = FORBIDDEN
