"""WeasyPrint itself: its import, its one font configuration, and what it may read.

`measure` and `draw` stand on this, and import `Fetcher` from here; beside `fetcher` and `own_fonts` no other module knows WeasyPrint.
"""

import ctypes.util
import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from cssselect2 import compiler

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, Say, SourceRef
from printkit.fonts.metrics import forget_fonts
from printkit.limits import is_foreign
from printkit.model.style import Face
from printkit.render.log import listening


class _Later(ModuleType):
    """Stands for a module that is loaded when something of it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **given: getattr(import_module(self.__name__), name)(*args, **given)


_SELDOM = ("fontTools.subset", "fontTools.varLib.instancer")
"""What WeasyPrint needs for fonts that it embeds itself, where HarfBuzz cannot: nearly never here."""


class _SelectorError(ValueError):
    """A selector cannot be compiled."""


def _compiled_later(source: str, *names: Any) -> Callable[[Any], bool]:
    """Return what a selector asks of an element, compiled when it is asked first: of those of the style sheets few ever are."""
    made: list[Callable[[Any], bool]] = []

    def test(element: Any) -> bool:
        if not made:
            try:
                made.append(eval(source, *names))  # noqa: S307  # cssselect2's own words
            except (SyntaxError, RecursionError, MemoryError) as error:  # Python nests no more than some 200 brackets
                raise _SelectorError(f"a selector is too long to be compiled: {error}") from None
        return made[0](element)

    return test


def _import_weasyprint() -> Any:
    """Import WeasyPrint without its slow search for libraries, and without what it needs seldom.

    For each wrong library name cffi asks `find_library`, which starts ldconfig and gcc: a third of a
    second. On Linux the exact names are tried anyway, so the search may find nothing.
    """
    real = ctypes.util.find_library
    compiler.eval = _compiled_later
    later = {name: _Later(name) for name in _SELDOM if name not in sys.modules}
    sys.modules.update(later)
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # HarfBuzz-Subset: uharfbuzz subsets here
            import weasyprint
    except OSError as error:
        packages = "apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        raise MissingPartError(
            [
                Diagnostic(
                    "system.missing-library",
                    Say(f"WeasyPrint cannot load Pango: {error}", f"WeasyPrint 无法载入 Pango：{error}"),
                    hint=Say(packages, f"运行 {packages}"),
                )
            ]
        ) from error
    finally:
        ctypes.util.find_library = real
        for name in later:
            del sys.modules[name]
    return weasyprint


# Fontconfig names families in the language of the locale: in a Chinese one LXGW WenKai would be 霞鹜文楷, unknown to
# the styles. Family names are English here, whoever runs it.
os.environ["FC_LANG"] = "en"

weasyprint = _import_weasyprint()

import weasyprint.css as weasyprint_css  # noqa: E402  # must follow the import above
from tinyhtml5 import inputstream  # noqa: E402
from weasyprint.css.properties import INITIAL_VALUES, Dimension  # noqa: E402
from weasyprint.css.units import LENGTHS_TO_PIXELS  # noqa: E402
from weasyprint.text.ffi import ffi, fontconfig, gobject, harfbuzz, pango, pangoft2  # noqa: E402
from weasyprint.text.fonts import get_font_description  # noqa: E402

from printkit.render.fetcher import Fetcher as Fetcher  # noqa: E402  # it needs WeasyPrint, too
from printkit.render.fetcher import RefusedError  # noqa: E402
from printkit.render.own_fonts import OwnFonts  # noqa: E402

_parser = ffi._parser
_parse = _parser._parse


def _parse_briefly(source: str) -> Any:
    """Parse a piece of C with the types that it names: cffi declares all of the library's before each, a twelfth of a page."""
    whole = _parser._declarations
    words = {f"typedef {word}" for word in re.findall(r"\w+", source)}
    _parser._declarations = {name: told for name, told in whole.items() if name in words}
    try:
        return _parse(source)
    finally:
        _parser._declarations = whole


_parser._parse = _parse_briefly

ffi.cdef(
    "FcPattern* pango_fc_font_get_pattern(PangoFcFont*);"
    "FcResult FcPatternGetInteger(const FcPattern*, const char*, int, int*);"
    "const char* pango_version_string(void);"
    "const char* hb_version_string(void);",
    override=True,
)

INSTALL_FONTS = "apt-get install fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai"
INSTALLED = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"})
"""The families that `make demo` installs."""


