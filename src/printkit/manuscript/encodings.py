"""The encoding of a text, found from its bytes: UTF-8, UTF-16, GB18030 or Big5, the four that Chinese copy comes in.

A byte order mark says it; NULs mean UTF-16; what is strict UTF-8 is UTF-8. GB18030 and Big5 decode much of one another, so the one
wins whose characters are oftener among the most frequent Han of its script.
"""

import re

from printkit.diagnostics import InputError, Say, SourceRef
from printkit.manuscript.refused import refusal

_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没"
    "日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二"
    "理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气"
    "信北少关并内加化由却代军产入先山五太水万市区局会员区报讯记员公司职工总办法安社区生活路城建设服务管保"
    "，。、：“”（）《》0123456789 \n\r"
)
_FREQUENT_TRADITIONAL = _FREQUENT | frozenset(
    "這來個國到說們為時過學對裡後麼還發當無開見經頭動兩長樣現將與進實點種聲話兒問機給幾業間東氣聽關並內產萬區員報訊記總辦"
    "設務管體電話車門書風馬龍飛雲華會從義務歲書愛讀寫買賣「」『』"
)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def decoded(name: str, data: bytes, *, is_html: bool = False) -> tuple[str, str]:
    """Return a text and the name of its encoding.

    Raises:
        InputError: it is in none of the four, or its bytes are damaged.
    """
    for mark, codec, shown in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, codec, shown), shown
    if b"\0" in data[:4096]:
        # 一 is 4E 00: where the NULs stand does not say which byte comes first, but the other order is hardly Chinese.
        orders = {codec: text for codec in ("utf-16-le", "utf-16-be") if (text := _try(data, codec)) is not None}
        best = max(orders, key=lambda codec: _share(orders[codec], _FREQUENT_TRADITIONAL), default="utf-16-le")
        text = _strictly(name, data, best, "UTF-16")
        if not text.isascii() and max(_share(text, _FREQUENT), _share(text, _FREQUENT_TRADITIONAL)) < _LEAST:
            raise _undecodable(name, data, data.index(b"\0"), "UTF-16")
        return text, "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        fault = error
    if is_html and (said := _CHARSET.search(data[:4096])) and said[1].lower() in (b"utf-8", b"utf8"):
        raise _undecodable(name, data, fault.start, "UTF-8")
    found = [(_share(text, common), text, shown) for codec, common, shown in (
        ("gb18030", _FREQUENT, "GB18030"), ("big5hkscs", _FREQUENT_TRADITIONAL, "Big5")
    ) if (text := _try(data, codec)) is not None]  # fmt: skip
    share, text, shown = max(found, default=(0.0, "", ""), key=lambda one: one[0])
    if share < _LEAST:
        raise _undecodable(name, data, fault.start, "UTF-8, UTF-16, GB18030, Big5")
    return text, shown


_LEAST = 0.12
"""Share of frequent characters below which a text is taken for noise; copy has from 0.3 on."""


def _share(text: str, common: frozenset[str]) -> float:
    wide = [char for char in text if char > "\x7f"]
    return sum(char in common for char in wide) / len(wide) if wide else 0


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _strictly(name: str, data: bytes, codec: str, shown: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(name, data, error.start, shown) from error


def _undecodable(name: str, data: bytes, at: int, shown: str) -> InputError:
    line = data.count(b"\n", 0, at) + 1
    message = Say(f"this is not {shown} (byte 0x{data[at]:02X})", f"不是 {shown} 编码（字节 0x{data[at]:02X}）")
    hint = Say("open it in the program that wrote it and save it as UTF-8", "请用原来的程序打开，另存为 UTF-8 编码")
    return refusal("encoding", SourceRef(name, line), message, hint)
