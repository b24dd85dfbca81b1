"""The values of a picture's keys that are places on it: points and areas, in fractions from its left and its top."""

import re
from typing import Annotated, Literal

from pydantic import PlainValidator

from printkit.diagnostics import Say
from printkit.source.values import LooksLike, fault

LEAST_SAFE = 0.05
"""Of a side of the picture: in a smaller area no headline stands."""


def _fractions(value: object, count: int) -> tuple[float, ...] | None:
    """Return so many numbers from 0 to 1, None where the value is something else."""
    numbers = [str(part) for part in value] if isinstance(value, list) else []
    is_good = all(re.fullmatch(r"(0|1|[01]?\.\d{1,9})", part) and float(part) <= 1 for part in numbers)
    return tuple(map(float, numbers)) if is_good and len(numbers) == count else None


def _focus(value: object) -> tuple[float, float]:
    hint = Say(
        "two numbers from 0 to 1, from the left and from the top: `[0.5, 0.4]`",
        "两个 0 到 1 的数，从左、从上：[0.5, 0.4]",
    )
    if point := _fractions(value, 2):
        return point[0], point[1]
    raise fault("wrong-value", Say("this is no point of the picture", "这不是图片上的一点"), hint)


def _focuses(value: object) -> tuple[tuple[float, float], ...]:
    """One point, or a list of them."""
    if isinstance(value, list) and value and all(isinstance(point, list) for point in value):
        return tuple(_focus(point) for point in value)
    return (_focus(value),)


def _safe(value: object) -> tuple[float, float, float, float]:
    hint = Say(
        "left, top, width and height in fractions of the picture: `[0.05, 0.08, 0.5, 0.3]`",
        "左、上、宽、高，各占图片几成：[0.05, 0.08, 0.5, 0.3]",
    )
    area = _fractions(value, 4)
    if area is None:
        raise fault("wrong-value", Say("this is no area of the picture", "这不是图片上的一块"), hint)
    if min(area[2:]) < LEAST_SAFE:
        least = Say(f"at least {LEAST_SAFE:g} of the picture's width and height", f"宽、高至少占图片的 {LEAST_SAFE:g}")
        raise fault("wrong-value", Say("the area is too small for a headline", "压题区太小，排不下标题"), least)
    left, top, width, height = area
    if left + width > 1.0001 or top + height > 1.0001:
        raise fault("wrong-value", Say("the area reaches off the picture", "压题区超出图片"), hint)
    return left, top, width, height


_A_POINT = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 2, "maxItems": 2}
Focuses = Annotated[
    tuple[tuple[float, float], ...],
    PlainValidator(_focuses),
    LooksLike({"anyOf": [_A_POINT, {"type": "array", "items": _A_POINT, "minItems": 1}]}),
]
SafeArea = Annotated[
    tuple[float, float, float, float],
    PlainValidator(_safe),
    LooksLike({**_A_POINT, "minItems": 4, "maxItems": 4}),
]
CropWord = Literal["auto", "none"]
