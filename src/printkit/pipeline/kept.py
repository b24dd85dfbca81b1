"""What stages made of their pieces, kept on disk from one run to the next: a page that nothing has changed is not made anew.

In: the values that a piece is made from. Out: what was made of equal values while every file that was read for it was the
same. Neither decides alone: the values tell which styles, layouts and pictures were read, and these are compared by their
content. printkit itself, the libraries, and the fonts of the system are part of every entry's name.

The entries are pickles in the user's own cache folder. One that is damaged, or that holds anything but plain values, counts as
missing: what reads them calls nothing but the classes of values, so that an entry from a stranger runs nothing either.
"""

import ast
import contextlib
import functools
import hashlib
import io
import os
import pickle
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

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


Made = tuple[Any, frozenset[Path]]
"""What was made, and every file that decided it."""


@dataclass(slots=True)
class Kept:
    """Keeps pieces in a folder, or nothing at all where it is None."""

    folder: Path | None
    _hashes: dict[Path, str] = field(default_factory=dict)
    """Of each file that was compared in this run."""
    _begun: int = field(default_factory=time.time_ns)
    _written: bool = False

    def key(self, stage: str, value: object) -> Key | None:
        """Return the key of what a stage makes of a value; None if it is not kept."""
        if self.folder is None:
            return None
        # Frozen dataclasses of text, numbers and tuples: two that are written alike are alike.
        text = _FUNCTION.sub(r"\1", repr(value))
        if _ADDRESS in text:
            return None
        named = frozenset(Path(ast.literal_eval(told)) for told in _PATH.findall(text))
        return Key(hashlib.sha256(f"{_state()}\0{stage}\0{text}".encode()).hexdigest(), named)

    def find(self, key: Key | None) -> Made | None:
        """Return what is kept under a key; None where nothing is, or one of its files has changed."""
        if self.folder is None or key is None:
            return None
        content = Store(self.folder).read(key.name)
        if content is None:
            return None
        try:
            files, made = _values(content)
            if any(self._hash(path) != told for path, told in files):
                return None
            return _values(made), frozenset(dict(files))
        except _NO_ENTRY:
            return None

    def keep(self, key: Key | None, made: object, read: frozenset[Path], left: Iterable[Path] = ()) -> Made:
        """Keep what was made, with the files that were `read` for it and that it `left`; return it with those read.

        It is not kept where one that was read was written since the run began: that may have been before or after.
        """
        if self.folder is None or key is None:
            return made, read
        read |= key.files
        told = [(path, self._hash(path)) for path in sorted(read)]
        if all(path.stat().st_mtime_ns < self._begun for path, known in told if known != _NOTHING):
            told += [(path, _hash(path)) for path in left]  # not as they were before
            Store(self.folder).write(key.name, pickle.dumps((told, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))))
            self._written = True
        return made, read

    def trim(self) -> None:
        """Remove the longest unused entries until the folder holds no more than it may."""
        if self.folder and self._written:
            Store(self.folder).trim(largest())

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = _hash(path)
        return self._hashes[path]


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
        if module.startswith("printkit.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | tuple)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _values(content: bytes) -> Any:
    return _Values(io.BytesIO(content)).load()


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(read_file(path)).hexdigest()
    except OSError:
        return _NOTHING


@functools.cache
def _state() -> str:
    """Return what decides besides values and files: Python, its packages, printkit as it stands, the system's fonts."""
    own = Path(printkit.__file__).parent
    packages = sorted(path.name for folder in sys.path for path in Path(folder or ".").glob("*.dist-info"))
    found = hashlib.sha256(repr((sys.version, packages)).encode())
    for path in (own, *_font_folders(), Path("/etc/ld.so.cache")):
        for told in _stand(path):
            found.update(repr(told).encode())
    return found.hexdigest()


def _stand(top: Path) -> Iterator[tuple[str, int, int]]:
    """Yield every file of a folder, or the file itself, with its size and when it was written."""
    files = sorted(path for path in top.rglob("*") if "__pycache__" not in path.parts) if top.is_dir() else [top]
    for path in files:
        with contextlib.suppress(OSError):
            told = path.stat()
            yield str(path), told.st_size, told.st_mtime_ns


def _font_folders() -> tuple[Path, ...]:
    """Return where fontconfig looks for fonts, and for what it is told of them."""
    home, given = Path.home(), os.environ
    shared = (given.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    data = [given.get("XDG_DATA_HOME") or f"{home}/.local/share", *shared]
    own = [given[name] for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH") if given.get(name)]
    configured = given.get("XDG_CONFIG_HOME") or f"{home}/.config"
    folders = [*(f"{one}/fonts" for one in data), f"{home}/.fonts", f"{configured}/fontconfig", "/etc/fonts", *own]
    mac = ("/System/Library/Fonts", "/Library/Fonts", f"{home}/Library/Fonts")
    return tuple(map(Path, dict.fromkeys((*folders, *mac))))
