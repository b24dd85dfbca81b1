"""A whole page: every slot filled, and what there is to tell of the stories as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import Frame, frame_of, is_off_grid
from printkit.makeup.lint.pictures import picture_findings
from printkit.makeup.lint.places import bbox_of, placed
from printkit.makeup.lint.rules import rule_findings
from printkit.makeup.lint.stories import lint_story, white_left
from printkit.makeup.page.ads import fill_ad
from printkit.makeup.page.many import fill_many
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill
from printkit.model.edition import Page, Story
from printkit.model.geometry import PageGeometry, Slot
from printkit.model.page import MadeUpPage, MadeUpStory


def make_up(
    page: Page, geometry: PageGeometry, stories: Mapping[str, Sequence[Story]], setter: Setter, least_ppi: int = 200
) -> MadeUpPage:
    """Fill every slot of a page.

    Args:
        page: the page.
        geometry: its slots, grid and type as measured.
        stories: the stories of each slot.
        setter: the composer.
        least_ppi: pixels an inch under which a picture is told to be coarse.
    """
    made: list[MadeUpStory] = []
    told: list[Diagnostic] = []
    lint: list[Diagnostic] = []
    order = {story.id: index for index, story in enumerate(page.stories)}
    for name, members in stories.items():
        slot = geometry.slots[name]
        first = members[0]
        styles = slot.styles[first.level, first.frame]
        frame = frame_of(slot, geometry, styles.frame)
        told.extend(_off_grid(page, slot, frame, first))
        if slot.many:
            results, findings = fill_many(members, slot, geometry, setter)
        else:
            result, findings = fill_ad(first, slot, geometry) if first.ad else fill(first, slot, geometry, setter)
            results = [result]
        made.extend(results)
        by_story = {one.story.id: one for one in results}
        told.extend(placed(found, by_story.get(found.story or first.id, results[0]), frame, page) for found in findings)
        if not first.ad:
            lint.extend(replace(found, page=page.number) for found in _lint(results, slot, frame, setter))
            lint.extend(replace(found, page=page.number) for found in _pictures(results, slot, least_ppi))
    # What comes from other pages stands behind the page's own; of a story with both parts here the first is first.
    made.sort(key=lambda s: (order.get(s.story.id, len(order)), s.story.part))
    told += [*lint, *rule_findings(page, geometry, made)]
    return MadeUpPage(page, geometry, tuple(made), diagnostics=tuple(told))


def _lint(stories: Sequence[MadeUpStory], slot: Slot, frame: Frame, setter: Setter) -> Iterator[Diagnostic]:
    """Yield what there is to tell of the stories of one slot as they stand."""
    for one in stories:
        yield from lint_story(one, setter)
    yield from white_left(stories, slot, frame)


def _pictures(stories: Sequence[MadeUpStory], slot: Slot, least_ppi: int) -> Iterator[Diagnostic]:
    for one in stories:
        yield from picture_findings(one, slot.styles[one.story.level, one.story.frame].caption_lines, least_ppi)


def _off_grid(page: Page, slot: Slot, frame: Frame, story: Story) -> list[Diagnostic]:
    if not is_off_grid(frame, slot.rect):
        return []
    return [
        Diagnostic(
            "layout.off-grid",
            Say(
                f"slot “{slot.name}” starts {frame.drawn_in / 1000:.1f} pt above the next line of the grid",
                f"版位“{slot.name}”的上边离下一条基线网格线 {frame.drawn_in / 1000:.1f} 点",
            ),
            Severity.WARNING,
            Say("place it by whole lines of --body-leading", "请按 --body-leading 的整行来定位"),
            page.layout_where or page.where,
            page=page.number,
            story=story.id,
            bbox=bbox_of(slot.rect),
        )
    ]
