"""`printkit capacity` (约稿单): what every slot of an edition takes, before anything is written.

In: an edition whose stories may have only slot and level. Out: for every slot its columns and lines, and its rooms for all
five levels; for the place of an advertisement its size. A page whose body is fitted is counted at the body's own size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, ExitCode, InputError, diagnostic_object, files_named_from
from printkit.makeup.frames import story_frame
from printkit.makeup.page.ads import place_in
from printkit.makeup.page.assign import place_faults
from printkit.makeup.page.capacity import Capacity, capacity_of, usual_story
from printkit.makeup.page.group import even_shares, group_faults
from printkit.makeup.page.looks import look_faults
from printkit.model.edition import Edition, Story
from printkit.model.geometry import PageGeometry
from printkit.pipeline.assign import AssignedPage, assigned_pages, chosen_numbers
from printkit.pipeline.measure import measured
from printkit.pipeline.run import Run
from printkit.units import MM

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
    rooms: tuple[Capacity, ...]
    member: str = ""
    """Of a group's slot the id of the member that has this share of it, divided as evenly as its columns allow."""


@dataclass(frozen=True, slots=True)
class AdPlace:
    """The place of an advertisement: what the client is asked to make, in millimetres."""

    page: str
    slot: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Result:
    """What every slot takes, and what there is to tell of the edition's files."""

    slots: tuple[SlotRooms, ...]
    ads: tuple[AdPlace, ...]
    base: Path
    """The folder that the files of findings are named from."""
    diagnostics: tuple[Diagnostic, ...] = ()
    exit_code: ExitCode = ExitCode.DONE

    def report(self) -> Mapping[str, Any]:
        """Return the object that ``--json`` prints."""
        return capacity_object(self.slots, self.ads) | {"diagnostics": [diagnostic_object(d) for d in self.diagnostics]}


def capacity(path: Path, number: str | None = None) -> Result:
    """Count what the slots of an edition take, or those of the page of a number.

    Raises:
        PrintkitError: the edition or a layout cannot be used.
    """
    run = Run()
    reading = run.read(path, planning=True)
    folder = reading.edition.paper.folder
    with files_named_from(folder):
        places = _places(run, reading.edition, number)
    slots = tuple(one for one in places if isinstance(one, SlotRooms))
    return Result(slots, tuple(one for one in places if isinstance(one, AdPlace)), folder, reading.warnings)


def _places(run: Run, edition: Edition, number: str | None) -> list[SlotRooms | AdPlace]:
    chosen = chosen_numbers(edition, number)
    assigned, faults = assigned_pages(edition, run.pages())
    found: list[SlotRooms | AdPlace] = []
    wrong = list(faults)
    for page in assigned:
        if page.context.number in chosen:
            try:
                found.extend(_of_page(run, page))
            except InputError as error:
                wrong.extend(error.diagnostics)
    if wrong:
        raise InputError(dict.fromkeys(wrong))
    return found


def _of_page(run: Run, page: AssignedPage) -> Iterator[SlotRooms | AdPlace]:
    # What an automatic page has still to place takes what there is.
    by_slot = {name: members for name, members in page.by_slot.items() if name}
    planned = {name: members[0] for name, members in by_slot.items()}
    usual = {
        name: tuple(one for story in (members if members[0].group else members[:1]) for one in _usual(story))
        for name, members in by_slot.items()
    }
    geometry, _ = measured(run, page.context, usual)
    faults = place_faults(list(planned.values()), geometry.grid)
    if faults := [*faults, *look_faults(by_slot, geometry), *group_faults(by_slot, geometry)]:
        raise InputError(faults)
    for name, story in planned.items():
        slot = geometry.slots[name]
        if story.group:
            yield from _of_group(run, page, by_slot[name], geometry)
            continue
        frame = story_frame(slot, geometry, geometry.style(story))
        if story.ad:
            place = place_in(frame)
            yield AdPlace(page.context.number, name, round(place.width / MM, 1), round(place.height / MM, 1))
            continue
        rooms = tuple(capacity_of(slot, one, geometry, run.composer()) for one in _usual(story))
        many = page.layout.slots.get(name, False)
        yield SlotRooms(page.context.number, name, frame.columns, frame.lines, story.level, many, rooms)


def _of_group(run: Run, page: AssignedPage, stories: Sequence[Story], geometry: PageGeometry) -> Iterator[SlotRooms]:
    """Yield the share of each member under a usual common head."""
    head, *members = stories
    slot = geometry.slots[head.slot]
    headed = replace(head, article=replace(usual_story(level=1, pictured=False), body=(), byline=()))
    for member, place in zip(members, even_shares(headed, members, slot, geometry, run.composer()), strict=True):
        frame = story_frame(place, geometry, geometry.style(member))
        rooms = tuple(capacity_of(place, one, geometry, run.composer()) for one in _usual(member))
        number = page.context.number
        yield SlotRooms(number, slot.name, frame.columns, frame.lines, member.level, False, rooms, member.id)


def _usual(story: Story) -> tuple[Story, ...]:
    """Return a usual story of every level, so that a page is measured for all of them."""
    return tuple(replace(story, level=level, article=usual_story(level=1, pictured=True)) for level in LEVELS)


def capacity_object(slots: tuple[SlotRooms, ...], ads: tuple[AdPlace, ...]) -> dict[str, Any]:
    """Return the object that ``--json`` prints: characters, with the least and most that the ladder can close.

    Places of advertisements are told in millimetres.
    """

    def span(room: Capacity) -> Mapping[str, Any]:
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
                "member": one.member or None,
                "rooms": [span(room) for room in one.rooms],
            }
            for one in slots
        ],
        "ads": [{"page": one.page, "slot": one.slot, "width": one.width, "height": one.height} for one in ads],
    }
