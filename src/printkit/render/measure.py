"""What the CSS means: slots, page grid and type, read from a page that WeasyPrint laid out with probes.

In: the page's HTML with empty slots and one hidden probe for each slot × level × frame × role. Out: a
`PageGeometry`. CSS is the one truth of how things look; make-up picks among the steps it lists.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, Say, Severity, SourceRef
from printkit.model.geometry import LADDER, DrawnRule, Grid, Insets, PageGeometry, Rect, Slot, StoryStyle
from printkit.model.style import Align, Composition, Face, TextStyle
from printkit.render import styles
from printkit.render.engine import (
    INSTALL_FONTS,
    INSTALLED,
    Fetcher,
    face,
    font_configuration,
    listening,
    log_findings,
    weasyprint,
)
from printkit.units import from_px

_INDEX_SLACK = 750
"""mpt by which an entry may reach below its index: less than its leading's white."""

_SIDES = ("top", "right", "bottom", "left")

_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})


@dataclass(slots=True)
class Measured:
    """What one measuring found: the geometry and the findings about the style."""

    geometry: PageGeometry
    diagnostics: list[Diagnostic] = field(default_factory=list)


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
    with listening() as records:
        document = weasyprint.HTML(string=html, base_url=roots[0].as_uri() + "/", url_fetcher=Fetcher(roots)).render(
            font_config=font_configuration()
        )
    findings = log_findings(records, where)
    if any(f.severity is Severity.ERROR for f in findings):
        raise InputError(findings)
    reader = _Reader(document, where, house, alternates, margin)
    geometry = reader.read()
    if len(document.pages) > 1:
        reader.fault(
            "layout.many-pages",
            Say(
                f"the layout runs over {len(document.pages)} pages before any story is in it",
                f"版式尚无稿件就已占 {len(document.pages)} 页",
            ),
            Say("make <main> or a slot less high", "把 <main> 或某个版位改矮一些"),
        )
    if reader.faults:
        raise InputError([*reader.faults, *findings])
    return Measured(geometry, [*findings, *reader.warnings])