def text_library_versions() -> dict[str, str]:
    """Return the versions of the system's Pango and HarfBuzz, by which WeasyPrint sets text."""
    return {
        "pango": ffi.string(pango.pango_version_string()).decode(),
        "harfbuzz": ffi.string(harfbuzz.hb_version_string()).decode(),
    }


@lru_cache(maxsize=1)
def font_configuration() -> Any:
    """Return the one font configuration of the process: styles read with it stay valid in later documents."""
    return OwnFonts(_forget_fonts)


def _forget_fonts() -> None:
    face.cache_clear()
    forget_fonts()


class _Style(dict[str, Any]):
    """Just enough of a computed style for `get_font_description`."""


def pango_font(family: str, weight: int) -> Any:
    """Load the Pango font that WeasyPrint would take for one family and weight; None when it is another's."""
    config = font_configuration()
    style = _Style(INITIAL_VALUES)
    style.update(font_family=(family,), font_size=16.0, font_weight=weight)
    context = ffi.gc(pango.pango_font_map_create_context(config.font_map), gobject.g_object_unref)
    pango.pango_context_set_language(context, pango.pango_language_from_string(b"zh-cn"))
    font = ffi.gc(
        pango.pango_font_map_load_font(config.font_map, context, get_font_description(style)), gobject.g_object_unref
    )
    if font == ffi.NULL:
        return None
    description = ffi.gc(pango.pango_font_describe_with_absolute_size(font), pango.pango_font_description_free)
    got = ffi.string(pango.pango_font_description_get_family(description)).decode()
    return font if got.casefold() == family.casefold() else None


def source_of(font: Any) -> tuple[str, int]:
    """Return file and face index of a Pango font, as fontconfig names them."""
    pattern = pangoft2.pango_fc_font_get_pattern(ffi.cast("PangoFcFont*", font))
    name, index = ffi.new("FcChar8**"), ffi.new("int*")
    fontconfig.FcPatternGetString(pattern, b"file", 0, name)
    fontconfig.FcPatternGetInteger(pattern, b"index", 0, index)
    return ffi.string(ffi.cast("char*", name[0])).decode(), index[0]


@lru_cache(maxsize=256)
def face(family: str, weight: int) -> Face | None:
    """Return the face that a family and weight resolve to; None when the family is missing."""
    font = pango_font(family, weight)
    return None if font is None else Face(family, weight, *source_of(font))


_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What WeasyPrint and the parsers below it fall over with, where a page or a style is not as they expect."""


@contextmanager
def laying_out(where: SourceRef) -> Iterator[None]:
    """Tell at a page's layout what WeasyPrint falls over; a fault in our own code stays one.

    Raises:
        InputError: WeasyPrint cannot lay the page out, or draw it.
    """
    try:
        yield
    except RefusedError as error:
        raise error.fault from None
    except _FAILURES as error:
        if not (is_foreign(error) or isinstance(error, _SelectorError)):
            raise
        said = f"{type(error).__name__}: {str(error)[:200]}"
        message = Say(f"WeasyPrint cannot lay this page out ({said})", f"WeasyPrint 无法排出本版（{said}）")
        hint = Say(
            "look in the layout and its styles for what was changed last: elements nested too deep, long selectors, odd "
            "addresses, endless lengths, `position: running()`",
            "请检查版式及其样式最近的改动：嵌套过深的元素、过长的选择器、写错的地址、无穷大的长度、position: running()",
        )
        raise InputError([Diagnostic("layout.not-laid-out", message, hint=hint, where=where)]) from error


# --- style sheets, parsed once ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A parsed style sheet: its file as it was then, what it added to its document, what WeasyPrint said of it."""

    stamp: tuple[int, int]
    css: Any
    page_rules: list[Any]
    counter_style: dict[str, Any]
    color_profiles: dict[str, Any]
    records: tuple[logging.LogRecord, ...]


_SHEETS: dict[tuple[str, tuple[Path, ...]], _Sheet] = {}
_css = weasyprint_css.CSS


