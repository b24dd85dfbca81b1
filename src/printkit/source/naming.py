"""Names that become addresses: a story's id, which names its files, and the address that a paper's site stands at."""

import re
from typing import NoReturn
from urllib.parse import quote, unquote

from printkit.diagnostics import Say

LONGEST_ID = 200
"""Bytes of UTF-8. Disks take names of 255; an id gets endings such as ``-12-1280.webp``, in the pack page and place."""

_ID = re.compile(r"[\w-]{1,80}")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]", re.IGNORECASE)
"""Names of devices, whatever ending follows: what is packed here is unpacked anywhere."""
_ID_HINT = Say("use letters, Han, digits, `-` and `_`, at most 80", "只用字母、汉字、数字、“-”和“_”，最多 80 个")

_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[\w.-]+)(?P<port>:[0-9]{1,5})?(?P<path>/[^?#]*)?")
_FOREIGN = re.compile(r'[\s\x00-\x20\x7f"<>\\]')
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AS_WRITTEN = "/%:@!$&'()*+,;=~"
"""What a path may have beside letters and digits (RFC 3986), and the escapes that it has already."""

_EXAMPLE = Say("for example `https://paper.example.org/`", "例如 https://paper.example.org/")


def wrong_id(name: str) -> Say | None:
    """Return what to do about a name that cannot be a story's id; None where it can."""
    if not _ID.fullmatch(name):
        return _ID_HINT
    if _RESERVED.fullmatch(name):
        return Say(
            "Windows keeps this name for itself, and files are named after it",
            "文件以编号命名，而 Windows 保留这个名字，请换一个",
        )
    if (size := len(name.encode())) > LONGEST_ID:
        return Say(
            f"files are named after it, and it has {size} bytes: at most {LONGEST_ID}, which is {LONGEST_ID // 3} Han",
            f"文件以编号命名，它有 {size} 字节：最多 {LONGEST_ID} 字节，即 {LONGEST_ID // 3} 个汉字",
        )
    return None


class BadAddressError(Exception):
    """No site stands at such an address."""

    def __init__(self, hint: Say) -> None:
        """Keep the next step."""
        self.hint = hint
        super().__init__(hint.en)


def site_address(text: str) -> str:
    """Return a site's address in ASCII, as links, feeds and codes have it: Han of the path as %XX, of the host as xn--.

    Raises:
        BadAddressError: it is none, or its path could not stand in a link as it is.
    """
    found = _ADDRESS.fullmatch(text)
    if not found or int((found["port"] or ":0")[1:]) > 65535:
        raise BadAddressError(_EXAMPLE)
    try:
        host = found["host"].encode("idna").decode("ascii")
    except UnicodeError:  # an empty label, or one that is too long
        raise BadAddressError(_EXAMPLE) from None
    path = (found["path"] or "").rstrip("/") + "/"
    _check_path(path)
    return f"{found['scheme']}://{host}{found['port'] or ''}{quote(path, safe=_AS_WRITTEN)}"


def _check_path(path: str) -> None:
    if _BROKEN_ESCAPE.search(path):
        _refuse("write `%` as `%25`", "“%”请写成“%25”")
    meant = unquote(path)
    if found := _FOREIGN.search(meant):
        shown = found[0] if found[0].isprintable() and found[0] != " " else f"U+{ord(found[0]):04X}"
        _refuse(f"its path cannot have `{shown}`", f"路径里不能有“{shown}”")
    segments = meant[1:-1].split("/")
    if "." in segments or ".." in segments or ("" in segments and meant != "/"):
        _refuse("give the path in full, without `.`, `..` and `//`", "路径请写全，不用“.”“..”和“//”")


def _refuse(en: str, zh: str) -> NoReturn:
    raise BadAddressError(Say(f"{en}; {_EXAMPLE.en}", f"{zh}；{_EXAMPLE.zh}"))
