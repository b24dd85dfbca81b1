"""Verse: a text of short lines, whose ends are the author's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from printkit.manuscript.block import Block
from printkit.manuscript.lines import is_prose, is_tail
from printkit.model.text import Kind, Paragraph, Run

_LONGEST = 22
"""Characters of a line of verse; a paragraph of so few is rare, and several in a row are rarer."""
_LEAST = 4
"""Lines of a poem."""
_NOT_VERSE = re.compile(r"\d|：|《.*》.*《|[　 ].*[　 ]|、.*、|^[（(]?[一二三四五六七八九十]+[、）)]")


_SIGNED = re.compile(r"[（(]?[\d〇一二三四五六七八九十]{4}年[^，。]{1,14}")
"""When and where it was written."""


def verse(lines: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Return a text of verse, a paragraph a stanza, and what its author has signed under it; nothing where it is none."""
    tail = next((at for at in range(len(lines), 0, -1) if not _is_signed(lines[at - 1])), 0)
    own, rest = lines[:tail], lines[tail:]
    if len(own) < _LEAST or not all(_may_be_line(line) for line in own):
        return ()
    if sum(bool(_NOT_VERSE.search(line.text)) for line in own) * 4 > len(own):
        return ()
    if sum(map(is_prose, own)) * 2 > len(own) and len({len(line.text) for line in own}) > 1:
        return ()  # sentences, and not all of one length as in 五言
    usual = min(_gap(before, line) for before, line in pairwise(own))
    stanzas: list[list[Block]] = [[own[0]]]
    for before, line in pairwise(own):
        if _gap(before, line) > usual:
            stanzas.append([])
        stanzas[-1].append(line)
    signed = (Paragraph(line.runs, Kind.SIGN, line.where) for line in rest)
    return (*map(_stanza, stanzas), *signed)


def _is_signed(line: Block) -> bool:
    return line.look.right or is_tail(line.text) or _SIGNED.fullmatch(line.text) is not None


def _may_be_line(line: Block) -> bool:
    return line.is_text and len(line.text) <= _LONGEST and line.look.level is None and line.kind is Kind.BODY


def _gap(before: Block, line: Block) -> int:
    """Return how far a line stands under the one before: by the paragraphs, and the soft breaks, between."""
    return line.where.line - before.where.line + line.breaks


def _stanza(lines: Sequence[Block]) -> Paragraph:
    runs: list[Run] = []
    for number, line in enumerate(lines, 1):
        own = list(line.runs)
        if number < len(lines):
            own[-1] = replace(own[-1], text=f"{own[-1].text}\n")
        runs += own
    return Paragraph(tuple(runs), Kind.VERSE, lines[0].where)
