"""Sections of a paper (版块) that an edition has no page for, and a red front page (套红) whose masthead stays as it is.

In: an edition. Out: what there is to tell.
"""

from collections.abc import Iterator

from printkit.diagnostics import Diagnostic, Say, Severity, near
from printkit.model.edition import Edition


def colour_findings(edition: Edition) -> Iterator[Diagnostic]:
    """Yield that a masthead which is a picture does not turn red."""
    if edition.is_red and edition.paper.masthead_file:
        yield Diagnostic(
            "paper.masthead-not-red",
            Say("the masthead is a picture and keeps its own colours on the red front page", "报头是图片，套红时仍是图片本身的颜色"),
            Severity.WARNING,
            Say("give the paper a red picture, or its name as text (`masthead`)", "请换红色的报头图片，或用文字报头（masthead）"),
            edition.where,
        )  # fmt: skip


def section_findings(edition: Edition) -> Iterator[Diagnostic]:
    """Yield the sections whose name is no page's: as a warning where a page's name is close to it, else as a note."""
    names = {page.name for page in edition.pages if page.name}
    sections = edition.paper.sections
    other = names - {section.name for section in sections}
    for section in sections:
        if section.name in names:
            continue
        guess = near(section.name, other)
        yield Diagnostic(
            "paper.section-unknown",
            Say(
                f"no page of this issue is called “{section.name}”" + (f"; did you mean “{guess}”?" if guess else ""),
                f"本期没有“{section.name}”版" + (f"；是不是“{guess}”？" if guess else ""),
            ),
            Severity.WARNING if guess else Severity.INFO,
            Say("write the name as the page has it (`name`)", "请与版面的“版名”（name）写成一样"),
            section.where,
        )
