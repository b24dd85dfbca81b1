"""One file read against its schema: checked values, and the place of every key and value.

In goes a file and the `Keys` it must follow; out comes a `Document` whose `keys` hold all that was right, so that
reading goes on and later faults are told in the same run. Whatever was wrong stands in the `Faults`.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from printkit.diagnostics import Say, SourceRef
from printkit.source.desk_keys import LISTS
from printkit.source.faults import Faults
from printkit.source.keys import Keys, chinese_names, is_needed, zh_name
from printkit.source.load import read_nodes
from printkit.source.nodes import Mapping, Node, Scalar, Sequence
from printkit.source.schema import FILES
from printkit.source.values import A_LIST, A_MAPPING, A_TEXT, BETWEEN_LANGUAGES, wrong_type

K = TypeVar("K", bound=Keys)
Steps = tuple[str | int, ...]
"""The way to a value: keys and list indexes."""

_MEANT = {
    "title": "headline",
    "标题": "headline",
    "主标题": "headline",
    "大标题": "headline",
    "subtitle": "deck",
    "subhead": "deck",
    "副标题": "deck",
    "肩题": "kicker",
    "眉题": "kicker",
    "引标题": "kicker",
    "author": "byline",
    "authors": "byline",
    "记者": "byline",
    "text": "body",
    "content": "body",
    "内容": "body",
    "image": "pictures",
    "images": "pictures",
    "photo": "pictures",
    "照片": "pictures",
    "path": "file",
    "src": "file",
    "page": "number",
    "template": "layout",
    "articles": "stories",
}
"""Words that editors bring from other systems, and the key that each means here."""


@dataclass(slots=True)
class Document(Generic[K]):
    """A file that was read: its keys, and where they stand."""

    path: Path
    keys: K
    places: dict[Steps, SourceRef]
    spoiled: set[Steps]

    def at(self, *steps: str | int) -> SourceRef:
        """Return the place of a value; for one that is not given, that of what should hold it, with its field."""
        known = steps
        while known not in self.places:
            known = known[:-1]
        place = self.places[known]
        field = place.field
        for step in steps[len(known) :]:
            field += f"[{step}]" if isinstance(step, int) else f".{step}"
        return SourceRef(place.file, place.line, place.column, field.removeprefix("."))

    def gives(self, *steps: str | int) -> bool:
        """Tell whether a key is there, rightly or wrongly: its absence is then no further fault."""
        return steps in self.places or steps in self.spoiled


def read_document(path: Path, kind: type[K], faults: Faults) -> Document[K] | None:
    """Read and check a file; None when nothing of it can be used."""
    nodes = read_nodes(path, ALL_KEYS, faults)
    return check_nodes(path, nodes, kind, faults) if nodes is not None else None


def check_nodes(path: Path, nodes: Mapping, kind: type[K], faults: Faults) -> Document[K]:
    """Check what a file holds."""
    return _Checker(path, faults).check(nodes, kind)


def inner_document(document: Document[Any], keys: K, *steps: str | int) -> Document[K]:
    """Return a part of a document as one of its own (a paper given inline)."""
    depth = len(steps)
    places = {way[depth:]: place for way, place in document.places.items() if way[:depth] == steps}
    spoiled = {way[depth:] for way in document.spoiled if way[:depth] == steps}
    return Document(document.path, keys, places, spoiled)


class _Checker:
    """Turns nodes into the plain values that pydantic checks, and pydantic's errors into faults with places."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self._path = path
        self._faults = faults
        self._places: dict[Steps, SourceRef] = {}
        self._spoiled: set[Steps] = set()

    def check(self, root: Mapping, kind: type[K]) -> Document[K]:
        data = self._plain(root, kind, (), "")
        self._places[()] = SourceRef(root.source.name)
        keys = self._validate(data, kind)
        return Document(self._path, keys, self._places, self._spoiled)

    def _plain(self, node: Node, kind: type[Keys] | None, steps: Steps, field: str) -> Any:
        """Return text, list or dict with English keys; unknown, blank and doubled keys are left out."""
        self._places[steps] = node.source.where(node.start, field)
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Sequence):
            return self._plain_list(node, kind, steps, field)
        if kind is None:
            return {
                str(key): self._plain(value, None, (*steps, str(key)), f"{field}.{key}")
                for key, value in node.entries.items()
            }
        return self._plain_keys(node, kind, steps, field)

    def _plain_list(self, node: Sequence, kind: type[Keys] | None, steps: Steps, field: str) -> list[Any]:
        items: list[Any] = []
        for index, item in enumerate(node.items):
            item_field = f"{field}[{index}]"
            if _is_blank(item):
                message = Say("this entry of the list is empty", "列表的这一项是空的")
                where = item.source.where(item.start, item_field)
                self._faults.error("wrong-value", where, message, Say("delete it or fill it in", "请填写或删除"))
                self._spoiled.add(steps)
            else:
                items.append(self._plain(item, kind, (*steps, len(items)), item_field))
        return items

    def _plain_keys(self, node: Mapping, kind: type[Keys], steps: Steps, field: str) -> dict[str, Any]:
        known = names_of(kind)
        data: dict[str, Any] = {}
        written: dict[str, Scalar] = {}
        blank: dict[str, SourceRef] = {}
        for key, value in node.entries.items():
            name = known.get(key)
            key_where = node.source.where(key.start, _below(field, key))
            if name is None:
                self._refuse_unknown(key, kind, steps, key_where)
                continue
            if name in written:
                message = Say(
                    f"`{key}` and `{written[name]}` are the same key", f"“{key}”和“{written[name]}”是同一个键"
                )
                self._faults.error("duplicate-key", key_where, message, Say("keep one of them", "请只留一个"))
                continue
            written[name] = key
            value_field = _below(field, yaml_name(name))
            if _is_blank(value):
                blank[name] = node.source.where(key.start, value_field)
                continue
            read = self._plain_named if _is_named(kind, name) else self._plain
            data[name] = read(value, keys_at(kind, name), (*steps, name), value_field)
        self._tell_missing(kind, data, blank, steps)
        return data

    def _plain_named(self, node: Node, kind: type[Keys] | None, steps: Steps, field: str) -> Any:
        """Return a mapping whose own keys are names that the editor gives; under each stand the keys that are known."""
        if not isinstance(node, Mapping):
            return self._plain(node, None, steps, field)
        self._places[steps] = node.source.where(node.start, field)
        return {
            str(name): self._plain(value, kind, (*steps, str(name)), f"{field}.{name}")
            for name, value in node.entries.items()
        }

    def _refuse_unknown(self, key: Scalar, kind: type[Keys], steps: Steps, where: SourceRef) -> None:
        known = names_of(kind)
        meant = known.get(_MEANT.get(key.casefold(), "")) or known.get(self._faults.near(key, lambda: known))
        if meant:
            self._spoiled.add((*steps, meant))
            # The name is offered in the language in which the key was written.
            english = yaml_name(meant)
            chinese = zh_name(kind, meant) or english
            shown = english if key.isascii() else chinese
            hint = Say(f"did you mean `{shown}`?", f"是不是“{shown}”？")
        else:
            names = [yaml_name(name) for name in kind.model_fields]
            in_chinese = [zh_name(kind, name) or yaml_name(name) for name in kind.model_fields]
            hint = Say(f"keys known here: {', '.join(names)}", f"这里可用的键：{'、'.join(in_chinese)}")
        self._faults.error("unknown-key", where, Say(f"unknown key `{key}`", f"没有“{key}”这个键"), hint)

    def _tell_missing(self, kind: type[Keys], data: dict[str, Any], blank: dict[str, SourceRef], steps: Steps) -> None:
        for name in kind.model_fields:
            if not is_needed(kind, name) or name in data or (*steps, name) in self._spoiled:
                continue
            holder = self._places[steps]
            where = SourceRef(holder.file, holder.line, holder.column, _below(holder.field, yaml_name(name)))
            tell_missing(self._faults, blank.get(name, where), kind, name)
            self._spoiled.add((*steps, name))

    def _validate(self, data: dict[str, Any], kind: type[K]) -> K:
        """Check the values; what is wrong is told, taken out, and the rest is checked again."""
        while True:
            try:
                return kind.model_validate(data)
            except ValidationError as error:
                wrong: set[Steps] = set()
                for item in error.errors(include_url=False):
                    steps = self._steps_of(item["loc"])
                    if steps not in wrong:
                        wrong.add(steps)
                        self._tell(item, steps)
            self._take_out(data, wrong)

    def _steps_of(self, loc: tuple[int | str, ...]) -> Steps:
        """Drop the names of union branches from pydantic's way to a value."""
        steps: Steps = ()
        for step in loc:
            if (*steps, step) in self._places:
                steps = (*steps, step)
        return steps

    def _tell(self, item: Any, steps: Steps) -> None:
        where = self._places[steps]
        if item["type"] == "printkit":
            context = item["ctx"]
            self._faults.error(context["code"], where, context["message"], context["hint"])
            return
        if item["type"] == "printkit_either":
            wanted = Say(*item["msg"].split(BETWEEN_LANGUAGES))
        else:
            kind = item["type"].split("_")[0]
            wanted = {"list": A_LIST, "model": A_MAPPING, "dict": A_MAPPING}.get(kind, A_TEXT)
        context = wrong_type(wanted, item["input"]).context or {}
        self._faults.error(context["code"], where, context["message"], context["hint"])

    def _take_out(self, data: dict[str, Any], wrong: set[Steps]) -> None:
        """Take values out, and move the places of the items behind them in their lists; in one go, however many."""
        gone: dict[Steps, list[int]] = {}
        # Later list items go first, so that the indexes of the others still hold.
        for steps in sorted(wrong, key=lambda way: [str(s).zfill(9) for s in way], reverse=True):
            *way, last = steps
            holder: Any = data
            for step in way:
                holder = holder[step]
            del holder[last]
            self._spoiled.add(steps)
            if isinstance(last, int):
                self._spoiled.add(steps[:-1])
                gone.setdefault(steps[:-1], []).append(last)
        for before in gone.values():
            before.reverse()
        if gone:
            self._places = {new: place for old, place in self._places.items() if (new := _moved(old, gone)) is not None}
            self._spoiled = {new for old in self._spoiled if (new := _moved(old, gone)) is not None}


