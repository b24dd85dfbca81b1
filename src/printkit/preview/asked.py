"""What a browser may ask for: a small JSON object of known keys, each of its kind. Whatever else comes is refused here.

In: the body of a request. Out: the object, whose texts can be written and whose numbers are small; or why it is none.
"""

import json
from collections.abc import AsyncIterable
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, Say

LARGEST = 4 * 2**20
"""Bytes: an article's texts, and much more."""
_TEXTS = frozenset({"do", "story", "page", "slot", "hash", "with", "file", "key"})
_OBJECTS = frozenset({"values", "places", "forms"})
_FARTHEST = 10_000
"""Columns or rows of a place: more than any page has."""


async def asked(body: AsyncIterable[bytes]) -> dict[str, Any]:
    """Return what a request brings.

    Raises:
        InputError: it is too large, no JSON object, or a value is of another kind than the desk's own page sends.
    """
    data = bytearray()
    async for part in body:
        data += part
        if len(data) > LARGEST:
            raise _refused()
    try:
        given = json.loads(bytes(data))
        json.dumps(given, ensure_ascii=False, allow_nan=False).encode()  # half a character, or no number, goes nowhere
    except (ValueError, RecursionError) as error:
        raise _refused() from error
    if not isinstance(given, dict) or not all(_is_usual(key, value) for key, value in given.items()):
        raise _refused()
    return given


def _is_usual(key: str, value: Any) -> bool:
    if value is None:
        return True
    if key in _TEXTS:
        return isinstance(value, str)
    if key == "at":
        return (
            isinstance(value, list)
            and len(value) == 4
            and all(isinstance(n, int) and abs(n) < _FARTHEST for n in value)
        )
    return key not in _OBJECTS or (
        isinstance(value, dict) and (key != "forms" or all(isinstance(one, dict) for one in value.values()))
    )


def _refused() -> InputError:
    message = Say("this is no request of the desk's page", "这不是编辑台页面发出的请求")
    hint = Say("load the page again; nothing was written", "请重新载入页面；没有写入任何内容")
    return InputError([Diagnostic("desk.refused", message, hint=hint)])
