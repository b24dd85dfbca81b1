"""YAML files as nodes, within bounds: in goes a file; out comes its top `Mapping`, or the faults say why not.

The nodes are composed here from PyYAML's events, not by ``yaml.compose``: compose recurses and
expands aliases without bound, and on its nodes an explicit tag looks like a guessed one. One pass over
the events bounds nesting and expansion, and sees duplicate keys and tags where they stand.
"""

import contextlib
import errno
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import yaml

from printkit.diagnostics import Say, SourceRef
from printkit.gate import read_file
from printkit.source.faults import Faults
from printkit.source.nodes import Mapping, Node, Scalar, Sequence, Source
from printkit.source.syntax import explain

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes of one file. A full broadsheet page is about 60 kB of copy; 2 MiB is no article any more."""

DEEPEST = 40
"""Levels of nesting. The formats need eight."""

LARGEST_EXPANSION = 4_000_000
"""Characters and nodes that a file may grow to through its aliases (an alias bomb grows to billions)."""

# The native parser is about ten times faster; both give the same marks.
_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# YAML 1.2, production 1, c-printable, without U+0085: editors show it nowhere, yet YAML counts it as a line end.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_nodes(path: Path, keys: frozenset[str], faults: Faults) -> Mapping | None:
    """Read a YAML file whose top level is a mapping; None when it is no such file (and the faults say why).

    `keys` are all keys the formats know: with them a slip such as ``headline：…`` is told as what it is.
    """
    text = _read_text(path, faults)
    if text is None:
        return None
    return read_source(Source(faults.file_name(path), text), keys, faults)


def read_list(path: Path, under: str, faults: Faults) -> Mapping | None:
    """Read a YAML file whose top level is a list, as what stands under a key."""
    text = _read_text(path, faults)
    return read_source(Source(faults.file_name(path), text), frozenset(), faults, under) if text is not None else None


def read_source(source: Source, keys: frozenset[str], faults: Faults, under: str = "") -> Mapping | None:
    """Read a text as `read_nodes` does a file."""
    text = source.text
    if unprintable := _UNPRINTABLE.search(text):
        _refuse_character(source, unprintable.start(), faults)
        return None
    try:
        root = _Composer(source, faults).compose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if "nesting depth" in (error.problem or "") and mark and mark.index < len(text):
            # PyYAML 6.0.4 ends at 1,000 levels by itself; what stands before is deep enough to be told at its place.
            return read_source(Source(source.name, text[: mark.index]), keys, faults, under)
        offset, message, hint = explain(error, text, keys)
        faults.error("syntax", source.where(offset), message, hint)
        return None
    except _HopelessError:
        return None
    if under and isinstance(root, Sequence):
        return Mapping(source, root.start, {Scalar.read(under, source, root.start, root.start, ""): root})
    if isinstance(root, Mapping):
        return root
    _refuse_top_level(root, source, faults)
    return None


def _read_text(path: Path, faults: Faults) -> str | None:
    where = SourceRef(faults.file_name(path))
    faults.files.add(path.absolute())
    try:
        if path.is_dir():
            faults.error("unreadable-file", where, Say("this is a folder, not a file", "这是文件夹，不是文件"))
            return None
        if not path.exists():
            faults.error("missing-file", where, Say("there is no such file", "没有这个文件"))
            return None
        data = read_file(path, largest=LARGEST_FILE)
    except OSError as error:
        if error.errno == errno.EFBIG:
            _refuse_size(where, faults)
            return None
        reason = error.strerror or type(error).__name__
        faults.error("unreadable-file", where, Say(f"the file cannot be read: {reason}", f"文件无法读取：{reason}"))
        return None
    return _decode(data, where, faults)


def _refuse_size(where: SourceRef, faults: Faults) -> None:
    limit = f"{LARGEST_FILE >> 20} MiB"
    faults.error(
        "too-large",
        where,
        Say(f"the file is larger than {limit}, the limit for a YAML file", f"文件超过 {limit}（YAML 文件的上限）"),
        Say("split it: one article a file", "请分成几个文件：一篇稿件一个文件"),
    )


def _decode(data: bytes, where: SourceRef, faults: Faults) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1
        byte = data[error.start]
    hint = Say("save the file as UTF-8", "请把文件另存为 UTF-8 编码")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = Say("it looks like UTF-16: save it as UTF-8", "看来是 UTF-16 编码：请另存为 UTF-8")
    elif re.match(rb"\xed[\xa0-\xbf]", data[len(before) : len(before) + 2]):
        hint = Say("it is half of a surrogate pair: write the character itself", "这是半个代理对：请直接写出字符本身")
    else:
        with contextlib.suppress(UnicodeDecodeError):
            data.decode("gb18030")
            hint = Say("it looks like GBK: save it as UTF-8", "看来是 GBK 编码：请另存为 UTF-8")
    faults.error(
        "encoding",
        SourceRef(where.file, line, column),
        Say(f"the file is not UTF-8 (byte 0x{byte:02X})", f"文件不是 UTF-8 编码（字节 0x{byte:02X}）"),
        hint,
    )
    return None


def _refuse_character(source: Source, offset: int, faults: Faults, field_path: str = "") -> None:
    code = ord(source.text[offset])
    faults.error(
        "encoding",
        source.where(offset, field_path),
        Say(f"the control character U+{code:04X} stands here", f"这里有控制字符 U+{code:04X}"),
        Say("delete it; it cannot be printed", "请删除：它不能印出"),
    )


def _refuse_top_level(root: Node | None, source: Source, faults: Faults) -> None:
    if root is None or (isinstance(root, Scalar) and not root.strip()):
        message = Say("the file is empty", "文件是空的")
        hint = Say("write `key: value` lines", "请写“键: 值”，一行一个")
        faults.error("empty", source.where(0), message, hint)
        return
    offset = root.start
    hint = Say("write `key: value` lines", "请写“键: 值”，一行一个")
    line = source.line_text(source.place(offset)[0])
    if "：" in line and isinstance(root, Scalar):
        hint = Say("use the half-width `:` and a space after the key", "键后请用半角冒号“:”加一个空格，不用全角“：”")
    elif isinstance(root, Scalar) and re.match(r"\w+:\S", line):
        hint = Say("put a space after the `:`", "冒号后请加一个空格")
    found = ("a list", "列表") if isinstance(root, Sequence) else ("a text", "文字")
    message = Say(f"the file must hold keys with values, not {found[0]}", f"文件里应是键和值，而不是{found[1]}")
    faults.error("wrong-type", source.where(offset), message, hint)


_ODD_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\n\r]*)")


class _HopelessError(Exception):
    """The file cannot be read on; its fault is told."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Sequence | Mapping
    anchor: str | None
    weight: int = 1
    height: int = 1
    key: Scalar | None = None
    waits_for_value: bool = False
    keys: dict[str, Scalar] = field(default_factory=dict)
    """The keys so far, each with its place."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    weight: int
    height: int


class _Composer:
    """Makes nodes of events without recursion."""

    def __init__(self, source: Source, faults: Faults) -> None:
        self._source = source
        self._faults = faults
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._root: Node | None = None
        self._is_root_set = False

    def compose(self) -> Node | None:
        """Return the top node of the first document, None when there is none."""
        try:
            for event in yaml.parse(self._source.text, Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._refuse_depth_before(error)
            raise
        return self._root

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                if self._is_root_set:
                    self._refuse_second_document(_start_of(event))
            case yaml.ScalarEvent():
                self._refuse_tag(event)
                self._add_scalar(event)
            case yaml.AliasEvent():
                self._add_alias(event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_tag(event)
                self._start(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end(event)

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        start = _start_of(event)
        end = event.end_mark.index if event.end_mark else start
        scalar = Scalar.read(event.value, self._source, start, end, event.style or "")
        if unprintable := _UNPRINTABLE.search(scalar):
            code = ord(unprintable[0])
            self._faults.error(
                "encoding",
                self._source.where(start),
                Say(
                    f"an escape writes U+{code:04X}, which cannot be printed",
                    f"转义写法写出了 U+{code:04X}，不能印出",
                ),
                Say("write the character itself", "请直接写出字符本身"),
            )
        if not scalar.style:
            self._warn_of_comment(scalar)
        weight = 1 + len(scalar)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(scalar, weight, 1)
        self._add(scalar, start, weight, 1)

    def _warn_of_comment(self, scalar: Scalar) -> None:
        """``第 #1 号`` loses its end to YAML; a comment that is meant has a space after its ``#``."""
        found = _ODD_COMMENT.match(self._source.text, scalar.end)
        if not found or not scalar:
            return
        lost = found[1][:12]
        self._faults.warn(
            "odd-comment",
            self._source.where(found.start(1)),
            Say(f"`{lost}` is a comment to YAML and no part of the text", f"YAML 把“{lost}”当作注释，不算文字"),
            Say(
                "put the text in single quotes; leave a space after the `#` of a comment",
                "文字请加单引号；注释的“#”后请空一格",
            ),
        )

    def _add_alias(self, event: yaml.AliasEvent) -> None:
        start = _start_of(event)
        quote = Say('if it is text, put it in quotes: "*…"', '如果是文字，请加引号："*…"')
        if event.anchor not in self._anchors:
            message = Say(f"`*{event.anchor}` refers to nothing", f"“*{event.anchor}”没有所指")
            self._faults.error("syntax", self._source.where(start), message, quote)
            self._add(Scalar.read(f"*{event.anchor}", self._source, start, start, ""), start, 1, 1)
            return
        anchored = self._anchors[event.anchor]
        if anchored is None:
            message = Say(f"`*{event.anchor}` contains itself", f"“*{event.anchor}”包含了它自己")
            self._give_up("syntax", start, message, Say("write the content out", "请把内容写出来"))
        else:
            self._add(anchored.node, start, anchored.weight, anchored.height)

    def _start(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        start = _start_of(event)
        self._refuse_depth(len(self._open) + 1, start)
        kind = Sequence if isinstance(event, yaml.SequenceStartEvent) else Mapping
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(kind(self._source, start), event.anchor))

    def _end(self, event: yaml.Event) -> None:
        done = self._open.pop()
        done.node.end = event.end_mark.index if event.end_mark else done.node.start
        if done.anchor:
            self._anchors[done.anchor] = _Anchored(done.node, done.weight, done.height)
        self._add(done.node, done.node.start, done.weight, done.height)

    def _add(self, node: Node, start: int, weight: int, height: int) -> None:
        if not self._open:
            self._root, self._is_root_set = node, True
            return
        parent = self._open[-1]
        parent.weight += weight
        parent.height = max(parent.height, height + 1)
        if parent.weight > LARGEST_EXPANSION:
            message = Say(
                f"the aliases (`*name`) expand to more than {LARGEST_EXPANSION:,} characters",
                f"别名（*name）展开后超过 {LARGEST_EXPANSION:,} 个字符",
            )
            self._give_up("too-large", start, message, Say("write the content out", "请把内容写出来"))
        self._refuse_depth(len(self._open) + height, start)
        if isinstance(parent.node, Sequence):
            parent.node.items.append(node)
        elif parent.waits_for_value:
            if parent.key is not None:
                parent.node.entries[parent.key] = node
            parent.key, parent.waits_for_value = None, False
        else:
            parent.key, parent.waits_for_value = self._key(node, start, parent.node), True

    def _key(self, node: Node, start: int, mapping: Mapping) -> Scalar | None:
        """Return the key, or None when the entry is refused."""
        if not isinstance(node, Scalar):
            message = Say("a key must be a text", "键必须是文字")
            hint = Say(
                "text that begins with `{` or `[` goes in quotes: '{{ … }}'", "以“{”或“[”开头的文字请加引号：'{{ … }}'"
            )
            self._give_up("syntax", start, message, hint)
        if node not in mapping.entries:
            read = Scalar.read(node, self._source, start, node.end, node.style)
            self._open[-1].keys[read] = read
            return read
        line = self._source.place(self._open[-1].keys[node].start)[0]
        self._faults.error(
            "duplicate-key",
            self._source.where(start, self._field_path(node)),
            Say(f"the key `{node}` stands twice (first in line {line})", f"键“{node}”写了两次（第一次在第 {line} 行）"),
            Say("keep one of them", "请只留一个"),
        )
        return None

    def _field_path(self, key: str) -> str:
        path = ""
        for outer in self._open[:-1]:
            if isinstance(outer.node, Sequence):
                path += f"[{len(outer.node.items)}]"
            else:
                path += f".{outer.key}"
        return f"{path}.{key}".removeprefix(".")

    def _refuse_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if not tag:
            return
        name = tag.replace("tag:yaml.org,2002:", "!!")
        self._faults.error(
            "syntax",
            self._source.where(_start_of(event)),
            Say(f"the tag `{name}` is not allowed", f"不允许使用标签“{name}”"),
            Say("delete it; if it is text, put the text in quotes", "请删除；如果是文字，请加引号"),
        )

    def _refuse_second_document(self, start: int) -> None:
        message = Say("a second document begins here (`---`)", "这里开始了第二个文档（---）")
        self._give_up("syntax", start, message, Say("one file holds one document", "一个文件只能有一个文档"))

    def _refuse_depth(self, depth: int, start: int) -> None:
        if depth > DEEPEST:
            message = Say(f"nested deeper than {DEEPEST} levels", f"嵌套超过 {DEEPEST} 层")
            hint = Say("text that begins with `[` or `{` goes in quotes", "以“[”或“{”开头的文字请加引号")
            self._give_up("too-large", start, message, hint)

    def _refuse_depth_before(self, error: yaml.MarkedYAMLError) -> None:
        """Hold our bound against what the parser had read, but not yet told, when it stopped.

        It reads a line up to 1,024 characters ahead, and some of its versions stop at 1,000 levels of their own.
        """
        depth = 0
        end = error.problem_mark.index if error.problem_mark else 0
        with contextlib.suppress(yaml.MarkedYAMLError):  # the text before the fault has an end too early
            for event in yaml.parse(self._source.text[:end], Loader=_LOADER):
                if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                    depth += 1
                    self._refuse_depth(depth, _start_of(event))
                elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                    depth -= 1

    def _give_up(self, code: str, start: int, message: Say, hint: Say) -> NoReturn:
        self._faults.error(code, self._source.where(start), message, hint)
        raise _HopelessError


def _start_of(event: yaml.Event) -> int:
    if event.start_mark is None:
        raise AssertionError("the parser gives every event a mark")
    return event.start_mark.index
