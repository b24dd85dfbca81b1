"""What stages made of their pieces, kept on disk from one run to the next: a page that nothing has changed is not made anew.

In: the values that a piece is made from. Out: what was made of equal values while every file that was read for it was the
same. Neither decides alone: the values tell which styles, layouts and pictures were read, and these are compared by their
content. printkit itself, the libraries, and the fonts of the system are part of every entry's name.

The entries are pickles in the user's own cache folder. One that is damaged, or that holds anything but plain values, counts as
missing: what reads them calls nothing but the classes of values, so that an entry from a stranger runs nothing either.
"""

import ast
import contextlib
import dataclasses
import functools
import hashlib
import io
import os
import pickle
import re
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import printkit
from printkit.gate import read_file
from printkit.limits import given_number
from printkit.store import Store, cache_folder

_MB = 2**20
_LARGEST = 256
"""MB that the folder may hold: some hundred pages, each made up and drawn. The longest unused go first."""

_FUNCTION = re.compile(r"<function (\S+) at 0x[0-9a-f]+>")
_PATH = re.compile(r"""Path\(('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)""")
_ADDRESS = " at 0x"
_NOTHING = ""
"""Stands for the content of a file that is not there."""
_LARGE = 256 * 2**10
"""Bytes from which on reading a file takes longer than looking its hash up."""
_SETTLED = 2 * 10**9
"""Nanoseconds after which a file that is written again has another time, on the coarsest of file systems."""


class _Stamp(NamedTuple):
    """What a system changes of a file whenever it is written or another is put in its place."""

    size: int
    written: int
    changed: int
    number: int


_HASHES: dict[tuple[str, _Stamp | None], str] = {}
"""Of large files, by what they were when they were read."""


def largest() -> int:
    """Return how many bytes may be kept: ``PRINTKIT_KEEP`` in MB, 0 for nothing at all.

    Raises:
        UsageError: it is no number.
    """
    return given_number("PRINTKIT_KEEP", _LARGEST, least=0) * _MB


def default_folder() -> Path | None:
    """Return the user's cache folder for pieces; None where nothing is to be kept."""
    return cache_folder() / "pages" if largest() else None


def editions_folder() -> Path | None:
    """Return that for editions of which many are built at once; a year of them is some megabytes."""
    return cache_folder() / "editions" if largest() else None


@dataclass(frozen=True, slots=True)
class Key:
    """What a piece is kept under, and the files that the values name which it is made from."""

    name: str
    files: frozenset[Path]


class _Known(NamedTuple):
    """A value that was kept, by what decided it, and the files among that; `value` lives as long as its id is known."""

    name: str
    files: frozenset[Path]
    value: object


Made = tuple[Any, frozenset[Path]]
"""What was made, and every file that decided it."""


