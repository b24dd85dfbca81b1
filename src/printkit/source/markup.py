"""The light markup of the copy: paragraphs of marked runs out of a text.

In come the lines of a text with their places, out come `Paragraph` values. Only white space and the marks
themselves are taken from the copy; every other code point comes out, in order.

Blocks are told by how a line begins (``## ``, ``> ``, ``- ``) and read here: markdown-it's own block rules drop
text (the closing ``##`` of a heading, ``- - -``) and lines that wrap must be joined before inline marks are read.
Lines of verse (``~ ``) and those that stand right, flush or centred (``>> ``, ``<< ``, ``^ ``) stay the lines they are.
Inline marks are markdown-it-py's, with three rules of ours: emphasis by ``*`` alone and beside full-width
marks, links of one kind, and escapes of just the marks that are on. Nothing else is on. A pipe table (a head, a
line of dashes under it, rows) is read here, too: `source.tables` cuts it into cells.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from printkit.diagnostics import Say, SourceRef
from printkit.model.text import LINED, Kind, Paragraph, Run, Table
from printkit.source import tables

_INDENT = " \t\u3000\xa0"
"""White that copy is indented with; at the ends of lines it means nothing."""

_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that Unicode has without any ink."""

_SHARED_MARKS = "“”‘’—…·"
"""Marks that Chinese shares with Latin: as wide as Han in a Chinese paper, whatever Unicode says of their width."""

_ESCAPABLE = "\\*[]#>-|~<^"

_LINK = re.compile(
    r"""\[ (?P<text> (?: \\. | [^\\\[\]] )+ ) \]
        \( [ ]* (?P<href> <[^<>]*> | (?: [^\s()<>] | \([^\s()]*\) )+ ) [ ]* \)""",
    re.VERBOSE,
)
_ALLOWED_LINK = re.compile(r"(https?://|mailto:|tel:)\S+", re.IGNORECASE)
_PICTURE = re.compile(r"(?<!\\)!\[[^\[\]]*\]\([^()]*\)")
_OTHER_HEADING = re.compile(r"(#|#{3,6})[ \u3000]\S|##[^#\s]")

_LINE_MARKS = {"~": Kind.VERSE, ">>": Kind.SIGN, "<<": Kind.FLUSH, "^": Kind.CENTRE}
_MARKED_LINE = re.compile(r"(~|>>|<<|\^)[ \t\u3000\xa0]+(?=.)")
_UNPARTED_MARK = re.compile(r"(>>|<<|[~^](?![\d_^~-]))(?=[\w“‘（《])|>>")
"""A mark of a line without the blank after it; ``~30`` and ``^_^`` are copy."""
_CLAUSE = re.compile(
    r"\d{1,2}(?:、|[.．](?!\d))|[一二三四五六七八九十]{1,3}、|（(?:[一二三四五六七八九十]{1,3}|\d{1,2})）"
)
"""How a numbered clause begins: ``1.``, ``1、``, ``一、``, ``（一）``, ``（1）``; 1.5 is a number."""
_NUMBER = re.compile(r"(\d{1,2})[.．]")

Line = tuple[str, SourceRef]
Tell = Callable[[str, SourceRef, Say, Say], None]
"""Takes a code, a place, a message and a hint: ``table`` and ``markup`` are errors, ``odd-markup`` is a warning."""


def read_paragraphs(lines: Iterable[Line], tell: Tell) -> tuple[Paragraph, ...]:
    """Read the lines of a text as paragraphs of marked runs."""
    return tuple(_read_block(block, tell) for block in _blocks(list(_split(lines)), tell))


def join_lines(lines: Iterable[str]) -> str:
    """Join lines that only wrap in the file: a space between two Latin words, nothing beside Han."""
    parts: list[str] = []
    for text in lines:
        line = text.strip(_INDENT + "\n\r\u2028\u2029")
        if not line:
            continue
        if parts and _are_words(parts[-1], line):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def shows(text: str) -> bool:
    """Say whether a text has anything to see: marks of direction, joiners and blanks alone print as nothing."""
    return any(unicodedata.category(char) not in _UNSEEN and char not in _FILLERS for char in text)


