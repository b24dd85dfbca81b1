"""What a paper's style sheets set on one story (``#story-id``) and nobody reads: probes know slots, levels, frames and looks."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

import tinycss2

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef, file_name
from printkit.gate import read_file
from printkit.model.context import PageContext
from printkit.model.geometry import StoryStyle
from printkit.render.styles import css_name
from printkit.render.stylesheets import stylesheets
from printkit.render.templates import STYLES

_MEASURED = {css_name(field.name) for field in fields(StoryStyle)} | {
    *("--headline-align", "--headline-stretch", "--body-size", "--body-leading"),
    *("--headline-steps", "--kicker-steps", "--deck-steps"),
}
"""Custom properties that make-up reads from probes."""

_STORY = "#story-"


def unmeasured(page: PageContext) -> list[Diagnostic]:
    """Tell of the custom properties that a page's style sheets set on one story by its id, each at its line."""
    folder = page.paper.folder
    sheets = (sheet for sheet in stylesheets(page) if not sheet.is_relative_to(STYLES))
    return [
        Diagnostic(
            "style.no-effect",
            Say(f"{name} has no effect on `{selector}`", f"写在“{selector}”上的 {name} 不起作用"),
            Severity.WARNING,
            Say(
                "set it on a slot, a level or a layout, or give the story a `look`",
                "请写在版位、级别或版式上，或给稿件写“样貌”（look）",
            ),
            SourceRef(file_name(sheet, folder), line, 1),
        )
        for sheet in sheets
        for selector, name, line in _of_stories(read_file(sheet).decode("utf-8", "replace"))
    ]


@lru_cache(maxsize=16)
def _of_stories(sheet: str) -> tuple[tuple[str, str, int], ...]:
    """Return selector, property and line of what a sheet sets on single stories."""
    return tuple(_found(tinycss2.parse_stylesheet(sheet, skip_comments=True))) if _STORY in sheet else ()


def _found(nodes: Sequence[Any], selector: str = "") -> Iterator[tuple[str, str, int]]:
    """Yield them of rules, those in `@media` too, or of what a rule of some selector holds."""
    for node in nodes:
        if node.type == "declaration" and _STORY in selector and node.name in _MEASURED:
            yield " ".join(selector.split()), node.name, node.source_line
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            within = tinycss2.serialize(node.prelude) if node.type == "qualified-rule" else selector
            yield from _found(tinycss2.parse_blocks_contents(node.content, skip_comments=True), within)
