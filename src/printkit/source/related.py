"""Related stories (`with`): each names one of its own page that it is to touch; nobody, another page's and rings are faults.

In: the pages of an edition as read, and where each `with` stands. Out: what is wrong with these.
"""

from collections.abc import Mapping, Sequence

from printkit.diagnostics import Say, SourceRef
from printkit.model.edition import Page
from printkit.source.faults import Faults


def check_related(pages: Sequence[Page], where: Mapping[str, SourceRef], faults: Faults) -> None:
    """Tell of stories that belong with one that is not on their page, or with one another in a ring.

    Args:
        pages: the edition's.
        where: where `with` stands, by the id of its story.
        faults: takes what is wrong.
    """
    on_page = {story.id: page.number for page in pages for story in page.stories if not story.ad}
    named = {story.id: story.related[0] for page in pages for story in page.stories if story.related}
    in_ring = _in_rings(named)
    told: set[str] = set()
    for name, partner in named.items():
        if partner not in on_page:
            guess = faults.near(partner, lambda: on_page)
            message = Say(
                f"`with` names “{partner}”, and no story has this id", f"“配”（with）写的“{partner}”没有这篇稿件"
            )
            hint = (
                Say(f"did you mean `{guess}`?", f"是不是“{guess}”？")
                if guess
                else Say("name a story of the page by its `id`", "请写本版一篇稿件的编号（id）")
            )
            faults.error("with-nobody", where[name], message, hint)
        elif on_page[partner] != on_page[name]:
            message = Say(
                f"`with` names “{partner}”, which stands on page {on_page[partner]}",
                f"“配”（with）写的“{partner}”在第 {on_page[partner]} 版",
            )
            hint = Say("move one of the two, or take it out", "请把其中一篇移到同一版，或删去")
            faults.error("with-nobody", where[name], message, hint)
        elif name in in_ring and name not in told:
            ring = _ring(name, named)
            told.update(ring)
            names = " → ".join((*ring, ring[0]) if len(ring) <= _MOST_NAMES else (*ring[:_MOST_NAMES], "…"))
            message = Say(f"`with` goes round in a ring: {names}", f"“配”（with）绕成一圈：{names}")
            hint = Say("name each pair once: take one of these out", "每一对只写一次，请删去其中一个")
            faults.error("with-ring", where[name], message, hint)


_MOST_NAMES = 8
"""Stories of a ring that are named."""


def _in_rings(named: Mapping[str, str]) -> frozenset[str]:
    """Return the stories that are in a ring; each is walked over once."""
    found: set[str] = set()
    first: dict[str, str] = {}  # from which story each was met first
    for start in named:
        at = start
        while at in named and at not in first:
            first[at] = start
            at = named[at]
        if first.get(at) == start:
            found.update(_ring(at, named))
    return frozenset(found)


def _ring(name: str, named: Mapping[str, str]) -> Sequence[str]:
    """Return the stories of the ring that a story is in, from it on."""
    ring = [name]
    while (partner := named[ring[-1]]) != name:
        ring.append(partner)
    return ring
