"""Spans of a file replaced, everything else untouched: nothing is read as YAML and written anew.

Comments, order, quotes and line ends stay as the editor has them. What `printkit plan --write`, `printkit lint --fix` and the desk
write comes to its place here: read again, over nothing but what was known, and by a rename.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from printkit.diagnostics import Diagnostic, Say, UsageError, shown_path
from printkit.gate import read_file

MARK = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Patch:
    """A span of a file's text, in characters, and what is to stand there."""

    start: int
    end: int
    text: str


def patched(text: str, patches: Iterable[Patch]) -> str:
    """Return a text with some spans replaced; none meets another."""
    parts: list[str] = []
    at = 0
    for patch in sorted(patches):
        parts += (text[at : patch.start], patch.text)
        at = patch.end
    return "".join((*parts, text[at:]))


class ConflictError(Exception):
    """A file was changed outside since it was read; nothing is written."""

    def __init__(self, file: str, theirs: str, ours: str) -> None:
        """Keep the file's name, its text as it stands, and as it would have been written."""
        super().__init__(file)
        self.file, self.theirs, self.ours = file, theirs, ours


def text_of(data: bytes) -> str:
    """Return the text of a file's bytes, without the mark at its beginning; what is no UTF-8 is not told here."""
    return data.decode("utf-8", "replace").removeprefix(MARK)


def rewrite(path: Path, known: bytes, text: str, is_good: Callable[[Path], bool] = lambda _: True) -> bool:
    """Swap in another text of a file that was read in some state, unless it is not found good; say whether it was.

    It is written beside its place, with the mark at its beginning that the file had, and comes there by a rename.

    Raises:
        ConflictError: the file stands in another state.
        OSError: the file cannot be read, or its folder not written.
    """
    mark = MARK if known.startswith(MARK.encode()) else ""
    _see_known(path, known, text)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")  # of this run alone
    beside = new.open("xb")  # never into what a link of this name leads to
    try:
        with beside as file:
            file.write((mark + text).encode("utf-8"))
        shutil.copymode(path, new)
        if not is_good(new):
            return False
        _see_known(path, known, text)
        new.replace(path.resolve())
        return True
    finally:
        new.unlink(missing_ok=True)


def _see_known(path: Path, known: bytes, ours: str) -> None:
    there = read_file(path) if path.is_file() else b""
    if there != known:
        raise ConflictError(path.name, text_of(there), ours)


@contextmanager
def written_or_told(path: Path) -> Iterator[None]:
    """Tell what keeps a file from being written.

    Raises:
        UsageError: the disk refuses, or somebody has changed the file meanwhile.
    """
    try:
        yield
    except ConflictError as error:
        shown = shown_path(path)
        message = Say(f"{shown} was changed meanwhile and was not overwritten", f"{shown} 已在别处改动，没有覆盖")
        hint = Say("run the same again: it is read anew", "请再运行一次，文件会重新读取")
        raise UsageError([Diagnostic("usage.changed", message, hint=hint)]) from error
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> UsageError:
    """Return what is told where the disk refuses a file."""
    reason, shown = error.strerror or str(error), shown_path(path)
    message = Say(f"cannot write {shown}: {reason}", f"无法写入 {shown}：{reason}")
    hint = Say("see to its permissions; the file is as it was", "请检查权限；文件没有改动")
    return UsageError([Diagnostic("usage.cannot-write", message, hint=hint)])
