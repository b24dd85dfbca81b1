"""`printkit capacity` (约稿单): what every slot of an edition takes, before anything is written.

In: an edition whose stories may have only slot and level. Out: for every slot its columns and lines, and its rooms for all
five levels. A page whose body is fitted is counted at the body's own size.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from printkit.assigning import assigned_pages, chosen_pages
from printkit.diagnostics import Diagnostic, ExitCode, InputError, diagnostic_object
from printkit.makeup.capacity import Room, room_of, usual_story
from printkit.makeup.frames import frame_of
from printkit.makeup.page import place_faults
from printkit.making import composer, measured
from printkit.model.edition import Story
from printkit.render.pages import Pages
from printkit.source import read_edition

LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class SlotRooms:
    """One slot of a page: its columns and lines, the level it is planned for, and what it takes at every level."""

    page: str
    slot: str
    columns: int
    lines: int
    level: int
    many: bool
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Capacity:
    """What every slot takes, and what there is to tell of the edition's files."""

    slots: tuple[SlotRooms, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    exit_code: ExitCode = ExitCode.DONE

    def report(self) -> Mapping[str, Any]:
        """Return the object that ``--json`` prints."""
        return capacity_object(self.slots) | {"diagnostics": [diagnostic_object(d) for d in self.diagnostics]}


def capacity(path: Path, number: str | None = None) -> Capacity:
    """Count what the slots of an edition take, or those of the page of a number.

    Raises:
        PrintkitError: the edition or a layout cannot be used.
    """
    edition, told = read_edition(path, planning=True)
    pages = Pages(edition)
    setter = composer(())
    found: list[SlotRooms] = []
    chosen = chosen_pages(edition, number)
    for item in assigned_pages(edition, pages):
        if item.page not in chosen:
            continue
        page, layout = item.page, item.layout
        planned = {name: members[0] for name, members in item.stories.items()}
        geometry, _ = measured(edition, pages, page, {name: _usual(story) for name, story in planned.items()}, None)
        if faults := place_faults(page, geometry.grid):
            raise InputError(faults)
        for name, story in planned.items():
            if story.ad:
                continue  # nothing is written for it
            slot = geometry.slots[name]
            frame = frame_of(slot, geometry, slot.styles[story.level, story.frame].frame)
            rooms = tuple(room_of(slot, level, story.frame, geometry, setter) for level in LEVELS)
            many = layout.slots.get(name, False)
            found.append(SlotRooms(page.number, name, frame.columns, frame.lines, story.level, many, rooms))
    return Capacity(tuple(found), tuple(told))


def _usual(story: Story) -> tuple[Story, ...]:
    """Return a usual story of every level, so that a page is measured for all of them."""
    return tuple(replace(story, level=level, article=usual_story(level=1, pictured=True)) for level in LEVELS)


def capacity_object(slots: tuple[SlotRooms, ...]) -> dict[str, Any]:
    """Return the object that ``--json`` prints: characters, with the least and most that the ladder can close."""

    def span(room: Room) -> Mapping[str, Any]:
        shown = {"characters": room.plain.characters, "least": room.plain.least, "most": room.plain.most}
        with_picture = room.pictured and {
            "characters": room.pictured.characters,
            "least": room.pictured.least,
            "most": room.pictured.most,
        }
        return {"level": room.level, **shown, "with_picture": with_picture}

    return {
        "slots": [
            {
                "page": one.page,
                "slot": one.slot,
                "columns": one.columns,
                "lines": one.lines,
                "level": one.level,
                "many": one.many,
                "rooms": [span(room) for room in one.rooms],
            }
            for one in slots
        ]
    }
