"""The Jinja2 side of layouts: where templates are found, what they are given, what their faults mean to an editor.

A layout comes with a paper's folder and is nobody's code to trust. It is given plain data alone: text, numbers, truth
values, tuples and mappings, made here of whatever printkit hands over. No path, no date, no value of the model reaches it,
and nothing that can be called but the filters and globals of `environment`, Jinja2's own macros and the methods of text.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeGuard

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace
from markupsafe import Markup

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef, file_name
from printkit.model.paper import Paper
from printkit.units import css


def _find(name: str) -> Path:
    """Return the built-in folder: inside the wheel, or at the top of the checkout."""
    home = Path(__file__).resolve().parents
    packaged = home[1] / name
    return packaged if packaged.is_dir() else home[3] / name


LAYOUTS = _find("layouts")
STYLES = _find("styles")


def resource_roots(paper: Paper) -> tuple[Path, ...]:
    """Return the folders that a page may read from: the paper's, then printkit's own layouts and styles."""
    return paper.folder, LAYOUTS, STYLES


def layout_roots(paper: Paper) -> tuple[Path, ...]:
    """Return the folders of layouts: the paper's own come first."""
    own = (paper.folder / "layouts").resolve()
    return (own, LAYOUTS) if own.is_dir() and own.is_relative_to(paper.folder) else (LAYOUTS,)


# --- what a template is given -----------------------------------------------------------------------------


class Defaults(dict[str, Any]):
    """A mapping that answers for any name: with its default where nothing is kept under it."""

    def __init__(self, kept: Mapping[str, Any], default: Any) -> None:
        """Keep plain data, and what stands for every other name."""
        super().__init__(kept)
        self.default = default

    def __missing__(self, key: str) -> Any:
        """Return the default."""
        return self.default

    def __contains__(self, key: object) -> bool:
        """Say whether a name has more than nothing."""
        return super().__contains__(key) or self.default is not None

    def __bool__(self) -> bool:
        """Say whether any name has more than nothing."""
        return bool(len(self)) or self.default is not None


