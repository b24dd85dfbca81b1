"""What a site's files tell, held against the classes that it goes into: what is damaged is told where it is read, not where it is used.

In: values made of JSON. Out: the same, every field of the kind that its class declares.
"""

import math
from collections.abc import Hashable
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def declared(value: T) -> T:
    """Return a value of a dataclass.

    Raises:
        ValueError: one of its fields, or of those in them, is of another kind, is no finite number, or no text of characters.
    """
    _check(value, type(value))
    return value


def _check(value: Any, kind: Any) -> None:
    if get_origin(kind) is UnionType:  # of what may be missing
        kind = get_args(kind)[0] if value is not None else type(None)
    container: Any = get_origin(kind) or kind
    is_one = isinstance(value, (int, float) if kind is float else container)
    if not is_one or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{value!r:.40} is no {container.__name__}")
    if isinstance(value, str):
        value.encode()  # half a pair of surrogates is none
    elif container is tuple:
        for one in value:
            _check(one, get_args(kind)[0])
    elif is_dataclass(value):
        for name, of in _fields(container).items():
            _check(getattr(value, name), of)


@cache
def _fields(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)
