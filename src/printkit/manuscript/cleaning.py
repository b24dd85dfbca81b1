"""Blocks with their blanks mended, and their marks, quotes and digits by the copy desk's safe rules, and a note of each change.

In: blocks as they were read. Out: blocks, and notes of what was changed and of what is to be looked at. Words are never changed, nor
addresses.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from printkit.copy.finds import latin_words, masked, private_numbers, repeated, without_meaning
from printkit.copy.marks import ADDRESS, WHITE, unseen_changes
from printkit.copy.spans import Change, applied_to_runs
from printkit.copydesk.rule import Found, Rule
from printkit.copydesk.rules import dash_form, ellipsis_form, fullwidth_digits, half_mark, straight_quote
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block, Note
from printkit.model.text import Paragraph, Run, Table, joined

_RULES = (
    ("half-mark", half_mark.check),
    ("straight-quotes", straight_quote.check),
    ("fullwidth-digits", fullwidth_digits.check),
    ("ellipsis-form", ellipsis_form.check),
    ("dash-form", dash_form.check),
)
"""The copy desk's rules that are followed unread, by the codes of the notes."""
_LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


def cleaned(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Return blocks of mended text, without those that have nothing to see, and what there is to tell of them."""
    notes: list[Note] = []
    found: list[Block] = []
    waiting = 0
    anew = False
    for block in chain.from_iterable(map(_lines, blocks)):
        clean = _cleaned(block, notes)
        breaks, anew = clean.breaks + waiting, anew or clean.begins_anew
        if not (clean.text.strip() or clean.table or clean.pictures):
            waiting = breaks
            continue
        found.append(replace(clean, breaks=breaks, begins_anew=anew))
        waiting, anew = 0, False
    texts = [block.text for block in found]
    for first, second in repeated(texts):
        where = found[first].where
        notes.append(Note("repeated-paragraph", found[second].where, f"{texts[second][:16]}…", f"{where.line}"))
    return tuple(found), tuple(notes)


def _lines(block: Block) -> Iterator[Block]:
    """Part a block at the line ends that a copied text brings along; each but the first is a soft break."""
    if not _LINE_END.search(block.text):
        yield block
        return
    lines: list[list[Run]] = [[]]
    for run in block.runs:
        first, *others = _LINE_END.split(run.text)
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in others)
    yield replace(block, runs=joined(lines[0]))
    for line in lines[1:]:
        yield replace(block, runs=joined(line), breaks=1, begins_anew=False)


def _cleaned(block: Block, notes: list[Note]) -> Block:
    runs = _runs(block.runs, block.where, notes)
    table = block.table
    if table:
        rows = [tuple(_cell(cell, block.where, notes) for cell in row) for row in (table.head, *table.rows)]
        table = Table(rows[0], tuple(rows[1:]), table.aligns)
    return replace(block, runs=runs, table=table)


def _cell(cell: Paragraph, where: SourceRef, notes: list[Note]) -> Paragraph:
    runs = tuple(replace(run, text=_LINE_END.sub(" ", run.text)) for run in cell.runs)
    return replace(cell, runs=_runs(runs, where, notes))


def _runs(runs: tuple[Run, ...], where: SourceRef, notes: list[Note]) -> tuple[Run, ...]:
    text = "".join(run.text for run in runs)
    if not text.strip(WHITE):
        return ()
    changes = changes_of(text)
    for change in changes:
        was = text[change.start : change.end]
        notes.append(Note(change.code, replace(where, column=change.start + 1), was, change.now))
    clean = joined(applied_to_runs(runs, changes))
    notes.extend(_finds("".join(run.text for run in clean), where))
    return clean


def changes_of(text: str) -> tuple[Change, ...]:
    """Return every change of a text that needs no question, in order; none meets another."""
    kept = deque(found.span() for found in ADDRESS.finditer(text))
    end = len(text.rstrip(WHITE))
    found = [
        Change(edit.start, _past_blanks(text, edit.end, end) if rule is half_mark.check else edit.end, edit.text, code)
        for code, rule in _RULES
        for one in _found(rule, text)
        if one.is_safe
        for edit in one.edits
    ]
    changes: list[Change] = []
    for change in sorted((*found, *unseen_changes(text))):
        while kept and kept[0][1] <= change.start:  # both are in order
            kept.popleft()
        of_address = bool(kept) and kept[0][0] < change.end
        if not of_address and (not changes or changes[-1].end <= change.start):
            changes.append(change)
    return tuple(changes)


def _found(rule: Rule, text: str) -> Iterable[Found]:
    return rule.look(text) if rule.look and any(mark in text for mark in rule.marks) else ()


def _past_blanks(text: str, at: int, end: int) -> int:
    """Return where the blanks end that were typed after a half-width mark; those at the text's end go by themselves."""
    while at < end and text[at] == " ":
        at += 1
    return at


def _finds(text: str, where: SourceRef) -> Iterator[Note]:
    """Yield what is to be looked at; places are those of the mended text."""
    for code, rule in (("odd-quotes", straight_quote.check), ("half-point", half_mark.check)):
        for one in _found(rule, text):
            if not (one.edits and one.is_safe):
                yield Note(code, replace(where, column=one.start + 1), text[max(one.start - 4, 0) : one.end + 4])
    spans = (
        ("privacy", private_numbers(text)),
        ("latin-in-han", latin_words(text)),
        ("private-use", without_meaning(text)),
    )
    for code, found in spans:
        for start, end in found:
            yield Note(code, replace(where, column=start + 1), masked(text[start:end]))
