"""Plain text (.txt) as blocks: where paragraphs begin when nothing but line ends and blanks says so.

Two full-width blanks begin a paragraph. Where half the lines share one length the file is wrapped, and its lines are joined; else
a line is a paragraph. A paragraph that a scanned page has cut (long, no mark at its end, text after it) goes on in the next one:
that is told, with its place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from printkit.copy.marks import HAN
from printkit.copy.people import officer, signed
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block, Look, Manuscript, Note
from printkit.manuscript.lines import is_rule
from printkit.model.text import Run

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_CUT = 40
"""Characters from which a line without a mark at its end was cut, rather than being a heading (real pages: 60 and more)."""
_LEAST_WRAPPED = 15
_INDENT = ("\u3000\u3000", "    ", "\t")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    number: int
    after_blank: bool


def read_plain(name: str, text: str, encoding: str) -> Manuscript:
    """Read a plain text."""
    lines: list[_Line] = []
    blank = True
    for number, line in enumerate(re.split("\r\n|[\n\r\f\x0b\u2028\u2029]", text), 1):
        if line.strip():
            lines.append(_Line(line.rstrip(), number, blank))
        blank = not line.strip()
    notes: list[Note] = []
    width = _wrapped_at([line.text for line in lines])
    blocks: list[Block] = []
    parts: list[str] = []
    """The lines of the last block, which are joined when its last is known."""

    def close() -> None:
        if len(parts) > 1:
            blocks[-1] = replace(blocks[-1], runs=(Run("".join(parts)),))

    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        goes_on = before is not None and blocks and _goes_on(before, line, width)
        if goes_on or (before is not None and blocks and _was_cut(blocks[-1], parts, line)):
            code = "wrapped-lines" if goes_on else "scan-break"
            text_before, text_after = parts[-1], line.text.strip()
            is_latin = re.match(r"[\w,.]", text_before[-1:], re.ASCII) and re.match(r"\w", text_after, re.ASCII)
            notes.append(Note(code, SourceRef(name, line.number), text_before[-8:], text_after[:8]))
            parts.append(f" {text_after}" if is_latin else text_after)
        else:
            close()
            blocks.append(_block(name, line))
            parts = [blocks[-1].text]
    close()
    return Manuscript(name, tuple(blocks), tuple(notes), encoding)


def _block(name: str, line: _Line) -> Block:
    where = SourceRef(name, line.number)
    if found := _HEADING.match(line.text):
        return Block(where, (Run(line.text[found.end() :].rstrip("# ")),), Look(level=len(found[1]) - 1))
    return Block(where, (Run(line.text),))


def _wrapped_at(lines: list[str]) -> int:
    """Return the length at which the lines of a text wrap, 0 where they do not."""
    lengths = Counter(map(len, lines))
    if len(lines) < 6:
        return 0
    common, _ = max(lengths.items(), key=lambda item: (item[1], item[0]))
    alike = [line for line in lines if abs(len(line) - common) <= 1]
    # A line that wraps ends anywhere; sentences of one length are paragraphs.
    whole = sum(line.endswith(tuple("。！？”")) for line in alike)
    return common if common >= _LEAST_WRAPPED and len(alike) * 2 >= len(lines) and whole * 2 < len(alike) else 0


def _goes_on(before: _Line, line: _Line, width: int) -> bool:
    """Say whether a line goes on with the one before it, in a text that wraps at some width."""
    full = len(before.text) >= width - 3
    return (
        bool(width)
        and not line.after_blank
        and not line.text.startswith(_INDENT)
        and full
        and not _HEADING.match(line.text)
    )


def _was_cut(block: Block, parts: Sequence[str], line: _Line) -> bool:
    """Say whether a page's end parted a paragraph, of which some lines are known to be one."""
    text, after = parts[-1].strip(), line.text.strip()
    is_long = len("".join(parts[:_CUT]).strip()) >= _CUT
    if block.look.level is not None or not line.after_blank or not is_long or line.text.startswith(_INDENT):
        return False
    ends_open = re.match(rf"[{HAN}\w，、“《（]", text[-1:]) is not None
    begins_so = re.match(rf"[{HAN}\w“”’》）]", after) is not None
    return ends_open and begins_so and not (_HEADING.match(after) or is_rule(after) or officer(after) or signed(after))
