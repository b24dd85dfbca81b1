"""Values of a YAML file put, taken out and moved by their spans: no other byte of the file changes, and that is proved.

In: a file's text and edits, each with the way to a value in English keys. Out: the new text. Every edit is made twice, on the spans
of the text and on what the text says; the new text is read again and has to say the second. What cannot be written so (folded
text, anchors, aliases, tags, comments in the way) is refused with the line to edit by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef
from printkit.source import nodes
from printkit.source.document import ALL_KEYS, keys_at, names_of, yaml_name
from printkit.source.faults import Faults
from printkit.source.keys import Keys, zh_name
from printkit.source.load import read_source
from printkit.source.spans import (
    UnsafeError,
    block_item,
    dropped,
    entry_added,
    flow_text,
    is_flow,
    item_added,
    item_taken,
    scalar_replaced,
    sequence_replaced,
)

Steps = tuple[str | int, ...]
Value = Any
"""A text, a list of texts, or a mapping of such by English keys."""


@dataclass(frozen=True, slots=True)
class Put:
    """Give a key a value, or a place in a list; what should hold it is made where it is missing."""

    way: Steps
    value: Value


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key out, and what would hold nothing any more; one that is not there stays so."""

    way: Steps


@dataclass(frozen=True, slots=True)
class Move:
    """Take an entry of a list to a place in a list, counted once it is gone."""

    way: Steps
    to: Steps
    index: int


