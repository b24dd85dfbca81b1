"""That all variants lay out the same page box: what a style moves in one of them is refused.

In: a page's geometry as measured for the screen and in another look. Out: what differs first.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from printkit.diagnostics import Diagnostic, Say
from printkit.model.context import PageContext
from printkit.model.geometry import PageGeometry, Rect, Slot

SAME = 5
"""mpt within which two places are the same: both come from WeasyPrint's floats, one behind the sheet's margin."""


def moves(page: PageContext, found: Say) -> Diagnostic:
    """Tell that the style of the press lays a page out otherwise than that of the screen, and what it moves first."""
    sheets = ", ".join(sheet.name for sheet in page.paper.stylesheets)
    told = Say(f" and {sheets}", f"和 {sheets}") if sheets else Say("", "")
    return Diagnostic(
        "style.variant-moves",
        Say(
            f"layout “{page.layout}” is laid out otherwise for print: {found.en}",
            f"版式“{page.layout}”印刷时排得不一样：{found.zh}",
        ),
        hint=Say(
            f"under `html.press` and `html.screen` set colours alone, and no size under `@page`; see page.css{told.en}",
            f"html.press、html.screen 之下只能写颜色，也不要写 @page 的尺寸；请检查 page.css{told.zh}",
        ),
        where=page.where,
        page=page.number,
    )


def first_difference(screen: PageGeometry, press: PageGeometry) -> Say | None:
    """Return what is laid out otherwise for the press: the page, its grid or a slot; None when nothing is."""
    if abs(screen.width - press.width) > SAME or abs(screen.height - press.height) > SAME:
        sizes = [f"{g.width / 1000:.2f} × {g.height / 1000:.2f} pt" for g in (screen, press)]
        return Say(f"the page is {sizes[1]}, not {sizes[0]}", f"版面是 {sizes[1]}，而不是 {sizes[0]}")
    if difference := _rect_difference(screen.grid.main, press.grid.main):
        return Say(f"<main> {difference.en}", f"<main> {difference.zh}")
    a, b = screen.grid, press.grid
    if (a.columns, a.gutter, a.size, a.leading, a.steps) != (b.columns, b.gutter, b.size, b.leading, b.steps):
        return Say("its columns, gutter, body size or leading differ", "栏数、栏间、正文字号或行距不同")
    for name in sorted(screen.slots.keys() | press.slots.keys()):
        if name not in screen.slots or name not in press.slots:
            return Say(f"only one of them has slot “{name}”", f"版位“{name}”只在一种里有")
        difference = _slot_difference(screen.slots[name], press.slots[name]) or _style_difference(screen, press, name)
        if difference:
            return Say(f"slot “{name}” {difference.en}", f"版位“{name}”{difference.zh}")
    return None


def _rect_difference(a: Rect, b: Rect) -> Say | None:
    if all(abs(getattr(a, side.name) - getattr(b, side.name)) <= SAME for side in fields(Rect)):
        return None
    places = [f"{r.x / 1000:.2f}, {r.y / 1000:.2f}, {r.width / 1000:.2f} × {r.height / 1000:.2f} pt" for r in (a, b)]
    return Say(f"stands at {places[1]}, not at {places[0]}", f"在 {places[1]}，而不在 {places[0]}")


def _slot_difference(a: Slot, b: Slot) -> Say | None:
    if difference := _rect_difference(a.rect, b.rect):
        return difference
    return Say("has other columns", "的栏数不同") if (a.columns, a.many) != (b.columns, b.many) else None


def _style_difference(screen: PageGeometry, press: PageGeometry, slot: str) -> Say | None:
    for key, mine in screen.styles.items():
        if key[0] != slot or mine == (other := press.styles.get(key)):
            continue
        roles: Mapping[str, Any] = other.roles if other else {}
        role = next((name for name, style in mine.roles.items() if roles.get(name) != style), None)
        if role:
            return Say(f"sets .{role} in another size or manner", f"的 .{role} 字号或排法不同")
        return Say("has other custom properties or another frame", "的自定义属性或边框不同")
    return None
