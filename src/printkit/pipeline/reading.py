"""An edition read within the user's limits, in whatever process: what it loads is loaded there alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from printkit.diagnostics import Diagnostic, PrintkitError, SourceRef, shown_path
from printkit.limits import Limits, held
from printkit.model.edition import Edition

if TYPE_CHECKING:
    from printkit.source.known import Known

Read = tuple[Edition, tuple[Diagnostic, ...]]
"""An edition, and the warnings of its reading."""


def load() -> None:
    """Load what reads: pydantic, the parsers and the rules, which nothing after it needs."""
    import printkit.source  # noqa: F401


def read(
    path: Path, limits: Limits, *, planning: bool = False, known: "Known | None" = None
) -> tuple[Read | PrintkitError, frozenset[Path]]:
    """Return an edition or what is wrong with it, and every file that was read or looked for; `known` as `source` has it."""
    from printkit.source import read_edition

    files: set[Path] = set()
    try:
        with held(limits, where=SourceRef(shown_path(path))):
            return read_edition(path, planning=planning, note=files.update, known=known), frozenset(files)
    except PrintkitError as error:
        return error, frozenset(files)
