"""What the CSS means: slots, page grid and type, read from a page that WeasyPrint laid out with probes.

In: the page's HTML with empty slots and one hidden probe for each slot × level × frame × look × role. Out: a
`PageGeometry`. CSS is the one truth of how things look; make-up picks among the steps it lists.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, SourceRef
from printkit.makeup.tiling.craft import WEIGHTS
from printkit.model.geometry import DrawnRule, Furniture, Grid, Notch, PageGeometry, Rect, Slot, StyleKey
from printkit.model.style import Composition
from printkit.render import styles
from printkit.render.engine import Fetcher, font_configuration, laying_out, weasyprint
from printkit.render.log import listening, log_findings
from printkit.render.story_type import TypeReader
from printkit.units import LengthError, from_px

_PROBE = re.compile(r' data-probe="([^"|]*\|\d+\|[^"|]*\|[^"|]*\|[^"|]*)"', re.ASCII)
"""A probe as `slots.probes` writes it."""

_INDEX_SLACK = 750
"""mpt by which an entry may reach below its index: less than its leading's white."""

_SIDES = ("top", "right", "bottom", "left")


@dataclass(slots=True)
class Measured:
    """What one measuring found: the geometry and the findings about the style."""

    geometry: PageGeometry
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: frozenset[Path] = frozenset()
    """What was read for it: style sheets, and pictures of the layout's own."""


def measure(
    html: str,
    roots: Sequence[Path],
    where: SourceRef,
    house: Composition,
    alternates: frozenset[str],
    margin: int = 0,
) -> Measured:
    """Lay a page out and read its geometry and type.

    Args:
        html: the page with its probes.
        roots: folders that style sheets, pictures and fonts may come from.
        where: the place to name for faults of the layout (the page's `layout` key).
        house: the paper's choices for composing.
        alternates: families that the built-in chains list; only another missing one is worth a word
            when a family before it is present.
        margin: white round the trimmed page on its sheet, mpt; places are told from the trimmed page's corner.

    Raises:
        InputError: the layout or a style cannot be used; every fault of the page is in it.
        MissingPartError: of a chain no family is present.
    """
    fetcher = Fetcher(roots)
    with listening() as records, laying_out(where):
        page = weasyprint.HTML(string=html, base_url=roots[0].as_uri() + "/", url_fetcher=fetcher)
        document = page.render(font_config=font_configuration())
    findings = log_findings(records, where)
    if any(f.severity is Severity.ERROR for f in findings):
        raise InputError(findings)
    types = TypeReader(where, house, alternates)
    try:
        geometry = _PageReader(document, types, margin).read(html)
    except LengthError as fault:
        message = Say(f"a style of this page sets an endless length: {fault}", f"本版样式给出了无穷大的长度：{fault}")
        hint = Say("look for calc(), scales and sizes of many digits", "请检查 calc()、缩放和位数过多的尺寸")
        raise InputError([Diagnostic("style.value", message, hint=hint, where=where), *types.faults]) from None
    if len(document.pages) > 1:
        types.fault(
            "layout.many-pages",
            Say(
                f"the layout runs over {len(document.pages)} pages before any story is in it",
                f"版式尚无稿件就已占 {len(document.pages)} 页",
            ),
            Say("make <main> or a slot less high", "把 <main> 或某个版位改矮一些"),
        )
    if types.faults:
        raise InputError([*types.faults, *findings])
    return Measured(geometry, [*findings, *types.warnings], frozenset(fetcher.read))


