"""Corrections (更正): what was wrong in a story when its issue was printed."""

from collections.abc import Sequence

from printkit.diagnostics import Say
from printkit.model.edition import Mistake, Page, Wish
from printkit.source.document import Document
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys


def read_corrections(
    document: Document[EditionKeys], pages: Sequence[Page], pool: Sequence[Wish], faults: Faults
) -> tuple[Mistake, ...]:
    """Return the corrections of an edition; one of a story that is not there is a fault."""
    stories = [story for page in pages for story in page.stories if not story.ad] + [wish.story for wish in pool]
    known = {story.id for story in stories}
    for index, keys in enumerate(document.keys.corrections):
        if not keys.story or keys.story in known:
            continue
        guess = faults.near(keys.story, lambda: known)
        message = Say(
            f"a correction names “{keys.story}”, and no story has this id", f"更正里写的“{keys.story}”没有这篇稿件"
        )
        hint = (
            Say(f"did you mean `{guess}`?", f"是不是“{guess}”？")
            if guess
            else Say("name a story of the issue by its `id`", "请写本期一篇稿件的编号（id）")
        )
        faults.error("corrects-nobody", document.at("corrections", index, "story"), message, hint)
    return tuple(Mistake(keys.story, keys.was, keys.now) for keys in document.keys.corrections)