class _Reader:
    """Reads one laid-out page."""

    def __init__(
        self, document: Any, where: SourceRef, house: Composition, alternates: frozenset[str], margin: int
    ) -> None:
        self._margin = margin
        self._page = document.pages[0]._page_box
        self._where = where
        self._house = house
        self._alternates = alternates
        self._faces: dict[tuple[tuple[str, ...], int], tuple[Face, ...]] = {}
        self.faults: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []

    def fault(self, code: str, message: Say, hint: Say | None = None) -> None:
        """Keep a fault of the layout; all are told together."""
        self.faults.append(Diagnostic(code, message, hint=hint, where=self._where))

    def read(self) -> PageGeometry:
        """Walk the boxes once and put the geometry together."""
        main: Any = None
        slots: dict[str, Any] = {}
        articles: dict[tuple[str, int, str], Any] = {}
        probes: dict[tuple[str, int, str], dict[str, Any]] = {}
        seen: set[int] = set()
        index: Any = None
        entries: list[Any] = []
        rules: list[DrawnRule] = []
        furniture: list[Rect] = []
        for box in self._page.descendants(placeholders=True):
            element = getattr(box, "element", None)
            if element is None or id(element) in seen or "::" in (box.element_tag or ""):
                continue
            seen.add(id(element))
            if box.element_tag == "main" and main is None:
                main = box
                if element.get("data-makeup") == "auto":
                    furniture = [self._border(child) for child in box.children if _is_furniture(child)]
            if element.get("data-index") is not None:
                index = box
            if "index-entry" in (element.get("class") or "").split():
                entries.append(box)
            rules.extend(_drawn_rules(box, element, self._margin))
            if slot := element.get("data-slot"):
                slots[slot] = box
            if key := element.get("data-probe"):
                name, level, frame, role = key.split("|")
                if role == "story":
                    articles[name, int(level), frame] = box
                else:
                    probes.setdefault((name, int(level), frame), {})[role] = box
        if main is None:
            self.fault("layout.no-main", Say("the layout has no <main>", "版式里没有 <main>"))
            return PageGeometry(0, 0, Grid(Rect(0, 0, 0, 0), 1, 0, 1, 1), {}, {})
        self._tell_long_index(index, entries)
        grid = self._grid(main)
        made = {key: self._story(articles[key], roles, grid) for key, roles in probes.items()}
        places = {name: self._slot(name, box) for name, box in slots.items()}
        return PageGeometry(*self._page_size(), grid, made, places, tuple(rules), tuple(furniture))

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

    def _tell_long_index(self, index: Any, entries: Sequence[Any]) -> None:
        """Warn of entries of an index (导读) that reach below it: CSS cuts them off."""
        if index is None:
            return
        foot = from_px(index.content_box_y() + index.height) + _INDEX_SLACK
        over = sum(from_px(box.content_box_y() + box.height) > foot for box in entries)
        if over:
            self.warnings.append(
                Diagnostic(
                    "layout.index-too-long",
                    Say(
                        f"{over} of {len(entries)} entries of the index find no room",
                        f"导读共 {len(entries)} 条，有 {over} 条排不下",
                    ),
                    Severity.WARNING,
                    Say(
                        "mark fewer stories with `index`, or give the index more room in the layout",
                        "请少标几篇“导读”（index），或在版式中给导读更大的位置",
                    ),
                    self._where,
                )
            )

    def _grid(self, main: Any) -> Grid:
        style = main.style
        size = from_px(style["font_size"])
        leading = self._leading(style, "main")
        gap = style["column_gap"]
        gutter = 2 * size if gap == "normal" else from_px(getattr(gap, "value", gap))
        columns = self._value(styles.whole, "--columns", style["__columns"], 1, 1)
        body_steps = self._steps("body", style, size, lambda points: leading * points // max(size, 1))
        return Grid(self._content(main), columns, gutter, size, leading or size, body_steps)

    def _value(self, read: Callable[..., Any], name: str, *args: Any) -> Any:
        """Read a custom property; a fault is kept and the default (the argument after the tokens) taken."""
        try:
            return read(name, *args)
        except styles.StyleError as fault:
            self.fault("style.value", Say(str(fault), f"样式值有误：{fault}"))
            return args[1]

    def _word(self, name: str, style: Any, choices: tuple[Any, ...]) -> Any:
        """Read a custom property that holds one of some words; the first is the default."""
        return self._value(styles.one_of, name, style[name.replace("-", "_")], choices[0], choices)

    def _leading(self, style: Any, role: str) -> int:
        """Return the line height in mpt; `normal` is a fault, since it depends on the font."""
        height = style["line_height"]
        if height == "normal":
            self.fault(
                "style.line-height",
                Say(f".{role} has no line-height", f".{role} 没有设 line-height"),
                Say("give a length or a number", "请写长度或倍数"),
            )
            return 0
        if isinstance(height, int | float):
            return from_px(float(height) * float(style["font_size"]))
        return from_px(height.value)

    def _slot(self, name: str, box: Any) -> Slot:
        rect = self._content(box)
        if rect.height <= 0 or rect.width <= 0:
            self.fault(
                "layout.empty-slot",
                Say(
                    f"slot “{name}” has no room: {rect.width // 1000} × {rect.height // 1000} pt",
                    f"版位“{name}”没有空间",
                ),
                Say("give the slot a width and a height in the layout's page.css", "请在版式的 page.css 里给出宽和高"),
            )
        width, height = self._page_size()
        tile = "tile" in (box.element.get("class") or "").split()  # make-up tells of these at their `at`
        if not tile and (rect.right > width + 500 or rect.bottom > height + 500):
            over = max(rect.right - width, rect.bottom - height)
            self.fault(
                "layout.off-page",
                Say(
                    f"slot “{name}” reaches {over / 1000:.0f} pt off the page",
                    f"版位“{name}”超出版面 {over / 1000:.0f} 点",
                ),
                Say("place it by fewer lines, or make the leading less", "请减少它的行数，或减小行距"),
            )
        columns = None
        text = box.element.get("data-columns")
        if text is not None:
            if text.isdigit() and 0 < int(text) <= 20:
                columns = int(text)
            else:
                self.fault(
                    "layout.columns", Say(f"data-columns={text!r} is no number", f"data-columns={text!r} 不是栏数")
                )
        return Slot(name, rect, columns, box.element.get("data-many") is not None)

    def _story(self, article: Any, probes: Mapping[str, Any], grid: Grid) -> StoryStyle:
        style = article.style
        roles = {role: self._role(role, box, grid) for role, box in probes.items() if "/" not in role}
        for role, box in probes.items():
            base, slash, manner = role.partition("/")
            if slash:
                chain = self._chain(box.style)
                old = roles[base]
                roles[base] = _with_manner(old, manner, chain)
        insets = Insets(
            from_px(article.border_left_width + article.padding_left),
            from_px(article.border_top_width + article.padding_top),
            from_px(article.border_right_width + article.padding_right),
            from_px(article.border_bottom_width + article.padding_bottom),
        )
        return StoryStyle(
            roles,
            insets,
            headline_lines=self._value(styles.whole, "--headline-lines", style["__headline_lines"], 2, 1),
            headline_space=self._value(styles.pair, "--headline-space", style["__headline_space"], (1, 1)),
            headline_columns=self._value(styles.whole, "--headline-columns", style["__headline_columns"], 0),
            headline_direction=self._word("--headline-direction", style, ("horizontal", "vertical")),
            headline_side=self._word("--headline-side", style, ("left", "right")),
            byline=self._word("--byline", style, ("head", "tail", "dateline")),
            picture_crop=self._value(styles.number, "--picture-crop", style["__picture_crop"], 0.15),
            picture_columns=self._value(styles.whole, "--picture-columns", style["__picture_columns"], 0),
            section_space=self._value(styles.pair, "--section-space", style["__section_space"], (1, 2)),
            portrait_lines=self._value(styles.whole, "--portrait-lines", style["__portrait_lines"], 6, 1),
            editor_note_columns=self._value(
                styles.whole, "--editor-note-columns", style["__editor_note_columns"], 1, 1
            ),
            ladder=self._value(styles.words, "--ladder", style["__ladder"], LADDER),
            note_padding=self._value(styles.length, "--note-padding", style["__note_padding"], grid.size, grid.size),
            table_columns=self._value(styles.whole, "--table-columns", style["__table_columns"], 1),
            table_rules=self._value(
                styles.one_of, "--table-rules", style["__table_rules"], "three", ("three", "rows", "grid")
            ),
            section_head_space=self._value(styles.whole, "--section-head-space", style["__section_head_space"], 0),
            portrait_place=self._value(
                styles.one_of, "--portrait-place", style["__portrait_place"], "above", ("above", "beside")
            ),
            wrap_side=self._value(styles.one_of, "--wrap-side", style["__wrap_side"], "left", ("left", "right")),
            wrap_share=self._value(styles.share, "--wrap-share", style["__wrap_share"], 0.42),
            caption_lines=self._value(styles.whole, "--caption-lines", style["__caption_lines"], 0),
            subhead_space=self._value(styles.whole, "--subhead-space", style["__subhead_space"], 0),
        )

    def _role(self, role: str, box: Any, grid: Grid) -> TextStyle:
        style = box.style
        size = from_px(style["font_size"])
        leading = self._leading(style, role)
        ratio = leading / size if size else 1.0

        def leading_of(points: int) -> int:
            return round(points * ratio)

        found = self._steps(role, style, grid.size, leading_of)
        try:
            composition = styles.composition(lambda name: style[f"__{name}"], self._house)
        except styles.StyleError as fault:
            self.fault("style.value", Say(f".{role}: {fault}", f".{role} 样式值有误：{fault}"))
            composition = self._house
        indent = getattr(style["text_indent"], "value", 0.0)
        spacing = style["letter_spacing"]
        return TextStyle(
            role,
            size,
            leading,
            self._chain(style),
            align=_align(style),
            indent=round(1000 * indent / style["font_size"]) if style["font_size"] else 0,
            letter_spacing=0 if spacing == "normal" else from_px(getattr(spacing, "value", spacing)),
            composition=composition,
            steps=found or ((size, leading),),
        )

    def _steps(self, role: str, style: Any, em: int, leading_of: Callable[[int], int]) -> tuple[tuple[int, int], ...]:
        try:
            return styles.steps(f"--{role}-steps", style[f"__{role.replace('-', '_')}_steps"], em, leading_of)
        except styles.StyleError as fault:
            self.fault("style.value", Say(str(fault), f"样式值有误：{fault}"))
            return ()

    def _chain(self, style: Any) -> tuple[Face, ...]:
        """Resolve a declared chain to the faces that are present, telling of those that are not."""
        families = tuple(family for family in style["font_family"] if family.casefold() not in _GENERIC)
        weight = int(style["font_weight"])
        key = families, weight
        if key not in self._faces:
            self._faces[key] = self._resolve(families, weight)
        return self._faces[key]

    def _resolve(self, families: tuple[str, ...], weight: int) -> tuple[Face, ...]:
        present: list[Face] = []
        for family in families:
            found = face(family, weight)
            if found:
                present.append(found)
            else:
                self.warnings.append(self._family_missing(family, bool(present)))
        if not present:
            raise MissingPartError(
                [
                    Diagnostic(
                        "fonts.none-present",
                        Say(
                            f"of the fonts {', '.join(families) or '(none named)'} not one is installed",
                            f"字体 {'、'.join(families) or '（未指定）'} 一个也没有安装",
                        ),
                        hint=Say(INSTALL_FONTS, f"运行 {INSTALL_FONTS}"),
                        where=self._where,
                    )
                ]
            )
        return tuple(present)

    def _family_missing(self, family: str, satisfied: bool) -> Diagnostic:
        """Tell of a missing family: a warning when the paper named it or printkit's set-up installs it.

        The built-in chains also list what founders and systems call their faces; no machine has them all, so
        these are only noted in the report.
        """
        quiet = family in self._alternates and (satisfied or family not in INSTALLED)
        hint = Say("the next family of the chain sets its text", "改用字体链中的下一个字体")
        if family in INSTALLED:
            hint = Say(f"{hint.en}; {INSTALL_FONTS}", f"{hint.zh}；运行 {INSTALL_FONTS}")
        return Diagnostic(
            "fonts.family-missing",
            Say(f"font family “{family}” is not installed", f"没有安装字体“{family}”"),
            Severity.INFO if quiet else Severity.WARNING,
            hint,
            self._where,
        )


def _is_furniture(box: Any) -> bool:
    """Say whether a child of an automatic page's ``<main>`` is the layout's own, and no slot or tile."""
    element = getattr(box, "element", None)
    if element is None or element.get("data-slot") is not None:
        return False
    return "tile" not in (element.get("class") or "").split() and not element.get("data-probe")


def _with_manner(style: TextStyle, manner: str, chain: tuple[Face, ...]) -> TextStyle:
    return replace(style, strong=chain) if manner == "strong" else replace(style, kai=chain)


def _align(style: Any) -> Align:
    """Read text-align: `justify` sets both edges, which is printkit's own work."""
    all_lines = style["text_align_all"]
    if all_lines == "center":
        return "center"
    if all_lines in ("end", "right"):
        return "end"
    return "justify" if all_lines == "justify" else "start"


def _drawn_rules(box: Any, element: Any, margin: int) -> list[DrawnRule]:
    """Return the borders of a slot or of an element with a class ``rule-…``, from the trimmed page's corner."""
    names = [name for name in (element.get("class") or "").split() if name.startswith("rule-")]
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
