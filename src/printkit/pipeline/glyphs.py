"""Characters that no font of their chain has: a made-up story in, findings with code point and place out."""

from collections.abc import Iterator

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.fonts.metrics import chain_of, missing
from printkit.makeup.lint.places import BBox, bbox_of, on_page
from printkit.model.page import MadeUpStory, TextBox
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph


def missing_characters(made: MadeUpStory, corner: TextStyle | None = None) -> Iterator[Diagnostic]:
    """Yield a finding for every character that no font has, at its first place in the story.

    Args:
        made: the story.
        corner: the type of what stands in the rule of its frame, which the layout sets.
    """
    seen: set[Paragraph] = set()
    told: set[str] = set()
    if corner:
        for char in missing(made.story.corner, corner.chain):
            told.add(char)
            yield _missing(char, made.story.article.where, bbox_of(made.rect))
    for box in made.boxes:
        if not isinstance(box, TextBox) or box.paragraph in seen:
            continue
        seen.add(box.paragraph)
        where = made.where(box) or made.story.article.where
        for run in box.paragraph.runs:
            for char in missing(run.text, chain_of(box.style, run)):
                if char in told:
                    continue
                told.add(char)
                yield _missing(char, where, bbox_of(on_page(box, made)))


def _missing(char: str, where: SourceRef | None, bbox: BBox) -> Diagnostic:
    return Diagnostic(
        "fonts.missing-character",
        Say(
            f"no font has “{char}” (U+{ord(char):04X}); 〓 stands for it on the page",
            f"没有字体有“{char}”（U+{ord(char):04X}）；版面上以〓代替",
        ),
        Severity.ERROR,
        Say("add a family that has it to the font chain of the style", "请在样式的字体链中加入有此字的字体"),
        where,
        bbox=bbox,
    )
