"""The front of a story: kicker, headline, deck, byline, editor's note, told by look and order from the lines before its text.

A headline is what has Word's Title (outline 0), else the largest, else the bold line; over it stands the kicker, under it the deck.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from printkit.copy.people import officer, signed
from printkit.manuscript.block import Block, Note
from printkit.manuscript.lines import begins_note, is_note_head, is_office, is_prose
from printkit.model.article import Byline

_DASH = re.compile(r"^(?:——?|--|─+|―+)\s*(?=\S)")
_MOST = 12
"""Lines that a front has at most."""
_MOST_DECKS = 3
"""Lines under a headline that may be its deck; more of them are the text itself, of a poem for example."""

_Rank = tuple[int, float, bool, bool]
_UNMARKED: _Rank = (0, 0, False, False)
"""The rank of a line that nothing sets apart."""


@dataclass(slots=True)
class Front:
    """What stands over a story's text."""

    kicker: list[str] = field(default_factory=list)
    headline: list[str] = field(default_factory=list)
    deck: list[str] = field(default_factory=list)
    byline: list[Byline] = field(default_factory=list)
    note: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_front(blocks: Sequence[Block], size: int, *, alone: bool = True) -> tuple[Front, tuple[Block, ...]]:
    """Part the front of a story from its text.

    Args:
        blocks: of the story, without pictures and what is left out.
        size: of the running text, 0 where none is known.
        alone: whether the story has nothing but these; lines under a headline are then its text, if nothing else is.
    """
    front = Front()
    rest = _without_note_above(list(blocks), size, front)
    lines, rest = _lines_over_text(rest)
    signed_at = _take_bylines(lines, front)
    texts = [(at, line) for at, line in enumerate(lines) if line is not None]
    texts, after = _without_subheads(texts, signed_at, rest)
    rest = [*after, *rest]
    if texts:
        most = _MOST_DECKS if rest or not alone else 0
        rest = [*_share_out([line for _, line in texts], size, front, most), *rest]
    return front, tuple(rest)


def _without_note_above(blocks: list[Block], size: int, front: Front) -> list[Block]:
    """Take an editor's note: one that says so, one in a box, or text that stands over the headline."""
    left: list[Block] = []
    is_front, goes_on = True, False
    for block in blocks:
        opens = block.is_text and begins_note(block.text)
        if is_front and block.is_text and (goes_on or opens or (block.boxed and is_prose(block))):
            front.note.append(block)
            goes_on = opens and is_note_head(block.text)
        else:
            left.append(block)
            is_front = is_front and not is_prose(block)
            goes_on = False
    first = next((index for index, block in enumerate(left) if not is_prose(block)), 0)
    if 0 < first < 4 and not front.note and _is_headline(left[first], size):
        front.note, left = left[:first], left[first:]
    return left


def _is_headline(block: Block, size: int) -> bool:
    look = block.look
    return block.is_text and (
        look.level == 0 or (look.centred and (look.bold or (bool(size) and look.size > 1.2 * size)))
    )


def _lines_over_text(blocks: list[Block]) -> tuple[list[Block | None], list[Block]]:
    """Return the lines before the text, and the rest."""
    lines: list[Block | None] = []
    headed = [block for block in blocks if block.is_text and officer(block.text)]
    parts = headed if len(headed) > 1 else ()
    for index, block in enumerate(blocks):
        if is_prose(block) or block.table or block in parts or len(lines) == _MOST:
            return lines, blocks[index:]
        lines.append(block)
    return lines, []


def _take_bylines(lines: list[Block | None], front: Front) -> int:
    """Take the bylines out of some lines, None in the place of each; return where the last stood, 0 for none."""
    at = 0
    for index, line in enumerate(lines):
        if line is None or line.look.level is not None:
            continue
        # A name without a role is one only under a headline that is set apart from it.
        others = [one for one in lines[:index] if one is not None]
        alone = bool(others) and not line.look.bold and len(line.text) <= 12
        if (found := signed(line.text, names_alone=alone)) and (index or found.byline[0].role):
            front.byline += found.byline
            front.notes += [Note("byline-rest", line.where, word) for word in found.rest]
            lines[index] = None
            at = index
    return at


