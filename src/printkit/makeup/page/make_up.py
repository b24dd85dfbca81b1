"""A whole page: every slot filled, and what there is to tell of the stories as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import Frame, is_off_grid, story_frame
from printkit.makeup.lint.fold import fold_findings
from printkit.makeup.lint.pictures import picture_findings
from printkit.makeup.lint.places import bbox_of, of_story
from printkit.makeup.lint.rules import rule_findings
from printkit.makeup.lint.stories import lint_story, white_left
from printkit.makeup.page.ads import fill_ad
from printkit.makeup.page.closing import closing_findings
from printkit.makeup.page.group import fill_group
from printkit.makeup.page.looks import look_findings
from printkit.makeup.page.many import fill_many, tell_white, white_after
from printkit.makeup.page.notices import fill_notices
from printkit.makeup.page.overlaps import overlap_findings
from printkit.makeup.page.picture_sides import Apart, stands_apart, with_stands
from printkit.makeup.page.white import free_places, unused_slots, white_findings
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill
from printkit.model.article import Article
from printkit.model.context import PageContext
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Slot, StoryStyle
from printkit.model.page import MadeUpPage, MadeUpStory, PageWhite

Findings = tuple[Diagnostic, ...]


def make_up(
    page: PageContext,
    geometry: PageGeometry,
    stories: Mapping[str, Sequence[Story]],
    order: Sequence[str],
    setter: Setter,
    *,
    auto: bool = False,
) -> tuple[MadeUpPage, Findings]:
    """Fill every slot of a page.

    Args:
        page: the page.
        geometry: its slots, grid and type as measured.
        stories: the stories of each slot.
        order: the anchors of the stories in the edition's order.
        setter: the composer.
        auto: whether the stories stand on the grid itself, so that what they leave of it is white.
    """
    made: list[MadeUpStory] = []
    told: list[Diagnostic] = []
    lint: list[Diagnostic] = []
    shared: tuple[PageWhite, ...] = ()
    apart = stands_apart(stories, geometry, setter) if auto else Apart({}, {})
    stands = apart.stands
    measured, geometry = geometry, with_stands(geometry, stands)
    for name, members in stories.items():
        slot = geometry.slots[name]
        if members[0].frame == "none":  # a box's border and white are no fault of the slot's place
            told.extend(_off_grid(slot, story_frame(slot, geometry, geometry.style(members[0], name)), members[0]))
        is_known = name in apart.filled and not slot.many and not members[0].article.notices
        results = [apart.filled[name]] if is_known else filled(members, slot, geometry, setter)
        if name in stands:
            [(one, found)] = results
            fit = replace(one.fit, steps=(*one.fit.steps, stands[name].step))
            results = [(replace(one, fit=fit), found)]
        # Of a group each stands in a place of its own.
        for together in [[each] for each in results] if members[0].group else [results]:
            standing = [one for one, _ in together]
            place, styles = standing[0].slot(geometry), geometry.style(standing[0].story)
            frame = story_frame(place, geometry, styles)
            made.extend(standing)
            told.extend(of_story(each, one, frame) for one, found in together for each in found)
            # Under a common head the white is its members'.
            is_told = standing[0].story.is_common_head
            left = white_after(standing, slot, frame) if slot.many else ()
            if left:
                told.append(tell_white(left, standing, frame, styles.story_space))
                shared += left
            if not members[0].ad:
                for one, each in _lint(
                    standing, styles, geometry, frame, setter, page.paper.press.ppi, told_white=bool(left) or is_told
                ):
                    lint.append(of_story(each, one, frame))
            if page.is_spread:
                fold = geometry.width // 2
                lint += [of_story(each, one, frame) for one in standing for each in fold_findings(one, fold)]
    made.sort(key=lambda one: order.index(one.story.anchor))
    white = free_places(geometry, [one.story for one in made]) if auto else unused_slots(geometry, stories)
    overlaps = [] if auto else overlap_findings(geometry, stories)
    told += [*lint, *overlaps, *rule_findings(geometry, made), *white_findings(white)]
    page_made = MadeUpPage(page, measured, tuple(made), white=(*white, *shared))
    if auto:
        told = [*closing_findings(page_made, setter), *told]
    return page_made, tuple(told)


def filled(
    stories: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> list[tuple[MadeUpStory, list[Diagnostic]]]:
    """Fill one slot with its stories; return each with what there is to tell of it."""
    if slot.many:
        return fill_many(stories, slot, geometry, setter)
    if len(stories) > 1:
        return fill_group(stories, slot, geometry, setter)
    [story] = stories
    if story.article.notices:
        return [fill_notices(story, slot, geometry, setter)]
    return [fill_ad(story, slot, geometry) if story.ad else fill(story, slot, geometry, setter)]


def _lint(
    stories: Sequence[MadeUpStory],
    styles: StoryStyle,
    geometry: PageGeometry,
    frame: Frame,
    setter: Setter,
    least_ppi: int,
    *,
    told_white: bool,
) -> Iterator[tuple[MadeUpStory, Diagnostic]]:
    """Yield what there is to tell of the stories of one slot as they stand."""
    for number, one in enumerate(stories):

        def trial(copy: Article, number: int = number) -> MadeUpStory:
            tried = [made.story for made in stories]
            tried[number] = replace(tried[number], article=copy)
            return filled(tried, stories[0].slot(geometry), geometry, setter)[number][0]

        yield from ((one, found) for found in lint_story(one, setter, trial))
    if not told_white:
        yield from ((stories[0], found) for found in white_left(stories, styles, frame))
    for one in stories:
        caption_lines = geometry.style(one.story).caption_lines
        yield from ((one, found) for found in picture_findings(one, caption_lines, least_ppi))
        yield from ((one, found) for found in look_findings(one))


def _off_grid(slot: Slot, frame: Frame, story: Story) -> list[Diagnostic]:
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
            story=story.id,
            bbox=bbox_of(slot.rect),
            slot=slot.name,
        )
    ]
