"""What a paper's style sheets set on one story (``#story-id``) and nobody reads: probes know slots, levels, frames and looks."""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

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

_RULE = re.compile(r"([^{}]*#story-[^{}]*)\{([^{}]*)\}")


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
    return tuple(
        _found(re.sub(r"/\*.*?\*/", lambda comment: re.sub(r"[^\n]", " ", comment[0]), sheet, flags=re.DOTALL))
    )


def _found(sheet: str) -> Iterator[tuple[str, str, int]]:
    for rule in _RULE.finditer(sheet):
        for declared in re.finditer(r"(--[\w-]+)\s*:", rule[2]):
            if declared[1] in _MEASURED:
                line = sheet.count("\n", 0, rule.start(2) + declared.start()) + 1
                yield " ".join(rule[1].split()), declared[1], line
