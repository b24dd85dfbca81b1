"""The report of a run: one object for ``--json`` and report.json, with the keys that formats.md promises."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from printkit import __version__
from printkit.diagnostics import Diagnostic, diagnostic_object
from printkit.model.edition import Edition
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, MadeUpStory, PictureBox


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written."""

    path: Path
    pages: int
    bytes: int
    sha256: str


def report_object(
    edition: Edition,
    pages: Sequence[MadeUpPage],
    diagnostics: Sequence[Diagnostic],
    outputs: Sequence[Output],
    fonts: Sequence[str],
) -> dict[str, Any]:
    """Put the report together. Rectangles are left, top, width, height in points from the page's top left."""
    return {
        "edition": {"paper": edition.paper.name, "date": edition.date.isoformat(), "issue": edition.issue},
        "outputs": [
            {"path": o.path.as_posix(), "pages": o.pages, "bytes": o.bytes, "sha256": o.sha256} for o in outputs
        ],
        "diagnostics": [diagnostic_object(d) for d in diagnostics],
        "pages": [_page(p) for p in pages],
        "stories": [_story(s, p) for p in pages for s in p.stories],
        "versions": versions(),
        "fonts": list(fonts),
    }


def failure_object(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return the report of a run that wrote nothing."""
    return {
        "outputs": [],
        "diagnostics": [diagnostic_object(d) for d in diagnostics],
        "pages": [],
        "stories": [],
        "versions": versions(),
    }


def _page(made: MadeUpPage) -> dict[str, Any]:
    room = sum(s.fit.capacity_lines for s in made.stories)
    return {
        "number": made.page.number,
        "layout": made.page.layout,
        "closed": made.over_lines == 0 and made.under_lines == 0,
        "over_lines": made.over_lines,
        "under_lines": made.under_lines,
        "white_share": round(made.under_lines / room, 4) if room else 0.0,
        "body_step": [made.body_step[0] / 1000, made.body_step[1] / 1000] if made.body_step else None,
        "width": made.geometry.width / 1000,
        "height": made.geometry.height / 1000,
    }


def _story(made: MadeUpStory, page: MadeUpPage) -> dict[str, Any]:
    fit = made.fit
    article = made.story.article
    pictures = [b for b in made.boxes if isinstance(b, PictureBox)]
    return {
        "id": made.story.id,
        "page": page.page.number,
        "part": made.story.part,
        "continues_on": article.goes_on.page if article.goes_on else None,
        "continued_from": article.came_from.page if article.came_from else None,
        "file": article.where.file,
        "line": article.where.line,
        "slot": made.slot,
        "level": made.story.level,
        "rectangles": [_rect(r) for r in made.parts],
        "columns": made.columns,
        "lines": fit.lines,
        "characters": fit.characters,
        "capacity": fit.capacity_lines,
        "over": {"lines": fit.over_lines, "characters": fit.over_characters},
        "under": {"lines": fit.under_lines, "characters": fit.under_characters},
        "pictures": len(pictures),
        "steps": [{"step": step.text, "cost": step.cost / 10} for step in fit.steps],
    }


def _rect(rect: Rect) -> list[float]:
    return [rect.x / 1000, rect.y / 1000, rect.width / 1000, rect.height / 1000]


def versions() -> dict[str, str]:
    """Return what made the files."""
    names = ("weasyprint", "uharfbuzz", "pikepdf", "pydyf")
    return {"printkit": __version__, "python": platform.python_version(), **{name: version(name) for name in names}}
