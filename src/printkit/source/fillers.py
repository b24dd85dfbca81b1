"""The paper's fillers (补白): pictures of a folder, such as public-interest advertisements, that fill up automatic pages."""

import os
from pathlib import Path

from printkit.diagnostics import Say
from printkit.model.paper import Filler
from printkit.pictures.ads import read_ad_size
from printkit.pictures.sizes import PICTURE_SUFFIXES, BadPictureError
from printkit.source.document import Document
from printkit.source.faults import Faults
from printkit.source.schema import PaperKeys

_SUFFIXES = (*PICTURE_SUFFIXES, ".svg", ".pdf")


def read_fillers(document: Document[PaperKeys], folder: Path, faults: Faults) -> tuple[Filler, ...]:
    """Read the pictures of the folder that `fillers` names, by name; a link that leads out of the paper is none of them."""
    name, where = document.keys.fillers, document.at("fillers")
    if not name:
        return ()
    path = Path(os.path.realpath(document.path.parent / name.replace("\0", "")))
    if not path.is_relative_to(folder) or not os.path.isdir(path):  # noqa: PTH112  # of a name too long it is False
        inside = path.is_relative_to(folder)
        message = (
            Say(f"there is no folder `{name}`", f"没有文件夹“{name}”")
            if inside
            else Say(f"`{name}` lies outside the paper's folder", f"“{name}”在本报文件夹之外")
        )
        hint = Say(
            "make it in the paper's folder, and put pictures into it", "请在本报文件夹里建这个文件夹，放入补白图片"
        )
        faults.error("missing-file" if inside else "wrong-path", where, message, hint)
        return ()
    faults.files.add(path)
    found = []
    for file in sorted(Path(os.path.realpath(one)) for one in path.iterdir() if one.suffix.lower() in _SUFFIXES):
        if not file.is_file() or not file.is_relative_to(folder):
            continue
        faults.files.add(file)
        try:
            found.append(Filler(file, read_ad_size(file), where))
        except BadPictureError as error:
            message = Say(f"{file.name}: {error.message.en}", f"{file.name}：{error.message.zh}")
            faults.error("bad-picture", where, message, error.hint)
    return tuple(found)
