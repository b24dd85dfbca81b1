"""A whole page: every slot filled, and what there is to tell of the stories as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import Frame, is_off_grid, story_frame
from printkit.makeup.lint.pictures import picture_findings
from printkit.makeup.lint.places import bbox_of, of_story
from printkit.makeup.lint.rules import rule_findings
from printkit.makeup.lint.stories import lint_story, white_left
from printkit.makeup.page.ads import fill_ad
from printkit.makeup.page.closing import closing_findings
from printkit.makeup.page.looks import look_findings
from printkit.makeup.page.many import fill_many, tell_white, white_after
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
    for name, members in stories.items():
        slot = geometry.slots[name]
        styles = geometry.style(members[0], name)
        frame = story_frame(slot, geometry, styles)
        told.extend(_off_grid(slot, frame, members[0]))
        results = _filled(members, slot, geometry, setter)
        for one, found in results:
            made.append(one)
            told.extend(of_story(each, one, frame) for each in found)
        standing = [one for one, _ in results]
        left = white_after(standing, slot, frame) if slot.many else ()
        if left:
            told.append(tell_white(left, standing, frame, styles.story_space))
            shared += left
        if not members[0].ad:
            for one, each in _lint(
                standing, styles, geometry, frame, setter, page.paper.press.ppi, told_white=bool(left)
            ):
                lint.append(of_story(each, one, frame))
    made.sort(key=lambda one: order.index(one.story.anchor))
    white = free_places(geometry, [one.story for one in made]) if auto else unused_slots(geometry, stories)
    told += [*lint, *rule_findings(geometry, made), *white_findings(white)]
    page_made = MadeUpPage(page, geometry, tuple(made), white=(*white, *shared))
    if auto:
        told = [*closing_findings(page_made, setter), *told]
    return page_made, tuple(told)


def _filled(
    stories: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> list[tuple[MadeUpStory, list[Diagnostic]]]:
    if slot.many:
        return fill_many(stories, slot, geometry, setter)
    [story] = stories
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
            return _filled(tried, geometry.slots[tried[number].slot], geometry, setter)[number][0]

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
