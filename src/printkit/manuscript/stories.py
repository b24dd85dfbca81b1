"""Where the stories of a manuscript begin: at a page break, a line of stars, or a headline as large as the first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from printkit.copy.people import signed
from printkit.manuscript.block import Block, Note
from printkit.manuscript.lines import is_prose, is_rule


def body_size(blocks: Sequence[Block]) -> int:
    """Return the size that most characters of running text have; 0 where the manuscript has no sizes."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        if is_prose(block):
            sizes[block.look.size] += len(block.text)
    if not sizes:
        sizes.update(block.look.size for block in blocks if block.is_text)
    return sizes.most_common(1)[0][0] if sizes else 0


def without_rules(blocks: Sequence[Block], notes: list[Note]) -> tuple[Block, ...]:
    """Return blocks without lines of stars or dashes, which are told; the next block begins anew."""
    found: list[Block] = []
    anew = False
    for block in blocks:
        if block.is_text and is_rule(block.text):
            notes.append(Note("rule-line", block.where, block.text))
            anew = True
        else:
            found.append(replace(block, begins_anew=block.begins_anew or anew))
            anew = False
    return tuple(found)


def parted(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """Return the stories of a manuscript, each with its own headlines."""
    size = body_size(blocks)
    begins = [0]
    largest = max((b.look.size for b in blocks if _is_large(b, size)), default=0)
    # Kept in mind as they come: looked back for, each block would cost all before it.
    has_title, prose = False, -1
    for index, block in enumerate(blocks):
        if prose >= begins[-1] and _begins(blocks, index, size, largest, has_title=has_title):
            begins.append(_first_of_front(blocks, index, begins[-1]))
        if is_prose(block):
            prose = index
        has_title = has_title or block.look.level == 0
    ends = [*begins[1:], len(blocks)]
    return tuple(tuple(blocks[start:end]) for start, end in zip(begins, ends, strict=True) if end > start)


def _begins(blocks: Sequence[Block], index: int, size: int, largest: int, *, has_title: bool) -> bool:
    block = blocks[index]
    if block.begins_anew:
        front = [one for one in blocks[index : index + 5] if one.is_text]
        front = front[: next((at for at, one in enumerate(front) if is_prose(one)), len(front))]
        return any(
            one.look.level == 0 or one.look.centred or one.look.bold or one.look.size > size for one in front
        ) or (bool(front) and not size)
    if block.look.level == 0:
        return has_title
    return _is_large(block, size) and block.look.size >= 0.8 * largest


def _is_large(block: Block, size: int) -> bool:
    look = block.look
    return (
        block.is_text
        and look.centred
        and look.bold
        and bool(size)
        and look.size >= 1.25 * size
        and len(block.text) < 60
    )


def _first_of_front(blocks: Sequence[Block], index: int, least: int) -> int:
    """Return where the lines over a headline begin: a kicker, set like one."""
    start = index
    if blocks[index].begins_anew:
        return start
    while start - 1 > least:
        before = blocks[start - 1]
        set_apart = before.look.centred and not before.look.right
        if not before.is_text or is_prose(before) or not set_apart or len(before.text) > 40 or signed(before.text):
            break
        start -= 1
    return start
