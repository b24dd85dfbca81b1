"""How a value stands in a YAML text, and the text with it changed: quotes, blocks, brackets, indents and line ends as they are.

In: a text, and its nodes. Out: the new text. What a node means is not looked at here: `edits` reads the new text again.
"""

import re
from collections.abc import Sequence as List
from difflib import SequenceMatcher
from typing import Any

from printkit.source.nodes import Mapping, Node, Scalar, Sequence
from printkit.source.patch import Patch, patched

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=][^:#,\[\]{}\n]*(?<!\s)")
"""A text that every YAML reads as it stands, in brackets, too."""
_LINE_END = re.compile(r"\r\n|\n|\r")


class UnsafeError(Exception):
    """The text cannot be changed without losing something that the editor wrote."""


def flow_text(value: Any) -> str:
    """Write a value on one line, for brackets or behind a key."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {flow_text(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow_text, value))}]"
    text = str(value)
    if _PLAIN.fullmatch(text):
        return text
    return f'"{_escaped(text)}"' if "\n" in text else f"'{text.replace(chr(39), chr(39) * 2)}'"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def scalar_replaced(text: str, node: Scalar, value: str, holder: Node, *, is_text: bool = True) -> str:
    """Return a text with another scalar in the place of one, in its style; `is_text` is false of what is written already."""
    raw = text[node.start : node.end]
    if raw[:1] in ("&", "*", "!"):
        raise UnsafeError
    if not is_text:
        new = value
    elif node.style in ("|", ">"):
        return _block_replaced(text, node, value)
    elif not node.is_one_line or (node.style == '"' and "\\" in raw):
        raise UnsafeError
    elif "\n" in value:
        if is_flow(text, holder) or not isinstance(holder, Mapping):
            raise UnsafeError
        key = next(key for key, one in holder.entries.items() if one is node)
        indent, end = " " * (_column(text, key.start) + 2), _end_near(text, node.start)
        lines = value.strip("\n").split("\n")
        new = "|" + "".join(f"{end}{indent}{line}" if line.strip() else end for line in lines)
        return _swapped(text, node.start, node.end, new)
    elif node.style == '"':
        new = f'"{_escaped(value)}"'
    elif node.style == "'":
        new = f"'{value.replace(chr(39), chr(39) * 2)}'"
    else:
        new = flow_text(value)
    return _swapped(text, node.start, node.end, new)


def _block_replaced(text: str, node: Scalar, value: str) -> str:
    """Return a text with other lines in a ``|`` or ``>`` block; the lines that stay are not touched, folded or not."""
    head = _line_end(text, node.start)
    spans = list(_lines(text, _next_line(text, head)))
    first = next((text[a:b] for a, b in spans if text[a:b].strip()), "")
    indent = len(first) - len(first.lstrip(" "))
    if given := re.search(r"[|>][+-]?([1-9])", text[node.start : head]):
        raise UnsafeError from ValueError(given[0])
    own: list[tuple[int, int]] = []
    for a, b in spans:
        line = text[a:b]
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            break
        own.append((a, b))
    while own and not text[own[-1][0] : own[-1][1]].strip():
        own.pop()
    if not own or not indent or own[0][0] >= node.end:
        raise UnsafeError
    is_folded = node.style == ">"
    written = [text[a + indent : b] for a, b in own]
    old = _unfolded(written) if is_folded else [[line] for line in written]
    new = value.strip("\n").split("\n")
    lines: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, [" ".join(one) for one in old], new, autojunk=False).get_opcodes():
        pieces = old[a:b] if kind == "equal" else [[line] for line in new[c:d]]
        for piece in pieces:
            lines += ["", *piece] if is_folded and lines else piece
    indented = (f"{' ' * indent}{line}" if line else "" for line in lines)
    return _swapped(text, own[0][0], own[-1][1], _end_near(text, node.start).join(indented))


def _unfolded(lines: List[str]) -> list[list[str]]:
    """Return the lines of a ``>`` block by the lines that they say: an empty one ends each."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line[:1] in (" ", "\t"):  # such a line is not folded
            raise UnsafeError
        if line:
            found[-1].append(line)
        else:
            found.append([])
    return found


def sequence_replaced(text: str, node: Sequence, values: List[str]) -> str:
    """Return a text with other lines in a list of texts."""
    if not values or not all(isinstance(item, Scalar) and item.is_one_line for item in node.items):
        raise UnsafeError
    if is_flow(text, node):
        if _has_comment(text, node.start, node.end):
            raise UnsafeError
        if len(values) != len(node.items):
            return _swapped(text, node.start, node.end, flow_text(list(values)))
    if len(values) == len(node.items):
        for item, value in reversed(list(zip(node.items, values, strict=True))):
            assert isinstance(item, Scalar)
            if item != value:
                text = scalar_replaced(text, item, value, node)
        return text
    spans = [_item_lines(text, item) for item in node.items]
    end = _end_near(text, node.start)
    if _has_comment(text, spans[0][0], spans[-1][1]):
        raise UnsafeError
    indent = " " * (_dash(text, node.items[0]) - spans[0][0])
    return _swapped(text, spans[0][0], spans[-1][1], "".join(f"{indent}- {flow_text(one)}{end}" for one in values))


def entry_added(text: str, node: Mapping, key: str, value: Any, item: List[str] | None = None) -> str:
    """Return a text with a key more in a mapping: behind its last of one line, else before its first.

    With `item` the value is a list of that one entry, given as lines.
    """
    if is_flow(text, node):
        if item is not None or "\n" in text[node.start : node.end]:
            raise UnsafeError
        at = node.end - 1
        while text[at - 1] == " ":
            at -= 1
        before = ", " if node.entries else ""
        return _swapped(text, at, at, f"{before}{key}: {flow_text(value)}")
    if not node.entries:
        raise UnsafeError
    end = _end_near(text, node.start)
    first = next(iter(node.entries))
    indent = " " * _column(text, first.start)
    lines = [f"{key}: {flow_text(value)}"] if item is None else [f"{key}:", *_indented(item, "  ")]
    place: int | None
    if item is not None:  # a list stands last
        *_, last = node.entries.items()
        place = _line_end(text, _without_ends(text, max(map(end_of, last))))
    else:
        place = next(
            (_line_end(text, one.start) for one in reversed(node.entries) if _is_one_line(text, node, one)), None
        )
    if place is None:
        return _swapped(text, first.start, first.start, "".join(f"{line}{end}{indent}" for line in lines))
    return _swapped(text, place, place, "".join(f"{end}{indent}{line}" for line in lines))


def _is_one_line(text: str, node: Mapping, key: Scalar) -> bool:
    """Say whether a key and its value stand on one line, so that another key may follow there."""
    value = node.entries[key]
    if not isinstance(value, Scalar) and text[value.start] not in "{[":
        return False
    ends = _line_end(text, key.start)
    return value.start < ends and end_of(value) <= ends


def _without_ends(text: str, stop: int) -> int:
    while text[stop - 1 : stop] in ("\n", "\r"):
        stop -= 1
    return stop


def dropped(text: str, node: Mapping, name: str) -> str:
    """Return a text without a key of a mapping, which has others."""
    keys = list(node.entries)
    index = next(i for i, key in enumerate(keys) if key == name)
    key, value = keys[index], node.entries[keys[index]]
    if len(keys) == 1:
        raise UnsafeError
    if is_flow(text, node):
        if index:
            start, end = max(end_of(node.entries[keys[index - 1]]), keys[index - 1].end), max(end_of(value), key.end)
        else:
            start, end = key.start, keys[1].start
        if _has_comment(text, start, end):
            raise UnsafeError
        return _swapped(text, start, end, "")
    start = key.start
    end = (
        keys[index + 1].start
        if index + 1 < len(keys)
        else _next_line(text, _line_end(text, max(end_of(value), key.end)))
    )
    line = text.rfind("\n", 0, start) + 1
    if not index and text[line:start].strip():  # behind the dash of its entry
        if index + 1 == len(keys):
            raise UnsafeError
    else:
        start = line
        end = text.rfind("\n", 0, end) + 1 if index + 1 < len(keys) else end
    if _has_comment(text, start, end):
        raise UnsafeError
    return _swapped(text, start, end, "")


def item_taken(text: str, node: Sequence, index: int, key: Scalar) -> tuple[list[str], str]:
    """Return the lines of an entry of a list without their indent, and the text without them."""
    if is_flow(text, node):
        return _taken_from_brackets(text, node, index)
    start, end = _item_lines(text, node.items[index])
    indent = _dash(text, node.items[index]) - start
    lines = [line[indent:] for line in text[start:end].splitlines()]
    patches = [Patch(start, end, "")]
    if len(node.items) == 1:
        colon = text.index(":", key.end)
        patches.append(Patch(colon + 1, colon + 1, " []"))
    return lines, patched(text, patches)


def _taken_from_brackets(text: str, node: Sequence, index: int) -> tuple[list[str], str]:
    _see_one_line(text, node)
    start, end = node.items[index].start, end_of(node.items[index])
    first = end_of(node.items[index - 1]) if index else start
    last = node.items[1].start if not index and len(node.items) > 1 else end
    return [f"- {text[start:end]}"], _swapped(text, first, last, "")


def _see_one_line(text: str, node: Sequence) -> None:
    if "\n" in text[node.start : node.end] or _has_comment(text, node.start, node.end):
        raise UnsafeError


def item_added(text: str, node: Sequence, index: int, item: List[str], key: Scalar) -> str:
    """Return a text with the lines of an entry more in a list."""
    end = _end_near(text, key.start)
    if not node.items:
        if not is_flow(text, node) or text[node.start : node.end].strip("[] "):
            raise UnsafeError
        lines = "".join(f"{end}{' ' * (_column(text, key.start) + 2)}{line}" for line in item)
        start = node.start - (text[node.start - 1] == " ")
        after = _line_end(text, node.end)
        return text[:start] + text[node.end : after] + lines + text[after:]
    if is_flow(text, node):
        _see_one_line(text, node)
        if len(item) != 1:
            raise UnsafeError
        written = item[0].removeprefix("- ")
        if index < len(node.items):
            return _swapped(text, node.items[index].start, node.items[index].start, f"{written}, ")
        at = end_of(node.items[-1])
        return _swapped(text, at, at, f", {written}")
    indent = " " * (_dash(text, node.items[0]) - _item_lines(text, node.items[0])[0])
    if index < len(node.items):
        at = _above_comments(text, _item_lines(text, node.items[index])[0])
        return _swapped(text, at, at, "".join(f"{indent}{line}{end}" for line in item))
    at = _item_lines(text, node.items[-1])[1]
    before = "" if text[:at].endswith(("\n", "\r")) else end
    new = "".join(f"{indent}{line}{end}" for line in item)
    return _swapped(text, at, at, before + (new if not before else new.removesuffix(end)))


def block_item(text: str, like: Node | None, entries: dict[str, Any]) -> list[str]:
    """Return the lines of an entry of a list, in the form of another: in braces, or a key a line."""
    if like is None or is_flow(text, like):
        return [f"- {flow_text(entries)}"]
    lines = [f"{key}: {flow_text(value)}" for key, value in entries.items()]
    return [f"{'- ' if not number else '  '}{line}" for number, line in enumerate(lines)]


def is_flow(text: str, node: Node) -> bool:
    """Say whether a list or mapping stands in brackets."""
    if not isinstance(node, Scalar) and text[node.start : node.start + 1] in ("&", "!"):
        raise UnsafeError
    return not isinstance(node, Scalar) and text[node.start : node.start + 1] in ("{", "[")


def end_of(node: Node) -> int:
    """Return where the last word of a node ends; the bracket's where it has one."""
    if isinstance(node, Scalar):
        return node.end
    if is_flow(node.source.text, node):
        return node.end
    inner = node.items if isinstance(node, Sequence) else [one for pair in node.entries.items() for one in pair]
    return max((end_of(one) for one in inner), default=node.start)


def _item_lines(text: str, item: Node) -> tuple[int, int]:
    """Return where the lines of a list's entry begin and end."""
    dash = _dash(text, item)
    start = text.rfind("\n", 0, dash) + 1
    if text[start:dash].strip():
        raise UnsafeError
    return start, _next_line(text, _line_end(text, _without_ends(text, end_of(item))))


def _above_comments(text: str, start: int) -> int:
    """Return where the comments begin that stand right above a line: they are about what follows."""
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].lstrip().startswith("#"):
            break
        start = before
    return start


def _dash(text: str, item: Node) -> int:
    at = item.start - 1
    while text[at : at + 1] == " ":
        at -= 1
    if text[at : at + 1] != "-":
        raise UnsafeError
    return at


def _has_comment(text: str, start: int, end: int) -> bool:
    return "#" in text[start:end]


def _indented(lines: List[str], indent: str) -> list[str]:
    return [f"{indent}{line}" for line in lines]


def _lines(text: str, start: int) -> list[tuple[int, int]]:
    found = []
    while start < len(text):
        end = _line_end(text, start)
        found.append((start, end))
        start = _next_line(text, end)
    return found


def _line_end(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _next_line(text: str, end: int) -> int:
    found = _LINE_END.match(text, end)
    return found.end() if found else end


def _end_near(text: str, at: int) -> str:
    found = _LINE_END.search(text, at) or _LINE_END.search(text)
    return found[0] if found else "\n"


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)


def _swapped(text: str, start: int, end: int, new: str) -> str:
    return patched(text, [Patch(start, end, new)])