class _PageReader:
    """Reads one laid-out page."""

    def __init__(self, document: Any, types: TypeReader, margin: int) -> None:
        self._page = document.pages[0]._page_box
        self._types = types
        self._margin = margin

    def read(self, html: str) -> PageGeometry:
        """Put the geometry together; of every probe in the HTML there must be a box."""
        found = list(self._elements())
        main = next((box for box, _ in found if box.element_tag == "main"), None)
        if main is None:
            self._types.fault(
                "layout.no-main",
                Say("the layout has no <main>", "版式里没有 <main>"),
                Say(
                    "put the slots into <main>, and leave it in the page's flow",
                    "请把版位放进 <main>，并让它留在版面里",
                ),
            )
            return PageGeometry(0, 0, Grid(Rect(0, 0, 0, 0), 1, 0, 1, 1), {}, {})
        probes = _probes(found)
        if self._tell_hidden(html, probes, {element.get("data-slot") for _, element in found}):
            probes = {}
        self._tell_long_index(found)
        grid = self._grid(main)
        places = {slot: box for box, element in found if (slot := element.get("data-slot"))}
        return PageGeometry(
            *self._page_size(),
            grid,
            {
                key: self._types.story(key[0], roles.pop("story"), roles, main.style, (grid.size, grid.leading))
                for key, roles in probes.items()
            },
            {name: self._slot(name, box, grid) for name, box in places.items()},
            tuple(rule for box, element in found for rule in _drawn_rules(box, element, self._margin)),
            tuple(Furniture(_named(child), self._border(child)) for child in _furniture(main)),
        )

    def _elements(self) -> Iterator[tuple[Any, Any]]:
        """Yield every element of the page with its first box."""
        seen: set[int] = set()
        for box in self._page.descendants(placeholders=True):
            element = getattr(box, "element", None)
            if element is not None and id(element) not in seen and "::" not in (box.element_tag or ""):
                seen.add(id(element))
                yield box, element

    def _page_size(self) -> tuple[int, int]:
        """Return width and height of the trimmed page, mpt."""
        width, height = self._page.margin_width(), self._page.margin_height()
        return from_px(width) - 2 * self._margin, from_px(height) - 2 * self._margin

    def _content(self, box: Any) -> Rect:
        """Return a box's content box, from the trimmed page's corner."""
        x, y = from_px(box.content_box_x()), from_px(box.content_box_y())
        return Rect(x - self._margin, y - self._margin, from_px(box.width), from_px(box.height))

    def _border(self, box: Any) -> Rect:
        """Return a box's border box, from the trimmed page's corner."""
        x, y = from_px(box.border_box_x()), from_px(box.border_box_y())
        return Rect(x - self._margin, y - self._margin, from_px(box.border_width()), from_px(box.border_height()))

    def _tell_hidden(
        self, html: str, probes: Mapping[StyleKey, Mapping[str, Any]], slots: Container[str | None]
    ) -> bool:
        """Tell of what is not laid out, and so cannot be measured: a slot with stories, or the type of a role."""
        hidden: dict[tuple[str, str], None] = {}
        for written in _PROBE.findall(html):
            slot, level, frame, look, role = unescape(written).rsplit("|", 4)
            if slot and slot not in slots:
                hidden[slot, ""] = None
            elif role not in probes.get((slot, int(level), frame, look), {}):
                hidden[slot, role] = None
        for key, roles in probes.items():  # of a layout's own making
            if not {"story", styles.GRID} <= roles.keys():
                hidden[key[0], "story"] = None
        for slot, role in hidden:
            name = f".{role}" if role else "[data-slot]"
            self._types.fault(
                "layout.not-measured",
                Say(f"slot “{slot}”: {name} is not laid out on the page", f"版位“{slot}”：{name} 没有排在版面上"),
                Say(
                    "take `display: none`, `position: running()`, breaks and huge margins from it; text inside "
                    "`<template>`, `<svg>` or `<img>` is no slot",
                    "请去掉它的 display: none、position: running()、分页和过大的边距；<template>、<svg>、<img> 里不能放版位",
                ),
            )
        return bool(hidden)

    def _tell_long_index(self, found: Sequence[tuple[Any, Any]]) -> None:
        """Warn of entries of an index (导读) that reach below it: CSS cuts them off."""
        boxes = [box for box, element in found if element.get("data-index") is not None]
        if not boxes:
            return
        entries = [box for box, element in found if "index-entry" in (element.get("class") or "").split()]
        foot = from_px(boxes[-1].content_box_y() + boxes[-1].height) + _INDEX_SLACK
        over = sum(from_px(box.content_box_y() + box.height) > foot for box in entries)
        if over:
            self._types.warn(
                "layout.index-too-long",
                Say(
                    f"{over} of {len(entries)} entries of the index find no room",
                    f"导读共 {len(entries)} 条，有 {over} 条排不下",
                ),
                Say(
                    "mark fewer stories with `index`, or give the index more room in the layout",
                    "请少标几篇“导读”（index），或在版式中给导读更大的位置",
                ),
            )

    def _grid(self, main: Any) -> Grid:
        types, style = self._types, main.style
        size = from_px(style["font_size"])
        leading = types.leading(style, "main")
        types.tell_size(size, "<main>")
        gap = style["column_gap"]
        gutter = 2 * size if gap == "normal" else from_px(getattr(gap, "value", gap))
        columns = types.value(styles.whole, "--columns", style["__columns"], 1, 1)
        body_steps = types.steps("body", style, size, lambda points: leading * points // max(size, 1))
        craft = types.value(styles.costs, "--craft", style["__craft"], (), tuple(WEIGHTS), 100)
        return Grid(self._content(main), columns, gutter, size, leading or size, body_steps, craft)

    def _slot(self, name: str, box: Any, grid: Grid) -> Slot:
        rect = self._content(box)
        if rect.height <= 0 or rect.width <= 0:
            self._types.fault(
                "layout.empty-slot",
                Say(
                    f"slot “{name}” has no room: {rect.width // 1000} × {rect.height // 1000} pt",
                    f"版位“{name}”没有空间",
                ),
                Say(
                    f"give it a width and a height in the layout's page.css, or the page more than {grid.columns} columns "
                    "(`--columns`)",
                    f"请在版式的 page.css 里给出宽和高，或把版面分成多于 {grid.columns} 栏（--columns）",
                ),
            )
        width, height = self._page_size()
        tile = "tile" in _classes(box.element)  # make-up tells of these at their `at`
        if not tile and (rect.right > width + 500 or rect.bottom > height + 500):
            over = max(rect.right - width, rect.bottom - height)
            self._types.fault(
                "layout.off-page",
                Say(
                    f"slot “{name}” reaches {over / 1000:.0f} pt off the page",
                    f"版位“{name}”超出版面 {over / 1000:.0f} 点",
                ),
                Say("place it by fewer lines, or make the leading less", "请减少它的行数，或减小行距"),
            )
        columns = None
        measure = self._types.value(styles.whole, "--text-measure", box.style["__text_measure"], 0)
        if measure:
            step = measure * grid.size + grid.gutter
            columns = max(1, (2 * (rect.width + grid.gutter) + step) // (2 * step))
        text = box.element.get("data-columns")
        if text is not None:
            if text.isascii() and text.isdigit() and 0 < int(text[:3]) <= 20:
                columns = int(text)
            else:
                self._types.fault(
                    "layout.columns", Say(f"data-columns={text!r} is no number", f"data-columns={text!r} 不是栏数")
                )
        corner = box.element.get("data-notch") if tile else None  # as `slots.tile` writes it
        notch = Notch(*map(int, corner.split())) if corner else None
        return Slot(name, rect, columns, box.element.get("data-many") is not None, notch)


def _probes(found: Sequence[tuple[Any, Any]]) -> dict[StyleKey, dict[str, Any]]:
    """Return the boxes of the probes of each slot, level, frame and look by role; ``story`` is the article itself."""
    probes: dict[StyleKey, dict[str, Any]] = {}
    for box, element in found:
        key = element.get("data-probe") or ""
        if _PROBE.fullmatch(f' data-probe="{escape(key)}"'):  # a layout may use the name for what it likes
            name, level, frame, look, role = key.split("|")
            probes.setdefault((name, int(level), frame, look), {})[role] = box
    return probes


def _furniture(box: Any) -> Iterator[Any]:
    """Yield the boxes under a box that are the layout's own: no slot, tile, probe or rule, nor what holds a slot."""
    for child in box.children:
        child = getattr(child, "_box", child)
        element = getattr(child, "element", None)
        if element is None or "::" in (child.element_tag or ""):
            continue
        names = _classes(element)
        if element.get("data-slot") or element.get("data-probe") or "tile" in names or "tile-rule" in names:
            continue
        if any(name.startswith("rule-") for name in names):
            continue
        if any(inner.get("data-slot") for inner in element.iter()):
            yield from _furniture(child)
        else:
            yield child


def _named(box: Any) -> str:
    names = [name for name in _classes(box.element) if name != "placed"]
    return names[0] if names else str(box.element_tag)


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _drawn_rules(box: Any, element: Any, margin: int) -> list[DrawnRule]:
    """Return the borders of a slot or of an element with a class ``rule-…``, from the trimmed page's corner."""
    names = [name for name in _classes(element) if name.startswith("rule-")]
    if element.get("data-slot"):
        names = [element.get("data-slot")]
    if not names:
        return []
    x, y = from_px(box.border_box_x()) - margin, from_px(box.border_box_y()) - margin
    width, height = from_px(box.border_width()), from_px(box.border_height())
    top, right, bottom, left = (from_px(getattr(box, f"border_{side}_width")) for side in _SIDES)
    stripes = (
        Rect(x, y, width, top),
        Rect(x + width - right, y, right, height),
        Rect(x, y + height - bottom, width, bottom),
        Rect(x, y, left, height),
    )
    drawn = tuple(stripe for stripe, thick in zip(stripes, (top, right, bottom, left), strict=True) if thick)
    return [DrawnRule(" ".join(names), drawn)] if drawn else []
