"""Stories to slots, before a page is measured: it is measured for the slots, levels and frames that it uses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.model.edition import Page, Place, Story
from printkit.model.geometry import Grid


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
