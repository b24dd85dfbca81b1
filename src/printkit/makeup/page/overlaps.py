"""Slots of a layout that stand on one another, or on something of the layout's own: what is in them would be printed over."""

from collections.abc import Collection
from itertools import combinations

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.lint.places import bbox_of
from printkit.model.geometry import Furniture, PageGeometry, Rect

_SAME = 1000
"""mpt by which two may reach into one another: CSS works in floating pixels, and a border has its thickness."""


def overlap_findings(geometry: PageGeometry, used: Collection[str]) -> list[Diagnostic]:
    """Tell of the slots in use that overlap another, or the layout's own parts; each two once."""
    slots = [Furniture(name, geometry.slots[name].rect) for name in geometry.slots if name in used]
    pairs = [*combinations(slots, 2), *((slot, other) for slot in slots for other in geometry.furniture)]
    return [
        _overlap(one, other, common)
        for one, other in pairs
        if (common := _common(one.rect, other.rect)).width > _SAME and common.height > _SAME
    ]


def _common(one: Rect, other: Rect) -> Rect:
    x, y = max(one.x, other.x), max(one.y, other.y)
    return Rect(x, y, min(one.right, other.right) - x, min(one.bottom, other.bottom) - y)


def _overlap(one: Furniture, other: Furniture, common: Rect) -> Diagnostic:
    size = f"{common.width / 1000:.0f} × {common.height / 1000:.0f} pt"
    return Diagnostic(
        "layout.overlap",
        Say(f"slot “{one.name}” overlaps “{other.name}” by {size}", f"版位“{one.name}”与“{other.name}”重叠 {size}"),
        Severity.WARNING,
        Say(
            "place it by the page's lines (--page-leading), or make it less high or wide",
            "请按版面的行（--page-leading）定位，或改矮、改窄",
        ),
        slot=one.name,
        bbox=bbox_of(common),
    )
