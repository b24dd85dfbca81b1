"""Pages measured once a worker: the papers of most tests differ by their folder alone, and each would be measured anew.

What is remembered is what read nothing of the paper's own; a run asks for it as for any, and tells of it at the page's own place.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.pipeline import measure

if TYPE_CHECKING:
    from printkit.pipeline.run import MeasuredPage

Note = Callable[[Iterable[Path]], None]


def measured_once() -> "Callable[[measure._MadeFrom, Note], MeasuredPage]":
    """Return what measures a page as `printkit.pipeline.measure` does, and remembers it."""
    whole = measure._measured
    known: dict[object, tuple[MeasuredPage, frozenset[Path], object]] = {}

    def once(made_from: measure._MadeFrom, note: Note) -> "MeasuredPage":
        inks, margin, html, paper, where = made_from
        key = inks, margin, html, paper.composition
        if key not in known:
            read: set[Path] = set()
            found = whole(made_from, read.update)
            note(read)
            if paper.folder.as_uri() not in html and not any(path.is_relative_to(paper.folder) for path in read):
                known[key] = found, frozenset(read), where
            return found
        (geometry, told), files, there = known[key]
        note(files)
        return geometry, tuple(replace(one, where=where) if one.where == there else one for one in told)

    return once