@dataclass(slots=True)
class _Block:
    kind: Kind
    where: SourceRef
    lines: list[str] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    """The lines of a table."""
    clause: int = 0
    """The number of a clause (``1.``), else 0."""


def _split(lines: Iterable[Line]) -> Iterable[Line]:
    """Take U+2028 and U+2029, which word processors leave in copy, for the line ends they are."""
    for text, where in lines:
        for part in re.split("[\u2028\u2029]", text):
            yield part, where


def _blocks(lines: Sequence[Line], tell: Tell) -> list[_Block]:
    blocks: list[_Block] = []
    is_open = is_table = False
    for index, (text, where) in enumerate(lines):
        line = text.strip(_INDENT)
        if not line:
            is_open = is_table = False
        elif is_table or (index + 1 < len(lines) and tables.begins(line, lines[index + 1][0].strip(_INDENT))):
            if not is_table:
                blocks.append(_Block(Kind.TABLE, where))
            blocks[-1].rows.append((line, where))
            is_open, is_table = False, True
        else:
            indented = text.startswith("\u3000\u3000") and not _MARKED_LINE.match(line)
            is_open = _add_line(blocks, line, where, is_open and not indented, tell)
    return blocks


def _add_line(blocks: list[_Block], line: str, where: SourceRef, goes_on: bool, tell: Tell) -> bool:
    """Add a line to the last block or begin one; return whether the block may go on in the next line."""
    written = line
    kind, line = _kind_of(line)
    if kind is Kind.QUOTATION and not line:
        return False  # A bare `>` parts the paragraphs of a quotation.
    _check_marks(written, kind, line, where, tell)
    last = blocks[-1].kind if blocks else kind
    if goes_on and line in _LINE_MARKS and last is _LINE_MARKS[line]:
        return False  # A bare `~` parts stanzas; it has been told.
    if kind is Kind.BODY and _OTHER_HEADING.match(line):
        message = Say(
            f"`{line[:12]}` stays as written: only `## ` makes a subhead", f"“{line[:12]}”照原样排：只有“## ”是小标题"
        )
        hint = Say("write `## `, with a space after it", "请写“## ”，后面空一格")
        tell("odd-markup", where, message, hint)
    clause = _clause(line, blocks[-1].clause if goes_on else 0) if kind not in LINED else 0
    if (
        kind in (Kind.SUBHEAD, Kind.LIST_ITEM)
        or not goes_on
        or (last is not kind and (kind is Kind.QUOTATION or kind in LINED or last in LINED))
        or (kind not in LINED and (clause or _CLAUSE.match(line)))
    ):
        blocks.append(_Block(kind, where, clause=clause))
    blocks[-1].lines.append(line)
    return kind is not Kind.SUBHEAD


def _clause(line: str, last: int) -> int:
    """Return the number of a clause, else 0: after ``1.`` a line that begins ``2.43家`` is the second and no 2.43."""
    found = _NUMBER.match(line)
    return int(found[1]) if found and (_CLAUSE.match(line) or (last and int(found[1]) == last + 1)) else 0


def _kind_of(line: str) -> tuple[Kind, str]:
    if found := re.match("##[ \t\u3000\xa0]+(?=.)", line):
        return Kind.SUBHEAD, line[found.end() :]
    if found := re.match("-[ \t\u3000\xa0]+(?=.)", line):
        return Kind.LIST_ITEM, line[found.end() :]
    if found := _MARKED_LINE.match(line):
        return _LINE_MARKS[found[1]], line[found.end() :]
    if line.startswith(">") and not line.startswith(">>"):
        return Kind.QUOTATION, line[1:].strip(_INDENT)
    return Kind.BODY, line


