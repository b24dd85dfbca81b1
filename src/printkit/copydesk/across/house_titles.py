"""Titles and the order of leaders that the house's list has otherwise."""

import re
from collections.abc import Iterator
from itertools import pairwise

from printkit.copydesk.pieces import Piece
from printkit.copydesk.rule import TEXT, Certainty, Copy, Found, Kind, Rule, StoryCopy
from printkit.diagnostics import Say
from printkit.model.desk import HouseName

_OFFICE = "(?:副)?(?:党委书记|工会主席|总经理|董事长|书记|主席|主任|局长|厂长|校长|院长|经理|部长|市长|区长|总工程师)"
_LIST = re.compile("[、和，]")


def _look(copy: Copy) -> Iterator[tuple[StoryCopy, Piece, Found]]:
    people = {one.name: one for one in copy.lists.names}
    if not people:
        return
    office = re.compile(f"(?P<x>{_OFFICE})(?P<name>{'|'.join(map(re.escape, people))})")
    names = re.compile("|".join(map(re.escape, people)))
    for story in copy.stories:
        for piece in story.parts(*TEXT):
            for match in office.finditer(piece.text):
                one = people[match["name"]]
                if one.title and not one.title.endswith(match["x"]):
                    said = Say(f"{one.name}: {one.title}", f"{one.name}：{one.title}")
                    yield story, piece, Found(*match.span("x"), detail=said)
            yield from ((story, piece, found) for found in _out_of_order(piece.text, names, people))


def _out_of_order(text: str, names: re.Pattern[str], people: dict[str, HouseName]) -> Iterator[Found]:
    for before, after in pairwise(names.finditer(text)):
        between = text[before.end() : after.start()]
        first, second = people[before[0]].order, people[after[0]].order
        if first > second > 0 and _LIST.fullmatch(between):
            yield Found(before.start(), after.end(), detail=Say(f"{after[0]} comes first", f"{after[0]}在前"))


check = Rule(
    id="house-title",
    clause="desk/names.yaml",
    title=Say("title or order that the house's list has otherwise", "职务或排序与本报名单不符"),
    rationale=Say("desk/names.yaml has title and order.", "职务、排序见 desk/names.yaml。"),
    wrong="党委书记迟望",
    right="工会主席迟望",
    certainty=Certainty.LIKELY,
    kind=Kind.NAME,
    across=_look,
)
