"""Stories to slots, before a page is measured: it is measured for the slots, levels and frames that it uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic, Say, near
from printkit.makeup.page.round import corner_of, may_run_round
from printkit.model.context import PageContext
from printkit.model.edition import Place, Story
from printkit.model.geometry import Grid


@dataclass(frozen=True, slots=True)
class Assigned:
    """Stories with their slots, in the order given, and what is wrong with that."""

    stories: tuple[Story, ...]
    faults: tuple[Diagnostic, ...] = ()


def assign(page: PageContext, stories: Sequence[Story], slots: Mapping[str, bool]) -> Assigned:
    """Give every story its slot: the one it names, else the first free one in the layout's order.

    Args:
        page: the page.
        stories: its stories in the edition's order without the members of groups, what comes from other pages last.
        slots: the layout's slots in order, each with whether it takes several stories.
    """
    given: dict[str, list[Story]] = {name: [] for name in slots}
    faults: list[Diagnostic] = []
    later: list[Story] = []
    names = ", ".join(slots)
    for story in stories:
        if not story.slot:
            later.append(story)
        elif story.slot not in slots:
            guess = near(story.slot, slots)
            faults.append(
                Diagnostic(
                    "layout.no-such-slot",
                    Say(
                        f"layout “{page.layout}” has no slot “{story.slot}”"
                        + (f"; did you mean “{guess}”?" if guess else ""),
                        f"版式“{page.layout}”没有版位“{story.slot}”" + (f"；是不是“{guess}”？" if guess else ""),
                    ),
                    hint=Say(f"its slots are {names}", f"它的版位有 {names}"),
                    where=story.placement.where or story.where,
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
                    where=story.placement.where or story.where,
                )
            )
        elif slots[story.slot] and (story.ad or story.group):
            faults.append(_among_stories(story))
        else:
            given[story.slot].append(story)
    for story in later:
        fit = {name: many for name, many in slots.items() if _is_for_ads(name) == bool(story.ad)}
        if story.group:
            fit = {name: many for name, many in fit.items() if not many}
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
    slot_of = {story.anchor: name for name, members in given.items() for story in members}
    found = (replace(s, placement=replace(s.placement, slot=slot_of[s.anchor])) for s in stories if s.anchor in slot_of)
    return Assigned(tuple(found), tuple(faults))


def _is_for_ads(slot: str) -> bool:
    """Say whether a slot is for advertisements: only they go there unasked."""
    return slot == "ad" or slot.startswith("ad-")


def _among_stories(story: Story) -> Diagnostic:
    """Refuse an advertisement or a group in a slot whose stories flow as one through its columns."""
    what = Say("advertisement", "广告") if story.ad else Say("group", "组合报道")
    return Diagnostic(
        "layout.ad-among-stories" if story.ad else "layout.group-among-stories",
        Say(
            f"slot “{story.slot}” takes several stories and no {what.en}",
            f"版位“{story.slot}”放多篇稿件，不能放{what.zh}",
        ),
        hint=Say("give it a slot of its own", f"请给{what.zh}单独的版位"),
        where=story.placement.where or story.where,
    )


def _free(given: Mapping[str, list[Story]], slots: Mapping[str, bool]) -> str:
    return ", ".join(name for name in slots if not given[name] or slots[name])


def place_faults(stories: Sequence[Story], grid: Grid) -> list[Diagnostic]:
    """Tell of stories on an automatic page that are locked off its grid or onto one another (`at`)."""
    # A story's last row parts it from the next: one at the page's foot counts a row more, as its last column a gutter.
    rows = grid.main.height // grid.leading + 1
    placed = [(story, story.placement.at) for story in stories if story.placement.at]
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
            if _overlap(at, there) and not _is_round(story, other) and not _is_round(other, story):
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


def _is_round(story: Story, other: Story) -> bool:
    """Say whether a story runs round an advertisement or another story in its corner."""
    at, there = story.placement.at, other.placement.at
    return bool(at and there and may_run_round(story) and corner_of(at, (there,)))


def _overlap(a: Place, b: Place) -> bool:
    return (
        a.column < b.column + b.columns
        and b.column < a.column + a.columns
        and a.row < b.row + b.rows
        and b.row < a.row + a.rows
    )