def _check_marks(written: str, kind: Kind, line: str, where: SourceRef, tell: Tell) -> None:
    """Tell of a mark of lines that stands alone, has no blank after it, or stands with another mark."""
    if kind is Kind.BODY:
        if not (found := _UNPARTED_MARK.match(line)) and line not in _LINE_MARKS:
            return
        mark = found[0] if found else line
        message = Say(f"`{line[:12]}` marks no line: `{mark} ` needs a space and text after it",
                      f"“{line[:12]}”不成记号：“{mark}”后面要空一格，再写文字")  # fmt: skip
        hint = Say("give it both; an empty line parts stanzas; for the sign itself write `\\` before it",
                   "请补上；诗分节用空行；要排这个符号本身，请在前面写“\\”")  # fmt: skip
        tell("odd-markup", where, message, hint)
    elif (other := _kind_of(line)[0]) is not Kind.BODY and (kind in LINED or other in LINED):
        _tell_nested(written, where, tell)


def _tell_nested(written: str, where: SourceRef, tell: Tell) -> None:
    message = Say(
        f"`{written[:12]}` has two marks: the second stays as written", f"“{written[:12]}”有两个记号：第二个照原样排"
    )
    hint = Say(
        "a line has one mark; for the sign itself write `\\` before it",
        "一行只用一个记号；要排这个符号本身，请在前面写“\\”",
    )
    tell("odd-markup", where, message, hint)


def _are_words(before: str, after: str) -> bool:
    """Tell whether two lines end and begin with words that a space parts, looking through marks."""
    last = before.rstrip("*" + _SHARED_MARKS)[-1:]
    first = after.lstrip("*[" + _SHARED_MARKS)[:1]
    return bool(last and first) and not (_is_set_close(last) or _is_set_close(first))


def _is_set_close(character: str) -> bool:
    # Korean is as wide as Han, but parts its words by spaces.
    return _is_wide(character) and not unicodedata.name(character, "").startswith("HANGUL")


def _is_wide(character: str) -> bool:
    return character in _SHARED_MARKS or unicodedata.east_asian_width(character) in ("W", "F")


def _read_block(block: _Block, tell: Tell) -> Paragraph:
    if block.rows:
        return Paragraph((), Kind.TABLE, block.where, _read_table(block.rows, tell))
    if block.kind in LINED:
        return _read_lines(block, tell)
    return _read_text(join_lines(block.lines), block.kind, block.where, tell)


def _read_lines(block: _Block, tell: Tell) -> Paragraph:
    """Read lines that stay lines: each has marks of its own, and all but the last end with a line end."""
    runs: list[Run] = []
    for line in block.lines:
        if runs:
            runs[-1] = replace(runs[-1], text=f"{runs[-1].text}\n")
        runs += _read_text(line.strip(_INDENT), block.kind, block.where, tell).runs
    return Paragraph(tuple(runs), block.kind, block.where)


def _read_table(lines: Sequence[Line], tell: Tell) -> Table:
    """Read the lines of a table: each cell is a paragraph with marks of its own, at its row's place."""

    def cells(row: tables.Row) -> tuple[Paragraph, ...]:
        for text in row.cells:
            if _MARKED_LINE.match(text.strip(_INDENT)):
                _tell_nested(text.strip(_INDENT), row.where, tell)
        return tuple(_read_text(text.strip(_INDENT), Kind.BODY, row.where, tell) for text in row.cells)

    grid = tables.cut(lines, tell)
    return Table(cells(grid.head), tuple(cells(row) for row in grid.rows), grid.aligns)


def _read_text(text: str, kind: Kind, where: SourceRef, tell: Tell) -> Paragraph:
    if _PICTURE.search(text):
        message = Say("a picture cannot stand in the text", "正文里不能插图片")
        tell("markup", where, message, Say("list it under `pictures`", "请写在“图片”（pictures）下"))
    return Paragraph(tuple(_runs(text, where, tell)), kind, where)


