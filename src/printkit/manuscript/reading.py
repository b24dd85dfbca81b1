"""A manuscript's file read by the reader of its kind; what has none is refused with the way to convert it."""

import errno
from pathlib import Path

from printkit.diagnostics import Say, file_name
from printkit.gate import read_file
from printkit.manuscript.block import Manuscript
from printkit.manuscript.docx.package import MOST
from printkit.manuscript.encodings import decoded
from printkit.manuscript.refused import refusal, to_convert

KINDS = (".docx", ".docm", ".dotx", ".txt", ".text", ".md", ".markdown", ".html", ".htm")
"""Endings of the files that are read."""

_TO_CONVERT = {".doc": "Word 97–2003 (.doc)", ".dot": "Word 97–2003 (.dot)", ".wps": "WPS (.wps)", ".odt": "OpenDocument (.odt)",
               ".rtf": "RTF", ".pages": "Pages", ".et": "WPS (.et)"}  # fmt: skip


def read_manuscript(path: Path) -> Manuscript:
    """Read a manuscript.

    Raises:
        InputError: it cannot be read, is of another kind, damaged, locked, or goes beyond the bounds.
    """
    name = file_name(path, Path.cwd(), Path.cwd().resolve())
    suffix = path.suffix.lower()
    data = _bytes_of(path, name)
    if suffix in _TO_CONVERT:
        raise to_convert(name, _TO_CONVERT[suffix])
    if suffix not in KINDS:
        message = Say(
            f"`{suffix or path.name}` is no kind of manuscript that is read", f"不能导入“{suffix or path.name}”文件"
        )
        hint = Say("it takes .docx, .txt, .md and .html", "可导入 .docx、.txt、.md、.html")
        raise refusal("other-kind", name, message, hint)
    if not data.strip(b"\0 \t\r\n"):
        raise refusal("empty", name, Say("the file is empty", "文件是空的"), Say("name another file", "请换一个文件"))
    # A reader is loaded where a file wants it: python-docx alone takes longer than a text is read.
    if suffix.startswith((".docx", ".docm", ".dotx")):
        from printkit.manuscript.docx import read_docx

        return read_docx(name, data)
    text, encoding = decoded(name, data, is_html=suffix.startswith(".htm"))
    if suffix.startswith(".htm"):
        from printkit.manuscript.html import read_html

        return read_html(name, text, encoding, path.parent)
    if suffix.startswith(".m"):
        from printkit.manuscript.markdown import read_markdown

        return read_markdown(name, text, encoding, path.parent)
    from printkit.manuscript.plain import read_plain

    return read_plain(name, text, encoding)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise refusal("unreadable-file", name, Say("this is a folder", "这是文件夹，不是文件"), _NAME_FILES)
        return read_file(path, largest=MOST)
    except FileNotFoundError as error:
        raise refusal("missing-file", name, Say("there is no such file", "没有这个文件"), _NAME_FILES) from error
    except OSError as error:
        if error.errno == errno.EFBIG:
            message = Say(f"the file is larger than {MOST >> 20} MiB", f"文件超过 {MOST >> 20} MiB")
            hint = Say("make its pictures smaller", "请压缩图片或分成几个文件")
            raise refusal("too-large", name, message, hint) from error
        reason = error.strerror or str(error)
        raise refusal(
            "unreadable-file", name, Say(f"it cannot be read: {reason}", f"无法读取：{reason}"), _NAME_FILES
        ) from error


_NAME_FILES = Say("name the files to be read", "请核对文件名")
