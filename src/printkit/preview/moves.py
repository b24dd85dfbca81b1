"""What an editor does with stories on pages, as edits of the edition's file: what he would have typed.

In: the file's nodes, the pages as made, and one command of the browser as JSON. Out: the edits, or why it cannot be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef
from printkit.model.edition import Edition, Story
from printkit.source import nodes
from printkit.source.edits import Drop, Edit, Insert, Move, Put, Remove, Steps, value_at, way_to
from printkit.source.schema import EditionKeys

SETTABLE: Mapping[str, Steps] = {
    "level": ("level",),
    "frame": ("frame",),
    "slot": ("slot",),
    "index": ("index",),
    "direction": ("look", "head", "direction"),
    "side": ("look", "head", "side"),
    "align": ("look", "head", "align"),
    "head_columns": ("look", "head", "columns"),
    "stretch": ("look", "head", "stretch"),
    "byline": ("look", "byline"),
    "columns": ("look", "columns"),
    "crop": ("look", "crop"),
}
"""Keys of a story's entry that a menu of the desk sets, by the name that the browser gives them."""

_AT = ("column", "row", "columns", "rows")


@dataclass(frozen=True, slots=True)
class Entry:
    """A story's entry in the file: the way to it, and the way to the list that it stands in."""

    way: Steps

    @property
    def list(self) -> Steps:
        """The way to its list."""
        return self.way[:-1]

    @property
    def index(self) -> int:
        """Its place in the list."""
        return int(self.way[-1])


