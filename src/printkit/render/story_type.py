"""The type of stories as their probes have it: the styles of their roles, and the custom properties of their articles.

In: the boxes of probes that WeasyPrint laid out. Out: `StoryStyle`s, and what is wrong with what they are set to.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, Say, Severity, SourceRef
from printkit.model.geometry import FORMS, LADDER, Insets, StoryStyle
from printkit.model.story_look import LEAST_STRETCH, MOST_STRETCH
from printkit.model.style import Align, Composition, Face, TextStyle
from printkit.model.text import LINED
from printkit.render import styles
from printkit.render.engine import INSTALL_FONTS, INSTALLED, face
from printkit.units import from_px

_LEAST_SIZE = 500
"""mpt below which type is no type."""

_SAME_LEADING = 20
"""mpt that a line-height may miss the grid's by: CSS works in floating pixels."""

_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})


def _properties(em: int) -> dict[str, tuple[Any, ...]]:
    """Return how each custom property of a story is read: by what, its default, its bounds or its other words."""
    return {
        "headline_lines": (styles.whole, 2, 1),
        "headline_space": (styles.pair, (1, 1)),
        "head_gaps": (styles.shares, (350, 400, 600, 650)),
        "headline_columns": (styles.whole, 0),
        "headline_direction": (styles.one_of, "horizontal", "vertical"),
        "headline_side": (styles.one_of, "left", "right"),
        "byline": (styles.one_of, "head", "tail", "dateline"),
        "picture_crop": (styles.crop, 0.15),
        "picture_columns": (styles.whole, 0),
        "section_space": (styles.pair, (1, 2)),
        "picture_side": (styles.one_of, "right", "left"),
        "picture_place": (styles.one_of, "top", "foot"),
        "portrait_lines": (styles.whole, 6, 1),
        "editor_note_columns": (styles.whole, 1, 1),
        "ladder": (styles.words, LADDER),
        "forms": (styles.costs, (), FORMS),
        "least_picture_columns": (styles.whole, 1, 1),
        "story_columns": (styles.pair, (1, 9)),
        "least_leg": (styles.whole, 5, 1),
        "note_padding": (styles.length, em, em),
        "box_columns": (styles.whole, 0),
        "box_padding": (styles.length, em, em),
        "notice_mark": (styles.one_of, "ad", "none"),
        "table_columns": (styles.whole, 1),
        "table_rules": (styles.one_of, "three", "rows", "grid"),
        "section_head_space": (styles.whole, 0),
        "portrait_place": (styles.one_of, "above", "beside"),
        "wrap_side": (styles.one_of, "left", "right"),
        "wrap_share": (styles.share, 0.42),
        "caption_lines": (styles.whole, 0),
        "subhead_space": (styles.whole, 0),
        "text_columns": (styles.whole, 0),
        "subhead_lines": (styles.whole, 1, 1),
        "caption_space": (styles.length, em, 0),
        "column_rules": (styles.one_of, "none", "all"),
        "story_space": (styles.whole, 1, 1),
    }


