"""A group (组合报道) in its slot: one head over all columns, and under it the members, each an ordinary story in its share.

In: the common head and its members, their slot as measured. Out: the made-up head, with the rules between the members, and
the made-up members, each with what there is to tell of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from printkit.diagnostics import Diagnostic, InputError, Say
from printkit.makeup.frames import Frame, story_frame
from printkit.makeup.page.division import (
    Division,
    Share,
    divisions,
    even_division,
    head_styles,
    least_columns,
    share_slot,
)
from printkit.makeup.page.looks import LEAST_MEASURE
from printkit.makeup.page.notices import fill_notices
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill, finish
from printkit.makeup.story.filled import amiss
from printkit.makeup.story.fitting import Fitting
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect, Slot
from printkit.model.page import MadeUpStory, Ornament

Told = tuple[MadeUpStory, list[Diagnostic]]

_TRIES = 3
"""Divisions that are filled in earnest: what headings leave at columns' feet no arithmetic knows."""


def fill_group(stories: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter) -> list[Told]:
    """Make up a common head and its members.

    Raises:
        InputError: the slot is too low for the head and so many members.
    """
    head, *members = stories
    found = divisions(head, members, slot, geometry, setter)
    if not found:
        raise InputError([_crowded(head, len(members), slot)])
    frame = story_frame(slot, geometry, head_styles(head, slot, geometry))
    tried: list[tuple[Division, list[Told]]] = []
    for division in found[:_TRIES]:
        tried.append((division, _members(members, division, slot, frame, geometry, setter)))
        if not _amiss(tried[-1][1]):
            break
    best, filled = min(tried, key=lambda one: _amiss(one[1]))
    return [_head(head, members, best, slot, frame, geometry, setter), *filled]


def even_shares(
    head: Story, members: Sequence[Story], slot: Slot, geometry: PageGeometry, setter: Setter
) -> tuple[Slot, ...]:
    """Return the members' shares of a slot before anything is written: as even as its columns allow.

    Raises:
        InputError: as `fill_group`.
    """
    division = even_division(head, members, slot, geometry, setter)
    if division is None:
        raise InputError([_crowded(head, len(members), slot)])
    frame = story_frame(slot, geometry, head_styles(head, slot, geometry))
    return tuple(share_slot(slot, frame, share) for share in division.shares)


def _members(
    members: Sequence[Story], division: Division, slot: Slot, frame: Frame, geometry: PageGeometry, setter: Setter
) -> list[Told]:
    filled = []
    for member, share in zip(members, division.shares, strict=True):
        place = share_slot(slot, frame, share)
        set_in = fill_notices if member.article.notices else fill
        made, told = set_in(member, place, geometry, setter)
        filled.append((replace(made, share=place), told))
    return filled


def _amiss(filled: Sequence[Told]) -> int:
    """Weigh what members have over or white, as `division` does."""
    return sum(amiss(made.fit.over_lines, made.fit.under_lines) ** 2 for made, _ in filled)


def _head(
    head: Story,
    members: Sequence[Story],
    division: Division,
    slot: Slot,
    frame: Frame,
    geometry: PageGeometry,
    setter: Setter,
) -> Told:
    """Set the common head in the lines that the division gives it; the rules between the members are its boxes."""
    styles = head_styles(head, slot, geometry)
    low = replace(frame, lines=division.head, rect=replace(frame.rect, height=division.head * frame.leading))
    made, told = finish(head, styles, low, Fitting(head.article, styles, low, setter).chosen(division.choice))
    foot = low.rect.bottom + styles.frame.bottom
    share = replace(slot, rect=replace(slot.rect, height=foot - slot.rect.y))
    rules = _rules(frame, division.shares, [member.frame != "none" for member in members], styles.story_space)
    return replace(made, boxes=(*made.boxes, *rules), share=share), told


def _rules(frame: Frame, shares: Sequence[Share], framed: Sequence[bool], space: int) -> Iterator[Ornament]:
    """Yield the rules between members, from the frame's top left corner; a box or a tint parts its story by itself."""
    strips: dict[int, list[int]] = {}
    for number, share in enumerate(shares):
        strips.setdefault(share.column, []).append(number)
    before: list[int] = []
    for column, strip in strips.items():
        first, last = shares[strip[0]], shares[strip[-1]]
        if before and not all(framed[n] for n in before) and not all(framed[n] for n in strip):
            top, height = frame.picture(first.line, last.line + last.lines - first.line)
            yield Ornament(Rect(frame.xs[column] - frame.gutter // 2, top, 0, height), "member-rule-side")
        for upper, lower in pairwise(strip):
            if not framed[upper] and not framed[lower]:
                y = frame.top(shares[lower].line) - space * frame.leading // 2
                yield Ornament(Rect(frame.xs[column], y, frame.width(first.columns, column), 0), "member-rule-below")
        before = strip


def group_faults(stories: Mapping[str, Sequence[Story]], geometry: PageGeometry) -> list[Diagnostic]:
    """Tell of members for which a group's slot has not columns enough, of the stories of a page by slot."""
    return [
        _too_narrow(member, geometry.slots[name], frame, geometry)
        for name, (head, *members) in stories.items()
        if head.is_common_head
        for frame in (story_frame(geometry.slots[name], geometry, geometry.style(head, name)),)
        for member in members
        if not least_columns(member, geometry.slots[name], frame, geometry)
    ]


def _too_narrow(member: Story, slot: Slot, frame: Frame, geometry: PageGeometry) -> Diagnostic:
    """Tell why a member finds no room even over all columns of its group."""
    look = member.look
    whole = story_frame(share_slot(slot, frame, Share(0, frame.columns, 0, frame.lines)), geometry,
                        geometry.style(member, slot.name))  # fmt: skip
    if whole.measure < LEAST_MEASURE * whole.size:
        return Diagnostic(
            "makeup.columns-narrow",
            Say(
                f"member “{member.id}” has {whole.measure // whole.size} characters a line; {LEAST_MEASURE} is the least",
                f"成员“{member.id}”每行只有 {whole.measure // whole.size} 字，至少要 {LEAST_MEASURE} 字",
            ),
            hint=Say(
                "ask for fewer text columns (`look.columns`)"
                if look.columns
                else "give the group a slot of wider columns",
                "请少分几栏（分栏 look.columns）" if look.columns else "请给组合报道栏宽些的版位",
            ),
            where=look.columns.where if look.columns else member.where,
        )
    assert look.head_columns is not None
    return Diagnostic(
        "makeup.head-columns",
        Say(
            f"the headline is to cover {look.head_columns.number} columns, and the group has {frame.columns}",
            f"标题要占 {look.head_columns.number} 栏，而组合报道只有 {frame.columns} 栏",
        ),
        hint=Say("name fewer, or leave it out", "请改少，或删去"),
        where=look.head_columns.where,
    )


def _crowded(head: Story, members: int, slot: Slot) -> Diagnostic:
    return Diagnostic(
        "makeup.group-crowded",
        Say(
            f"slot “{slot.name}” has no room for a common head and {members} members",
            f"版位“{slot.name}”排不下总题和 {members} 篇成员",
        ),
        hint=Say(
            "take members out, shorten the head, or give the group more room", "请减少成员、缩短总题，或换更大的版位"
        ),
        where=head.where,
        story=head.id,
        slot=slot.name,
    )
