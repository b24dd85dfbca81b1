"""File names in the copy as real paths: beside the file that names them, and inside the paper's folder."""

import os
from pathlib import Path

from printkit.diagnostics import Say, SourceRef, shown_path
from printkit.gate import LARGEST
from printkit.source.faults import Faults


def find_file(name: str, beside: Path, folder: Path | None, where: SourceRef, faults: Faults) -> Path | None:
    """Return the real path of a file that is named in another file; None when it cannot be used.

    Args:
        name: as written, with ``/`` between folders.
        beside: the file in which the name stands.
        folder: the paper's folder, resolved, which holds everything; None while it is not known.
        where: the place of the name.
        faults: takes what is wrong.
    """
    if "\\" in name or name.startswith(("/", "~")) or name[1:2] == ":":
        message = Say(f"`{name}` is not a path from this file's folder", f"“{name}”不是从本文件所在文件夹出发的路径")
        hint = Say("write it like `../images/a.jpg`, with `/`", "请写成“../images/a.jpg”的样子，用“/”分隔")
        faults.error("wrong-path", where, message, hint)
        return None
    try:
        path = (beside.parent / name).resolve()
        if folder and not path.is_relative_to(folder):
            _refuse_outside(name, folder, where, faults)
            return None
        faults.files.add(path)
        if path.is_dir():
            faults.error("unreadable-file", where, Say(f"`{name}` is a folder", f"“{name}”是文件夹，不是文件"))
        elif not path.exists():
            _refuse_missing(name, path, where, faults)
        elif not path.is_file() or not os.access(path, os.R_OK):
            message = Say(f"`{name}` cannot be read", f"“{name}”无法读取")
            hint = Say("see to its permissions", "请检查文件的权限")
            faults.error("unreadable-file", where, message, hint)
        elif (size := path.stat().st_size) > LARGEST:
            message = Say(f"`{name}` has {size >> 20} MiB", f"“{name}”有 {size >> 20} MiB")
            hint = Say(f"no file may be larger than {LARGEST >> 20}", f"文件不得超过 {LARGEST >> 20} MiB")
            faults.error("too-large", where, message, hint)
        else:
            return path
    except (OSError, RuntimeError, ValueError) as error:  # A name too long for the system or with NUL, a ring of links.
        reason = getattr(error, "strerror", None) or ("NUL" if "\0" in name else "ring of links")
        message = Say(f"`{name[:40]}` cannot be opened: {reason}", f"“{name[:40]}”无法打开：{reason}")
        faults.error("unreadable-file", where, message)
    return None


def _refuse_outside(name: str, folder: Path, where: SourceRef, faults: Faults) -> None:
    shown = shown_path(folder)
    message = Say(f"`{name}` lies outside the paper's folder", f"“{name}”在本报文件夹之外")
    hint = Say(
        f"copy the file into {shown}; links out of it are not followed", f"请把文件复制到 {shown}；不跟随指向外面的链接"
    )
    faults.error("wrong-path", where, message, hint)


def _beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())


def _refuse_missing(name: str, path: Path, where: SourceRef, faults: Faults) -> None:
    message = Say(f"there is no file `{name}`", f"没有文件“{name}”")
    hint = Say(f"it is looked for in {shown_path(path.parent)}", f"在 {shown_path(path.parent)} 里找过")
    if not path.parent.is_dir():
        hint = Say(f"there is no folder {shown_path(path.parent)}", f"没有文件夹 {shown_path(path.parent)}")
    elif meant := faults.near(path.name, lambda: _beside(path)):
        written = name[: len(name) - len(path.name)] + meant if name.endswith(path.name) else meant
        hint = Say(f"did you mean `{written}`?", f"是不是“{written}”？")
    faults.error("missing-file", where, message, hint)
