"""Stories over several slots or pages: divided before any page is made up, so that the order of pages does not matter.

In: every page of the edition with its stories by slot, second parts among them with the whole copy. Out: the same
with each story as it stands: its two parts, or whole where nothing has to go on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from printkit.diagnostics import Diagnostic
from printkit.makeup.jumps import Room, Split, split
from printkit.makeup.setting import Setter
from printkit.model.edition import FIRST_PART, SECOND_PART, Page, Story
from printkit.model.geometry import PageGeometry
from printkit.render.pages import Layout


@dataclass(frozen=True, slots=True)
class Assignment:
    """A page with its stories by slot, those that come from other pages among them."""

    page: Page
    layout: Layout
    stories: Mapping[str, tuple[Story, ...]]
    warnings: tuple[Diagnostic, ...] = ()


Measured = Callable[[Assignment, Mapping[str, Sequence[Story]]], PageGeometry]


@dataclass(frozen=True, slots=True)
class Thread:
    """A story that goes on elsewhere: where it stands (page, slot), and where its second part is to stand."""

    story: Story
    here: tuple[Assignment, str]
    second: Story
    there: tuple[Assignment, str]

    @property
    def numbers(self) -> set[str]:
        """The numbers of its pages."""
        return {self.here[0].page.number, self.there[0].page.number}


class Threads:
    """Divides stories that go on elsewhere before any page is made up, so that the order of pages does not matter.

    A page with `data-fit` takes its step first, with the story whole: only what is over at the smallest goes on.
    """

    def __init__(self, measured: Measured, setter: Setter, assigned: Sequence[Assignment]) -> None:
        """Take what measures a page for the stories in its slots, the composer, and every page of the edition."""
        self._measured = measured
        self._setter = setter
        self._threads = _threads(assigned)
        self._parts: dict[str, Story | None] = {}
        """What stands of a part once its story is divided, by the part's anchor; None of one that is not needed."""
        self.told: dict[str, tuple[Diagnostic, ...]] = {}

    def divide(self, chosen: Sequence[Page]) -> None:
        """Divide every story that has a part on one of some pages, or on a page that such a story reaches."""
        threads = _reaching({page.number for page in chosen}, self._threads)
        while threads:
            found = [(thread, self._split(thread)) for thread in threads]
            if all(parts.second for _, parts in found):
                for thread, parts in found:
                    self._parts |= {thread.story.anchor: parts.first, thread.second.anchor: parts.second}
                return
            # A slot that nothing comes to is not used: its page is measured again without it.
            for thread, parts in found:
                if parts.second is None:
                    self._parts[thread.second.anchor] = None
                    for number in thread.numbers:
                        self.told[number] = (*self.told.get(number, ()), *_on(thread, parts.told))
            threads = [thread for thread, parts in found if parts.second]

    def stories(self, item: Assignment) -> dict[str, tuple[Story, ...]]:
        """Return the stories of a page by slot, as far as they are divided."""
        slots = {
            name: tuple(part for story in members if (part := self._parts.get(story.anchor, story)) is not None)
            for name, members in item.stories.items()
        }
        return {name: members for name, members in slots.items() if members}

    def _split(self, thread: Thread) -> Split:
        return split(thread.story, thread.second, self._room(*thread.here), self._room(*thread.there), self._setter)

    def _room(self, item: Assignment, slot: str) -> Room:
        geometry = self._measured(item, self.stories(item))
        return Room(geometry.slots[slot], geometry)


def _on(thread: Thread, told: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [replace(found, page=thread.here[0].page.number, slot=thread.here[1]) for found in told]


def _threads(assigned: Sequence[Assignment]) -> list[Thread]:
    places = {
        story.anchor: (story, (item, name))
        for item in assigned
        for name, members in item.stories.items()
        for story in members
    }
    return [
        Thread(story, here, *places[f"{story.id}.{SECOND_PART}"])
        for story, here in places.values()
        if story.jump and story.part == FIRST_PART
    ]


def _reaching(numbers: set[str], threads: Sequence[Thread]) -> list[Thread]:
    """Return the threads of some pages, and of the pages that those reach, in their order."""
    reached = set(numbers)
    while more := [t for t in threads if t.numbers & reached and not t.numbers <= reached]:
        for thread in more:
            reached |= thread.numbers
    return [thread for thread in threads if thread.numbers & reached]