def _moved(steps: Steps, gone: dict[Steps, list[int]]) -> Steps | None:
    """Return where a place comes to be when items of some lists, in order, are gone; None where it was in one of them."""
    new: list[str | int] = []
    for depth, step in enumerate(steps):
        before = gone.get(steps[:depth]) if isinstance(step, int) else None
        if before is None or not isinstance(step, int):
            new.append(step)
            continue
        index = bisect_left(before, step)
        if index < len(before) and before[index] == step:
            return None
        new.append(step - index)
    return tuple(new)


def tell_missing(faults: Faults, where: SourceRef, kind: type[Keys], name: str) -> None:
    """Tell that a needed key is missing or blank."""
    chinese = zh_name(kind, name)
    shown = f"{yaml_name(name)}（{chinese}）" if chinese else yaml_name(name)
    description = kind.model_fields[name].description or ""
    say_zh, _, say_en = description.partition(BETWEEN_LANGUAGES)
    faults.error(
        "missing-key",
        where,
        Say(f"`{yaml_name(name)}` is missing", f"缺少“{shown}”"),
        Say(f"give `{yaml_name(name)}`: {say_en}", f"请写“{shown}”：{say_zh}"),
    )


def yaml_name(name: str) -> str:
    """Return a key as files write it (one that Python keeps for itself has a ``_`` after it here)."""
    return name.rstrip("_")


