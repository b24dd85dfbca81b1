"""A story's own look (样貌), read from its entry; keys that contradict one another are told at their lines."""

from printkit.diagnostics import Say
from printkit.model.story_look import NO_LOOK, Columns, StoryLook
from printkit.source.document import Document, Steps
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys, HeadLookKeys, LookKeys


def read_look(keys: LookKeys | None, document: Document[EditionKeys], steps: Steps, faults: Faults) -> StoryLook:
    """Read what an entry has under `look`, whose place in the document is `steps`."""
    if keys is None:
        return NO_LOOK
    head = keys.head or HeadLookKeys()
    _refuse(head, document, (*steps, "head"), faults)
    head_columns = Columns(head.columns, document.at(*steps, "head", "columns")) if head.columns else None
    columns = Columns(keys.columns, document.at(*steps, "columns")) if keys.columns else None
    return StoryLook(
        direction=head.direction,
        side=head.side,
        align=head.align,
        head_columns=head_columns,
        stretch=head.stretch,
        byline=keys.byline,
        columns=columns,
        uncropped=keys.crop == "none",
        where=document.at(*steps, "head", "direction") if head.direction else document.at(*steps),
    )


def _refuse(head: HeadLookKeys, document: Document[EditionKeys], steps: Steps, faults: Faults) -> None:
    """Tell of what a vertical headline cannot be, and of what a horizontal one has no use for."""

    def tell(name: str, message: Say, hint: Say) -> None:
        faults.error("wrong-look", document.at(*steps, name), message, hint)

    either = Say("take one of the two out", "两项只能写一项")
    if head.direction == "vertical" and head.stretch:
        tell("stretch", Say("a vertical headline is never stretched", "竖题不能变形"), either)
    if head.direction == "vertical" and head.align == "justify":
        tell("align", Say("a vertical headline is not set out to its full measure", "竖题不能撑满"),
             Say("write `start` or `center`, or take it out", "请改写 start 或 center，或删去"))  # fmt: skip
    if head.side and head.direction == "horizontal":
        tell("side", Say("only a vertical headline stands at a side", "只有竖题分左右"), either)
    elif head.side and not head.direction and not document.gives(*steps, "direction"):
        tell("side", Say("`side` has a meaning only with `direction: vertical`", "“位置”（side）只用于竖题（direction: vertical）"),
             Say("write `direction: vertical` beside it, or take it out", "请加写“方向”（direction: vertical），或删去"))  # fmt: skip
