"""What a browser is told of an edition at work: plain objects for JSON.

In: a `Desk` and its sheets. Out: one object of the whole, one a page. Lengths are points from the page's top left corner.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from printkit.diagnostics import Diagnostic, SourceRef, diagnostic_object
from printkit.makeup.lint.places import around
from printkit.model.geometry import Grid, Rect
from printkit.model.page import MadeUpPage, MadeUpStory, PictureBox
from printkit.model.story_look import StoryLook
from printkit.preview.desk import Desk, Sheet
from printkit.render.templates import LAYOUTS
from printkit.units import MM

VSCODE = "vscode://file/{file}:{line}:{column}"
"""The address that opens a file at a line: VS Code's, and that of its kin."""


@dataclass(frozen=True, slots=True)
class Links:
    """How a place in a file is opened: an address with ``{file}``, ``{line}`` and ``{column}``."""

    pattern: str = VSCODE

    def to(self, where: SourceRef | None, base: Path) -> str | None:
        """Return the address of a place whose file is named from a folder; None where there is nothing to open."""
        if where is None:
            return None
        file = next((one for one in (base / where.file, LAYOUTS.parent / where.file) if one.exists()), None)
        if file is None:
            return None
        place = self.pattern.replace("{file}", quote(file.as_posix().removeprefix("/")))
        return place.replace("{line}", str(where.line)).replace("{column}", str(where.column))


def edition_object(desk: Desk, links: Links, more: dict[str, Any]) -> dict[str, Any]:
    """Return what there is to know of the whole; `more` is what the server adds."""
    edition = desk.reading.edition if desk.reading else None
    return {
        "paper": edition.paper.name if edition else "",
        "date": edition.date.isoformat() if edition else "",
        "issue": edition.issue if edition else "",
        "file": desk.path.name,
        "pages": list(desk.sheets),
        "busy": desk.is_busy,
        "writable": desk.may_write,
        "faults": _findings(desk.faults, desk, links),
        "findings": _findings(desk.found, desk, links),
        **more,
    }


def page_object(sheet: Sheet, desk: Desk, links: Links) -> dict[str, Any]:
    """Return what there is to know of a page."""
    made = sheet.made
    return {
        "number": sheet.number,
        "name": sheet.name,
        "revision": sheet.revision,
        "state": sheet.state,
        "changed": list(sheet.changed),
        "faults": _findings(sheet.faults, desk, links),
        **(_made(made, desk, links) if made else {"stories": [], "slots": []}),
    }


def _made(made: MadeUpPage, desk: Desk, links: Links) -> dict[str, Any]:
    geometry = made.geometry
    return {
        "label": made.page.label,
        "layout": made.page.layout,
        "auto": made.page.layout == "auto",
        "width": geometry.width / 1000,
        "height": geometry.height / 1000,
        "closed": made.is_closed,
        "over": made.over_lines,
        "under": made.under_lines,
        "grid": _grid(geometry.grid),
        "slots": [
            {"name": name, "rect": _rect(slot.rect), "columns": slot.columns, "many": slot.many, "free": not used}
            for name, slot in geometry.slots.items()
            for used in [any(story.story.slot == name for story in made.stories)]
        ],
        "white": [_rect(white.rect) for white in made.white],
        "stories": [_story(story, made, desk, links) for story in made.stories],
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "rect": _rect(grid.main),
        "columns": grid.columns,
        "gutter": grid.gutter / 1000,
        "column": grid.column / 1000,
        "leading": grid.leading / 1000,
        "rows": grid.main.height // grid.leading,
    }


def _story(one: MadeUpStory, made: MadeUpPage, desk: Desk, links: Links) -> dict[str, Any]:
    story, fit = one.story, one.fit
    at = story.placement.at
    ad = next((box for box in one.boxes if isinstance(box, PictureBox)), None) if story.ad else None
    slot = one.slot(made.geometry).rect
    return {
        "anchor": story.anchor,
        "id": story.id,
        "part": story.part,
        "title": story.short_title if not story.ad else story.ad.alt,
        "is_ad": story.ad is not None,
        "is_member": story.is_member,
        "slot": story.slot,
        "level": story.level,
        "frame": story.frame,
        "look": _look(story.look),
        "columns": one.columns,
        "at": [at.column, at.row, at.columns, at.rows] if at else None,
        "is_found": story.placement.is_found,
        "rect": _rect(around([*one.parts, one.rect]) if not story.ad else slot),
        "size": [round(length / MM, 1) for length in (slot.width, slot.height)] if ad else None,
        "lines": fit.lines,
        "characters": fit.characters,
        "capacity": fit.capacity_lines,
        "over": [fit.over_lines, fit.over_characters],
        "under": [fit.under_lines, fit.under_characters],
        "steps": [step.text for step in fit.steps],
        "file": story.article.where.file,
        "link": links.to(story.article.where, desk.base),
        "entry": links.to(story.where, desk.base),
    }


def _look(look: StoryLook) -> dict[str, str]:
    """Return what a story's entry says of its look, by the names that the menus have; empty texts where it says nothing."""
    return {
        "direction": look.direction or "",
        "side": look.side or "",
        "align": look.align or "",
        "head_columns": str(look.head_columns.number) if look.head_columns else "",
        "stretch": f"{look.stretch}%" if look.stretch else "",
        "byline": look.byline or "",
        "columns": str(look.columns.number) if look.columns else "",
        "crop": "none" if look.uncropped else "",
    }


def _findings(found: Iterable[Diagnostic], desk: Desk, links: Links) -> list[dict[str, Any]]:
    return [diagnostic_object(one) | {"link": links.to(one.where, desk.base)} for one in found]


def _rect(rect: Rect) -> list[float]:
    return [rect.x / 1000, rect.y / 1000, rect.width / 1000, rect.height / 1000]
