"""What composed lines have to be told about: lines that stay short, and rules that had to give way."""

from collections.abc import Iterable

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.model.lines import ComposedLine


def findings(lines: Iterable[ComposedLine], where: SourceRef | None = None) -> tuple[Diagnostic, ...]:
    """Return a finding for every line set short and for every way out of K4.

    Args:
        lines: the lines of one paragraph or heading.
        where: the paragraph's place in its file.

    Returns:
        Warnings ``compose.loose-line`` and notices ``compose.escape``, in the order of the lines.
    """
    found: list[Diagnostic] = []
    for line in lines:
        if line.adjustment.kind == "short":
            found.append(_loose(line, where))
        if line.adjustment.escape:
            found.append(_escape(line, where))
    return tuple(found)


def _loose(line: ComposedLine, where: SourceRef | None) -> Diagnostic:
    lacks = (line.measure - line.x - line.width + line.hangs) / 1000
    too = Say(f"stays {lacks:.1f}pt short", f"短{lacks:.1f}点") if lacks >= 0 else Say("is too long", "超出行长")
    return Diagnostic(
        "compose.loose-line",
        Say(
            f"the line “{line.text}” {too.en}: its gaps would open beyond a quarter of an em",
            f"“{line.text}”一行{too.zh}：字距超过四分之一字也排不满",
        ),
        Severity.WARNING,
        Say("change a few words here, or allow a break in the long word", "改动几个字，或给长词留出断点"),
        where,
    )


def _escape(line: ComposedLine, where: SourceRef | None) -> Diagnostic:
    return Diagnostic(
        "compose.escape",
        Say(
            f"marks in a row are parted after “{line.text}”, so that the line is not spread too far",
            f"“{line.text}”之后把连续的标点拆在两行，免得字距过大",
        ),
        Severity.INFO,
        Say("change a few words if a mark must not start a line here", "若不许标点在行首，请改动几个字"),
        where,
    )
