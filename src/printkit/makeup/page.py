"""A whole page: stories to slots, every slot filled.

`assign` comes before measuring, since a page is measured for the slots, levels and frames it uses;
`make_up` after it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.makeup.ads import fill_ad
from printkit.makeup.finding_places import placed, points
from printkit.makeup.frames import Frame, frame_of, is_off_grid
from printkit.makeup.lint import lint_story, white_left
from printkit.makeup.many import fill_many
from printkit.makeup.picture_lint import picture_findings
from printkit.makeup.rule_lint import rule_findings
from printkit.makeup.setting import Setter
from printkit.makeup.story import fill
from printkit.model.edition import Page, Place, Story
from printkit.model.geometry import Grid, PageGeometry, Slot
from printkit.model.page import MadeUpPage, MadeUpStory


@dataclass(frozen=True, slots=True)
class Assigned:
    """Which stories stand in which slot, in the edition's order, and what is wrong with that."""

    stories: Mapping[str, tuple[Story, ...]]
    faults: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def assign(page: Page, slots: Mapping[str, bool], near: Callable[[str, Sequence[str]], str]) -> Assigned:
    """Give every story its slot: the one it names, else the first free one in the layout's order.

    Args:
        page: the page with its stories.
        slots: the layout's slots in order, each with whether it takes several stories.
        near: returns the name most like a wrong one, or an empty text.
    """
    given: dict[str, list[Story]] = {name: [] for name in slots}
    faults: list[Diagnostic] = []
    later: list[Story] = []
    names = ", ".join(slots)
    for story in page.stories:
        if story.slot is None:
            later.append(story)
        elif story.slot not in slots:
            guess = near(story.slot, list(slots))
            faults.append(
                Diagnostic(
                    "layout.no-such-slot",
                    Say(
                        f"layout “{page.layout}” has no slot “{story.slot}”"
                        + (f"; did you mean “{guess}”?" if guess else ""),
                        f"版式“{page.layout}”没有版位“{story.slot}”" + (f"；是不是“{guess}”？" if guess else ""),
                    ),
                    hint=Say(f"its slots are {names}", f"它的版位有 {names}"),
                    where=story.slot_where or story.where,
                )
            )
        elif given[story.slot] and not slots[story.slot]:
            other = given[story.slot][0]
            faults.append(
                Diagnostic(
                    "layout.slot-taken",
                    Say(
                        f"slot “{story.slot}” already has story “{other.id}” (line {other.where.line})",
                        f"版位“{story.slot}”已有稿件“{other.id}”（第 {other.where.line} 行）",
                    ),
                    hint=Say(f"free: {_free(given, slots) or 'none'}", f"空着的版位：{_free(given, slots) or '无'}"),
                    where=story.slot_where or story.where,
                )
            )
        elif story.ad and slots[story.slot]:
            faults.append(_ad_among_stories(story))
        else:
            given[story.slot].append(story)
    for story in later:
        fit = {name: many for name, many in slots.items() if _is_for_ads(name) == bool(story.ad)}
        slot = next((n for n in fit if not given[n]), None) or next((n for n, many in fit.items() if many), None)
        if slot is None:
            faults.append(
                Diagnostic(
                    "layout.no-free-slot",
                    Say(
                        f"no free slot for story “{story.id}”: layout “{page.layout}” has {len(slots)}",
                        f"稿件“{story.id}”没有空版位：版式“{page.layout}”只有 {len(slots)} 个",
                    ),
                    hint=Say("take a story off the page, or choose another layout", "请撤下一篇稿件，或换一个版式"),
                    where=story.where,
                )
            )
        else:
            given[slot].append(story)
    warnings = [_unused(page, name, page.layout_where or page.where) for name, stories in given.items() if not stories]
    return Assigned({n: tuple(s) for n, s in given.items() if s}, tuple(faults), tuple(warnings))


def _is_for_ads(slot: str) -> bool:
    """Say whether a slot is for advertisements: only they go there unasked."""
    return slot == "ad" or slot.startswith("ad-")


def _ad_among_stories(story: Story) -> Diagnostic:
    return Diagnostic(
        "layout.ad-among-stories",
        Say(
            f"slot “{story.slot}” takes several stories and no advertisement",
            f"版位“{story.slot}”放多篇稿件，不能放广告",
        ),
        hint=Say("give it a slot of its own", "请给广告单独的版位"),
        where=story.slot_where or story.where,
    )


def _free(given: Mapping[str, list[Story]], slots: Mapping[str, bool]) -> str:
    return ", ".join(name for name in slots if not given[name] or slots[name])


def _unused(page: Page, name: str, where: SourceRef) -> Diagnostic:
    return Diagnostic(
        "layout.slot-unused",
        Say(f"slot “{name}” has no story", f"版位“{name}”没有稿件"),
        Severity.WARNING,
        Say("give a story this slot, or choose another layout", "请给它一篇稿件，或换一个版式"),
        where,
        page=page.number,
        slot=name,
    )


def place_faults(page: Page, grid: Grid) -> list[Diagnostic]:
    """Tell of stories on an automatic page that are locked off its grid or onto one another (`at`)."""
    rows = grid.main.height // grid.leading
    placed = [(story, story.at) for story in page.stories if story.at]
    faults = []
    for index, (story, at) in enumerate(placed):
        if at.column + at.columns - 1 > grid.columns or at.row + at.rows - 1 > rows:
            faults.append(
                Diagnostic(
                    "makeup.place-off-grid",
                    Say(
                        f"story “{story.id}” reaches column {at.column + at.columns - 1}, row {at.row + at.rows - 1}",
                        f"稿件“{story.id}”占到第 {at.column + at.columns - 1} 栏、第 {at.row + at.rows - 1} 行",
                    ),
                    hint=Say(
                        f"the page has {grid.columns} columns of {rows} rows", f"这一版有 {grid.columns} 栏、{rows} 行"
                    ),
                    where=at.where,
                )
            )
        for other, there in placed[:index]:
            if _overlap(at, there):
                faults.append(
                    Diagnostic(
                        "makeup.place-taken",
                        Say(
                            f"stories “{story.id}” and “{other.id}” are locked to the same place",
                            f"稿件“{story.id}”和“{other.id}”的位置重叠",
                        ),
                        hint=Say(
                            f"“{other.id}” is placed on line {there.where.line}",
                            f"“{other.id}”的位置写在第 {there.where.line} 行",
                        ),
                        where=at.where,
                    )
                )
    return faults


def _overlap(a: Place, b: Place) -> bool:
    return (
        a.column < b.column + b.columns
        and b.column < a.column + a.columns
        and a.row < b.row + b.rows
        and b.row < a.row + a.rows
    )


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
            lint.extend(replace(found, page=page.number, slot=name) for found in _lint(results, slot, frame, setter))
            lint.extend(replace(found, page=page.number, slot=name) for found in _pictures(results, slot, least_ppi))
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
            bbox=points(slot.rect),
            slot=slot.name,
        )
    ]
