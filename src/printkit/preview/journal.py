"""Files changed as one step, by renames; undone and done again from the bytes that stood there.

A file that somebody else has changed meanwhile is never overwritten: `ConflictError` has both texts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from printkit.diagnostics import Diagnostic, Say, UsageError, shown_path
from printkit.gate import read_file
from printkit.source.patch import rewrite

MARK = "\ufeff"


class ConflictError(Exception):
    """A file was changed outside since it was read; nothing is written."""

    def __init__(self, file: str, theirs: str, ours: str) -> None:
        """Keep the file's name, its text as it stands, and as it would have been written."""
        super().__init__(file)
        self.file, self.theirs, self.ours = file, theirs, ours


def hash_of(data: bytes) -> str:
    """Return what a browser names the state of a file by."""
    return sha256(data).hexdigest()


def text_of(data: bytes) -> str:
    """Return the text of a file's bytes, without the mark at its beginning; what is no UTF-8 is not told here."""
    return data.decode("utf-8", "replace").removeprefix(MARK)


@dataclass(frozen=True, slots=True)
class _Step:
    """What one command of the editor did: the bytes before and after of each file."""

    files: Mapping[Path, tuple[bytes, bytes]]


@dataclass(slots=True)
class Journal:
    """The steps of a session, and those that were undone."""

    done: list[_Step] = field(default_factory=list)
    undone: list[_Step] = field(default_factory=list)

    def write(self, path: Path, known: bytes, text: str, is_good: Callable[[Path], bool] = lambda _: True) -> bool:
        """Write a file that was known in some state, and keep the step; say whether anything changed.

        Raises:
            ConflictError: the file stands in another state.
            InputError: `is_good` refused the new file.
            UsageError: it cannot be written.
        """
        mark = MARK if known.startswith(MARK.encode()) else ""
        new = (mark + text).encode("utf-8")
        if new == known:
            return False
        self._swap(path, known, new, is_good)
        self.done.append(_Step({path: (known, new)}))
        self.undone.clear()
        return True

    def undo(self) -> tuple[Path, ...]:
        """Take the last step back; return its files."""
        return self._again(self.done, self.undone, lambda pair: (pair[1], pair[0]))

    def redo(self) -> tuple[Path, ...]:
        """Do the step again that was undone last; return its files."""
        return self._again(self.undone, self.done, lambda pair: pair)

    def _again(
        self, source: list[_Step], target: list[_Step], turn: Callable[[tuple[bytes, bytes]], tuple[bytes, bytes]]
    ) -> tuple[Path, ...]:
        if not source:
            return ()
        step = source[-1]
        for path, pair in step.files.items():
            known, new = turn(pair)
            self._swap(path, known, new)
        target.append(source.pop())
        return tuple(step.files)

    def _swap(self, path: Path, known: bytes, new: bytes, is_good: Callable[[Path], bool] = lambda _: True) -> None:
        def still_good(written: Path) -> bool:
            self._see_known(path, known, new)
            return is_good(written) and read_file(path) == known

        try:
            self._see_known(path, known, new)
            if not rewrite(path, lambda _: text_of(new), still_good):
                self._see_known(path, known, new)
        except OSError as error:
            reason, shown = error.strerror or str(error), shown_path(path)
            message = Say(f"cannot write {shown}: {reason}", f"无法写入 {shown}：{reason}")
            hint = Say("see to its permissions; the file is as it was", "请检查权限；文件没有改动")
            raise UsageError([Diagnostic("usage.cannot-write", message, hint=hint)]) from error

    def _see_known(self, path: Path, known: bytes, new: bytes) -> None:
        there = read_file(path) if path.is_file() else b""
        if there != known:
            raise ConflictError(path.name, text_of(there), text_of(new))