def _without_subheads(
    lines: list[tuple[int, Block]], signed_at: int, rest: Sequence[Block]
) -> tuple[list[tuple[int, Block]], list[Block]]:
    """Part the lines that are subheads of the text: under the byline, or set like later ones."""
    looks = {block.look for block in rest if _is_short(block) and (block.look.bold or block.look.level is not None)}
    after: list[Block] = []
    while len(lines) > 1:
        at, line = lines[-1]
        if _DASH.match(line.text):
            break
        is_below_byline = bool(signed_at) and at > signed_at
        is_like_later = line.look in looks and (line.look.level or 0) > 0
        # Of two bold lines of one size over the text the first is the headline.
        is_second = line.look in looks and not line.look.centred and any(one.look.bold for _, one in lines[:-1])
        if not (is_below_byline or is_like_later or (is_second and line.look.bold)):
            break
        after.insert(0, line)
        lines = lines[:-1]
    return lines, after


def _is_short(block: Block) -> bool:
    return block.is_text and len(block.text) <= 30 and not is_prose(block)


def _share_out(lines: Sequence[Block], size: int, front: Front, most: int) -> Sequence[Block]:
    """Share the lines over the text out between kicker, headline and deck; return those that are text after all."""
    first, last, is_guess = _headline(lines, size)
    front.kicker = [_undashed(line, front) for line in lines[:first]]
    front.headline = [line.text for line in lines[first : last + 1]]
    below = lines[last + 1 :]
    if len(below) > most:
        decks = sum(1 for _ in takewhile(lambda line: _DASH.match(line.text), below))
        below, text = below[:decks], below[decks:]
    else:
        text = ()
    if is_guess:
        front.notes.append(Note("guessed-front", lines[first].where, lines[first].text))
    for line in below:
        is_unsure = not is_guess and _is_plain(line, size) and not _DASH.match(line.text)
        if is_unsure and any(other.look != line.look for other in lines):
            front.notes.append(Note("unplaced", line.where, line.text))
            if is_office(line.text) and not front.byline:
                front.byline.append(Byline("", line.text))
                continue
        front.deck.append(_undashed(line, front))
    return text


def _headline(lines: Sequence[Block], size: int) -> tuple[int, int, bool]:
    """Return the first and last line of the headline, and whether only their order tells it."""
    ranks = [_rank(line, size) for line in lines]
    best = max(ranks)
    if best > _UNMARKED and not (len(set(ranks)) == 1 and len(lines) > 1):
        first = ranks.index(best)
        last = first
        while last + 1 < len(lines) and ranks[last + 1] == best and _goes_on(lines[last], lines[last + 1]):
            last += 1
        return first, last, False
    if len(lines) > 1 and best > _UNMARKED and all(map(_goes_on, lines, lines[1:])):
        dashed = next((at for at, line in enumerate(lines) if at and _DASH.match(line.text)), len(lines))
        return 0, dashed - 1, False
    dashed = next((at for at, line in enumerate(lines) if at and _DASH.match(line.text)), 0)
    first = dashed - 1 if dashed else min(len(lines) - 1, 1 if len(lines) > 2 else 0)
    return first, first, len(lines) > 1 and not dashed


def _rank(line: Block, size: int) -> _Rank:
    """Return how much a line looks like the headline: Title over size over a heading's style over bold.

    Bold makes a line as striking as type a third larger does: a kicker is often larger than the text, and light.
    """
    look = line.look
    if _DASH.match(line.text):
        return 0, 0, False, False
    striking = look.size * _BOLD_IS if look.bold else look.size
    return int(look.level == 0), striking if striking > size else 0, look.level is not None, look.bold


_BOLD_IS = 1.35


def _goes_on(before: Block, line: Block) -> bool:
    """Say whether a line is the second of one headline: a soft break, or set like it in its middle."""
    set_apart = line.look.centred or line.look.level is not None
    return before.look == line.look and set_apart and not _DASH.match(line.text)


def _is_plain(line: Block, size: int) -> bool:
    look = line.look
    return not (look.bold or look.centred or look.level is not None or look.size > size > 0)


def _undashed(line: Block, front: Front) -> str:
    found = _DASH.match(line.text)
    if not found:
        return line.text
    front.notes.append(Note("deck-dash", line.where, found[0]))
    return line.text[found.end() :]
