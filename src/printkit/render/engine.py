"""WeasyPrint itself: its import, its one font configuration, its log, and what it may read.

`measure` and `draw` stand on this, and import `Fetcher` from here; beside `fetcher` no other module knows WeasyPrint.
"""

import ctypes.util
import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from cssselect2 import compiler

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, Say, Severity, SourceRef, file_name
from printkit.fonts.files import NO_FONT, why_not
from printkit.fonts.metrics import forget_fonts
from printkit.gate import read_file
from printkit.limits import is_foreign
from printkit.model.style import Face


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
from weasyprint.text.fonts import FontConfiguration, get_font_description  # noqa: E402

from printkit.render.fetcher import Fetcher as Fetcher  # noqa: E402  # it needs WeasyPrint, too
from printkit.render.fetcher import RefusedError, path_of  # noqa: E402

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


class _InPlace:
    """Stands for the folder and the file that WeasyPrint would copy a font to: the font's own file, which is there."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __truediv__(self, _: str) -> "_InPlace":
        return self

    def exists(self) -> bool:
        return False  # in the font configuration

    def write_bytes(self, _: bytes) -> None:
        """Leave it as it is."""

    def as_posix(self) -> str:
        return self._file.as_posix()


class _Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """WeasyPrint's, with the fonts of `@font-face` used where they lie.

    WeasyPrint copies each into a folder of the process: those of workers are left behind, and a page that is kept names a file
    that a later run has not.
    """

    _folder: Any = None

    def __init__(self) -> None:
        super().__init__()
        self._known: set[tuple[object, ...]] = set()
        """What was added: a rule with one source, the folders that it may be read from, the state of its file."""

    def add_font_face(self, rule: Mapping[str, Any], fetcher: Fetcher) -> None:
        """Add the first source of a rule that is a font of the paper.

        Raises:
            RefusedError: none is; the page would be set in another.
        """
        reasons, where = [], None
        for kind, url in rule["src"]:
            if kind != "external" or urlsplit(url).scheme != "file":
                reasons.append(_NO_FILE)
                continue
            path = path_of(url)
            fetcher.read.add(path)
            where = where or SourceRef(file_name(path, *fetcher.roots))
            try:
                wrong = self._added({**rule, "src": [(kind, url)]}, path, fetcher)
            except OSError as error:
                wrong = Say(str(error.strerror), str(error.strerror))
            if wrong is None:
                return
            reasons.append(wrong)
        raise RefusedError(_not_loaded(str(rule["font_family"]), reasons, where))

    def _added(self, rule: Mapping[str, Any], path: Path, fetcher: Fetcher) -> Say | None:
        """Add a rule's only source, if that is not done; return why it cannot be."""
        state = path.stat()
        key = str(rule), fetcher.roots, state.st_mtime_ns, state.st_size
        if key in self._known:
            return None
        if wrong := why_not(read_file(path, fetcher.roots)):
            return wrong
        face.cache_clear()
        forget_fonts()
        self._folder = _InPlace(path)
        try:
            with listening() as records:
                super().add_font_face(rule, fetcher)
        finally:
            self._folder = None
        if records:
            return NO_FONT
        self._known.add(key)
        return None


_NO_FILE = Say(
    "it is no file of the paper; a family that is installed is named without `@font-face`",
    "不是本报文件夹里的文件；系统已装的字体直接写字体名，不用 @font-face",
)


def _not_loaded(family: str, reasons: Sequence[Say], where: SourceRef | None) -> InputError:
    every = dict.fromkeys(reasons)
    message = Say(
        f"the font “{family}” of `@font-face` cannot be loaded: {'; '.join(one.en for one in every)}",
        f"@font-face 的字体“{family}”无法载入：{'；'.join(one.zh for one in every)}",
    )
    hint = Say(
        "put its TTF or OTF into the paper's folder, or take the rule out",
        "请把 TTF 或 OTF 放进本报文件夹，或去掉这条规则",
    )
    return InputError([Diagnostic("fonts.not-loaded", message, hint=hint, where=where)])


@lru_cache(maxsize=1)
def font_configuration() -> Any:
    """Return the one font configuration of the process: styles read with it stay valid in later documents."""
    return _Fonts()


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


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs from warnings up; nothing of it reaches the terminal by itself."""
    logger = logging.getLogger("weasyprint")
    records: list[logging.LogRecord] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler, level, handlers, propagate = Handler(), logger.level, logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


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
        with listening() as records:
            css = _css(*args, **{**given, **own})
        layers = own.pop("layers")
        sheet = _Sheet(stamp, css, **own, records=tuple(records))
        if layers or re.search(rb"@import|@font-face", read_file(path), re.IGNORECASE):  # these depend on other files
            return _css(*args, **given)
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


def log_findings(records: Sequence[logging.LogRecord], where: SourceRef) -> list[Diagnostic]:
    """Turn WeasyPrint's log into findings: what it could not load is an error, what it ignored a warning."""
    found: dict[str, Diagnostic] = {}
    for record in records:
        text = record.getMessage()
        error = record.levelno >= logging.ERROR
        found[text] = Diagnostic(
            "style.failed" if error else "style.ignored",
            Say(f"WeasyPrint: {text}", f"WeasyPrint：{text}"),
            Severity.ERROR if error else Severity.WARNING,
            _LEFT_OUT if error else None,
            where=where,
        )
    return list(found.values())


_LEFT_OUT = Say(
    "see that what it names is there, inside the paper's folder, whole and plainly drawn, or leave it out",
    "请检查所指的文件是否存在、在本报文件夹内、完整、画法简单，或去掉它",
)