@dataclass(slots=True)
class Kept:
    """Keeps pieces in a folder, or nothing at all where it is None."""

    folder: Path | None
    waits: bool = False
    """Whether what was made is written at `settle` alone: somebody waits for it meanwhile."""
    _waiting: list[tuple[str, tuple[object, object]]] = field(default_factory=list)
    """Names of entries, and what is in them."""
    _hashes: dict[str, str] = field(default_factory=dict)
    """Of each file that was compared in this run."""
    _stamps: dict[str, _Stamp | None] = field(default_factory=dict)
    _known: dict[int, _Known] = field(default_factory=dict)
    _begun: int = field(default_factory=time.time_ns)
    _written: bool = False

    def key(self, stage: str, value: object) -> Key | None:
        """Return the key of what a stage makes of a value; None if it is not kept."""
        if self.folder is None:
            return None
        named: set[Path] = set()
        if isinstance(value, tuple):
            known = [self._known.get(id(part)) for part in value]
            value = tuple(one.name if one else part for part, one in zip(value, known, strict=True))
            named = {path for one in known if one for path in one.files}
        # Frozen dataclasses of text, numbers and tuples: two that are written alike are alike.
        text = _FUNCTION.sub(r"\1", repr(value))
        if _ADDRESS in text:
            return None
        named |= {Path(ast.literal_eval(told)) for told in _PATH.findall(text)}
        return Key(hashlib.sha256(f"{_state()}\0{stage}\0{text}".encode()).hexdigest(), frozenset(named))

    def find(self, key: Key | None) -> Made | None:
        """Return what is kept under a key; None where nothing is, or one of its files has changed."""
        if self.folder is None or key is None:
            return None
        content = Store(self.folder).read(key.name)
        if content is None:
            return None
        try:
            files, made = _values(content)
            for name, known, stamp in files:
                if (stamp is None or stamp != self._stamp(name)) and known != self._hash(name):
                    return None
            return self._named(_values(made), key, files)
        except _NO_ENTRY:
            return None

    def was_kept(self, key: Key | None) -> bool:
        """Say whether something was kept under a key, be it that a file has changed since."""
        return self.folder is not None and key is not None and Store(self.folder).has(key.name)

    def keep(
        self,
        key: Key | None,
        made: object,
        read: frozenset[Path],
        left: Iterable[Path] = (),
        *,
        is_written: bool = False,
    ) -> Made:
        """Keep what was made, with the files that were `read` for it and that it `left`; return it with those read.

        It is not kept where one that was read was written since the run began: that may have been before or after. What
        another process of the run has written is only known from here on.
        """
        if self.folder is None or key is None:
            return made, read
        read |= key.files
        told = []
        for name in sorted(map(str, read)):
            known, stamp = self._hash(name), _stamp(name)
            if stamp and stamp.written >= self._begun:
                return made, read
            told.append((name, known, tuple(stamp) if stamp and self._is_settled(stamp) else None))
        told += [(str(path), _hash(path), None) for path in left]  # not as they were before
        if is_written:
            self._written = True
            return self._named(made, key, told)
        self._waiting.append((key.name, (told, made)))
        if not self.waits:
            self.settle()
        return self._named(made, key, told)

    def settle(self) -> None:
        """Write what waits to be written."""
        while self.folder and self._waiting:
            name, (told, made) = self._waiting.pop()
            Store(self.folder).write(name, pickle.dumps((told, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))))
            self._written = True

    def _named(self, made: Any, key: Key, files: Sequence[tuple[str, str, object]]) -> Made:
        """Let the values that were made stand in later keys by what decided them: large ones are long to write."""
        decided = hashlib.sha256(repr((key.name, [told[:2] for told in files])).encode()).hexdigest()
        read = frozenset(Path(name) for name, _, _ in files)
        for place, part in enumerate(made if isinstance(made, tuple) else ()):
            if hasattr(part, "__dataclass_fields__"):
                self._known[id(part)] = _Known(f"{decided}.{place}", read, part)
        return made, read

    def hash(self, path: Path) -> str:
        """Return the hash of a file's content; that of a large one is kept, too."""
        return self._hash(str(path))

    def trim(self) -> None:
        """Remove the longest unused entries until the folder holds no more than it may."""
        if self.folder and self._written:
            Store(self.folder).trim(largest())

    def _hash(self, name: str) -> str:
        if name not in self._hashes:
            stamp = _stamp(name)
            is_large = stamp and stamp.size > _LARGE and self._is_settled(stamp)
            self._hashes[name] = self._large(name, stamp) if is_large else _hash(Path(name))
        return self._hashes[name]

    def _large(self, name: str, stamp: _Stamp | None) -> str:
        """Return the hash of a font or a picture, which is read once in the process, and in all as long as it is kept."""
        if (name, stamp) not in _HASHES:
            store = Store(self.folder) if self.folder else None
            key = hashlib.sha256(repr(("hash", name, stamp)).encode()).hexdigest()
            kept = store.read(key) if store else None
            _HASHES[name, stamp] = kept.decode() if kept else _hash(Path(name))
            if store and not kept:
                store.write(key, _HASHES[name, stamp].encode())
        return _HASHES[name, stamp]

    def _stamp(self, name: str) -> _Stamp | None:
        if name not in self._stamps:
            self._stamps[name] = _stamp(name)
        return self._stamps[name]

    def _is_settled(self, stamp: _Stamp) -> bool:
        """Say whether a file that is written after this run began will have another stamp: then no hash need be compared."""
        return max(stamp.written, stamp.changed) < self._begun - _SETTLED


