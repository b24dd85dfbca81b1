"""The faults of one run, gathered while reading goes on, so that an editor sees all of them at once."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, SourceRef, file_name, near

T = TypeVar("T")
Note = Callable[[Iterable[Path]], None]
"""Is given every file that was read or looked for."""

_HINTS = {
    "missing-file": Say("check the name; paths start at the file they stand in", "请核对文件名；路径从所在文件算起"),
    "unreadable-file": Say("name a file that can be read", "请写一个可以读取的文件"),
    "wrong-path": Say("paths stay inside the paper's folder", "路径须在报纸文件夹之内"),
    "wrong-type": Say("see docs/formats.md for what this key takes", "这个键的写法见 docs/formats.md"),
    "wrong-value": Say("see docs/formats.md for what this key takes", "这个键的取值见 docs/formats.md"),
    "wrong-place": Say("take this key out, or choose another layout", "请删去这个键，或换一个版式"),
    "used-twice": Say("give one of them another name", "请给其中一个换一个名字"),
    "duplicate-key": Say("keep one of them", "请只保留一个"),
    "unknown-key": Say("see docs/formats.md for the keys there are", "可用的键见 docs/formats.md"),
    "syntax": Say("check colons, quotes and indents near this place", "请检查此处附近的冒号、引号和缩进"),
    "empty": Say("write the keys that docs/formats.md lists for this file", "请写上 docs/formats.md 为此文件列出的键"),
    "bad-picture": Say("export the picture again", "请重新导出这张图片"),
}
"""What to do next, for faults whose own words do not say it."""


MOST = 50
"""Faults of one file that are told one by one, and names of a run for which the one that was meant is sought."""


class Faults:
    """Gathers what reading finds; nothing is raised before everything was read. Files are named from one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: dict[Diagnostic, None] = {}
        self._guesses = MOST
        self.files: set[Path] = set()
        """Every file that was read or looked for."""

    def noting(self, read: Callable[[], T]) -> tuple[T, frozenset[Path]]:
        """Read something; return it with every file that was read or looked for."""
        before, self.files = self.files, set()
        try:
            return read(), frozenset(self.files)
        finally:
            self.files |= before

    def file_name(self, path: Path) -> str:
        """Name a file as findings do."""
        return file_name(path, self.folder)

    def name_from(self, folder: Path, path: Path) -> None:
        """Name files from another folder from now on, and so the one file in which all was found that was so far."""
        self.folder = folder
        file = self.file_name(path)
        found = (replace(d, where=d.where and replace(d.where, file=file)) for d in self._found)
        self._found = dict.fromkeys(found)

    def near(self, word: str, words: Callable[[], Iterable[str]]) -> str:
        """Return the word that was probably meant, or an empty text; after so many nothing is sought any more."""
        self._guesses -= 1
        return near(word, words()) if self._guesses >= 0 else ""

    def error(self, code: str, where: SourceRef, message: Say, hint: Say | None = None) -> None:
        """Note a fault that ends the run once everything is read; without a hint it gets that of its code."""
        full = code if "." in code else f"source.{code}"
        self._found[Diagnostic(full, message, hint=hint or _HINTS.get(code), where=where)] = None

    def warn(self, code: str, where: SourceRef, message: Say, hint: Say | None = None) -> None:
        """Note something that is allowed but hardly meant."""
        self._found[Diagnostic(f"source.{code}", message, Severity.WARNING, hint=hint, where=where)] = None

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """All findings by file, line and column; of the errors of one file the first, and how many more there are."""
        told: list[Diagnostic] = []
        errors: Counter[str] = Counter()
        for one in sorted(self._found, key=lambda d: (d.where or SourceRef(""), d.code)):
            file = one.where.file if one.where else ""
            errors[file] += one.severity is Severity.ERROR
            if one.severity is not Severity.ERROR or errors[file] <= MOST:
                told.append(one)
        told.extend(_more(file, count - MOST) for file, count in errors.items() if count > MOST)
        return tuple(told)

    @property
    def are_errors(self) -> bool:
        """Whether anything found so far ends the run."""
        return any(d.severity is Severity.ERROR for d in self._found)

    def raise_errors(self) -> None:
        """End the run when there is an error.

        Raises:
            InputError: with every finding, warnings too.
        """
        if self.are_errors:
            raise InputError(self.found, self.folder)


def _more(file: str, count: int) -> Diagnostic:
    message = Say(f"{count} more faults in this file", f"此文件还有 {count} 处错误")
    hint = Say("mend the first ones: others may go with them", "请先改好前面的，其余的可能随之消失")
    return Diagnostic("source.more-faults", message, hint=hint, where=SourceRef(file) if file else None)
