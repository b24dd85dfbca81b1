"""Spans of a file replaced, everything else untouched: nothing is read as YAML and written anew.

Comments, order, quotes and line ends stay as the editor has them. `printkit plan --write` writes places and pages so, each as a
key of its story's entry, and `printkit lint --fix` mends copy.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from printkit.gate import read_file
from printkit.model.edition import Place

Spot = tuple[int, int]
"""Line and column of the first key of an entry, or of its brace, both from 1."""

_MARK = "\ufeff"


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


def rewrite(path: Path, change: Callable[[str], str], is_good: Callable[[Path], bool] = lambda _: True) -> bool:
    """Change a file's text and swap it in whole, unless what was written beside it is not found good; say whether it was.

    Raises:
        OSError: the file cannot be read, or its folder not written.
    """
    text = read_file(path).decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    changed = (mark + change(text.removeprefix(mark))).encode("utf-8")
    new = path.with_name(f".{path.name}.{os.getpid()}.new")  # of this run alone
    beside = new.open("xb")  # never into what a link of this name leads to
    try:
        with beside as file:
            file.write(changed)
        shutil.copymode(path, new)
        if is_good(new):
            new.replace(path.resolve())
            return True
        return False
    finally:
        new.unlink(missing_ok=True)


def with_places(
    text: str,
    places: Mapping[Spot, Place],
    pages: Mapping[Spot, str] | None = None,
    forms: Mapping[Spot, str] | None = None,
) -> str:
    """Return a file's text with the places (`at`) of some stories written in, and the pages (`page`) and forms of some."""
    keys = {spot: [f"page: {number}"] for spot, number in (pages or {}).items()}
    for spot, form in (forms or {}).items():
        keys[spot] = [*keys.get(spot, []), form]
    for spot, at in places.items():
        place = f"at: {{column: {at.column}, row: {at.row}, columns: {at.columns}, rows: {at.rows}}}"
        keys[spot] = [*keys.get(spot, []), place]
    lines = text.splitlines(keepends=True)
    patches = []
    for (line, column), written in keys.items():
        old = lines[line - 1]
        after = old[column - 1 :]
        start = sum(map(len, lines[: line - 1])) + column - 1
        if after.startswith("{"):
            blanks = len(after) - 1 - len(after[1:].lstrip(" "))
            patches.append(Patch(start, start + 1 + blanks, f"{{{', '.join(written)}, "))
        else:
            end = next((end for end in ("\r\n", "\r", "\n") if old.endswith(end)), "\n")
            patches.append(Patch(start, start, "".join(f"{key}{end}{' ' * (column - 1)}" for key in written)))
    return patched(text, patches)