@cache
def names_of(kind: type[Keys]) -> dict[str, str]:
    """Return every way to write a key, English and Chinese, with the name of its field."""
    names = {yaml_name(name): name for name in kind.model_fields}
    return names | {zh: name for name in kind.model_fields for zh in chinese_names(kind, name)}


def _all_keys() -> frozenset[str]:
    kinds = [*FILES.values(), *LISTS.values()]
    names: set[str] = set()
    while kinds:
        kind = kinds.pop()
        names.update(names_of(kind))
        kinds += [inner for f in kind.model_fields.values() if (inner := _keys_in(f.annotation))]
    return frozenset(names)


@cache
def keys_at(kind: type[Keys], name: str) -> type[Keys] | None:
    """Return the schema of the mappings under a key; None where it holds none."""
    return _keys_in(kind.model_fields[name].annotation)


@cache
def _is_named(kind: type[Keys], name: str) -> bool:
    """Tell whether a key holds mappings of one schema under names of their own."""
    return get_origin(kind.model_fields[name].annotation) is dict and keys_at(kind, name) is not None


def _keys_in(annotation: Any) -> type[Keys] | None:
    """Find the schema of the mappings that a key can hold, through lists, unions and annotations; there is one at most."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Keys) else None
    for inner in get_args(annotation):
        if found := _keys_in(inner):
            return found
    return None


def _below(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.strip()


ALL_KEYS = _all_keys()
"""Every key that the formats know, in both languages."""