def _runs(text: str, where: SourceRef, tell: Tell) -> list[Run]:
    if not any(mark in text for mark in "*[\\"):
        return [Run(text)]
    runs: list[Run] = []
    manner = Run("")
    opened: list[Run] = []
    parts: list[str] = []
    for token in _inline_tokens(text):
        if token.nesting == 0:
            parts.append(token.content)
            continue
        if content := "".join(parts):
            runs.append(replace(manner, text=content))
        parts = []
        if token.nesting > 0:
            opened.append(manner)
            manner = _in_manner(manner, token, where, tell)
        else:
            manner = opened.pop()
    if content := "".join(parts):
        runs.append(replace(manner, text=content))
    return runs


def _in_manner(manner: Run, token: Token, where: SourceRef, tell: Tell) -> Run:
    if token.type == "strong_open":
        return replace(manner, strong=True)
    if token.type == "em_open":
        return replace(manner, emphasis=True)
    href = str(token.attrs["href"])
    if not _ALLOWED_LINK.fullmatch(href):
        message = Say(f"`{href}` is no address to link to", f"“{href}”不能作链接地址")
        hint = Say(
            "http:, https:, mailto: or tel:; if it is no link, write `\\[`",
            "用 http:、https:、mailto: 或 tel:；如果不是链接，请写“\\[”",
        )
        tell("markup", where, message, hint)
    return replace(manner, link=href)


def _inline_tokens(text: str) -> list[Token]:
    return _MARKDOWN.parseInline(text)[0].children or []


def _scan_emphasis(state: StateInline, silent: bool) -> bool:
    """Note a run of ``*`` that may open or close emphasis.

    CommonMark's flanking rules (0.31, 6.2) keep a run beside punctuation from opening or closing, unless white
    space or punctuation is on its other side. Chinese has no white space there, so only ASCII punctuation
    counts, and Han on the other side lets it pass. Between two digits ``*`` is a times sign (``120*80``).
    """
    if silent or state.src[state.pos] != "*":
        return False
    start = end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    is_sum = before.isdigit() and after.isdigit()
    may_open = not after.isspace() and not is_sum and (not _blocks_flank(after) or _frees_flank(before))
    may_close = not before.isspace() and not is_sum and (not _blocks_flank(before) or _frees_flank(after))
    for _ in range(end - start):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(Delimiter(ord("*"), end - start, len(state.tokens) - 1, -1, may_open, may_close))
    state.pos = end
    return True


def _blocks_flank(character: str) -> bool:
    return character.isascii() and unicodedata.category(character)[0] in "PS"


def _frees_flank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] in "PS" or _is_wide(character)


def _read_escape(state: StateInline, silent: bool) -> bool:
    """Take a backslash before a mark that is on; before anything else it is copy."""
    if (
        state.src[state.pos] != "\\"
        or state.src[state.pos + 1 : state.pos + 2] not in _ESCAPABLE
        or state.pos + 1 >= state.posMax
    ):
        return False
    if not silent:
        state.pending += state.src[state.pos + 1]
    state.pos += 2
    return True


def _read_link(state: StateInline, silent: bool) -> bool:
    """Read ``[text](address)``; brackets that are no link are copy, and no search goes past the next bracket."""
    found = _LINK.match(state.src, state.pos, state.posMax)
    if not found or silent:
        return False
    state.push("link_open", "a", 1).attrs = {"href": found["href"].strip("<>")}
    end_of_all, state.pos, state.posMax = state.posMax, found.start("text"), found.end("text")
    state.md.inline.tokenize(state)
    state.push("link_close", "a", -1)
    state.pos, state.posMax = found.end(), end_of_all
    return True


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero")
    parser.inline.ruler.at("emphasis", _scan_emphasis)
    parser.inline.ruler.at("escape", _read_escape)
    parser.inline.ruler.at("link", _read_link)
    return parser.enable(["emphasis", "escape", "link"])


_MARKDOWN = _make_parser()
