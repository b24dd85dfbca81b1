"""The Jinja2 side of layouts: where templates and styles are found, and what their faults mean to an editor."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from printkit.diagnostics import Diagnostic, Say, SourceRef, file_name
from printkit.model.paper import Paper
from printkit.units import css


def _find(name: str) -> Path:
    """Return the built-in folder: inside the wheel, or at the top of the checkout."""
    packaged = Path(__file__).parents[1] / name
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / name


LAYOUTS = _find("layouts")
STYLES = _find("styles")


def resource_roots(paper: Paper) -> tuple[Path, ...]:
    """Return the folders that a page may read from: the paper's, then printkit's own layouts and styles."""
    return paper.folder, LAYOUTS, STYLES


@lru_cache(maxsize=8)
def environment(roots: tuple[Path, ...]) -> SandboxedEnvironment:
    """Return the template environment of some layout folders; it keeps compiled templates while they are unchanged."""
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(roots),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css"] = css
    return environment


def template_place(error: BaseException) -> tuple[str | None, int | None]:
    """Return the template's file and line in which an error arose."""
    place: tuple[str | None, int | None] = (None, None)
    for frame, line in _frames(error):
        if frame.endswith(".j2"):
            place = frame, line
    return place


def _frames(error: BaseException) -> Iterator[tuple[str, int]]:
    traceback = error.__traceback__
    while traceback:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def template_fault(error: Exception, filename: str | None, line: int | None, paper: Paper) -> Diagnostic:
    """Tell a template's error at its file and line."""
    where = template_ref(filename, line, paper) if filename else None
    return Diagnostic(
        "layout.template",
        Say(f"the layout's template fails: {error}", f"版式模板出错：{error}"),
        hint=Say("names in a template: paper, edition, page, slots", "模板中可用的名字：paper、edition、page、slots"),
        where=where,
    )


def template_ref(filename: str, line: int | None, paper: Paper) -> SourceRef:
    """Return a line of a template, the paper's own or printkit's."""
    return SourceRef(file_name(Path(filename), paper.folder, LAYOUTS.parent), line or 1)
