"""Pictures that a text names: a file beside it, or one written into it; nothing is ever fetched."""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote

from printkit.diagnostics import SourceRef
from printkit.gate import read_file
from printkit.manuscript.block import Embedded, Note

_DATA = re.compile(r"data:image/([\w.+-]+);base64,(.*)", re.DOTALL)
_SUFFIXES = {"jpeg": ".jpg", "svg+xml": ".svg", "x-icon": ".ico"}
MOST = 100 * 1024 * 1024
"""Bytes of a picture's file."""


def local_picture(address: str, folder: Path, alt: str = "") -> Embedded | Note:
    """Return a picture of a text in some folder, or a note that it is elsewhere, missing or outside."""
    somewhere = SourceRef("")
    if found := _DATA.match(address):
        try:
            data = base64.b64decode(re.sub(r"\s", "", unquote(found[2])), validate=True)
        except (binascii.Error, ValueError):
            return Note("picture-broken", somewhere, f"{address[:24]}…")
        return Embedded(data, _SUFFIXES.get(found[1].lower(), f".{found[1].lower()}"), alt)
    if re.match(r"[a-z][a-z0-9+.-]+:|//", address, re.IGNORECASE) or not address:
        return Note("picture-remote", somewhere, address)
    try:
        path = (folder / unquote(address.partition("?")[0].partition("#")[0])).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= MOST:
            data = read_file(path, [folder.resolve()], MOST)
            return Embedded(data, path.suffix.lower() or suffix_of(data), alt)
    except (OSError, ValueError):
        pass
    return Note("picture-missing", somewhere, address)


def suffix_of(data: bytes) -> str:
    """Return the ending of a picture's kind by its first bytes; saved pages have files without one."""
    for begin, suffix in ((b"\xff\xd8", ".jpg"), (b"\x89PNG", ".png"), (b"GIF8", ".gif"), (b"BM", ".bmp")):
        if data.startswith(begin):
            return suffix
    return ".webp" if data[8:12] == b"WEBP" else ""
