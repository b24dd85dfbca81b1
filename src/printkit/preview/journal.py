"""Files changed as one step, by renames; undone and done again from the bytes that stood there.

A file that somebody else has changed meanwhile is never overwritten: `ConflictError` has both texts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from printkit.source.patch import MARK, rewrite, text_of, unwritable


def hash_of(data: bytes) -> str:
    """Return what a browser names the state of a file by."""
    return sha256(data).hexdigest()


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
        new = (mark + text).encode()
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
        try:
            rewrite(path, known, text_of(new), is_good)
        except OSError as error:
            raise unwritable(path, error) from error
