"""Files watched: the desk is told when one that the edition uses was written, made or removed, whoever did it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import watchfiles

from printkit.preview.desk import Desk
from printkit.preview.work import Urgency
from printkit.render.templates import LAYOUTS

_STEP, _GATHERED = 15, 100
"""Milliseconds without a change after which those before it are told, and after which they are told in any case."""


def concerns(desk: Desk, path: Path) -> bool:
    """Say whether a file can change what the desk shows: one that was read or looked for, or an article to place."""
    if path.name.startswith("."):  # what is written beside its place before it is swapped in
        return False
    return path in desk.files or path.suffix in (".yaml", ".yml")


def watch(desk: Desk, stop: Event, began: Callable[[], None] = lambda: None) -> None:
    """Ask for the pages anew whenever files change, until `stop`."""
    folders = [folder for folder in (desk.base, LAYOUTS, LAYOUTS.parent / "styles") if folder.is_dir()]
    began()
    for changes in watchfiles.watch(
        *folders, watch_filter=None, step=_STEP, debounce=_GATHERED, stop_event=stop, raise_interrupt=False
    ):
        files = [path for _, name in changes if concerns(desk, path := Path(name))]
        if files:
            desk.work.ask(lambda files=files: desk.refresh(files), Urgency.CHANGED)  # type: ignore[misc]
