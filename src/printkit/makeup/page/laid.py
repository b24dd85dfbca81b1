"""What a search for places ends with: where every story of a page stands.

In: a page's stories. Out: these in their places, in a slot each that is called after it, and what fills the page up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from printkit.makeup.tiling.board import Tiling
from printkit.model.edition import Place, Placement, Story


@dataclass(frozen=True, slots=True)
class Laid:
    """A page's places, by the stories' anchors: `amiss` has the lines over (or short, negative) of stories that do not close, by their ids.

    `apart` are related stories that do not touch.
    """

    tiling: Tiling
    places: Mapping[str, Place]
    amiss: Mapping[str, int] = field(default_factory=dict)
    apart: tuple[tuple[str, str], ...] = ()
    fillers: tuple[Story, ...] = ()
    """What fills the page up (补白), in its place."""
    together: Mapping[str, str] = field(default_factory=dict)
    """Of briefs in one rectangle all but the first, by their anchors, with the first one's."""
    forms: Mapping[str, Story] = field(default_factory=dict)
    """Stories that were given a form of their own, by their anchors."""
    mars: bool = False
    """Whether some story closes by means that are seen."""

    @property
    def is_cornered(self) -> bool:
        """Whether a story runs round another one."""
        return any(one.area.covers(other.area) for one, other in permutations(self.tiling, 2))

    def stories(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """Return the stories of the page in their places, and what fills it up."""
        return (*map(self.placed, stories), *self.fillers)

    def placed(self, story: Story) -> Story:
        """Return a story in its place, a member in that of its group."""
        at = self.places.get(story.group.id if story.group else story.anchor)
        if at is None:
            return story
        if form := self.forms.get(story.anchor):
            story = replace(story, frame=form.frame, look=form.look)
        if first := self.together.get(story.anchor):
            return replace(story, placement=Placement(first, where=story.placement.where))
        if story.is_member and story.group:
            return replace(story, placement=Placement(story.group.id, where=story.placement.where))
        return replace(story, placement=replace(story.placement, slot=story.anchor, at=at, is_found=True))


def key_of(form: Story) -> tuple[str, str | int]:
    """Return what a story in a form of its own asks for, and its entry does not: its text columns, its frame or its direction."""
    if form.look.columns:
        return "columns", form.look.columns.number
    return ("frame", form.frame) if form.frame != "none" else ("direction", "vertical")