class TypeReader:
    """Reads the type of one page, and keeps what is wrong with its layout and styles."""

    def __init__(self, where: SourceRef, house: Composition, alternates: frozenset[str]) -> None:
        """Take the place to name, the paper's choices for composing, and the families that need not be there."""
        self._where = where
        self._house = house
        self._alternates = alternates
        self._faces: dict[tuple[tuple[str, ...], int], tuple[Face, ...]] = {}
        self.faults: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []

    def fault(self, code: str, message: Say, hint: Say | None = None) -> None:
        """Keep a fault of the layout; all are told together."""
        self.faults.append(Diagnostic(code, message, hint=hint, where=self._where))

    def warn(self, code: str, message: Say, hint: Say, severity: Severity = Severity.WARNING) -> None:
        """Keep what is worth a word."""
        self.warnings.append(Diagnostic(code, message, severity, hint, self._where))

    def story(self, slot: str, article: Any, probes: Mapping[str, Any], main: Any, page: tuple[int, int]) -> StoryStyle:
        """Read the type of a slot, level and frame from the probes of its article and of its roles.

        Args:
            slot: the slot's name.
            article: the box of the article.
            probes: the boxes by role; ``body/strong`` has the runs of a role in 黑体, `styles.GRID` the type of the body's grid.
            main: the style of ``<main>``.
            page: size and leading of the page's body, mpt.
        """
        em = page[0]
        roles = {
            role: self._role(role, box, em) for role, box in probes.items() if "/" not in role and role != styles.GRID
        }
        for role, box in probes.items():
            base, slash, manner = role.partition("/")
            if slash:
                chain = self._chain(box.style)
                old = roles[base]
                roles[base] = replace(old, strong=chain) if manner == "strong" else replace(old, kai=chain)
        insets = Insets(
            from_px(article.border_left_width + article.padding_left),
            from_px(article.border_top_width + article.padding_top),
            from_px(article.border_right_width + article.padding_right),
            from_px(article.border_bottom_width + article.padding_bottom),
        )
        properties = {
            field: self.value(read, styles.css_name(field), article.style[f"__{field}"], *given)
            for field, (read, *given) in _properties(em).items()
        }
        body = self._own_body(probes[styles.GRID].style, main)
        self._tell_leading(slot, roles, (body or page)[1])
        found = StoryStyle(roles, insets, body, **properties)
        return replace(found, roles=roles | self._headed(found, article))

    def _own_body(self, style: Any, main: Any) -> tuple[int, int] | None:
        """Return the body's size and leading that a style's properties give where they are not those of the page."""
        names = ("__body_size", "__body_leading")
        if all(styles.css_text(style[name]) == styles.css_text(main[name]) for name in names):
            return None
        return from_px(style["font_size"]), self.leading(style, "body")

    def _tell_leading(self, slot: str, roles: Mapping[str, TextStyle], leading: int) -> None:
        """Tell of a line-height of the copy that has no effect, since the copy stands on the grid."""
        for role in ("body", "quotation", *LINED):
            if role in roles and abs(roles[role].leading - leading) > _SAME_LEADING:
                own, grid = roles[role].leading / 1000, leading / 1000
                self.warn(
                    "style.no-effect",
                    Say(
                        f"slot “{slot}”: .{role} has line-height {own:g}pt, and stands on the grid of {grid:g}pt all the same",
                        f"版位“{slot}”：.{role} 的 line-height 是 {own:g}pt，不起作用，仍按 {grid:g}pt 的网格排",
                    ),
                    Say(
                        "set --body-leading (and --body-size) on the slot instead",
                        "请改在版位上写 --body-leading（和 --body-size）",
                    ),
                )

    def _headed(self, story: StoryStyle, article: Any) -> dict[str, TextStyle]:
        """Return the roles of the headline block as the article's own properties align and stretch them."""

        def read(reader: Callable[..., Any], name: str, *given: Any) -> Any:
            return self.value(reader, styles.css_name(name), article.style[f"__{name}"], *given)

        align = read(styles.one_of, "headline_align", "auto", "start", "center", "justify")
        stretch = read(styles.percent, "headline_stretch", 100, LEAST_STRETCH, MOST_STRETCH)
        # Set out to the full measure (撑满) is the headline alone; a byline that stands elsewhere keeps its own way.
        in_line = {"headline"} if align == "justify" else {"kicker", "headline", "deck", "byline"}
        if story.byline != "head":
            in_line.discard("byline")
        roles = dict(story.roles)
        if align != "auto":
            roles |= {role: replace(style, align=align) for role, style in roles.items() if role in in_line}
        if stretch != 100 and "headline" in roles and story.headline_direction == "horizontal":
            roles["headline"] = roles["headline"].stretched(stretch)
        return roles

    def value(self, read: Callable[..., Any], name: str, *args: Any) -> Any:
        """Read a custom property; a fault is kept and the default (the argument after the tokens) taken."""
        try:
            return read(name, *args)
        except styles.StyleError as fault:
            self.fault("style.value", Say(str(fault), f"样式值有误：{fault}"))
            return args[1]

    def tell_size(self, size: int, of: str) -> None:
        """Tell of type that has no size."""
        if size < _LEAST_SIZE:
            self.fault(
                "style.value",
                Say(f"{of} has the font-size {size / 1000:g}pt", f"{of} 的字号（font-size）是 {size / 1000:g} 点"),
                Say("give it a size that can be read", "请给出可以阅读的字号"),
            )

    def leading(self, style: Any, role: str) -> int:
        """Return the line height in mpt; `normal` is a fault, since it depends on the font."""
        height = style["line_height"]
        if height == "normal":
            self.fault(
                "style.line-height",
                Say(f".{role} has no line-height", f".{role} 没有设 line-height"),
                Say("give a length or a number", "请写长度或倍数"),
            )
            return 0
        lines = from_px(float(height) * float(style["font_size"]) if isinstance(height, int | float) else height.value)
        if lines < _LEAST_SIZE:
            self.fault(
                "style.value",
                Say(
                    f".{role} has the line-height {lines / 1000:g}pt",
                    f".{role} 的行距（line-height）是 {lines / 1000:g} 点",
                ),
                Say("give it at least the height of its characters", "请至少给出字的高度"),
            )
        return lines

    def _role(self, role: str, box: Any, em: int) -> TextStyle:
        style = box.style
        size = from_px(style["font_size"])
        leading = self.leading(style, role)
        self.tell_size(size, f".{role}")
        ratio = leading / size if size else 1.0
        found = self.steps(role, style, em, lambda points: round(points * ratio))
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

    def steps(self, role: str, style: Any, em: int, leading_of: Callable[[int], int]) -> tuple[tuple[int, int], ...]:
        """Return the sizes that a style lists, with their leadings."""
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
                self._tell_missing(family, satisfied=bool(present))
        if not families:
            message = Say("`font-family` of text of a story names no font", "稿件文字的 font-family 没有写字体名")
            hint = Say(
                "name one, as `var(--body-font)`; serif alone is none",
                "请写字体名，如 var(--body-font)；只写 serif 不行",
            )
            raise InputError([Diagnostic("style.value", message, hint=hint, where=self._where)])
        if not present:
            message = Say(
                f"of the fonts {', '.join(families)} not one is installed", f"字体 {'、'.join(families)} 一个也没有安装"
            )
            hint = Say("install it, or end with one that is there, as `var(--body-font)`", "请安装，或在后面加上已有的字体，如 var(--body-font)")  # fmt: skip
            if any(family in INSTALLED for family in families):
                hint = Say(INSTALL_FONTS, f"运行 {INSTALL_FONTS}")
            raise MissingPartError([Diagnostic("fonts.none-present", message, hint=hint, where=self._where)])
        return tuple(present)

    def _tell_missing(self, family: str, *, satisfied: bool) -> None:
        """Tell of a missing family: a warning when the paper named it or printkit's set-up installs it.

        The built-in chains also list what founders and systems call their faces; no machine has them all, so
        these are only noted in the report.
        """
        quiet = family in self._alternates and (satisfied or family not in INSTALLED)
        hint = Say("the next family of the chain sets its text", "改用字体链中的下一个字体")
        if family in INSTALLED:
            hint = Say(f"{hint.en}; {INSTALL_FONTS}", f"{hint.zh}；运行 {INSTALL_FONTS}")
        message = Say(f"font family “{family}” is not installed", f"没有安装字体“{family}”")
        self.warn("fonts.family-missing", message, hint, Severity.INFO if quiet else Severity.WARNING)


def _align(style: Any) -> Align:
    """Read text-align: `justify` sets both edges, which is printkit's own work."""
    all_lines = style["text_align_all"]
    if all_lines == "center":
        return "center"
    if all_lines in ("end", "right"):
        return "end"
    return "justify" if all_lines == "justify" else "start"