_NO_ENTRY = (
    pickle.UnpicklingError,
    EOFError,
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ImportError,
    RecursionError,
)
"""What comes of an entry that is none of ours."""
_PLAIN = frozenset({
    "builtins.frozenset", "builtins.set", "builtins.bytearray", "builtins.complex", "builtins.range",
    "collections.OrderedDict", "datetime.date", "decimal.Decimal", "fractions.Fraction", "pathlib.PosixPath",
    "pathlib.WindowsPath", "markupsafe.Markup",
})  # fmt: skip
"""What else than printkit's own values an entry may hold."""


class _Values(pickle.Unpickler):
    """Makes values again; calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of values.

        Raises:
            pickle.UnpicklingError: it is something else, which could do anything.
        """
        if f"{module}.{name}" in _PLAIN:
            return super().find_class(module, name)
        if f"{module}.{name}" == "builtins.getattr":
            return _member
        if module.startswith("printkit.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | tuple)):
                _quicken(found)
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _member(kind: object, name: object) -> Enum:
    """Return a member of an enumeration, as Python 3.11.0 to 3.11.3 write it: Debian 12 has one of these."""
    if isinstance(kind, type) and issubclass(kind, Enum) and isinstance(name, str):
        return kind[name]
    raise pickle.UnpicklingError("what is asked of is no enumeration")


def _quicken(kind: type) -> None:
    """Let a kind of frozen values take their state at once: Python's own way asks each value for its fields anew."""
    if getattr(getattr(kind, "__setstate__", None), "__module__", "") != dataclasses.__name__:
        return
    places = [getattr(kind, told.name).__set__ for told in dataclasses.fields(kind)]

    def take(value: object, state: Sequence[object]) -> None:
        for put, part in zip(places, state, strict=True):
            put(value, part)

    kind.__setstate__ = take  # type: ignore[attr-defined]


def _values(content: bytes) -> Any:
    return _Values(io.BytesIO(content)).load()


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(read_file(path)).hexdigest()
    except OSError:
        return _NOTHING


def _stamp(name: str) -> _Stamp | None:
    try:
        told = Path(name).stat()
    except OSError:
        return None
    if stat.S_ISDIR(told.st_mode):
        return None
    return _Stamp(told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino)


@functools.cache
def _state() -> str:
    """Return what decides besides values and files: Python, its packages, printkit as it stands, the system's fonts."""
    packages = []
    for folder in sys.path:
        with contextlib.suppress(OSError):
            packages += [path.name for path in Path(folder or ".").iterdir() if path.suffix == ".dist-info"]
    found = hashlib.sha256(repr((sys.version, sorted(packages))).encode())
    for folder in (str(Path(printkit.__file__).parent), *_font_folders(), "/etc/ld.so.cache"):
        for told in _stand(folder):
            found.update(repr(told).encode())
    return found.hexdigest()


def _stand(top: str) -> Iterator[tuple[str, int, int]]:
    """Yield every file of a folder, or the file itself, with its size and when it was written."""
    try:
        with os.scandir(top) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except NotADirectoryError:
        stamp = Path(top).stat()
        yield top, stamp.st_size, stamp.st_mtime_ns
        return
    except OSError:
        return
    for entry in entries:
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _stand(entry.path)
            else:
                told = entry.stat()
                yield entry.path, told.st_size, told.st_mtime_ns


def _font_folders() -> tuple[str, ...]:
    """Return where fontconfig looks for fonts, and for what it is told of them."""
    home, given = Path.home(), os.environ
    shared = (given.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    data = [given.get("XDG_DATA_HOME") or f"{home}/.local/share", *shared]
    own = [given[name] for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH") if given.get(name)]
    configured = given.get("XDG_CONFIG_HOME") or f"{home}/.config"
    folders = [*(f"{one}/fonts" for one in data), f"{home}/.fonts", f"{configured}/fontconfig", "/etc/fonts", *own]
    mac = ("/System/Library/Fonts", "/Library/Fonts", f"{home}/Library/Fonts")
    return tuple(dict.fromkeys((*folders, *mac)))