def plain(value: Any) -> Any:
    """Return a value as plain data for templates: dataclasses and mappings as mappings, sequences as tuples.

    Raises:
        TypeError: it holds something else, such as a path: what a template is given is chosen, never passed through.
    """
    if type(value) is str or value is None or isinstance(value, bool | int | float | Markup):
        return value
    if isinstance(value, str):
        return str(value)  # an enum's member, too, is only its text
    if isinstance(value, Defaults):
        return Defaults(plain(dict(value)), plain(value.default))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | Iterator):
        return tuple(map(plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _fields_of(type(value))}
    raise TypeError(f"a template may not have a {type(value).__name__}")


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


Note = Callable[[Iterable[Path]], None]
"""Is given files that were read."""


def ignore(_: Iterable[Path]) -> None:
    """Take no note of files."""


class _Loader(jinja2.FileSystemLoader):
    """Loads templates that lie in the folders of layouts; a link that leads out of them is none."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Read a template.

        Raises:
            jinja2.TemplateNotFound: there is none.
            jinja2.TemplateSyntaxError: it is not UTF-8, or a link leads to it out of the folders of layouts.
        """
        try:
            source, file, is_fresh = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            text = error.object[: error.start]
            file = next((f"{root}/{template}" for root in self.searchpath if Path(root, template).is_file()), template)
            message = f"it is not UTF-8 (byte 0x{error.object[error.start]:02X})"
            raise jinja2.TemplateSyntaxError(message, text.count(b"\n") + 1, template, file) from None
        except (OSError, ValueError):  # a folder, a name too long or with NUL: no template
            raise jinja2.TemplateNotFound(template) from None
        if not any(Path(os.path.realpath(file)).is_relative_to(root) for root in self.searchpath):
            message = "it is a link out of the paper's folder: put the file itself in its place"
            raise jinja2.TemplateSyntaxError(message, 1, template, file)
        places = [f"{root}/{template}" for root in self.searchpath]
        before = places[: places.index(file)] if file in places else []
        # One that comes to be in an earlier folder is the one from then on.
        return source, file, lambda: is_fresh() and not any(Path(place).exists() for place in before)


_LARGEST = 100_000
"""Characters, items or bits that one operation in a template makes."""

_WIDE = re.compile(r"\d{5}")


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _size(value: Any) -> int:
    """Return the size of a value: items, or a number's bits."""
    if isinstance(value, int):
        return int(value).bit_length()
    if isinstance(value, str | tuple | list):
        return len(value)
    return 1


def _product(left: Any, right: Any) -> int:
    """Return the size of what is multiplied."""
    for many, times in ((left, right), (right, left)):
        if isinstance(many, str | tuple | list) and _is_int(times):
            return len(many) * max(times, 0)
    return _size(left) + _size(right)


def _refuse_wide(text: str) -> None:
    if _WIDE.search(text):
        raise SecurityError("a field as wide as this has no place on a page")


def _refuse_large(args: Iterable[Any], given: Mapping[str, Any]) -> None:
    if any(_is_int(one) and abs(one) > _LARGEST for one in (*args, *given.values())):
        raise SecurityError(f"no number over {_LARGEST:,} may be given here")


def _bounded(kept: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that is given no number so large that it makes text without end of it."""

    @wraps(kept)
    def bounded(*args: Any, **given: Any) -> Any:
        values = args[1 + hasattr(kept, "jinja_pass_arg") :]  # what it is used on is left as it is
        _refuse_large(values, given)
        return kept(*args, **given)

    return bounded


@jinja2.pass_context  # else Jinja2 asks of no constant
def _words(context: Any, value: Any) -> Any:
    """Return what stands between two braces, which is plain data: of all else the page would say where in memory it lies.

    Raises:
        jinja2.sandbox.SecurityError: it is something else, such as a method that was not called.
    """
    if isinstance(value, tuple | list):
        for one in value:
            _words(context, one)
    elif value is not None and not isinstance(value, str | int | float | dict | jinja2.Undefined):
        raise SecurityError(f"a {type(value).__name__} is no text")
    return value


class Environment(ImmutableSandboxedEnvironment):
    """An environment that knows which templates were asked for since it was last told to forget."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, roots: tuple[Path, ...]) -> None:
        """Take the folders of layouts."""
        super().__init__(
            loader=_Loader(roots),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            finalize=_words,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.roots = roots
        self.asked: set[str] = set()

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:
        """Make a template's text code.

        Raises:
            jinja2.TemplateSyntaxError: it cannot be, also since it is nested deeper than Jinja2 or Python can go.
        """
        try:
            return super().compile(source, name, filename, *rest)
        except (RecursionError, SyntaxError, ValueError, MemoryError, OverflowError) as error:
            said = f"{type(error).__name__}: {error}".partition("\n")[0]
            raise jinja2.TemplateSyntaxError(f"it cannot be compiled ({said[:200]})", 1, name, filename) from None

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, raise to a power or format, while the result is of a size that a page has a use for.

        Raises:
            jinja2.sandbox.SecurityError: it would not be.
        """
        if operator == "%" and isinstance(left, str):
            _refuse_wide(left)
        elif operator != "%":
            size = _size(left) * max(int(right), 1) if operator == "**" and _is_int(right) else _product(left, right)
            if size > _LARGEST:
                raise SecurityError(f"the result of {operator} would be too large")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Any:
        """Wrap the formatting of a text, whose fields may not be wider than a page has a use for."""
        if isinstance(getattr(value, "__self__", None), str):
            _refuse_wide(value.__self__)
        return super().wrap_str_format(value)

    def call(__self, __context: Any, __obj: Any, *args: Any, **given: Any) -> Any:  # noqa: N805  # as Jinja2 has it
        """Call something; only macros are given numbers as large as they like.

        Raises:
            jinja2.sandbox.SecurityError: another is, and would make so much text.
        """
        if not isinstance(__obj, Macro):
            _refuse_large(args, given)
        return super().call(__context, __obj, *args, **given)

    def join_path(self, template: str, parent: str) -> str:
        """Note a template that another one names."""
        self.asked.add(template)
        return super().join_path(template, parent)

    @property
    def files(self) -> Iterator[Path]:
        """The files of the templates that were asked for, where they are or may come to be."""
        return (root / name for name in self.asked for root in self.roots)


@lru_cache(maxsize=8)
def environment(roots: tuple[Path, ...]) -> Environment:
    """Return the template environment of some layout folders; it keeps compiled templates while they are unchanged."""
    made = Environment(roots)
    made.filters["css"] = css
    del made.filters["random"]  # the same copy gives the same page
    made.filters = {name: _bounded(kept) for name, kept in made.filters.items()}
    made.globals = {"range": safe_range, "namespace": Namespace}
    return made


def load_shared() -> None:
    """Compile what each of printkit's own layouts is made of, before it is known which are used."""
    for name in ("page", "macros", "story"):
        environment((LAYOUTS,)).get_template(f"shared/{name}.html.j2")


# --- rendering --------------------------------------------------------------------------------------------


def render(roots: tuple[Path, ...], name: str, values: Mapping[str, Any], note: Note = ignore) -> str:
    """Render a template with plain data made of some values; `note` is given the files of it and of what it names.

    Raises:
        InputError: the template cannot be used.
        jinja2.TemplateNotFound: there is no template of this name.
    """
    used = environment(roots)
    used.asked = {name}
    try:
        return _rendered(used, used.get_template(name), values)
    except jinja2.TemplateSyntaxError as error:
        raise InputError([template_fault(error, roots, error.filename, error.lineno)]) from None
    finally:
        note(used.files)


def _rendered(used: Environment, template: jinja2.Template, values: Mapping[str, Any]) -> str:
    try:
        return template.render(plain(values))
    except jinja2.TemplateError as error:
        raise InputError([template_fault(error, used.roots, *_place(error))]) from None
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError) as error:
        filename, line = _place(error)
        if filename is None:
            raise
        raise InputError([template_fault(error, used.roots, filename, line)]) from None


def _place(error: BaseException) -> tuple[str | None, int | None]:
    """Return the template's file and line in which an error arose."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename, error.lineno
    place: tuple[str | None, int | None] = (None, None)
    traceback = error.__traceback__
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file.endswith((".j2", ".html")):
            place = file, traceback.tb_lineno
        traceback = traceback.tb_next
    return place


def template_fault(error: Exception, roots: tuple[Path, ...], filename: str | None, line: int | None) -> Diagnostic:
    """Tell a template's error at its file and line."""
    missing = isinstance(error, jinja2.TemplateNotFound)
    return Diagnostic(
        "layout.template",
        Say(f"there is no template {error} in layouts/", f"layouts/ 里没有模板 {error}")
        if missing
        else Say(f"the layout's template fails: {error}", f"版式模板出错：{error}"),
        hint=Say("names in a template: paper, edition, page, slots", "模板中可用的名字：paper、edition、page、slots"),
        where=template_ref(filename, line, roots) if filename else None,
    )


def template_ref(filename: str, line: int | None, roots: tuple[Path, ...]) -> SourceRef:
    """Return a line of a template, the paper's own or printkit's."""
    return SourceRef(file_name(Path(filename), *(root.parent for root in roots)), line or 1)
