"""Stories over several slots or pages: divided before any page is made up, so that the order of pages does not matter.

In: every page of the edition with its stories, second parts among them with the whole copy. Out: the same with each
story as it stands: its two parts, or whole where nothing has to go on.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from printkit.diagnostics import Diagnostic, InputError
from printkit.makeup.jump.split import Room, Split, split
from printkit.makeup.lint.places import error_of_page
from printkit.makeup.setting import Setter
from printkit.model.edition import FIRST_PART, SECOND_PART, Story
from printkit.model.geometry import PageGeometry
from printkit.pipeline.assign import AssignedPage

Measure = Callable[[AssignedPage], PageGeometry]


@dataclass(frozen=True, slots=True)
class Threaded:
    """Pages with their stories divided, what there is to tell of that, and the faults of pages that it needed."""

    pages: tuple[AssignedPage, ...]
    told: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...]


def threaded(pages: Sequence[AssignedPage], chosen: AbstractSet[str], measure: Measure, setter: Setter) -> Threaded:
    """Divide every story that has a part on one of some pages, or on a page that such a story reaches.

    A page with `data-fit` takes its step first, with the story whole: only what is over at the smallest goes on.

    Args:
        pages: every page of the edition that can be made.
        chosen: the numbers of the pages that are wanted.
        measure: returns the geometry of a page for its stories.
        setter: the composer.
    """
    work = _Work(measure, setter)
    work.divide(_reaching(set(chosen), _threads(pages)))
    return Threaded(tuple(map(work.divided, pages)), tuple(work.told), tuple(work.faults))


@dataclass(frozen=True, slots=True)
class _Thread:
    """A story that goes on elsewhere: the page that it stands on, and that where its second part is to stand."""

    story: Story
    here: AssignedPage
    second: Story
    there: AssignedPage

    @property
    def numbers(self) -> set[str]:
        return {self.here.context.number, self.there.context.number}


@dataclass(slots=True)
class _Work:
    """What is known of the parts so far."""

    measure: Measure
    setter: Setter
    parts: dict[str, Story | None] = field(default_factory=dict)
    """What stands of a part once its story is divided, by the part's anchor; None of one that is not needed."""
    told: list[Diagnostic] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def divide(self, threads: Sequence[_Thread]) -> None:
        while threads:
            found = [(thread, parts) for thread in threads if (parts := self._split(thread))]
            if all(parts.second for _, parts in found):
                for thread, parts in found:
                    self.parts |= {thread.story.anchor: parts.first, thread.second.anchor: parts.second}
                return
            # A slot that nothing comes to is not used: its page is measured again without it.
            for thread, parts in found:
                if parts.second is None:
                    self.parts[thread.second.anchor] = None
                    self.told += [
                        replace(one, page=thread.here.context.number, slot=thread.story.slot) for one in parts.told
                    ]
            threads = [thread for thread, parts in found if parts.second]

    def divided(self, page: AssignedPage) -> AssignedPage:
        """Return a page with its stories as far as they are divided."""
        parts = (self.parts.get(story.anchor, story) for story in page.stories)
        return replace(page, stories=tuple(part for part in parts if part is not None))

    def _split(self, thread: _Thread) -> Split | None:
        """Divide a story; None where one of its pages cannot be measured, which is kept among the faults."""
        try:
            here, there = self._room(thread.here, thread.story), self._room(thread.there, thread.second)
        except InputError as error:
            self.faults.extend(error.diagnostics)
            return None
        return split(thread.story, thread.second, here, there, self.setter)

    def _room(self, page: AssignedPage, story: Story) -> Room:
        try:
            geometry = self.measure(self.divided(page))
        except InputError as error:
            raise error_of_page(error, page.context) from error
        return Room(geometry.slots[story.slot], geometry)


def _threads(pages: Sequence[AssignedPage]) -> list[_Thread]:
    places = {story.anchor: (story, page) for page in pages for story in page.stories}
    return [
        _Thread(story, page, *places[second])
        for story, page in places.values()
        if story.jump and story.part == FIRST_PART and (second := f"{story.id}.{SECOND_PART}") in places
    ]


def _reaching(numbers: set[str], threads: Sequence[_Thread]) -> list[_Thread]:
    """Return the threads of some pages, and of the pages that those reach, in their order."""
    reached = set(numbers)
    while more := [t for t in threads if t.numbers & reached and not t.numbers <= reached]:
        for thread in more:
            reached |= thread.numbers
    return [thread for thread in threads if thread.numbers & reached]
