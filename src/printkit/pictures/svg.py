"""SVG pictures: what a page can draw of them, and the fonts that they name.

In goes a file, out come its size and its fonts. What would run, fetch, move or be left out when the picture is drawn is
refused with its line in the file; so is what would draw for minutes. Nothing is fetched here either.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from printkit.diagnostics import Say
from printkit.gate import read_file
from printkit.pictures.sizes import BROKEN_HINT, BadPictureError

MOST_BYTES = 8_000_000
"""Of a file. The largest maps that a page prints have a tenth of it."""
MOST_ELEMENTS = 20_000
"""Drawn in all, each as often as it is used. A chart has a thousand."""
MOST_POINTS = 400_000
"""Numbers in paths in all: WeasyPrint draws so many in some seconds."""
LEAST_REPEAT = 0.002
"""Length of a gradient that repeats, of its box or in its units; and the sides of a pattern."""
DEEPEST = 60
"""Elements inside one another: what draws them calls itself for each."""

_RUNS = frozenset({"script", "handler", "listener"})
_MOVES = frozenset({"animate", "animateMotion", "animateTransform", "animateColor", "set"})
_LEFT_OUT = frozenset({"foreignObject", "filter", "iframe", "video", "audio", "canvas"})
_DRAWS_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#|['\"]?#)[^)]*|@import\b|@font-face\b", re.IGNORECASE)
_USED = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)")
_DRAWN_WHERE_USED = frozenset({"mask", "clipPath", "marker", "pattern"})
"""Elements whose own are drawn once more by whatever names them: gradients are only looked up."""
_PICTURE = re.compile(r"data:image/(png|jpeg|jpg|webp)[;,]", re.IGNORECASE)
_FILTERS = re.compile(r"(?:^|[;{\s])filter\s*:\s*(?!none)", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*([^;}]+)", re.IGNORECASE)
_SHORTHAND = re.compile(
    r"(?P<before>[;{\s\"'])font\s*:\s*(?P<words>(?:[\w-]+\s+)*?)(?P<size>[\d.]+(?:px|pt|em|rem|%|mm|cm|in))"
    r"(?:\s*/\s*[\w.%]+)?\s+(?P<family>[^;}<>]+)",
    re.IGNORECASE,
)
_STYLES = frozenset({"italic", "oblique"})
_NUMBER = re.compile(r"\d*\.?\d+")

GENERIC = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "inherit", "initial", "unset"}
)
"""Names of families that are another font on every machine."""


_PLAINLY = Say(
    "export it anew as plain shapes and text, or save it as PNG or PDF", "请导出为纯图形和文字，或存为 PNG、PDF"
)


@dataclass(frozen=True, slots=True)
class SvgFacts:
    """What an SVG picture is: width and height in thousandths of its unit, and the chains of fonts that it names."""

    size: tuple[int, int]
    fonts: tuple[tuple[str, ...], ...] = ()
    has_text: bool = False


def svg_facts(path: Path) -> SvgFacts:
    """Read an SVG picture.

    Raises:
        BadPictureError: it is none, it is broken, or it has what no page can draw.
    """
    reader = _Reader()
    _read(read_file(path), reader)
    return reader.facts()


def _read(data: bytes, reader: "_Reader") -> None:
    if len(data) > MOST_BYTES:
        _too_much(Say(f"{len(data) // 1_000_000} MB", f"{len(data) // 1_000_000} MB"))
    try:
        reader.parser.Parse(drawable_svg(data), True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadPictureError(Say("the SVG is broken or cut short", "SVG 已损坏或不完整"), BROKEN_HINT) from error


def check_svg_bounds(data: bytes) -> None:
    """See that an SVG is no more than a page can draw, whatever of it the page will leave out.

    Raises:
        BadPictureError: it is, or is broken.
    """
    reader = _Reader(bounds_alone=True)
    _read(data, reader)
    reader.drawn()


def drawable_svg(data: bytes) -> bytes:
    """Return an SVG with its `font` written out in the properties that WeasyPrint knows: it would leave the text out."""
    return _SHORTHAND.sub(_written_out, data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _written_out(found: re.Match[str]) -> str:
    words = found["words"].split()
    weights = [word for word in words if word.lower() in ("bold", "bolder", "lighter") or word.isdigit()]
    slopes = [word for word in words if word.lower() in _STYLES]
    given = {"font-style": slopes, "font-weight": weights, "font-size": [found["size"]]}
    written = "".join(f"{name}:{values[0]};" for name, values in given.items() if values)
    return f"{found['before']}{written}font-family:{found['family']}"


@dataclass(slots=True)
class _Element:
    name: str
    uses: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    kids: "list[_Element]" = field(default_factory=list)


class _Reader:
    """Follows a file from its first element to its last."""

    def __init__(self, *, bounds_alone: bool = False) -> None:
        self._bounds_alone = bounds_alone
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self._open: list[_Element] = []
        self._root: _Element | None = None
        self._size = (0, 0)
        self._named: dict[str, _Element] = {}
        self._fonts: dict[tuple[str, ...], None] = {}
        self._has_text = False
        self._points = 0
        self._count = 0
        self._style: list[str] = []

    def facts(self) -> SvgFacts:
        """Return what was read.

        Raises:
            BadPictureError: used again and again, its elements are too many.
        """
        self.drawn()
        return SvgFacts(self._size, tuple(self._fonts), self._has_text)

    def drawn(self) -> None:
        """See that its elements, each as often as it is used, are not too many.

        Raises:
            BadPictureError: they are.
        """
        assert self._root
        drawn = self._drawn(self._root, Counter(), {})
        if drawn > MOST_ELEMENTS:
            _too_much(Say(f"{drawn:,} elements", f"{drawn} 个元素"))

    # --- what expat calls --------------------------------------------------------------------------------

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        name = full_name.rpartition(":")[2]
        element = _Element(name)
        if self._open:
            self._open[-1].kids.append(element)
        else:
            self._begin(name, attributes)
            self._root = element
        self._open.append(element)
        self._count += 1
        if len(self._open) > DEEPEST:
            _too_much(Say(f"elements stand {DEEPEST} deep in one another", f"元素套了 {DEEPEST} 层"))
        if self._count > MOST_ELEMENTS:
            _too_much(Say(f"more than {MOST_ELEMENTS:,} elements", f"超过 {MOST_ELEMENTS} 个元素"))
        if name in _RUNS:
            self._refuse(Say(f"a script (<{name}>)", f"脚本（<{name}>）"))
        if name in _MOVES:
            self._refuse(Say("an animation", "动画"))
        if name in _LEFT_OUT:
            self._refuse(Say(f"<{name}>, which no page can draw", f"<{name}>，版面画不出"))
        if name in ("linearGradient", "radialGradient") and attributes.get("spreadMethod", "pad") != "pad":
            _check_gradient(name, attributes)
        if name == "pattern":
            _check_pattern(attributes)
        self._has_text = self._has_text or name in ("text", "tspan")
        for key, value in attributes.items():
            self._attribute(element, key.rpartition(":")[2], value)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._bounds_alone:
            return
        if name != "svg":
            raise BadPictureError(Say("this is XML, but no SVG picture", "这是 XML，但不是 SVG 图片"), BROKEN_HINT)
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        sides = [float(n) for n in numbers[2:] if re.fullmatch(r"\d*\.?\d+(e[+-]?\d+)?", n)]
        if len(numbers) != 4 or len(sides) != 2 or not 0.01 < min(sides) <= max(sides) < 1e6:
            raise BadPictureError(
                Say("the SVG does not say how large it is (`viewBox`)", "SVG 没有写明大小（viewBox）"),
                Say("export it anew with a viewBox", "请带 viewBox 重新导出"),
            )
        self._size = round(sides[0] * 1000), round(sides[1] * 1000)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.name == "style":
            self._rules("".join(self._style))
            self._style.clear()

    def _text(self, text: str) -> None:
        if self._open and self._open[-1].name == "style":
            self._style.append(text)

    def _entity(self, *_: object) -> None:
        self._refuse(Say("entities of its own", "自定义的实体"))

    def _instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            self._refuse(Say("a style sheet from outside", "外部样式表"))

    # --- attributes and rules ----------------------------------------------------------------------------

    def _attribute(self, element: _Element, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self._refuse(Say(f"a script (`{key}`)", f"脚本（{key}）"))
        elif key == "id":
            self._named.setdefault(value, element)
        elif key == "href":
            if value.startswith("#"):
                element.uses.append(value[1:])
            elif value and not _PICTURE.match(value):
                self._refuse(Say(f"a reference outside (`{value[:60]}`)", f"外部引用（{value[:60]}）"))
        elif key == "filter" and value.strip() not in ("", "none"):
            self._refuse(Say("a filter, which no page can draw", "滤镜，版面画不出"))
        elif key in ("d", "points"):
            self._points += len(_NUMBER.findall(value))
            if self._points > MOST_POINTS:
                _too_much(Say(f"more than {MOST_POINTS:,} numbers in its paths", f"路径超过 {MOST_POINTS} 个数"))
        elif key == "font-family":
            self._chain(value)
        else:
            element.named.extend(_USED.findall(value))
            self._rules(value)

    def _rules(self, css: str) -> None:
        """Look through declarations, or through a whole style sheet."""
        if found := _DRAWS_ELSEWHERE.search(css):
            self._refuse(Say(f"a reference outside (`{found[0][:60]}`)", f"外部引用（{found[0][:60]}）"))
        if _FILTERS.search(css):
            self._refuse(Say("a filter, which no page can draw", "滤镜，版面画不出"))
        for chain in _FAMILY.findall(css):
            self._chain(chain)

    def _chain(self, value: str) -> None:
        names = (name.strip().strip("'\"").strip() for name in value.replace("!important", "").split(","))
        self._fonts.setdefault(tuple(filter(None, names)))

    def _drawn(self, element: _Element, above: Counter[str], known: dict[str, int]) -> int:
        """Count the elements that one draws, its own and those that it uses, each as often as it does."""
        count = 1
        named = (name for name in element.named if name in self._named and self._named[name].name in _DRAWN_WHERE_USED)
        for name in (*element.uses, *named):
            if above[name] or above.total() > DEEPEST:
                raise BadPictureError(
                    Say(f"an element of the SVG uses itself (`{name}`)", f"SVG 的元素引用自己（{name}）"), _PLAINLY
                )
            if name in self._named and name not in known:
                known[name] = self._drawn(self._named[name], above + Counter([name]), known)
            count += known.get(name, 0)
        for kid in element.kids:
            count += self._drawn(kid, above, known)
        return min(count, 10 * MOST_ELEMENTS)

    def _refuse(self, what: Say) -> None:
        if self._bounds_alone:
            return
        line = self.parser.CurrentLineNumber
        raise BadPictureError(
            Say(f"line {line} of the SVG has {what.en}", f"SVG 第 {line} 行有{what.zh}"),
            _PLAINLY,
        )


def _check_gradient(name: str, attributes: dict[str, str]) -> None:
    """See that a gradient that repeats has a length: who draws it writes its stops out as often as it does."""
    usual = {"x1": "0", "y1": "0", "x2": "1", "y2": "0", "r": "0.5"}
    parts = {
        key: re.fullmatch(r"([+-]?[\d.]+(?:[eE][+-]?\d+)?)(%?)", attributes.get(key, one)) for key, one in usual.items()
    }
    try:
        at = {key: float(found[1]) / (100 if found[2] else 1) for key, found in parts.items() if found}
        length = at["r"] if name == "radialGradient" else abs(at["x2"] - at["x1"]) + abs(at["y2"] - at["y1"])
    except (ValueError, KeyError):
        return
    if length < LEAST_REPEAT:
        _too_much(Say(f"a gradient that repeats every {length:g}", f"每 {length:g} 重复一次的渐变"))


def _check_pattern(attributes: dict[str, str]) -> None:
    """See that a pattern is large enough to be seen: who draws it fills the page with it."""
    sides = [
        re.fullmatch(r"\s*([\d.]+(?:[eE][+-]?\d+)?)(?:%|px)?\s*", attributes.get(key, ""))
        for key in ("width", "height")
    ]
    try:
        least = min((float(found[1]) for found in sides if found), default=1.0)
    except ValueError:
        return
    if 0 < least < LEAST_REPEAT:
        _too_much(Say(f"a pattern that repeats every {least:g}", f"每 {least:g} 重复一次的图案"))


def _too_much(what: Say) -> NoReturn:
    raise BadPictureError(
        Say(f"the SVG is too large to be drawn: {what.en}", f"SVG 太大，画不了：{what.zh}"),
        Say("simplify it, or save it as PNG", "请简化，或存为 PNG"),
    )