@dataclass(frozen=True, slots=True)
class Insert:
    """Add an entry to a list."""

    to: Steps
    index: int
    value: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an entry out of a list."""

    way: Steps


Edit = Put | Drop | Move | Insert | Remove


def edited(text: str, name: str, kind: type[Keys], edits: Iterable[Edit]) -> str:
    """Return a file's text after some edits, one after the other.

    Args:
        text: the file's, without a byte order mark.
        name: what findings call the file.
        kind: what the file holds.
        edits: the changes.

    Raises:
        InputError: the file cannot be read, or an edit cannot be written safely.
    """
    for edit in edits:
        text = _edited(text, name, kind, edit)
    return text


def value_at(root: nodes.Mapping, kind: type[Keys], way: Steps) -> nodes.Node | None:
    """Return what a way leads to; None where nothing is."""
    found = _found(root, kind, way)
    return found.node if len(found.names) == len(way) else None


def way_to(root: nodes.Mapping, kind: type[Keys], where: SourceRef) -> Steps | None:
    """Return the way to the mapping that begins at a line and a column; None where none does."""
    waiting: list[tuple[Steps, nodes.Node, type[Keys] | None]] = [((), root, kind)]
    while waiting:
        way, node, own = waiting.pop()
        if isinstance(node, nodes.Sequence):
            waiting += (((*way, index), item, own) for index, item in enumerate(node.items))
        elif isinstance(node, nodes.Mapping):
            if way and node.source.place(node.start) == (where.line, where.column):
                return way
            known = names_of(own) if own else {}
            for key, below in node.entries.items():
                name = known.get(key, str(key))
                inner = keys_at(own, name) if own and name in own.model_fields else None
                waiting.append(((*way, name), below, inner))
    return None


def meaning(node: nodes.Node) -> Value:
    """Return what a node says: text, lists and mappings as written, without the line ends that close a text."""
    if isinstance(node, nodes.Scalar):
        return str(node).rstrip("\n")
    if isinstance(node, nodes.Sequence):
        return [meaning(item) for item in node.items]
    return {str(key): meaning(value) for key, value in node.entries.items()}


def read_text(text: str, name: str, faults: Faults) -> nodes.Mapping:
    """Read a file's text.

    Raises:
        InputError: it is no such file.
    """
    root = read_source(nodes.Source(name, text), ALL_KEYS, faults)
    faults.raise_errors()
    assert root is not None, "a file without faults is read"
    return root


# --- one edit ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """How far a way leads: the names written there, what stands last on it, what holds that, and the schema there."""

    names: Steps
    node: nodes.Node
    parents: tuple[nodes.Node, ...]
    kind: type[Keys] | None

    @property
    def parent(self) -> nodes.Node:
        return self.parents[-1]


def _found(root: nodes.Mapping, kind: type[Keys] | None, way: Steps) -> _Found:
    names: Steps = ()
    node: nodes.Node = root
    parents: tuple[nodes.Node, ...] = ()
    for step in way:
        below: nodes.Node | None = None
        name: str | int = step
        if isinstance(step, int) and isinstance(node, nodes.Sequence):
            below = node.items[step] if step < len(node.items) else None
        elif isinstance(step, str) and isinstance(node, nodes.Mapping):
            known = names_of(kind) if kind else {}
            written = next((key for key in node.entries if known.get(key, key) == step), None)
            if written is not None:
                below, name = node.entries[written], str(written)
        if below is None:
            break
        if isinstance(step, str):
            kind = keys_at(kind, step) if kind and step in kind.model_fields else None
        names, node, parents = (*names, name), below, (*parents, node)
    return _Found(names, node, parents, kind)


def _edited(text: str, name: str, kind: type[Keys], edit: Edit) -> str:
    root = read_text(text, name, _faults(name))
    wanted = meaning(root)
    place = edit.to if isinstance(edit, Insert) else edit.way
    where = root.source.where(_found(root, kind, place).node.start)
    try:
        new = _changed(root, kind, edit, wanted)
        is_proved = meaning(read_text(new, name, _faults(name))) == wanted
    except (UnsafeError, InputError) as error:
        raise InputError([by_hand(where)]) from error
    if not is_proved:
        raise InputError([by_hand(where)])
    return new


def _changed(root: nodes.Mapping, kind: type[Keys], edit: Edit, data: Value) -> str:
    """Return the text after an edit; what the file says (`data`) is changed alike."""
    match edit:
        case Put(way, value):
            return _put(root, kind, way, value, data)
        case Drop(way):
            return _drop(root, kind, way, data)
        case Move(way, to, index):
            return _move(root, kind, way, (to, index), data)
        case Remove(way):
            return _move(root, kind, way, None, data)
        case Insert(to, index, value):
            return _insert(root, kind, to, index, value, data)


def by_hand(where: SourceRef) -> Diagnostic:
    """Tell that something cannot be written without touching what the editor wrote."""
    return Diagnostic(
        "source.by-hand",
        Say(
            "this cannot be written safely: the file has it in a form that would be lost",
            "这里不能安全地自动改写：文件里的写法会丢失",
        ),
        hint=Say(
            "edit this line by hand (anchors, aliases, folded text, comments inside a value)",
            "请手工修改这一行（锚点、别名、折行文字、值中的注释）",
        ),
        where=where,
    )


def _faults(name: str) -> Faults:
    return Faults(Path(name).parent)


def _said(value: Value) -> Value:
    """Return a value as a file says it: in texts."""
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items()}
    return [_said(one) for one in value] if isinstance(value, list) else str(value).strip("\n")


def _put(root: nodes.Mapping, kind: type[Keys], way: Steps, value: Value, data: Value) -> str:
    value = _said(value)
    found = _found(root, kind, way)
    rest = way[len(found.names) :]
    if not rest:
        _holder(data, found.names)[found.names[-1]] = value
        return _replaced(root, found, value)
    if not isinstance(found.node, nodes.Mapping) or not all(isinstance(step, str) for step in rest):
        raise UnsafeError
    key, written = _written(found, rest, value)
    _at(data, found.names)[key] = written
    return entry_added(root.source.text, found.node, key, written)


def _replaced(root: nodes.Mapping, found: _Found, value: Value) -> str:
    text, node = root.source.text, found.node
    if isinstance(value, dict):
        raise UnsafeError
    if isinstance(node, nodes.Sequence) and isinstance(value, list):
        return sequence_replaced(text, node, value)
    if isinstance(node, nodes.Sequence):
        raise UnsafeError
    assert isinstance(node, nodes.Scalar)
    if isinstance(value, list):
        return scalar_replaced(text, node, flow_text(value), found.parent, is_text=False)
    return scalar_replaced(text, node, value, found.parent)


def _written(found: _Found, rest: Steps, value: Value) -> tuple[str, Value]:
    """Return the key that is added, and its value with keys as the file has them: in Chinese where it does."""
    assert isinstance(found.node, nodes.Mapping)
    is_chinese = any(not key.isascii() for key in found.node.entries)

    def named(value: Value, kind: type[Keys] | None) -> Value:
        if not isinstance(value, dict):
            return value
        return {
            name_of(key, kind): named(one, keys_at(kind, key) if kind and key in kind.model_fields else None)
            for key, one in value.items()
        }

    def name_of(key: str, kind: type[Keys] | None) -> str:
        chinese = zh_name(kind, key) if kind and is_chinese and key in kind.model_fields else ""
        return chinese or yaml_name(key)

    for step in reversed(rest):
        value = {step: value}
    [(key, written)] = named(value, found.kind).items()
    return key, written


def _drop(root: nodes.Mapping, kind: type[Keys], way: Steps, data: Value) -> str:
    found = _found(root, kind, way)
    if len(found.names) < len(way):
        return root.source.text
    names, parents = found.names, found.parents
    while len(names) > 1 and isinstance(parents[-1], nodes.Mapping) and len(parents[-1].entries) == 1:
        names, parents = names[:-1], parents[:-1]
    holder = parents[-1]
    if not isinstance(holder, nodes.Mapping):
        raise UnsafeError
    del _holder(data, names)[names[-1]]
    return dropped(root.source.text, holder, str(names[-1]))


def _move(root: nodes.Mapping, kind: type[Keys], way: Steps, to: tuple[Steps, int] | None, data: Value) -> str:
    text, found = root.source.text, _found(root, kind, way)
    if len(found.names) < len(way) or not isinstance(found.parent, nodes.Sequence):
        raise UnsafeError
    item = _holder(data, found.names).pop(found.names[-1])
    key = _key_of(found.parents[-2], found.parent)
    taken, rest = item_taken(text, found.parent, int(found.names[-1]), key)
    if to is None:
        return rest
    # The list that it goes to is looked for in what is left: places have moved.
    left = read_text(rest, root.source.name, _faults(root.source.name))
    return _added(left, kind, to[0], to[1], taken, item, data)


def _insert(root: nodes.Mapping, kind: type[Keys], to: Steps, index: int, value: dict[str, Value], data: Value) -> str:
    page = _found(root, kind, to[:-1])
    inner = keys_at(page.kind, str(to[-1])) if page.kind else None
    holder = _found(root, kind, to).node
    value = _said(value)
    like = holder.items[0] if isinstance(holder, nodes.Sequence) and holder.items else page.node
    shaped = _Found((), like, (), inner) if isinstance(like, nodes.Mapping) else page
    entries = dict(_written(shaped, (key,), one) for key, one in value.items())
    in_brackets = like is page.node or is_flow(root.source.text, holder)
    written = block_item(root.source.text, None if in_brackets else like, entries)
    return _added(root, kind, to, index, written, entries, data)


def _added(
    root: nodes.Mapping, kind: type[Keys], to: Steps, index: int, item: list[str], value: Value, data: Value
) -> str:
    """Add the lines of an entry, without their indent, to a list; the key of the list is made where it is missing."""
    found = _found(root, kind, to)
    if len(found.names) == len(to):
        if not isinstance(found.node, nodes.Sequence) or not isinstance(found.parent, nodes.Mapping):
            raise UnsafeError
        _at(data, found.names).insert(index, value)
        return item_added(root.source.text, found.node, index, item, _key_of(found.parent, found.node))
    if len(found.names) != len(to) - 1 or not isinstance(found.node, nodes.Mapping):
        raise UnsafeError
    key, _ = _written(found, to[-1:], "")
    _at(data, found.names)[key] = [value]
    return entry_added(root.source.text, found.node, key, [], item)


def _key_of(holder: nodes.Node, value: nodes.Node) -> nodes.Scalar:
    if isinstance(holder, nodes.Mapping):
        for key, one in holder.entries.items():
            if one is value:
                return key
    raise UnsafeError


def _at(data: Value, names: Steps) -> Any:
    for name in names:
        data = data[name]
    return data


def _holder(data: Value, names: Steps) -> Any:
    return _at(data, names[:-1])
