"""Looks that a page has no room for: known only once its slots are measured, or its stories made up."""

from collections.abc import Iterator, Mapping, Sequence

from printkit.compose.heading import SPREAD
from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import frame_of, story_frame
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Slot, StoryStyle
from printkit.model.page import MadeUpStory, TextBox

LEAST_MEASURE = 8
"""Characters that a line of a text column holds at least; in fewer, no rule brings lines with marks or Latin to the measure (issue 12)."""


def look_faults(stories: Mapping[str, Sequence[Story]], geometry: PageGeometry) -> list[Diagnostic]:
    """Tell of looks that ask for columns which their slots have not, of the stories of a page by slot."""
    return [
        fault
        for name, members in stories.items()
        if not members[0].group  # its members have shares of the slot (`group.group_faults`)
        for story in members
        for fault in _of_story(story, geometry.slots[name], geometry)
    ]


def look_findings(made: MadeUpStory) -> Iterator[Diagnostic]:
    """Tell of a headline that was to be set out to its full measure (撑满) and is too short for that."""
    if made.story.look.align != "justify":
        return
    headlines = (box for box in made.boxes if isinstance(box, TextBox) and box.role == "headline" and not box.turns)
    for box in headlines:
        if any(line.width < line.measure for line in box.lines):
            yield Diagnostic(
                "makeup.headline-not-full",
                Say(
                    f"the headline is too short to be set out to its measure: gaps would be over {SPREAD / 1000:g} em",
                    f"主标题太短，撑不满：字距要超过 {SPREAD / 1000:g} 字",
                ),
                Severity.WARNING,
                Say(
                    "let it cover fewer columns (`look.head.columns`), or write a longer one",
                    "请少占几栏（“标题.占栏”look.head.columns），或加长标题",
                ),
                made.where(box),
            )


def _of_story(story: Story, slot: Slot, geometry: PageGeometry) -> Iterator[Diagnostic]:
    look = story.look
    if slot.many:
        asked = (
            ("columns", "分栏", look.columns and look.columns.where),
            ("head.columns", "标题.占栏", look.head_columns and look.head_columns.where),
            ("head.direction", "标题.方向", look.where if look.direction == "vertical" else None),
        )
        for key, zh, where in asked:
            if where:
                yield Diagnostic(
                    "makeup.look-shared-slot",
                    Say(
                        f"slot “{slot.name}” takes several stories, which share its columns: `look.{key}` has no meaning",
                        f"版位“{slot.name}”放多篇稿件，共用各栏，不能写“{zh}”（{key}）",
                    ),
                    hint=Say("take it out, or give the story a slot of its own", "请删去，或给它单独的版位"),
                    where=where,
                )
        return
    styles = geometry.style(story, slot.name)
    frame = story_frame(slot, geometry, styles)
    size = styles.roles["notice-text"].size if story.article.notices else frame.size
    if styles.text_columns and frame.measure < LEAST_MEASURE * size:
        most = _most_columns(slot, geometry, styles, size)
        yield Diagnostic(
            "makeup.columns-narrow",
            Say(
                f"{frame.columns} text columns leave {frame.measure // size} characters a line; "
                f"{LEAST_MEASURE} is the least",
                f"分 {frame.columns} 栏，每行只有 {frame.measure // size} 字，至少要 {LEAST_MEASURE} 字",
            ),
            hint=Say(
                f"slot “{slot.name}” takes {most} at most" if most else f"slot “{slot.name}” is too narrow for any",
                f"版位“{slot.name}”最多分 {most} 栏" if most else f"版位“{slot.name}”太窄，不能分栏",
            ),
            where=look.columns.where if look.columns else None,
        )
    elif look.head_columns and look.head_columns.number > frame.columns:
        yield Diagnostic(
            "makeup.head-columns",
            Say(
                f"the headline is to cover {look.head_columns.number} columns, and the story has {frame.columns}",
                f"标题要占 {look.head_columns.number} 栏，而稿件只有 {frame.columns} 栏",
            ),
            hint=Say("name fewer, or leave it out", "请改少，或删去"),
            where=look.head_columns.where,
        )


def _most_columns(slot: Slot, geometry: PageGeometry, styles: StoryStyle, size: int) -> int:
    """Return the most columns that leave enough characters a line; none where not even one does."""
    columns = styles.text_columns
    while columns:
        frame = frame_of(slot, geometry, styles.frame, columns)
        if frame.measure >= LEAST_MEASURE * size:
            break
        columns -= 1
    return columns