def _css_once(*args: Any, **given: Any) -> Any:
    """Parse a file linked from a page as WeasyPrint does, but once, since every page has the same six or seven."""
    url, fetcher = given.get("url") or "", given.get("url_fetcher")
    path = Path(unquote(urlsplit(url).path))
    if urlsplit(url).scheme != "file" or not isinstance(fetcher, Fetcher) or given.get("matcher") or not path.is_file():
        return _css(*args, **given)
    stamp = path.stat().st_mtime_ns, path.stat().st_size
    real = path.resolve()  # under the folders that let it be read: printkit's own are the same for every paper
    key = url, tuple(root for root in fetcher.roots if real.is_relative_to(root))
    sheet = _SHEETS.get(key)
    if sheet is None or sheet.stamp != stamp:
        own: dict[str, Any] = {"page_rules": [], "layers": [], "counter_style": {}, "color_profiles": {}}
        before = set(fetcher.read)
        fetcher.read.clear()
        try:
            with listening() as records:
                css = _css(*args, **{**given, **own})
        finally:
            others = fetcher.read - {real}
            fetcher.read.update(before)
        if own.pop("layers"):
            return _css(*args, **given)
        sheet = _Sheet(stamp, css, **own, records=tuple(records))
        if not others:  # what it imports and its fonts are looked at for each page
            _SHEETS[key] = sheet
    fetcher.read.add(path)
    for record in sheet.records:
        logging.getLogger("weasyprint").handle(record)
    given["page_rules"].extend(sheet.page_rules)
    given["counter_style"].update(sheet.counter_style)
    if sheet.color_profiles:
        given["color_profiles"].update(sheet.color_profiles)
    return sheet.css


weasyprint_css.CSS = _css_once


def parse_shared(sheets: Iterable[Path]) -> None:
    """Parse style sheets of printkit's own before a page asks for them."""
    for sheet in sheets:
        given = {"url": sheet.as_uri(), "url_fetcher": Fetcher([sheet.parent]), "font_config": font_configuration()}
        _css_once(**given, counter_style={}, color_profiles={}, page_rules=[], layers=[])


# --- composed text, placed outside the cascade ------------------------------------------------------------

COMPOSED = "composed:"
"""Begins the address of composed text."""

_SIDES = ("left", "top", "width", "height")
_PLACE = re.compile(r"-?\d{1,9}(\.\d+)?( -?\d{1,9}(\.\d+)?){3}", re.ASCII)
_IMPORTANT = weasyprint_css.declaration_precedence("author", True)
_style_for = weasyprint_css.StyleFor.__call__


class _PlacedStyle(weasyprint_css.ComputedStyle):  # type: ignore[misc]  # WeasyPrint has no types
    """A style that pieces of composed text of one role share, with the place of one of them."""

    def __init__(self, shared: Any, place: Mapping[str, Any]) -> None:
        self.__dict__.update(shared.__dict__)
        self._shared = shared
        self.update(place)

    def copy(self) -> "_PlacedStyle":
        return _PlacedStyle(self._shared, self)

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._shared[key]
        return value


def _style_with_place(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
    """Give composed text the place of its `data-at` as its `style` would: over all but what is `!important`.

    Read from `style`, each place is a style of its own: sixty a page, each parsed, cascaded and computed.
    """
    style = _style_for(self, element, pseudo_type)
    get = getattr(element, "get", None)  # pages have styles, too
    at = get("data-at") if get else None
    if (
        get is None
        or at is None
        or pseudo_type
        or isinstance(style, _PlacedStyle)
        or not (get("src") or "").startswith(COMPOSED)
        or not _PLACE.fullmatch(at)  # a layout's own
    ):
        return style
    place = {
        side: Dimension(float(points) * LENGTHS_TO_PIXELS["pt"], "px")
        for side, points in zip(_SIDES, at.split(), strict=True)
        if style.cascaded.get(side, (None, (0,)))[1][0] < _IMPORTANT
    }
    placed = self.get_computed_styles()[element, None] = _PlacedStyle(style, place)
    return placed


weasyprint_css.StyleFor.__call__ = _style_with_place


# --- the HTML parser's expressions, compiled once -------------------------------------------------------


class _Expressions(dict[tuple[frozenset[str], bool], re.Pattern[str]]):
    """What tinyhtml5 looks for, by characters: its own cache is filled under a wrong key, so that it compiles each anew."""

    def __missing__(self, key: tuple[frozenset[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        escaped = "".join(f"\\x{ord(character):02x}" for character in characters)
        found = self[key] = re.compile(f"[{escaped}]+" if opposite else f"[^{escaped}]+")
        return found


inputstream.characters_until_regex = _Expressions()
