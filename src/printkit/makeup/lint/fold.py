"""Characters on the fold of a spread (跨版): in a page of two halves they are broken by it.

In: a story as it stands and the place of the fold. Out: a finding for each text box with a character there.
"""

from collections.abc import Iterator

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.lint.places import bbox_of, on_page
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpStory, TextBox

_BEARING = 6
"""Percent of a character at each of its sides that are white: where two meet, the fold passes between them."""


def fold_findings(made: MadeUpStory, fold: int) -> Iterator[Diagnostic]:
    """Tell of the first character of each box that the fold goes through; `fold` is its distance from the page's left."""
    for box in made.boxes:
        if isinstance(box, TextBox) and (found := _on_fold(box, made, fold)):
            character, rect = found
            is_head = box.role in made.story.article.headings
            yield Diagnostic(
                "makeup.headline-on-fold" if is_head else "makeup.text-on-fold",
                Say(
                    f"“{character}” of .{box.role} stands on the fold",
                    f".{box.role} 的“{character}”压在折缝上",
                ),
                Severity.WARNING,
                Say(
                    "centred, a line with one character more or fewer parts there; or give it breaks, or another alignment",
                    "居中的一行增减一字就正好从字间折过；也可另行断行，或改对齐",
                )
                if is_head
                else Say(
                    "let the fold lie in a gutter: an even number of columns, and no text over both pages",
                    "请让折缝落在栏间：栏数取偶数，文字不要跨两个版",
                ),
                made.where(box),
                bbox=bbox_of(rect),
            )


def _on_fold(box: TextBox, made: MadeUpStory, fold: int) -> tuple[str, Rect] | None:
    """Return the character of a box that the fold goes through, and its place on the page."""
    place = on_page(box, made)
    if not place.x < fold < place.right:
        return None
    for index, line in enumerate(box.lines):
        if box.turns:  # its lines run down, the first at the right
            x = place.right - (index + 1) * box.pitch
            if x < fold < x + box.pitch:
                return line.text, Rect(x, place.y, box.pitch, place.height)
            continue
        x = place.x + line.x
        for cluster, advance in zip(line.clusters, line.advances, strict=True):
            bearing = advance * _BEARING // 100
            if cluster.strip() and x + bearing < fold < x + advance - bearing:
                return cluster, Rect(x, place.y + index * box.pitch, advance, box.pitch)
            x += advance
    return None
