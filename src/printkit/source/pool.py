"""The pool (待编): what stories without a page wish of the one that they find, and wishes that nothing can meet.

In: the pages of an edition and its wishes as read. Out: the faults of wishes that name what is not there, or contradict one
another; of pages that printkit makes itself (`pages: auto`) only what their numbers tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from printkit.diagnostics import Say, SourceRef
from printkit.model.edition import Page, Wish, numbers_of, pages_wished, same_number
from printkit.source.document import Document, Steps
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys, PoolKeys


@dataclass(frozen=True, slots=True)
class _Asked:
    """A wish with its keys and the way to them."""

    wish: Wish
    keys: PoolKeys
    steps: Steps


def check_pool(
    wishes: Sequence[tuple[Wish, PoolKeys, Steps]],
    pages: Sequence[Page] | None,
    document: Document[EditionKeys],
    faults: Faults,
) -> None:
    """Tell of wishes that no page can meet.

    Args:
        wishes: each with its keys and the way to them.
        pages: the edition's; None where printkit makes them.
        document: the edition.
        faults: takes what is wrong.
    """
    checker = _Checker([_Asked(*one) for one in wishes], pages, document, faults)
    checker.check()


class _Checker:
    def __init__(
        self, asked: Sequence[_Asked], pages: Sequence[Page] | None, document: Document[EditionKeys], faults: Faults
    ) -> None:
        self._asked = asked
        self._pages = pages
        self._document = document
        self._faults = faults
        self._by_id = {one.wish.story.id: one for one in asked}
        on_page = [(story.id, page.number) for page in pages or () for story in page.stories if not story.ad]
        self._may_stand: dict[str, frozenset[str] | None] = {name: frozenset([number]) for name, number in on_page}
        self._names = frozenset((*self._by_id, *self._may_stand))
        self._together = {name: frozenset([name]) for name in self._names}

    def check(self) -> None:
        right = [one for one in self._asked if self._page_is_there(one)]
        told: set[str] = set()
        self._may_stand |= {one.wish.story.id: self._pages_for(one) for one in right}
        for one in self._asked:
            if one.wish.beside and self._partner_is_there(one) and one.wish.story.id not in told:
                ring = self._ring(one)
                told.update(ring)
                if not ring and {one.wish.story.id, one.wish.beside} <= self._may_stand.keys():
                    self._join(one)

    def _where(self, one: _Asked, key: str) -> SourceRef:
        return self._document.at(*one.steps, key)

    def _page_is_there(self, one: _Asked) -> bool:
        """Tell of a page that is not there, and of one before the first that may be."""
        wish, before = one.wish, len(self._faults.found)
        if one.keys.at and not wish.page:
            message = Say(
                "a place (`at`) in the pool needs its `page`", "待编稿件写了“位置”（at），还要写“版次”（page）"
            )
            hint = Say("write the page's number too", "请写上版次")
            self._faults.error("wrong-place", self._where(one, "at"), message, hint)
        if self._pages is None:
            if wish.page.isdigit() and wish.not_before.isdigit() and int(wish.page) < int(wish.not_before):
                self._refuse_early(one)
            return len(self._faults.found) == before
        names = ", ".join(f"{page.number} {page.name}".strip() for page in self._pages)
        for key, wanted in (("page", wish.page), ("not_before", wish.not_before)):
            if wanted and not self._named(wanted, by_name=key == "page"):
                message = Say(f"the edition has no page `{wanted}`", f"这一期没有“{wanted}”版")
                hint = Say(f"its pages are {names}", f"它的版面有 {names}")
                self._faults.error("no-such-page", self._where(one, key), message, hint)
        if len(self._faults.found) == before and not pages_wished(wish, self._pages):
            self._refuse_early(one)
        return len(self._faults.found) == before

    def _named(self, wanted: str, *, by_name: bool) -> bool:
        numbers = [same_number(number) for page in self._pages or () for number in numbers_of(page.number)]
        return same_number(wanted) in numbers or (by_name and any(page.name == wanted for page in self._pages or ()))

    def _refuse_early(self, one: _Asked) -> None:
        wish = one.wish
        message = Say(
            f"`page` asks for page {wish.page}, `not_before` for none before {wish.not_before}",
            f"“版次”（page）要 {wish.page} 版，“不早于”（not_before）要 {wish.not_before} 版以后，互相矛盾",
        )
        hint = Say("take one of them out", "请删去一个")
        self._faults.error("wishes-contradict", self._where(one, "not_before"), message, hint)

    def _partner_is_there(self, one: _Asked) -> bool:
        partner = one.wish.beside
        if partner in self._names:
            return True
        guess = self._faults.near(partner, lambda: self._names)
        hint = Say("name a story of this edition by its `id`", "请写本期一篇稿件的编号（id）")
        if guess:
            hint = Say(f"did you mean `{guess}`?", f"是不是“{guess}”？")
        message = Say(f"`with` names “{partner}”, and no story has this id", f"“配”（with）写的“{partner}”没有这篇稿件")
        self._faults.error("with-nobody", self._where(one, "with_"), message, hint)
        return False

    def _ring(self, one: _Asked) -> Sequence[str]:
        """Tell of stories that name one another in a ring, once; return their ids."""
        seen = [one.wish.story.id]
        step: _Asked | None = one
        while step is not None and step.wish.beside:
            if step.wish.beside in seen:
                ring = seen[seen.index(step.wish.beside) :]
                names = " → ".join((*ring, ring[0]))
                message = Say(f"`with` goes round in a ring: {names}", f"“配”（with）绕成一圈：{names}")
                hint = Say("name each pair once: take one of these out", "每一对只写一次，请删去其中一个")
                self._faults.error("with-ring", self._where(self._by_id[ring[0]], "with_"), message, hint)
                return seen
            seen.append(step.wish.beside)
            step = self._by_id.get(step.wish.beside)
        return ()

    def _join(self, one: _Asked) -> None:
        """Tell of a story that belongs with others, and of which no page takes all as they wish."""
        partner = one.wish.beside
        ours, theirs = self._may_stand[one.wish.story.id], self._may_stand[partner]
        both = theirs if ours is None else ours if theirs is None else ours & theirs
        if both is None or both:
            together = self._together[one.wish.story.id] | self._together[partner]
            self._together |= dict.fromkeys(together, together)
            self._may_stand |= dict.fromkeys(together, both)
            return
        message = Say(
            f"“{one.wish.story.id}” belongs with “{partner}”, and no page takes both as they wish",
            f"“{one.wish.story.id}”与“{partner}”要同版，但两篇所要的版没有相同的",
        )
        hint = Say(
            "change the `page` or `not_before` of one, or take `with` out", "请改其中一篇的版次，或删去“配”（with）"
        )
        self._faults.error("wishes-contradict", self._where(one, "with_"), message, hint)

    def _pages_for(self, one: _Asked) -> frozenset[str] | None:
        """Return the numbers of the pages that a story may stand on; None for any."""
        if self._pages is None:
            return frozenset([one.wish.page]) if one.wish.page else None
        return frozenset(self._pages[index].number for index in pages_wished(one.wish, self._pages))