class Moves:
    """Turns commands into edits of an edition's file."""

    def __init__(self, root: nodes.Mapping, edition: Edition, placed: Mapping[str, Story]) -> None:
        """Take the file's nodes, the edition that they say, and the stories as they are placed, by id."""
        self._root = root
        self._edition = edition
        self._placed = placed

    def edits(self, given: Mapping[str, Any]) -> list[Edit]:
        """Return the edits of a command.

        Raises:
            InputError: it cannot be done.
        """
        match given.get("do"):
            case "set":
                return self._set(given)
            case "move":
                return self._move(given)
            case "swap":
                return self._swap(given)
            case "take-out":
                return [Remove(self._entry(given).way)]
            case "place":
                return self._place(given)
            case "places":
                return list(self._places(given))
        raise _refused(Say("the desk does not know this command", "编辑台不认识这个命令"), None)

    def _set(self, given: Mapping[str, Any]) -> list[Edit]:
        entry, way, value = self._entry(given), SETTABLE.get(str(given.get("key"))), given.get("value")
        if given.get("key") == "at":
            return self._at(entry.way, value)
        if way is None:
            raise _refused(Say("the desk does not set this key", "编辑台不能设这个键"), None)
        return [Drop((*entry.way, *way)) if value in (None, "") else Put((*entry.way, *way), value)]

    def _places(self, given: Mapping[str, Any]) -> Iterator[Edit]:
        """Yield what has stories stand as a candidate of their page has them: places, and for some a frame or a direction."""
        places, forms = given.get("places"), given.get("forms")
        for name, at in places.items() if isinstance(places, dict) else ():
            way = self._entry({"story": name}).way
            if way[0] == "pool":
                yield Put((*way, "page"), str(given.get("page")))
            yield from self._at(way, at)
        for name, form in forms.items() if isinstance(forms, dict) else ():
            for key, value in form.items():
                yield from self._set({"story": name, "key": key, "value": value})

    def _at(self, way: Steps, value: Any) -> list[Edit]:
        if value is None:
            return [Drop((*way, "at"))]
        if not (isinstance(value, list) and len(value) == len(_AT) and all(isinstance(one, int) for one in value)):
            raise _refused(Say("a place is column, row, columns and rows", "位置要写起栏、起行、占栏、占行"), None)
        place = dict(zip(_AT, value, strict=True))
        if value_at(self._root, EditionKeys, (*way, "at")) is None:
            return [Put((*way, "at"), place)]
        return [Put((*way, "at", key), number) for key, number in place.items()]

    def _move(self, given: Mapping[str, Any]) -> list[Edit]:
        entry, page = self._entry(given), self._page(given)
        to: Steps = ("pages", page, "stories")
        if to == entry.list:
            return self._standing(entry.way, given)
        stands = self._standing(entry.way, given)
        return [*stands, *self._without_wishes(entry), Move(entry.way, to, self._count(page))]

    def _without_wishes(self, entry: Entry) -> list[Edit]:
        """Take out what only a story of the pool may have."""
        return [Drop((*entry.way, key)) for key in ("page", "not_before")] if entry.way[0] == "pool" else []

    def _standing(self, way: Steps, given: Mapping[str, Any]) -> list[Edit]:
        """Return what says where an entry stands: a slot, a place, or neither, where it finds its own."""
        if given.get("at"):
            return [Drop((*way, "slot")), *self._at(way, given["at"])]
        slot = given.get("slot")
        return [Drop((*way, "at")), Put((*way, "slot"), slot) if slot else Drop((*way, "slot"))]

    def _swap(self, given: Mapping[str, Any]) -> list[Edit]:
        one, other = self._entry(given), self._entry({"story": given.get("with")})
        a, b = (self._placed.get(str(given.get(key))) for key in ("story", "with"))
        if a is None or b is None or one == other:
            raise _refused(Say("only stories on pages are swapped", "只有版面上的稿件可以对调"), None)
        edits = [*self._stand_as(one.way, b), *self._stand_as(other.way, a)]
        if one.list == other.list:
            return edits
        # The second has moved a place down when the first comes before it.
        edits.append(Move(one.way, other.list, other.index))
        edits.append(Move((*other.list, other.index + 1), one.list, one.index))
        return edits

    def _stand_as(self, way: Steps, story: Story) -> list[Edit]:
        """Return what has an entry stand where another story does."""
        if at := story.placement.at:
            return self._standing(way, {"at": [at.column, at.row, at.columns, at.rows]})
        return self._standing(way, {"slot": story.slot})

    def _place(self, given: Mapping[str, Any]) -> list[Edit]:
        page = self._page(given)
        value: dict[str, Any] = {"article": str(given.get("file"))}
        if given.get("slot"):
            value["slot"] = str(given["slot"])
        if given.get("at"):
            [put] = self._at((), given["at"])
            assert isinstance(put, Put)
            value["at"] = put.value
        return [Insert(("pages", page, "stories"), self._count(page), value)]

    def _entry(self, given: Mapping[str, Any]) -> Entry:
        """Find the entry of a story by the place at which it was read."""
        name = str(given.get("story"))
        stories = [story for page in self._edition.pages for story in page.stories]
        stories += [wish.story for wish in self._edition.pool]
        for story in stories:
            if story.id == name:
                if way := way_to(self._root, EditionKeys, story.where):
                    return Entry(way)
                raise _refused(
                    Say(f"story “{name}” has no entry of its own", f"稿件“{name}”没有自己的条目"), story.where
                )
        raise _refused(Say(f"there is no story “{name}”", f"没有稿件“{name}”"), None)

    def _length(self, way: Steps) -> int:
        node = value_at(self._root, EditionKeys, way)
        return len(node.items) if isinstance(node, nodes.Sequence) else 0

    def _count(self, page: int) -> int:
        return self._length(("pages", page, "stories"))

    def _page(self, given: Mapping[str, Any]) -> int:
        numbers = [page.number for page in self._edition.pages]
        if given.get("page") not in numbers or not self._length(("pages",)):
            raise _refused(Say("the edition's file has no such page", "期次文件里没有这一版"), None)
        return numbers.index(str(given["page"]))


def _refused(message: Say, where: SourceRef | None) -> InputError:
    hint = Say("nothing was written", "没有写入任何内容")
    return InputError([Diagnostic("desk.refused", message, hint=hint, where=where)])
